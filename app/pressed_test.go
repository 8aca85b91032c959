package app_test

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// TestEveryFormCountsOnce opens every page as those who work with the program, and presses
// every form that it shows twice with the same key: the second press leads where the first
// led, with the same words, and nothing has changed in between. A form without a key is one of
// a route that says why.
func TestEveryFormCountsOnce(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	s := &pressing{sweep: newSweep(t, w), routes: map[string]web.Route{}, mux: http.NewServeMux(), done: map[string]bool{}, shown: map[string]bool{}}
	for _, r := range w.App.Routes() {
		if strings.HasPrefix(r.Pattern, "POST ") {
			s.routes[r.Pattern] = r
			s.mux.Handle(r.Pattern, http.NotFoundHandler())
		}
	}
	// What takes a record away comes in the second round, when the pages of all are known.
	for _, gentle := range []bool{true, false} {
		for _, name := range []string{"secretary", "clerk", "committee", "member", "administrator"} {
			for _, page := range s.pages() {
				s.press(t, name, page, gentle)
			}
		}
	}
	var never []string
	for pattern := range s.shown {
		if !s.done[pattern] {
			never = append(never, pattern)
		}
	}
	slices.Sort(never)
	t.Logf("%d routes of forms, %d pressed twice; shown and never taken: %v", len(s.shown), len(s.done), never)
	if len(s.done) < 110 {
		t.Errorf("only %d routes were pressed: the test shows little", len(s.done))
	}
}

// inTheRoom is the route of what is written down in a room: an act has an id of its own, and twice
// is once without a key.
const inTheRoom = "POST /rooms/{meeting}/form/{kind}"

// otherwise are the routes whose second press does nothing either, but is not answered as the
// first was, with why.
var otherwise = map[string]string{
	inTheRoom:                          "acts have ids of their own",
	"POST /organizations/{id}/offices": "who gives the own office away by the first press is let in no more",
}

// pressing presses forms.
type pressing struct {
	*sweep

	routes      map[string]web.Route
	mux         *http.ServeMux
	shown, done map[string]bool // routes whose forms were seen, and pressed
}

// pages are the addresses of all pages.
func (s *pressing) pages() []string {
	var out []string
	for _, r := range s.w.App.Routes() {
		if at, is := strings.CutPrefix(r.Pattern, "GET "); is && !strings.Contains(at, ".") && !ofSessions(at) {
			for _, path := range s.paths(r.Pattern) {
				if !slices.Contains(out, path) {
					out = append(out, path)
				}
			}
		}
	}
	return out
}

// press presses each form of a page whose route was not pressed yet.
func (s *pressing) press(t *testing.T, name, page string, gentle bool) {
	t.Helper()
	v := s.w.As(name)
	a := v.Get(page)
	if a.Status != http.StatusOK || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return
	}
	for _, f := range formsOf(t, a.Body) {
		if f.method != http.MethodPost || ofSessions(f.action) || harmless(f) != gentle {
			continue
		}
		_, pattern := s.mux.Handler(f.filledWith(""))
		r, known := s.routes[pattern]
		switch {
		case !known:
			t.Errorf("%s: a form leads to %s, where nothing is", page, f.action)
			continue
		case pattern != inTheRoom && f.values.Get(part.PressField) == "" && r.Need != access.Public && !r.Repeats:
			t.Errorf("%s: the form to %s has no key", page, f.action)
			continue
		case r.Need == access.Public, r.Repeats, s.done[pattern], otherwise[pattern] != "":
			continue
		}
		s.shown[pattern] = true
		if s.twice(t, name, f) {
			s.done[pattern] = true
			if !gentle {
				return // what stood on the page may be gone
			}
		}
	}
}

// twice sends a form twice, and reports whether it was taken the first time and led on.
func (s *pressing) twice(t *testing.T, name string, f form) bool {
	t.Helper()
	values := url.Values{}
	for k, all := range f.values {
		values[k] = all
	}
	for _, field := range f.texts {
		values.Set(field, s.plausible(name, f, field))
	}
	send := func() worldtest.Answer {
		r, err := http.NewRequest(http.MethodPost, f.action, strings.NewReader(values.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		return s.w.As(name).Do(r)
	}
	first := send()
	if first.Status >= http.StatusInternalServerError {
		t.Errorf("%s to %s: %d", name, f.action, first.Status)
	}
	if first.Status != http.StatusSeeOther {
		return false
	}
	before, told := content(t, s.w.App), s.told(t)
	second := send()
	if second.Status != http.StatusSeeOther || second.Location() != first.Location() || flashOf(second) != flashOf(first) {
		t.Errorf("%s to %s: %d %s %s, the first press %s %s", name, f.action, second.Status, second.Location(), flashOf(second), first.Location(), flashOf(first))
	}
	if after := content(t, s.w.App); !slices.Equal(before, after) || s.told(t) != told {
		t.Errorf("%s to %s: the second press has changed %v, or was written down or told", name, f.action, changed(before, after))
	}
	return true
}

// told is how many deeds stand in the log and how many notices were given.
func (s *pressing) told(t *testing.T) int {
	t.Helper()
	n, err := db.One[int](t.Context(), s.w.App.DB, `SELECT (SELECT count(*) FROM audit) + (SELECT count(*) FROM notice)`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// flashOf is what the next page will say.
func flashOf(a worldtest.Answer) string {
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		if c.Name == "flash" {
			return c.Value
		}
	}
	return ""
}

// plausible is what somebody would type into a field: what stands there, else what fits.
func (s *pressing) plausible(name string, f form, field string) string {
	fits := map[string]string{
		"date": "2026-12-20", "datetime-local": "2026-12-20T08:00", "time": "08:00", "month": "2026-12", "number": "1",
		"email": "thu@songxanh.example", "tel": "0912000111", "password": s.w.Account(name).Password,
	}
	return cmp.Or(strings.TrimSpace(f.typed[field]), fits[f.kinds[field]], "Nội dung thử")
}
