package app_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/id"
	"chibo/privacy"
)

// TestWhoIsShownAPersonIsToldOf asks every page, export and Word file as everybody: where an
// answer shows others what only some may see of a person (testdata/fields.csv), the person
// finds a look of that account at that moment among the looks at their data.
func TestWhoIsShownAPersonIsToldOf(t *testing.T) {
	t.Parallel()
	fields := readFields(t)
	h := newHouse(t, worldtest.OnSQLite(t))
	h.fill(t)
	looks := func() int {
		all, err := privacy.LooksAt(t.Context(), h.w.App.DB, h.as(themselves).who.Root, h.subject())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	shown := map[string]int{}
	for _, v := range h.onlookers() {
		if v.name == themselves {
			continue
		}
		for _, path := range h.looks() {
			h.known[v.name] = asAnother(v.who) // the same look of the same account is told once a day
			before := looks()
			a := h.ask(h.door, v.name, http.MethodGet, path)
			if a.Status != http.StatusOK {
				continue
			}
			text := plainOf(t, a)
			for _, x := range fields {
				if strings.Contains(text, x.text) {
					shown[x.name]++
					if looks() == before {
						t.Errorf("%s at %s is shown %s, and the person is not told", v.name, path, x.name)
					}
				}
			}
		}
	}
	for _, x := range fields {
		if shown[x.name] == 0 {
			t.Errorf("nobody was shown %s: the test shows nothing about it", x.name)
		}
	}
}

// asAnother returns the same person with an account that has done nothing yet.
func asAnother(who access.Person) access.Person {
	who.Account = id.New()
	return who
}
