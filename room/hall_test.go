package room_test

import (
	"encoding/json"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"chibo/account"
	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/room"
	"chibo/task"
)

// hall is a cell with a meeting whose notice is given, for tests of the room on a
// real database. Its clock stands still but for tests that move it.
type hall struct {
	*testing.T
	d       *db.DB
	room    *room.Service
	ballots *ballot.Service
	org     organization.Organization
	meeting meeting.Meeting
	roll    []member.Entry
	start   when.Instant // of the meeting
	clock   atomic.Int64 // when.Instant
}

var start = when.On(2026, 12, 3).At(19, 30)

// halls runs a test on both databases.
func halls(t *testing.T, f func(h *hall)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(newHall(t, d, start)) })
}

func newHall(t *testing.T, d *db.DB, start when.Instant) *hall {
	h := &hall{T: t, d: d, start: start}
	h.clock.Store(int64(start))
	log := audit.Log{Now: func() when.Instant { return when.At(h.now()) }}
	files := &library.Service{DB: d, Now: h.now, Audit: log, Dir: t.TempDir()}
	h.ballots = &ballot.Service{DB: d, Now: h.now, Audit: log, Vault: must(ballot.OpenVault(t.TempDir()))(t)}
	meetings := &meeting.Service{DB: d, Now: h.now, Audit: log, Files: files}
	h.room = &room.Service{
		Meetings: meetings,
		DB:       d, Now: h.now, Audit: log, Library: files, Ballots: h.ballots,
		Accounts: &account.Service{DB: d, Now: h.now, Audit: log, Log: slog.New(slog.DiscardHandler)},
	}
	organizations := &organization.Service{DB: d, Now: h.now, Audit: log}
	members := &member.Service{DB: d, Now: h.now, Audit: log}

	ward := must(organizations.Add(t.Context(), operator(), "", organization.Organization{Level: organization.Ward, Name: "Đảng bộ phường Sông Xanh"}))(t)
	h.org = must(organizations.Add(t.Context(), operator(), ward.ID, organization.Organization{Level: organization.Cell, Kind: organization.Residential, Name: "Chi bộ Tổ dân phố 5"}))(t)
	for n, name := range []string{"Trần Văn Hòa", "Lê Thị Minh", "Vũ Quang Huy", "Phạm Mai"} {
		standing := member.Official
		if n == 3 {
			standing = member.Probationary
		}
		m := member.Member{FullName: name, AdmittedOn: when.On(2010, 5, 19)}
		must(members.Add(t.Context(), operator(), h.org.ID, m, member.Record{Standing: standing, From: start.Date().AddDays(-200)}))(t)
	}
	h.meeting = must(meetings.Convene(t.Context(), operator(), h.org.ID, meeting.Convening{Kind: meeting.Ordinary, Month: start.Date().In(), StartsAt: start}))(t)
	h.advance(meeting.Draft, meeting.Noticed)
	h.roll = must(member.Roll(t.Context(), d, h.org.Root, h.org.ID, start.Date()))(t)
	return h
}

func (h *hall) now() time.Time { return when.Instant(h.clock.Load()).Time() }

func (h *hall) advance(from, to meeting.State) {
	h.Helper()
	err := h.d.Tx(h.Context(), func(tx *db.Tx) error {
		return meeting.Advance(h.Context(), tx, h.org.Root, h.meeting.ID, from, to, h.start)
	})
	if err != nil {
		h.Fatal(err)
	}
}

// operator may do everything everywhere.
func operator() access.Person {
	needs := map[access.Need]bool{}
	for _, n := range []access.Need{
		organization.Manage, organization.Read, organization.Settle, member.Write, member.Read, meeting.Prepare, meeting.Follow, meeting.Read, room.Hold, room.Write, room.Watch, task.MayRead,
	} {
		needs[n] = true
	}
	return access.Person{Account: "operator", Member: "operator", Grants: []access.Grant{{Role: access.Secretary, Path: "/", Needs: needs}}}
}

func must[V any](v V, err error) func(t *testing.T) V {
	return func(t *testing.T) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (h *hall) act(kind proceedings.ActKind, body any) proceedings.Act {
	h.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		h.Fatal(err)
	}
	h.clock.Add(int64(time.Second / time.Millisecond))
	return proceedings.Act{ID: id.New(), Kind: kind, At: when.Instant(h.clock.Load()), Body: raw}
}

// do appends an act that must be taken and returns its id.
func (h *hall) do(kind proceedings.ActKind, body any) string {
	h.Helper()
	a := h.act(kind, body)
	if answer := h.append(a)[0]; answer.Err != nil || answer.Seq == 0 {
		h.Fatalf("%s %s: %+v", kind, a.Body, answer)
	}
	return a.ID
}

func (h *hall) append(acts ...proceedings.Act) []room.Answer {
	h.Helper()
	return must(h.room.Append(h.Context(), operator(), h.meeting.ID, acts))(h.T)
}

func (h *hall) state() proceedings.State {
	h.Helper()
	return must(h.room.StateOf(h.Context(), h.d, h.org.Root, h.meeting.ID))(h.T)
}

func (h *hall) log() []proceedings.Act {
	h.Helper()
	return must(h.room.Log(h.Context(), h.d, h.org.Root, h.meeting.ID, 0))(h.T)
}

// gapless fails unless the log is numbered from 1 without gaps or repeats.
func (h *hall) gapless(want int) {
	h.Helper()
	acts := h.log()
	if len(acts) != want {
		h.Errorf("%d acts, want %d", len(acts), want)
	}
	for n, a := range acts {
		if a.Seq != int64(n+1) {
			h.Fatalf("act %d has number %d", n+1, a.Seq)
		}
	}
}

func (h *hall) present(n int) proceedings.Act {
	return h.act(proceedings.KindAttendance, proceedings.AttendanceBody{Member: h.roll[n%len(h.roll)].ID, Status: proceedings.Present})
}
