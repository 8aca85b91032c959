package account

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/id"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// pass is a password that nobody's facts make weak.
const pass = "thuyền nhỏ qua cầu tre"

// hashOfPass is slow by design, so it is made once for all houses.
var hashOfPass = sync.OnceValues(func() (string, error) { return Hash(context.Background(), pass) })

// house is a small ward with two cells behind the real handler, and a clock that
// only moves when told.
type house struct {
	*Service
	t       *testing.T
	handler http.Handler
	clock   time.Time

	ward, cell, school organization.Organization
	// hoa is secretary of the cell, minh its minute-taker, lan a member; binh a member
	// of the school's cell; kim of the cell and of the ward's committee.
	hoa, minh, lan, binh, kim member.Member
	clerk, technician         Account
}

var rights = access.Rights{access.Secretary: {Manage}, access.Clerk: {Manage}, access.Administrator: {Manage}}

// each runs a scenario on both databases.
func each(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := &house{t: t, clock: time.Date(2026, 12, 3, 12, 30, 0, 0, time.UTC)}
		quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
		h.Service = &Service{DB: d, Now: func() time.Time { return h.clock }, Log: quiet, Rights: rights}
		h.Audit = audit.Log{Now: h.now}
		s := &web.Server{
			Routes: append((&Pages{Service: h.Service}).Routes(), web.Route{
				Pattern: "GET /{$}", Need: access.SignedIn, Do: func(c *web.Ctx) error { return c.JSON(c.Who.Name) },
			}),
			Identify: h.Identify, Nav: func(*web.Ctx) web.Nav { return web.Nav{} }, Now: h.now, Base: "https://chibo.example", Log: quiet,
		}
		h.handler = s.Handler()
		h.build()
		f(t, h)
	})
}

func (h *house) build() {
	place := func(parent organization.Organization, level organization.Level, kind organization.Kind, name string) organization.Organization {
		return organization.Place(organization.Organization{ID: id.New(), Level: level, Kind: kind, Name: name}, parent)
	}
	h.ward = place(organization.Organization{}, organization.Ward, "", "Đảng bộ phường Sông Xanh")
	h.cell = place(h.ward, organization.Cell, organization.Residential, "Chi bộ Tổ dân phố 17")
	h.school = place(h.ward, organization.Cell, organization.School, "Chi bộ Trường Tiểu học")
	hashed, err := hashOfPass()
	h.must(err)
	h.write(func(ctx context.Context, tx *db.Tx) error {
		for _, o := range []organization.Organization{h.ward, h.cell, h.school} {
			if err := db.Insert(ctx, tx, "organization", o); err != nil {
				return err
			}
		}
		return nil
	})
	h.hoa = h.person(h.cell, "Trần Văn Hòa", hashed)
	h.minh = h.person(h.cell, "Lê Thị Minh", hashed)
	h.lan = h.person(h.cell, "Nguyễn Thị Lan", "")
	h.binh = h.person(h.school, "Phạm Văn Bình", hashed)
	h.kim = h.person(h.cell, "Vũ Thị Kim", hashed)
	h.appoint(h.cell, h.hoa, organization.Secretary)
	h.appoint(h.cell, h.minh, organization.MinuteTaker)
	h.appoint(h.ward, h.kim, organization.PartyCommittee)
	h.clerk = h.enroll("Đỗ Văn Thư", hashed, access.Clerk)
	h.technician = h.enroll("Ngô Thị Máy", hashed, access.Administrator)
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) write(f func(ctx context.Context, tx *db.Tx) error) {
	h.t.Helper()
	h.must(h.DB.Tx(h.t.Context(), func(tx *db.Tx) error { return f(h.t.Context(), tx) }))
}

// person puts somebody on a roll, with an account where there is a password.
func (h *house) person(o organization.Organization, name, hashed string) member.Member {
	h.t.Helper()
	m := member.Member{Root: o.Root, ID: id.New(), Organization: o.ID, FullName: name, BornOn: when.On(1958, 3, 7)}.Filed()
	h.write(func(ctx context.Context, tx *db.Tx) error {
		if err := db.Insert(ctx, tx, "member", m); err != nil {
			return err
		}
		if hashed == "" {
			return nil
		}
		_, err := Enroll(ctx, tx, o.Root, m.ID, name, hashed, h.now())
		return err
	})
	h.stand(o, m, member.Official, when.On(2020, 1, 1))
	return m
}

func (h *house) stand(o organization.Organization, m member.Member, s member.Standing, from when.Date) {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) error {
		return db.Insert(ctx, tx, "member_standing", member.Record{Root: o.Root, Organization: o.ID, Member: m.ID, From: from, Standing: s})
	})
}

func (h *house) appoint(o organization.Organization, m member.Member, p organization.Post) {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) error {
		return db.Insert(ctx, tx, "organization_office", organization.Office{
			Root: o.Root, ID: id.New(), Organization: o.ID, Member: m.ID, Post: p, From: when.On(2025, 1, 1),
		})
	})
}

// enroll makes an account on no roll with a role given by hand in the ward.
func (h *house) enroll(name, hashed string, role access.Role) (a Account) {
	h.t.Helper()
	h.write(func(ctx context.Context, tx *db.Tx) error {
		var err error
		if a, err = Enroll(ctx, tx, h.ward.Root, "", name, hashed, h.now()); err != nil {
			return err
		}
		return insertGiven(ctx, tx, Given{Root: a.Root, ID: id.New(), Account: a.ID, Organization: h.ward.ID, Role: role, GivenAt: h.now()})
	})
	return a
}

// device is a browser with its cookies.
type device struct {
	*house
	cookies map[string]string
	address string
}

func (h *house) device() *device {
	return &device{house: h, cookies: map[string]string{}, address: "203.0.113.7:5000"}
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	t *testing.T
}

func (d *device) send(r *http.Request) answer {
	d.t.Helper()
	r.RemoteAddr = d.address
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range d.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(d.cookies, c.Name)
			continue
		}
		d.cookies[c.Name] = c.Value
	}
	return answer{w, d.t}
}

func (d *device) get(path string) answer { return d.send(httptest.NewRequest("GET", path, nil)) }

// post sends pairs of field and value.
func (d *device) post(path string, pairs ...string) answer {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "Mozilla/5.0 (Linux; Android 13) Chrome/119.0.0.0 Mobile Safari/537.36")
	return d.send(r)
}

// in signs in and fails the test when that does not work.
func (d *device) in(name, password string) *device {
	d.t.Helper()
	d.post("/sign-in", "name", name, "password", password).is(http.StatusSeeOther)
	return d
}

// is fails the test unless the answer has the status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.Code != status {
		a.t.Fatalf("status %d, want %d: %.600s", a.Code, status, a.Body)
	}
	return a
}

// says fails the test unless every text stands in the answer.
func (a answer) says(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.Body.String(), text) {
			a.t.Errorf("lacks %q: %.2000s", text, a.Body)
		}
	}
	return a
}

// hides fails the test when a text stands in the answer.
func (a answer) hides(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.Body.String(), text) {
			a.t.Errorf("shows %q", text)
		}
	}
	return a
}

// find returns the first group of pattern in the answer.
func (a answer) find(pattern string) string {
	a.t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(a.Body.String())
	if m == nil {
		a.t.Fatalf("%s is not in %.2000s", pattern, a.Body)
	}
	return m[1]
}

// signedIn reports whether the device is let into the home page.
func (d *device) signedIn() bool { return d.get("/").Code == http.StatusOK }

// who returns the person that the device stands for.
func (d *device) who() access.Person {
	d.t.Helper()
	r := httptest.NewRequest("GET", "/", nil)
	for name, value := range d.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	p, err := d.Identify(r)
	d.must(err)
	return p
}

// actions lists what the audit log holds, in order.
func (h *house) actions() []string {
	h.t.Helper()
	out, err := db.All[string](h.t.Context(), h.DB, `SELECT action FROM audit WHERE root_id = $1 ORDER BY seq`, h.ward.Root)
	h.must(err)
	return out
}

// emptyAccounts makes the house one that was never entered.
func emptyAccounts(ctx context.Context, tx *db.Tx) error {
	for _, table := range []string{"account_session", "account_code", "account_grant", "account_name", "account"} {
		if _, err := db.Exec(ctx, tx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	return nil
}
