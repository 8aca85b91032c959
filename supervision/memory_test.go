package supervision_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
)

// TestARememberedBoardIsNeverOld opens a board twice and then changes what it shows by hand, in
// the tree and in a meeting: the next page has it.
func TestARememberedBoardIsNeverOld(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		table := func() string { // what else is on the page differs each time
			a := w.As("committee").Get("/board")
			_, rest, found := strings.Cut(a.Body, "<table")
			table, _, _ := strings.Cut(rest, "</table>")
			if a.Status != http.StatusOK || !found {
				t.Fatalf("%d: %.300s", a.Status, a.Body)
			}
			return table
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
		first := table()
		if table() != first {
			t.Error("the same board is drawn differently")
		}
		change(`UPDATE organization SET name = 'Chi bộ đổi tên' WHERE id = $1`, cell)
		renamed := table()
		if !strings.Contains(renamed, "Chi bộ đổi tên") {
			t.Error("the old name of a cell is shown")
		}
		change(`UPDATE meeting SET state = 'noticed', opened_at = 0, closed_at = 0, sealed_at = 0 WHERE organization_id = $1 AND state = 'sealed'`, cell)
		if table() == renamed {
			t.Error("meetings that were not held are shown as before")
		}
	})
}
