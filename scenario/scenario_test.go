package scenario_test

import (
	"html"
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
)

// scene is the first cell of a world.
type scene struct {
	*testing.T
	w          *worldtest.World
	root, cell string
}

func sceneOf(t *testing.T, w *worldtest.World) scene {
	t.Helper()
	home, _ := w.Person("secretary").Home()
	return scene{t, w, home.Root, home.Organization}
}

func (s scene) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// see wants texts on a page, and those that begin with "!" absent from it.
func (s scene) see(who, path string, texts ...string) {
	s.Helper()
	a := s.w.As(who).Get(path)
	if a.Status != http.StatusOK {
		s.Errorf("%s at %s: %d", who, path, a.Status)
		return
	}
	for _, text := range texts {
		text, absent := strings.CutPrefix(text, "!")
		if strings.Contains(a.Body, text) == absent {
			s.Errorf("%s at %s: %q shown: %v", who, path, text, !absent)
		}
	}
}

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
