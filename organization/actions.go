package organization

import (
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
)

// What may be done with units, and by whom: see app/rights.go.
const (
	Read   access.Need = "organization.read"   // the tree, the offices, the settings
	Manage access.Need = "organization.manage" // add units, appoint, change anything
	Settle access.Need = "organization.settle" // the settings of one's own cell
	// Supervise puts members of the committee in charge of cells; whoever manages may too.
	Supervise access.Need = "organization.supervise"
)

// Service does what may be done with units.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

// Add puts a new unit under the unit parent, at the top where parent is empty:
// that is for the first unit of a program and asks no scope. It returns the unit
// as it was placed.
func (s *Service) Add(ctx context.Context, who access.Person, parent string, o Organization) (Organization, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		var above Organization
		if parent != "" {
			var err error
			if above, err = Get(ctx, tx, who.Scope(Manage), parent); err != nil {
				return err
			}
		}
		if err := o.Check(above); err != nil {
			return err
		}
		if o.ID == "" {
			o.ID = id.New()
		}
		o = Place(o, above)
		if err := insert(ctx, tx, o); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.added", o.ID, map[string]string{"level": string(o.Level), "parent": parent})
	})
	return o, err
}

// Change gives a unit another name, kind, superior line, town, code or day of
// closing. Where it stands in the tree stays.
func (s *Service) Change(ctx context.Context, who access.Person, o Organization) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		before, err := Get(ctx, tx, who.Scope(Manage), o.ID)
		if err != nil {
			return err
		}
		var above Organization
		if before.Parent != "" {
			if above, err = findAnywhere(ctx, tx, before.Parent); err != nil {
				return err
			}
		}
		o.Root, o.Parent, o.Path, o.Level = before.Root, before.Parent, before.Path, before.Level
		if err := o.Check(above); err != nil {
			return err
		}
		if err := update(ctx, tx, o); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.changed", o.ID, nil)
	})
}

// Settle sets the habits of a unit from a day on. Meetings already held are
// judged by what was set on their day.
func (s *Service) Settle(ctx context.Context, who access.Person, set Settings) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := Get(ctx, tx, who.Scope(Settle), set.Organization)
		if err != nil {
			return err
		}
		set.Root = o.Root
		if err := set.Check(); err != nil {
			return err
		}
		if err := putSettings(ctx, tx, set); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.settled", o.ID, map[string]string{"from": set.From.String()})
	})
}

// SetTerm begins a term. A term that still runs ends on the day before.
func (s *Service) SetTerm(ctx context.Context, who access.Person, t Term) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := Get(ctx, tx, who.Scope(Manage), t.Organization)
		if err != nil {
			return err
		}
		if err := s.stillThere(o, t.From, "organization.problem.closed"); err != nil {
			return err
		}
		t.Root, t.ID = o.Root, id.New()
		if err := t.Check(); err != nil {
			return err
		}
		if err := endTerms(ctx, tx, o.Root, o.ID, t.From.AddDays(-1)); err != nil {
			return err
		}
		if err := insertTerm(ctx, tx, t); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.term", o.ID, map[string]string{"from": t.From.String(), "until": t.Until.String()})
	})
}

// need is what it takes to fill a post.
func (p Post) need() access.Need {
	if p == Supervisor {
		return Supervise
	}
	return Manage
}

// Appoint gives a person an office from a day on. Of a post that one person holds
// at a time, the one before is released on the day before.
func (s *Service) Appoint(ctx context.Context, who access.Person, f Office) (Office, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := Get(ctx, tx, who.Scope(f.Post.need()), f.Organization)
		if err != nil {
			return err
		}
		if err := s.stillThere(o, f.From, "organization.problem.closed"); err != nil {
			return err
		}
		f.Root, f.ID = o.Root, id.New()
		if err := f.Check(o.Level); err != nil {
			return err
		}
		held, err := OfficesOn(ctx, tx, o.Root, o.ID, f.From)
		if err != nil {
			return err
		}
		for _, h := range held {
			if err := succeed(ctx, tx, h, f); err != nil {
				return err
			}
		}
		if err := insertOffice(ctx, tx, f); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.appointed", f.Member,
			map[string]string{"organization": o.ID, "post": string(f.Post), "from": f.From.String()})
	})
	return f, err
}

// succeed makes room for the new office beside held, one that is held on its first
// day.
func succeed(ctx context.Context, tx *db.Tx, held, f Office) error {
	switch {
	case held.Post != f.Post:
		return nil
	case held.Member == f.Member:
		return fault.New(fault.Conflict, "organization.problem.held_already")
	case !f.Post.Alone():
		return nil
	case held.From == f.From:
		return fault.New(fault.Conflict, "organization.problem.same_day")
	}
	return endOffice(ctx, tx, held, f.From.AddDays(-1))
}

// stillThere refuses, in the words of problem, what begins on a day in a unit or department that
// no longer exists then, or today.
func (s *Service) stillThere(o interface{ OpenOn(day when.Date) bool }, from when.Date, problem string) error {
	if !o.OpenOn(when.DateOf(s.Now())) || !o.OpenOn(from) {
		return fault.New(fault.Conflict, problem)
	}
	return nil
}

// mayEnd refuses to end what has an end already: a later last day would give it back.
func mayEnd(from, until, lastDay when.Date) error {
	switch {
	case !until.IsZero():
		return fault.New(fault.Conflict, "organization.problem.ended")
	case lastDay.Before(from):
		return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"until": "organization.problem.until"}}
	}
	return nil
}

// Release ends an office; lastDay is the last day on which it is held.
func (s *Service) Release(ctx context.Context, who access.Person, office string, lastDay when.Date) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		f, err := held(ctx, tx, who, office)
		if err != nil {
			return err
		}
		if err := mayEnd(f.From, f.Until, lastDay); err != nil {
			return err
		}
		if err := endOffice(ctx, tx, f, lastDay); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, f.Root, "organization.released", f.Member,
			map[string]string{"organization": f.Organization, "post": string(f.Post), "until": lastDay.String()})
	})
}

// held returns an office that who may end.
func held(ctx context.Context, q db.Q, who access.Person, office string) (Office, error) {
	f, err := findOffice(ctx, q, who.Scope(Manage), office)
	if !fault.Is(err, fault.NotFound) {
		return f, err
	}
	f, err = findOffice(ctx, q, who.Scope(Supervise), office)
	if err == nil && f.Post != Supervisor {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return f, err
}

// GiveTitle records a title that a unit was given for a year.
func (s *Service) GiveTitle(ctx context.Context, who access.Person, t Title) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := Get(ctx, tx, who.Scope(Settle), t.Organization)
		if err != nil {
			return err
		}
		t.Root, t.ID = o.Root, id.New()
		if err := t.Check(when.DateOf(s.Now())); err != nil {
			return err
		}
		if err := insertTitle(ctx, tx, t); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.title_given", o.ID, map[string]any{"title": t.ID, "year": t.Year})
	})
}

// DropTitle takes out a title that was recorded by mistake.
func (s *Service) DropTitle(ctx context.Context, who access.Person, organization, title string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := Get(ctx, tx, who.Scope(Settle), organization)
		if err != nil {
			return err
		}
		n, err := deleteTitle(ctx, tx, o.Root, o.ID, title)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "organization.title_dropped", o.ID, map[string]string{"title": title})
	})
}
