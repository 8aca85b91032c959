package privacy

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// schemaColumns reads the columns of every table from the schema.
func schemaColumns(t *testing.T) map[string][]string {
	t.Helper()
	schema, err := os.ReadFile("../kit/db/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	comment := regexp.MustCompile(`--.*`)
	brackets := regexp.MustCompile(`\([^()]*\)`) // of keys and checks: their commas part no columns
	out := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?s)CREATE TABLE (\w+) \((.*?)\n\)`).FindAllStringSubmatch(string(schema), -1) {
		for _, part := range strings.Split(brackets.ReplaceAllString(comment.ReplaceAllString(m[2], ""), ""), ",") {
			if words := strings.Fields(part); len(words) > 1 && words[0] == strings.ToLower(words[0]) {
				out[m[1]] = append(out[m[1]], words[0])
			}
		}
	}
	if len(out) < 150 {
		t.Fatalf("only %d tables were read", len(out))
	}
	return out
}

// TestEveryColumnHasAClass compares the inventory with the schema: whoever adds a table or
// a column says in the same change what it is, and nothing is listed that is not there.
func TestEveryColumnHasAClass(t *testing.T) {
	t.Parallel()
	tables := schemaColumns(t)
	for _, h := range Inventory() {
		columns := tables[h.Table]
		if columns == nil {
			t.Errorf("table %s stands twice in the inventory, or not in the schema", h.Table)
			continue
		}
		delete(tables, h.Table)
		if len(columns) != h.Columns {
			t.Errorf("table %s has %d columns, the inventory says %d: say the class of the new ones", h.Table, len(columns), h.Columns)
		}
		for c := range h.Except {
			if !slices.Contains(columns, c) {
				t.Errorf("the inventory has a class for %s.%s, which is not in the schema", h.Table, c)
			}
		}
		for _, c := range columns {
			if class := classOf(h, c); secretName.MatchString(c) && class != Secret && !tellsNothing[h.Table+"."+c] {
				t.Errorf("%s.%s is called like a secret and is %s", h.Table, c, class)
			} else if strings.HasSuffix(c, "_by") && class == Ordinary && !tellsNothing[h.Table+"."+c] {
				t.Errorf("%s.%s names a person and is ordinary", h.Table, c)
			}
		}
	}
	for table := range tables {
		t.Errorf("table %s has no line in the inventory", table)
	}
}

var secretName = regexp.MustCompile(`^(password|pin|secret|token|token_hash|private_key|salt)$`)

// tellsNothing are columns whose names only sound as if they named a person or a secret.
var tellsNothing = map[string]bool{
	"ballot_poll.secret": true, // whether a poll is secret
	// days until when something is to be done
	"board_month.file_by": true, "conference.names_by": true, "delegate_note.answer_by": true, "matter.answer_by": true, "rating_round.self_by": true,
	"library_document.replaced_by": true, // the document
}

func classOf(h Holding, column string) Class {
	if c, found := h.Except[column]; found {
		return c
	}
	return h.Class
}

// TestInventoryRefuses: a line that does not hold is an error, not a silence.
func TestInventoryRefuses(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"member 3 personal",                            // of no kind
		"[gossip]\nmember 3 personal",                  // of an unknown kind
		"[profile]\nmember personal",                   // without a number
		"[profile]\nmember many personal",              // with none
		"[profile]\nmember 3 dear",                     // of an unknown class
		"[profile]\nmember 3 personal; dear: note",     // the same of a column
		"[profile]\nmember 3 personal; personal: note", // what follows already
		"[profile]\nmember 3 personal; secret: note; sensitive: note",
	} {
		if all, err := parseInventory(text); err == nil {
			t.Errorf("%q is taken: %+v", text, all)
		}
	}
}
