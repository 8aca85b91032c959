package proceedings

import (
	"slices"

	"chibo/kit/fault"
)

// Each fits says why an act cannot be added to the meeting as it stands.

func (b *OpenBody) fits(s *State) error {
	if s.Phase != Waiting {
		return fault.New(fault.Conflict, "room.problem.opened")
	}
	if !s.quorate() {
		return fault.New(fault.Conflict, "room.problem.quorum", "Num", s.Setup.QuorumNum, "Den", s.Setup.QuorumDen)
	}
	return s.onRoll(b.Chair, b.MinuteTaker)
}

func (b *AttendanceBody) fits(s *State) error {
	a := s.attendee(b.Member)
	if a == nil {
		return fault.New(fault.Conflict, "room.problem.not_on_roll")
	}
	if b.Status == Left && a.Arrived.IsZero() {
		return fault.New(fault.Conflict, "room.problem.left_before_came", "Name", a.Name)
	}
	return nil
}

func (b *GuestBody) fits(s *State) error {
	if b.Guest != "" && s.guest(b.Guest) == nil {
		return fault.New(fault.Conflict, "room.problem.gone")
	}
	return nil
}

func (b *ItemStartBody) fits(s *State) error {
	i := s.item(b.Item)
	if i == nil {
		return fault.New(fault.Conflict, "room.problem.no_item")
	}
	if i.Progress == Running {
		return fault.New(fault.Conflict, "room.problem.item_running", "Title", i.Title)
	}
	return nil
}

func (b *ItemFinishBody) fits(s *State) error {
	i := s.item(b.Item)
	if i == nil {
		return fault.New(fault.Conflict, "room.problem.no_item")
	}
	if i.Progress == Done || i.Progress == Skipped {
		return fault.New(fault.Conflict, "room.problem.item_over", "Title", i.Title)
	}
	return nil
}

func (b *ItemAddBody) fits(s *State) error { return s.onAgenda(b.After) }

func (b *ItemSkipBody) fits(s *State) error {
	i := s.item(b.Item)
	if i == nil {
		return fault.New(fault.Conflict, "room.problem.no_item")
	}
	if i.Progress != Ahead {
		return fault.New(fault.Conflict, "room.problem.item_over", "Title", i.Title)
	}
	return nil
}

func (b *NoteBody) fits(s *State) error { return s.onAgenda(b.Item) }

func (b *DuesBody) fits(s *State) error {
	var c fault.Check
	c.That(b.Paid+b.Owing <= len(s.Roll), "owing", "room.problem.dues_sum")
	return c.Err()
}

func (b *OpinionBody) fits(s *State) error { return first(s.onAgenda(b.Item), s.known(b.Speaker)) }

func (b *DestinyBody) fits(s *State) error {
	if s.destiny(b.Opinion) == nil {
		return fault.New(fault.Conflict, "room.problem.gone")
	}
	return first(s.onRoll(b.Who), s.notPast(b.Due))
}

func (b *GuidanceBody) fits(s *State) error { return s.known(b.Speaker) }

// Praise and reminders also reach those who are absent.
func (b *CommendBody) fits(s *State) error {
	if s.attendee(b.Member) == nil {
		return fault.New(fault.Conflict, "room.problem.not_on_roll")
	}
	return nil
}

func (b *VerdictBody) fits(s *State) error {
	if s.task(b.Task) == nil {
		return fault.New(fault.Conflict, "room.problem.gone")
	}
	return nil
}

func (b *TaskBody) fits(s *State) error {
	return first(s.onAgenda(b.Item), s.onRoll(b.Owners...), s.notPast(b.Due))
}

func (b *VoteOpenBody) fits(s *State) error {
	if _, ok := s.Rule(b.Matter); !ok {
		var c fault.Check
		c.That(false, "matter", "room.problem.matter")
		return c.Err()
	}
	if b.Method == Sealed && !s.Setup.SealedVotes {
		var c fault.Check
		c.That(false, "method", "room.problem.sealed_votes")
		return c.Err()
	}
	if b.Matter == MatterElection {
		if err := b.electionFits(s); err != nil {
			return err
		}
	}
	return s.onAgenda(b.Item)
}

// openVote returns a vote that is not closed.
func (s *State) openVote(id string) (*Vote, error) {
	v := s.vote(id)
	switch {
	case v == nil:
		return nil, fault.New(fault.Conflict, "room.problem.gone")
	case v.IsClosed():
		return nil, fault.New(fault.Conflict, "room.problem.vote_closed")
	}
	return v, nil
}

func (b *VoteCountBody) fits(s *State) error {
	v, err := s.openVote(b.Vote)
	switch {
	case err != nil:
		return err
	case v.Method.Electronic():
		return fault.New(fault.Conflict, "room.problem.tally")
	case v.Method == Ballot:
		return fault.New(fault.Conflict, "room.problem.sheet")
	}
	entitled := s.Tally().Entitled
	var c fault.Check
	c.That(b.For+b.Against <= entitled, "for", "room.problem.sum")
	c.That(len(b.OtherNames) == 0 || len(b.OtherNames) == entitled-b.For-b.Against, "other_names", "room.problem.names_count")
	if err := c.Err(); err != nil {
		return err
	}
	for _, id := range slices.Concat(b.AgainstNames, b.OtherNames) {
		if a := s.attendee(id); a == nil || !a.MayVote() {
			return fault.New(fault.Conflict, "room.problem.no_vote", "Name", s.Name(id))
		}
	}
	return s.onRoll(b.ConfirmedBy)
}

func (b *VoteCloseBody) fits(s *State) error {
	v, err := s.openVote(b.Vote)
	switch {
	case err != nil:
		return err
	case !v.Counted() && !v.Method.Electronic(): // the server counts ballots by phone when the vote closes
		return fault.New(fault.Conflict, "room.problem.not_counted")
	case !v.Possible():
		return fault.New(fault.Conflict, "room.problem.recount")
	case s.Disputed(v.ID):
		return fault.New(fault.Conflict, "room.problem.disputed")
	}
	return nil
}

func (b *ConcludeBody) fits(s *State) error { return s.onAgenda(b.Item) }

func (b *ResolutionBody) fits(*State) error { return nil }

func (b *PhotoBody) fits(s *State) error { return s.onAgenda(b.Item) }

func (b *WordingBody) fits(*State) error { return nil }

func (b *ReadbackBody) fits(*State) error { return nil }

func (b *ObjectionBody) fits(s *State) error { return s.known(b.Speaker) }

func (b *AdoptBody) fits(s *State) error {
	if b.Vote == "" {
		var c fault.Check
		c.That(b.For+b.Against <= s.Tally().Came, "for", "room.problem.sum")
		return c.Err()
	}
	v := s.vote(b.Vote)
	if v == nil || !v.IsClosed() {
		return fault.New(fault.Conflict, "room.problem.vote_running")
	}
	return nil
}

// A meeting is not closed over an opinion that got no answer or a vote without a
// result.
func (b *CloseBody) fits(s *State) error {
	if g, bad := s.Blocked(); bad {
		return fault.New(fault.Conflict, "room.problem.leaves_gap", "Name", g.Name)
	}
	var c fault.Check
	c.That(b.Ended.IsZero() || b.Ended >= s.Opening.Began, "ended", "room.problem.ended")
	return c.Err()
}

func (b *CorrectBody) fits(*State) error { return nil } // see State.mends
