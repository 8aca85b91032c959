package db

import (
	"context"
	"fmt"
)

// Share holds name until the end of t, together with all who share it. It waits
// while another transaction holds it Alone.
//
// SQLite runs one writing transaction after the other, so that there is nothing to
// wait for.
func (t *Tx) Share(ctx context.Context, name string) error {
	return t.lock(ctx, `SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))`, name)
}

// Alone holds name until the end of t and waits until nobody else does. What the
// others have done is seen by the statements that follow.
func (t *Tx) Alone(ctx context.Context, name string) error {
	return t.lock(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, name)
}

func (t *Tx) lock(ctx context.Context, query, name string) error {
	if !t.postgres {
		return nil
	}
	if _, err := t.ExecContext(ctx, query, name); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}
