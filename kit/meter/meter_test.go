package meter_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chibo/kit/meter"
)

// TestShown counts a few requests and looks at what is shown; a figure that cannot be
// read takes no other away.
func TestShown(t *testing.T) {
	t.Parallel()
	m := meter.New(
		meter.Figure{Name: "chibo_jobs_waiting", Help: "x", Read: func(context.Context) (float64, error) { return 7, nil }},
		meter.Figure{Name: "chibo_disk_free_bytes", Help: "x", Read: func(context.Context) (float64, error) { return 0, errors.New("no disk") }},
	)
	m.Answered("GET /tasks/{id}", 200, 20*time.Millisecond)
	m.Answered("GET /tasks/{id}", 204, 20*time.Millisecond)
	m.Answered("GET /tasks/{id}", 404, 2*time.Second)
	m.Answered("", 404, 0)
	m.Refused()
	m.Rationed("list")
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{
		`chibo_requests_total{class="2xx",route="GET /tasks/{id}"} 2`,
		`chibo_requests_total{class="4xx",route="GET /tasks/{id}"} 1`,
		`chibo_requests_total{class="4xx",route="none"} 1`,
		`chibo_request_seconds_bucket{route="GET /tasks/{id}",le="0.05"} 2`,
		`chibo_request_seconds_count{route="GET /tasks/{id}"} 3`,
		"chibo_refused_total 1", `chibo_rationed_total{kind="list"} 1`, `chibo_rationed_total{kind="record"} 0`, "chibo_jobs_waiting 7", "go_goroutines ", "process_open_fds ",
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s is missing", want)
		}
	}
	if strings.Contains(w.Body.String(), "chibo_disk_free_bytes ") && strings.Contains(w.Body.String(), "\nchibo_disk_free_bytes 0") {
		t.Error("a figure that cannot be read is shown as 0")
	}
}
