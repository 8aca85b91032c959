package supervision

import (
	"context"

	"chibo/kit/db"
)

// Kept returns the figures of a cell as they are kept, Fresh as they are counted from nothing.
func Kept(ctx context.Context, q db.Q, root, cell string) (Cell, []Month, error) {
	return kept(ctx, q, place{root, cell})
}

// Fresh counts the figures of a cell from nothing.
func Fresh(ctx context.Context, q db.Q, root, cell string) (Cell, []Month, error) {
	return fresh(ctx, q, place{root, cell})
}
