package supervision_test

import (
	"net/http"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
)

// TestARememberedBoardIsNeverOld opens a board twice and then changes what it shows by hand, in
// the tree and in a meeting: the next page has it.
func TestARememberedBoardIsNeverOld(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		page := func() string {
			a := w.As("clerk").Get("/board")
			if a.Status != http.StatusOK {
				t.Fatalf("%d: %.300s", a.Status, a.Body)
			}
			return a.Body
		}
		change := func(sql string, args ...any) {
			if err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
				n, err := db.Exec(t.Context(), tx, sql, args...)
				if err == nil && n == 0 {
					t.Errorf("nothing changed by %s", sql)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		cell := w.Account("secretary").Organization
		page()
		sees(t, w.As("clerk").Get("/board"), nil, []string{"Chi bộ đổi tên"})
		change(`UPDATE organization SET name = 'Chi bộ đổi tên' WHERE id = $1`, cell)
		sees(t, w.As("clerk").Get("/board"), []string{"Chi bộ đổi tên"}, nil)
		before := page()
		change(`UPDATE meeting SET state = 'noticed', opened_at = 0, closed_at = 0, sealed_at = 0 WHERE organization_id = $1 AND state = 'sealed'`, cell)
		if after := page(); after == before {
			t.Error("meetings that were not held are shown as before")
		}
	})
}
