package ward_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"chibo/app"
	"chibo/bench/ward"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/id"
)

// few and many are cells of a ward: what one evening asks of the database must cost the same in both.
const few, many = 4, 40

// more is whether so many rows are more than so many in a smaller ward, and not by chance.
func more(here, there int) bool { return here > there+there/2+10 }

// wide is whether a statement may read more in a larger ward, for it stands on a page that is opened
// before the meeting: the tasks of a meeting are found by those of the units that one sees, and
// the documents that bind a cell by those of all units.
func wide(query string) bool {
	return strings.Contains(query, "FROM task t JOIN organization o") && strings.Contains(query, "t.meeting_id = $1") || strings.Contains(query, "library_document d ON TRUE")
}

// statement is what a program has asked its database.
type statement struct {
	query string
	args  []any
}

// TestAnEveningCostsTheSameInALargeWard does what is done in every meeting (somebody comes in, is
// marked, votes, looks at the room, the log, the screens) in a ward of a few cells and in one
// of ten times as many, and asks both databases how they carry out each statement: none may
// read more rows in the large ward. In SQLite those are the rows that share what an index is
// asked for, at most; in PostgreSQL those that it has read.
//
// Then the indexes are taken away on which the evening rests: each is missed.
func TestAnEveningCostsTheSameInALargeWard(t *testing.T) {
	t.Parallel()
	small, large := evening(t, few), evening(t, many)
	for name, on := range map[string]func(e heardEvening) database{"sqlite": heardEvening.sqlite, "postgres": heardEvening.postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			there, here := on(small), on(large)
			least := map[string]int{} // by the text of the statement
			for _, all := range there.asked {
				for _, s := range all {
					least[s.query] = max(least[s.query], there.rows(t, s))
				}
			}
			measured := 0
			dear := func(tell bool) (n int) {
				for act, all := range here.asked {
					for _, s := range all {
						before, known := least[s.query]
						if !known || wide(s.query) { // what the program does by itself comes when it comes
							continue
						}
						measured++
						if now := here.rows(t, s); more(now, before) {
							n++
							if tell {
								t.Errorf("%s reads %d rows in a ward of %d cells, %d in one of %d:\n%s\n%s", act, now, many, before, few, s.query, here.plan(t, s))
							}
						}
					}
				}
				return n
			}
			before := dear(true)
			if measured < 100 {
				t.Errorf("only %d statements were measured", measured)
			}
			t.Logf("%d statements", measured)
			missed := []string{"account_session_token"}
			if !here.d.Postgres() { // which finds its way by others where there are no more than this
				missed = append(missed, "meeting_id", "member_standing_member")
			}
			for _, index := range missed {
				here.drop(t, index)
				now := dear(false)
				if now <= before {
					t.Errorf("nobody misses the index %s", index)
				}
				before = now
			}
		})
	}
}

// heardEvening is an evening in a ward, on both databases.
type heardEvening struct{ onSQLite, onPostgres database }

func (e heardEvening) sqlite() database   { return e.onSQLite }
func (e heardEvening) postgres() database { return e.onPostgres }

// database is one on which an evening has been.
type database struct {
	d     *db.DB
	asked map[string][]statement // by what was done
}

// evening fills a ward and does on both databases what is done in a meeting.
func evening(t *testing.T, cells int) (e heardEvening) {
	t.Helper()
	dir := t.TempDir()
	w, err := ward.Fill(t.Context(), dir, cells)
	if err != nil {
		t.Fatal(err)
	}
	file, address := filepath.Join(dir, app.DatabaseFile), dbtest.Postgres(t)
	if err := dbtest.Carry(t.Context(), file, address); err != nil {
		t.Fatal(err)
	}
	e.onPostgres = meet(t, dir, address, w)
	e.onSQLite = meet(t, dir, file, w)
	return e
}

// meet opens the program and lets the people of the last cell meet.
func meet(t *testing.T, dir, where string, w ward.Ward) database {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Database: where, Data: dir, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	out := database{a.DB, map[string][]statement{}}
	if a.DB.Postgres() {
		out.exec(t, `ANALYZE`) // as it does by itself, once there are many
	}
	var mu sync.Mutex
	act := ""
	hear := func(query string, args []any) {
		mu.Lock()
		defer mu.Unlock()
		if act != "" {
			out.asked[act] = append(out.asked[act], statement{query, append([]any(nil), args...)})
		}
	}
	a.DB.Heard, a.DB.HeardWithin = hear, hear
	h, c := a.Handler(), w.Cells[len(w.Cells)-1]
	do := func(what string, p ward.Person, method, path, kind, body string) {
		mu.Lock()
		act = what
		mu.Unlock()
		ask(t, h, p, method, path, kind, body)
		mu.Lock()
		act = ""
		mu.Unlock()
	}
	one, two := c.Everybody[3], c.Everybody[4]
	mark := fmt.Sprintf(`[{"id":"%s","kind":"attendance","at":1,"body":{"member":"%s","status":"present"}}]`, id.New(), two.Member)
	do("to come in", one, http.MethodPost, "/vao/ten/"+one.Member, form, "")
	do("to open the room", c.Secretary, http.MethodGet, "/rooms/"+c.Meeting, "", "")
	do("to mark somebody", c.Secretary, http.MethodPost, "/rooms/"+c.Meeting+"/acts", "application/json", mark)
	do("to read on in the log", c.Secretary, http.MethodGet, "/rooms/"+c.Meeting+"/acts?after=1", "", "")
	do("to look for somebody on the roll", c.Secretary, http.MethodGet, "/rooms/"+c.Meeting+"?q=nguyen", "", "")
	do("to look at a screen", two, http.MethodGet, "/screens/"+c.Meeting, "", "")
	do("to look at a telephone", two, http.MethodGet, "/phones/"+c.Meeting, "", "")
	do("to vote", one, http.MethodPost, "/ballots/"+c.Poll, form, aye)
	do("to look at the meeting", one, http.MethodGet, "/meetings/"+c.Meeting, "", "")
	return out
}

// exec runs a statement in a transaction.
func (d database) exec(t *testing.T, statement string) {
	t.Helper()
	if err := d.d.Tx(t.Context(), func(tx *db.Tx) error { _, err := db.Exec(t.Context(), tx, statement); return err }); err != nil {
		t.Fatal(err)
	}
}

func (d database) drop(t *testing.T, index string) {
	t.Helper()
	d.exec(t, `DROP INDEX `+index)
}

// rows is how many rows a statement reads, at most.
func (d database) rows(t *testing.T, s statement) int {
	t.Helper()
	if d.d.Postgres() {
		n, _ := d.analysed(t, s)
		return n
	}
	most := 0
	for _, step := range d.steps(t, s) {
		most = max(most, d.sharing(t, s.query, step))
	}
	return most
}

// plan says how a statement is carried out.
func (d database) plan(t *testing.T, s statement) string {
	t.Helper()
	if d.d.Postgres() {
		_, plan := d.analysed(t, s)
		return plan
	}
	return strings.Join(d.steps(t, s), "\n")
}

// steps is what SQLite says of a statement.
func (d database) steps(t *testing.T, s statement) (lines []string) {
	t.Helper()
	type step struct {
		ID, Parent, Notused int
		Detail              string
	}
	// In a transaction, whose connection is the one that takes indexes away, and as a text of its own:
	// a plan that was asked for before is not made anew.
	explain := "EXPLAIN QUERY PLAN /* " + id.New() + " */ " + s.query
	err := d.d.Tx(t.Context(), func(tx *db.Tx) error {
		all, err := db.All[step](t.Context(), tx, explain, s.args...)
		for _, one := range all {
			lines = append(lines, one.Detail)
		}
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", s.query, err)
	}
	return lines
}

var (
	named = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE|INTO|,)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?`)
	asked = regexp.MustCompile(`(\w+)=\?`)
)

// sharing is the largest number of rows of a table that share what a step of a plan asks an
// index for: of one that scans, all.
func (d database) sharing(t *testing.T, query, step string) int {
	t.Helper()
	words := strings.Fields(step)
	if words[0] != "SCAN" && words[0] != "SEARCH" || strings.Contains(step, "VIRTUAL TABLE") || strings.Contains(step, "CONSTANT ROW") || strings.Contains(step, "INTEGER PRIMARY KEY") {
		return 0
	}
	table := words[1]
	for _, m := range named.FindAllStringSubmatch(query, -1) {
		if m[2] == words[1] {
			table = m[1]
		}
	}
	if known, err := db.One[int](t.Context(), d.d, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1`, table); err != nil || known == 0 {
		return 0 // what the statement has put together itself
	}
	count := `SELECT count(*) FROM ` + table
	if columns := asked.FindAllStringSubmatch(step, -1); len(columns) > 0 && !strings.Contains(step, "AUTOMATIC") {
		var by []string
		for _, c := range columns {
			by = append(by, c[1])
		}
		count = `SELECT COALESCE(max(n), 0) FROM (SELECT count(*) AS n FROM ` + table + ` GROUP BY ` + strings.Join(by, ", ") + `)`
	}
	n, err := db.One[int](t.Context(), d.d, count)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// node is a step of what PostgreSQL has done.
type node struct {
	Type    string  `json:"Node Type"`
	Rows    float64 `json:"Actual Rows"`
	Loops   float64 `json:"Actual Loops"`
	Removed float64 `json:"Rows Removed by Filter"`
	Again   float64 `json:"Rows Removed by Index Recheck"`
	Plans   []node  `json:"Plans"`
}

// read is how many rows of tables a step has read, with those below it.
func (n node) read() float64 {
	sum := 0.0
	switch n.Type {
	case "Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan", "Bitmap Index Scan":
		sum = (n.Rows + n.Removed + n.Again) * n.Loops
	}
	for _, below := range n.Plans {
		sum += below.read()
	}
	return sum
}

// analysed has PostgreSQL carry out a statement, as it would where no table is small enough to be read
// whole, and undoes it. What only adds rows reads none.
func (d database) analysed(t *testing.T, s statement) (rows int, plan string) {
	t.Helper()
	if strings.HasPrefix(strings.TrimSpace(s.query), "INSERT") {
		return 0, ""
	}
	undo := fmt.Errorf("undone")
	err := d.d.Tx(t.Context(), func(tx *db.Tx) error {
		if _, err := db.Exec(t.Context(), tx, `SELECT set_config(name, 'off', true) FROM pg_settings WHERE name IN ('enable_seqscan', 'enable_hashjoin', 'enable_mergejoin')`); err != nil {
			return err
		}
		said, err := db.One[string](t.Context(), tx, `EXPLAIN (ANALYZE, FORMAT JSON) `+s.query, s.args...)
		if err != nil {
			return err
		}
		var all []struct{ Plan node }
		if err := json.Unmarshal([]byte(said), &all); err != nil {
			return err
		}
		rows, plan = int(all[0].Plan.read()), said
		return undo
	})
	if err != undo { //nolint:errorlint // it is ours
		t.Fatalf("%s: %v", s.query, err)
	}
	return rows, plan
}
