package plan

import (
	"context"
	"slices"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/lesson"
	"chibo/organization"
)

// The needs of the feature. Keep reads the plans of a committee and writes down how far
// their steps are: its office. Make writes plans, steps and reports besides: the committee.
const (
	Keep access.Need = "plan.keep"
	Make access.Need = "plan.make"
)

// Service does what people do with plans.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

func (s *Service) today() when.Date { return s.now().Date() }

// Make makes a plan of a committee. A plan that follows another one begins with the steps
// that are open there, for its own days.
func (s *Service) Make(ctx context.Context, who access.Person, p Plan) (Plan, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.GetCommittee(ctx, tx, who.Scope(Make), p.Organization)
		if err != nil {
			return err
		}
		if err := p.check(); err != nil {
			return err
		}
		p.Root, p.ID, p.MadeAt, p.MadeBy = o.Root, id.New(), s.now(), who.Member
		if err := db.Insert(ctx, tx, "plan", p); err != nil {
			return err
		}
		if p.Before != "" {
			if err := s.takeOver(ctx, tx, who, p); err != nil {
				return err
			}
		}
		return s.Audit.Write(ctx, tx, who, p.Root, "plan.made", p.ID, nil)
	})
	return p, err
}

// takeOver copies the open steps of the plan before.
func (s *Service) takeOver(ctx context.Context, tx *db.Tx, who access.Person, p Plan) error {
	before, err := inScope(ctx, tx, who.Scope(Make), p.Before)
	if err != nil {
		return err
	}
	if before.Organization != p.Organization {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	states, err := stateOn(ctx, tx, before, s.today())
	if err != nil {
		return err
	}
	n := 0
	for _, x := range states {
		if !x.Open() {
			continue
		}
		n++
		next := x.Step
		next.ID, next.Plan, next.Position, next.AddedOn = id.New(), p.ID, n, s.today()
		next.From, next.Until = p.From, p.Until
		if next.Target > 0 {
			next.Target -= x.Reached // what is still to be reached
		}
		if err := db.Insert(ctx, tx, "plan_step", next); err != nil {
			return err
		}
	}
	return nil
}

// mostSteps bounds a plan.
const mostSteps = 100

// onPlan changes a plan for which somebody has a need.
func (s *Service) onPlan(ctx context.Context, who access.Person, need access.Need, planID, action string, do func(*db.Tx, Plan) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		p, err := inScope(ctx, tx, who.Scope(need), planID)
		if err != nil {
			return err
		}
		if err := do(tx, p); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, p.Root, action, p.ID, nil)
	})
}

// Add adds a step to a plan; it stands there from today on.
func (s *Service) Add(ctx context.Context, who access.Person, planID string, x Step) error {
	return s.onPlan(ctx, who, Make, planID, "plan.step.added", func(tx *db.Tx, p Plan) error {
		if err := x.check(); err != nil {
			return err
		}
		there, err := steps(ctx, tx, p)
		if err != nil {
			return err
		}
		if len(there) >= mostSteps {
			return fault.New(fault.Conflict, "plan.problem.many", "Count", mostSteps)
		}
		x.Root, x.ID, x.Plan, x.Position, x.AddedOn = p.Root, id.New(), p.ID, len(there)+1, s.today()
		return db.Insert(ctx, tx, "plan_step", x)
	})
}

// Note writes down how far a step was on a day; nothing that stands there is changed.
func (s *Service) Note(ctx context.Context, who access.Person, planID string, g Progress) error {
	return s.onPlan(ctx, who, Keep, planID, "plan.progress", func(tx *db.Tx, p Plan) error {
		there, err := steps(ctx, tx, p)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(there, func(x Step) bool { return x.ID == g.Step }) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if err := g.check(s.today()); err != nil {
			return err
		}
		g.Root, g.ID, g.Plan, g.EnteredAt, g.EnteredBy = p.Root, id.New(), p.ID, s.now(), who.Member
		return db.Insert(ctx, tx, "plan_progress", g)
	})
}

// Word writes the report of a plan at a day as people have worded it.
func (s *Service) Word(ctx context.Context, who access.Person, planID string, r Report) error {
	return s.onPlan(ctx, who, Make, planID, "plan.reported", func(tx *db.Tx, p Plan) error {
		if err := r.check(s.today()); err != nil {
			return err
		}
		r.Root, r.Plan, r.WrittenAt, r.WrittenBy = p.Root, p.ID, s.now(), who.Member
		return putReport(ctx, tx, r)
	})
}

func stateOn(ctx context.Context, q db.Q, p Plan, day when.Date) ([]State, error) {
	all, err := steps(ctx, q, p)
	if err != nil {
		return nil, err
	}
	said, err := progress(ctx, q, p)
	return StateOn(all, said, day), err
}

// Sheet is a plan as it stood on a day.
type Sheet struct {
	Plan

	Unit    organization.Organization
	On      when.Date
	States  []State
	Report  Report      // of the day: worded by people, else composed
	Reports []when.Date // the days on which one was worded
	Makes   bool
}

// View returns a plan as it stood on a day.
func (s *Service) View(ctx context.Context, who access.Person, planID string, day when.Date) (Sheet, error) {
	p, err := inScope(ctx, s.DB, who.Scope(Keep), planID)
	if err != nil {
		return Sheet{}, err
	}
	v := Sheet{Plan: p, On: day}
	if v.Unit, err = organization.Find(ctx, s.DB, p.Root, p.Organization); err != nil {
		return v, err
	}
	v.Makes = who.MayAt(Make, v.Unit.Path)
	if v.States, err = stateOn(ctx, s.DB, p, day); err != nil {
		return v, err
	}
	if v.Reports, err = reports(ctx, s.DB, p); err != nil {
		return v, err
	}
	worded, is, err := reportOn(ctx, s.DB, p, day)
	if err != nil || is {
		v.Report = worded
		return v, err
	}
	learned, err := lesson.Learned(ctx, s.DB, p.Root, p.Organization, p.From.At(0, 0), day.At(23, 59))
	v.Report = Compose(p, v.States, learned, day)
	return v, err
}
