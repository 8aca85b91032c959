//go:build !js

package room

import (
	"context"
	"fmt"

	"chibo/kit/db"
)

// hold is lock for those who need neither setup nor state: it reads what a hall full
// of people at the door needs and no more.
func hold(ctx context.Context, tx *db.Tx, a Arrival) (threshold, error) {
	_, err := db.Exec(ctx, tx, `INSERT INTO room (root_id, meeting_id) VALUES ($1, $2)
		ON CONFLICT (root_id, meeting_id) DO UPDATE SET seq = room.seq`, a.Root, a.Meeting)
	if err != nil {
		return threshold{}, err
	}
	// The frozen roll is looked through as text: {"id":"…","name" begins a Person.
	return db.One[threshold](ctx, tx, `
		SELECT r.seq, m.state, m.opened_at, (r.setup = '' OR r.setup LIKE $3) AS listed
		FROM room r JOIN meeting m ON m.root_id = r.root_id AND m.id = r.meeting_id
		WHERE r.root_id = $1 AND r.meeting_id = $2`, a.Root, a.Meeting, fmt.Sprintf(`%%{"id":%q,"name"%%`, a.Member))
}

// count writes the number of the last act.
func count(ctx context.Context, tx *db.Tx, root, meeting string, seq int64) error {
	_, err := db.Exec(ctx, tx, `UPDATE room SET seq = $3 WHERE root_id = $1 AND meeting_id = $2`, root, meeting, seq)
	return err
}

// marks returns the acts that say where a member is, with all corrections: which of
// them speak of it, folding will tell.
func marks(ctx context.Context, q db.Q, root, meeting, member string) ([]Act, error) {
	rows, err := db.All[row](ctx, q, `SELECT * FROM act WHERE root_id = $1 AND meeting_id = $2
		AND (kind = 'correct' OR kind = 'attendance' AND body LIKE $3) ORDER BY seq`, root, meeting, "%"+member+"%")
	return actsOf(rows), err
}
