package scenario_test

import (
	"html"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
)

// has checks the status of an answer and texts that it must show.
func has(t *testing.T, a worldtest.Answer, status int, texts ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("status %d, want %d: %s", a.Status, status, a.Body)
	}
	for _, s := range texts {
		if !strings.Contains(a.Body, s) {
			t.Errorf("does not say %q", s)
		}
	}
}

// says is has for texts as people read them: what HTML escapes is itself again.
func says(t *testing.T, a worldtest.Answer, status int, texts ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("%d, want %d", a.Status, status)
	}
	for _, text := range texts {
		if !strings.Contains(html.UnescapeString(a.Body), text) {
			t.Errorf("%q is missing", text)
		}
	}
}
