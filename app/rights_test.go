package app_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"chibo/kit/access"
)

// columns are the roles in the order of testdata/rights.csv.
var columns = []access.Role{
	access.Administrator, access.Clerk, access.Committee, access.Department,
	access.Secretary, access.Deputy, access.MinuteTaker, access.Member, access.Probationary,
}

// mark says what a role may do with what a line of the table names.
type mark string

// The marks of the table.
const (
	never    mark = "-" // không
	allowed  mark = "x" // được, trong đơn vị mình và đơn vị dưới
	named    mark = "n" // được, nếu là người mà hồ sơ ghi tên hoặc giao việc
	one      mark = "s" // ai đăng nhập cũng có, chỉ của riêng mình
	everyone mark = "*" // không cần đăng nhập
)

// line is a line of the table.
type line struct {
	what     string
	methods  []string
	patterns []string
	marks    map[access.Role]mark
}

// table is who may do what, written from the rules of the field for people to read
// (testdata/rights.csv). The program does not know it: it says a second time, role by role,
// what app/rights.go, the needs on the routes and the scopes in the queries say together.
type table []line

// methods are how the table calls what a route does.
var methods = map[string]string{"xem": "GET", "làm": "POST"}

func readTable(t *testing.T) table {
	t.Helper()
	f, err := os.Open("testdata/rights.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out table
	for _, row := range rows[1:] {
		l := line{what: row[0], patterns: strings.Fields(row[2]), marks: map[access.Role]mark{}}
		for _, m := range strings.Fields(row[1]) {
			l.methods = append(l.methods, methods[m])
		}
		for n, r := range columns {
			l.marks[r] = mark(row[3+n])
			if !slices.Contains([]mark{never, allowed, named, one, everyone}, l.marks[r]) {
				t.Fatalf("%s: %q of %s is no mark", l.what, l.marks[r], r)
			}
		}
		out = append(out, l)
	}
	return out
}

// of returns the line for a route: the one that names its address most closely, of two alike
// the later one. The second result is false where no line speaks of it.
func (t table) of(pattern string) (best line, found bool) {
	method, path, _ := strings.Cut(pattern, " ")
	most := -1
	for _, l := range t {
		if !slices.Contains(l.methods, method) {
			continue
		}
		for _, p := range l.patterns {
			beginning, open := strings.CutSuffix(p, "*")
			weight := 2 * len(beginning)
			if !open {
				weight++
			}
			if (p == path || open && strings.HasPrefix(path, beginning)) && weight >= most {
				best, most = l, weight
			}
		}
	}
	return best, most >= 0
}

// answer is what the table expects of the program.
type answer string

// The answers.
const (
	signIn  answer = "must sign in"
	refused answer = "is turned away: no role of theirs does this"
	absent  answer = "finds nothing: it is not of their unit"
	served  answer = "is served"
	depends answer = "is answered as the record says"
	public  answer = "is open to everybody"
	mixed   answer = "finds no foreign part in a record of their own"
	denied  answer = "sees the record by another right, and changes nothing"
)

// expect returns what somebody gets who knocks on a line with records of these units in the
// address: for each record the paths of the units to which it belongs.
func (l line) expect(who access.Person, records [][]string) answer {
	if l.marks[access.Member] == everyone {
		return public
	}
	if !who.SignedIn() {
		return signIn
	}
	if l.marks[access.Member] == one {
		if slices.ContainsFunc(who.Grants, func(g access.Grant) bool { return reaches(g.Path, records) }) {
			return depends
		}
		return absent
	}
	best := refused
	for _, g := range who.Grants {
		switch m := l.marks[g.Role]; {
		case m == never, m == "":
			continue
		case !reaches(g.Path, records) && (best == refused || best == absent):
			best = absent
			if len(records) > 1 && reaches(g.Path, records[:1]) {
				best = mixed
			}
		case reaches(g.Path, records) && m == allowed:
			return served
		case reaches(g.Path, records):
			best = depends
		}
	}
	if best == absent && slices.ContainsFunc(who.Grants, func(g access.Grant) bool { return reaches(g.Path, records) }) {
		return denied
	}
	return best
}

// reaches reports whether a grant at path reaches each of the records.
func reaches(path string, records [][]string) bool {
	for _, units := range records {
		if !slices.ContainsFunc(units, func(unit string) bool { return strings.HasPrefix(unit, path) }) {
			return false
		}
	}
	return true
}

// TestEveryRouteStandsInTheTable wants a line for each route.
func TestEveryRouteStandsInTheTable(t *testing.T) {
	t.Parallel()
	rules := readTable(t)
	for _, pattern := range routePatterns(t) {
		if _, found := rules.of(pattern); !found {
			t.Errorf("testdata/rights.csv says nothing about %s", pattern)
		}
	}
}
