package staging

import (
	"context"

	"chibo/conference"
	"chibo/kit/db"
)

const rehearsalColumns = `r.root_id, r.id, r.conference_id, r.sitting_id, r.starts_at, r.place, r.chair, r.people, r.runs, r.outcome, r.words, r.concluded_at, r.concluded_by`

// rehearsalsOf returns the rehearsals of a sitting in the order of time.
func rehearsalsOf(ctx context.Context, q db.Q, y conference.Sitting) ([]Rehearsal, error) {
	return db.All[Rehearsal](ctx, q, `SELECT `+rehearsalColumns+` FROM staging_rehearsal r
		WHERE r.root_id = $1 AND r.conference_id = $2 AND r.sitting_id = $3 ORDER BY r.starts_at, r.id`, y.Root, y.Conference, y.ID)
}

// rehearsalOf returns one rehearsal of a sitting.
func rehearsalOf(ctx context.Context, q db.Q, y conference.Sitting, id string) (Rehearsal, error) {
	return db.One[Rehearsal](ctx, q, `SELECT `+rehearsalColumns+` FROM staging_rehearsal r
		WHERE r.root_id = $1 AND r.sitting_id = $2 AND r.id = $3`, y.Root, y.ID, id)
}

func updateRehearsal(ctx context.Context, tx *db.Tx, r Rehearsal) error {
	_, err := db.Exec(ctx, tx, `UPDATE staging_rehearsal SET starts_at = $3, place = $4, chair = $5, people = $6, runs = $7, outcome = $8, words = $9,
		concluded_at = $10, concluded_by = $11 WHERE root_id = $1 AND id = $2`,
		r.Root, r.ID, r.StartsAt, r.Place, r.Chair, r.People, r.Runs, r.Outcome, r.Words, r.ConcludedAt, r.ConcludedBy)
	return err
}

func removeRehearsal(ctx context.Context, tx *db.Tx, r Rehearsal) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM staging_rehearsal WHERE root_id = $1 AND id = $2`, r.Root, r.ID)
	return err
}
