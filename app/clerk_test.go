package app_test

import (
	"net/http"
	"slices"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/meeting"
	"chibo/rating"
)

// TestClerkReadsWhatTheCommitteeDecides: form and dates, until the committee lets its
// clerks read minutes; ratings and scores never; and no clerk decides it.
func TestClerkReadsWhatTheCommitteeDecides(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ward := "/organizations/" + w.Account("committee").Organization
		other, _ := w.Person("other secretary").Home() // the clerk is a member of the first cell
		month := worldtest.Now.Date().In()
		held, err := meeting.Between(t.Context(), w.App.DB, other.Root, other.Organization, month.Add(-3), month)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(held, func(m meeting.Meeting) bool { return m.State == meeting.Sealed })
		if i < 0 {
			t.Fatal("the other cell has sealed no minutes")
		}
		day := worldtest.Now.Date()
		round, err := w.App.Ratings.Open(t.Context(), w.Person("other secretary"), rating.Opening{Organization: other.Organization, Span: rating.Yearly, Month: day.In(), SelfBy: day, ReviewOn: day})
		if err != nil {
			t.Fatal(err)
		}
		reads := func(when string, minutes bool) {
			t.Helper()
			for path, want := range map[string]bool{
				held[i].Path(): true, held[i].Path() + "/minutes": minutes, held[i].Path() + "/quality": false,
				round.Path() + "/list": false, "/rating-summaries/" + w.Account("committee").Organization: false,
			} {
				if a := w.As("clerk").Get(path); (a.Status == http.StatusOK) != want {
					t.Errorf("%s: the clerk gets %d for %s, reads it: want %v", when, a.Status, path, want)
				}
			}
		}
		reads("at first", false)
		for _, who := range []string{"clerk", "administrator", "secretary"} {
			if a := w.As(who).Post(ward+"/clerk", "reads", "all"); a.Status != http.StatusForbidden && a.Status != http.StatusNotFound {
				t.Errorf("%s decides what clerks read: %d", who, a.Status)
			}
		}
		if a := w.As("committee").Post(ward+"/clerk", "reads", "all"); a.Status != http.StatusSeeOther {
			t.Fatalf("the committee decides: %d", a.Status)
		}
		reads("when the committee has decided", true)
		if a := w.As("committee").Post(ward+"/clerk", "reads", "form"); a.Status != http.StatusSeeOther {
			t.Fatalf("the committee takes it back: %d", a.Status)
		}
		reads("afterwards", false)
	})
}
