package task

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
)

// Draft is what the form of a task asks for that is given between two meetings, or
// changed.
type Draft struct {
	Organization string    `form:"organization"` // id of the unit
	Origin       Origin    `form:"origin"`       // ByLeader or ByDirective
	Source       string    `form:"source"`
	Title        string    `form:"title"`
	DoneWhen     string    `form:"done_when"`
	Owners       []string  `form:"owners"`
	Due          when.Date `form:"due"`
	DueTime      string    `form:"due_time"`
	Target       int       `form:"target"`
	Unit         string    `form:"unit"`
	Reason       string    `form:"reason"` // of a change
}

// DraftOf returns a task as the form shows it.
func DraftOf(t Task) Draft {
	return Draft{
		Organization: t.Organization, Origin: t.Origin, Source: t.Source, Title: t.Title, DoneWhen: t.DoneWhen, Owners: t.Owners,
		Due: t.Due, DueTime: t.DueTime, Target: t.Target, Unit: t.Unit,
	}
}

// onto returns t as the draft wants it.
func (d Draft) onto(t Task) Task {
	t.Source, t.Title, t.DoneWhen, t.Owners = d.Source, d.Title, d.DoneWhen, distinct(d.Owners)
	t.Due, t.DueTime, t.Target, t.Unit = d.Due, d.DueTime, d.Target, d.Unit
	return t
}

// GiveBetween gives a task between two meetings, for a leader of the unit: because
// it cannot wait, or because the superior has directed it.
func (s *Service) GiveBetween(ctx context.Context, who access.Person, d Draft) (Task, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayGive), d.Organization)
	if err != nil {
		return Task{}, err
	}
	if d.Origin != ByDirective {
		d.Origin = ByLeader
	}
	t := d.onto(Task{Root: o.Root, ID: id.New(), Organization: o.ID, Origin: d.Origin, GivenBy: who.Member, GivenAt: s.now()})
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := s.onRoll(ctx, tx, o.Root, o.ID, d.Owners); err != nil {
			return err
		}
		if err := Give(ctx, tx, t); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, t.Root, "task.given", t.ID, nil)
	})
	return t, err
}

// Adjust changes a task that is open: its day, its owners, what counts as done.
// The reason and what was before stay in its history.
func (s *Service) Adjust(ctx context.Context, who access.Person, taskID string, d Draft) error {
	return s.lead(ctx, who, taskID, "task.changed", func(ctx context.Context, tx *db.Tx, t Task) error {
		var c fault.Check
		c.That(strings.TrimSpace(d.Reason) != "", "reason", "task.problem.reason")
		c.AtMost(d.Reason, maxText, "reason")
		if err := c.Err(); err != nil {
			return err
		}
		added := slices.DeleteFunc(slices.Clone(d.Owners), t.OwnedBy)
		if err := s.onRoll(ctx, tx, t.Root, t.Organization, added); err != nil {
			return err
		}
		return Change(ctx, tx, d.onto(t), Changing{By: who.Member, At: s.now(), Reason: d.Reason})
	})
}

// onRoll refuses owners who are not on the roll of the unit today.
func (s *Service) onRoll(ctx context.Context, q db.Q, root, unit string, owners []string) error {
	roll, err := member.Roll(ctx, q, root, unit, s.now().Date())
	if err != nil {
		return err
	}
	var c fault.Check
	for _, owner := range owners {
		c.That(slices.ContainsFunc(roll, func(e member.Entry) bool { return e.ID == owner }), "owners", "task.problem.not_on_roll")
	}
	return c.Err()
}

// Urging is how the owners of a task were reminded of it.
type Urging struct {
	Words string     `form:"words"`
	Way   notice.Way `form:"way"` // empty: by the program alone
}

func (u Urging) check() error {
	_, err := notice.ParseWay(string(u.Way))
	var c fault.Check
	c.That(u.Way == "" || err == nil, "way", "notice.problem.way")
	c.AtMost(u.Words, maxText, "words")
	return c.Err()
}

// Urge reminds the owners of a task and writes down who did it and how; they are
// told in the program besides.
func (s *Service) Urge(ctx context.Context, who access.Person, taskID string, u Urging) error {
	return s.lead(ctx, who, taskID, "task.urged", func(ctx context.Context, tx *db.Tx, t Task) error {
		if err := u.check(); err != nil {
			return err
		}
		if u.Way == "" {
			u.Way = notice.App
		}
		if _, err := record(ctx, tx, t, Event{Kind: WasUrged, At: s.now(), By: who.Member, Text: u.Words, Way: u.Way}); err != nil {
			return err
		}
		return tell(ctx, tx, t, "task.told.urged", s.now(), t.Owners...)
	})
}

// Withdraw takes back a task with a reason.
func (s *Service) Withdraw(ctx context.Context, who access.Person, taskID, reason string) error {
	return s.lead(ctx, who, taskID, "task.withdrawn", func(ctx context.Context, tx *db.Tx, t Task) error {
		return Withdraw(ctx, tx, t.Root, t.ID, reason, who.Member, s.now())
	})
}

// lead does something to a task that only those may do who give tasks in its unit.
func (s *Service) lead(ctx context.Context, who access.Person, taskID, action string, do func(context.Context, *db.Tx, Task) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		t, _, err := inScope(ctx, tx, who.Scope(MayGive), taskID)
		if err != nil {
			return err
		}
		if err := do(ctx, tx, t); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, t.Root, action, t.ID, nil)
	})
}
