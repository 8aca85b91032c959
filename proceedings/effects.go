package proceedings

import (
	"cmp"
	"slices"

	"chibo/kit/when"
)

// Each apply adds what one act says to the state. It returns false only where the
// thing that the act speaks of is not there yet.

func (b *OpenBody) apply(s *State, e Entry) bool {
	if s.Phase != Waiting {
		return true // the first opening holds
	}
	s.Phase = Open
	s.Opening = Opening{
		Entry:       e,
		Chair:       cmp.Or(b.Chair, s.Setup.Chair),
		MinuteTaker: cmp.Or(b.MinuteTaker, s.Setup.MinuteTaker),
		Place:       cmp.Or(b.Place, s.Setup.Place),
		Began:       cmp.Or(b.Began, e.At),
		Paper:       b.Paper,
	}
	return true
}

func (b *AttendanceBody) apply(s *State, e Entry) bool {
	a := s.attendee(b.Member)
	if a == nil {
		return false
	}
	a.Entry, a.Status, a.Reason = e, b.Status, b.Reason
	switch b.Status {
	case Present, Late:
		if a.Arrived.IsZero() {
			a.CameBy = e.Via
		}
		a.Arrived, a.LeftAt = cmp.Or(a.Arrived, e.At), 0
	case Left:
		a.LeftAt = e.At
	default:
		a.Arrived, a.LeftAt, a.CameBy = 0, 0, ""
	}
	return true
}

func (b *GuestBody) apply(s *State, e Entry) bool {
	if b.Guest == "" {
		s.Guests = append(s.Guests, Guest{e, Visitor{e.Act, b.Name, b.Office, b.Organisation}, true})
		return true
	}
	v := s.guest(b.Guest)
	if v == nil {
		return false
	}
	v.Entry, v.Here = e, true
	return true
}

func (b *ItemStartBody) apply(s *State, e Entry) bool {
	i := s.item(b.Item)
	if i == nil {
		return false
	}
	s.halt(e.At)
	i.Progress, i.since, i.Started, i.Reason = Running, e.At, cmp.Or(i.Started, e.At), ""
	return true
}

func (b *ItemFinishBody) apply(s *State, e Entry) bool {
	i := s.item(b.Item)
	if i == nil {
		return false
	}
	if i.Progress == Running {
		s.hush(e.At)
	}
	i.finish(e.At)
	return true
}

// halt finishes the item that is running, and the turn of whoever speaks.
func (s *State) halt(at when.Instant) {
	s.hush(at)
	for n := range s.Items {
		if s.Items[n].Progress == Running {
			s.Items[n].finish(at)
		}
	}
}

func (i *Item) finish(at when.Instant) {
	i.spent = i.Spent(at)
	i.Progress, i.Finished = Done, at
}

func (b *ItemAddBody) apply(s *State, e Entry) bool {
	at := len(s.Items)
	if b.After != "" {
		n := slices.IndexFunc(s.Items, func(i Item) bool { return i.ID == b.After })
		if n < 0 {
			return false
		}
		at = n + 1
	}
	added := Item{Entry: e, Planned: Planned{ID: e.Act, Title: b.Title, Minutes: b.Minutes}, Progress: Ahead}
	s.Items = slices.Insert(s.Items, at, added)
	return true
}

func (b *ItemSkipBody) apply(s *State, e Entry) bool {
	i := s.item(b.Item)
	if i == nil {
		return false
	}
	i.spent = i.Spent(e.At)
	i.Progress, i.Reason = Skipped, b.Reason
	return true
}

func (b *NoteBody) apply(s *State, e Entry) bool {
	s.Notes = append(s.Notes, Note{e, b.Item, b.Text})
	return true
}

func (b *DuesBody) apply(s *State, e Entry) bool {
	s.Dues = append(s.Dues, Dues{e, b.Paid, b.Owing, b.Text})
	return true
}

func (b *OpinionBody) apply(s *State, e Entry) bool {
	s.Opinions = append(s.Opinions, Opinion{Entry: e, Item: b.Item, Speaker: b.Speaker, Stance: b.Stance, Text: b.Text})
	return true
}

func (b *DestinyBody) apply(s *State, e Entry) bool {
	d := s.destiny(b.Opinion)
	if d == nil {
		return false
	}
	*d = Destiny{e, b.Fate, b.Text, b.Who, b.Due}
	return true
}

func (b *GuidanceBody) apply(s *State, e Entry) bool {
	s.Guidance = append(s.Guidance, Guidance{e, b.Speaker, b.Text})
	return true
}

func (b *CommendBody) apply(s *State, e Entry) bool {
	s.Commended = append(s.Commended, Commendation{e, b.Member, b.Form, b.Text})
	return true
}

func (b *VerdictBody) apply(s *State, e Entry) bool {
	j := s.task(b.Task)
	if j == nil {
		return false
	}
	j.Entry, j.Verdict, j.Report, j.Cause, j.Remedy = e, b.Verdict, b.Report, b.Cause, b.Remedy
	if j.Target > 0 && b.Reached > 0 {
		j.Reached = b.Reached
	}
	return true
}

func (b *TaskBody) apply(s *State, e Entry) bool {
	s.Tasks = append(s.Tasks, Given{
		Entry: e, ID: e.Act, Item: b.Item, Title: b.Title, Owners: b.Owners,
		Due: b.Due, DoneWhen: b.DoneWhen, Target: b.Target, Unit: b.Unit, Source: b.Source,
	})
	return true
}

func (b *VoteOpenBody) apply(s *State, e Entry) bool {
	rule, ok := s.Rule(b.Matter)
	if !ok {
		return false
	}
	s.Votes = append(s.Votes, Vote{
		Entry: e, ID: e.Act, Item: b.Item, Question: b.Question,
		Method: cmp.Or(b.Method, rule.Method), Rule: rule,
		Race: Race{Post: b.Post, Seats: b.Seats, Candidates: b.Candidates, Relative: b.Relative},
	})
	return true
}

func (b *VoteCountBody) apply(s *State, e Entry) bool {
	v := s.vote(b.Vote)
	if v == nil {
		return false
	}
	v.enter(s.Tally(), Count{
		Entry: e, For: b.For, Against: b.Against,
		AgainstNames: b.AgainstNames, OtherNames: b.OtherNames, ConfirmedBy: b.ConfirmedBy,
	})
	return true
}

// enter adds a count to a vote; after the close it is kept and changes nothing.
func (v *Vote) enter(t Tally, c Count) {
	if c.Entitled == 0 {
		c.Entitled = t.Entitled
	}
	v.Counts = append(v.Counts, c)
	if !v.IsClosed() {
		v.Result = v.judge(t.Base)
	}
}

func (b *VoteCloseBody) apply(s *State, e Entry) bool {
	v := s.vote(b.Vote)
	if v == nil || !v.Counted() {
		return false
	}
	if !v.IsClosed() {
		v.Closed = e
		v.Result = v.judge(s.Tally().Base)
	}
	return true
}

func (b *ConcludeBody) apply(s *State, e Entry) bool {
	s.Conclusions = append(s.Conclusions, Conclusion{e, b.Item, b.Text})
	return true
}

func (b *ResolutionBody) apply(s *State, e Entry) bool {
	s.Resolution = Resolution{e, b.Text, true}
	return true
}

func (b *PhotoBody) apply(s *State, e Entry) bool {
	s.Photos = append(s.Photos, Photo{e, b.File, b.Caption, b.Item})
	return true
}

func (b *WordingBody) apply(s *State, e Entry) bool {
	if b.Text == "" {
		delete(s.Wordings, b.Passage)
		return true
	}
	s.Wordings[b.Passage] = Wording{e, b.Text}
	return true
}

func (b *ReadbackBody) apply(s *State, e Entry) bool {
	s.Readbacks = append(s.Readbacks, e)
	return true
}

func (b *ObjectionBody) apply(s *State, e Entry) bool {
	s.Objections = append(s.Objections, Objection{e, b.Speaker, b.Passage, b.Text})
	return true
}

func (b *AdoptBody) apply(s *State, e Entry) bool {
	if b.Vote == "" {
		s.Adoption = Adoption{e, "", b.For, b.Against}
		return true
	}
	v := s.vote(b.Vote)
	if v == nil {
		return false
	}
	s.Adoption = Adoption{e, b.Vote, v.Result.For, v.Result.Against}
	return true
}

func (b *CloseBody) apply(s *State, e Entry) bool {
	if s.Phase != Open {
		return s.Phase == Closed // the first closing holds; before the opening it waits
	}
	s.halt(e.At)
	s.Phase = Closed
	s.Closing = Closing{e, cmp.Or(b.Ended, e.At)}
	return true
}

// A correction takes effect through the act it corrects.
func (b *CorrectBody) apply(*State, Entry) bool { return true }
