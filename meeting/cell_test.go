package meeting_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/search"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// cell is a made-up cell of a residential group, its people and the pages of
// meetings over it. Its clock stands until a test moves it.
type cell struct {
	*testing.T
	DB    *db.DB
	Pages *meeting.Pages
	now   when.Instant
}

var (
	december  = when.Month{Year: 2026, Month: 12}
	secretary = person("hoa", access.Secretary, "/r/cell/", meeting.Follow, meeting.Read, meeting.Prepare, meeting.Hold, library.Read)
	lan       = person("lan", access.Member, "/r/cell/", meeting.Follow, meeting.Read, library.Read)
	superior  = person("tue", access.Committee, "/r/cell/", meeting.Follow, meeting.Read, library.Read)
	clerk     = person("thu", access.Clerk, "/r/", meeting.Follow, library.Read)
	stranger  = person("nga", access.Secretary, "/r/other/", meeting.Follow, meeting.Read, meeting.Prepare, library.Read)
)

func person(id string, role access.Role, path string, needs ...access.Need) access.Person {
	set := map[access.Need]bool{}
	for _, n := range needs {
		set[n] = true
	}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	return access.Person{Account: "a-" + id, Member: id, Root: "r", Grants: []access.Grant{{
		Role: role, Root: "r", Organization: parts[len(parts)-1], Path: path, Needs: set,
	}}}
}

// people are the roll of the cell; Tuệ and Thu are of the ward.
var people = []struct {
	id, name string
	standing member.Standing
}{
	{"hoa", "Trần Văn Hòa", member.Official},
	{"lan", "Nguyễn Thị Lan", member.Official},
	{"minh", "Lê Thị Minh", member.Official},
	{"thanh", "Đỗ Văn Thành", member.Probationary},
	{"xuan", "Phạm Thị Xuân", member.Exempt},
	{"long", "Bùi Văn Long", member.Away},
}

var offices = map[organization.Post]string{
	organization.Secretary: "hoa", organization.Deputy: "minh", organization.MinuteTaker: "lan", organization.Supervisor: "tue",
}

// each runs f on a cell on both databases, on 28 November 2026 at eight in the
// morning.
func each(t *testing.T, f func(c *cell)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &cell{T: t, DB: d, now: when.On(2026, 11, 28).At(8, 0)}
		clock := func() when.Instant { return c.now }
		log := audit.Log{Now: clock}
		files := &library.Service{DB: d, Now: func() time.Time { return c.now.Time() }, Audit: log, Dir: t.TempDir(), Gates: map[string]library.Gate{"meeting": meeting.Gate}}
		c.Pages = &meeting.Pages{Service: &meeting.Service{DB: d, Now: files.Now, Audit: log, Files: files}}
		c.populate()
		f(c)
	})
}

func (c *cell) populate() {
	c.write(func(tx *db.Tx) error {
		ward := organization.Organization{Root: "r", ID: "r", Path: "/r/", Level: organization.BaseCommittee, Name: "Đảng bộ phường Sông Xanh"}
		own := organization.Organization{
			Root: "r", ID: "cell", Parent: "r", Path: "/r/cell/", Level: organization.Cell, Kind: organization.Residential,
			Name: "Chi bộ Tổ dân phố 17", Superior: "Đảng bộ phường Sông Xanh", Town: "Sông Xanh",
		}
		other := own
		other.ID, other.Path, other.Name = "other", "/r/other/", "Chi bộ Trường Hoa Sen"
		for _, o := range []organization.Organization{ward, own, other} {
			if err := db.Insert(c.Context(), tx, "organization", o); err != nil {
				return err
			}
		}
		for _, p := range people {
			if err := c.enter(tx, p.id, p.name, "cell", p.standing); err != nil {
				return err
			}
		}
		if err := c.enter(tx, "tue", "Phan Đình Tuệ", "other", member.Official); err != nil {
			return err
		}
		for post, id := range offices {
			o := organization.Office{Root: "r", ID: string(post), Organization: "cell", Member: id, Post: post, From: when.On(2025, 1, 1)}
			if err := db.Insert(c.Context(), tx, "organization_office", o); err != nil {
				return err
			}
		}
		s := organization.Defaults("r", "cell")
		s.From, s.Place = when.On(2025, 1, 1), "Nhà văn hóa Tổ 17"
		return db.Insert(c.Context(), tx, "organization_settings", s)
	})
}

func (c *cell) enter(tx *db.Tx, id, name, organizationID string, s member.Standing) error {
	m := member.Member{Root: "r", ID: id, Organization: organizationID, FullName: name, NameKey: search.NameKey(name), Folded: search.Fold(name)}
	if err := db.Insert(c.Context(), tx, "member", m); err != nil {
		return err
	}
	return db.Insert(c.Context(), tx, "member_standing", member.Record{Root: "r", Organization: organizationID, Member: id, From: when.On(2020, 1, 1), Standing: s})
}

func (c *cell) write(f func(tx *db.Tx) error) {
	c.Helper()
	c.must(c.DB.Tx(c.Context(), f))
}

func (c *cell) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// opened opens the ordinary meeting of December: on the third at 19:30.
func (c *cell) opened() meeting.Meeting {
	c.Helper()
	m, err := c.Pages.Convene(c.Context(), secretary, "cell", meeting.Convening{Kind: meeting.Ordinary, Month: december})
	c.must(err)
	return m
}

// noticed opens it and gives notice in time.
func (c *cell) noticed() meeting.Meeting {
	c.Helper()
	m := c.opened()
	c.must(c.Pages.Notify(c.Context(), secretary, m.ID, ""))
	return c.again(m)
}

func (c *cell) again(m meeting.Meeting) meeting.Meeting {
	c.Helper()
	m, err := meeting.Find(c.Context(), c.DB, m.Root, m.ID)
	c.must(err)
	return m
}

// at moves the clock of the cell.
func (c *cell) at(day when.Date, h, m int) { c.now = day.At(h, m) }

func (c *cell) server(who access.Person) http.Handler {
	s := web.Server{
		Routes:   c.Pages.Routes(),
		Identify: func(*http.Request) (access.Person, error) { return who, nil },
		Nav:      func(*web.Ctx) web.Nav { return web.Nav{} },
		Now:      func() when.Instant { return c.now },
		Base:     "https://chibo.example",
		Log:      slog.New(slog.DiscardHandler),
	}
	return s.Handler()
}

func (c *cell) get(who access.Person, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	c.server(who).ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w
}

// post sends fields as pairs of name and value.
func (c *cell) post(who access.Person, path string, fields ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	c.server(who).ServeHTTP(w, r)
	return w
}

// shows checks status, texts that must stand in the answer, and texts after "!"
// that must not.
func (c *cell) shows(name string, w *httptest.ResponseRecorder, status int, texts ...string) {
	c.Helper()
	if w.Code != status {
		c.Errorf("%s: status %d, want %d: %.300s", name, w.Code, status, w.Body)
		return
	}
	for _, text := range texts {
		absent, no := strings.CutPrefix(text, "!")
		if strings.Contains(w.Body.String(), absent) == no {
			c.Errorf("%s: %q", name, text)
		}
	}
}

// home asks for the piece of the home page that meetings hand up.
func (c *cell) home(who access.Person) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s := web.Server{
		Routes: []web.Route{{Pattern: "GET /home", Need: access.SignedIn, Do: func(x *web.Ctx) error {
			n, err := c.Pages.NextPanel(x)
			if err != nil {
				return err
			}
			return x.Fragment(g.Group{n})
		}}},
		Identify: func(*http.Request) (access.Person, error) { return who, nil },
		Nav:      func(*web.Ctx) web.Nav { return web.Nav{} },
		Now:      func() when.Instant { return c.now },
		Log:      slog.New(slog.DiscardHandler),
	}
	s.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/home", nil))
	return w
}
