package task

import (
	"context"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/organization"
)

// Report is what an owner says about a task.
type Report struct {
	Reached    int    `form:"reached"`
	Done       bool   `form:"done"`
	Text       string `form:"text"`
	Difficulty string `form:"difficulty"`
	// For is the owner for whom somebody else enters the report.
	For string `form:"for"`
}

func (r Report) check(t Task) error {
	var c fault.Check
	c.That(r.Reached >= 0 && r.Reached <= maxTarget, "reached", "task.problem.reached")
	said := strings.TrimSpace(r.Text+r.Difficulty) != "" || r.Done || t.Target > 0 && r.Reached != t.Reached
	c.That(said, "text", "task.problem.report")
	c.AtMost(r.Text, maxText, "text")
	c.AtMost(r.Difficulty, maxText, "difficulty")
	c.That(r.For == "" || t.OwnedBy(r.For), "for", "task.problem.not_owner")
	return c.Err()
}

// Report writes a report of an owner, or of somebody who may give tasks and
// enters it for an owner. A difficulty is told to the committee of
// the unit, and stays before it until somebody answers: see Help.
func (s *Service) Report(ctx context.Context, who access.Person, taskID string, r Report) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		t, path, err := inScope(ctx, tx, who.Scope(MayRead), taskID)
		if err != nil {
			return err
		}
		own := t.OwnedBy(who.Member) && who.MayAt(MayReport, path)
		if !own && !who.MayAt(MayGive, path) {
			return fault.New(fault.Forbidden, "task.refused.not_owner")
		}
		if own {
			r.For = ""
		}
		if err := r.check(t); err != nil {
			return err
		}
		e := Event{Kind: Progress, At: s.now(), By: who.Member, For: r.For, Reached: r.Reached, Text: r.Text, Difficulty: r.Difficulty}
		if r.Done {
			e.Kind = ReportedDone
		}
		if t, err = record(ctx, tx, t, e); err != nil {
			return err
		}
		if err := s.tellCommittee(ctx, tx, who, t, e); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, t.Root, "task.reported", t.ID, map[string]int{"seq": t.Seq})
	})
}

// tellCommittee tells the committee of the unit that something is in the way of t.
func (s *Service) tellCommittee(ctx context.Context, tx *db.Tx, who access.Person, t Task, e Event) error {
	if e.Difficulty == "" {
		return nil
	}
	offices, err := organization.OfficesOn(ctx, tx, t.Root, t.Organization, s.now().Date())
	if err != nil {
		return err
	}
	var committee []string
	for _, o := range offices {
		if o.Post.Leads() && o.Member != who.Member {
			committee = append(committee, o.Member)
		}
	}
	return tell(ctx, tx, t, "task.told.difficulty", s.now(), committee...)
}

// Help answers to the difficulty that stands before the committee: what is done to
// get it out of the way, or why nothing can be. The owners are told.
func (s *Service) Help(ctx context.Context, who access.Person, taskID, words string) error {
	return s.lead(ctx, who, taskID, "task.helped", func(ctx context.Context, tx *db.Tx, t Task) error {
		var c fault.Check
		c.That(strings.TrimSpace(words) != "", "answer", "task.problem.answer")
		c.AtMost(words, maxText, "answer")
		if err := c.Err(); err != nil {
			return err
		}
		if _, err := record(ctx, tx, t, Event{Kind: WasHelped, At: s.now(), By: who.Member, Text: words}); err != nil {
			return err
		}
		return tell(ctx, tx, t, "task.told.helped", s.now(), t.Owners...)
	})
}
