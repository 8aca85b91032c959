package proceedings

import (
	"slices"

	"chibo/kit/fault"
)

// Reasons are the codes of an excused absence, in the order in which they are
// offered; they are those with which members ask to be excused beforehand.
func Reasons() []string {
	return []string{"sick", "duty", "family", "far", "study", "another"}
}

func (b *OpenBody) shape(c *fault.Check) {
	atMost(c, "place", b.Place, maxLine)
	c.That(!b.Paper || !b.Began.IsZero(), "began", "room.problem.began")
}

func (b *AttendanceBody) shape(c *fault.Check) {
	known := []Status{Unmarked, Present, Late, Left, Excused, Unexcused}
	c.That(slices.Contains(known, b.Status), "status", "room.problem.choice")
	c.That(b.Reason == "" || slices.Contains(Reasons(), b.Reason), "reason", "room.problem.choice")
}

func (b *GuestBody) shape(c *fault.Check) {
	if b.Guest == "" {
		said(c, "name", b.Name, maxLine)
	}
	atMost(c, "name", b.Name, maxLine)
	atMost(c, "office", b.Office, maxLine)
	atMost(c, "organisation", b.Organisation, maxLine)
}

func (b *ItemStartBody) shape(*fault.Check) {}

func (b *ItemFinishBody) shape(*fault.Check) {}

func (b *ItemAddBody) shape(c *fault.Check) {
	said(c, "title", b.Title, maxLine)
	c.That(b.Minutes >= 0 && b.Minutes <= 600, "minutes", "room.problem.number")
}

func (b *ItemSkipBody) shape(c *fault.Check) { said(c, "reason", b.Reason, maxText) }

func (b *NoteBody) shape(c *fault.Check) { said(c, "text", b.Text, maxText) }

func (b *DuesBody) shape(c *fault.Check) {
	number(c, "paid", b.Paid)
	number(c, "owing", b.Owing)
	atMost(c, "text", b.Text, maxText)
}

func (b *OpinionBody) shape(c *fault.Check) {
	c.That(slices.Contains([]Stance{Agree, Differ, Propose, Ask, Inform}, b.Stance), "stance", "room.problem.choice")
	c.That(b.Speaker != "", "speaker", "room.problem.speaker")
	// Agreeing without a word is an opinion too; whoever differs has said something.
	if b.Stance != Agree {
		said(c, "text", b.Text, maxText)
	}
	atMost(c, "text", b.Text, maxText)
}

func (b *DestinyBody) shape(c *fault.Check) {
	c.That(slices.Contains([]Fate{IntoConclusion, Explained, PassedUp, ToStudy}, b.Fate), "fate", "room.problem.choice")
	atMost(c, "text", b.Text, maxText)
	switch b.Fate {
	case Explained:
		said(c, "text", b.Text, maxText)
	case ToStudy:
		c.That(b.Who != "", "who", "room.problem.who")
		c.That(!b.Due.IsZero(), "due", "room.problem.due")
	}
}

func (b *GuidanceBody) shape(c *fault.Check) {
	c.That(b.Speaker != "", "speaker", "room.problem.speaker")
	said(c, "text", b.Text, maxText)
}

func (b *CommendBody) shape(c *fault.Check) {
	c.That(slices.Contains([]Form{Praise, Reminder, Criticism}, b.Form), "form", "room.problem.choice")
	said(c, "text", b.Text, maxText)
}

func (b *VerdictBody) shape(c *fault.Check) {
	c.That(slices.Contains([]Verdict{DoneWell, DoneFine, DoneLate, NotDone}, b.Verdict), "verdict", "room.problem.choice")
	number(c, "reached", b.Reached)
	atMost(c, "report", b.Report, maxText)
	if b.Verdict == DoneLate || b.Verdict == NotDone {
		said(c, "cause", b.Cause, maxText)
	}
	if b.Verdict == NotDone {
		said(c, "remedy", b.Remedy, maxText)
	}
	atMost(c, "cause", b.Cause, maxText)
	atMost(c, "remedy", b.Remedy, maxText)
}

func (b *TaskBody) shape(c *fault.Check) {
	said(c, "title", b.Title, maxLine)
	c.That(len(b.Owners) > 0, "owners", "room.problem.owners")
	names(c, "owners", b.Owners)
	c.That(!b.Due.IsZero(), "due", "room.problem.due")
	atMost(c, "done_when", b.DoneWhen, maxText)
	atMost(c, "source", b.Source, maxLine)
	number(c, "target", b.Target)
	atMost(c, "unit", b.Unit, maxUnit)
	if b.Target > 0 {
		said(c, "unit", b.Unit, maxUnit)
	}
}

func (b *VoteOpenBody) shape(c *fault.Check) {
	said(c, "question", b.Question, maxText)
	c.That(b.Method == "" || b.Method == Hand || b.Method == Ballot || b.Method.Electronic(), "method", "room.problem.choice")
	c.That(b.Matter == MatterElection || b.Post == "" && b.Seats == 0 && len(b.Candidates) == 0, "post", "room.problem.choice")
	names(c, "candidates", b.Candidates)
}

func (b *VoteCountBody) shape(c *fault.Check) {
	number(c, "for", b.For)
	number(c, "against", b.Against)
	names(c, "against_names", b.AgainstNames)
	names(c, "other_names", b.OtherNames)
	c.That(len(b.AgainstNames) == 0 || len(b.AgainstNames) == b.Against, "against_names", "room.problem.names_count")
	both := slices.ContainsFunc(b.OtherNames, func(id string) bool { return slices.Contains(b.AgainstNames, id) })
	c.That(!both, "other_names", "room.problem.twice")
}

func (b *VoteCloseBody) shape(*fault.Check) {}

func (b *ConcludeBody) shape(c *fault.Check) { said(c, "text", b.Text, maxText) }

func (b *ResolutionBody) shape(c *fault.Check) { said(c, "text", b.Text, maxResolution) }

func (b *PhotoBody) shape(c *fault.Check) {
	c.That(b.File != "", "file", "room.problem.file")
	atMost(c, "caption", b.Caption, maxLine)
}

func (b *WordingBody) shape(c *fault.Check) {
	said(c, "passage", b.Passage, maxLine)
	atMost(c, "text", b.Text, maxResolution)
}

func (b *ReadbackBody) shape(*fault.Check) {}

func (b *ObjectionBody) shape(c *fault.Check) {
	c.That(b.Speaker != "", "speaker", "room.problem.speaker")
	said(c, "text", b.Text, maxText)
	atMost(c, "passage", b.Passage, maxLine)
}

func (b *AdoptBody) shape(c *fault.Check) {
	number(c, "for", b.For)
	number(c, "against", b.Against)
	c.That(b.Vote != "" || b.For > 0, "for", "room.problem.adopt")
}

func (b *CloseBody) shape(*fault.Check) {}

func (b *CorrectBody) shape(c *fault.Check) {
	c.That(b.Corrects != "", "corrects", "room.problem.corrects")
	atMost(c, "because", b.Because, maxText)
}
