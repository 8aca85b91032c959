package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"chibo/app/world/worldtest"
)

// smuggled is what comes a second time, under a name that was given already.
const smuggled = "chim lậu zqmzqmzqm"

// listed are the routes that ask for as many as there are of one name: accounts, remarks, scores.
var listed = []string{
	"GET /dossiers/breach.docx", "GET /dossiers/breach.xlsx",
	"POST /conferences/{id}/feedback/{sitting}/cells/{phase}/{head}/set-aside", "POST /scores/confirm",
}

// TestWhatIsSentTwiceCountsOnce sends every parameter and every field of every route a second
// time with something else in it: behind the question mark, where a form is concerned, and
// after the first in the form itself. The first counts, and a form is read from its body alone: of
// what came besides nothing reaches the database, as text or beside it.
func TestWhatIsSentTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t, worldtest.OnSQLite(t))
	x := newInjecting(t, h, newReaders(t))
	x.readPages(t)
	var mu sync.Mutex
	reached := "" // the statement
	hear := func(query string, args []any) {
		mu.Lock()
		defer mu.Unlock()
		if said := fmt.Sprint(query, args); strings.Contains(strings.ToLower(said), "zqmzqmzqm") {
			reached = said
		}
	}
	h.w.App.DB.Heard, h.w.App.DB.HeardWithin = hear, hear
	take := func() string {
		mu.Lock()
		defer mu.Unlock()
		was := reached
		reached = ""
		return was
	}
	lists := map[string]bool{}
	for _, r := range h.server.Routes {
		method, _, _ := strings.Cut(r.Pattern, " ")
		path, who, fields := x.filled(r)
		if method == http.MethodGet {
			query := url.Values{}
			for name := range x.of(r).queries {
				query[name] = []string{x.base[path+" "+name], smuggled}
			}
			if x.send(x.whoSees(path, query), method, path, query, nil); take() != "" {
				lists[r.Pattern] = true
			}
			continue
		}
		besides, of := url.Values{}, x.of(r)
		for name := range fields {
			besides.Set(name, smuggled)
		}
		for name := range of.fields {
			besides.Set(name, smuggled)
		}
		for name := range of.queries {
			besides.Del(name)
		}
		x.send(who, method, path, besides, fields)
		x.send(who, method, path, besides, nil)
		if said := take(); said != "" {
			t.Errorf("%s: a field is read from behind the question mark: %s", r.Pattern, said)
		}
		twice := url.Values{}
		for name, values := range fields {
			twice[name] = append(slices.Clone(values), smuggled)
		}
		if x.send(who, method, path, nil, twice); take() != "" {
			lists[r.Pattern] = true
		}
	}
	if got := slices.Sorted(maps.Keys(lists)); !slices.Equal(got, listed) {
		t.Errorf("the second of two is read by %q, want %q", got, listed)
	}
}
