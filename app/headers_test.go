package app_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/kit/access"
	"chibo/kit/web"
)

// evil is what every request of the sweep says about the place from which it comes, and where
// it would like to be led.
const evil = "evil.example"

// lure is what is asked for besides, to be led elsewhere.
var lure = url.Values{"next": {"https://" + evil + "/"}, "then": {"//" + evil}, "back": {`/\` + evil}, "return": {"//" + evil}}.Encode()

// led are the places of a page that lead elsewhere.
var led = regexp.MustCompile(`(?i)(href|src|action|hx-[a-z]+|content)="(https?:)?[/\\]{2}[^"]*evil`)

// headerProblem says what is wrong with the head of an answer, whatever it answers to whom.
func headerProblem(a worldtest.Answer) string {
	h := a.Header
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
		"Cross-Origin-Opener-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
	} {
		if h.Get(name) != want {
			return name + " is " + h.Get(name)
		}
	}
	policy, kind := h.Get("Content-Security-Policy"), h.Get("Content-Type")
	switch {
	case len(h.Values("Content-Security-Policy")) != 1 || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'"):
		return "the policy of content is " + policy
	case strings.Contains(policy, "unsafe-inline") || strings.Contains(policy, "unsafe-eval'") && !strings.Contains(policy, "wasm-unsafe-eval"):
		return "the policy lets scripts of pages run"
	case a.Body != "" && kind == "", strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "charset=utf-8"):
		return "Content-Type is " + kind
	case strings.HasPrefix(a.Location(), "//") || a.Location() != "" && !strings.HasPrefix(a.Location(), "/") || strings.ContainsAny(a.Location(), "\\\r\n"):
		return "leads on to " + a.Location()
	case strings.HasPrefix(kind, "text/html") && strings.Contains(a.Body, evil) && led.MatchString(a.Body):
		return "leads elsewhere: " + led.FindString(a.Body)
	}
	for name, values := range h {
		if strings.HasPrefix(name, "Access-Control-") || name == "Server" || name == "X-Powered-By" {
			return "says " + name
		}
		if name != "Location" && strings.Contains(strings.Join(values, " "), evil) {
			return name + " repeats what was sent"
		}
	}
	return cookieProblem(h)
}

// cookieProblem says what is wrong with the cookies that an answer sets.
func cookieProblem(h http.Header) string {
	for _, c := range (&http.Response{Header: h}).Cookies() {
		if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode && c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" {
			return "a careless cookie: " + c.String()
		}
	}
	return ""
}

// TestHeadsOfWhatGoesWrong looks at the answers that no visitor of the sweep gets: of a route
// that breaks, of methods that no route has, of addresses that are not there.
func TestHeadsOfWhatGoesWrong(t *testing.T) {
	t.Parallel()
	h := newHouse(t, worldtest.OnSQLite(t))
	s := *h.server
	s.Routes = append(slices.Clone(s.Routes),
		web.Route{Pattern: "GET /breaks", Need: access.Public, Do: func(*web.Ctx) error { return errors.New("lỗi chim cắt trong máy") }},
		web.Route{Pattern: "GET /panics", Need: access.Public, Do: func(*web.Ctx) error { panic("lỗi chim cắt trong máy") }})
	door := s.Handler()
	for _, tt := range []struct {
		method, path string
		status       int
	}{
		{http.MethodGet, "/breaks", 500},
		{http.MethodGet, "/panics", 500},
		{http.MethodGet, "/.git/config", 404},
		{http.MethodGet, "/.env", 404},
		{http.MethodGet, "/debug/pprof/", 404},
		{http.MethodGet, "/metrics", 404},
		{http.MethodGet, "/a/", 404},
		{http.MethodTrace, "/", 405},
		{http.MethodPut, "/tasks", 405},
		{http.MethodDelete, "/members", 405},
		{http.MethodOptions, "/tasks", 405},
		{"PROPFIND", "/tasks", 405},
	} {
		a := h.ask(door, "secretary", tt.method, tt.path)
		if a.Status != tt.status && (tt.status != 405 || a.Status != 404) {
			t.Errorf("%s %s: %d, want %d", tt.method, tt.path, a.Status, tt.status)
		}
		if problem := headerProblem(a); problem != "" && tt.path != "/a/" {
			t.Errorf("%s %s: %s", tt.method, tt.path, problem)
		}
		if strings.Contains(a.Body, "chim cắt") || strings.Contains(a.Body, ".go:") {
			t.Errorf("%s %s tells what broke: %.300s", tt.method, tt.path, a.Body)
		}
	}
}

// TestNothingIsPressedFromElsewhere sends every form as another site would make a browser
// send it, in the shapes that browsers have for that, and as none does that knows its
// manners: each is refused and changes nothing.
func TestNothingIsPressedFromElsewhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t, worldtest.OnSQLite(t))
	s := newSeen(t, h)
	sent := 0
	for _, r := range h.server.Routes {
		if !strings.HasPrefix(r.Pattern, "POST ") {
			continue
		}
		path := h.paths(r.Pattern)[0]
		for _, shape := range []http.Header{
			{"Sec-Fetch-Site": {"cross-site"}},
			{"Sec-Fetch-Site": {"same-site"}},
			{"Origin": {"https://" + evil}},
			{"Origin": {"null"}},
			{"Cookie": {"chibo=1"}}, // from nowhere
			{"Cookie": {"chibo=1"}, "Referer": {"https://" + evil + "/page"}},
		} {
			q := httptest.NewRequest(http.MethodPost, path, strings.NewReader("way=phone"))
			q.Header = shape.Clone()
			q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			q.Header.Set(asking, "secretary")
			sent++
			if a := knock(h.door, q); a.Status != http.StatusForbidden || headerProblem(a) != "" {
				t.Errorf("%s with %v: %d %s", r.Pattern, shape, a.Status, headerProblem(a))
			}
		}
	}
	s.unchanged(t, "somebody elsewhere")
	t.Logf("%d requests from elsewhere", sent)
}

// TestNobodyIsLedElsewhere signs in with every address that is not one of the program as the
// one to go to afterwards.
func TestNobodyIsLedElsewhere(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	member := w.Account("member")
	for _, next := range []string{
		"https://" + evil, "//" + evil, "///" + evil, `/\` + evil, `\\` + evil, "/\t/" + evil, "/\r\n/" + evil, "http:" + evil, "javascript:alert(1)",
		"//" + evil + "/%2e%2e", "https:/" + evil, " //" + evil, "/\x00/" + evil, "http://chibo.example@" + evil, "data:text/html,x", "ftp://" + evil,
	} {
		v := w.As("stranger")
		page := v.Get("/sign-in?next=" + url.QueryEscape(next))
		a := v.Post("/sign-in", "name", member.Name, "password", member.Password, "next", next)
		to, err := url.Parse(a.Location())
		if a.Status != http.StatusSeeOther || err != nil || to.Host != "" || to.Scheme != "" || !web.Local(a.Location()) {
			t.Errorf("%q leads on to %q (%d)", next, a.Location(), a.Status)
		}
		if led.MatchString(page.Body) {
			t.Errorf("%q stands in the page: %s", next, led.FindString(page.Body))
		}
	}
}
