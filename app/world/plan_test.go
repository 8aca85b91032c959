package world

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"chibo/organization"
)

func chance(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

func TestPlanOfTheDemo(t *testing.T) {
	t.Parallel()
	kinds := map[organization.Kind]int{}
	people := 0
	for _, c := range plan(chance(1), 24, 612) {
		kinds[c.kind]++
		people += c.size
	}
	if people != 612 || kinds[organization.Residential] != 14 || kinds[organization.School] != 4 {
		t.Errorf("%d people, %v", people, kinds)
	}
	if len(kinds) != len(shares) {
		t.Errorf("a kind is missing: %v", kinds)
	}
}

func TestPlanAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 120).Draw(t, "cells")
		people := rapid.IntRange(0, 5000).Draw(t, "people")
		cells := plan(chance(rapid.Uint64().Draw(t, "seed")), n, people)
		if len(cells) != n || cells[0].kind != organization.Residential {
			t.Fatalf("%d cells for %d, the first %s", len(cells), n, cells[0].kind)
		}
		total, names := 0, map[string]bool{}
		for _, c := range cells {
			if c.size < smallest || names[c.name] {
				t.Fatalf("%+v", c)
			}
			names[c.name] = true
			total += c.size
		}
		if want := max(people, n*smallest); total != want {
			t.Fatalf("%d people, want %d", total, want)
		}
	})
}

func TestNamesDoNotComeTwice(t *testing.T) {
	t.Parallel()
	a, b := newNamer(chance(7)), newNamer(chance(7))
	seen := map[string]bool{}
	for range 3000 {
		p := a.next()
		if seen[p.name] {
			t.Fatalf("%s comes twice", p.name)
		}
		seen[p.name] = true
		if q := b.next(); q != p {
			t.Fatalf("the same seed gives %v and %v", p, q)
		}
	}
}
