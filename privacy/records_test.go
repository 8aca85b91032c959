package privacy

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// known are tables with a column that names a person and that the copy leaves out, each
// with the reason.
var known = map[string]string{
	"account_name":    "the directory of the names of accounts, which the copy has",
	"audit":           "counted: the log of everybody stands in one chain",
	"act":             "counted: what was entered stands in the minutes",
	"ballot_sealed":   "no ballot is tied to a name",
	"checkin_wrong":   "a count of slips at the door, dropped with the meeting",
	"helper":          "an invitation of one evening, by name",
	"meeting_carried": "a line of the next agenda, whose opinion is in the copy",
	"meeting_guest":   "an invitation, which stands in the minutes",
	"notebook_key":    "keys, worth nothing to anybody but their owner",
	"notebook_opened": "keys, worth nothing to anybody but their owner",
	"notice_feed":     "a secret address",
	"notice_mail":     "a wish that the page of notices shows",
	"notice_manner":   "a wish that the page of notices shows",
	"notice_reminder": "the day of the last reminder",
	"pilot_appraiser": "a charge, whose pilot meetings its holder sees",
	"task_event":      "the history of tasks, whose result the copy has",
	"member_import":   "a list that was read in, named by its file",
	"library_file":    "names who kept a file, not whom it is about",
}

// TestEveryTableIsKnown: every table that names a person is in the copy, or stands above
// with a reason.
func TestEveryTableIsKnown(t *testing.T) {
	t.Parallel()
	schema, err := os.ReadFile("../kit/db/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	var asked strings.Builder
	for _, r := range records {
		asked.WriteString(r.sql + "\n")
	}
	tables := regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`).FindAllStringSubmatch(string(schema), -1)
	if len(tables) < 60 {
		t.Fatalf("only %d tables were read", len(tables))
	}
	column := regexp.MustCompile(`(?m)^\s+(member_id|account_id)\s`)
	seen := 0
	for _, table := range tables {
		if table[1] == "member" || !column.MatchString(table[2]) {
			continue
		}
		seen++
		in := regexp.MustCompile(`(FROM|JOIN) ` + table[1] + `\b`).MatchString(asked.String())
		if !in && known[table[1]] == "" {
			t.Errorf("table %s names a person and is not in the copy", table[1])
		}
	}
	if seen < 20 {
		t.Errorf("only %d tables name a person: the test shows little", seen)
	}
}

// TestRecordsAreWhole: every record belongs to a kind of the page.
func TestRecordsAreWhole(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, r := range records {
		if !slices.Contains(Kinds, r.kind) || names[r.name] || len(r.columns) != strings.Count(r.sql[:strings.Index(r.sql, " FROM ")], "CAST(") {
			t.Errorf("record %s", r.name)
		}
		names[r.name] = true
		keys := []string{"privacy.table." + r.name}
		for _, c := range r.columns {
			keys = append(keys, "privacy.column."+c.Key)
		}
		for _, key := range keys {
			if vietnamese.T(key) == key {
				t.Errorf("the text %s is missing", key)
			}
		}
	}
}
