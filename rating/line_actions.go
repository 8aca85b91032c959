package rating

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/organization"
)

// right is what somebody may do in a round.
type right struct {
	leads   bool // is of the committee of the cell
	reads   bool // does so, or is of the level that decides or its department, and the list has been sent
	decides bool // is of the level that decides, and the list has been sent
}

// rightIn returns what somebody may do in a round of a cell.
func rightIn(who access.Person, o organization.Organization, r Round) right {
	leads, sent := who.MayAt(Lead, o.Path), r.State.Reached(Proposed)
	return right{leads: leads, reads: leads || sent && who.MayAt(Oversee, o.Path), decides: sent && who.MayAt(Decide, o.Path)}
}

// round returns a round of which somebody may see a line, its cell, and what they may
// do there.
func (s *Service) round(ctx context.Context, q db.Q, who access.Person, roundID string) (Round, organization.Organization, right, error) {
	r, err := roundFor(ctx, q, who, roundID)
	if err != nil {
		return r, organization.Organization{}, right{}, err
	}
	o, err := organization.Find(ctx, q, r.Root, r.Organization)
	return r, o, rightIn(who, o, r), err
}

// held is round for those who write: nobody else moves the round until the end of tx.
func (s *Service) held(ctx context.Context, tx *db.Tx, who access.Person, roundID string) (Round, right, error) {
	r, _, may, err := s.round(ctx, tx, who, roundID)
	if err != nil {
		return r, may, err
	}
	r, err = lock(ctx, tx, r)
	return r, may, err
}

// steered is held for those who take a round further, the committee of the cell and the
// level that decides: for others nothing is there.
func (s *Service) steered(ctx context.Context, tx *db.Tx, who access.Person, roundID string) (Round, right, error) {
	r, may, err := s.held(ctx, tx, who, roundID)
	if err == nil && !may.leads && !may.decides {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return r, may, err
}

// change lets do change a line in a round that nobody else moves meanwhile, and writes
// it down as action. do gets the round, what who may do there, and the line.
func (s *Service) change(ctx context.Context, who access.Person, roundID, subject, action string, do func(Round, right, *Rating) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, may, err := s.held(ctx, tx, who, roundID)
		if err != nil {
			return err
		}
		line, err := lineFor(ctx, tx, who, r, subject)
		if err != nil {
			return err
		}
		if err := do(r, may, &line); err != nil {
			return err
		}
		if err := update(ctx, tx, line); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, action, r.ID, map[string]string{"subject": subject})
	})
}

// in refuses what does not happen in the state of a round.
func in(r Round, states ...State) error {
	if !slices.Contains(states, r.State) {
		return fault.New(fault.Conflict, "rating.refused.state")
	}
	return nil
}

// undecided refuses what is done only while a line lies with the level that decides: its round
// may wait for the others.
func undecided(r Round, line Rating) error {
	if line.Level != "" {
		return fault.New(fault.Conflict, "rating.refused.state")
	}
	return in(r, Proposed)
}

// leadsIn refuses who is not of the committee of the cell, as if nothing were there,
// and what does not happen in the state of the round.
func leadsIn(r Round, may right, states ...State) error {
	if !may.leads {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return in(r, states...)
}

// RateSelf writes how somebody rates themselves: the person while the round waits for
// it, the committee of the cell from a paper form also while the cell talks.
func (s *Service) RateSelf(ctx context.Context, who access.Person, roundID, subject string, f Self) error {
	return s.change(ctx, who, roundID, subject, "rating.self_rated", func(r Round, may right, line *Rating) error {
		if !may.leads && line.Subject != who.Member {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if err := in(r, SelfRating, Discussion); err != nil {
			return err
		}
		if r.State == Discussion && !may.leads {
			return fault.New(fault.Conflict, "rating.refused.late")
		}
		if !line.Rated() {
			return fault.New(fault.Conflict, "rating.refused.not_rated")
		}
		if err := f.Check(r.Lines(line.Form)); err != nil {
			return err
		}
		if line.Subject != who.Member && line.Person() {
			f.Remark = line.Remark // the person's own words to the facts
		}
		line.Self, line.SelfAt, line.SelfBy = f, s.now(), who.Member
		return nil
	})
}

// Remark writes what a person says to the facts that the program shows of them, until
// the list is sent.
func (s *Service) Remark(ctx context.Context, who access.Person, roundID, text string) error {
	return s.change(ctx, who, roundID, who.Member, "rating.remarked", func(r Round, _ right, line *Rating) error {
		if err := in(r, SelfRating, Discussion, Voting); err != nil {
			return err
		}
		line.Remark = text
		return checkWords("remark", text)
	})
}

// Treatment is what the committee says of how somebody is rated.
type Treatment struct {
	Form Form   `form:"form"`
	Case Case   `form:"case"`
	Note string `form:"note"`
}

// Treat changes the form or the case of a person before the vote. Another form has
// other criteria: points given on the old ones are taken out.
func (s *Service) Treat(ctx context.Context, who access.Person, roundID, subject string, f Treatment) error {
	var c fault.Check
	c.That(slices.Contains(PersonForms, f.Form), "form", "rating.problem.choice")
	c.That(slices.Contains(Cases, f.Case), "case", "rating.problem.choice")
	c.That(f.Case != LongLeave && f.Case != Away || f.Note != "", "note", "rating.problem.case_note")
	c.AtMost(f.Note, maxText, "note")
	if err := c.Err(); err != nil {
		return err
	}
	return s.change(ctx, who, roundID, subject, "rating.treated", func(r Round, may right, line *Rating) error {
		if err := leadsIn(r, may, SelfRating, Discussion); err != nil {
			return err
		}
		if !line.Person() {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if line.Form != f.Form {
			line.Points, line.Claim, line.SelfAt, line.SelfBy = nil, "", 0, ""
		}
		line.Form, line.Case, line.Note = f.Form, f.Case, f.Note
		return nil
	})
}

// Discuss writes what was said of somebody at the review.
func (s *Service) Discuss(ctx context.Context, who access.Person, roundID, subject, text string) error {
	if err := checkWords("discussed", text); err != nil {
		return err
	}
	return s.change(ctx, who, roundID, subject, "rating.discussed", func(r Round, may right, line *Rating) error {
		line.Discussed = text
		return leadsIn(r, may, Discussion, Voting)
	})
}

// Counting is what came of the vote on somebody and what the cell proposes.
type Counting struct {
	Excellent int    `form:"excellent"`
	Good      int    `form:"good"`
	Done      int    `form:"done"`
	NotDone   int    `form:"not_done"`
	Invalid   int    `form:"invalid"`
	Proposal  Level  `form:"proposal"`
	Reason    string `form:"reason"`
}

func (f Counting) votes() Votes {
	return Votes{Excellent: f.Excellent, Good: f.Good, Done: f.Done, NotDone: f.NotDone, Invalid: f.Invalid}
}

// PutVotes writes the figures of the ballots on somebody and the level that the cell
// proposes. A proposal other than the one that the votes carry needs a reason.
func (s *Service) PutVotes(ctx context.Context, who access.Person, roundID, subject string, f Counting) error {
	return s.change(ctx, who, roundID, subject, "rating.voted", func(r Round, may right, line *Rating) error {
		if err := leadsIn(r, may, Voting); err != nil {
			return err
		}
		if !line.Rated() {
			return fault.New(fault.Conflict, "rating.refused.not_rated")
		}
		if err := r.Rule().Check(f.votes()); err != nil {
			return err
		}
		var c fault.Check
		carried, _ := r.Rule().Carried(f.votes())
		c.That(f.votes().Cast() > 0, "excellent", "rating.problem.no_votes")
		c.That(slices.Contains(Levels, f.Proposal), "proposal", "rating.problem.level")
		c.That(f.Proposal == carried || f.Reason != "", "reason", "rating.problem.reason")
		c.AtMost(f.Reason, maxText, "reason")
		if f.votes() != line.Votes {
			line.VotedIn = ""
		}
		line.Votes, line.Proposal, line.Reason = f.votes(), f.Proposal, f.Reason
		return c.Err()
	})
}

// Complain writes down what somebody says against the proposal, before their own level is
// decided: the person, or the committee for them.
func (s *Service) Complain(ctx context.Context, who access.Person, roundID, subject, text string) error {
	if err := checkWords("text", text); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, may, err := s.held(ctx, tx, who, roundID)
		if err != nil {
			return err
		}
		line, err := lineFor(ctx, tx, who, r, subject)
		if err != nil {
			return err
		}
		if !may.leads && line.Subject != who.Member {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if err := undecided(r, line); err != nil {
			return err
		}
		if err := insertComplaint(ctx, tx, Complaint{Root: r.Root, ID: id.New(), Round: r.ID, Subject: subject, Text: text, At: s.now(), By: who.Member}); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "rating.complained", r.ID, map[string]string{"subject": subject})
	})
}

// Answer answers a complaint, before the decision. Nobody answers one about themselves.
func (s *Service) Answer(ctx context.Context, who access.Person, roundID, subject, complaint, text string) error {
	if err := checkWords("answer", text); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		r, _, err := s.steered(ctx, tx, who, roundID)
		if err != nil {
			return err
		}
		line, err := lineFor(ctx, tx, who, r, subject)
		if err != nil {
			return err
		}
		if err := undecided(r, line); err != nil {
			return err
		}
		if line.Subject == who.Member {
			return fault.New(fault.Conflict, "rating.refused.own_complaint")
		}
		found, err := answerComplaint(ctx, tx, Complaint{Root: r.Root, ID: complaint, Round: r.ID, Subject: subject, Answer: text, AnsweredAt: s.now(), AnsweredBy: who.Member})
		if err == nil && !found {
			err = fault.New(fault.NotFound, "fault.not_found")
		}
		if err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "rating.answered", r.ID, map[string]string{"complaint": complaint})
	})
}
