package app_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/db"
)

// anID is how every record is named.
var anID = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// inQueries are addresses on pages with something asked for.
var inQueries = regexp.MustCompile(`(?:href|hx-get)="(/[^"]*\?[^"]*)"`)

// TestForeignPartsAreNotTaken sends the forms and the queries of the pages of the second cell
// with one id in them exchanged for that of a record of the same kind of the first cell: of a
// person, a meeting, a task, the cell itself. Whatever the answer, nothing of the first cell
// stands in it, and nothing that is kept names the record that did not name it before.
func TestForeignPartsAreNotTaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t, worldtest.OnSQLite(t))
	p := h.partsOf(t)
	s := newSeen(t, h)
	forms, queries := 0, 0
	for _, name := range []string{"other secretary", "other member"} {
		asked := map[string]bool{} // by form and field: one is enough
		for _, r := range h.server.Routes {
			if !strings.HasPrefix(r.Pattern, "GET ") || strings.Contains(r.Pattern, ".") {
				continue
			}
			for _, path := range h.theirs.paths(r.Pattern) {
				if ofSessions(path) {
					continue
				}
				page := h.ask(h.door, name, http.MethodGet, path)
				if page.Status != http.StatusOK || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
					continue
				}
				for _, f := range formsOf(t, page.Body) {
					if f.method == http.MethodPost && !ofSessions(f.action) && !strings.HasPrefix(f.action, "/letters") {
						forms += p.exchangeIn(t, h, s, name, r.Pattern, f, asked)
					}
				}
				for _, m := range inQueries.FindAllStringSubmatch(page.Body, -1) {
					queries += p.exchangeInQuery(t, h, name, strings.ReplaceAll(m[1], "&amp;", "&"), asked)
				}
			}
		}
	}
	if forms < 20 || queries < 20 {
		t.Errorf("the test shows little: %d forms, %d queries", forms, queries)
	}
	t.Logf("%d forms and %d queries with a part of the first cell in them", forms, queries)
}

// parts knows the kind of each record of the second cell, and one of the same kind of the
// first.
type parts struct {
	kind    map[string]string // table of an id
	foreign map[string]string // id of a record of the first cell, by table
}

// partsOf reads whatever is of a cell.
func (h *house) partsOf(t *testing.T) parts {
	t.Helper()
	p := parts{map[string]string{}, map[string]string{}}
	tables, err := db.All[string](t.Context(), h.w.App.DB, `SELECT m.name FROM sqlite_schema m WHERE m.type = 'table'
		AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'id') AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'organization_id')`)
	if err != nil {
		t.Fatal(err)
	}
	theirs, _ := h.known["other secretary"].Home()
	all := func(table, condition string, args ...any) []string {
		ids, err := db.All[string](t.Context(), h.w.App.DB, `SELECT id FROM `+table+` WHERE `+condition+` ORDER BY id`, args...)
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	take := func(table string, own, first []string) {
		for _, id := range own {
			p.kind[id] = table
		}
		if len(first) > 0 {
			p.foreign[table] = first[0]
		}
	}
	for _, table := range tables {
		take(table, all(table, `organization_id = $1`, theirs.Organization), all(table, `organization_id = $1`, h.cell))
	}
	const onRoll = `id IN (SELECT member_id FROM member_standing WHERE organization_id = $1)`
	take("member", all("member", onRoll, theirs.Organization), []string{h.subject()})
	take("organization", []string{theirs.Organization}, []string{h.cell})
	take("meeting_item", all("meeting_item", `meeting_id IN (SELECT id FROM meeting WHERE organization_id = $1)`, theirs.Organization), h.params["{item}"])
	return p
}

// of returns the record of the first cell that may stand for an id.
func (p parts) of(id string) string {
	if !anID.MatchString(id) {
		return ""
	}
	return p.foreign[p.kind[id]]
}

// exchangeIn sends a form once for each of its fields that names a record, with a foreign one
// there, and returns how often.
func (p parts) exchangeIn(t *testing.T, h *house, s *seen, name, page string, f form, asked map[string]bool) (sent int) {
	t.Helper()
	for field, values := range f.values {
		foreign := p.of(values[0])
		key := f.method + kindOfAddress(f.action) + " " + anyIDs.ReplaceAllString(field, "·")
		if foreign == "" || asked[key] {
			continue
		}
		asked[key] = true
		values := maps.Clone(f.values)
		for _, text := range f.texts {
			values[text] = []string{"Chim khách bay"}
		}
		values[field] = []string{foreign}
		before, number := h.naming(t, foreign), s.watch.Number()
		r := httptest.NewRequest(http.MethodPost, f.action, strings.NewReader(values.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(asking, name)
		a := knock(h.door, r)
		sent++
		h.judgeForeign(t, name, page+" → "+key, a)
		if s.watch.Number() == number {
			continue
		}
		if after := h.naming(t, foreign); len(after) > len(before) {
			t.Errorf("%s: %s: %d: is kept with a %s of the first cell: %v", name, key, a.Status, p.kind[f.values[field][0]],
				slices.DeleteFunc(after, func(row string) bool { return slices.Contains(before, row) }))
		}
	}
	return sent
}

// exchangeInQuery asks for an address once for each part of its query that names a record,
// with a foreign one there, and returns how often.
func (p parts) exchangeInQuery(t *testing.T, h *house, name, address string, asked map[string]bool) (sent int) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		return 0
	}
	for field, values := range u.Query() {
		foreign := p.of(values[0])
		key := http.MethodGet + kindOfAddress(u.Path) + " " + field
		if foreign == "" || asked[key] {
			continue
		}
		asked[key] = true
		query := u.Query()
		query.Set(field, foreign)
		r := httptest.NewRequest(http.MethodGet, u.Path+"?"+query.Encode(), nil)
		r.Header.Set(asking, name)
		sent++
		h.judgeForeign(t, name, key, knock(h.door, r))
	}
	return sent
}

// judgeForeign fails when an answer tells of the first cell.
func (h *house) judgeForeign(t *testing.T, name, what string, a worldtest.Answer) {
	t.Helper()
	if a.Status >= 500 {
		t.Errorf("%s: %s: %d", name, what, a.Status)
	}
	if leaked := h.leak(visitor{name, h.known[name]}, plainOf(t, a)); leaked != "" {
		t.Errorf("%s: %s: %d: %s", name, what, a.Status, leaked)
	}
}

var anyIDs = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)

func kindOfAddress(path string) string { return anyIDs.ReplaceAllString(path, "·") }

// naming returns every row that names a record, but for those that everybody writes, and for
// where a press led on to.
func (h *house) naming(t *testing.T, id string) []string {
	t.Helper()
	var out []string
	for _, table := range tablesOf(t, h.w.App) {
		if table == "form_press" {
			continue
		}
		for _, row := range dumpOf(t, h.w.App, table) {
			if strings.Contains(row, id) {
				out = append(out, table+" "+row)
			}
		}
	}
	return out
}
