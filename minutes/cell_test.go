package minutes

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chibo/account"
	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/id"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/room"
)

// cell is a made-up cell with a meeting that has been held and closed, behind the
// pages of minutes, on a real database.
type cell struct {
	*testing.T
	*Service
	d       *db.DB
	org     organization.Organization
	meeting meeting.Meeting
	roll    []member.Entry
	clock   atomic.Int64 // when.Instant
	who     access.Person
	web     http.Handler
}

const secret = "con đường làng rợp bóng tre"

// cells runs a test on both databases.
func cells(t *testing.T, f func(c *cell)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(newCell(t, d, meeting.Ordinary)) })
}

func (c *cell) time() time.Time { return when.Instant(c.clock.Load()).Time() }

// newCell makes a cell with a meeting of a kind, of which notice is given.
func newCell(t *testing.T, d *db.DB, kind meeting.Kind) *cell {
	c := &cell{T: t, d: d}
	c.clock.Store(int64(began))
	log := audit.Log{Now: func() when.Instant { return when.At(c.time()) }}
	files := &library.Service{DB: d, Now: c.time, Audit: log, Dir: t.TempDir()}
	meetings := &meeting.Service{DB: d, Now: c.time, Audit: log, Files: files}
	c.Service = &Service{
		DB: d, Now: c.time, Audit: log, Base: "https://chibo.example",
		Room:     &room.Service{DB: d, Now: c.time, Audit: log, Library: files, Meetings: meetings},
		Accounts: &account.Service{DB: d, Now: c.time, Audit: log, Log: slog.New(slog.DiscardHandler)},
	}
	c.people()
	m, err := meetings.Convene(t.Context(), c.who, c.org.ID, meeting.Convening{Kind: kind, Month: began.Date().In(), StartsAt: began})
	c.fine(err)
	c.meeting = m
	c.fine(d.Tx(t.Context(), func(tx *db.Tx) error {
		return meeting.Advance(t.Context(), tx, c.org.Root, m.ID, meeting.Draft, meeting.Noticed, began)
	}))
	pages := Pages{Service: c.Service}
	server := &web.Server{
		Routes: pages.Routes(), Now: func() when.Instant { return when.At(c.time()) }, Log: slog.New(slog.DiscardHandler), Nav: func(*web.Ctx) web.Nav { return web.Nav{} },
		Identify: func(r *http.Request) (access.Person, error) {
			if r.Header.Get("Stranger") != "" {
				return access.Person{}, nil
			}
			return c.who, nil
		},
	}
	c.web = server.Handler()
	return c
}

// people makes the organisation and four members with passwords.
func (c *cell) people() {
	needs := map[access.Need]bool{}
	for _, n := range []access.Need{
		organization.Manage, organization.Read, member.Write, member.Read, meeting.Prepare, meeting.Follow, meeting.Read, room.Hold, room.Write, room.Watch, MayRead, MayWrite,
		document.MayRead, document.MayNumber,
	} {
		needs[n] = true
	}
	c.who = access.Person{Account: "operator", Grants: []access.Grant{{Role: access.Secretary, Path: "/", Needs: needs}}}
	ctx := c.Context()
	organizations := &organization.Service{DB: c.d, Now: c.time, Audit: c.Audit}
	members := &member.Service{DB: c.d, Now: c.time, Audit: c.Audit}
	ward, err := organizations.Add(ctx, c.who, "", organization.Organization{Level: organization.Ward, Name: "Đảng bộ phường Sông Xanh"})
	c.fine(err)
	c.org, err = organizations.Add(ctx, c.who, ward.ID, organization.Organization{Level: organization.Cell, Kind: organization.Residential, Name: "Chi bộ Tổ dân phố 5", Town: "Sông Xanh"})
	c.fine(err)
	hash, err := account.Hash(ctx, secret)
	c.fine(err)
	for _, name := range []string{"Trần Văn Hòa", "Lê Thị Minh", "Vũ Quang Huy", "Phạm Mai"} {
		m, err := members.Add(ctx, c.who, c.org.ID, member.Member{FullName: name, AdmittedOn: when.On(2010, 5, 19)}, member.Record{Standing: member.Official, From: when.On(2026, 1, 1)})
		c.fine(err)
		c.fine(c.d.Tx(ctx, func(tx *db.Tx) error {
			_, err := account.Enroll(ctx, tx, c.org.Root, m.ID, name, hash, when.At(c.time()))
			return err
		}))
	}
	c.roll, err = member.Roll(ctx, c.d, c.org.Root, c.org.ID, began.Date())
	c.fine(err)
	c.who.Member, c.who.Root = c.id("Trần Văn Hòa"), c.org.Root
	c.who.Grants[0].Organization = c.org.ID
}

func (c *cell) id(name string) string {
	for _, e := range c.roll {
		if e.FullName == name {
			return e.ID
		}
	}
	c.Fatalf("nobody is called %s", name)
	return ""
}

func (c *cell) fine(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// do appends an act that must be taken and returns its id.
func (c *cell) do(kind proceedings.ActKind, body any) string {
	c.Helper()
	act, err := c.try(kind, body)
	c.fine(err)
	return act
}

// try appends an act and returns its id, and why it was refused.
func (c *cell) try(kind proceedings.ActKind, body any) (string, error) {
	c.Helper()
	raw, err := json.Marshal(body)
	c.fine(err)
	c.clock.Add(60_000)
	a := proceedings.Act{ID: id.New(), Kind: kind, At: when.Instant(c.clock.Load()), Body: raw}
	answers, err := c.Room.Append(c.Context(), c.who, c.meeting.ID, []proceedings.Act{a})
	c.fine(err)
	return a.ID, answers[0].Err
}

// hold holds the meeting up to its closing; a resolution is passed.
func (c *cell) hold() {
	c.Helper()
	for _, e := range c.roll {
		c.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: e.ID, Status: proceedings.Present})
	}
	c.do(proceedings.KindOpen, proceedings.OpenBody{Chair: c.id("Trần Văn Hòa"), MinuteTaker: c.id("Lê Thị Minh")})
	o := c.do(proceedings.KindOpinion, proceedings.OpinionBody{Speaker: c.id("Vũ Quang Huy"), Stance: proceedings.Differ, Text: "Chỉ tiêu phân loại rác là cao"})
	c.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: o, Fate: proceedings.Explained, Text: "các hộ đã có thùng"})
	c.do(proceedings.KindTask, proceedings.TaskBody{Title: "Tuyên truyền ngõ 45", Owners: []string{c.id("Phạm Mai")}, Due: when.On(2026, 12, 28)})
	c.do(proceedings.KindResolution, proceedings.ResolutionBody{Text: draft})
	v := c.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua nghị quyết tháng 12"})
	c.do(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: v, For: 4})
	c.do(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v})
	c.do(proceedings.KindClose, proceedings.CloseBody{})
}

func (c *cell) base() string { return "/meetings/" + c.meeting.ID + "/minutes" }

// sealed holds the meeting and seals its minutes.
func (c *cell) sealed() Seal {
	c.Helper()
	c.hold()
	c.seals()
	seals, err := Seals(c.Context(), c.d, c.org.Root, c.meeting.ID)
	c.fine(err)
	if len(seals) != 1 {
		c.Fatalf("%d seals", len(seals))
	}
	return seals[0]
}

// get asks for a page and wants a status; it returns the body.
func (c *cell) get(path string, status int) string {
	c.Helper()
	return c.send(httptest.NewRequestWithContext(c.Context(), http.MethodGet, path, nil), status)
}

func (c *cell) post(path string, form url.Values, status int) string {
	c.Helper()
	r := httptest.NewRequestWithContext(c.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.send(r, status)
}

// drop posts a file as a stranger, who has not signed in.
func (c *cell) drop(path string, data []byte, status int) string {
	c.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "ban.pdf")
	c.fine(err)
	_, err = part.Write(data)
	c.fine(err)
	c.fine(w.Close())
	r := httptest.NewRequestWithContext(c.Context(), http.MethodPost, path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Stranger", "yes")
	return c.send(r, status)
}

func (c *cell) stranger(path string, status int) string {
	c.Helper()
	r := httptest.NewRequestWithContext(c.Context(), http.MethodGet, path, nil)
	r.Header.Set("Stranger", "yes")
	return c.send(r, status)
}

func (c *cell) send(r *http.Request, status int) string {
	c.Helper()
	w := httptest.NewRecorder()
	c.web.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Body)
	c.fine(err)
	if w.Code != status {
		c.Fatalf("%s %s: %d, want %d\n%s", r.Method, r.URL, w.Code, status, body)
	}
	return string(body)
}

// has fails unless every text stands in the page.
func (c *cell) has(page string, texts ...string) {
	c.Helper()
	for _, t := range texts {
		if !strings.Contains(page, t) {
			c.Errorf("the page lacks %q\n%s", t, page)
		}
	}
}

func (c *cell) lacks(page string, texts ...string) {
	c.Helper()
	for _, t := range texts {
		if strings.Contains(page, t) {
			c.Errorf("the page holds %q", t)
		}
	}
}
