// Package web turns requests into calls and answers into pages.
//
// Routes are data: a pattern, the need that says who may knock, a handler that
// returns an error. One place checks needs, one place shows errors, one place
// draws the page around a body. Pages work without JavaScript; htmx asks for the
// same components as fragments.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/locale"
	"chibo/kit/when"
)

// Handler answers one request. What it returns is shown to the person when it is
// a fault and logged when it is not.
type Handler func(c *Ctx) error

// Route is one line of the program's table of contents.
type Route struct {
	Pattern string // "POST /meetings/{id}/notice", as http.ServeMux reads it
	Need    access.Need
	Do      Handler
	// Nameless keeps the program from asking who comes: what is given here must not be
	// traced, in no log either. Its Need is access.Public.
	Nameless bool
	// Repeats says that the same press may come again without harm, and that nothing shall
	// remember it.
	Repeats bool
	// Takes says which files may come with the form; zero: none.
	Takes Takes
	// Mass says that the route hands over a list of people, of which nobody needs many in an
	// hour: see Server.Ration.
	Mass bool
	// Whose says, for a route that is Mass, of whose people the list tells that is asked for, see
	// Server.Second. It may be nil, and the List zero: then nobody else is asked.
	Whose func(c *Ctx) (List, error)
	// Record says that the route opens the record of one person, of which nobody reads hundreds
	// in an hour: see Server.Ration.
	Record bool
	// Searches says that the route looks through everything for what "q" asks: see
	// Server.Ration.
	Searches bool
}

// List is a list that tells of people of others than the reader's own cell.
type List struct {
	Kind       string // key of what it is called
	Root, Unit string // of the organisation whose people stand in it
	Subject    string // lists of one subject tell of the same people
}

// Server joins the routes into one handler.
type Server struct {
	Routes   []Route
	Identify func(*http.Request) (access.Person, error) // the zero Person when nobody is signed in
	Nav      func(*Ctx) Nav                             // what stands around every page
	Now      func() when.Instant
	DB       *db.DB      // in which presses are kept; nil: every press counts
	Busy     func() bool // whether writes are turned away before they cost anything; may be nil
	// Ration counts what somebody takes by a route that is Mass, opens by one that is Record, or
	// looks for by one that Searches, and returns from when they may do more of it; zero: now. May be nil.
	Ration func(ctx context.Context, who access.Person, r Route) (again when.Instant, err error)
	// Second lets a list go that somebody takes from an address, or returns the page that says
	// what is lacking, as the consent of a second person. May be nil.
	Second func(ctx context.Context, who access.Person, r Route, l List, address string) (page string, err error)
	// Scan looks into a file before anything else does and returns the key of why it may not
	// come in, empty for one that may. May be nil.
	Scan   func(ctx context.Context, who access.Person, route string, file []byte) (problem string, err error)
	Secure bool   // reached by https: cookies and headers say so
	Base   string // address people reach the program by, "https://chibo.example"; may be empty
	Meter  Meter  // counts requests; may be nil
	Log    *slog.Logger
}

// Meter counts requests, see kit/meter.
type Meter interface {
	// Answered counts an answer; the route is its pattern, never an address.
	Answered(route string, status int, took time.Duration)
	// Refused counts what was turned away because the program was too busy.
	Refused()
	// Rationed counts what nobody got because they had had too much of its kind within an hour:
	// "list", "record" or "search".
	Rationed(kind string)
}

// Handler returns the whole program as one handler.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.Routes {
		mux.Handle(r.Pattern, s.serve(r))
	}
	mux.Handle("/", s.serve(Route{Pattern: "/", Need: access.Public, Do: notFound}))
	mux.Handle("GET /a/", s.asset())
	mux.Handle("GET "+workerPath, http.HandlerFunc(worker))
	mux.Handle("GET "+manifestPath, http.HandlerFunc(manifest))

	writes := &pace{}
	return s.headers(s.turnAway(writes, s.observe(writes, s.fromHere(compressed(mux)))))
}

// fromHere refuses what the page of another site has pressed.
func (s *Server) fromHere(next http.Handler) http.Handler {
	refuse := s.serve(Route{Need: access.Public, Do: func(*Ctx) error {
		return fault.New(fault.Forbidden, "fault.cross_site")
	}})
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(refuse)
	told := guard.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if silent(r) {
			refuse.ServeHTTP(w, r)
			return
		}
		told.ServeHTTP(w, r)
	})
}

// silent reports whether a request would change something by the right of a cookie and says in
// no way where it was pressed. http.CrossOriginProtection lets it pass, for it comes from no
// browser of today; an old one says it in Referer.
func silent(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return false
	}
	if r.Header.Get("Cookie") == "" || r.Header.Get("Sec-Fetch-Site") != "" || r.Header.Get("Origin") != "" {
		return false
	}
	page, err := url.Parse(r.Referer())
	return err != nil || page.Host != r.Host
}

func notFound(*Ctx) error { return fault.New(fault.NotFound, "fault.not_found") }

// compressed zips pages on their way; the random padding keeps the length of a
// page from telling what is in it.
func compressed(h http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1400), gzhttp.RandomJitter(32, 0, false),
		gzhttp.ContentTypes([]string{"text/html", "application/json", "text/calendar", "text/plain"}))
	if err != nil {
		panic(err) // fixed options
	}
	return wrap(h)
}

func (s *Server) serve(r Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		c := &Ctx{Request: req, Writer: w, L: locale.Of(req), server: s, id: requestID(req.Context())}
		err := c.run(r)
		if err != nil {
			c.fail(err)
		}
		note(req.Context(), r.Pattern, err)
	})
}

func (c *Ctx) run(r Route) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler { //nolint:errorlint // the value net/http asks for
				panic(p)
			}
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if !r.Nameless {
		if c.Who, err = c.server.Identify(c.Request); err != nil {
			return err
		}
	}
	if err := c.Who.Check(r.Need); err != nil {
		return err
	}
	c.Who.For, c.takes = c.Who.InPlaceOf(r.Need), r.Takes
	c.Request = c.Request.WithContext(access.With(c.Request.Context(), c.Who))
	if err := c.ration(r); err != nil {
		return err
	}
	if page, err := c.second(r); err != nil || page != "" {
		if err == nil {
			http.Redirect(c.Writer, c.Request, page, http.StatusSeeOther)
		}
		return err
	}
	if err := c.presses(r); err != nil {
		return c.pressed(err)
	}
	return c.pressed(r.Do(c))
}

// policy lets a page use what comes from this server and nothing else; policyDevice
// lets it also run compiled programs of this server. A file is shown without scripts and
// belongs to nothing.
const (
	policy       = "script-src 'self'; " + policyRest
	policyDevice = "script-src 'self' 'wasm-unsafe-eval'; " + policyRest
	policyRest   = "default-src 'none'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
		"connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	policyFile = "default-src 'none'; sandbox; frame-ancestors 'none'"
)

// headers sets what every answer carries: no scripts, styles or frames from
// elsewhere, nothing kept by caches on shared devices.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "geolocation=(), microphone=(), payment=()")
		h.Set("Cache-Control", "no-store")
		if s.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// entry is what is logged of one request; the handler fills it in.
type entry struct {
	id, pattern string
	err         error
	status      int
	pace        *pace // by which it was let in; nil for what is only looked at
}

type entryKey struct{}

func requestID(ctx context.Context) string {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		return e.id
	}
	return ""
}

func note(ctx context.Context, pattern string, err error) {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		e.pattern, e.err = pattern, err
	}
}

// observe gives each request an id and logs it once: the pattern, never the
// address, so that no name or search stands in a log; nor does it say who asked, which
// the log of deeds (kit/audit) keeps of what matters.
func (s *Server) observe(writes *pace, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e := &entry{id: id.New(), status: http.StatusOK}
		if r.Method == http.MethodPost {
			e.pace = writes
		}
		w.Header().Set("X-Request-Id", e.id)
		begin := time.Now()
		defer func() { s.write(r, e, time.Since(begin)) }() // of an answer that is broken off, too
		next.ServeHTTP(&statusWriter{w, e}, r.WithContext(context.WithValue(r.Context(), entryKey{}, e)))
	})
}

// write writes the line of a request into the log, and counts it.
func (s *Server) write(r *http.Request, e *entry, took time.Duration) {
	if s.Meter != nil {
		s.Meter.Answered(e.pattern, e.status, took)
	}
	level, attrs := slog.LevelInfo, []slog.Attr{
		slog.String("request", e.id), slog.String("method", r.Method), slog.String("route", e.pattern),
		slog.Int("status", e.status), slog.Duration("took", took),
	}
	if _, refusal := errors.AsType[*fault.Error](e.err); e.err != nil && !refusal {
		level, attrs = slog.LevelError, append(attrs, slog.String("error", e.err.Error()))
	}
	s.Log.LogAttrs(r.Context(), level, "request", attrs...)
}

type statusWriter struct {
	http.ResponseWriter
	entry *entry
}

func (w *statusWriter) WriteHeader(status int) {
	w.entry.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Local reports whether path leads to a page of this program: it starts with one
// slash and cannot be read as another site's address.
func Local(path string) bool {
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.ContainsAny(path, "\\\r\n\t")
}
