package app_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/kit/meter"
)

var figureName = regexp.MustCompile(`\b(?:chibo|go|process)_[a-z_]+\b`)

// TestDashboardShowsWhatIsCounted: every figure that the dashboard and the alerts ask for is
// there, on the address of its own and on no other.
func TestDashboardShowsWhatIsCounted(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	m := meter.New(w.App.Figures()...)
	m.Answered("GET /{$}", http.StatusOK, time.Millisecond)
	answer := httptest.NewRecorder()
	m.Handler().ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	shown, err := io.ReadAll(answer.Body)
	if err != nil || answer.Code != http.StatusOK {
		t.Fatalf("%d, %v", answer.Code, err)
	}
	there := figureName.FindAllString(string(shown), -1)
	asked := 0
	for _, file := range []string{"../deploy/grafana.json", "../deploy/alerts.yml"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range figureName.FindAllString(string(b), -1) {
			asked++
			if !slices.Contains(there, name) {
				t.Errorf("%s asks for %s, which is not there", file, name)
			}
		}
	}
	if asked < 20 {
		t.Errorf("only %d figures are asked for: the test shows little", asked)
	}
	if a := w.As("secretary").Get("/metrics"); a.Status != http.StatusNotFound {
		t.Errorf("figures at the address for everybody: %d", a.Status)
	}
	dashboard, err := os.ReadFile("../deploy/grafana.json")
	if err != nil || !json.Valid(dashboard) {
		t.Errorf("the dashboard is not JSON: %v", err)
	}
}

// TestReady: the program is ready; neither answer tells anything of what it runs on.
func TestReady(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		for path, want := range map[string]string{"/healthz": `{"status":"ok"}`, "/readyz": `{"status":"ready"}`} {
			if a := w.As("stranger").Get(path); a.Status != http.StatusOK || a.Body != want {
				t.Errorf("%s: %d %s", path, a.Status, a.Body)
			}
		}
		w.App.Data = "/there/is/no/such/directory"
		if err := w.App.Ready(t.Context()); err == nil {
			t.Error("ready without a directory for its data")
		}
	})
}
