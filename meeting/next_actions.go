package meeting

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/task"
)

// farthest bounds the search for the next meeting of the month.
const farthest = 24

// OpenNext opens the meeting that follows a closed one, once, as part of the
// closing, and hands it what stays to be done: tasks that should have been done are carried over, and carried brings
// what is to be studied, answers that were promised, remarks of the superior. The
// meeting that follows may be there already; who has briefed tonight may change who
// briefs there.
func (s *Service) OpenNext(ctx context.Context, tx *db.Tx, who access.Person, root, meetingID string, carried ...Carried) (Meeting, error) {
	closed, err := Find(ctx, tx, root, meetingID)
	if err != nil {
		return Meeting{}, err
	}
	if !closed.State.Reached(Closed) {
		return Meeting{}, fault.New(fault.Conflict, "meeting.problem.not_closed")
	}
	next, err := s.following(ctx, tx, who, closed)
	if err != nil {
		return Meeting{}, err
	}
	if _, err := task.Carry(ctx, tx, root, closed.Organization, task.Carrying{From: closed.ID, To: next.ID, By: who.Member, At: closed.ClosedAt}); err != nil {
		return Meeting{}, err
	}
	if err := handOver(ctx, tx, closed, next, carried); err != nil {
		return Meeting{}, err
	}
	return next, s.laid(ctx, tx, next)
}

// following returns the next meeting of a month that may still be prepared, laid
// out now if need be.
func (s *Service) following(ctx context.Context, tx *db.Tx, who access.Person, closed Meeting) (Meeting, error) {
	month := closed.Month
	if closed.Kind.Monthly() {
		month = month.Next()
	}
	for range farthest {
		m, found, err := monthly(ctx, tx, closed.Root, closed.Organization, month)
		if err != nil {
			return Meeting{}, err
		}
		if found && m.Editable() {
			return m, nil
		}
		if !found {
			settings, err := organization.SettingsOn(ctx, tx, closed.Root, closed.Organization, month.First())
			if err != nil {
				return Meeting{}, err
			}
			if settings.StartsAt(month) > closed.ClosedAt {
				return s.layNext(ctx, tx, who, closed, Convening{Kind: Ordinary, Month: month})
			}
		}
		month = month.Next()
	}
	return Meeting{}, fault.New(fault.Conflict, "meeting.problem.no_next")
}

func (s *Service) layNext(ctx context.Context, tx *db.Tx, who access.Person, closed Meeting, c Convening) (Meeting, error) {
	o, err := organization.Find(ctx, tx, closed.Root, closed.Organization)
	if err != nil {
		return Meeting{}, err
	}
	return s.lay(ctx, tx, o, c, who.Member, closed.ClosedAt)
}

// handOver writes the carried matters behind those that are there; a subject that
// is there already is not written twice. What the closed meeting itself was handed
// and is not among carried counts as settled there.
func handOver(ctx context.Context, tx *db.Tx, closed, next Meeting, carried []Carried) error {
	there, err := CarriedTo(ctx, tx, next.Root, next.ID)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, c := range there {
		known[c.Subject] = c.Subject != ""
	}
	position := len(there)
	for _, c := range carried {
		if known[c.Subject] {
			continue
		}
		known[c.Subject] = c.Subject != ""
		position++
		c.Root, c.Meeting, c.ID, c.Position = next.Root, next.ID, id.New(), position
		if c.From == "" {
			c.From = closed.ID
		}
		if err := db.Insert(ctx, tx, "meeting_carried", c); err != nil {
			return err
		}
	}
	return nil
}

// Leave hands matters that stand outside any meeting to one that may still be prepared;
// a subject that is there already is not written twice.
func Leave(ctx context.Context, tx *db.Tx, next Meeting, carried ...Carried) error {
	return handOver(ctx, tx, Meeting{}, next, carried)
}

// Settled takes a matter that was settled outside any meeting from those that may still
// be prepared.
func Settled(ctx context.Context, tx *db.Tx, root, organizationID, subject string) error {
	return dropCarried(ctx, tx, root, organizationID, subject)
}

// Upcoming returns the first monthly meeting of an organisation after a moment that may
// still be prepared, and whether there is one.
func Upcoming(ctx context.Context, q db.Q, root, organizationID string, after when.Instant) (Meeting, bool, error) {
	all, err := unfinished(ctx, q, root, organizationID)
	for _, m := range all {
		if m.Kind.Monthly() && m.Editable() && m.StartsAt > after {
			return m, true, err
		}
	}
	return Meeting{}, false, err
}
