package account

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chibo/kit/db"
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

func (h *house) exec(statement string, args ...any) {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, statement, args...)
		return err
	})
}
