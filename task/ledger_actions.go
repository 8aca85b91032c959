package task

import (
	"context"
	"slices"
	"strings"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// What may be done with tasks, and by whom: see app/rights.go.
const (
	MayRead   access.Need = "task.read"   // the ledger of one's cell
	MayReport access.Need = "task.report" // on one's own tasks
	MayGive   access.Need = "task.give"   // give, urge, withdraw, report for others
)

// Service does what people do with tasks between two meetings.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Get returns a task that the person may see, with its history, oldest first, and
// the path of its unit.
func (s *Service) Get(ctx context.Context, who access.Person, taskID string) (Task, []Event, string, error) {
	t, path, err := inScope(ctx, s.DB, who.Scope(MayRead), taskID)
	if err != nil {
		return t, nil, "", err
	}
	history, err := events(ctx, s.DB, t.Root, t.ID)
	return t, history, path, err
}

// Mine returns the person's own open tasks.
func (s *Service) Mine(ctx context.Context, who access.Person) ([]Task, error) {
	if who.Member == "" {
		return nil, nil
	}
	return openOfMember(ctx, s.DB, who.Root, who.Member)
}

// longest is how many tasks a page of the ledger shows at most.
const longest = 300

// Ledger returns the tasks of a unit that the person may see, and their figures.
func (s *Service) Ledger(ctx context.Context, who access.Person, unit string, f Filter) ([]Task, Tally, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayRead), unit)
	if err != nil {
		return nil, Tally{}, err
	}
	today := s.now().Date().String()
	counts, err := countStates(ctx, s.DB, o.Root, o.ID, today)
	if err != nil {
		return nil, Tally{}, err
	}
	tasks, err := ledger(ctx, s.DB, o.Root, o.ID, f, today, longest)
	return tasks, tally(counts), err
}

// Draft is what the form of a new task asks for.
type Draft struct {
	Organization string    `form:"organization"` // id of the unit
	Title        string    `form:"title"`
	DoneWhen     string    `form:"done_when"`
	Owners       []string  `form:"owners"`
	Due          when.Date `form:"due"`
	Target       int       `form:"target"`
	Unit         string    `form:"unit"`
}

// GiveUrgent gives a task between two meetings, for a leader of the unit.
func (s *Service) GiveUrgent(ctx context.Context, who access.Person, d Draft) (Task, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayGive), d.Organization)
	if err != nil {
		return Task{}, err
	}
	t := Task{
		Root: o.Root, ID: id.New(), Organization: o.ID, Title: d.Title, DoneWhen: d.DoneWhen, Owners: d.Owners,
		Due: d.Due, Target: d.Target, Unit: d.Unit, Origin: ByLeader, GivenBy: who.Member, GivenAt: s.now(),
	}
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := s.onRoll(ctx, tx, o, d.Owners); err != nil {
			return err
		}
		if err := Give(ctx, tx, t); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, t.Root, "task.given", t.ID, nil)
	})
	return t, err
}

// onRoll refuses owners who are not on the roll of the unit today.
func (s *Service) onRoll(ctx context.Context, q db.Q, o organization.Organization, owners []string) error {
	roll, err := member.Roll(ctx, q, o.Root, o.ID, s.now().Date())
	if err != nil {
		return err
	}
	var c fault.Check
	for _, owner := range owners {
		c.That(slices.ContainsFunc(roll, func(e member.Entry) bool { return e.ID == owner }), "owners", "task.problem.not_on_roll")
	}
	return c.Err()
}

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
	c.That(len([]rune(r.Text)) <= maxText, "text", "task.problem.long")
	c.That(len([]rune(r.Difficulty)) <= maxText, "difficulty", "task.problem.long")
	c.That(r.For == "" || t.OwnedBy(r.For), "for", "task.problem.not_owner")
	return c.Err()
}

// Report writes a report of an owner, or of somebody who may give tasks and
// enters it for an owner. A difficulty is told to those who lead the unit.
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
		if err := s.tellLeaders(ctx, tx, who, t); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, t.Root, "task.reported", t.ID, map[string]int{"seq": t.Seq})
	})
}

// tellLeaders tells the leaders of the unit that something is in the way of t.
func (s *Service) tellLeaders(ctx context.Context, tx *db.Tx, who access.Person, t Task) error {
	if t.Difficulty == "" {
		return nil
	}
	offices, err := organization.OfficesOn(ctx, tx, t.Root, t.Organization, s.now().Date())
	if err != nil {
		return err
	}
	var leaders []string
	for _, o := range offices {
		if (o.Post == organization.Secretary || o.Post == organization.Deputy) && o.Member != who.Member {
			leaders = append(leaders, o.Member)
		}
	}
	return tell(ctx, tx, t, "task.told.difficulty", s.now(), leaders...)
}

// Urge reminds the owners of a task.
func (s *Service) Urge(ctx context.Context, who access.Person, taskID, words string) error {
	return s.lead(ctx, who, taskID, "task.urged", func(ctx context.Context, tx *db.Tx, t Task) error {
		if len([]rune(words)) > maxText {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"words": "task.problem.long"}}
		}
		if _, err := record(ctx, tx, t, Event{Kind: WasUrged, At: s.now(), By: who.Member, Text: words}); err != nil {
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
