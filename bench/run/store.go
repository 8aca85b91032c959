package main

import (
	"context"
	"fmt"

	"chibo/kit/db"
)

// acts returns the ids of all acts.
func acts(ctx context.Context, q db.Q) ([]string, error) {
	return db.All[string](ctx, q, `SELECT id FROM act`)
}

// sealedIn returns the meetings of a cell that were held in a year and whose minutes are
// sealed.
func sealedIn(ctx context.Context, q db.Q, organization string, year int) ([]string, error) {
	return db.All[string](ctx, q, `SELECT meeting_id FROM minutes_entry WHERE organization_id = $1 AND SUBSTR(day, 1, 4) = $2 ORDER BY day`, organization, fmt.Sprint(year))
}
