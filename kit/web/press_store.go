package web

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

// answered is where a press has led.
type answered struct {
	Path    string
	Message string
	UntilAt when.Instant
}

// findPress returns the answer of a press that was kept; its path is empty while it is not known.
func findPress(ctx context.Context, q db.Q, name string) (answered, error) {
	a, _, err := db.Maybe[answered](ctx, q, `SELECT path, message, until_at FROM form_press WHERE name = $1`, name)
	return a, err
}

// answerPress keeps the answer of a press and forgets those that are old.
func answerPress(ctx context.Context, tx *db.Tx, name string, a answered, now when.Instant) error {
	if _, err := db.Exec(ctx, tx, `UPDATE form_press SET path = $2, message = $3, until_at = $4 WHERE name = $1`, name, a.Path, a.Message, a.UntilAt); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM form_press WHERE until_at > 0 AND until_at < $1`, now)
	return err
}

// dropPress lets a press be pressed again.
func dropPress(ctx context.Context, tx *db.Tx, name string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM form_press WHERE name = $1`, name)
	return err
}
