package member_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// ward is a small made-up ward: two cells under one committee, and a cell of
// another ward.
type ward struct {
	t    *testing.T
	db   *db.DB
	now  time.Time
	s    *member.Service
	root organization.Organization
	// one and two are its cells, far the cell of another ward.
	one, two, far organization.Organization
}

// inWard runs f in a ward on each database.
func inWard(t *testing.T, f func(t *testing.T, w *ward)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := &ward{t: t, db: d, now: time.Date(2026, time.November, 20, 20, 0, 0, 0, when.VietNam)}
		log := audit.Log{Now: func() when.Instant { return when.At(w.now) }}
		w.s = &member.Service{DB: d, Now: func() time.Time { return w.now }, Audit: log}
		units := &organization.Service{DB: d, Now: w.s.Now, Audit: log}
		add := func(parent string, o organization.Organization) organization.Organization {
			t.Helper()
			o, err := units.Add(t.Context(), person("clerk", "/", organization.Manage), parent, o)
			if err != nil {
				t.Fatal(err)
			}
			return o
		}
		w.root = add("", organization.Organization{ID: "ward", Name: "Đảng bộ phường Sông Xanh", Level: organization.Ward})
		w.one = add("ward", organization.Organization{
			ID: "one", Name: "Chi bộ Tổ dân phố 17", Superior: "ĐẢNG BỘ PHƯỜNG SÔNG XANH", Level: organization.Cell, Kind: organization.Residential,
		})
		w.two = add("ward", organization.Organization{ID: "two", Name: "Chi bộ Trường Tiểu học Sông Xanh A", Level: organization.Cell, Kind: organization.School})
		add("", organization.Organization{ID: "other", Name: "Đảng bộ phường Đồi Cao", Level: organization.Ward})
		w.far = add("other", organization.Organization{ID: "far", Name: "Chi bộ Tổ dân phố 2", Level: organization.Cell, Kind: organization.Residential})
		f(t, w)
	})
}

// person returns somebody with needs in the unit of path.
func person(id, path string, needs ...access.Need) access.Person {
	set := map[access.Need]bool{}
	for _, n := range needs {
		set[n] = true
	}
	return access.Person{Account: "account-" + id, Member: id, Name: id, Root: "ward", Grants: []access.Grant{{Organization: strings.Trim(path[strings.LastIndex(strings.TrimSuffix(path, "/"), "/")+1:], "/"), Path: path, Needs: set}}}
}

// secretary keeps the roll of cell one, clerk those of the ward, reader sees the
// roll of cell one without what is private.
func (w *ward) secretary() access.Person {
	return person("secretary", w.one.Path, member.Read, member.Write, member.Private)
}

func (w *ward) clerk() access.Person {
	return person("clerk", w.root.Path, member.Read, member.Write, member.Private)
}

func (w *ward) reader() access.Person { return person("reader", w.one.Path, member.Read) }

// add puts somebody on the roll of cell one.
func (w *ward) add(name string, change func(*member.Member, *member.Record)) member.Member {
	w.t.Helper()
	m := member.Member{FullName: name}
	r := member.Record{Standing: member.Official, From: when.On(2020, time.January, 1)}
	if change != nil {
		change(&m, &r)
	}
	m, err := w.s.Add(w.t.Context(), w.secretary(), w.one.ID, m, r)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// roll says who is on the roll of a cell on day: "Trần Văn Hòa official, …".
func (w *ward) roll(o organization.Organization, day when.Date) string {
	w.t.Helper()
	entries, err := member.Roll(w.t.Context(), w.db, o.Root, o.ID, day)
	if err != nil {
		w.t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.FullName+" "+string(e.Standing))
	}
	return strings.Join(all, ", ")
}

// actions lists what the audit log holds about an object.
func (w *ward) actions(root, object string) string {
	w.t.Helper()
	entries, err := audit.Of(w.t.Context(), w.db, root, object)
	if err != nil {
		w.t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Action)
	}
	return strings.Join(all, " ")
}

// do sends a request of who through the pages and returns the answer.
func (w *ward) do(who access.Person, method, path string, form url.Values) *httptest.ResponseRecorder {
	body := strings.NewReader(form.Encode())
	r := httptest.NewRequest(method, path, body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.serve(who, r)
}

func (w *ward) serve(who access.Person, r *http.Request) *httptest.ResponseRecorder {
	server := &web.Server{
		Routes:   (&member.Pages{Service: w.s}).Routes(),
		Identify: func(*http.Request) (access.Person, error) { return who, nil },
		Nav:      func(*web.Ctx) web.Nav { return web.Nav{} },
		Now:      func() when.Instant { return when.At(w.now) },
		Log:      slog.New(slog.DiscardHandler),
	}
	answer := httptest.NewRecorder()
	server.Handler().ServeHTTP(answer, r.WithContext(w.t.Context()))
	return answer
}
