//go:build !js

package room

import (
	"context"

	"chibo/kit/db"
	"chibo/proceedings"
)

// marks returns the acts after number seq that may say where people are, in order: of
// each its number, its kind and what it says.
func marks(ctx context.Context, q db.Q, root, meeting string, seq int64) ([]proceedings.Act, error) {
	rows, err := db.All[struct {
		Seq  int64
		Kind proceedings.ActKind
		Body string
	}](ctx, q, `SELECT seq, kind, body FROM act WHERE root_id = $1 AND meeting_id = $2 AND seq > $3
		AND kind IN ('correct', 'attendance') ORDER BY seq`, root, meeting, seq)
	acts := make([]proceedings.Act, len(rows))
	for n, r := range rows {
		acts[n] = proceedings.Act{Seq: r.Seq, Kind: r.Kind, Body: []byte(r.Body)}
	}
	return acts, err
}

// marksOf returns the acts that say where a member is, with all corrections: which of
// them speak of it, folding will tell.
func marksOf(ctx context.Context, q db.Q, root, meeting, member string) ([]proceedings.Act, error) {
	rows, err := db.All[row](ctx, q, `SELECT * FROM act WHERE root_id = $1 AND meeting_id = $2
		AND (kind = 'correct' OR kind = 'attendance' AND body LIKE $3) ORDER BY seq`, root, meeting, "%"+member+"%")
	return actsOf(rows), err
}
