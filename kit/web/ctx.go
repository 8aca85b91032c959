package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/text"
)

const (
	typeHTML = "text/html; charset=utf-8"
	typeJSON = "application/json; charset=utf-8"

	retryAfter = "1" // seconds after which a busy program should be asked again
)

// Ctx is one request and its answer.
type Ctx struct {
	Request *http.Request
	Writer  http.ResponseWriter
	Who     access.Person
	L       locale.L

	server *Server
	id     string
	form   url.Values // posted values, cleaned; nil until read
	flash  string
	takes  Takes // which files the route takes

	press    *db.Press // nil where a press may count twice
	answered bool      // where it leads on to is kept
	told     string    // what is shown there
}

// Context returns the request's context; it carries Who.
func (c *Ctx) Context() context.Context { return c.Request.Context() }

// Param returns the part of the address that the pattern names.
func (c *Ctx) Param(name string) string { return text.Line(c.Request.PathValue(name)) }

// Query returns the first value of a name behind the question mark of the address, cleaned.
func (c *Ctx) Query(name string) string { return text.Line(c.Request.URL.Query().Get(name)) }

// QueryAll returns all values of a name behind the question mark, cleaned.
func (c *Ctx) QueryAll(name string) []string {
	all := c.Request.URL.Query()[name]
	for n, v := range all {
		all[n] = text.Line(v)
	}
	return all
}

// QueryInt returns a number behind the question mark, or otherwise.
func (c *Ctx) QueryInt(name string, otherwise int) int {
	n, err := strconv.Atoi(c.Query(name))
	if err != nil {
		return otherwise
	}
	return n
}

// HX reports whether htmx asks, and so wants a fragment.
func (c *Ctx) HX() bool { return c.Request.Header.Get("HX-Request") == "true" }

// Secure reports whether the program is reached by https.
func (c *Ctx) Secure() bool { return c.server.Secure }

// Base returns the address of the program without a slash at its end: the one it was
// told, else the one by which this person has come. What is printed or handed on
// for others should stand on the former.
func (c *Ctx) Base() string {
	switch {
	case c.server.Base != "":
		return strings.TrimSuffix(c.server.Base, "/")
	case c.server.Secure:
		return "https://" + c.Request.Host
	}
	return "http://" + c.Request.Host
}

// wantsJSON reports whether a program asks rather than a browser.
func (c *Ctx) wantsJSON() bool {
	return strings.HasPrefix(c.Request.Header.Get("Accept"), "application/json") ||
		strings.HasPrefix(c.Request.Header.Get("Content-Type"), "application/json")
}

// Body reads the whole body of at most max bytes.
func (c *Ctx) Body(max int64) ([]byte, error) {
	b, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, max))
	if err != nil {
		return nil, unreadable(err)
	}
	return b, nil
}

// unreadable turns an error of reading a body into a refusal.
func unreadable(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return fault.New(fault.TooLarge, "fault.too_large")
	}
	return fault.New(fault.Invalid, "fault.unreadable")
}

// HTML answers with a node under the given status.
func (c *Ctx) html(status int, n g.Node) error {
	c.Writer.Header().Set("Content-Type", typeHTML)
	c.Writer.WriteHeader(status)
	if c.Request.Method == http.MethodHead {
		return nil
	}
	return draw(c.Writer, n)
}

// Unzipped keeps the answer from being compressed, where its length must not tell
// what is in it. It comes before the answer.
func (c *Ctx) Unzipped() { c.Writer.Header().Set(gzhttp.HeaderNoCompression, "1") }

// Fragment answers htmx with a part of a page.
func (c *Ctx) Fragment(n g.Node) error { return c.html(http.StatusOK, n) }

// See sends the browser on to path (303).
func (c *Ctx) See(path string) error {
	if err := c.keepAnswer(path); err != nil {
		return err
	}
	http.Redirect(c.Writer, c.Request, path, http.StatusSeeOther)
	return nil
}

// Done sends the browser on to path, where the message key is shown once. Its
// arguments travel in a cookie: they must hold nothing private.
func (c *Ctx) Done(path, key string, args ...any) error {
	c.told = c.L.T(key, args...)
	c.setFlash(c.told)
	return c.See(path)
}

// JSON answers with v.
func (c *Ctx) JSON(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	c.Writer.Header().Set("Content-Type", typeJSON)
	_, err = c.Writer.Write(b)
	return err
}

// Download answers with a file that the browser keeps under name.
func (c *Ctx) Download(name, contentType string, data []byte) error {
	return c.file("attachment", name, contentType, data)
}

// Inline answers with a file that the browser shows. It is for what the program
// made itself; what people uploaded is always a Download.
func (c *Ctx) Inline(name, contentType string, data []byte) error {
	return c.file("inline", name, contentType, data)
}

func (c *Ctx) file(disposition, name, contentType string, data []byte) error {
	h := c.Writer.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": fileName(name)}))
	h.Set("Content-Security-Policy", policyFile)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_, err := c.Writer.Write(data)
	return err
}

// fileName makes a name that every system takes.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, text.Line(name))
	if name = strings.Trim(name, ". "); name == "" {
		return "tep"
	}
	return name
}

// Cookie sets a cookie that scripts cannot read; seconds 0 ends with the browser,
// a negative number removes it.
func (c *Ctx) Cookie(name, value string, seconds int) {
	http.SetCookie(c.Writer, &http.Cookie{ // #nosec G124 -- Secure follows the connection: a laptop in a hall has no TLS
		Name: name, Value: value, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteLaxMode,
	})
}

const flashCookie = "flash"

func (c *Ctx) setFlash(message string) { c.Cookie(flashCookie, url.QueryEscape(message), 60) }

func (c *Ctx) takeFlash() string {
	k, err := c.Request.Cookie(flashCookie)
	if err != nil {
		return ""
	}
	c.Cookie(flashCookie, "", -1)
	s, err := url.QueryUnescape(k.Value)
	if err != nil {
		return ""
	}
	return text.Line(s)
}

// fail shows err: as JSON to programs, as a fragment to htmx, as a page to
// people; a browser that is not signed in is sent to sign in.
func (c *Ctx) fail(err error) {
	e := fault.Of(err)
	status := c.status(err)
	if e.Kind == fault.SignIn && c.Request.Method == http.MethodGet && !c.HX() && !c.wantsJSON() && !c.wantsStream() {
		_ = c.See("/sign-in?next=" + url.QueryEscape(c.Request.URL.RequestURI()))
		return
	}
	message := c.L.Fill(e.Key, e.Args)
	if c.wantsJSON() {
		c.Writer.Header().Set("Content-Type", typeJSON)
		c.Writer.WriteHeader(status)
		_, _ = c.Writer.Write(problem(e.Kind, message, c.id)) // nobody is left to tell
		return
	}
	body := failure(c, message, e.Kind == fault.Internal)
	if c.HX() {
		_ = c.html(status, body)
		return
	}
	// Whoever is turned away gets a page without what stands around it, which costs reads.
	_ = c.render(status, Page{Title: c.L.T("fault.title"), Bare: e.Kind == fault.Busy, Body: body})
}

// problem is a refusal as programs read it.
func problem(k fault.Kind, message, request string) []byte {
	b, err := json.Marshal(map[string]any{"kind": k, "message": message, "request": request})
	if err != nil {
		panic(err) // texts can be written
	}
	return b
}

// wantsStream reports whether a page listens: it can do nothing with a page to sign
// in on.
func (c *Ctx) wantsStream() bool {
	return strings.Contains(c.Request.Header.Get("Accept"), "text/event-stream")
}

// Again answers a form that was refused: the same page, with the status of err.
// An error that is not a fault is returned as it is.
func (c *Ctx) Again(err error, p Page) error {
	if _, ok := errors.AsType[*fault.Error](err); !ok {
		return err
	}
	return c.render(c.status(err), p)
}

// Redraw is Again for a page that has to be read first, c.Redraw(err)(p.formPage(…)): what
// fails then goes before err.
func (c *Ctx) Redraw(err error) func(Page, error) error {
	return func(p Page, failed error) error {
		if failed != nil {
			return failed
		}
		return c.Again(err, p)
	}
}

// Reply answers a form: all being well it leads on to path with a word of what was done;
// a form that has to be mended is shown again by page, with what was typed. Any other
// fault is the answer, for the form may not be there any more.
func (c *Ctx) Reply(err error, path, done string, page func(Form) (Page, error)) error {
	if err == nil {
		return c.Done(path, done)
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	return c.Redraw(err)(page(c.Refill(err)))
}

// status returns the status that answers err, and says when to ask again where that
// helps.
func (c *Ctx) status(err error) int {
	if fault.Is(err, fault.Busy) {
		c.Writer.Header().Set("Retry-After", retryAfter)
	}
	return fault.Status(err)
}

// Page answers with a page.
func (c *Ctx) Page(p Page) error { return c.render(http.StatusOK, p) }

// String describes the request for errors.
func (c *Ctx) String() string { return fmt.Sprintf("%s %s", c.Request.Method, c.Request.Pattern) }
