package worldtest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Browser is one of somebody who has not signed in: it keeps its cookies and goes where it
// is led.
type Browser struct {
	t      testing.TB
	client *http.Client
}

// Browser returns a new one.
func (w *World) Browser() *Browser {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return &Browser{w.t, &http.Client{Jar: jar, Transport: Within{w.handler}}}
}

// At is the same browser with the same cookies at another node.
func (b *Browser) At(node *World) *Browser {
	return &Browser{b.t, &http.Client{Jar: b.client.Jar, Transport: Within{node.handler}}}
}

// home is where the program of a World seems to be.
const home = "http://chibo.test"

// Within answers the requests of a client without a network.
type Within struct{ Handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (p Within) RoundTrip(r *http.Request) (*http.Response, error) {
	in := httptest.NewRequestWithContext(r.Context(), r.Method, r.URL.RequestURI(), r.Body)
	in.Header, in.Host = r.Header.Clone(), r.URL.Host
	in.Header.Set("Sec-Fetch-Site", "same-origin")
	out := httptest.NewRecorder()
	p.Handler.ServeHTTP(out, in)
	answer := out.Result()
	answer.Request = r
	return answer, nil
}

// Get opens a page.
func (b *Browser) Get(path string) Page {
	b.t.Helper()
	r, err := b.client.Get(home + path)
	return b.read(r, err)
}

// Post sends a form; fields are pairs of name and value.
func (b *Browser) Post(path string, fields ...string) Page {
	b.t.Helper()
	r, err := b.client.PostForm(home+path, values(fields))
	return b.read(r, err)
}

// PostJSON sends a body as programs do.
func (b *Browser) PostJSON(path, body string) Page {
	b.t.Helper()
	return b.Send(path, "application/json", body)
}

// Send sends a body of a content type.
func (b *Browser) Send(path, kind, body string) Page {
	b.t.Helper()
	r, err := b.client.Post(home+path, kind, strings.NewReader(body))
	return b.read(r, err)
}

func (b *Browser) read(r *http.Response, err error) Page {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return Page{b.t, r.StatusCode, r.Request.URL.Path, string(body)}
}

// Page is where a browser has arrived.
type Page struct {
	t      testing.TB
	Status int
	Path   string
	Body   string
}

// Is ends the test on any other page.
func (p Page) Is(status int, path string) Page {
	p.t.Helper()
	if p.Status != status || p.Path != path {
		p.t.Fatalf("%d at %s, want %d at %s:\n%.1500s", p.Status, p.Path, status, path, p.Body)
	}
	return p
}

// Says wants each of the texts on the page.
func (p Page) Says(texts ...string) Page {
	p.t.Helper()
	for _, s := range texts {
		if !strings.Contains(p.Body, s) {
			p.t.Errorf("%s lacks %q:\n%.1500s", p.Path, s, p.Body)
		}
	}
	return p
}

// Hides wants none of the texts on the page.
func (p Page) Hides(texts ...string) Page {
	p.t.Helper()
	for _, s := range texts {
		if strings.Contains(p.Body, s) {
			p.t.Errorf("%s shows %q", p.Path, s)
		}
	}
	return p
}

// values makes a form of pairs of name and value.
func values(fields []string) url.Values {
	form := url.Values{}
	for n := 0; n+1 < len(fields); n += 2 {
		form.Add(fields[n], fields[n+1])
	}
	return form
}
