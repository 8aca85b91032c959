package member_test

import (
	"testing"

	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/member"
)

// TestAClosedCellTakesNobodyIn tries the ways onto the roll of a cell that no longer exists.
func TestAClosedCellTakesNobodyIn(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		ctx := t.Context()
		if _, err := w.s.ImportRoll(ctx, w.clerk(), "one", "a.csv", []byte(rollText), false); err != nil {
			t.Fatal(err)
		}
		someone, err := db.One[string](ctx, w.s.DB, `SELECT id FROM member WHERE organization_id = 'one' ORDER BY id LIMIT 1`)
		if err != nil {
			t.Fatal(err)
		}
		err = w.s.DB.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `UPDATE organization SET closed_on = $1 WHERE id = 'two'`, today)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		_, added := w.s.Add(ctx, w.clerk(), "two", member.Member{FullName: "Trần Văn Mới"}, member.Record{From: today, Standing: member.Official})
		_, imported := w.s.ImportRoll(ctx, w.clerk(), "two", "a.csv", []byte("Họ và tên\nLê Văn Nạp\n"), false)
		_, loaded := w.s.Upload(ctx, w.clerk(), "two", "a.csv", []byte("Họ và tên\nLê Văn Nạp\n"))
		for way, err := range map[string]error{"added": added, "imported": imported, "loaded": loaded, "transferred": w.s.Transfer(ctx, w.clerk(), someone, "two", today, "")} {
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: %v", way, err)
			}
		}
	})
}
