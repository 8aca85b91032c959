package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/sheet"
	"chibo/meeting"
	"chibo/quality"
)

// send takes the score of a closed meeting up to the committee above.
func send(t *testing.T, w *worldtest.World, id string, e quality.Entry) {
	t.Helper()
	ctx, q, secretary := t.Context(), w.App.Quality, w.Person("secretary")
	if err := q.SelfScore(ctx, secretary, id, e); err != nil {
		t.Fatal(err)
	}
	f, err := q.Load(ctx, w.App.DB, secretary.Scope(quality.MayRead), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Vote(ctx, secretary, id, f.Entitled, 0, false); err != nil {
		t.Fatal(err)
	}
	if err := q.Submit(ctx, secretary, id); err != nil {
		t.Fatal(err)
	}
}

// TestQueue takes two scores through the queue: the one that gives a line more than its
// receipts say comes first and is not confirmed with the others.
func TestQueue(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		secretary, above, doubtful := w.Person("secretary"), w.As("committee"), w.Meeting(meeting.Closed)
		waits, err := w.App.Quality.Queue(t.Context(), w.Person("committee"))
		if err != nil || len(waits) != 1 {
			t.Fatalf("%d scores wait: %v", len(waits), err)
		}
		clear := waits[0].Meeting // of the second cell
		e := full(t, w, secretary, doubtful)
		e.Points["1"], e.Reasons["1"] = "0.5", "Bắt đầu muộn"
		send(t, w, doubtful, e)

		page := above.Get("/scores")
		first, second := strings.Index(page.Body, doubtful), strings.Index(page.Body, clear)
		if page.Status != http.StatusOK || first < 0 || second < first || !strings.Contains(page.Body, "Bắt đầu muộn") {
			t.Fatalf("%d: %d before %d", page.Status, first, second)
		}
		a := above.Post("/scores/confirm", "meeting", clear, "meeting", doubtful, "meeting", "nobody")
		if a.Status != http.StatusSeeOther {
			t.Fatalf("%d %.300s", a.Status, a.Body)
		}
		for id, want := range map[string]quality.State{clear: quality.Confirmed, doubtful: quality.Submitted} {
			f, err := w.App.Quality.Load(t.Context(), w.App.DB, w.Person("committee").Scope(quality.MayRead), id)
			if err != nil || f.Score.State != want {
				t.Errorf("%s, want %s: %v", f.Score.State, want, err)
			}
		}
		if inbox := w.As("other secretary").Get("/inbox"); !strings.Contains(inbox.Body, "Cấp trên đã xác nhận điểm chất lượng") {
			t.Error("the cell is not told")
		}
		if a := above.Post("/meetings/"+doubtful+"/quality/decide", "queue", "true", "points[1]", "1", "reason", "Theo đồng hồ là đủ"); a.Location() != "/scores" {
			t.Errorf("after the decision to %q: %d", a.Location(), a.Status)
		}
		for _, name := range []string{"clerk", "secretary", "member"} {
			if a := w.As(name).Get("/scores"); a.Status != http.StatusForbidden {
				t.Errorf("%s: %d", name, a.Status)
			}
		}
	})
}

// TestRolled reads the month's table in its ten columns, and what is not one's own is not
// found.
func TestRolled(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	id := w.Meeting(meeting.Closed)
	f, err := w.App.Quality.Load(t.Context(), w.App.DB, w.Person("secretary").Scope(quality.MayRead), id)
	if err != nil {
		t.Fatal(err)
	}
	e := full(t, w, w.Person("secretary"), id)
	e.Points["4.3"] = "7"
	send(t, w, id, e)
	month := f.Meeting.Month.String()
	all, err := sheet.Read([]byte(w.As("committee").Get("/scores/month.xlsx?month=" + month).Body))
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, r := range all[0].Rows {
		if r.Cell(1).Text == f.Organization.Name {
			found = true
			if r.Cell(3).Text != f.Meeting.Day().Slashed() || !strings.Contains(r.Cell(9).Text, "4.3: −3") || !strings.Contains(r.Cell(2).Text, "/") {
				t.Errorf("the line of the cell is %v", r)
			}
		}
	}
	if !found || len(all[0].Rows[3].Cells) > 10 {
		t.Errorf("no line of the cell in %v", all[0].Rows)
	}
	for _, path := range []string{"/scores/month", "/scores/month?month=x", "/scores/month?unit=" + f.Organization.ID, "/scores/list?level=good"} {
		if a := w.As("member").Get(path); a.Status != http.StatusNotFound {
			t.Errorf("%s as a member: %d", path, a.Status)
		}
	}
	if a := w.As("committee").Get("/scores/month.pdf?month=" + month); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, "%PDF") {
		t.Errorf("the paper: %d", a.Status)
	}
	if a := w.As("committee").Get("/scores/list?level=good&year=2026"); a.Status != http.StatusOK {
		t.Errorf("the list: %d", a.Status)
	}
}
