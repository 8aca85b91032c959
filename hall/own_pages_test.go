package hall_test

import (
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"chibo/kit/db"
	"chibo/proceedings"
)

// TestTheDoorIsFound: while a door is open, whoever has signed in and is not in the room
// finds it on the home page, the meeting and the phone, and whoever has not on the page
// of signing in; nobody finds it who is marked, belongs elsewhere or comes too early.
func TestTheDoorIsFound(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		const way = "Nhập mã điểm danh"
		pages := []string{"/", "/meetings/" + e.meeting.ID, "/phones/" + e.meeting.ID}
		shown := func(want bool, when, who string, pages ...string) {
			t.Helper()
			for _, page := range pages {
				if a := e.As(who).Get(page); a.Status != 200 || strings.Contains(a.Body, way) != want {
					e.t.Errorf("%s: %s of %s answers %d, the door stands there: %t, want %t", when, page, who, a.Status, !want, want)
				}
			}
		}
		shown(false, "before the door is there", "member", pages...)
		e.open("projector")
		shown(true, "the door is open", "member", pages...)
		shown(false, "who holds the meeting", "secretary", "/")
		shown(false, "of another cell", "other member", "/")
		e.at(-3 * time.Hour)
		shown(false, "too early", "member", pages...)
		e.at(-30 * time.Minute)
		if a := e.As("secretary").Post("/meetings/" + e.meeting.ID + "/door/shut"); a.Status != 303 {
			e.t.Fatalf("shut: %d", a.Status)
		}
		shown(false, "shut", "member", pages...)
		e.open("projector")
		me := e.Person("member").Member
		for _, m := range e.roll {
			if m.ID == me {
				e.phone().scanned().check(m).Is(200, "/vao/xong")
			}
		}
		shown(false, "in the room", "member", pages...)
		e.phone().Get("/sign-in").Says(`href="/vao"`)
	})
}

// TestAMeetingOfNextMonthIsFound: a meeting may stand for the next month and be held in
// this one; the home page leads to its door and, once it runs, to following it.
func TestAMeetingOfNextMonthIsFound(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *evening) {
		e.meeting.StartsAt = e.meeting.StartsAt.Add(-24 * time.Hour * time.Duration(e.meeting.StartsAt.Date().Day))
		e.at(-30 * time.Minute)
		err := e.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
			_, err := db.Exec(t.Context(), tx, `UPDATE meeting SET starts_at = $2 WHERE id = $1`, e.meeting.ID, e.meeting.StartsAt)
			return err
		})
		if err != nil {
			e.t.Fatal(err)
		}
		e.open("projector")
		if a := e.As("member").Get("/"); !strings.Contains(a.Body, "Nhập mã điểm danh") {
			e.t.Error("the home page does not lead to the door")
		}
		e.enter(proceedings.KindOpen, "place Hội-trường")
		reads := 0
		e.App.DB.Heard = func(string, []any) {
			if strings.Contains(string(debug.Stack()), "chibo/meeting.Around(") {
				reads++
			}
		}
		e.As("member").Get("/")
		if e.App.DB.Heard = nil; reads != 1 {
			e.t.Errorf("the home page reads the meetings of these months %d times", reads)
		}
		if a := e.As("member").Get("/"); !strings.Contains(a.Body, "/phones/"+e.meeting.ID) {
			e.t.Error("the home page does not lead to the meeting that runs")
		}
	})
}
