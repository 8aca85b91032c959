package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
)

type sample struct {
	Name   string       `form:"name"`
	Count  int          `form:"count"`
	Day    when.Date    `form:"day"`
	Start  when.Instant `form:"start"`
	Agreed bool         `form:"agreed"`
	Items  []string     `form:"items"`
}

var errBug = errors.New("a secret detail of the bug")

// serve runs one handler as the given person and returns the answer and the log.
func serve(t *testing.T, who access.Person, do web.Handler, r *http.Request) (*httptest.ResponseRecorder, string) {
	t.Helper()
	return serveTaking(t, web.Takes{}, who, do, r)
}

func serveTaking(t *testing.T, takes web.Takes, who access.Person, do web.Handler, r *http.Request) (*httptest.ResponseRecorder, string) {
	t.Helper()
	var log bytes.Buffer
	s := &web.Server{
		Routes:   []web.Route{{Pattern: "GET /x", Need: "x.read", Do: do}, {Pattern: "POST /x", Need: "x.read", Do: do, Takes: takes}},
		Identify: func(*http.Request) (access.Person, error) { return who, nil },
		Nav:      func(*web.Ctx) web.Nav { return web.Nav{} },
		Log:      slog.New(slog.NewJSONHandler(&log, nil)),
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w, log.String()
}

var reader = access.Person{Account: "a", Grants: []access.Grant{{Needs: map[access.Need]bool{"x.read": true}}}}

func post(form url.Values) *http.Request {
	r := httptest.NewRequest("POST", "/x", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// TestWhereAFormWasPressed: what brings a cookie must say that it comes from a page of this
// host, in one of three ways; what brings none has nobody's rights.
func TestWhereAFormWasPressed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		heads map[string]string
		taken bool
	}{
		{"a program without a cookie", nil, true},
		{"a browser", map[string]string{"Cookie": "a=b", "Sec-Fetch-Site": "same-origin"}, true},
		{"a browser without TLS", map[string]string{"Cookie": "a=b", "Origin": "http://example.com"}, true},
		{"an old browser", map[string]string{"Cookie": "a=b", "Referer": "http://example.com/tasks"}, true},
		{"from nowhere", map[string]string{"Cookie": "a=b"}, false},
		{"an old browser, from elsewhere", map[string]string{"Cookie": "a=b", "Referer": "http://example.com.evil.example/tasks"}, false},
		{"an address that is none", map[string]string{"Cookie": "a=b", "Referer": "http://exa mple.com"}, false},
		{"a browser, from elsewhere", map[string]string{"Cookie": "a=b", "Sec-Fetch-Site": "cross-site", "Referer": "http://example.com/"}, false},
	} {
		r, done := post(nil), false
		for name, value := range tt.heads {
			r.Header.Set(name, value)
		}
		w, _ := serve(t, reader, func(c *web.Ctx) error { done = true; return c.See("/") }, r)
		if done != tt.taken || (w.Code == http.StatusForbidden) == tt.taken {
			t.Errorf("%s: %d", tt.name, w.Code)
		}
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	var got struct {
		sample // a struct that is part of another brings its fields
	}
	w, _ := serve(t, reader, func(c *web.Ctx) error {
		if err := c.Decode(&got); err != nil {
			return err
		}
		return c.See("/")
	}, post(url.Values{
		"name": {"  Nguye\u0302\u0303n\x00 Lan "}, "count": {"12"}, "day": {"3/12/2026"}, "start": {"2026-12-03T19:30"},
		"agreed": {"on"}, "items": {"a", "b"}, "role": {"administrator"},
	}))
	want := sample{"Nguyễn Lan", 12, when.On(2026, 12, 3), when.On(2026, 12, 3).At(19, 30), true, []string{"a", "b"}}
	if w.Code != http.StatusSeeOther || got.Name != want.Name || got.Count != want.Count || got.Day != want.Day ||
		got.Start != want.Start || !got.Agreed || len(got.Items) != 2 {
		t.Errorf("%d, %+v, want %+v", w.Code, got, want)
	}
}

// TestWhatCountsOfTwo: a form is read from its body alone, whatever stands behind the question
// mark, and of two values of one name the first counts, but in a list.
func TestWhatCountsOfTwo(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("POST", "/x?a=query&b=query&b=again&n=7", strings.NewReader("a=first&a=second&l=1&l=2"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	type read struct {
		A string   `form:"a"`
		B string   `form:"b"`
		N int      `form:"n"`
		L []string `form:"l"`
	}
	_, log := serve(t, reader, func(c *web.Ctx) error {
		var got read
		if err := c.Decode(&got); err != nil {
			return err
		}
		if want := (read{A: "first", L: []string{"1", "2"}}); !reflect.DeepEqual(got, want) {
			t.Errorf("is read as %v, want %v", got, want)
		}
		values, err := c.Values()
		if values.Get("a") != "first" || values.Has("b") || c.Query("b") != "query" || c.Query("l") != "" {
			t.Errorf("%v, b of the address is %q", values, c.Query("b"))
		}
		return err
	}, r)
	if strings.Contains(log, "ERROR") {
		t.Error(log)
	}
}

func TestDecodeNamesTheFieldAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	w, _ := serve(t, reader, func(c *web.Ctx) error {
		var s sample
		err := c.Decode(&s)
		f := c.Refill(err)
		return c.Again(err, web.Page{Body: g.Group{
			g.Text(f.Values.Get("count") + "|" + f.Values.Get("name") + "|" + f.Problems["count"] + "|" + f.Problems["day"] + "|" + f.Message),
		}})
	}, post(url.Values{"name": {"<b>Lan</b>"}, "count": {"mười"}, "day": {"31/2/2026"}}))
	body := w.Body.String()
	for _, want := range []string{"mười|&lt;b&gt;Lan", "Hãy nhập một số", "Hãy nhập ngày", "Còn chỗ chưa đúng"} {
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, want) {
			t.Errorf("%d, lacks %q: %s", w.Code, want, body)
		}
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	refuse := func(err error) web.Handler { return func(*web.Ctx) error { return err } }
	get := func() *http.Request { return httptest.NewRequest("GET", "/x?q=Lan", nil) }
	asProgram := func() *http.Request { r := get(); r.Header.Set("Accept", "application/json"); return r }
	listening := func() *http.Request { r := get(); r.Header.Set("Accept", "text/event-stream"); return r }
	for _, tt := range []struct {
		name    string
		who     access.Person
		do      web.Handler
		r       *http.Request
		code    int
		present string
		absent  string
	}{
		{"a stranger is sent to sign in", access.Person{}, refuse(nil), get(), 303, "/sign-in?next=%2Fx%3Fq%3DLan", ""},
		{"a program that is a stranger", access.Person{}, refuse(nil), asProgram(), 401, `"kind":"sign-in"`, "<"},
		{"a page that listens and is a stranger", access.Person{}, refuse(nil), listening(), 401, "đăng nhập", "/sign-in?next"},
		{"without the need", access.Person{Account: "b"}, refuse(nil), get(), 403, "chưa được giao", ""},
		{"a refusal", reader, refuse(fault.New(fault.NotFound, "fault.not_found")), get(), 404, "Không tìm thấy", ""},
		{"a refusal to a program", reader, refuse(fault.New(fault.Conflict, "fault.form")), asProgram(), 409, `"kind":"conflict"`, "<"},
		{"a bug", reader, refuse(errBug), get(), 500, "Mã yêu cầu", "secret detail"},
		{"a panic", reader, func(*web.Ctx) error { panic(errBug) }, get(), 500, "Mã yêu cầu", "secret detail"},
		{"an unknown path", reader, refuse(nil), httptest.NewRequest("GET", "/nowhere", nil), 404, "Không tìm thấy", ""},
		{"another site's form", reader, refuse(nil), fromElsewhere(), 403, "một trang khác", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w, log := serve(t, tt.who, tt.do, tt.r)
			all := w.Header().Get("Location") + w.Body.String()
			if w.Code != tt.code || !strings.Contains(all, tt.present) || tt.absent != "" && strings.Contains(all, tt.absent) {
				t.Errorf("%d %s", w.Code, all)
			}
			if strings.Contains(log, "Lan") {
				t.Errorf("the log tells what was searched: %s", log)
			}
			if tt.code == 500 && !strings.Contains(log, "secret detail") {
				t.Errorf("the log lacks the bug: %s", log)
			}
			for _, h := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Request-Id"} {
				if w.Header().Get(h) == "" {
					t.Errorf("no %s", h)
				}
			}
		})
	}
}

func fromElsewhere() *http.Request {
	r := post(url.Values{})
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	return r
}

func TestUpload(t *testing.T) {
	t.Parallel()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	f, err := m.CreateFormFile("file", "Danh sa\u0301ch.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, "hello"); err != nil {
		t.Fatal(err)
	}
	if err := m.WriteField("name", "Lan"); err != nil {
		t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		takes web.Takes
		code  int
	}{
		{web.Takes{Endings: []string{"csv", "xlsx"}, Max: 5}, 303},
		{web.Takes{Endings: []string{"csv", "xlsx"}, Max: 4}, 413},
		{web.Takes{Endings: []string{"pdf"}, Max: 5}, 422},
		{web.Takes{}, 500},
	} {
		r := httptest.NewRequest("POST", "/x", bytes.NewReader(body.Bytes()))
		r.Header.Set("Content-Type", m.FormDataContentType())
		w, _ := serveTaking(t, tt.takes, reader, func(c *web.Ctx) error {
			u, err := c.Upload("file")
			if err != nil {
				return err
			}
			var s sample
			if err := c.Decode(&s); err != nil {
				return err
			}
			if u.Name != "Danh sách.xlsx" || string(u.Data) != "hello" || s.Name != "Lan" {
				t.Errorf("got %q %q %q", u.Name, u.Data, s.Name)
			}
			return c.See("/")
		}, r)
		if w.Code != tt.code {
			t.Errorf("%v: %d %s", tt.takes, w.Code, w.Body)
		}
	}
}

func TestDownloadNames(t *testing.T) {
	t.Parallel()
	w, _ := serve(t, reader, func(c *web.Ctx) error {
		return c.Download("Biên bản 12/2026\r\nX: y.pdf", "application/pdf", []byte("x"))
	}, httptest.NewRequest("GET", "/x", nil))
	got := w.Header().Get("Content-Disposition")
	if !strings.HasPrefix(got, "attachment; filename*=utf-8''Bi%C3%AAn%20b%E1%BA%A3n%2012-2026%20X-%20y.pdf") {
		t.Errorf("Content-Disposition: %s", got)
	}
}

func TestFlashIsShownOnce(t *testing.T) {
	t.Parallel()
	w, _ := serve(t, reader, func(c *web.Ctx) error { return c.Done("/x", "fault.request", "ID", "<7>") }, post(url.Values{}))
	show := func(c *web.Ctx) error { return c.Page(web.Page{Body: g.Text("trang")}) }
	r := httptest.NewRequest("GET", "/x", nil)
	for _, k := range w.Result().Cookies() {
		r.AddCookie(k)
	}
	second, _ := serve(t, reader, show, r)
	if !strings.Contains(second.Body.String(), "Mã yêu cầu: &lt;7&gt;") {
		t.Errorf("not shown: %s", second.Body)
	}
	if k := second.Result().Cookies(); len(k) != 1 || k[0].MaxAge >= 0 {
		t.Errorf("the message stays: %v", k)
	}
}

func TestLocal(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]bool{
		"/": true, "/meetings/1?x=y": true,
		"": false, "//evil.example": false, `/\evil.example`: false, "https://evil.example": false, "javascript:alert(1)": false, "/a\nb": false,
	} {
		if web.Local(path) != want {
			t.Errorf("Local(%q) = %v", path, !want)
		}
	}
}

// TestWhoIsTurnedAwayReadsWhenToAskAgain: a busy program refuses what is sent before
// anybody is looked up, and still shows pages.
func TestWhoIsTurnedAwayReadsWhenToAskAgain(t *testing.T) {
	t.Parallel()
	looked := false
	s := &web.Server{
		Routes: []web.Route{{Pattern: "GET /x", Need: "x.read", Do: empty}, {Pattern: "POST /x", Need: "x.read", Do: empty}},
		Identify: func(*http.Request) (access.Person, error) {
			looked = true
			return reader, nil
		},
		Nav: func(*web.Ctx) web.Nav {
			t.Error("the navigation was asked for")
			return web.Nav{}
		},
		Busy: func() bool { return true }, Log: slog.New(slog.DiscardHandler),
	}
	h := s.Handler()
	for _, c := range []struct{ header, value, kind, says string }{
		{"Accept", "text/html", "text/html; charset=utf-8", "<!doctype html><html lang=\"vi\">"},
		{"Cookie", "lang=en", "text/html; charset=utf-8", "Too many people"},
		{"HX-Request", "true", "text/html; charset=utf-8", "<section class=\"card failure\""},
		{"Accept", "application/json", "application/json; charset=utf-8", `{"kind":"busy","message":"Lúc này`},
	} {
		w, r := httptest.NewRecorder(), post(nil)
		r.Header.Set(c.header, c.value)
		h.ServeHTTP(w, r)
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" || looked {
			t.Errorf("sent to a busy program: %d, %v, looked up %v", w.Code, w.Header(), looked)
		}
		if got := w.Header().Get("Content-Type"); got != c.kind || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s %s: %s %s", c.header, c.value, got, w.Body)
		}
		if w.Header().Get("Content-Security-Policy") == "" {
			t.Error("the answer protects nobody")
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/x", nil))
	if w.Code != http.StatusOK {
		t.Errorf("a page of a busy program: %d", w.Code)
	}
}

func empty(c *web.Ctx) error { return c.Page(web.Page{Bare: true}) }

// TestAListThatNeedsASecondPerson: of what tells of others somebody is asked first, with the
// address in one form; what the route calls nobody's matter goes, and so does a question that
// hands nothing over.
func TestAListThatNeedsASecondPerson(t *testing.T) {
	t.Parallel()
	var asked []string
	whose := func(c *web.Ctx) (web.List, error) {
		switch c.Query("of") {
		case "own":
			return web.List{}, nil
		case "none":
			return web.List{}, fault.New(fault.NotFound, "fault.not_found")
		}
		return web.List{Kind: "k", Root: "r", Unit: "u", Subject: "s"}, nil
	}
	s := &web.Server{
		Routes:   []web.Route{{Pattern: "GET /x", Need: "x.read", Mass: true, Whose: whose, Do: func(c *web.Ctx) error { return c.JSON("file") }}},
		Identify: func(*http.Request) (access.Person, error) { return reader, nil },
		Nav:      func(*web.Ctx) web.Nav { return web.Nav{} },
		Log:      slog.New(slog.DiscardHandler),
		Second: func(_ context.Context, _ access.Person, _ web.Route, l web.List, address string) (string, error) {
			if asked = append(asked, address); l.Unit != "u" {
				t.Errorf("asked of %v", l)
			}
			return "/ask", nil
		},
	}
	for _, tt := range []struct {
		method, path string
		status       int
		asked        string
	}{
		{"GET", "/x?b=2&a=1", http.StatusSeeOther, "/x?a=1&b=2"},
		{"GET", "/x", http.StatusSeeOther, "/x"},
		{"HEAD", "/x", http.StatusOK, ""},
		{"GET", "/x?of=own", http.StatusOK, ""},
		{"GET", "/x?of=none", http.StatusNotFound, ""},
	} {
		asked = nil
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, httptest.NewRequest(tt.method, tt.path, nil))
		if w.Code != tt.status || strings.Join(asked, " ") != tt.asked || w.Code != http.StatusOK && strings.Contains(w.Body.String(), "file") {
			t.Errorf("%s %s: %d, asked %q", tt.method, tt.path, w.Code, asked)
		}
	}
}
