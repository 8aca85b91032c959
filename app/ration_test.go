package app_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/organization"
)

// alarm is a notice that somebody was slowed.
type alarm struct {
	Member string `db:"member_id"`
	Key    string `db:"message_key"`
	Args   string
	URL    string
}

// alarms returns all of them, by the member who was told.
func alarms(t *testing.T, w *worldtest.World) []alarm {
	t.Helper()
	all, err := db.All[alarm](t.Context(), w.App.DB, `SELECT member_id, message_key, args, url FROM notice WHERE message_key LIKE 'app.rationed.%' ORDER BY told_at, member_id`)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// told are the members of visitors, sorted.
func told(w *worldtest.World, names ...string) []string {
	var all []string
	for _, n := range names {
		all = append(all, w.Account(n).Member)
	}
	return slices.Sorted(slices.Values(all))
}

// slowed lets somebody take two lists of whom one is allowed, and returns who was told of it.
func slowed(t *testing.T, w *worldtest.World, name string) (heard []string, said []alarm) {
	t.Helper()
	w.App.ListsPerHour = 1
	before, v := alarms(t, w), w.As(name)
	v.Get("/tasks/ledger.xlsx")
	for range 3 {
		if a := v.Get("/tasks/ledger.xlsx"); a.Status != http.StatusTooManyRequests {
			t.Fatalf("%s is not slowed: %d", name, a.Status)
		}
	}
	said = slices.DeleteFunc(alarms(t, w), func(a alarm) bool { return slices.Contains(before, a) })
	for _, a := range said {
		heard = append(heard, a.Member)
	}
	return heard, said
}

// TestWhoIsSlowedIsHeardOf: of a member hears the secretary of the cell, of a secretary the
// office above, each once and nobody else; what they are told names who, when and what, and
// nobody whose data it was, and leads to a page that is theirs.
func TestWhoIsSlowedIsHeardOf(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		for name, hears := range map[string]string{"member": "secretary", "deputy": "secretary", "other member": "other secretary", "secretary": "clerk"} {
			heard, said := slowed(t, w, name)
			if !slices.Equal(heard, told(w, hears)) {
				t.Fatalf("of %s heard %v, want %s %v", name, said, hears, told(w, hears))
			}
			want := fmt.Sprintf(`{"At":"%s, %s","Name":"%s"}`, worldtest.Now.HHMM(), worldtest.Now.Date().Slashed(), w.Person(name).Name)
			if said[0].Args != want {
				t.Errorf("of %s was said %s, want %s", name, said[0].Args, want)
			}
			if a := w.As(hears).Get(said[0].URL); a.Status != http.StatusOK || !strings.Contains(a.Body, w.Person(name).Name) {
				t.Errorf("%s leads %s to %d, or nothing of %s there", said[0].URL, hears, a.Status, name)
			}
			w.As(hears).Reads("/inbox", w.Person(name).Name+" lấy quá nhiều danh sách có tên người")
		}
	})
}

// TestOfTheOfficeHearTheAdministrators: where nobody stands above a clerk.
func TestOfTheOfficeHearTheAdministrators(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		said := slowedInTheWard(t, w, "clerk")
		if len(said) != 1 || said[0].Member != w.Account("administrator").Member || w.As("administrator").Get(said[0].URL).Status != http.StatusOK {
			t.Errorf("of the clerk heard %v, want the administrator", said)
		}
	})
}

// TestOfTheOfficeHearsItsSecretary: as soon as the committee has one, and no administrator; of
// the secretary the administrators hear, not the secretary.
func TestOfTheOfficeHearsItsSecretary(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		secretary := w.Account("committee").Member
		office := organization.Office{Organization: w.Account("clerk").Organization, Member: secretary, Post: organization.Secretary, From: worldtest.Now.Date()}
		if _, err := w.App.Organizations.Appoint(t.Context(), w.Person("administrator"), office); err != nil {
			t.Fatal(err)
		}
		if said := slowedInTheWard(t, w, "clerk"); len(said) != 1 || said[0].Member != secretary || said[0].URL != "/inbox" {
			t.Errorf("of the clerk heard %v, want the secretary of the committee", said)
		}
		if said := slowedInTheWard(t, w, "committee"); len(said) != 1 || said[0].Member != w.Account("administrator").Member {
			t.Errorf("of the secretary heard %v, want the administrator", said)
		}
	})
}

// slowedInTheWard lets somebody of the ward ask for two lists of whom one is allowed, and returns
// what was said of it.
func slowedInTheWard(t *testing.T, w *worldtest.World, name string) []alarm {
	t.Helper()
	w.App.ListsPerHour = 1
	before := alarms(t, w)
	for range 2 {
		w.As(name).Get(map[string]string{"clerk": "/members/export.csv", "committee": "/minutes/none/2026/bundle.zip"}[name])
	}
	return slices.DeleteFunc(alarms(t, w), func(a alarm) bool { return slices.Contains(before, a) })
}

// TestAnAlertIsGivenOnceAnHour: lists and records together; after an hour again.
func TestAnAlertIsGivenOnceAnHour(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		heard, _ := slowed(t, w, "member")
		for n := 0; w.As("member").Get("/members/none").Status != http.StatusTooManyRequests; n++ {
			if n > 400 {
				t.Fatal("records are not slowed")
			}
		}
		lines := count(t, w, `SELECT count(*) FROM audit WHERE action = 'app.rationed'`)
		if all := alarms(t, w); len(heard) != 1 || len(all) != 1 || lines != 2 {
			t.Errorf("%d lines in the log, told %v", lines, all)
		}
		w.Clock.Set(worldtest.Now.Add(time.Hour))
		if heard, said := slowed(t, w, "member"); !slices.Equal(heard, told(w, "secretary")) {
			t.Errorf("an hour later: %v", said)
		}
	})
}

// TestRecordsAreHeardOf: the notice says of what kind it was; of searches there is none.
func TestRecordsAreHeardOf(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	for range 301 {
		w.As("member").Get("/lookup?q=chim")
	}
	if said := alarms(t, w); len(said) != 0 || count(t, w, `SELECT count(*) FROM audit WHERE action = 'app.rationed'`) != 1 {
		t.Errorf("of searches was told %v", said)
	}
	for range 401 {
		w.As("member").Get("/members/none")
	}
	if said := alarms(t, w); len(said) != 1 || said[0].Key != "app.rationed.record" {
		t.Errorf("of records was told %v", said)
	}
}

// TestAnAlertThatFailsLeavesNothing: neither the line nor the notice stands alone, and the next
// try says both.
func TestAnAlertThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		w.App.ListsPerHour = 1
		member, lines := w.As("member"), `SELECT count(*) FROM audit WHERE action = 'app.rationed'`
		member.Get("/tasks/ledger.xlsx")
		for _, table := range []string{"notice", "audit"} {
			alter(t, w, table, table+"_gone")
			if a := member.Get("/tasks/ledger.xlsx"); a.Status != http.StatusInternalServerError {
				t.Errorf("without %s: %d", table, a.Status)
			}
			alter(t, w, table+"_gone", table)
			if said, n := alarms(t, w), count(t, w, lines); len(said) != 0 || n != 0 {
				t.Errorf("without %s: %d lines, told %v", table, n, said)
			}
		}
		member.Get("/tasks/ledger.xlsx")
		if said, n := alarms(t, w), count(t, w, lines); len(said) != 1 || n != 1 {
			t.Errorf("afterwards: %d lines, told %v", n, said)
		}
	})
}

func alter(t *testing.T, w *worldtest.World, table, name string) {
	t.Helper()
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `ALTER TABLE `+table+` RENAME TO `+name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, w *worldtest.World, query string) int {
	t.Helper()
	n, err := db.One[int](t.Context(), w.App.DB, query)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
