package matter

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
)

// Merge lets the committee treat a matter and others as one. Where some are in bundles
// already, all of these bundles become one. Each cell keeps its own matter and its own
// number; what is shared is the answer.
func (s *Service) Merge(ctx context.Context, who access.Person, matterID string, with ...string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		all, err := together(ctx, tx, who, append([]string{matterID}, with...))
		if err != nil {
			return err
		}
		if err := mergeable(all); err != nil {
			return err
		}
		bundle := id.New()
		for _, m := range all {
			if err := s.bundle(ctx, tx, who, m, bundle, "matter.merged"); err != nil {
				return err
			}
		}
		return nil
	})
}

// together returns the matters of the ids with all that wait in a bundle with one of
// them, each once.
func together(ctx context.Context, tx *db.Tx, who access.Person, ids []string) ([]placed, error) {
	var all []placed
	known := map[string]bool{}
	for _, matterID := range ids {
		m, err := inScope(ctx, tx, who.Scope(MayAnswer), matterID)
		if err != nil {
			return nil, err
		}
		bundle, err := waitingWith(ctx, tx, who, m)
		if err != nil {
			return nil, err
		}
		for _, o := range bundle {
			if !known[o.ID] {
				known[o.ID] = true
				all = append(all, o)
			}
		}
	}
	return all, nil
}

// waitingWith returns m and the matters that wait in one bundle with it. Who does not
// answer for all their cells, such as a member of the committee who follows one of
// them, is refused.
func waitingWith(ctx context.Context, q db.Q, who access.Person, m placed) ([]placed, error) {
	all, err := bundled(ctx, q, m.Bundle)
	if err != nil {
		return nil, err
	}
	out := []placed{m}
	for _, o := range all {
		if o.ID == m.ID || o.State != Waiting {
			continue
		}
		if !who.MayAt(MayAnswer, o.Path) {
			return nil, fault.New(fault.Conflict, "matter.refused.bundled")
		}
		out = append(out, o)
	}
	return out, nil
}

// Part takes a matter out of its bundle before the answer; the last two part from each
// other.
func (s *Service) Part(ctx context.Context, who access.Person, matterID string) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		m, err := inScope(ctx, tx, who.Scope(MayAnswer), matterID)
		if err != nil {
			return err
		}
		if m.Bundle == "" {
			return fault.New(fault.Conflict, "matter.refused.alone")
		}
		all, err := waitingWith(ctx, tx, who, m)
		if err != nil {
			return err
		}
		leave := all[:1]
		if len(all) == 2 {
			leave = all
		}
		for _, one := range leave {
			if err := s.bundle(ctx, tx, who, one, "", "matter.parted"); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) bundle(ctx context.Context, tx *db.Tx, who access.Person, m placed, bundle, action string) error {
	waits, err := setBundle(ctx, tx, m.Matter, bundle)
	if err != nil {
		return err
	}
	if !waits {
		return fault.New(fault.Conflict, "matter.refused.settled", "Name", m.Name())
	}
	return s.Audit.Write(ctx, tx, who, m.Root, action, m.ID, map[string]string{"bundle": bundle})
}
