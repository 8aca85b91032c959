package meeting

import (
	"context"

	"chibo/kit/db"
)

// PutBeside writes a meeting of a collective beside the cell with its agenda: a new one where
// before is the zero Meeting, else what has become of before, which is refused when
// somebody has opened it meanwhile.
func PutBeside(ctx context.Context, tx *db.Tx, before, m Meeting, items []Item) error {
	var err error
	if before.ID == "" {
		err = insert(ctx, tx, m)
	} else {
		err = update(ctx, tx, before, m)
	}
	if err != nil {
		return err
	}
	return replaceItems(ctx, tx, m, items)
}

// RemoveBeside removes a meeting of a collective that has not been opened.
func RemoveBeside(ctx context.Context, tx *db.Tx, m Meeting) error { return remove(ctx, tx, m) }
