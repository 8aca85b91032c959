package rubric

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
)

const sketchColumns = `k.root_id, k.id, k.organization_id, k.sheet, k.changed_at, k.changed_by`

// sketches returns the sheets that are being written in the scope, the newest first.
func sketches(ctx context.Context, q db.Q, sc access.Scope) ([]Sketch, error) {
	var args []any
	return db.All[Sketch](ctx, q, `SELECT `+sketchColumns+` FROM rubric_sketch k
		JOIN organization o ON o.root_id = k.root_id AND o.id = k.organization_id
		WHERE `+sc.Where("o", &args)+` ORDER BY k.changed_at DESC, k.id`, args...)
}

func sketchIn(ctx context.Context, q db.Q, sc access.Scope, id string) (Sketch, error) {
	args := []any{id}
	return db.One[Sketch](ctx, q, `SELECT `+sketchColumns+` FROM rubric_sketch k
		JOIN organization o ON o.root_id = k.root_id AND o.id = k.organization_id
		WHERE k.id = $1 AND `+sc.Where("o", &args), args...)
}

// holdSketch keeps others from changing the sketch until the transaction ends.
func holdSketch(ctx context.Context, tx *db.Tx, id string) error {
	_, err := db.Exec(ctx, tx, `UPDATE rubric_sketch SET changed_at = changed_at WHERE id = $1`, id)
	return err
}

func insertSketch(ctx context.Context, tx *db.Tx, k Sketch) error {
	return db.Insert(ctx, tx, "rubric_sketch", k)
}

func updateSketch(ctx context.Context, tx *db.Tx, k Sketch) error {
	_, err := db.Exec(ctx, tx, `UPDATE rubric_sketch SET sheet = $3, changed_at = $4, changed_by = $5 WHERE root_id = $1 AND id = $2`,
		k.Root, k.ID, k.Sheet, k.At, k.By)
	return err
}

func deleteSketch(ctx context.Context, tx *db.Tx, k Sketch) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM rubric_sketch WHERE root_id = $1 AND id = $2`, k.Root, k.ID)
	return err
}
