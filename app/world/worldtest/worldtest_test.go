package worldtest_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/meeting"
)

func TestEach(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		for _, r := range access.Roles {
			if p := w.Person(string(r)); !p.Is(r) {
				t.Errorf("%s has grants %+v", r, p.Grants)
			}
			if a := w.As(string(r)).Get("/"); a.Status != http.StatusOK {
				t.Errorf("home of %s: %d", r, a.Status)
			}
		}
		if a := w.As("stranger").Get("/tasks"); a.Status != http.StatusSeeOther || !strings.HasPrefix(a.Location(), "/sign-in") {
			t.Errorf("a stranger: %d to %s", a.Status, a.Location())
		}
		for _, s := range meeting.States {
			if a := w.As("secretary").Get("/meetings/" + w.Meeting(s)); a.Status != http.StatusOK {
				t.Errorf("meeting %s: %d", s, a.Status)
			}
			if a := w.As("other secretary").Get("/meetings/" + w.Meeting(s)); a.Status != http.StatusNotFound {
				t.Errorf("meeting %s from another cell: %d", s, a.Status)
			}
		}
	})
}
