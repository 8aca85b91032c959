package task

import (
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
)

// What may be done with tasks, and by whom: see app/rights.go.
const (
	MayRead   access.Need = "task.read"   // the ledger of one's cell
	MayReport access.Need = "task.report" // on one's own tasks
	MayGive   access.Need = "task.give"   // give, change, urge, help, withdraw, report for others
)

// Service does what people do with tasks between two meetings.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	// LastMet returns when a unit closed its last meeting, zero where it has not held
	// one; set by package app.
	LastMet func(ctx context.Context, q db.Q, root, organization string) (when.Instant, error)
	// Called returns the meetings to which units have been called and that begin between
	// two moments.
	Called func(ctx context.Context, q db.Q, first, last when.Instant) ([]Sitting, error)
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

// Ledger returns the tasks of a unit that the person may see and asks for, with the
// unit and the figures of its whole ledger.
func (s *Service) Ledger(ctx context.Context, who access.Person, unit string, want Query) ([]Task, organization.Organization, Tally, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayRead), unit)
	if err != nil {
		return nil, o, Tally{}, err
	}
	counts, err := countStates(ctx, s.DB, o.Root, o.ID, s.now())
	if err != nil {
		return nil, o, Tally{}, err
	}
	tasks, err := ledger(ctx, s.DB, o.Root, o.ID, want, s.now())
	return want.find(tasks), o, tally(counts), err
}

// Resolutions returns the meetings of a unit that have given tasks and what has
// become of these, the newest first.
func (s *Service) Resolutions(ctx context.Context, who access.Person, unit string) ([]Resolution, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayRead), unit)
	if err != nil {
		return nil, err
	}
	tasks, err := ledger(ctx, s.DB, o.Root, o.ID, Query{View: FilterAll, Origin: AtMeeting}, s.now())
	return resolutions(tasks), err
}
