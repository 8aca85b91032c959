package account

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
)

// rules lists the base organisations whose rule who may set: those of which they are
// administrator.
func (s *Service) rules(ctx context.Context, who access.Person) ([]ruled, error) {
	all, err := ruledInScope(ctx, s.DB, who.Scope(Manage))
	return slices.DeleteFunc(all, func(r ruled) bool { return !isAt(who, access.Administrator, r.Path) }), err
}

// SetRule lays down after how many months passwords are to be changed in a base organisation,
// or lifts the rule with 0.
func (s *Service) SetRule(ctx context.Context, who access.Person, root string, months int) error {
	all, err := s.rules(ctx, who)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(r ruled) bool { return r.Root == root }) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	var c fault.Check
	c.That(months >= 0 && months <= mostMonths, "months", "account.problem.months")
	if err := c.Err(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := setRule(ctx, tx, Rule{root, months, who.Account, s.now()}); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, root, "account.rule_set", root, map[string]any{"months": months})
	})
}
