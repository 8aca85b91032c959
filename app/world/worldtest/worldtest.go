// Package worldtest puts a small made-up ward behind the whole program, for the
// tests of the features: who asks, what they get, and what must be absent from it.
package worldtest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"chibo/app"
	"chibo/app/world"
	"chibo/helper"
	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
	"chibo/reception"
)

// World is a small made-up ward behind the whole program, for the tests of the
// features: two cells of twelve, a committee, somebody of each role who can sign
// in, and in the first cell a meeting in each state.
type World struct {
	world.Facts
	App   *app.App
	Clock *world.Clock
	Close func() error // stops the program, once; at the end of the test at the latest

	t        testing.TB
	log      *journal
	handler  http.Handler
	visitors sync.Map // *Visitor by name: a test may press from several hands at once
}

// Now is when a World stands still: a Tuesday morning, two days before the meeting
// of December.
var Now = when.Date{Year: 2026, Month: time.December, Day: 1}.At(9, 0)

// Each runs f in a world of its own on SQLite and in one on PostgreSQL, as
// parallel subtests "sqlite" and "postgres".
func Each(t *testing.T, f func(t *testing.T, w *World)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, OnSQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, OnPostgres(t))
	})
}

// OnSQLite returns a world on SQLite, for a test that has nothing to learn from the
// other database.
func OnSQLite(t testing.TB) *World {
	t.Helper()
	return open(t, onSQLite, onSQLite.database.SQLite(t))
}

// OnPostgres returns a world on PostgreSQL, for a test of what only several programs do.
func OnPostgres(t testing.TB) *World {
	t.Helper()
	return open(t, onPostgres, onPostgres.database.Postgres(t))
}

// Twins returns a world on SQLite and one on PostgreSQL that begin with the very same rows and
// files, for a test that has them do the same.
func Twins(t testing.TB) (lite, postgres *World) {
	t.Helper()
	return OnSQLite(t), open(t, onSQLite, twin.Postgres(t))
}

// Logged returns all that the program has logged, a line of JSON each.
func (w *World) Logged() string {
	w.log.mu.Lock()
	defer w.log.mu.Unlock()
	return w.log.text.String()
}

// Meeting returns the id of the first cell's meeting in the given state.
func (w *World) Meeting(s meeting.State) string {
	w.t.Helper()
	for _, m := range w.Meetings {
		if m.State == s {
			return m.ID
		}
	}
	w.t.Fatalf("no meeting is %s", s)
	return ""
}

// Account returns the account that a name of As stands for.
func (w *World) Account(name string) world.Account {
	w.t.Helper()
	role, other := strings.CutPrefix(name, "other ")
	for _, a := range w.Accounts {
		at := a.Organization == w.Meetings[0].Organization || a.Organization == w.ward()
		if a.Role == access.Role(role) && at != other {
			return a
		}
	}
	w.t.Fatalf("nobody is %q", name)
	return world.Account{}
}

// ward returns the id of the ward.
func (w *World) ward() string { return w.Accounts[0].Organization }

// Person returns who an account or a helper is to the program now, with the grants of
// the day.
func (w *World) Person(name string) access.Person {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), http.MethodGet, "/", nil)
	r.Header.Set("Cookie", w.As(name).cookie)
	identify := w.App.Accounts.Identify
	if strings.HasPrefix(name, helping) {
		identify = w.App.Helpers.Identify
	}
	p, err := identify(r)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// As returns somebody who uses the program: the person of a role in the first cell
// or the ward ("secretary", "member", "clerk" …), in the second cell ("other
// secretary", "other member"), "stranger", who has not signed in, or somebody without an
// account who was let into the open meeting of the first cell ("helper roll", "helper
// writing") or to the desks of the ward's newest conference ("helper desk").
func (w *World) As(name string) *Visitor {
	w.t.Helper()
	if v, ok := w.visitors.Load(name); ok {
		return v.(*Visitor)
	}
	v := &Visitor{w: w}
	if duty, ok := strings.CutPrefix(name, helping); ok {
		code := ""
		if duty == "desk" {
			code = w.deskCode()
		} else {
			code = w.roomCode(proceedings.Duty(duty))
		}
		w.letIn(v, code)
	} else if name != "stranger" {
		a := w.Account(name)
		answer := v.Post("/sign-in", "name", a.Name, "password", a.Password)
		if answer.Status != http.StatusSeeOther {
			w.t.Fatalf("%s cannot sign in: %d %s", name, answer.Status, answer.Body)
		}
		v.keep(answer.Header)
	}
	known, _ := w.visitors.LoadOrStore(name, v)
	return known.(*Visitor)
}

// helping begins the names of helpers.
const helping = "helper "

// roomCode makes the secretary invite a helper into the open meeting.
func (w *World) roomCode(duty proceedings.Duty) string {
	w.t.Helper()
	h, err := w.App.Helpers.Invite(w.t.Context(), w.Person("secretary"), w.Meeting(meeting.Open), helper.Invitation{Duty: duty, Name: "Người được mời"})
	if err != nil {
		w.t.Fatal(err)
	}
	return h.Code
}

// deskCode makes the office invite a helper to the desks of its newest conference.
func (w *World) deskCode() string {
	w.t.Helper()
	all, err := w.App.Conferences.List(w.t.Context(), w.Person("clerk"), false)
	if err != nil || len(all) == 0 {
		w.t.Fatalf("the conferences of the office: %d, %v", len(all), err)
	}
	h, err := w.App.Receptions.Invite(w.t.Context(), w.Person("clerk"), all[0].ID, reception.Invitation{Name: "Người trực bàn", Desk: "Bàn 4"})
	if err != nil {
		w.t.Fatal(err)
	}
	return h.Code
}

// letIn makes a helper take the seat of a code.
func (w *World) letIn(v *Visitor, code string) {
	w.t.Helper()
	answer := v.Post("/may-2", "code", code)
	if answer.Status != http.StatusSeeOther {
		w.t.Fatalf("the helper is not let in: %d %s", answer.Status, answer.Body)
	}
	v.keep(answer.Header)
}

// Visitor is somebody who uses the program by its pages.
type Visitor struct {
	w      *World
	cookie string
}

// Answer is what a visitor gets.
type Answer struct {
	Status int
	Body   string
	Header http.Header
}

// Location returns where the answer leads on to.
func (a Answer) Location() string { return a.Header.Get("Location") }

// keep takes the cookies of an answer along.
func (v *Visitor) keep(h http.Header) {
	var pairs []string
	for _, c := range (&http.Response{Header: h}).Cookies() {
		if c.MaxAge >= 0 && c.Value != "" {
			pairs = append(pairs, c.Name+"="+c.Value)
		}
	}
	v.cookie = strings.Join(pairs, "; ")
}

// Get asks for a page.
func (v *Visitor) Get(path string) Answer { return v.Do(v.request(http.MethodGet, path, "", "")) }

// Post sends a form; fields are pairs of name and value.
func (v *Visitor) Post(path string, fields ...string) Answer {
	return v.Do(v.request(http.MethodPost, path, "application/x-www-form-urlencoded", values(fields).Encode()))
}

// Sends sends a form that must be taken, and returns where the answer leads on to.
func (v *Visitor) Sends(path string, fields ...string) string {
	v.w.t.Helper()
	a := v.Post(path, fields...)
	if a.Status != http.StatusSeeOther {
		v.w.t.Fatalf("POST %s: %d\n%s", path, a.Status, a.Body)
	}
	return a.Location()
}

// Refused sends a form that must be answered with this status.
func (v *Visitor) Refused(status int, path string, fields ...string) {
	v.w.t.Helper()
	if a := v.Post(path, fields...); a.Status != status {
		v.w.t.Errorf("POST %s: %d, want %d", path, a.Status, status)
	}
}

// Reads returns a page that the visitor must see, with these texts on it.
func (v *Visitor) Reads(path string, texts ...string) string {
	v.w.t.Helper()
	a := v.Get(path)
	if a.Status != http.StatusOK {
		v.w.t.Fatalf("GET %s: %d", path, a.Status)
	}
	for _, text := range texts {
		if !strings.Contains(a.Body, text) {
			v.w.t.Errorf("GET %s: %q is missing", path, text)
		}
	}
	return a.Body
}

// PostJSON sends a body as programs do.
func (v *Visitor) PostJSON(path, body string) Answer {
	return v.Do(v.request(http.MethodPost, path, "application/json", body))
}

func (v *Visitor) request(method, path, kind, body string) *http.Request {
	r := httptest.NewRequestWithContext(context.WithoutCancel(v.w.t.Context()), method, path, strings.NewReader(body))
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

// Do sends a request as this visitor, from a page of the program.
func (v *Visitor) Do(r *http.Request) Answer {
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if v.cookie != "" {
		r.Header.Set("Cookie", v.cookie)
	}
	w := httptest.NewRecorder()
	v.w.handler.ServeHTTP(w, r)
	return Answer{w.Code, w.Body.String(), w.Header()}
}
