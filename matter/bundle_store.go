package matter

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/db"
)

// bundled returns the matters of a bundle, in the order in which they came; none where
// the bundle is empty. The caller checks who may know of them.
func bundled(ctx context.Context, q db.Q, bundle string) ([]placed, error) {
	if bundle == "" {
		return nil, nil
	}
	return db.All[placed](ctx, q, `
		SELECT `+columns+`, o.name AS cell, o.path FROM matter m JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.bundle = $1 ORDER BY m.sent_at, m.id`, bundle)
}

// beside returns the matters within the scope that wait for the same committee as m and
// are not in its bundle, the longest first, at most the given number.
func beside(ctx context.Context, q db.Q, sc access.Scope, m Matter, most int) ([]placed, error) {
	args := []any{m.ReceivedBy, m.ID, m.Bundle}
	where := sc.Where("o", &args)
	args = append(args, most)
	return db.All[placed](ctx, q, `
		SELECT `+columns+`, o.name AS cell, o.path FROM matter m JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
		WHERE m.state = 'waiting' AND m.received_by = $1 AND m.id <> $2 AND (m.bundle = '' OR m.bundle <> $3) AND `+where+
		fmt.Sprintf(` ORDER BY m.answer_by, m.id LIMIT $%d`, len(args)), args...)
}

// setBundle puts a waiting matter into a bundle, or out of any where it is empty, and
// returns whether it still waited.
func setBundle(ctx context.Context, tx *db.Tx, m Matter, bundle string) (bool, error) {
	n, err := db.Exec(ctx, tx, `UPDATE matter SET bundle = $3 WHERE root_id = $1 AND id = $2 AND state = 'waiting'`, m.Root, m.ID, bundle)
	return n > 0, err
}
