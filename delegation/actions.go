package delegation

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
)

// Service does what people do with delegates.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Enter adds a delegate by the office of the committee. Another transaction may be that of
// the desk, which writes who walked in.
func (s *Service) Enter(ctx context.Context, who access.Person, conferenceID string, d Delegate) (Delegate, error) {
	err := s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := conference.Get(ctx, tx, who.Scope(conference.Keep), conferenceID)
		if err != nil {
			return err
		}
		if d, err = s.add(ctx, tx, who, x, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "delegation.entered", d.ID, nil)
	})
	return d, err
}

// add writes a delegate of a line of the composition.
func (s *Service) add(ctx context.Context, tx *db.Tx, who access.Person, x conference.Conference, d Delegate) (Delegate, error) {
	if err := d.check(); err != nil {
		return d, err
	}
	lines, err := conference.Categories(ctx, tx, x)
	if err != nil {
		return d, err
	}
	if !slices.ContainsFunc(lines, func(y conference.Category) bool { return y.ID == d.Category }) {
		return d, fault.New(fault.NotFound, "fault.not_found")
	}
	d.Root, d.ID, d.Conference, d.Code = x.Root, id.New(), x.ID, rand.Text()
	d.NamedAt, d.NamedBy = s.now(), who.Member
	return d, db.Insert(ctx, tx, "delegate", d)
}
