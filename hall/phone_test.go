package hall_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/hall"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/proceedings"
)

// evening is the noticed meeting of the world's first cell, half an hour before it
// begins.
type evening struct {
	*worldtest.World
	t       *testing.T
	meeting meeting.Meeting
	roll    []member.Entry
}

func newEvening(t *testing.T, w *worldtest.World) *evening {
	t.Helper()
	e := &evening{World: w, t: t}
	ctx := t.Context()
	id := w.Meeting(meeting.Noticed)
	root, err := db.One[string](ctx, w.App.DB, `SELECT root_id FROM meeting WHERE id = $1`, id)
	if err != nil {
		t.Fatal(err)
	}
	if e.meeting, err = meeting.Find(ctx, w.App.DB, root, id); err != nil {
		t.Fatal(err)
	}
	if e.roll, err = member.Roll(ctx, w.App.DB, root, e.meeting.Organization, e.meeting.Day()); err != nil {
		t.Fatal(err)
	}
	e.at(-30 * time.Minute)
	return e
}

// at sets the clock, measured from the start of the meeting.
func (e *evening) at(d time.Duration) { e.Clock.Set(e.meeting.StartsAt.Add(d)) }

// open opens the door with ways such as "projector".
func (e *evening) open(ways ...string) {
	e.t.Helper()
	var fields []string
	for _, w := range ways {
		fields = append(fields, w, "on")
	}
	if a := e.As("secretary").Post("/meetings/"+e.meeting.ID+"/door", fields...); a.Status != http.StatusSeeOther {
		e.t.Fatalf("the door: %d %s", a.Status, a.Body)
	}
}

// door is the door as it is kept: the tests read its codes from there.
func (e *evening) door() hall.Door {
	e.t.Helper()
	d, err := db.One[hall.Door](e.t.Context(), e.App.DB, `SELECT * FROM door WHERE meeting_id = $1`, e.meeting.ID)
	if err != nil {
		e.t.Fatal(err)
	}
	return d
}

func (e *evening) code() hall.Code { return e.door().CodeAt(proceedings.Self, when.At(e.Clock.Now())) }

// enter makes the secretary enter an act.
func (e *evening) enter(kind proceedings.ActKind, body string) {
	e.t.Helper()
	a := e.As("secretary").Post("/rooms/"+e.meeting.ID+"/form/"+string(kind), strings.Split(body, " ")...)
	if a.Status != http.StatusSeeOther {
		e.t.Fatalf("%s: %d %s", kind, a.Status, a.Body)
	}
}

func (e *evening) state() proceedings.State {
	e.t.Helper()
	s, err := e.App.Rooms.StateOf(e.t.Context(), e.App.DB, e.meeting.Root, e.meeting.ID)
	if err != nil {
		e.t.Fatal(err)
	}
	return s
}

// mark is where the room has a member.
func (e *evening) mark(id string) proceedings.Attendee {
	for _, a := range e.state().Roll {
		if a.ID == id {
			return a
		}
	}
	e.t.Fatalf("%s is not on the roll", id)
	return proceedings.Attendee{}
}

// phone is the browser of somebody in the room.
type phone struct {
	*worldtest.Browser
	e *evening
}

func (e *evening) phone() *phone { return &phone{e.Browser(), e} }

// scanned has scanned the code that is shown now.
func (p *phone) scanned() *phone {
	p.e.t.Helper()
	p.Get("/vao/"+p.e.code().Token).Is(http.StatusOK, "/vao/ten")
	return p
}

// check confirms a name with the last digits of the card.
func (p *phone) check(m member.Entry, fields ...string) worldtest.Page {
	p.e.t.Helper()
	return p.Post("/vao/ten/"+m.ID, append([]string{"digits", m.CardNumber[len(m.CardNumber)-4:]}, fields...)...)
}
