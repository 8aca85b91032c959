package hall_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"chibo/app/world/worldtest"
	"chibo/hall"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// TestAnyOrder: whatever devices, the secretary and those who set the door do in any
// order, a member has at most one act of a check-in, a device that is not shared one
// person, and the answers are those of a model kept in two maps.
func TestAnyOrder(t *testing.T) {
	t.Parallel()
	e := newEvening(t, worldtest.OnSQLite(t))
	secretary := e.Person("secretary")
	rapid.Check(t, func(r *rapid.T) {
		e.another()
		m := model{evening: e, secretary: secretary, own: map[string]string{}, by: map[string]string{}, here: map[string]bool{}}
		r.Repeat(map[string]func(*rapid.T){
			"check in": func(r *rapid.T) {
				m.checkIn(r, rapid.IntRange(0, 3).Draw(r, "member"), fmt.Sprint("device ", rapid.IntRange(0, 2).Draw(r, "device")), rapid.Bool().Draw(r, "says shared"))
			},
			"mark": func(r *rapid.T) {
				m.mark(r, rapid.IntRange(0, 3).Draw(r, "member"), rapid.SampledFrom([]proceedings.Status{proceedings.Present, proceedings.Excused, proceedings.Unmarked}).Draw(r, "status"))
			},
			"allow": func(r *rapid.T) { m.shared = rapid.Bool().Draw(r, "shared") },
			"":      m.holds,
		})
	})
}

// model is what should come of it.
type model struct {
	*evening
	secretary access.Person
	shared    bool              // shared devices are allowed
	own       map[string]string // member by device that is not shared
	by        map[string]string // device by member who has checked in
	here      map[string]bool   // members whom the roll has in the room
}

// another gives notice of another meeting at the same hour, with a door.
func (e *evening) another() {
	e.t.Helper()
	ctx, secretary := e.t.Context(), e.Person("secretary")
	convening := meeting.Convening{Kind: meeting.Extraordinary, Month: e.meeting.Month, StartsAt: e.meeting.StartsAt}
	m, err := e.App.Meetings.Convene(ctx, secretary, e.meeting.Organization, convening)
	if err != nil {
		e.t.Fatal(err)
	}
	err = e.App.DB.Tx(ctx, func(tx *db.Tx) error {
		return meeting.Advance(ctx, tx, m.Root, m.ID, meeting.Draft, meeting.Noticed, m.StartsAt)
	})
	if err == nil {
		err = e.App.Halls.Open(ctx, secretary, m.ID, hall.Ways{Projector: true})
	}
	if err != nil {
		e.t.Fatal(err)
	}
	e.meeting = m
}

func (m *model) checkIn(r *rapid.T, n int, device string, saysShared bool) {
	who := m.roll[n]
	door := m.door()
	door.Shared = m.shared
	at := hall.Entrance{Door: door, Organization: m.meeting.Organization, StartsAt: m.meeting.StartsAt, State: meeting.Noticed}
	claim := hall.Claim{Member: who.ID, Digits: who.Phone[len(who.Phone)-4:], Device: device, Via: proceedings.Self, Shared: saysShared}
	before, more := len(m.acts()), 0
	err := m.App.Halls.CheckIn(m.t.Context(), access.Person{}, at, claim, "here")
	shared := saysShared && m.shared
	want := ""
	switch used, taken := m.own[device]; {
	case m.by[who.ID] == device:
	case m.by[who.ID] != "":
		want = "hall.problem.already"
	case taken && used != who.ID && !shared:
		want = "hall.problem.device"
	default:
		if !m.here[who.ID] {
			more = 1
		}
		m.by[who.ID], m.here[who.ID] = device, true
		if !shared {
			m.own[device] = who.ID
		}
	}
	if (err == nil) != (want == "") || err != nil && fault.Of(err).Key != want {
		r.Fatalf("%v, want %q", err, want)
	}
	if n := len(m.acts()) - before; n != more {
		r.Fatalf("%d acts more, want %d", n, more)
	}
}

func (m *model) mark(r *rapid.T, n int, s proceedings.Status) {
	raw, err := json.Marshal(proceedings.AttendanceBody{Member: m.roll[n].ID, Status: s})
	if err != nil {
		r.Fatal(err)
	}
	a := proceedings.Act{ID: id.New(), Kind: proceedings.KindAttendance, At: when.At(m.Clock.Now()), Body: raw, Via: proceedings.Self, Seen: int64(len(m.acts()))}
	answers, err := m.App.Rooms.Append(m.t.Context(), m.secretary, m.meeting.ID, []proceedings.Act{a})
	if err != nil || answers[0].Err != nil {
		r.Fatal(err, answers)
	}
	m.here[m.roll[n].ID] = s == proceedings.Present
}

// holds compares the log with the model.
func (m *model) holds(r *rapid.T) {
	own, devices := map[string]int{}, map[string]bool{}
	for n, a := range m.acts() {
		if a.Seq != int64(n+1) {
			r.Fatalf("act %d has number %d", n+1, a.Seq)
		}
		var b proceedings.AttendanceBody
		if err := json.Unmarshal(a.Body, &b); err != nil {
			r.Fatal(err)
		}
		if a.Via != "" {
			own[b.Member]++
		}
		if a.Via != "" && a.By != "" {
			r.Fatal("a device has told the server its way")
		}
	}
	for member, n := range own {
		if n > 1 || m.by[member] == "" {
			r.Fatalf("%d acts of one check-in", n)
		}
	}
	for _, a := range m.state().Roll {
		if a.Here() != m.here[a.ID] {
			r.Fatalf("%s is %s, want here %v", a.Name, a.Status, m.here[a.ID])
		}
	}
	for device := range m.own {
		devices[device] = true
	}
	kept, err := db.One[int](m.t.Context(), m.App.DB, `SELECT count(*) FROM checkin WHERE meeting_id = $1 AND NOT shared`, m.meeting.ID)
	if err != nil || kept != len(devices) {
		r.Fatalf("%d devices have one person, want %d (%v)", kept, len(devices), err)
	}
}
