package app_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
)

// TestMethodsAreWhatTheySay asks every address by the methods that nobody means: HEAD tells no
// more than GET, what is done by a form is done by nothing else, and no head or field makes one
// method of another. A request that says of itself that it comes from a page of another record
// is answered like any other. Nothing changes.
func TestMethodsAreWhatTheySay(t *testing.T) {
	t.Parallel()
	h := newHouse(t, worldtest.OnSQLite(t))
	s := newSeen(t, h)
	looks := map[string]bool{}
	for _, r := range h.server.Routes {
		if path, ok := strings.CutPrefix(r.Pattern, "GET "); ok {
			looks[path] = true
		}
	}
	asked := 0
	status := func(name, method, path string, head http.Header) int {
		r := httptest.NewRequest(method, path, nil)
		if head != nil {
			r.Header = head.Clone()
		}
		r.Header.Set(asking, name)
		asked++
		return knock(h.door, r).Status
	}
	override := http.Header{"X-Http-Method-Override": {"POST"}, "X-Http-Method": {"POST"}, "X-Method-Override": {"POST"}}
	for _, r := range h.server.Routes {
		method, pattern, _ := strings.Cut(r.Pattern, " ")
		path := h.paths(r.Pattern)[0]
		if ofSessions(path) {
			continue
		}
		for _, name := range []string{"stranger", "other secretary", "member", "secretary", "mere administrator"} {
			if method == http.MethodPost {
				if looks[pattern] {
					continue
				}
				for _, other := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
					if got := status(name, other, path, override); got != http.StatusMethodNotAllowed && got != http.StatusNotFound {
						t.Errorf("%s: %s %s: %d", name, other, path, got)
					}
				}
				// An address such as /visits/life may be read as the one of a record.
				plain, led := status(name, http.MethodGet, path, nil), status(name, http.MethodGet, path+"?_method=POST", override)
				if plain < 300 || plain != led {
					t.Errorf("%s: GET %s: %d, with an override %d", name, path, plain, led)
				}
				continue
			}
			want := status(name, http.MethodGet, path, nil)
			for what, got := range map[string]int{
				"HEAD":          status(name, http.MethodHead, path, nil),
				"an override":   status(name, http.MethodGet, path+"?_method=POST", override),
				"another page":  status(name, http.MethodGet, path, http.Header{"Hx-Current-Url": {"https://chibo.example/meetings/" + h.w.Meeting("sealed")}, "Referer": {"https://chibo.example/members"}}),
				"a part of one": status(name, http.MethodGet, path, http.Header{"Hx-Request": {"true"}, "Hx-Target": {"main"}, "Hx-Trigger": {"main"}}),
			} {
				if got != want && !(name == "stranger" && got == http.StatusUnauthorized) {
					t.Errorf("%s: %s with %s: %d, without %d", name, path, what, got, want)
				}
			}
		}
		if s.watch.Number() != s.number {
			s.unchanged(t, r.Pattern)
		}
	}
	s.unchanged(t, "somebody")
	t.Logf("%d requests", asked)
}
