package account

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
)

// ruleOf returns the rule of a base organisation; the zero Rule where it has none.
func ruleOf(ctx context.Context, q db.Q, root string) (Rule, error) {
	r, _, err := db.Maybe[Rule](ctx, q, `SELECT root_id, months, set_by, set_at FROM account_rule WHERE root_id = $1`, root)
	return r, err
}

// ruled is a base organisation with its rule; Months is 0 where it has none.
type ruled struct {
	Root   string `db:"root_id"`
	Name   string
	Path   string
	Months int
}

// ruledInScope lists the base organisations of a scope, and what stands above them.
func ruledInScope(ctx context.Context, q db.Q, sc access.Scope) ([]ruled, error) {
	var args []any
	return db.All[ruled](ctx, q, `SELECT o.root_id, o.name, o.path, COALESCE(r.months, 0) AS months
		FROM organization o LEFT JOIN account_rule r ON r.root_id = o.root_id
		WHERE o.id = o.root_id AND o.closed_on = '' AND `+sc.Where("o", &args)+` ORDER BY o.path`, args...)
}

// setRule puts a rule in the place of the one before; none where it asks for nothing.
func setRule(ctx context.Context, tx *db.Tx, r Rule) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM account_rule WHERE root_id = $1`, r.Root); err != nil || r.Months == 0 {
		return err
	}
	return db.Insert(ctx, tx, "account_rule", r)
}
