package app_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/meeting"
	"chibo/member"
)

// TestWhoHasMovedIsOfTheNewCell moves the member of whom the records of the first cell tell to
// the second one, and asks everything with the session they had before: by the table they are
// a member of the second cell and nobody in the first, where only what is their own is left to
// them.
func TestWhoHasMovedIsOfTheNewCell(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	h := newHouse(t, w)
	before := h.known["member"]
	home, _ := h.known["other secretary"].Home()
	if err := w.App.Members.Transfer(t.Context(), h.known["clerk"], before.Member, home.Organization, worldtest.Now.Date(), ""); err != nil {
		t.Fatal(err)
	}
	w.App.Accounts.Secure = false // the session began before there was https
	v := visitor{"moved", w.Person("member")}
	h.known[v.name] = v.who
	if !v.who.SignedIn() || reachesAny(v.who, h.home) || !reachesAny(v.who, home.Path) || v.who.Member != before.Member {
		t.Fatalf("%+v has not moved", v.who.Grants)
	}
	roll, err := member.Roll(t.Context(), w.App.DB, before.Root, h.cell, worldtest.Now.Date())
	if err != nil {
		t.Fatal(err)
	}
	h.canary = unlike(t, w, roll)            // not the one who has moved
	h.canaries = []string{ofMatter, ofStudy} // the hardship and the vote are theirs
	s := newSeen(t, h)
	here, there := 0, 0
	for _, k := range h.calls(t, readTable(t)) {
		if k.method != http.MethodGet && k.wants(v).lets() {
			continue
		}
		want := k.wants(v)
		if want == absent && slices.ContainsFunc(leftToThem, func(own string) bool { return strings.HasPrefix(k.path, own+"/"+h.params[own+"/{id}"][0]) }) {
			want = depends
		}
		s.judge(t, v, k, want)
		if a := h.ask(h.door, v.name, k.method, k.path); a.Status == http.StatusOK && len(k.records) > 0 {
			if reaches(h.home, k.records) {
				here++
				t.Logf("still has %s", k.path)
			} else if reaches(home.Path, k.records) {
				there++
			}
		}
	}
	s.unchanged(t, v.name)
	if there < 20 {
		t.Errorf("in the new cell they have only %d pages", there)
	}
	for _, path := range []string{"/", "/meetings", "/members", "/tasks", "/inbox", "/lookup?q=chim"} {
		if text := h.ask(h.door, v.name, http.MethodGet, path).Body; strings.Contains(text, h.canary) || strings.Contains(text, w.Meeting(meeting.Noticed)) {
			t.Errorf("%s still tells of the cell that was left", path)
		}
	}
	t.Logf("%d cases, %d pages of the cell that was left, %d of the new one", s.cases, here, there)
}

// leftToThem are the kinds of records of the cell that was left in which something is their
// own: their profile, the vote that was opened while they were of the cell, their line in a
// rating, their hardship.
var leftToThem = []string{"/members", "/ballots", "/ratings", "/care/hardships"}
