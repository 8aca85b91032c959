package feedback

import (
	"context"
	"fmt"

	"chibo/kit/db"
)

// counts is the condition that a sheet, or a remark by its sheet, was not set aside.
func counts(sheet string) string {
	return ` AND NOT EXISTS (SELECT 1 FROM feedback_aside a WHERE a.root_id = $1 AND a.sheet_id = ` + sheet + `)`
}

// setAside sets the sheets of remarks of a cell aside; it returns how many there were.
func setAside(ctx context.Context, tx *db.Tx, a Aside, x Cell, remarks []string) (n int64, err error) {
	for piece := range db.Pieces(remarks) {
		args := make([]any, 0, len(piece)+7)
		for _, id := range piece {
			args = append(args, id)
		}
		k := len(args)
		args = append(args, a.Reason, a.SetAt, a.SetBy, a.Root, a.Sitting, x.Phase, x.Head)
		set, err := db.Exec(ctx, tx, fmt.Sprintf(`INSERT INTO feedback_aside (root_id, sheet_id, sitting_id, reason, set_at, set_by)
			SELECT DISTINCT m.root_id, m.sheet_id, m.sitting_id, CAST($%d AS TEXT), CAST($%d AS BIGINT), CAST($%d AS TEXT) FROM feedback_remark m
			WHERE m.root_id = $%d AND m.sitting_id = $%d AND m.phase = $%d AND m.head = $%d AND m.id IN `, k+1, k+2, k+3, k+4, k+5, k+6, k+7)+
			db.Tuples(1, len(piece))+` ON CONFLICT DO NOTHING`, args...)
		if err != nil {
			return n, err
		}
		n += set
	}
	return n, nil
}

// takeIn counts a sheet again; 0 rows say that it was not set aside.
func takeIn(ctx context.Context, tx *db.Tx, r Round, sheet string) (int64, error) {
	return db.Exec(ctx, tx, `DELETE FROM feedback_aside WHERE root_id = $1 AND sitting_id = $2 AND sheet_id = $3`, r.Root, r.Sitting, sheet)
}

// asides returns the sheets of a round that were set aside, the latest first.
func asides(ctx context.Context, q db.Q, r Round) ([]PutAside, error) {
	return db.All[PutAside](ctx, q, `SELECT a.root_id, a.sheet_id, a.sitting_id, a.reason, a.set_at, a.set_by, s.name, s.unit, s.number, '' AS "by",
		(SELECT COUNT(*) FROM feedback_remark m WHERE m.root_id = a.root_id AND m.sheet_id = a.sheet_id) AS remarks
		FROM feedback_aside a JOIN feedback_sheet s ON s.root_id = a.root_id AND s.id = a.sheet_id
		WHERE a.root_id = $1 AND a.sitting_id = $2 ORDER BY a.set_at DESC, a.sheet_id`, r.Root, r.Sitting)
}
