package dossier

import (
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
)

// Service gathers what the papers say.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	// Person returns what an account of a base organisation may do today; false where there
	// is none.
	Person func(ctx context.Context, root, account string) (access.Person, bool, error)
	// Running says how the program is set up for a unit.
	Running func(ctx context.Context, o organization.Organization) (Running, error)
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// bases returns the base organisations that lie whole in a scope: each has a chain of its
// own, and whoever holds a part of one may not read the chain.
func (s *Service) bases(ctx context.Context, sc access.Scope) ([]organization.Organization, error) {
	all, err := organization.Under(ctx, s.DB, sc)
	var out []organization.Organization
	for _, o := range all {
		if o.ID == o.Root {
			out = append(out, o)
		}
	}
	return out, err
}

// Breach answers a span from the log of the base organisations in the scope of who; that it
// was asked stands in the log itself.
func (s *Service) Breach(ctx context.Context, who access.Person, span Span) (Breach, error) {
	b := Breach{Span: span, At: s.now()}
	if err := span.Validate(); err != nil {
		return b, err
	}
	bases, err := s.bases(ctx, who.Scope(Trace))
	if err != nil {
		return b, err
	}
	for _, o := range bases {
		b.Units = append(b.Units, o.Name)
		actors, err := actorsIn(ctx, s.DB, o.Root, span)
		if err != nil {
			return b, err
		}
		touched, err := touchedIn(ctx, s.DB, o.Root, span)
		if err != nil {
			return b, err
		}
		names, units, err := peopleOf(ctx, s.DB, o.Root)
		if err != nil {
			return b, err
		}
		b.Actors = append(b.Actors, counted(actors, touched)...)
		open, err := s.open(ctx, o.Root, span.Accounts)
		if err != nil {
			return b, err
		}
		b.Victims = append(b.Victims, gather(o.Root, touched, open, names, units)...)
		err = s.DB.Tx(ctx, func(tx *db.Tx) error {
			return s.Audit.Write(ctx, tx, who, o.Root, "dossier.traced", o.ID, map[string]any{"from": span.From, "until": span.Until, "accounts": span.Accounts})
		})
		if err != nil {
			return b, err
		}
	}
	return b, nil
}
