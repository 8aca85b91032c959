package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/privacy"
)

// TestLooksAtLists opens lists and papers in which a member stands: each look is in the log
// once, however many stand in the list, and each of them is shown it.
func TestLooksAtLists(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		cell, me := w.Account("secretary").Organization, w.Account("member").Member
		looks := func(member string) map[string]int {
			all, err := privacy.LooksAt(t.Context(), w.App.DB, w.Person("member").Root, member)
			if err != nil {
				t.Fatal(err)
			}
			n := map[string]int{}
			for _, k := range all {
				if k.At >= worldtest.Now {
					n[k.What]++
				}
			}
			return n
		}
		for range 3 {
			says(t, w.As("committee").Get("/members?organization="+w.Account("other secretary").Organization), http.StatusOK)
		}
		for _, path := range []string{"/members?organization=" + cell, "/care?unit=" + cell, "/study?unit=" + cell, "/notebook/inspections?cell=" + cell, "/tasks/people?unit=" + cell, "/tasks/ledger.xlsx?unit=" + cell} {
			says(t, w.As("secretary").Get(path), http.StatusOK)
		}
		says(t, w.As("secretary").Get("/notebook/of/"+me+"/booklet.pdf?cell="+cell), http.StatusOK)
		says(t, w.As("secretary").Get("/members/export.xlsx?organization="+cell), http.StatusOK)
		got := looks(me)
		for what, want := range map[string]int{
			"member.list_viewed": 0, // comrades of one cell know each other
			"care.list_viewed":   1, "study.list_viewed": 1, "notebook.list_viewed": 1, "task.people_viewed": 1, "task.list_taken": 1, "notebook.viewed": 1, "member.exported": 1,
		} {
			if got[what] != want {
				t.Errorf("%s: %d, want %d", what, got[what], want)
			}
		}
		comrade := looks(w.Account("deputy").Member)
		if comrade["care.list_viewed"] != 1 || comrade["notebook.viewed"] != 0 {
			t.Errorf("to a comrade: %v", comrade)
		}
		if other := looks(w.Account("other member").Member); len(other) != 1 || other["member.list_viewed"] != 1 {
			t.Errorf("to a member of another cell: %v, want one look of the committee at the roll", other)
		}
		page := w.As("member").Get("/me/data")
		says(t, page, http.StatusOK, "mở sổ chăm lo của chi bộ", "tải danh sách đảng viên", "tải sổ tay in của đồng chí")
		if strings.Contains(w.As("secretary").Get("/me/data").Body, "mở sổ chăm lo của chi bộ") {
			t.Error("one's own look is shown to oneself")
		}
	})
}
