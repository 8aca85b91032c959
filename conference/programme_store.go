package conference

import (
	"context"

	"chibo/kit/db"
)

// ProgrammeOf returns the programme of a sitting.
func ProgrammeOf(ctx context.Context, q db.Q, y Sitting) (Programme, error) {
	return db.All[Part](ctx, q, `SELECT root_id, id, sitting_id, position, content, minutes, person FROM conference_programme
		WHERE root_id = $1 AND sitting_id = $2 ORDER BY position, id`, y.Root, y.ID)
}

// replaceProgramme puts a programme in the place of that which a sitting had.
func replaceProgramme(ctx context.Context, tx *db.Tx, y Sitting, p Programme) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM conference_programme WHERE root_id = $1 AND sitting_id = $2`, y.Root, y.ID); err != nil {
		return err
	}
	return db.InsertAll(ctx, tx, "conference_programme", p)
}
