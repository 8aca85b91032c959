package conference

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
	"chibo/member"
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
	// Host prepares what one's own cell performs, and answers for it as a unit that sends
	// delegates.
	Host access.Need = "conference.host"
)

// Service does what people do with conferences.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	// Clear takes away what later features have prepared for a sitting alone, before it is
	// removed.
	Clear []func(context.Context, *db.Tx, Sitting) error
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Open begins a conference of a committee, with a plan that has its sections already.
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
		words := Skeleton(o)
		if words.Name, err = s.signer(ctx, tx, x); err != nil {
			return err
		}
		if err := s.keep(ctx, tx, who, x, 0, words); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, "conference.opened", x.ID, nil)
	})
	return x, err
}

// signer names who signs the papers of a committee today, as far as the offices say it.
func (s *Service) signer(ctx context.Context, q db.Q, x Conference) (string, error) {
	names, err := s.committee(ctx, q, x)
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}

// committee returns the names of the members of a committee today, the secretary first.
func (s *Service) committee(ctx context.Context, q db.Q, x Conference) ([]string, error) {
	offices, err := organization.OfficesOn(ctx, q, x.Root, x.Organization, s.now().Date())
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, post := range []organization.Post{organization.Secretary, organization.Deputy, organization.PartyCommittee} {
		for _, f := range offices {
			if f.Post == post && !slices.Contains(ids, f.Member) {
				ids = append(ids, f.Member)
			}
		}
	}
	known, err := member.Names(ctx, q, x.Root, ids...)
	names := make([]string, len(ids))
	for i, m := range ids {
		names[i] = known[m]
	}
	return names, err
}

// Change changes the subject and the last day for names.
func (s *Service) Change(ctx context.Context, who access.Person, conferenceID string, to Conference) error {
	return s.rewrite(ctx, who, conferenceID, "conference.changed", func(tx *db.Tx, x Conference) error {
		x.Title, x.NamesBy = to.Title, to.NamesBy
		if err := x.check(); err != nil {
			return err
		}
		return update(ctx, tx, x)
	})
}

// Close says that all of a conference is done. Nothing of it is changed afterwards.
func (s *Service) Close(ctx context.Context, who access.Person, conferenceID string) error {
	return s.change(ctx, who, Direct, conferenceID, "conference.closed", func(tx *db.Tx, x Conference) error {
		x.ClosedAt = s.now()
		return update(ctx, tx, x)
	})
}

// Drop takes a conference back of which nothing was issued and on which nothing rests.
func (s *Service) Drop(ctx context.Context, who access.Person, conferenceID string) error {
	return s.change(ctx, who, Direct, conferenceID, "conference.dropped", func(tx *db.Tx, x Conference) error {
		p, err := planOf(ctx, tx, x)
		if err != nil {
			return err
		}
		if _, is := p.Issued(); is {
			return fault.New(fault.Conflict, "conference.problem.issued")
		}
		sittings, err := Sittings(ctx, tx, x)
		if err != nil {
			return err
		}
		for _, y := range sittings {
			if err := s.clear(ctx, tx, y); err != nil {
				return err
			}
		}
		return remove(ctx, tx, x)
	})
}

// clear takes away what later features have prepared for a sitting.
func (s *Service) clear(ctx context.Context, tx *db.Tx, y Sitting) error {
	for _, do := range s.Clear {
		if err := do(ctx, tx, y); err != nil {
			return err
		}
	}
	return nil
}

// change does something with a conference that is not closed, and writes it down.
func (s *Service) change(ctx context.Context, who access.Person, need access.Need, conferenceID, action string, do func(*db.Tx, Conference) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := Get(ctx, tx, who.Scope(need), conferenceID)
		if err != nil {
			return err
		}
		if err := x.CheckOpen(); err != nil {
			return err
		}
		if err := do(tx, x); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, action, x.ID, nil)
	})
}
