package main

import (
	"context"

	"chibo/kit/db"
)

// acts returns the ids of all acts.
func acts(ctx context.Context, q db.Q) ([]string, error) {
	return db.All[string](ctx, q, `SELECT id FROM act`)
}
