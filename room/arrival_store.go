//go:build !js

package room

import (
	"context"

	"chibo/kit/db"
)

// thresholdsOf reads of meetings what halls full of people at their doors need.
func thresholdsOf(ctx context.Context, tx *db.Tx, all []place) (found []threshold, err error) {
	for some := range db.Pieces(all) {
		var args []any
		for _, p := range some {
			args = append(args, p.root, p.meeting)
		}
		more, err := db.All[threshold](ctx, tx, `
			SELECT m.root_id, m.id, m.state, m.opened_at,
				COALESCE((SELECT MAX(a.seq) FROM act a WHERE a.root_id = m.root_id AND a.meeting_id = m.id), 0) AS seq
			FROM meeting m WHERE (m.root_id, m.id) IN (VALUES `+db.Tuples(len(some), 2)+`)`, args...)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// marks returns the acts after number seq that may say where people are, in order.
func marks(ctx context.Context, q db.Q, root, meeting string, seq int64) ([]Act, error) {
	rows, err := db.All[row](ctx, q, `SELECT * FROM act WHERE root_id = $1 AND meeting_id = $2 AND seq > $3
		AND kind IN ('correct', 'attendance') ORDER BY seq`, root, meeting, seq)
	return actsOf(rows), err
}

// marksOf returns the acts that say where a member is, with all corrections: which of
// them speak of it, folding will tell.
func marksOf(ctx context.Context, q db.Q, root, meeting, member string) ([]Act, error) {
	rows, err := db.All[row](ctx, q, `SELECT * FROM act WHERE root_id = $1 AND meeting_id = $2
		AND (kind = 'correct' OR kind = 'attendance' AND body LIKE $3) ORDER BY seq`, root, meeting, "%"+member+"%")
	return actsOf(rows), err
}
