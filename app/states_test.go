package app_test

import (
	"encoding/csv"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/web"
	"chibo/organization"
)

// kind is a kind of record whose state says who may do what. What may be done stands in
// testdata/states, one table for each kind: the states are letters that the first line of the
// table names, the column "ai" says what somebody is to the record besides their role.
type kind struct {
	name string
	// letters are the states in their order.
	letters string
	// relations are the words of the column "ai".
	relations []string
	// record makes one in a state, for the deed at a path; an empty path: to be looked at, and
	// to refuse what is not done in the state. What was made before may be gone then.
	record func(t *testing.T, h *house, state, path string) record
	// apart reports whether a deed is done in a world of its own, because record cannot make
	// its record anew. It may be nil.
	apart func(path string) bool
	// aside are roles of another unit that has no part in the record.
	aside string
	// fields is set where what is not done in a state is said at a field of the form.
	fields bool
	// tells is set where a form that is not taken leads to the page of the record, which says
	// how it stands: that it changes nothing is the refusal.
	tells bool
}

// record is one record in a state.
type record struct {
	// places fill the placeholders of the addresses.
	places map[string]string
	// form returns what the right form of an address sends.
	form func(path string) url.Values
	// file returns the file that the right form of an address brings, with the name of its
	// field; nil where it brings none. It may be nil.
	file func(path string) *upload
	// as returns somebody with what a relation makes of them. It may be nil.
	as func(who access.Person, relation string) access.Person
}

// upload is a file of a form.
type upload struct {
	field, name string
	data        []byte
}

// stateLine is a line of a table of states: in which of them a role may do a thing.
type stateLine struct {
	what, method, path, relation string
	in                           map[access.Role]string
}

// kinds are the kinds of records with a table of states; those of one line are asked in one
// world, one after the other.
var kinds = [][]kind{
	{meetingStates},
	{ballotStates},
	{ratingStates},
	{scoreStates},
	{remedyStates},
	{conferenceStates},
	{taskStates},
	{directiveStates},
	{matterStates, newsStates, themeStates, digestStates},
	{visitStates},
	{scriptStates, rehearsalStates, feedbackStates},
	{pilotStates, planStates, courseStates, lessonStates},
	{seatStates, officeStates},
	{sketchStates, bookStates, importStates, headStates},
	{preparationStates, collectiveStates},
	{gatheringStates, listStates},
	{consentStates, excuseStates, absenceStates},
	{hardshipStates, residentStates, sessionStates, requestStates, delegationStates, accountStates, memberStates},
}

// lines reads who may do what in which state of a record, for what the state decides. As
// with testdata/rights.csv the program does not know this table.
func (k kind) lines(t *testing.T) []stateLine {
	t.Helper()
	f, err := os.Open("testdata/states/" + k.name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []stateLine
	for _, row := range rows[1:] {
		in := map[access.Role]string{}
		for n, role := range columns {
			in[role] = strings.Trim(row[4+n], "-")
			if strings.Trim(in[role], k.letters) != "" {
				t.Fatalf("%s: %q of %s names no states", row[0], in[role], role)
			}
		}
		if row[3] != "" && !slices.Contains(k.relations, row[3]) {
			t.Fatalf("%s: nobody is %q", row[0], row[3])
		}
		for _, path := range strings.Fields(row[2]) {
			out = append(out, stateLine{row[0], methods[row[1]], path, row[3], in})
		}
	}
	return out
}

// may reports whether a role may do the thing in a state.
func (l stateLine) may(role access.Role, state string) bool {
	return strings.Contains(l.in[role], state)
}

// TestEveryState asks what the state of a record decides, of a record in each state, as every
// role and relation, with a form that is taken in the right state: the table says when it is.
// The same roles of another unit are refused in every state. What is refused changes nothing,
// what is taken changes something or tells somebody.
func TestEveryState(t *testing.T) {
	t.Parallel()
	for _, together := range kinds {
		t.Run("of "+together[0].name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, worldtest.OnSQLite(t))
			h.putAside(t)
			for _, k := range together {
				t.Run(k.name, func(t *testing.T) {
					r := &round{h: h, kind: k, s: newSeen(t, h)}
					lines := k.lines(t)
					h.mustBeRoutes(t, lines)
					for _, state := range strings.Split(k.letters, "") {
						r.ask(t, lines, state)
					}
					t.Logf("%d cases are served or taken, %d refused", r.taken, r.refused)
				})
			}
		})
	}
}

// mustBeRoutes wants a route for each address of a table: what is refused because it was misspelled
// says nothing.
func (h *house) mustBeRoutes(t *testing.T, lines []stateLine) {
	t.Helper()
	for _, l := range lines {
		if !slices.ContainsFunc(h.server.Routes, func(r web.Route) bool {
			method, path, _ := strings.Cut(r.Pattern, " ")
			return method == l.method && fits(path, l.path)
		}) {
			t.Fatalf("%s: there is no %s %s", l.what, l.method, l.path)
		}
	}
}

// TestEveryDeedHasItsStates wants every deed on a record in a table of states, or in
// testdata/stateless.csv with the reason why no state decides it: a feature that is new cannot
// forget its table. What stands there must be a deed, and in no table.
func TestEveryDeedHasItsStates(t *testing.T) {
	t.Parallel()
	var asked []stateLine
	for _, k := range slices.Concat(kinds...) {
		asked = append(asked, k.lines(t)...)
	}
	without := stateless(t)
	for _, pattern := range routePatterns(t) {
		method, path, _ := strings.Cut(pattern, " ")
		if method != http.MethodPost || !strings.Contains(path, "{") {
			continue
		}
		stands := slices.ContainsFunc(asked, func(l stateLine) bool { return l.method == method && fits(path, l.path) })
		switch why, excused := without[path]; {
		case !stands && !excused:
			t.Errorf("%s stands in no table of testdata/states and has no reason in testdata/stateless.csv", path)
		case stands && excused:
			t.Errorf("%s is asked in a table of states, and yet testdata/stateless.csv says %q", path, why)
		}
		delete(without, path)
	}
	for path := range without {
		t.Errorf("testdata/stateless.csv: there is no POST %s", path)
	}
}

// stateless are the deeds on records that no state decides, with the reason.
func stateless(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open("testdata/stateless.csv")
	must(t, err)
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	must(t, err)
	out := map[string]string{}
	for _, row := range rows[1:] {
		for _, path := range strings.Fields(row[0]) {
			if out[path] = row[1]; row[1] == "" {
				t.Errorf("testdata/stateless.csv: %s has no reason", path)
			}
		}
	}
	return out
}

// fits reports whether an address of a table is one of a route: where the route has a
// placeholder, anything may stand.
func fits(route, asked string) bool {
	asked, _, _ = strings.Cut(asked, "?")
	return slices.EqualFunc(strings.Split(route, "/"), strings.Split(asked, "/"), func(is, part string) bool {
		return is == part || strings.HasPrefix(is, "{")
	})
}

// putAside lets people of the second cell with each role of a cell come in, beside those of
// another ward whom the house has.
func (h *house) putAside(t *testing.T) {
	t.Helper()
	home, _ := h.known["other secretary"].Home()
	cell, err := organization.Get(t.Context(), h.w.App.DB, access.Whole("", "/"), home.Organization)
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range columns {
		v := visitor{who: h.known["far "+string(role)]}
		if !slices.Contains(ofWard, role) {
			v = h.person("", h.grant(role, cell))
		}
		h.known["aside "+string(role)] = v.who
	}
}

// ofWard are the roles that are held in a committee.
var ofWard = []access.Role{access.Administrator, access.Clerk, access.Committee, access.Department}

// round is one kind being asked.
type round struct {
	h              *house
	kind           kind
	s              *seen
	taken, refused int
}

// ask asks all lines of records in one state: first what is refused or only looks, of one
// record; then what is taken, of a record for each deed.
func (r *round) ask(t *testing.T, lines []stateLine, state string) {
	t.Helper()
	of := r.kind.record(t, r.h, state, "")
	r.s.look(t)
	for n, l := range lines {
		first := !slices.ContainsFunc(lines[:n], func(o stateLine) bool { return o.method == l.method && o.path == l.path })
		open := l.in[access.Administrator] != "" && l.in[access.Probationary] != "" || // to everybody, or a list of one's own
			l.method == http.MethodGet && !strings.Contains(l.path, "{")
		for _, role := range columns {
			if may := l.may(role, state); l.method == http.MethodGet || !may {
				r.judge(t, l, state, role, of, may)
			}
			if first && !open {
				r.judgeAside(t, l, state, role, of)
			}
		}
	}
	r.s.unchanged(t, r.kind.name+", "+state)
	for _, l := range lines {
		for _, role := range columns {
			if l.method == http.MethodPost && l.may(role, state) {
				r.take(t, l, state, role)
			}
		}
	}
}

// judge makes one request that changes nothing and compares the answer.
func (r *round) judge(t *testing.T, l stateLine, state string, role access.Role, of record, may bool) {
	t.Helper()
	a := r.h.askIn(l, "mere "+string(role), of)
	switch {
	case may && (a.Status != http.StatusOK && a.Status != http.StatusSeeOther || strings.HasPrefix(a.Location(), "/sign-in")):
		t.Errorf("%s: %s %s, %s, %s %s: %d, is refused", l.what, l.method, l.path, state, role, l.relation, a.Status)
	case !may && !r.refuses(l, a):
		t.Errorf("%s: %s %s, %s, %s %s: %d, is not refused: %s", l.what, l.method, l.path, state, role, l.relation, a.Status, a.Location())
	case may:
		r.taken++
	default:
		r.refused++
	}
	r.still(t, l, state, role)
}

// judgeAside asks as a role of another unit, which is refused whatever the state.
func (r *round) judgeAside(t *testing.T, l stateLine, state string, role access.Role, of record) {
	t.Helper()
	l.relation = ""
	if a := r.h.askIn(l, r.kind.aside+" "+string(role), of); !r.refuses(l, a) {
		t.Errorf("%s: %s %s, %s, %s of another unit: %d, is not refused: %s", l.what, l.method, l.path, state, role, a.Status, a.Location())
	}
	r.refused++
	r.still(t, l, state, role)
}

// still fails at once where something has changed, as far as a look at a counter says it;
// all that is kept is compared at the end of the state.
func (r *round) still(t *testing.T, l stateLine, state string, role access.Role) {
	t.Helper()
	if r.s.watch.Number() != r.s.number {
		r.s.unchanged(t, l.what+": "+l.path+", "+state+", "+string(role))
	}
}

// refuses reports whether an answer is a refusal.
func (r *round) refuses(l stateLine, a worldtest.Answer) bool {
	if r.kind.tells && l.method == http.MethodPost && a.Status == http.StatusSeeOther && !strings.HasPrefix(a.Location(), "/sign-in") {
		return true
	}
	if r.kind.fields && l.method == http.MethodPost && a.Status == http.StatusUnprocessableEntity {
		return true
	}
	return slices.Contains([]int{http.StatusForbidden, http.StatusNotFound, http.StatusConflict}, a.Status)
}

// take makes the program take a form, which changes something.
func (r *round) take(t *testing.T, l stateLine, state string, role access.Role) {
	t.Helper()
	h, s := r.h, r.s
	if r.kind.apart != nil && r.kind.apart(l.path) {
		h = newHouse(t, worldtest.OnSQLite(t))
		s = newSeen(t, h)
	}
	of := r.kind.record(t, h, state, l.path)
	before, told := s.watch.Number(), s.told.Number()
	a := h.askIn(l, "mere "+string(role), of)
	switch {
	case a.Status != http.StatusSeeOther:
		t.Errorf("%s: %s, %s, %s %s: %d, is refused: %.3000s", l.what, l.path, state, role, l.relation, a.Status, a.Body[strings.Index(a.Body, "<main")+1:])
	case s.watch.Number() == before && s.told.Number() == told:
		t.Errorf("%s: %s, %s, %s %s: is said to be done and changes nothing", l.what, l.path, state, role, l.relation)
	}
	r.taken++
}

// askIn asks for what a line names, of a record.
func (h *house) askIn(l stateLine, name string, of record) worldtest.Answer {
	var pairs []string
	for place, value := range of.places {
		pairs = append(pairs, place, value)
	}
	body, kind := "", "application/x-www-form-urlencoded"
	if l.method == http.MethodPost {
		body = of.form(l.path).Encode()
		if of.file != nil {
			if f := of.file(l.path); f != nil {
				body, kind = inParts(of.form(l.path), f)
			}
		}
	}
	r := httptest.NewRequest(l.method, strings.NewReplacer(pairs...).Replace(l.path), strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	if l.relation != "" {
		h.known[related] = of.as(h.known[name], l.relation)
		name = related
	}
	r.Header.Set(asking, name)
	return knock(h.door, r)
}

// inParts writes a form with a file as a browser sends it, and returns its kind.
func inParts(form url.Values, f *upload) (body, kind string) {
	var b strings.Builder
	w := multipart.NewWriter(&b)
	for field, values := range form {
		for _, v := range values {
			_ = w.WriteField(field, v) // a strings.Builder takes everything
		}
	}
	part, _ := w.CreateFormFile(f.field, f.name)
	_, _ = part.Write(f.data)
	_ = w.Close()
	return b.String(), w.FormDataContentType()
}

// related is the name under which somebody comes in whom a relation has changed.
const related = "somebody with a relation"

// everywhere is the scope of what a test looks up for itself.
var everywhere = access.Whole("", "/")

// must ends the test on the first error.
func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// alter changes what is kept of one record without the program: of what there can be one only,
// the one before is removed.
func (h *house) alter(t *testing.T, args []any, statements ...string) {
	t.Helper()
	must(t, h.w.App.DB.Tx(t.Context(), func(tx *db.Tx) error {
		for _, sql := range statements {
			if _, err := db.Exec(t.Context(), tx, sql, args...); err != nil {
				return err
			}
		}
		return nil
	}))
}

// somebody is an id that belongs to nothing.
func somebody() string { return id.New() }
