package screen_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/when"
	"chibo/proceedings"
)

// state is the evening as its log tells it.
func (e evening) state() proceedings.State {
	e.t.Helper()
	home, _ := e.Person("secretary").Home()
	s, err := e.App.Rooms.StateOf(e.t.Context(), e.App.DB, home.Root, e.meeting)
	if err != nil {
		e.t.Fatal(err)
	}
	return s
}

// TestAPhoneAsksToSpeak: a hand goes up from a phone, the hall sees who is next, the
// chair calls, the hall and the phone see whose turn it is.
func TestAPhoneAsksToSpeak(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := open(t, w)
		i := e.ahead()
		e.enter(proceedings.KindItemStart, proceedings.ItemStartBody{Item: i.ID})
		me := w.Person("member").Member
		name := e.state().Name(me)
		e.shows("member", "/phones/", []string{"Xin phát biểu"}, "Rút lại")
		e.shows("secretary", "/screens/", nil, "Tiếp theo:", "Đang phát biểu")

		press := func(what string) {
			t.Helper()
			if a := e.As("member").Post("/phones/" + e.meeting + what); a.Status != http.StatusSeeOther || a.Location() != "/phones/"+e.meeting+"#speak" {
				t.Fatalf("%s: %d, sent to %q", what, a.Status, a.Location())
			}
		}
		press("/ask")
		press("/ask")
		e.shows("member", "/phones/", []string{"thứ 1 trong 1 người chờ", "Rút lại"}, "Xin phát biểu<")
		e.shows("deputy", "/phones/", []string{"1 đồng chí đang chờ phát biểu", "Xin phát biểu"}, "Rút lại", name)
		e.shows("secretary", "/screens/", []string{"Tiếp theo: " + name}, "Đang phát biểu")
		press("/withdraw")
		e.shows("member", "/phones/", []string{"Xin phát biểu"}, "Rút lại")
		e.shows("secretary", "/screens/", nil, "Tiếp theo:")

		press("/ask")
		turn := e.enter(proceedings.KindSpeakStart, proceedings.SpeakStartBody{Speaker: me, Item: i.ID, Request: e.state().Queue()[0].Act})
		w.Clock.Set(when.At(w.Clock.Now()).Add(time.Second))
		e.shows("member", "/phones/", []string{"Đến lượt đồng chí phát biểu", "data-since="}, "Rút lại")
		e.shows("deputy", "/phones/", []string{"Đang phát biểu: <b>" + name}, "Đến lượt đồng chí")
		e.shows("secretary", "/screens/", []string{"Đang phát biểu: <b>" + name, "data-since="}, "Tiếp theo:")
		e.enter(proceedings.KindSpeakEnd, proceedings.SpeakEndBody{Turn: turn})
		e.shows("secretary", "/screens/", []string{"Vừa phát biểu: <b>" + name}, "Đang phát biểu")
		e.shows("member", "/phones/", []string{"Xin phát biểu"}, "Đến lượt")
	})
}

// TestWhoMayRaiseAHand: members of the cell for themselves, nobody else.
func TestWhoMayRaiseAHand(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := open(t, w)
		for who, want := range map[string]int{
			"probationary": http.StatusSeeOther, "other member": http.StatusNotFound, "other secretary": http.StatusNotFound,
			"stranger": http.StatusUnauthorized,
		} {
			a := e.As(who).Post("/phones/" + e.meeting + "/ask")
			if a.Status != want {
				t.Errorf("%s: %d, want %d", who, a.Status, want)
			}
		}
		if q := e.state().Queue(); len(q) != 1 || q[0].Speaker != w.Person("probationary").Member {
			t.Errorf("waits: %+v", q)
		}
	})
}

// TestNobodyIsTheQuietOneToTheHall: who has not spoken tonight or this quarter stands
// on no page but that of whoever holds the meeting.
func TestNobodyIsTheQuietOneToTheHall(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := open(t, w)
		e.enter(proceedings.KindItemStart, proceedings.ItemStartBody{Item: e.ahead().ID})
		quiet := regexp.MustCompile(`room-silent|Chưa phát biểu|trong quý \(`)
		if a := e.As("secretary").Get("/rooms/" + e.meeting); !quiet.MatchString(a.Body) {
			t.Error("the chair is told nothing")
		}
		for _, page := range []string{"/rooms/", "/phones/", "/screens/"} {
			for _, who := range []string{"member", "probationary", "committee"} {
				if a := e.As(who).Get(page + e.meeting); quiet.MatchString(a.Body) {
					t.Errorf("%s%s tells %s who is silent", page, "{meeting}", who)
				}
			}
			if a := e.As("member").Get(page + e.meeting + "/device"); strings.Contains(a.Body, `"earlier"`) {
				t.Error("the device of a member holds the quiet of a quarter")
			}
		}
	})
}
