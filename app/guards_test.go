package app_test

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
)

// TestEveryGuardIsMissed takes the guards away one after the other, each for one request:
// the need from a route, and the bounds of their unit from the rights of somebody who is of
// another. The table must say each time that the answer is wrong. Where it does not, another
// guard behind the one that was taken away has given the same answer; those are few.
//
// A run takes a quarter of the guards, as its seed chooses; -whole takes all.
func TestEveryGuardIsMissed(t *testing.T) {
	t.Parallel()
	h := newHouse(t, worldtest.OnSQLite(t))
	all := h.calls(t, readTable(t))
	slices.SortStableFunc(all, func(a, b call) int { return strings.Compare(b.method, a.method) }) // looks before deeds
	slices.Reverse(all)
	chance := rand.New(rand.NewPCG(*seed, 2))
	needs := guards{h: h, door: h.withoutNeeds(), want: refused, chance: chance, taken: map[string]bool{}, left: map[string]bool{}}
	bounds := guards{h: h, door: h.withoutBounds(), want: absent, chance: chance, taken: map[string]bool{}, left: map[string]bool{}}
	for _, k := range all {
		needs.take(k)
		bounds.take(k)
	}
	for _, g := range []guards{needs, bounds} {
		var behind []string
		for pattern, missed := range g.taken {
			if !missed {
				behind = append(behind, pattern)
			}
		}
		slices.Sort(behind)
		t.Logf("%s: %d guards taken away, %d missed (seed %d); behind the others stood another: %v", g.want, len(g.taken), len(g.taken)-len(behind), *seed, behind)
		if len(g.taken) == 0 || 3*len(behind) > len(g.taken) {
			t.Errorf("%s: of %d guards %d are not missed (seed %d)", g.want, len(g.taken), len(behind), *seed)
		}
	}
}

// guards are guards of one kind that are taken away.
type guards struct {
	h      *house
	door   http.Handler // the program without them
	want   answer       // what they are there for
	chance *rand.Rand
	taken  map[string]bool // by pattern: whether the guard was missed
	left   map[string]bool // the patterns that belong to another run
}

// take takes away the guard of a route for one request of somebody whom it should keep out;
// where it was not missed, the next record of the route is tried, too.
func (g *guards) take(k call) {
	pattern, unknown := k.route.Pattern, strings.Contains(k.path, "01990000-") // a record that is not there needs no guard
	if g.taken[pattern] || g.left[pattern] || g.want == absent && (unknown || len(k.records) == 0 || slices.Contains(readsFirst, pattern)) {
		return
	}
	for _, v := range g.h.people {
		if !v.who.SignedIn() || k.wants(v) != g.want || g.taken[pattern] {
			continue
		}
		if _, begun := g.taken[pattern]; !begun && !*whole && g.chance.IntN(4) != 0 {
			g.left[pattern] = true
			return
		}
		a := g.h.ask(g.door, v.name, k.method, k.path)
		g.taken[pattern] = problemOf(k, g.want, a.Status, a.Location()) != ""
	}
}

// withoutNeeds is the program whose routes ask for nothing.
func (h *house) withoutNeeds() http.Handler {
	s := *h.server
	s.Routes = slices.Clone(s.Routes)
	for i := range s.Routes {
		s.Routes[i].Need = access.Public
	}
	return s.Handler()
}

// withoutBounds is the program to which everybody has their rights everywhere.
func (h *house) withoutBounds() http.Handler {
	s := *h.server
	s.Identify = func(r *http.Request) (access.Person, error) {
		who, err := h.server.Identify(r)
		who.Grants = slices.Clone(who.Grants)
		for i := range who.Grants {
			who.Grants[i].Root, who.Grants[i].Path = "", "/"
		}
		return who, err
	}
	return s.Handler()
}
