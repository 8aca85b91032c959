package scenario_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/sheet"
	"chibo/meeting"
	"chibo/organization"
)

// begin has a report begun and returns its page.
func begin(t *testing.T, w *worldtest.World, who, form string) string {
	t.Helper()
	home, _ := w.Person("clerk").Home()
	for _, g := range w.Person(who).Grants {
		if strings.Count(g.Path, "/") == 2 {
			home = g
		}
	}
	a := w.As(who).Post("/digests", "unit", home.Organization, "form", form, "month", "2026-11")
	if a.Status != http.StatusSeeOther {
		t.Fatalf("%s begins %s: %d %.300s", who, form, a.Status, a.Body)
	}
	return a.Location()
}

var seqField = regexp.MustCompile(`name="seq" value="(\d+)"`)

// seq is the number of the draft that a page shows.
func seq(t *testing.T, body string) string {
	t.Helper()
	m := seqField.FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no draft in %.500s", body)
	}
	return m[1]
}

// TestReport takes a report from its form to the register: the figures are those of the board,
// each opens its list, words take figures by name, and what was issued stays when the facts
// change.
func TestReport(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		clerk := w.As("clerk")
		page := begin(t, w, "clerk", "register")
		a := clerk.Get(page)
		if a.Status != http.StatusOK || !strings.Contains(a.Body, "tháng 11/2026") {
			t.Fatalf("%d %.300s", a.Status, a.Body)
		}
		n := seq(t, a.Body)
		if a := clerk.Post(page, "seq", n, "texts[0]", "Có {không phải số}"); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("a name that is no figure: %d", a.Status)
		}
		if a := clerk.Post(page, "seq", n, "texts[0]", "Có {điểm}"); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("a clerk names a score: %d", a.Status)
		}
		if a := clerk.Post(page, "seq", n, "texts[0]", "Trong {kỳ}: {đã họp} kỳ, <b>{chi bộ}</b> chi bộ."); a.Status != http.StatusSeeOther {
			t.Fatalf("%d %.300s", a.Status, a.Body)
		}
		if a := clerk.Post(page, "seq", n, "texts[0]", "chậm"); a.Status != http.StatusConflict {
			t.Errorf("written over what somebody wrote: %d", a.Status)
		}
		held := clerk.Get(page + "/figures?name=" + "%C4%91%C3%A3+h%E1%BB%8Dp")
		if held.Status != http.StatusOK || !strings.Contains(held.Body, "/meetings/"+w.Meeting(meeting.Closed)) {
			t.Errorf("what the figure counts: %d", held.Status)
		}
		n = seq(t, clerk.Get(page).Body)
		if a := clerk.Post(page+"/issue", "seq", n); a.Status != http.StatusSeeOther {
			t.Fatalf("issue: %d %.300s", a.Status, a.Body)
		}
		issued := clerk.Get(page)
		if !strings.Contains(issued.Body, "01-BC/ĐU") || strings.Contains(issued.Body, "texts[0]") {
			t.Error("the report has no number, or can be written still")
		}
		for _, path := range []string{"", "/drop", "/issue"} {
			if a := clerk.Post(page+path, "seq", n); a.Status != http.StatusConflict {
				t.Errorf("POST %s of an issued report: %d", path, a.Status)
			}
		}
		frozen(t, w, page)
		papers(t, w, page)
	})
}

// frozen wants the issued report to stay as it was when a cell is closed, which a draft drops.
func frozen(t *testing.T, w *worldtest.World, page string) {
	t.Helper()
	read := func(path string) string {
		all, err := sheet.Read([]byte(w.As("clerk").Get(path + "/paper.xlsx").Body))
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(all)
	}
	draft := begin(t, w, "clerk", "register")
	before, was := read(page), read(draft)
	cell := w.Account("other secretary")
	if err := w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		o, err := organization.Get(t.Context(), tx, access.Whole("", "/"), cell.Organization)
		if err != nil {
			return err
		}
		_, err = db.Exec(t.Context(), tx, `UPDATE organization SET closed_on = '2026-11-30' WHERE root_id = $1 AND id = $2`, o.Root, o.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if read(page) != before {
		t.Error("an issued report has changed")
	}
	if read(draft) == was {
		t.Error("a draft does not know that a cell is closed")
	}
}

// papers wants the report in its three forms.
func papers(t *testing.T, w *worldtest.World, page string) {
	t.Helper()
	clerk := w.As("clerk")
	for form, begins := range map[string]string{"docx": "PK", "pdf": "%PDF"} {
		if a := clerk.Get(page + "/paper." + form); a.Status != http.StatusOK || !strings.HasPrefix(a.Body, begins) {
			t.Errorf("%s: %d", form, a.Status)
		}
	}
	all, err := sheet.Read([]byte(clerk.Get(page + "/paper.xlsx").Body))
	if err != nil {
		t.Fatal(err)
	}
	rows := all[0].Rows
	if last := rows[len(rows)-1]; last.Cell(3).Text != "1" && last.Cell(3).Text != "0" {
		t.Errorf("the last line is %v", last)
	}
}

// TestWhoReadsReports: a report of scores is for those who may see scores, and no report for
// people of one cell.
func TestWhoReadsReports(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	page := begin(t, w, "committee", "scores")
	for who, want := range map[string]int{"committee": http.StatusOK, "clerk": http.StatusNotFound, "secretary": http.StatusForbidden, "member": http.StatusForbidden} {
		if a := w.As(who).Get(page); a.Status != want {
			t.Errorf("%s: %d, want %d", who, a.Status, want)
		}
	}
	if a := w.As("clerk").Get("/digests"); strings.Contains(a.Body, page) || strings.Contains(a.Body, `value="scores"`) {
		t.Error("the clerk is offered scores")
	}
	if a := w.As("committee").Post(page + "/drop"); a.Status != http.StatusSeeOther || w.As("committee").Get(page).Status != http.StatusNotFound {
		t.Errorf("a draft that is dropped: %d", a.Status)
	}
}

// TestOwnForm: a committee adds a form, begins a report with it and drops it; the report stays.
func TestOwnForm(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	who := w.As("committee")
	unit := ""
	for _, g := range w.Person("committee").Grants {
		if strings.Count(g.Path, "/") == 2 {
			unit = g.Organization
		}
	}
	const form = "name = \"Mẫu quý của phường\"\nspan = \"quarter\"\nsubject = \"sinh hoạt {kỳ}\"\n[[section]]\ntitle = \"Chung\"\ntext = \"{đã họp}/{phải họp}\"\n"
	if a := who.Post("/digests/forms", "unit", unit, "text", "name = 1"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a form that cannot be read: %d", a.Status)
	}
	if a := who.Post("/digests/forms", "unit", unit, "text", form); a.Status != http.StatusSeeOther {
		t.Fatalf("%d %.300s", a.Status, a.Body)
	}
	id := regexp.MustCompile(`/digests/forms/([^/"]+)/drop`).FindStringSubmatch(who.Get("/digests/forms").Body)
	if id == nil {
		t.Fatal("the form is not there")
	}
	if a := who.Get("/digests/forms?from=" + id[1]); strings.Count(a.Body, "Mẫu quý của phường") != 3 {
		t.Error("the form is not there to be copied")
	}
	page := begin(t, w, "committee", id[1])
	if a := who.Post("/digests/forms/"+id[1]+"/drop", "unit", unit); a.Status != http.StatusSeeOther {
		t.Fatalf("%d", a.Status)
	}
	if a := who.Get(page); !strings.Contains(a.Body, "quý IV/2026") {
		t.Errorf("the report has lost its form: %d", a.Status)
	}
}
