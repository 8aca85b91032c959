package world_test

import (
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chibo/app"
	"chibo/app/world"
	"chibo/app/world/worldtest"
	"chibo/kit/db"
)

// upperPages are the pages that somebody above a province opens from the navigation. What is
// not asked of one unit there is read of the units directly below.
var upperPages = []string{
	"/", "/organizations", "/members", "/meetings", "/meetings/cells", "/board", "/digests", "/visits", "/visits/charge", "/matters", "/lessons", "/pilots",
	"/accounts", "/study", "/study/courses", "/dossiers", "/themes", "/themes/cells",
}

// TestAboveAProvince opens the pages of those who read above a province: no statement of them
// walks through all cells, people or meetings, nor through all that lies below a path.
func TestAboveAProvince(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	clock := &world.Clock{}
	a, err := app.Open(t.Context(), app.Config{
		Database: filepath.Join(dir, app.DatabaseFile), Data: dir, Now: clock.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	facts, err := world.FillCountry(t.Context(), a, clock, world.Country{Provinces: 2, Communes: 4, Cells: 40, People: 400, Ward: world.Size{Cells: 3, People: 50, Months: 3, Seed: 7}}, now, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	var ward, cell struct{ ID, Name string }
	for level, into := range map[string]*struct{ ID, Name string }{"ward": &ward, "cell": &cell} {
		if *into, err = db.One[struct{ ID, Name string }](t.Context(), a.DB, `SELECT o.id, o.name FROM organization o
			JOIN organization p ON p.id = $1 AND o.path > p.path AND o.path < rtrim(p.path, '/') || '0' WHERE o.level = $2 ORDER BY o.path LIMIT 1`,
			facts.Readers[1].Organization, level); err != nil {
			t.Fatal(err)
		}
	}
	type read struct {
		query string
		args  []any
	}
	var heard []read
	a.DB.Heard = func(query string, args []any) { heard = append(heard, read{query, slices.Clone(args)}) }
	handler := a.Handler()
	for _, reader := range facts.Readers {
		asked := map[string]string{ // what lies deeper is there for whoever asks for it
			"/organizations/" + ward.ID: ward.Name, "/visits?unit=" + ward.ID: ward.Name, "/visits/charge?unit=" + ward.ID: ward.Name, "/accounts?unit=" + ward.ID: ward.Name,
			"/members?organization=" + cell.ID: cell.Name, "/meetings?cell=" + cell.ID: cell.Name, "/study?unit=" + cell.ID: cell.Name, "/accounts?unit=" + cell.ID: cell.Name,
		}
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		b := &http.Client{Jar: jar, Transport: worldtest.Within{Handler: handler}}
		if r, err := b.PostForm("http://chibo.test/sign-in", url.Values{"name": {reader.Name}, "password": {reader.Password}}); err != nil || r.StatusCode != http.StatusOK {
			t.Fatal(r, err)
		}
		for _, page := range upperPages {
			heard = nil
			r, err := b.Get("http://chibo.test" + page)
			if err != nil || r.StatusCode != http.StatusOK {
				t.Fatalf("%s: %v, %v", page, r, err)
			}
			reads := heard
			heard = nil
			for _, one := range reads {
				plan, err := planOf(t, a.DB, one.query, one.args)
				if err != nil {
					t.Fatal(err)
				}
				if wide := walks(one.query, plan); wide != "" {
					t.Errorf("%s of %s: %s\n%s", page, reader.Unit, wide, one.query)
				}
			}
			if page == "/" && len(reads) < 20 {
				t.Errorf("only %d statements were heard", len(reads))
			}
		}
		for page, name := range asked {
			r, err := b.Get("http://chibo.test" + page)
			if err != nil {
				t.Fatal(err)
			}
			if body, err := io.ReadAll(r.Body); err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(body), "<h1") || !strings.Contains(string(body), html.EscapeString(name)) {
				t.Errorf("%s of %s: %s, %v, without %s", page, reader.Unit, r.Status, err, name)
			}
		}
	}
}

// planOf says how SQLite carries out a statement.
func planOf(t *testing.T, q db.Q, query string, args []any) ([]string, error) {
	t.Helper()
	type step struct {
		ID, Parent, Notused int
		Detail              string
	}
	all, err := db.All[step](t.Context(), q, "EXPLAIN QUERY PLAN "+query, args...)
	var lines []string
	for _, s := range all {
		lines = append(lines, s.Detail)
	}
	return lines, err
}

// large are the tables that grow with the cells of a country.
var large = []string{
	"organization", "organization_office", "organization_settings", "member", "member_standing", "meeting", "board_cell", "board_month", "account_grant",
}

var named = regexp.MustCompile(`(?:FROM|JOIN)\s+(\w+)(?:\s+(\w+))?`)

// walks returns the step of a plan that reads a large table whole, or all units below a path.
func walks(query string, plan []string) string {
	table := map[string]string{}
	for _, m := range named.FindAllStringSubmatch(query, -1) {
		table[m[1]], table[m[2]] = m[1], m[1]
	}
	for _, step := range plan {
		words := strings.Fields(step)
		switch {
		case strings.Contains(query, "conference_category"): // below the committee of one conference of others
		case words[0] == "SCAN" && slices.Contains(large, table[words[1]]) && !strings.Contains(step, "board_cell_stale"),
			strings.Contains(step, "(path>"):
			return fmt.Sprint(step)
		}
	}
	return ""
}
