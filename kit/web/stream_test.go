package web_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chibo/kit/access"
	"chibo/kit/web"
)

// A stream arrives as it is written; one that fails on the way is broken off, and the log
// says why.
func TestAStreamThatFailsIsBrokenOff(t *testing.T) {
	var log bytes.Buffer
	stream := func(fails bool) web.Handler {
		return func(c *web.Ctx) error {
			return c.Stream("Hồ sơ/1.zip", "application/zip", func(w io.Writer) error {
				if _, err := io.WriteString(w, strings.Repeat("a", 100_000)); err != nil || !fails {
					return err
				}
				return errBug
			})
		}
	}
	s := &web.Server{
		Routes:   []web.Route{{Pattern: "GET /whole", Need: "x.read", Do: stream(false)}, {Pattern: "GET /broken", Need: "x.read", Do: stream(true)}},
		Identify: func(*http.Request) (access.Person, error) { return reader, nil },
		Nav:      func(*web.Ctx) web.Nav { return web.Nav{} },
		Log:      slog.New(slog.NewJSONHandler(&log, nil)),
	}
	server := httptest.NewServer(s.Handler())
	defer server.Close()
	for path, whole := range map[string]bool{"/whole": true, "/broken": false} {
		r, err := server.Client().Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r.Body)
		if whole != (err == nil) || len(data) != 100_000 || !strings.Contains(r.Header.Get("Content-Disposition"), "filename") {
			t.Errorf("%s: %d bytes, %v", path, len(data), err)
		}
		_ = r.Body.Close()
	}
	server.Close()
	if !strings.Contains(log.String(), errBug.Error()) {
		t.Error("the log says nothing of it:", log.String())
	}
}
