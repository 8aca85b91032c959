package scenario_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/meeting"
	"chibo/quality"
)

// full returns points for every line that is open, and the answer of facts for others.
func full(t *testing.T, w *worldtest.World, who access.Person, id string) quality.Entry {
	t.Helper()
	f, err := w.App.Quality.Load(t.Context(), w.App.DB, who.Scope(quality.MayRead), id)
	if err != nil {
		t.Fatal(err)
	}
	e := quality.Entry{Points: map[string]string{}, Reasons: map[string]string{}}
	for _, l := range f.Sum.Open {
		e.Points[l.ID] = l.Max.String()
	}
	return e
}

// TestThreeHands takes the score of a meeting from its draft to an adjustment above, with
// both numbers kept.
func TestThreeHands(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		ctx, q := t.Context(), w.App.Quality
		secretary, above := w.Person("secretary"), w.Person("committee")
		id := w.Meeting(meeting.Closed)
		if err := q.SelfScore(ctx, secretary, id, quality.Entry{}); err == nil || !strings.Contains(err.Error(), "quality.problem.open") {
			t.Fatalf("lines of judgement are open: %v", err)
		}
		e := full(t, w, secretary, id)
		e.Points["1"] = "0.5" // the clock says enough
		if err := q.SelfScore(ctx, secretary, id, e); err == nil {
			t.Fatal("an override without a reason")
		}
		e.Reasons["1"] = "Bắt đầu muộn vì chờ hội trường"
		if err := q.SelfScore(ctx, secretary, id, e); err != nil {
			t.Fatal(err)
		}
		if err := q.Submit(ctx, secretary, id); err == nil {
			t.Fatal("submitted before the vote")
		}
		if err := q.Vote(ctx, secretary, id, 99, 0, false); err == nil {
			t.Fatal("more votes than people")
		}
		f, err := q.Load(ctx, w.App.DB, secretary.Scope(quality.MayRead), id)
		if err != nil {
			t.Fatal(err)
		}
		if m := f.Marks["1"]; !m.Overrides() || m.Points != 50 || m.Reason == "" {
			t.Errorf("the override is kept as %+v", m)
		}
		if err := q.Vote(ctx, secretary, id, f.Entitled, 0, false); err != nil {
			t.Fatal(err)
		}
		if err := q.Decide(ctx, above, id, quality.Entry{}, ""); err == nil {
			t.Fatal("decided before it was submitted")
		}
		if err := q.Submit(ctx, secretary, id); err != nil {
			t.Fatal(err)
		}
		if err := q.Reopen(ctx, secretary, id); err == nil {
			t.Fatal("reopened after it was submitted")
		}
		lower := quality.Entry{Points: map[string]string{"4.3": "7"}}
		if err := q.Decide(ctx, above, id, lower, ""); err == nil {
			t.Fatal("adjusted without a reason")
		}
		if err := q.Decide(ctx, above, id, lower, "Điều hành còn dàn trải"); err != nil {
			t.Fatal(err)
		}
		if f, err = q.Load(ctx, w.App.DB, secretary.Scope(quality.MayRead), id); err != nil {
			t.Fatal(err)
		}
		s := f.Score
		if s.State != quality.Adjusted || s.Own.Points-s.Decision.Points != 300 || s.Marks["4.3"].Points != 1000 || s.Above["4.3"].Points != 700 {
			t.Errorf("own %s, above %s, %s", s.Own.Points, s.Decision.Points, s.State)
		}
	})
}

// TestWhoMaySeeAndScore goes through the pages as each role.
func TestWhoMaySeeAndScore(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		id := w.Meeting(meeting.Closed)
		page := "/meetings/" + id + "/quality"
		for who, want := range map[string]int{
			"secretary": http.StatusOK, "deputy": http.StatusOK, "member": http.StatusOK, "committee": http.StatusOK,
			"other secretary": http.StatusNotFound, "other member": http.StatusNotFound,
		} {
			if a := w.As(who).Get(page); a.Status != want {
				t.Errorf("%s sees %d, want %d", who, a.Status, want)
			}
		}
		for who, want := range map[string]int{
			"member": http.StatusForbidden, "minute-taker": http.StatusForbidden, "committee": http.StatusForbidden,
			"other secretary": http.StatusNotFound, "secretary": http.StatusSeeOther,
		} {
			if a := w.As(who).Post(page, "points[3.1]", "4"); a.Status != want {
				t.Errorf("%s saves: %d, want %d", who, a.Status, want)
			}
		}
		if a := w.As("secretary").Post(page + "/decide"); a.Status != http.StatusForbidden {
			t.Errorf("the secretary decides: %d", a.Status)
		}
		if a := w.As("member").Get(page); strings.Contains(a.Body, "<select") {
			t.Error("a member is offered to fill")
		}
		// The comrade who is assigned may fill, and not agree for the committee.
		if a := w.As("secretary").Post(page+"/scorer", "scorer", w.Person("member").Member); a.Status != http.StatusSeeOther {
			t.Fatalf("assign: %d", a.Status)
		}
		if a := w.As("member").Post(page, "points[3.1]", "5"); a.Status != http.StatusSeeOther {
			t.Errorf("the scorer saves: %d", a.Status)
		}
		if a := w.As("member").Post(page, "points[3.1]", "5", "agree", "true"); a.Status != http.StatusNotFound && a.Status != http.StatusForbidden {
			t.Errorf("the scorer agrees: %d", a.Status)
		}
		if a := w.As("secretary").Post(page, "points[3.1]", "4.75"); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "không có trong biểu chấm") {
			t.Errorf("points beside the steps: %d", a.Status)
		}
		if a := w.As("secretary").Get("/meetings/" + w.Meeting(meeting.Noticed) + "/quality"); a.Status != http.StatusNotFound {
			t.Errorf("before the meeting: %d", a.Status)
		}
	})
}

// TestRemedyStandsBeforeTheNextMeetings: a weak point stands on the preparation page until
// it is ticked, and members of another cell see none of it.
func TestRemedyStandsBeforeTheNextMeetings(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		id, next := w.Meeting(meeting.Closed), "/meetings/"+w.Meeting(meeting.Noticed)
		secretary := w.As("secretary")
		if a := secretary.Post("/meetings/"+id+"/remedies", "weakness", "", "remedy", "Làm", "due", "2020-01-01"); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("an empty weak point: %d", a.Status)
		}
		a := secretary.Post("/meetings/"+id+"/remedies", "weakness", "Thảo luận còn ít", "remedy", "Mời từng đồng chí nêu ý kiến", "due", "2026-12-20")
		if a.Status != http.StatusSeeOther {
			t.Fatalf("note: %d", a.Status)
		}
		if body := secretary.Get(next).Body; !strings.Contains(body, "Mời từng đồng chí nêu ý kiến") {
			t.Error("it does not stand before the next meeting")
		}
		if body := w.As("member").Get(next).Body; strings.Contains(body, "Mời từng đồng chí nêu ý kiến") {
			t.Error("a member sees the list of the committee")
		}
		all, err := quality.OpenRemedies(t.Context(), w.App.DB, w.Person("secretary").Root, w.Account("secretary").Organization)
		if err != nil {
			t.Fatal(err)
		}
		all = slices.DeleteFunc(all, func(r quality.Remedy) bool { return r.Meeting != id })
		if len(all) != 1 {
			t.Fatalf("%d remedies of the meeting", len(all))
		}
		if a := w.As("other secretary").Post("/remedies/" + all[0].ID + "/done"); a.Status != http.StatusNotFound {
			t.Errorf("another cell ticks it: %d", a.Status)
		}
		if a := secretary.Post("/remedies/"+all[0].ID+"/done", "outcome", "Đã gửi"); a.Status != http.StatusSeeOther {
			t.Errorf("tick: %d", a.Status)
		}
		if body := secretary.Get(next).Body; strings.Contains(body, "Mời từng đồng chí nêu ý kiến") {
			t.Error("it still stands there")
		}
	})
}

// TestDraftIsOfTheCommittee: points that the program counts and half a committee has
// filled are for those who fill them; everybody reads them once they are put forward.
func TestDraftIsOfTheCommittee(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		id := w.Meeting(meeting.Closed)
		path := "/meetings/" + id + "/quality"
		const receipts = "Xem căn cứ"
		for name, sees := range map[string]bool{"secretary": true, "member": false, "committee": false} {
			if a := w.As(name).Get(path); a.Status != http.StatusOK || strings.Contains(a.Body, receipts) != sees {
				t.Errorf("%s, of a draft: %d, receipts shown %v, want %v", name, a.Status, !sees, sees)
			}
			if a := w.As(name).Get(path + ".pdf"); (a.Status == http.StatusOK) != sees {
				t.Errorf("%s, the paper of a draft: %d", name, a.Status)
			}
		}
		secretary := w.Person("secretary")
		if err := w.App.Quality.SelfScore(t.Context(), secretary, id, full(t, w, secretary, id)); err != nil {
			t.Fatal(err)
		}
		if a := w.As("member").Get(path); !strings.Contains(a.Body, receipts) {
			t.Error("a member does not see what the committee has put forward")
		}
	})
}
