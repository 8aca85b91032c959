package app_test

import (
	"flag"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/web"
)

// forHelpers are the routes of the one room into which a helper was let. Nothing else is
// there for them, in no other room either.
var forHelpers = []string{
	"GET /rooms/{meeting}", "GET /rooms/{meeting}/acts", "GET /rooms/{meeting}/live", "GET /rooms/{meeting}/device",
	"POST /rooms/{meeting}/acts", "POST /rooms/{meeting}/form/{kind}",
}

// forDesks are the routes of the desks of the one conference to which a helper was let.
var forDesks = []string{
	"GET /conferences/{id}/desk", "GET /conferences/{id}/desk/{sitting}", "GET /conferences/{id}/desk/{sitting}/list",
	"POST /conferences/{id}/desk/{sitting}/events", "POST /conferences/{id}/desk/{sitting}/arrivals", "POST /conferences/{id}/desk/{sitting}/back",
}

// guessed forgets the wrong codes of the visitors before: they all come from one address.
func guessed(t *testing.T, w *worldtest.World) {
	t.Helper()
	err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `DELETE FROM limit_bucket`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// call is one route with the records in its address.
type call struct {
	route   web.Route
	line    line
	method  string
	path    string
	records [][]string // the units of each record in the address
}

// ofSessions reports whether a route is one of those that end or begin sessions, which package
// account tests.
func ofSessions(path string) bool {
	return path == "/sign-out" || strings.HasPrefix(path, "/me/") || path == "/sign-in" || strings.HasPrefix(path, "/start")
}

// calls fills the placeholders of all routes with the records of the first cell and of the
// ward, and once more with what is known of the second cell.
func (h *house) calls(t *testing.T, rules table) []call {
	t.Helper()
	var all []call
	for _, r := range h.server.Routes {
		l, found := rules.of(r.Pattern)
		if !found {
			t.Errorf("testdata/rights.csv says nothing about %s", r.Pattern)
		}
		method, _, _ := strings.Cut(r.Pattern, " ")
		first := h.paths(r.Pattern)
		for _, path := range append(first, h.theirs.paths(r.Pattern)...) {
			known := slices.ContainsFunc(all, func(k call) bool { return k.path == path && k.method == method })
			if !ofSessions(path) && !known {
				all = append(all, call{r, l, method, path, h.recordsIn(path)})
			}
		}
	}
	return all
}

// recordsIn returns the units of each record in an address.
func (s *sweep) recordsIn(path string) [][]string {
	var out [][]string
	for _, part := range strings.Split(path, "/") {
		if units := s.units[strings.SplitN(part, ".", 2)[0]]; units != nil {
			out = append(out, units)
		}
	}
	return out
}

// whole makes the sweep ask everything of both databases.
var whole = flag.Bool("whole", false, "ask every case of the sweep, not a share of those that are served")

// seed chooses the cases of a run that does not ask all.
var seed = flag.Uint64("seed", uint64(time.Now().UnixNano()), "chooses the cases of the sweep")

// TestSweep knocks on every route as everybody, with the records of both cells and of the
// ward in the address, and compares every answer with the table that officers can read.
// Denials and looks change nothing and name nobody of another unit; what is allowed and
// changes something comes last.
//
// A run asks a share that its seed chooses, of what is served and costs much a smaller one;
// -whole asks every case.
func TestSweep(t *testing.T) {
	t.Parallel()
	rules := readTable(t)
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		h := newHouse(t, w)
		all := h.calls(t, rules)
		s := newSeen(t, h)
		for _, v := range h.people {
			guessed(t, w)
			for _, k := range all {
				if want := k.wants(v); (k.method == http.MethodGet || !want.lets()) && s.chosen(want) {
					s.judge(t, v, k, want)
				}
			}
			s.unchanged(t, v.name)
		}
		for _, v := range h.people {
			guessed(t, w)
			for _, k := range all {
				if want := k.wants(v); k.method == http.MethodPost && want.lets() && s.chosen(want) {
					s.judge(t, v, k, want)
				}
			}
		}
		t.Logf("%d visitors at %d addresses: %d cases, %d asked with seed %d: %v", len(h.people), len(all), len(h.people)*len(all), s.cases, *seed, s.counts)
	})
}
