//go:build !js

package room

import (
	"context"
	"fmt"

	"chibo/kit/db"
)

// thresholdOf reads what a hall full of people at the door needs, and no more.
func thresholdOf(ctx context.Context, tx *db.Tx, a Arrival) (threshold, error) {
	// The frozen roll is looked through as text: {"id":"…","name" begins a Person.
	return db.One[threshold](ctx, tx, `
		SELECT m.state, m.opened_at, COALESCE(r.setup = '' OR r.setup LIKE $3, TRUE) AS listed
		FROM meeting m LEFT JOIN room r ON r.root_id = m.root_id AND r.meeting_id = m.id
		WHERE m.root_id = $1 AND m.id = $2`, a.Root, a.Meeting, fmt.Sprintf(`%%{"id":%q,"name"%%`, a.Member))
}

// marks returns the acts that say where a member is, with all corrections: which of
// them speak of it, folding will tell.
func marks(ctx context.Context, q db.Q, root, meeting, member string) ([]Act, error) {
	rows, err := db.All[row](ctx, q, `SELECT * FROM act WHERE root_id = $1 AND meeting_id = $2
		AND (kind = 'correct' OR kind = 'attendance' AND body LIKE $3) ORDER BY seq`, root, meeting, "%"+member+"%")
	return actsOf(rows), err
}
