package organization_test

import (
	"context"
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
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
)

// ward is a made-up ward with a cell, and a neighbour with another.
type ward struct {
	t  *testing.T
	db *db.DB
	s  *organization.Service
	// root and cell are its units, base a base committee under it with school below.
	root, cell, base, school, neighbour organization.Organization
}

var now = time.Date(2026, time.November, 20, 20, 0, 0, 0, when.VietNam)

// inWard runs f in a ward on each database.
func inWard(t *testing.T, f func(t *testing.T, w *ward)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := &ward{t: t, db: d, s: &organization.Service{
			DB: d, Now: func() time.Time { return now }, Audit: audit.Log{Now: func() when.Instant { return when.At(now) }},
		}}
		add := func(parent, id, name string, level organization.Level, kind organization.Kind) organization.Organization {
			t.Helper()
			o, err := w.s.Add(t.Context(), person("/", organization.Manage), parent, organization.Organization{ID: id, Name: name, Level: level, Kind: kind})
			if err != nil {
				t.Fatal(err)
			}
			return o
		}
		w.root = add("", "ward", "Đảng bộ phường Sông Xanh", organization.Ward, "")
		w.cell = add("ward", "cell", "Chi bộ Tổ dân phố 17", organization.Cell, organization.Residential)
		w.base = add("ward", "base", "Đảng bộ Trường Cao đẳng Sông Xanh", organization.BaseCommittee, "")
		w.school = add("base", "school", "Chi bộ 01", organization.Cell, organization.School)
		w.neighbour = add("", "neighbour", "Đảng bộ phường Đồi Cao", organization.Ward, "")
		f(t, w)
	})
}

// person returns somebody with needs in the unit of path.
func person(path string, needs ...access.Need) access.Person {
	set := map[access.Need]bool{}
	for _, n := range needs {
		set[n] = true
	}
	return access.Person{Account: "a", Name: "x", Root: "ward", Grants: []access.Grant{{Path: path, Needs: set}}}
}

func (w *ward) clerk() access.Person {
	return person(w.root.Path, organization.Read, organization.Manage, organization.Settle)
}

func (w *ward) secretary() access.Person {
	return person(w.cell.Path, organization.Read, organization.Settle)
}

func TestTreeInTheDatabase(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		if w.school.Root != "base" || w.cell.Root != "ward" || w.school.Path != "/ward/base/school/" {
			t.Errorf("roots %s, %s, path %s", w.school.Root, w.cell.Root, w.school.Path)
		}
		for who, want := range map[*access.Person]string{
			ptr(w.clerk()): "ward base school cell", ptr(w.secretary()): "cell", ptr(person("/nowhere/", organization.Read)): "",
		} {
			units, err := organization.Under(t.Context(), w.db, who.Scope(organization.Read))
			var ids []string
			for _, o := range units {
				ids = append(ids, o.ID)
			}
			if got := strings.Join(ids, " "); err != nil || got != want {
				t.Errorf("%s: %s, %v, want %s", who.Grants[0].Path, got, err, want)
			}
		}
		_, err := w.s.Add(t.Context(), w.secretary(), "ward", organization.Organization{Name: "x", Level: organization.BaseCommittee})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("a secretary adds a unit: %v", err)
		}
		_, err = w.s.Add(t.Context(), w.clerk(), "neighbour", organization.Organization{Name: "x", Level: organization.BaseCommittee})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("a clerk adds a unit to the neighbour: %v", err)
		}
	})
}

func ptr[T any](v T) *T { return &v }

func TestChangeKeepsThePlace(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		o := w.cell
		o.Name, o.Kind, o.Path, o.Level = "Chi bộ Chợ", organization.Agency, "/elsewhere/", organization.Province
		if err := w.s.Change(t.Context(), w.clerk(), o); err != nil {
			t.Fatal(err)
		}
		got, err := organization.Find(t.Context(), w.db, "ward", "cell")
		if err != nil || got.Name != "Chi bộ Chợ" || got.Kind != organization.Agency || got.Path != w.cell.Path || got.Level != organization.Cell {
			t.Errorf("%+v, %v", got, err)
		}
		if err := w.s.Change(t.Context(), w.secretary(), o); !fault.Is(err, fault.NotFound) {
			t.Errorf("a secretary changes the unit: %v", err)
		}
	})
}

func TestSettingsByDate(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		on := func(day when.Date) organization.Settings {
			t.Helper()
			s, err := organization.SettingsOn(t.Context(), w.db, "ward", "cell", day)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		march := when.On(2026, time.March, 1)
		if s := on(march); s != organization.Defaults("ward", "cell") {
			t.Errorf("before anything is set: %+v", s)
		}
		s := organization.Defaults("", "cell")
		s.From, s.MeetingDay, s.Place = march, 5, "Nhà văn hóa Tổ 17"
		for range 2 { // the second replaces the first of the same day
			s.NoticeDays++
			if err := w.s.Settle(t.Context(), w.secretary(), s); err != nil {
				t.Fatal(err)
			}
		}
		s.From, s.MeetingDay = when.On(2026, time.June, 1), 10
		if err := w.s.Settle(t.Context(), w.secretary(), s); err != nil {
			t.Fatal(err)
		}
		for day, want := range map[when.Date]int{march.AddDays(-1): 3, march: 5, when.On(2026, time.May, 31): 5, when.On(2026, time.June, 1): 10, when.On(2030, time.June, 1): 10} {
			if got := on(day); got.MeetingDay != want || want == 5 && got.NoticeDays != 5 {
				t.Errorf("on %v: %+v, want day %d", day, got, want)
			}
		}
		s.Organization = "school"
		if err := w.s.Settle(t.Context(), w.secretary(), s); !fault.Is(err, fault.NotFound) {
			t.Errorf("a secretary settles another cell: %v", err)
		}
	})
}

func TestAppointAndRelease(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		may, june := when.On(2026, 5, 10), when.On(2026, 6, 10)
		appoint := func(member string, post organization.Post, from when.Date) error {
			_, err := w.s.Appoint(t.Context(), w.clerk(), organization.Office{Organization: "cell", Member: member, Post: post, From: from})
			return err
		}
		held := func(day when.Date) string {
			t.Helper()
			offices, err := organization.OfficesOn(t.Context(), w.db, "ward", "cell", day)
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, o := range offices {
				all = append(all, o.Member+" "+string(o.Post))
			}
			return strings.Join(all, ", ")
		}
		for _, err := range []error{
			appoint("hoa", organization.Secretary, may), appoint("minh", organization.CommitteeMember, may.AddDays(1)),
			appoint("lan", organization.CommitteeMember, may.AddDays(2)), appoint("minh", organization.Secretary, june),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if got := held(june.AddDays(-1)); got != "hoa secretary, minh committee_member, lan committee_member" {
			t.Errorf("before: %s", got)
		}
		if got := held(june); got != "minh committee_member, lan committee_member, minh secretary" {
			t.Errorf("after: %s", got)
		}
		if err := appoint("minh", organization.Secretary, june.AddDays(5)); !fault.Is(err, fault.Conflict) {
			t.Errorf("appointed to an office held: %v", err)
		}
		if err := appoint("lan", organization.Secretary, june); !fault.Is(err, fault.Conflict) {
			t.Errorf("two secretaries from one day: %v", err)
		}
		if err := appoint("lan", organization.Clerk, june); !fault.Is(err, fault.Invalid) {
			t.Errorf("a cell has a clerk: %v", err)
		}
		offices, err := organization.OfficesOf(t.Context(), w.db, "lan", june)
		if err != nil || len(offices) != 1 {
			t.Fatalf("offices of lan: %v, %v", offices, err)
		}
		if err := w.s.Release(t.Context(), w.clerk(), offices[0].ID, may); !fault.Is(err, fault.Invalid) {
			t.Errorf("released before the first day: %v", err)
		}
		if err := w.s.Release(t.Context(), w.secretary(), offices[0].ID, june); !fault.Is(err, fault.NotFound) {
			t.Errorf("a secretary releases: %v", err)
		}
		err = w.s.Release(t.Context(), w.clerk(), offices[0].ID, june)
		if got := held(june.AddDays(1)); err != nil || got != "minh committee_member, minh secretary" {
			t.Errorf("after the release: %s, %v", got, err)
		}
	})
}

func TestTermsFollowEachOther(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		set := func(name string, from when.Date) error {
			return w.s.SetTerm(t.Context(), w.clerk(), organization.Term{Organization: "cell", Name: name, From: from})
		}
		first, second := when.On(2022, time.October, 1), when.On(2025, time.March, 15)
		if err := set("2022 - 2025", first); err != nil {
			t.Fatal(err)
		}
		if err := set("2025 - 2027", second); err != nil {
			t.Fatal(err)
		}
		if err := set("2025 - 2030", second); !fault.Is(err, fault.Conflict) {
			t.Errorf("two terms from one day: %v", err)
		}
		for day, want := range map[when.Date]string{first.AddDays(-1): "", first: "2022 - 2025", second.AddDays(-1): "2022 - 2025", second: "2025 - 2027"} {
			term, found, err := organization.TermOn(t.Context(), w.db, "ward", "cell", day)
			if err != nil || term.Name != want || found != (want != "") {
				t.Errorf("on %v: %+v, %v, %v", day, term, found, err)
			}
		}
	})
}

// do sends a request of who through the pages and returns the answer.
func (w *ward) do(who access.Person, method, path string, form url.Values) *httptest.ResponseRecorder {
	pages := &organization.Pages{
		Service: w.s,
		People: func(context.Context, db.Q, access.Scope, when.Date) ([]organization.Person, error) {
			return []organization.Person{{ID: "hoa", Name: "Trần Văn Hòa", Unit: "Chi bộ Tổ dân phố 17"}}, nil
		},
		Names: func(_ context.Context, _ db.Q, _ string, ids ...string) (map[string]string, error) {
			names := map[string]string{}
			for _, id := range ids {
				names[id] = map[string]string{"hoa": "Trần Văn Hòa", "tue": "Phan Đình Tuệ"}[id]
			}
			return names, nil
		},
	}
	server := &web.Server{
		Routes: pages.Routes(), Identify: func(*http.Request) (access.Person, error) { return who, nil },
		Nav: func(*web.Ctx) web.Nav { return web.Nav{} }, Now: func() when.Instant { return when.At(now) }, Log: slog.New(slog.DiscardHandler),
	}
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	server.Handler().ServeHTTP(answer, r)
	return answer
}

func TestPages(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		if _, err := w.s.Appoint(t.Context(), w.clerk(), organization.Office{Organization: "ward", Member: "tue", Post: organization.PartyCommittee, From: when.On(2025, time.June, 1)}); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name    string
			who     access.Person
			path    string
			code    int
			present string
			absent  string
		}{
			{"the tree of a clerk", w.clerk(), "/organizations", 200, "Đảng bộ Trường Cao đẳng Sông Xanh", "Đồi Cao"},
			{"the tree of a secretary", w.secretary(), "/organizations", 200, "Chi bộ Tổ dân phố 17", "Cao đẳng"},
			{"the cell", w.clerk(), "/organizations/cell", 200, "Theo mặc định", ""},
			{"a superior may follow the cell", w.clerk(), "/organizations/cell", 200, "Phan Đình Tuệ · Đảng bộ phường Sông Xanh", ""},
			{"a secretary does not appoint", w.secretary(), "/organizations/cell", 200, "Thay đổi nền nếp", "Phân công</summary>"},
			{"another cell", w.secretary(), "/organizations/school", 404, "", "Chi bộ 01"},
			{"the neighbour", w.clerk(), "/organizations/neighbour", 404, "", "Đồi Cao"},
			{"a new unit", w.clerk(), "/organizations/new?parent=ward", 200, "ĐẢNG BỘ PHƯỜNG SÔNG XANH", ""},
			{"a new unit of the neighbour", w.clerk(), "/organizations/new?parent=neighbour", 404, "", "Đồi Cao"},
			{"change the cell", w.clerk(), "/organizations/cell/edit", 200, "Kết thúc hoạt động", ""},
			{"a secretary changes nothing", w.secretary(), "/organizations/cell/edit", 403, "", "Kết thúc hoạt động"},
		} {
			answer := w.do(tt.who, "GET", tt.path, nil)
			page := answer.Body.String()
			if answer.Code != tt.code || !strings.Contains(page, tt.present) || tt.absent != "" && strings.Contains(page, tt.absent) {
				t.Errorf("%s: %d\n%s", tt.name, answer.Code, page)
			}
		}
	})
}

func TestForms(t *testing.T) {
	t.Parallel()
	inWard(t, func(t *testing.T, w *ward) {
		for _, tt := range []struct {
			name, path string
			who        access.Person
			form       url.Values
			code       int
			present    string
		}{
			{"a unit without a name", "/organizations", w.clerk(), url.Values{"parent": {"ward"}, "level": {"cell"}, "kind": {"school"}, "town": {"Sông Xanh"}}, 422, "Hãy ghi tên"},
			{"a unit", "/organizations", w.clerk(), url.Values{"parent": {"ward"}, "level": {"base_committee"}, "kind": {"school"}, "name": {"Đảng bộ Công an phường"}}, 303, ""},
			{"another name", "/organizations/cell", w.clerk(), url.Values{"name": {"Chi bộ Chợ"}, "kind": {"agency"}}, 303, ""},
			{"a day that is none", "/organizations/cell/settings", w.secretary(), url.Values{"from": {"31/02/2026"}, "meeting_day": {"5"}}, 422, "ngày/tháng/năm"},
			{"a day of the month that is none", "/organizations/cell/settings", w.secretary(), url.Values{"from": {"2026-01-01"}, "meeting_day": {"32"}, "day_rule": {"keep"}, "start": {"19:30"}, "min_minutes": {"90"}}, 422, "Hãy ghi ngày từ 1 đến 31"},
			{"settings", "/organizations/cell/settings", w.secretary(), url.Values{"from": {"2026-01-01"}, "meeting_day": {"5"}, "day_rule": {"keep"}, "start": {"19:30"}, "min_minutes": {"90"}, "notice_days": {"0"}}, 303, ""},
			{"secret votes by phone that rest on nothing", "/organizations/cell/settings", w.secretary(), url.Values{"from": {"2026-01-01"}, "meeting_day": {"5"}, "day_rule": {"keep"}, "start": {"19:30"}, "min_minutes": {"90"}, "sealed_votes": {"true"}}, 422, "Hãy ghi căn cứ"},
			{"secret votes by phone", "/organizations/cell/settings", w.secretary(), url.Values{"from": {"2026-01-01"}, "meeting_day": {"5"}, "day_rule": {"keep"}, "start": {"19:30"}, "min_minutes": {"90"}, "sealed_votes": {"true"}, "sealed_votes_source": {"Quy chế"}}, 303, ""},
			{"an office for nobody", "/organizations/cell/offices", w.clerk(), url.Values{"post": {"secretary"}, "from": {"2026-01-01"}, "member": {"stranger"}}, 422, "Hãy chọn một đồng chí"},
			{"an office", "/organizations/cell/offices", w.clerk(), url.Values{"post": {"secretary"}, "from": {"2026-01-01"}, "member": {"hoa"}}, 303, ""},
			{"an office by a secretary", "/organizations/cell/offices", w.secretary(), url.Values{"post": {"deputy"}, "from": {"2026-01-01"}, "member": {"hoa"}}, 403, ""},
			{"a term that ends before it begins", "/organizations/cell/terms", w.clerk(), url.Values{"name": {"2025"}, "from": {"2026-01-01"}, "until": {"2025-01-01"}}, 422, "không thể trước ngày bắt đầu"},
			{"a title of next year", "/organizations/cell/titles", w.secretary(), url.Values{"year": {"2027"}, "title": {"Tiêu biểu"}}, 422, "Hãy ghi năm"},
			{"a title", "/organizations/cell/titles", w.secretary(), url.Values{"year": {"2025"}, "title": {"<b>Trong sạch</b>"}}, 303, ""},
		} {
			answer := w.do(tt.who, "POST", tt.path, tt.form)
			if answer.Code != tt.code || !strings.Contains(answer.Body.String(), tt.present) {
				t.Errorf("%s: %d\n%s", tt.name, answer.Code, answer.Body)
			}
		}
		page := w.do(w.clerk(), "GET", "/organizations/cell", nil).Body.String()
		for _, text := range []string{"Chi bộ Chợ", "Trần Văn Hòa", "Ngày 5 hằng tháng", "0 ngày", "&lt;b&gt;Trong sạch"} {
			if !strings.Contains(page, text) {
				t.Errorf("the page lacks %q", text)
			}
		}
		titles, err := organization.Titles(t.Context(), w.db, "ward", "cell")
		if err != nil || len(titles) != 1 {
			t.Fatalf("titles %v, %v", titles, err)
		}
		if answer := w.do(w.secretary(), "POST", "/organizations/cell/titles/"+titles[0].ID+"/drop", nil); answer.Code != 303 {
			t.Errorf("drop: %d", answer.Code)
		}
	})
}
