package conference

import (
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/organization"
)

// The needs of the feature.
const (
	// MayRead opens the pages; which conferences are there is said by the others, and by
	// what a conference asks of one's unit or of oneself.
	MayRead access.Need = "conference.read"
	// Keep prepares the conferences of a committee: its office.
	Keep access.Need = "conference.keep"
	// Direct approves and issues the plan, appraises, concludes: the committee.
	Direct access.Need = "conference.direct"
)

// Service does what people do with conferences.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Open begins a conference of a committee.
func (s *Service) Open(ctx context.Context, who access.Person, x Conference) (Conference, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		o, err := organization.GetCommittee(ctx, tx, who.Scope(Keep), x.Organization)
		if err != nil {
			return err
		}
		if err := x.check(); err != nil {
			return err
		}
		x.Root, x.ID, x.MadeAt, x.MadeBy = o.Root, id.New(), s.now(), who.Member
		if err := db.Insert(ctx, tx, "conference", x); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "conference.opened", x.ID, nil)
	})
	return x, err
}

// AddSitting adds a sitting to a conference. The host is a cell below the committee; its
// root is found here.
func (s *Service) AddSitting(ctx context.Context, who access.Person, conferenceID string, y Sitting) (Sitting, error) {
	err := s.change(ctx, who, conferenceID, "conference.sitting.added", func(tx *db.Tx, x Conference) error {
		if err := y.check(); err != nil {
			return err
		}
		if y.Host != "" {
			o, err := organization.GetCommittee(ctx, tx, who.Scope(Keep), x.Organization)
			if err != nil {
				return err
			}
			host, err := organization.GetCell(ctx, tx, access.Whole("", o.Path), y.Host)
			if err != nil {
				return err
			}
			y.HostRoot = host.Root
		}
		y.Root, y.ID, y.Conference = x.Root, id.New(), x.ID
		before, err := Sittings(ctx, tx, x)
		if err != nil {
			return err
		}
		y.Position = len(before) + 1
		return db.Insert(ctx, tx, "conference_sitting", y)
	})
	return y, err
}

// AddCategory adds a line to the composition of a conference.
func (s *Service) AddCategory(ctx context.Context, who access.Person, conferenceID string, y Category) (Category, error) {
	err := s.change(ctx, who, conferenceID, "conference.category.added", func(tx *db.Tx, x Conference) error {
		if err := y.check(); err != nil {
			return err
		}
		y.Root, y.ID, y.Conference = x.Root, id.New(), x.ID
		before, err := Categories(ctx, tx, x)
		if err != nil {
			return err
		}
		y.Position = len(before) + 1
		return db.Insert(ctx, tx, "conference_category", y)
	})
	return y, err
}

// change does something with a conference that is not closed, and writes it down.
func (s *Service) change(ctx context.Context, who access.Person, conferenceID, action string, do func(*db.Tx, Conference) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := Get(ctx, tx, who.Scope(Keep), conferenceID)
		if err != nil {
			return err
		}
		if !x.ClosedAt.IsZero() {
			return fault.New(fault.Conflict, "conference.problem.closed")
		}
		if err := do(tx, x); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, action, x.ID, nil)
	})
}
