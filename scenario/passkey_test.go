package scenario_test

import (
	"net/http"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
)

// TestWhoIsRefusedReadsWhy: whoever comes with a key that is none, or late, reads why in plain
// words, and comes from there to the page where one signs in otherwise. Nobody is let in.
func TestWhoIsRefusedReadsWhy(t *testing.T) {
	t.Parallel()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		for name, fields := range map[string][]string{
			"nothing":       nil,
			"no key":        {"passkey", "{}", "ceremony", "x"},
			"a made-up one": {"passkey", `{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}`, "ceremony", strings.Repeat("A", 43), "next", "/tasks"},
		} {
			a := w.As("stranger").Post("/sign-in/passkey", fields...)
			if a.Status < 400 || a.Status >= 500 {
				t.Errorf("%s: %d", name, a.Status)
			}
			for _, want := range []string{"Đăng nhập bằng", `href="/sign-in"`, "Hãy"} {
				if !strings.Contains(a.Body, want) {
					t.Errorf("%s: nothing says %q: %.2000s", name, want, a.Body)
				}
			}
			for _, c := range a.Header.Values("Set-Cookie") {
				if strings.Contains(c, "chibo=") && !strings.Contains(c, "chibo=;") {
					t.Errorf("%s: a session: %s", name, c)
				}
			}
			if a := w.As("stranger").Get("/me"); a.Status == http.StatusOK {
				t.Errorf("%s: is let in", name)
			}
		}
	})
}
