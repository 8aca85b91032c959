package scenario_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
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

// TestLooksElsewhere: a delegate of another base organisation is told who has taken a list with
// their name, by name, though that stands in the log of the host; whoever was not sent is not.
func TestLooksElsewhere(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		x := openedDelegation(t, w)
		w.As("clerk").Sends(x.at(""), "category", x.guests, "name", "Đặng Khách Mời", "unit", "Đảng ủy phường Bến Đỗ")
		says(t, w.As("clerk").Get(x.at("/list.xlsx")), http.StatusOK)
		err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `UPDATE delegate SET member_root = 'far', member_id = 'guest', named_at = $2 WHERE root_id = $1 AND name = 'Đặng Khách Mời'`, x.Root, worldtest.Now.Add(time.Minute))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		w.Clock.Set(worldtest.Now.Add(2 * time.Minute))
		for _, paper := range []string{"/list.xlsx", "/list.xlsx?empty=1"} {
			says(t, w.As("clerk").Get(x.at(paper)), http.StatusOK)
		}
		for who, want := range map[[2]string]int{{"far", "guest"}: 1, {"far", "other"}: 0, {"elsewhere", "guest"}: 0} {
			looks, err := privacy.LooksAt(t.Context(), w.App.DB, who[0], who[1])
			if err != nil || len(looks) != want {
				t.Fatalf("%v is told of %v, %v, want %d", who, looks, err, want)
			}
			if want > 0 && (looks[0].Name != w.Account("clerk").FullName || looks[0].What != "delegation.list_taken" || !looks[0].List) {
				t.Errorf("told of %+v", looks[0])
			}
		}
	})
}

// TestAllLooksAreFound: from one's own data the pages of looks lead to every one of them, each
// once, however many there are at the same moment.
func TestAllLooksAreFound(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		me, clerk, all := w.Person("member"), w.Person("clerk"), 0
		for n := range 230 {
			w.Clock.Set(worldtest.Now.Add(time.Duration(n/60*40*24) * time.Hour)) // sixty at one moment, every forty days
			deed := []string{"member.viewed", "member.exported"}[n%2]
			if err := w.App.Audit.Took(t.Context(), w.App.DB, clerk, me.Root, deed, map[string]string{"member.viewed": me.Member, "member.exported": w.Account("member").Organization}[deed]); err != nil {
				t.Fatal(err)
			}
		}
		w.Clock.Set(worldtest.Now)
		page := w.As("member").Reads("/me/data", `href="/me/data/looks"`)
		if n := strings.Count(page, clerk.Name); n != 40 {
			t.Errorf("the page of one's own data shows %d looks, want 20 of each kind", n)
		}
		older, pages := regexp.MustCompile(`href="(/me/data/looks\?before=[^"]+)"`), 0
		for at := "/me/data/looks"; at != "" && pages < 9; pages++ {
			page := w.As("member").Reads(at)
			all += strings.Count(page, clerk.Name)
			at = ""
			if next := older.FindStringSubmatch(page); next != nil {
				at = next[1]
			}
		}
		if pages != 3 || all != 230 {
			t.Errorf("%d looks on %d pages, want 230 on 3", all, pages)
		}
		w.As("member").Reads("/me/data/looks?before=nothing", clerk.Name)
	})
}

// TestLooksAtThoseOnNoRoll: whoever has an account and stands on no roll sees what is kept of it,
// and who has looked at the list of roles in which they stand; those of another list do not.
func TestLooksAtThoseOnNoRoll(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		slip, err := w.App.Accounts.Give(t.Context(), w.Person("administrator"), "Lương Văn Phòng", w.Account("clerk").Organization, access.Clerk)
		if err != nil {
			t.Fatal(err)
		}
		account, err := db.One[string](t.Context(), w.App.DB, `SELECT id FROM account WHERE full_name = $1 AND member_id = ''`, slip.FullName)
		if err != nil {
			t.Fatal(err)
		}
		clerk := w.Person("clerk")
		office := access.Person{Root: clerk.Root, Account: account, Name: slip.FullName, Session: "s", Grants: clerk.Grants}
		server := w.App.Server()
		server.Identify = func(*http.Request) (access.Person, error) { return office, nil }
		reads := func(path string) string {
			out := httptest.NewRecorder()
			server.Handler().ServeHTTP(out, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
			if out.Code != http.StatusOK {
				t.Fatalf("%s: %d", path, out.Code)
			}
			return out.Body.String()
		}
		const seen = "mở danh sách những người được giao vai"
		if strings.Contains(reads("/me/data"), seen) {
			t.Error("told of a look that nobody took")
		}
		says(t, w.As("administrator").Get("/accounts"), http.StatusOK, slip.FullName)
		for _, path := range []string{"/me/data", "/me/data/looks", "/me/data/copy.json"} {
			if page := reads(path); !strings.Contains(page, w.Account("administrator").FullName) || !strings.Contains(page, seen) && path != "/me/data/copy.json" {
				t.Errorf("%s does not tell who has looked:\n%.3000s", path, page)
			}
		}
		if strings.Contains(w.As("member").Reads("/me/data/looks"), seen) {
			t.Error("somebody who was given no role is told of the list of roles")
		}
		says(t, w.As("administrator").Get("/accounts?unit="+w.Account("member").Organization), http.StatusOK)
		w.As("member").Reads("/me/data/looks", "mở danh sách tài khoản")
	})
}
