package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/kit/web/assets"
)

// served starts the server of a world on a socket of its own, as chibo serve does.
func served(t *testing.T, change func(*http.Server)) (address string) {
	t.Helper()
	return servedBy(t, worldtest.OnSQLite(t).App, change)
}

func servedBy(t *testing.T, a *app.App, change func(*http.Server)) (address string) {
	t.Helper()
	s := patient(a)
	change(s)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	t.Cleanup(func() {
		if err := s.Shutdown(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
		_ = s.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// say sends bytes as they are and returns all that comes back until the server hangs up.
func say(t *testing.T, address, text string) string {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	_, _ = io.WriteString(c, text) // a server that refuses early hangs up
	heard, _ := io.ReadAll(c)
	return string(heard)
}

var statuses = regexp.MustCompile(`(?m)^HTTP/1\.[01] (\d{3}) `)

// TestRequestsThatAreNone sends what no browser sends: two lengths, lengths beside pieces,
// broken pieces, heads without end, methods and addresses of proxies. Each gets one refusal and
// no more; nothing that hides behind it is taken for a request, nothing is said back.
func TestRequestsThatAreNone(t *testing.T) {
	t.Parallel()
	address := served(t, func(*http.Server) {})
	const host, form = "Host: chibo.example\r\n", "Content-Type: application/x-www-form-urlencoded\r\n"
	const hidden = "GET /smuggled-canary HTTP/1.1\r\nHost: chibo.example\r\n\r\n"
	post := "POST /sign-in HTTP/1.1\r\n" + host + form
	for _, tt := range []struct {
		name, text string
		want       []string // statuses of the answers
	}{
		{"two lengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=b" + hidden, []string{"400"}},
		{"two lengths in one line", post + "Content-Length: 3, 4\r\n\r\na=b" + hidden, []string{"400"}},
		{"a length with a sign", post + "Content-Length: +3\r\n\r\na=b" + hidden, []string{"400"}},
		{"a length below zero", post + "Content-Length: -1\r\n\r\n" + hidden, []string{"400"}},
		{"a length that is none", post + "Content-Length: 0x3\r\n\r\na=b" + hidden, []string{"400"}},
		{"a coding that nobody knows", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden, []string{"501"}},
		{"two codings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + hidden, []string{"501"}},
		{"a coding twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + hidden, []string{"501"}},
		{"a piece without a size", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\na=b\r\n0\r\n\r\n" + hidden, []string{"422"}},
		{"a piece that is longer than it says", post + "Transfer-Encoding: chunked\r\n\r\n1\r\na=b\r\n0\r\n\r\n" + hidden, []string{"422"}},
		{"a size beyond measure", post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\na=b\r\n0\r\n\r\n" + hidden, []string{"422"}},
		{"a piece whose line ends bare", post + "Transfer-Encoding: chunked\r\n\r\n3\na=b\r\n0\r\n\r\n" + hidden, []string{"422"}},
		{"a blank before the colon", "GET /sign-in HTTP/1.1\r\n" + host + "X-A : b\r\n\r\n" + hidden, []string{"400"}},
		{"a line that begins with a blank", "GET /sign-in HTTP/1.1\r\n Host: chibo.example\r\n\r\n" + hidden, []string{"400"}},
		{"NUL in a line", "GET /sign-in HTTP/1.1\r\n" + host + "X-A: a\x00b\r\n\r\n" + hidden, []string{"400"}},
		{"no host", "GET /sign-in HTTP/1.1\r\n\r\n" + hidden, []string{"400"}},
		{"two hosts", "GET /sign-in HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n" + hidden, []string{"400"}},
		{"a host that is none", "GET /sign-in HTTP/1.1\r\nHost: evil.example/\"<x>\r\n\r\n" + hidden, []string{"400"}},
		{"no version", "GET /sign-in\r\n\r\n" + hidden, []string{"400"}},
		{"a version that nobody knows", "GET /sign-in HTTP/9.9\r\n" + host + "\r\n" + hidden, []string{"505"}},
		{"a method that is none", "G@T /sign-in HTTP/1.1\r\n" + host + "\r\n" + hidden, []string{"400"}},
		{"a head without end", "GET /sign-in HTTP/1.1\r\n" + host + "X-A: " + strings.Repeat("a", 64<<10) + "\r\n\r\n" + hidden, []string{"431"}},
		{"a thousand lines", "GET /sign-in HTTP/1.1\r\n" + host + strings.Repeat("X-A: "+strings.Repeat("a", 60)+"\r\n", 1000) + "\r\n" + hidden, []string{"431"}},
		{"an address without end", "GET /" + strings.Repeat("a", 64<<10) + " HTTP/1.1\r\n" + host + "\r\n" + hidden, []string{"431"}},
	} {
		heard := say(t, address, tt.text)
		var got []string
		for _, m := range statuses.FindAllStringSubmatch(heard, -1) {
			got = append(got, m[1])
		}
		if !slices.Equal(got, tt.want) || strings.Contains(heard, "canary") || strings.Contains(heard, "evil") {
			t.Errorf("%s: %v, want %v\n%.400s", tt.name, got, tt.want, heard)
		}
	}
}

// TestRequestsOfProxies: methods and addresses that are for proxies, and names of other hosts,
// are answered with nothing of what was sent, by one answer each.
func TestRequestsOfProxies(t *testing.T) {
	t.Parallel()
	address := served(t, func(*http.Server) {})
	for _, tt := range []struct{ name, text, want string }{
		{"TRACE", "TRACE /sign-in HTTP/1.1\r\nHost: chibo.example\r\nX-A: evil\r\n\r\n", "404"},
		{"CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", "405"},
		{"the address of another house", "GET http://evil.example/sign-in HTTP/1.1\r\nHost: chibo.example\r\n\r\n", "200"},
		{"the name of another house", "GET /sign-in HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n\r\n", "200"},
		{"led on from there", "GET /members HTTP/1.1\r\nHost: evil.example\r\n\r\n", "303"},
		{"another protocol", "GET /sign-in HTTP/1.1\r\nHost: chibo.example\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n", "200"},
		{"a length beside pieces", "POST /sign-in HTTP/1.1\r\nHost: chibo.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n", "422"},
	} {
		heard := say(t, address, strings.Replace(tt.text, "HTTP/1.1\r\n", "HTTP/1.1\r\nConnection: close\r\n", 1))
		got := statuses.FindAllStringSubmatch(heard, -1)
		if len(got) != 1 || got[0][1] != tt.want || strings.Contains(heard, "evil") {
			t.Errorf("%s: %v, want %s\n%.600s", tt.name, got, tt.want, heard)
		}
	}
}

// TestNothingIsLeftLyingAbout asks for what people forget on servers, as a scanner's list of
// words does: nothing of it is there.
func TestNothingIsLeftLyingAbout(t *testing.T) {
	t.Parallel()
	address := served(t, func(*http.Server) {})
	b, err := os.ReadFile("testdata/forgotten")
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	words := strings.Fields(string(b))
	for _, word := range words {
		a, err := client.Get("http://" + address + "/" + word)
		if err != nil {
			t.Fatal(err)
		}
		_ = a.Body.Close()
		if a.StatusCode != http.StatusNotFound {
			t.Errorf("/%s: %d", word, a.StatusCode)
		}
	}
	if len(words) < 100 {
		t.Errorf("only %d words: the test shows little", len(words))
	}
}

// TestTheSlowAreLetGo: many connections that send a head or a body drop by drop, or do not read
// their answer, keep nobody else waiting, and the server lets go of each by itself. Its patience
// is cut short here; that it has some is looked at first.
func TestTheSlowAreLetGo(t *testing.T) {
	t.Parallel()
	const of = 60 // of each kind
	gone := make(chan string, 10*of)
	address := served(t, func(s *http.Server) {
		s.ConnState = func(c net.Conn, now http.ConnState) {
			if now == http.StateClosed {
				gone <- c.RemoteAddr().String()
			}
		}
		if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
			t.Errorf("without limits: %+v", s)
		}
		s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout = 2*time.Second, 2*time.Second, 2*time.Second, 2*time.Second
	})
	program := assets.URL("device.wasm") // the largest file that there is
	slow := map[string]bool{}
	for n := range 3 * of {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Close() }()
		begun := []string{
			"GET /sign-in HTTP/1.1\r\nHost: chibo.example\r\nX-A: ",
			"POST /sign-in HTTP/1.1\r\nHost: chibo.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nname=",
			strings.Repeat("GET "+program+" HTTP/1.1\r\nHost: chibo.example\r\n\r\n", 20), // tens of megabytes that nobody reads
		}[n%3]
		if n%3 == 2 {
			_ = c.(*net.TCPConn).SetReadBuffer(4 << 10)
		}
		if _, err := io.WriteString(c, begun); err != nil {
			t.Fatal(err)
		}
		slow[c.LocalAddr().String()] = true
	}
	for range 20 {
		a, err := http.Get("http://" + address + "/sign-in")
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, a.Body)
		if err := errors.Join(err, a.Body.Close()); err != nil || a.StatusCode != http.StatusOK {
			t.Errorf("beside slow connections: %d, %v", a.StatusCode, err)
		}
	}
	for len(slow) > 0 { // until the time of the test ends
		delete(slow, <-gone)
	}
}
