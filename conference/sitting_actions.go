package conference

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/organization"
)

// AddSitting adds a sitting to a conference. The host is a cell below the committee; its
// root is found here.
func (s *Service) AddSitting(ctx context.Context, who access.Person, conferenceID string, y Sitting) (Sitting, error) {
	err := s.rewrite(ctx, who, conferenceID, "conference.sitting.added", func(tx *db.Tx, x Conference) error {
		if err := seat(ctx, tx, x, &y); err != nil {
			return err
		}
		y.Root, y.ID, y.Conference = x.Root, id.New(), x.ID
		before, err := Sittings(ctx, tx, x)
		if err != nil {
			return err
		}
		y.Position = 1
		if len(before) > 0 {
			y.Position += before[len(before)-1].Position
		}
		return db.Insert(ctx, tx, "conference_sitting", y)
	})
	return y, err
}

// seat checks what was typed for a sitting and finds the root of its host.
func seat(ctx context.Context, q db.Q, x Conference, y *Sitting) error {
	if err := y.check(); err != nil || y.Host == "" {
		y.HostRoot = ""
		return err
	}
	o, err := organization.Find(ctx, q, x.Root, x.Organization)
	if err != nil {
		return err
	}
	host, err := organization.GetCell(ctx, q, access.Whole("", o.Path), y.Host)
	y.HostRoot = host.Root
	return err
}

// ChangeSitting changes name, host, time and place of a sitting. Whoever else performs has
// not named a meeting yet.
func (s *Service) ChangeSitting(ctx context.Context, who access.Person, conferenceID, sittingID string, to Sitting) error {
	return s.rewrite(ctx, who, conferenceID, "conference.sitting.changed", func(tx *db.Tx, x Conference) error {
		y, err := SittingOf(ctx, tx, x, sittingID)
		if err != nil {
			return err
		}
		to.Root, to.ID, to.Conference = y.Root, y.ID, y.Conference
		if err := seat(ctx, tx, x, &to); err != nil {
			return err
		}
		if to.Host == y.Host && to.Kind == y.Kind {
			to.Meeting = y.Meeting
		}
		return updateSitting(ctx, tx, to)
	})
}

// RemoveSitting takes a sitting off that nobody attends alone, with what was prepared for
// it: programme, duties, script, rehearsals. It stays where seats were given, people were
// received or feedback was asked for.
func (s *Service) RemoveSitting(ctx context.Context, who access.Person, conferenceID, sittingID string) error {
	return s.rewrite(ctx, who, conferenceID, "conference.sitting.removed", func(tx *db.Tx, x Conference) error {
		y, err := SittingOf(ctx, tx, x, sittingID)
		if err != nil {
			return err
		}
		if n, err := attending(ctx, tx, y); err != nil || n > 0 {
			return firstOf(err, fault.New(fault.Conflict, "conference.problem.attended"))
		}
		if err := s.clear(ctx, tx, y); err != nil {
			return err
		}
		return removeSitting(ctx, tx, y)
	})
}

// firstOf returns err, or the other where there is none.
func firstOf(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// AddCategory adds a line to the composition of a conference.
func (s *Service) AddCategory(ctx context.Context, who access.Person, conferenceID string, y Category) (Category, error) {
	err := s.rewrite(ctx, who, conferenceID, "conference.category.added", func(tx *db.Tx, x Conference) error {
		if err := fits(ctx, tx, x, y); err != nil {
			return err
		}
		y.Root, y.ID, y.Conference = x.Root, id.New(), x.ID
		before, err := Categories(ctx, tx, x)
		if err != nil {
			return err
		}
		y.Position = 1
		if len(before) > 0 {
			y.Position += before[len(before)-1].Position
		}
		return db.Insert(ctx, tx, "conference_category", y)
	})
	return y, err
}

// fits checks a line of the composition: the sitting that it attends alone is one of the
// conference.
func fits(ctx context.Context, q db.Q, x Conference, y Category) error {
	if err := y.check(); err != nil || y.Sitting == "" {
		return err
	}
	_, err := SittingOf(ctx, q, x, y.Sitting)
	return err
}

// ChangeCategory changes a line of the composition.
func (s *Service) ChangeCategory(ctx context.Context, who access.Person, conferenceID, lineID string, to Category) error {
	return s.rewrite(ctx, who, conferenceID, "conference.category.changed", func(tx *db.Tx, x Conference) error {
		y, err := categoryOf(ctx, tx, x, lineID)
		if err != nil {
			return err
		}
		if err := fits(ctx, tx, x, to); err != nil {
			return err
		}
		to.Root, to.ID, to.Conference = y.Root, y.ID, y.Conference
		return updateCategory(ctx, tx, to)
	})
}

// RemoveCategory takes a line of the composition off of which nobody was named.
func (s *Service) RemoveCategory(ctx context.Context, who access.Person, conferenceID, lineID string) error {
	return s.rewrite(ctx, who, conferenceID, "conference.category.removed", func(tx *db.Tx, x Conference) error {
		y, err := categoryOf(ctx, tx, x, lineID)
		if err != nil {
			return err
		}
		return removeCategory(ctx, tx, y)
	})
}
