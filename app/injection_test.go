package app_test

import (
	"html"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/web"
)

// Every text that is to become SQL has one of these words in it, and no SQL of ours has.
var probes = []string{"zqa", "zqb", "7331", "7332"}

// pairs say something true and something false to whoever takes them for SQL, after what stands
// in the parameter otherwise, and differ in nothing else.
var pairs = []string{
	`x' OR 'zqa'='zqa`,
	`§' AND 'zqa'='zqa`,
	`1 OR 7331=7331`,
	`§ AND 7331=7331`,
	`%' OR 'zqa' LIKE 'zqa`,
	`x') OR ('zqa'='zqa`,
}

// injections break SQL in which they stand as what they are, or change what it says.
var injections = []string{
	`zqa'`, `zqa"`, `zqa')`, `zqa'))--`, `zqa\'`, `zqa'/*`, `zqa;--`, "zqa\x00'", "zqa\u2019'", `zqa'||'zqb`, `1)-- 7331`, `7331'`,
	`zqa' UNION SELECT 1--`, `zqa' UNION SELECT NULL,NULL,NULL,NULL--`, `zqa'; DROP TABLE member; --`, `-1 UNION SELECT 7331`,
	`zqa%_\`, `zqa[]`, `$.zqa'`, `$[zqa"]`, `{"zqa":"'"}`, `zqa${1}$1?:zqb@zqb`, `zqa::int'`, strings.Repeat(`zqa'`, 20_000),
}

// TestNothingTypedBecomesSQL puts texts that change SQL into every parameter behind a question mark that
// any route reads, and into every field of every form, names of which the sources tell: no text of
// SQL that the database is given has anything of them in it, nothing fails, looks change nothing,
// and what would be true of SQL is answered like what would be false.
//
// A run asks a share of the texts that its seed chooses; -whole asks all.
func TestNothingTypedBecomesSQL(t *testing.T) {
	t.Parallel()
	names := newReaders(t)
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		h := newHouse(t, w)
		x := newInjecting(t, h, names)
		x.readPages(t)
		s := newSeen(t, h)
		for _, r := range h.server.Routes {
			if strings.HasPrefix(r.Pattern, "GET ") {
				x.look(t, r)
			}
		}
		s.unchanged(t, "a look with SQL in its address")
		for _, r := range h.server.Routes {
			if strings.HasPrefix(r.Pattern, "POST ") {
				x.act(t, r)
			}
		}
		t.Logf("%d parameters of looks, %d fields of forms, %d requests with seed %d", x.parameters, x.fields, x.asked, *seed)
		if x.parameters < 200 || x.fields < 400 {
			t.Errorf("the test shows little: %d parameters and %d fields", x.parameters, x.fields)
		}
		if x.heard.count < x.asked {
			t.Errorf("%d statements were heard in %d requests", x.heard.count, x.asked)
		}
	})
}

// TestAnInjectionIsFound plants handlers that make SQL of what they are sent: each is found, also
// one that says nothing of what goes wrong, and by what it answers alone.
func TestAnInjectionIsFound(t *testing.T) {
	t.Parallel()
	names := newReaders(t)
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		h := newHouse(t, w)
		x := newInjecting(t, h, names)
		x.whole, x.base["/planted q"] = true, "có"
		x.wrong = func(_, problem string) { x.found[problem] = true }
		x.of = func(web.Route) reading { return reading{map[string]bool{"q": true}, map[string]bool{"q": true}} }
		count := func(c *web.Ctx, condition string) (int, error) {
			return db.One[int](c.Context(), w.App.DB, `SELECT count(*) FROM organization WHERE `+condition)
		}
		write := func(c *web.Ctx, condition string) error {
			return w.App.DB.Tx(c.Context(), func(tx *db.Tx) error {
				_, err := db.Exec(c.Context(), tx, `DELETE FROM limit_bucket WHERE `+condition)
				return err
			})
		}
		looks := func(condition func(q string) string) web.Route {
			return web.Route{Pattern: "GET /planted", Do: func(c *web.Ctx) error {
				n, _ := count(c, condition(c.Query("q"))) // what goes wrong is kept to itself
				return c.JSON(n)
			}}
		}
		acts := func(condition func(q string) string, silent bool) web.Route {
			return web.Route{Pattern: "POST /planted", Do: func(c *web.Ctx) error {
				fields, err := c.Values()
				must(t, err)
				if err = write(c, condition(fields.Get("q"))); silent {
					err = nil
				}
				return err
			}}
		}
		quoted := func(q string) string { return `name = '` + q + `'` }
		for name, planted := range map[string]struct {
			route web.Route
			as    []string // what has to be found
		}{
			"of a text":                          {looks(quoted), []string{becameSQL, differs}},
			"of a text that is there":            {looks(func(q string) string { return `'có' = '` + q + `'` }), []string{becameSQL, differs}},
			"of a text in brackets":              {looks(func(q string) string { return `(name = '` + q + `')` }), []string{becameSQL, differs}},
			"of a pattern":                       {looks(func(q string) string { return `name LIKE 'xx` + q + `'` }), []string{becameSQL, differs}},
			"of a number":                        {looks(func(q string) string { return `1 < 0 OR 2 = ` + q }), []string{becameSQL, differs}},
			"of a text, and fails aloud":         {web.Route{Pattern: "GET /planted", Do: func(c *web.Ctx) error { _, err := count(c, quoted(c.Query("q"))); return err }}, []string{becameSQL, fails}},
			"of a field":                         {acts(func(q string) string { return `key = '` + q + `'` }, false), []string{becameSQL, fails}},
			"of a field, and fails silently":     {acts(func(q string) string { return `key = '` + q + `'` }, true), []string{becameSQL}},
			"of a field in capital letters":      {acts(func(q string) string { return `key = '` + strings.ToUpper(q) + `'` }, true), []string{becameSQL}},
			"of what is behind a form's address": {web.Route{Pattern: "POST /planted", Do: func(c *web.Ctx) error { return write(c, `key = '`+c.Query("q")+`'`) }}, []string{becameSQL, fails}},
		} {
			planted.route.Need = access.SignedIn
			h.server.Routes = []web.Route{planted.route}
			h.door = h.server.Handler()
			x.found = map[string]bool{}
			x.look(t, planted.route)
			x.act(t, planted.route)
			if got := slices.Sorted(maps.Keys(x.found)); !slices.Equal(got, planted.as) {
				t.Errorf("SQL made %s: what is found is %q, want %q", name, got, planted.as)
			}
		}
	})
}

// What can be wrong with an answer, in the order of the words.
const (
	becameSQL = "became SQL"
	differs   = "is answered as if it were SQL"
	fails     = "fails"
)

// injecting sends SQL where text is expected.
type injecting struct {
	h      *house
	chance *rand.Rand
	whole  bool
	heard  *listening
	of     func(web.Route) reading
	base   map[string]string // "/tasks owner": what a page of the program has there
	forms  map[string]shown  // by route
	mux    *http.ServeMux
	found  map[string]bool
	wrong  func(what, problem string)

	parameters, fields, asked int
}

// shown is a form and who sees it.
type shown struct {
	form form
	to   string
}

// listening hears the SQL that a database is given.
type listening struct {
	mu    sync.Mutex
	found string // one that has a probe in it
	count int
}

func (l *listening) hear(query string, _ []any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count++
	query = strings.ToLower(query)
	if slices.ContainsFunc(probes, func(p string) bool { return strings.Contains(query, p) }) {
		l.found = query
	}
}

// take returns what was found since it was last asked.
func (l *listening) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := l.found
	l.found = ""
	return found
}

// senders are those as whom it is asked: between them they may do everything.
var senders = []string{"secretary", "clerk", "committee", "administrator", "member", "department", "stranger"}

// newInjecting listens to what a program asks its database.
func newInjecting(t *testing.T, h *house, names *readers) *injecting {
	t.Helper()
	x := &injecting{
		h: h, chance: rand.New(rand.NewPCG(*seed, 2)), whole: *whole, heard: &listening{}, found: map[string]bool{},
		base: map[string]string{}, forms: map[string]shown{}, mux: http.NewServeMux(),
	}
	x.of = func(r web.Route) reading { return names.of(handlerOf(r)) }
	x.wrong = func(what, problem string) { t.Errorf("%s: %s", what, problem) }
	h.w.App.DB.Heard, h.w.App.DB.HeardWithin = x.heard.hear, x.heard.hear
	for _, r := range h.server.Routes {
		x.mux.Handle(r.Pattern, http.NotFoundHandler())
	}
	return x
}

// readPages looks at all pages, for the addresses and the forms on them.
func (x *injecting) readPages(t *testing.T) {
	t.Helper()
	h, seen := x.h, map[string]bool{}
	for _, name := range senders {
		for _, r := range h.server.Routes {
			if !strings.HasPrefix(r.Pattern, "GET ") || strings.Contains(r.Pattern, ".") {
				continue
			}
			for _, path := range h.paths(r.Pattern) {
				if seen[path] || ofSessions(path) || strings.HasSuffix(path, "/live") {
					continue
				}
				a := x.send(name, http.MethodGet, path, nil, nil)
				if a.Status == http.StatusOK && strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
					seen[path] = true
					x.learn(t, name, a.Body)
				}
			}
		}
	}
}

// learn notes the addresses and the forms of a page.
func (x *injecting) learn(t *testing.T, name, body string) {
	t.Helper()
	for _, m := range inQueries.FindAllStringSubmatch(body, -1) {
		if u, err := url.Parse(html.UnescapeString(m[1])); err == nil {
			for parameter, values := range u.Query() {
				if values[0] != "" {
					x.base[u.Path+" "+parameter] = values[0]
				}
			}
		}
	}
	for _, f := range formsOf(t, body) {
		_, pattern := x.mux.Handler(f.filledWith(""))
		if _, known := x.forms[pattern]; !known && f.method == http.MethodPost {
			x.forms[pattern] = shown{f, name}
		}
	}
}

// send makes one request.
func (x *injecting) send(name, method, path string, query, fields url.Values) worldtest.Answer {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	r := httptest.NewRequest(method, path, strings.NewReader(fields.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set(asking, name)
	x.asked++
	return knock(x.h.door, r)
}

// judge says what is wrong with an answer by itself.
func (x *injecting) judge(what string, a worldtest.Answer) {
	if a.Status >= http.StatusInternalServerError {
		x.wrong(what, fails)
	}
	if x.heard.take() != "" {
		x.wrong(what, becameSQL)
	}
}

// look asks for a page with SQL in each of its parameters.
func (x *injecting) look(t *testing.T, r web.Route) {
	t.Helper()
	names := slices.Sorted(maps.Keys(x.of(r).queries))
	if !strings.HasPrefix(r.Pattern, "GET ") || len(names) == 0 {
		return
	}
	path := x.h.paths(r.Pattern)[0]
	query := url.Values{}
	for _, name := range names {
		query.Set(name, x.base[path+" "+name])
	}
	who := x.whoSees(path, query)
	ask := func(name, text string) worldtest.Answer {
		asked := maps.Clone(query)
		asked.Set(name, text)
		a := x.send(who, http.MethodGet, path, asked, nil)
		x.judge(r.Pattern+" with "+name+"="+brief(text), a)
		return a
	}
	for _, name := range names {
		x.parameters++
		for _, pair := range x.some(pairs, 1) {
			pair = strings.ReplaceAll(pair, "§", query.Get(name))
			yes, no := ask(name, pair), ask(name, falsely(pair))
			if yes.Status != no.Status || alike(yes.Body) != alike(no.Body) {
				x.wrong(r.Pattern+" with "+name+"="+pair, differs)
			}
		}
		for _, text := range x.some(injections, 1) {
			ask(name, text)
		}
	}
}

// whoSees returns somebody who is shown a page.
func (x *injecting) whoSees(path string, query url.Values) string {
	for _, name := range senders {
		if x.send(name, http.MethodGet, path, query, nil).Status == http.StatusOK {
			return name
		}
	}
	return senders[0]
}

// act sends a form with SQL in each of its fields, and in all.
func (x *injecting) act(t *testing.T, r web.Route) {
	t.Helper()
	if !strings.HasPrefix(r.Pattern, "POST ") {
		return
	}
	path, who, fields := x.filled(r)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		x.fields++
		for _, text := range x.some(append(slices.Clone(pairs), injections...), 2) {
			sent := maps.Clone(fields)
			sent.Set(name, text)
			x.judge(r.Pattern+" with "+name+"="+brief(text), x.send(who, http.MethodPost, path, nil, sent))
		}
	}
	for _, text := range x.some(injections, 1) { // behind the question mark, too
		query := url.Values{}
		for name := range x.of(r).queries {
			query.Set(name, text)
		}
		for name := range fields {
			query.Set(name, text)
		}
		x.judge(r.Pattern+" with all in the address="+brief(text), x.send(who, http.MethodPost, path, query, fields))
	}
}

// filled is a form of a route as somebody would send it, with every field that is read.
func (x *injecting) filled(r web.Route) (path, who string, fields url.Values) {
	path, who, fields = x.h.paths(r.Pattern)[0], x.mayPress(r), url.Values{}
	if ofSessions(path) {
		who = "stranger"
	}
	for name := range x.of(r).fields {
		fields.Set(name, "1")
	}
	if f, is := x.forms[r.Pattern]; is {
		path, who = f.form.action, f.to
		maps.Copy(fields, f.form.values)
		for _, name := range f.form.texts {
			fields.Set(name, plainly(f.form, name))
		}
	}
	path, _, _ = strings.Cut(path, "?")
	return path, who, fields
}

// mayPress returns somebody whom a route lets in.
func (x *injecting) mayPress(r web.Route) string {
	for _, name := range senders {
		if x.h.known[name].Check(r.Need) == nil {
			return name
		}
	}
	return senders[0]
}

// some chooses one of some texts for every so many that ask, or takes all.
func (x *injecting) some(texts []string, share int) []string {
	if x.whole {
		return texts
	}
	if x.h.w.App.DB.Postgres() {
		share *= 4 // both are given the same text of SQL
	}
	if x.chance.IntN(share) > 0 {
		return nil
	}
	at := x.chance.IntN(len(texts))
	return texts[at : at+1]
}

// plainly is what somebody would type into a field.
func plainly(f form, name string) string {
	if f.typed[name] != "" {
		return f.typed[name]
	}
	switch f.kinds[name] {
	case "date":
		return "2026-12-20"
	case "datetime-local":
		return "2026-12-20T08:00"
	case "time":
		return "08:00"
	case "month":
		return "2026-12"
	case "number":
		return "1"
	}
	return "Nội dung thử"
}

// falsely says of a pair what is false.
func falsely(pair string) string {
	for _, n := range []int{0, 2} {
		if at := strings.LastIndex(pair, probes[n]); at >= 0 {
			return pair[:at] + probes[n+1] + pair[at+len(probes[n]):]
		}
	}
	panic("no pair: " + pair)
}

// ofItsOwn is what a page has made for itself: the keys of its forms, the name of a sending.
var ofItsOwn = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|"[a-z2-7]{26}"`)

// alike is a page without what was typed into it, in whatever case, and what is of its own.
func alike(body string) string {
	return ofItsOwn.ReplaceAllString(strings.NewReplacer("zqb", "zqa", "7332", "7331").Replace(strings.ToLower(body)), "·")
}

// brief is the beginning of a text.
func brief(text string) string {
	if len(text) > 60 {
		return text[:60] + "…"
	}
	return text
}
