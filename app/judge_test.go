package app_test

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/kit/access"
	"chibo/kit/db"
)

// wants returns what the table expects of a call.
func (k call) wants(v visitor) answer {
	if v.who.Helps() {
		return k.wantsHelper(v)
	}
	return k.line.expect(v.who, k.records)
}

// wantsHelper: to somebody who was let in by a code nothing is there but the one place.
func (k call) wantsHelper(v visitor) answer {
	seat := v.who.Seat
	own := seat.Meeting != "" && slices.Contains(forHelpers, k.route.Pattern) && strings.Contains(k.path, seat.Meeting) ||
		seat.Conference != "" && slices.Contains(forDesks, k.route.Pattern) && strings.Contains(k.path, seat.Conference)
	switch {
	case own:
		return depends
	case k.line.marks[access.Member] == everyone:
		return public
	}
	return absent
}

// lets reports whether somebody gets as far as the record.
func (a answer) lets() bool { return a == served || a == depends || a == public }

// seen is what a sweep has seen.
type seen struct {
	h       *house
	chance  *rand.Rand
	watch   *db.Watch
	told    *db.Watch // what people are told
	number  int64     // of watch, when nothing had changed
	content []string  // then
	cases   int
	counts  map[answer]int
}

func newSeen(t *testing.T, h *house) *seen {
	t.Helper()
	s := &seen{h: h, chance: rand.New(rand.NewPCG(*seed, 1)), counts: map[answer]int{}, content: content(t, h.w.App)}
	var tables []string
	for _, row := range s.content {
		name, _, _ := strings.Cut(row, " ")
		tables = append(tables, name)
	}
	s.watch, s.told = h.w.App.DB.Watch(tables...), h.w.App.DB.Watch("notice")
	s.number = s.watch.Number()
	return s
}

// chosen reports whether a case belongs to this run: of those that are served every eighth, of
// the others every second, on PostgreSQL a quarter of each.
func (s *seen) chosen(want answer) bool {
	share := 2
	if want.lets() {
		share = 8
	}
	if s.h.w.App.DB.Postgres() {
		share *= 4
	}
	return *whole || s.chance.IntN(share) == 0
}

// judge makes one call and compares the answer.
func (s *seen) judge(t *testing.T, v visitor, k call, want answer) {
	t.Helper()
	s.cases++
	s.counts[want]++
	a := s.h.ask(s.h.door, v.name, k.method, k.path)
	problem := problemOf(k, want, a.Status, a.Location())
	if problem == "" {
		problem = headerProblem(a)
	}
	if problem == "" {
		problem = s.h.leak(v, a.Body)
	}
	if problem == "" && (k.method == http.MethodGet || !want.lets()) && !s.h.w.App.DB.Postgres() && s.watch.Number() != s.number {
		s.unchanged(t, v.name+": "+k.method+" "+k.path)
	}
	if problem != "" {
		t.Errorf("%s (%s): %s %s: %d: %s", k.line.what, v.name, k.method, k.path, a.Status, problem)
	}
}

// look takes what is kept now for what nothing may change.
func (s *seen) look(t *testing.T) {
	t.Helper()
	s.content, s.number = content(t, s.h.w.App), s.watch.Number()
}

// unchanged fails when what is kept has changed since it was last looked at.
func (s *seen) unchanged(t *testing.T, who string) {
	t.Helper()
	now := content(t, s.h.w.App)
	if !slices.Equal(s.content, now) {
		t.Errorf("%s has changed what is kept: %v", who, changed(s.content, now))
	}
	s.content, s.number = now, s.watch.Number()
}

// leak says what of the first cell stands in an answer to somebody who has no part in it.
func (h *house) leak(v visitor, body string) string {
	if reachesAny(v.who, h.home) || v.who.Helps() {
		return ""
	}
	for _, c := range append([]string{h.canary}, h.canaries...) {
		if strings.Contains(body, c) {
			return "names " + c + ", which belongs to another cell"
		}
	}
	return ""
}

// reachesAny reports whether somebody has any right in the unit at path.
func reachesAny(who access.Person, path string) bool {
	return slices.ContainsFunc(who.Grants, func(g access.Grant) bool { return strings.HasPrefix(path, g.Path) })
}

// readsFirst are the routes that refuse a form that says nothing before they look for the
// record: what comes back is the same for a record that is not there.
var readsFirst = []string{
	"POST /conferences/{id}/desk/{sitting}/events", "POST /conferences/{id}/arrivals/{sitting}/settle", "POST /heads/{id}/settle",
}

// problemOf says what is wrong with an answer.
func problemOf(k call, want answer, status int, location string) string {
	sent := status == http.StatusSeeOther && strings.HasPrefix(location, "/sign-in?next=")
	switch {
	case status >= 500:
		return "an internal error"
	case want == signIn && k.method == http.MethodGet && !sent, want == signIn && k.method == http.MethodPost && status != http.StatusUnauthorized,
		want == refused && status != http.StatusForbidden,
		want == absent && status != http.StatusNotFound && !(status == http.StatusUnprocessableEntity && slices.Contains(readsFirst, k.route.Pattern)),
		want == mixed && status < 400,
		want == denied && status == http.StatusOK && k.method == http.MethodPost:
		return string(want)
	case (want == served || want == depends || want == denied) && (sent || status == http.StatusUnauthorized),
		want == served && status == http.StatusForbidden:
		return string(want)
	}
	return ""
}
