package staging

import (
	"context"
	"slices"
	"time"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/notice"
	"chibo/pilot"
)

// Service does what people do to ready a sitting.
type Service struct {
	DB    *db.DB
	Now   func() time.Time
	Audit audit.Log
	// Conferences says who finds a conference.
	Conferences *conference.Service
	// Pilots have the contents of a meeting appraised.
	Pilots *pilot.Service
}

func (s *Service) now() when.Instant { return when.At(s.Now()) }

// Lay lays the standard list for a sitting that has no duty yet.
func (s *Service) Lay(ctx context.Context, who access.Person, conferenceID, sittingID string) error {
	return s.keep(ctx, who, conferenceID, "staging.laid", sittingID, func(tx *db.Tx, x conference.Conference) error {
		y, err := conference.SittingOf(ctx, tx, x, sittingID)
		if err != nil {
			return err
		}
		there, err := found(ctx, tx, who, x.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(there, func(d Duty) bool { return d.Sitting == y.ID }) {
			return fault.New(fault.Conflict, "staging.problem.laid")
		}
		duties := Standard(y, s.now())
		for i := range duties {
			duties[i].Root, duties[i].ID = x.Root, id.New()
		}
		return db.InsertAll(ctx, tx, "staging_duty", duties)
	})
}

// Add adds a duty.
func (s *Service) Add(ctx context.Context, who access.Person, conferenceID string, d Duty) (Duty, error) {
	d.ID, d.DoneAt, d.DoneBy = id.New(), 0, ""
	err := s.keep(ctx, who, conferenceID, "staging.added", d.ID, func(tx *db.Tx, x conference.Conference) error {
		d.Root, d.Conference = x.Root, x.ID
		if err := s.fit(ctx, tx, x, &d); err != nil {
			return err
		}
		if err := db.Insert(ctx, tx, "staging_duty", d); err != nil {
			return err
		}
		return s.tell(ctx, tx, x, d)
	})
	return d, err
}

// fit checks a duty against its conference: its sitting is one of it, whoever is chosen is
// one of those who can be, and notes the start for which its hour was set.
func (s *Service) fit(ctx context.Context, q db.Q, x conference.Conference, d *Duty) error {
	if err := d.check(); err != nil {
		return err
	}
	y, err := conference.SittingOf(ctx, q, x, d.Sitting)
	if fault.Is(err, fault.NotFound) {
		return wrong("sitting", "staging.problem.sitting")
	} else if err != nil {
		return err
	}
	d.PlannedFor = y.StartsAt
	if d.Member == "" {
		d.MemberRoot = ""
		return nil
	}
	people, err := s.staff(ctx, q, x)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(people, func(p Person) bool { return p.Root == d.MemberRoot && p.Member == d.Member }) {
		return wrong("person", "staging.problem.person")
	}
	return nil
}

// wrong is the refusal of one field.
func wrong(field, key string) error {
	var c fault.Check
	c.That(false, field, key)
	return c.Err()
}

// Change changes a duty. Whoever is charged with it now and was not before is told.
func (s *Service) Change(ctx context.Context, who access.Person, conferenceID, dutyID string, to Duty) error {
	return s.keep(ctx, who, conferenceID, "staging.changed", dutyID, func(tx *db.Tx, x conference.Conference) error {
		d, err := find(ctx, tx, who, x.ID, dutyID)
		if err != nil {
			return err
		}
		to.Root, to.ID, to.Conference, to.DoneAt, to.DoneBy = d.Root, d.ID, d.Conference, d.DoneAt, d.DoneBy
		to.Rehearsal, to.Card = d.Rehearsal, d.Card
		if err := s.fit(ctx, tx, x, &to); err != nil {
			return err
		}
		if err := update(ctx, tx, to); err != nil || to.Member == d.Member && to.DueAt == d.DueAt {
			return err
		}
		return s.tell(ctx, tx, x, to)
	})
}

// Remove takes a duty off the list.
func (s *Service) Remove(ctx context.Context, who access.Person, conferenceID, dutyID string) error {
	return s.keep(ctx, who, conferenceID, "staging.removed", dutyID, func(tx *db.Tx, x conference.Conference) error {
		d, err := find(ctx, tx, who, x.ID, dutyID)
		if err != nil {
			return err
		}
		return remove(ctx, tx, d)
	})
}

// Move moves what is not done yet for a sitting whose start was changed, and tells those
// in charge.
func (s *Service) Move(ctx context.Context, who access.Person, conferenceID, sittingID string) error {
	return s.keep(ctx, who, conferenceID, "staging.moved", sittingID, func(tx *db.Tx, x conference.Conference) error {
		y, err := conference.SittingOf(ctx, tx, x, sittingID)
		if err != nil {
			return err
		}
		duties, err := found(ctx, tx, who, x.ID)
		if err != nil {
			return err
		}
		for _, d := range duties {
			if d.Sitting != y.ID || d.PlannedFor == y.StartsAt || !d.DoneAt.IsZero() {
				continue
			}
			d = d.moved(y.StartsAt)
			if err := update(ctx, tx, d); err != nil {
				return err
			}
			if err := s.tell(ctx, tx, x, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// Tick says that a duty is done, or takes that back: the office, the host, or whoever is in
// charge. Done twice is done once.
func (s *Service) Tick(ctx context.Context, who access.Person, conferenceID, dutyID string, done bool) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		d, err := find(ctx, tx, who, conferenceID, dutyID)
		if err != nil {
			return err
		}
		x, err := conference.Of(ctx, tx, d.Root, d.Conference)
		if err != nil {
			return err
		}
		if err := x.CheckOpen(); err != nil {
			return err
		}
		if done != d.DoneAt.IsZero() {
			return nil
		}
		action := "staging.done"
		d.DoneAt, d.DoneBy = s.now(), who.Member
		if !done {
			action, d.DoneAt, d.DoneBy = "staging.undone", 0, ""
		}
		if err := update(ctx, tx, d); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, d.Root, action, d.ID, nil)
	})
}

// Clear takes away duties, script and rehearsals of a sitting that is removed.
func (s *Service) Clear(ctx context.Context, tx *db.Tx, y conference.Sitting) error {
	return clearSitting(ctx, tx, y)
}

// keep does something with a conference of a committee whose conferences one keeps.
func (s *Service) keep(ctx context.Context, who access.Person, conferenceID, action, subject string, do func(*db.Tx, conference.Conference) error) error {
	return s.on(ctx, who, conference.Keep, conferenceID, action, subject, do)
}

// on does something with a conference that is not closed, of a committee within the scope
// of a need, and writes down what was done with the subject.
func (s *Service) on(ctx context.Context, who access.Person, need access.Need, conferenceID, action, subject string, do func(*db.Tx, conference.Conference) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		x, err := conference.Get(ctx, tx, who.Scope(need), conferenceID)
		if err != nil {
			return err
		}
		if err := x.CheckOpen(); err != nil {
			return err
		}
		if err := do(tx, x); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, x.Root, action, subject, nil)
	})
}

// tell tells whoever is in charge of a duty, if a member was chosen.
func (s *Service) tell(ctx context.Context, tx *db.Tx, x conference.Conference, d Duty) error {
	if d.Member == "" {
		return nil
	}
	return notice.Tell(ctx, tx, notice.Message{
		Root: d.MemberRoot, Organization: x.Organization, Key: "staging.told.duty", At: s.now(), URL: Path(x.ID),
		Args: notice.Args{"What": d.What, "Day": d.DueAt.Date().Slashed(), "Clock": d.DueAt.HHMM()},
	}, d.Member)
}
