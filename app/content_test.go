package app_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chibo/app"
	"chibo/kit/db"
)

// ownDoing are the tables that everybody may write to for themselves: the log of who
// looked, what somebody has read, the clocks of sessions, the own inbox and calendar, the keys of the calls,
// which the first look at an inbox makes, and the counts of guesses. The sums of the board
// are counted again where a look finds them old.
var ownDoing = []string{"audit", "audit_head", "account_session", "notice", "notice_tick", "notice_feed", "notice_push_key", "directive_reading", "board_cell", "board_due", "board_month", "board_start", "board_sum", "board_total", "board_total_start", "board_unit", "limit_bucket", "goose_db_version", "sqlite_sequence"}

// content returns a line for each table with the hash of its rows.
func content(t *testing.T, a *app.App) []string {
	t.Helper()
	return contentOf(t, a, tablesOf(t, a))
}

// contentOf returns a line for each of some tables.
func contentOf(t *testing.T, a *app.App, tables []string) []string {
	t.Helper()
	var lines []string
	for _, table := range tables {
		sum := sha256.Sum256([]byte(strings.Join(dumpOf(t, a, table), "\n")))
		lines = append(lines, table+" "+hex.EncodeToString(sum[:8]))
	}
	return lines
}

// tablesOf returns the names of the tables, but for those to which everybody writes.
func tablesOf(t *testing.T, a *app.App) []string {
	t.Helper()
	return slices.DeleteFunc(allTables(t, a), func(table string) bool { return slices.Contains(ownDoing, table) })
}

// allTables returns the names of all tables.
func allTables(t *testing.T, a *app.App) []string {
	t.Helper()
	query := `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`
	if a.DB.Postgres() {
		query = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`
	}
	tables, err := db.All[string](t.Context(), a.DB, query)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// dumpOf returns the rows of a table, in order.
func dumpOf(t *testing.T, a *app.App, table string) []string {
	t.Helper()
	rows, err := a.DB.QueryContext(t.Context(), `SELECT * FROM `+table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(values...))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

func changed(before, after []string) []string {
	var out []string
	for i := range after {
		if i >= len(before) || before[i] != after[i] {
			name, _, _ := strings.Cut(after[i], " ")
			out = append(out, name)
		}
	}
	return out
}
