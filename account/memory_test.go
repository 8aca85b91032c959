package account

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
)

// TestMemoryRestsOnWhatIsWatched fails for a table that Identify reads and of whose
// changes nobody would tell.
func TestMemoryRestsOnWhatIsWatched(t *testing.T) {
	t.Parallel()
	tables := regexp.MustCompile(`(?:FROM|JOIN) (\w+)`).FindAllStringSubmatch(bearerQuery+tiesQuery, -1)
	if len(tables) < 7 {
		t.Fatalf("found %v", tables)
	}
	for _, one := range tables {
		watched := slices.ContainsFunc(restsOn, func(name string) bool { return name == one[1] || strings.HasPrefix(name, one[1]+" ") })
		if !watched {
			t.Errorf("%s is read and not watched", one[1])
		}
	}
}

// TestWhoIsRememberedIsForgottenAtOnce asks again and again, so that the answer stands
// in memory, and changes what it rests on.
func TestWhoIsRememberedIsForgottenAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		hoa, kim := h.device().in("tranvanhoa", pass), h.device().in("vuthikim", pass)
		roles := func(d *device) string {
			d.who()
			var all []string
			for _, g := range d.who().Grants {
				all = append(all, string(g.Role)+" "+g.Name)
			}
			slices.Sort(all)
			return strings.Join(all, ", ")
		}
		for _, step := range []struct {
			change, want string
			do           func()
		}{
			{"nothing", "member Chi bộ Tổ dân phố 17, secretary Chi bộ Tổ dân phố 17", func() {}},
			{"the office ends", "member Chi bộ Tổ dân phố 17", func() {
				h.exec(`UPDATE organization_office SET until_on = '2026-12-02' WHERE member_id = $1`, h.hoa.ID)
			}},
			{"the cell is named anew", "member Chi bộ 18", func() {
				h.exec(`UPDATE organization SET name = 'Chi bộ 18' WHERE id = $1`, h.cell.ID)
			}},
			{"moved", "", func() { h.stand(h.cell, h.hoa, member.Moved, when.On(2026, 12, 1)) }},
			{"back", "member Chi bộ 18", func() { h.stand(h.cell, h.hoa, member.Official, when.On(2026, 12, 2)) }},
			{"closed", "", func() { h.exec(`UPDATE account SET disabled_at = 1 WHERE member_id = $1`, h.hoa.ID) }},
		} {
			step.do()
			if got := roles(hoa); got != step.want {
				t.Errorf("%s: is %q, want %q", step.change, got, step.want)
			}
		}
		other := h.device().in("vuthikim", pass)
		if roles(kim) == "" || roles(other) == "" {
			t.Fatal("is not in")
		}
		other.post("/me/sessions/end").is(http.StatusSeeOther)
		if got := roles(kim); got != "" {
			t.Errorf("after the end of the session: %q", got)
		}
	})
}

// TestWhoSignsOutIsForgottenAlone lets one after the other sign out, have their session ended from
// elsewhere and sign in anew, while all others stay remembered; nobody who has gone is known any
// more. On PostgreSQL everybody is forgotten every two seconds, so a way may be tried again.
func TestWhoSignsOutIsForgottenAlone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		stays := h.device().in("vuthikim", pass)
		for _, way := range []string{"signs out", "is ended from elsewhere", "signs in anew"} {
			alone := false
			for try := 0; try < 4 && !alone; try++ {
				goes, elsewhere := h.device().in("tranvanhoa", pass), h.device().in("tranvanhoa", pass)
				number, token := h.memory.number(h.DB), goes.cookies[h.cookieName()]
				if stays.who().Account == "" || goes.who().Account == "" || elsewhere.who().Account == "" {
					t.Fatalf("%s: is not in", way)
				}
				switch way {
				case "signs out":
					goes.post("/sign-out").is(http.StatusSeeOther)
				case "is ended from elsewhere":
					h.must(h.endOwn(t.Context(), elsewhere.who(), goes.who().Session))
				case "signs in anew":
					goes.in("tranvanhoa", pass)
				}
				gone := &device{house: h, cookies: map[string]string{h.cookieName(): token}}
				if gone.who().Account != "" {
					t.Errorf("%s: the token still opens", way)
				}
				_, one := h.memory.callers.Get(hashToken(stays.cookies[h.cookieName()]), number)
				_, other := h.memory.callers.Get(hashToken(elsewhere.cookies[h.cookieName()]), number)
				alone = one && other
			}
			if !alone {
				t.Errorf("%s: others are forgotten too", way)
			}
		}
	})
}

// TestNobodyIsKnownAfterSigningOut lets many be asked for all the time, each from several sides,
// while they sign out: once that is answered, nobody knows them.
func TestNobodyIsKnownAfterSigningOut(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		a, _, err := accountByName(t.Context(), h.DB, "tranvanhoa")
		h.must(err)
		known := func(token string) access.Person {
			r := httptest.NewRequest("GET", "/", nil)
			r.AddCookie(&http.Cookie{Name: h.cookieName(), Value: token})
			who, err := h.Identify(r)
			if err != nil {
				t.Error(err)
			}
			return who
		}
		const people, askers = 20, 2
		var asking sync.WaitGroup
		for range people {
			token := newToken()
			h.write(func(ctx context.Context, tx *db.Tx) error {
				return insertSession(ctx, tx, Session{Root: a.Root, ID: id.New(), Account: a.ID, TokenHash: hashToken(token), CreatedAt: h.now(), SeenAt: h.now(), Proof: ByPassword})
			})
			var left atomic.Bool
			for range askers {
				asking.Go(func() {
					for !left.Load() {
						known(token)
					}
				})
			}
			asking.Go(func() {
				defer left.Store(true)
				who := known(token)
				if who.Account == "" {
					t.Error("is not in")
				}
				if err := h.signOut(t.Context(), who); err != nil {
					t.Error(err)
				}
				for range 50 {
					if known(token).Account != "" {
						t.Error("is known after signing out")
						return
					}
				}
			})
		}
		asking.Wait()
	})
}

func (h *house) exec(statement string, args ...any) {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, statement, args...)
		return err
	})
}
