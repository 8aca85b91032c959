package delegation

import (
	"context"

	"chibo/conference"
	"chibo/kit/db"
	"chibo/kit/when"
)

// findBrought returns a list that an account has brought for a conference since a moment.
func findBrought(ctx context.Context, q db.Q, x conference.Conference, account, id string, since when.Instant) (brought, error) {
	return db.One[brought](ctx, q, `SELECT root_id, id, conference_id, account_id, hash, content, uploaded_at FROM delegate_import
		WHERE root_id = $1 AND conference_id = $2 AND account_id = $3 AND id = $4 AND uploaded_at >= $5`, x.Root, x.ID, account, id, since)
}

// removeBrought forgets a list that was taken.
func removeBrought(ctx context.Context, tx *db.Tx, b brought) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM delegate_import WHERE root_id = $1 AND id = $2`, b.Root, b.ID)
	return err
}

// dropBrought forgets the lists that nobody has taken.
func dropBrought(ctx context.Context, tx *db.Tx, before when.Instant) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM delegate_import WHERE uploaded_at < $1`, before)
	return err
}
