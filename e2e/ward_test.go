package e2e

import (
	_ "embed"
	"net/http/httptest"
	"os"
	"testing"

	"chibo/app/world/worldtest"
	"chibo/e2e/browser"
	"chibo/kit/web/assets"
)

// ward opens the small world behind a server: in signs somebody in at a screen of some
// size, seen are the eyes that look at pages.
func ward(t *testing.T) (w *worldtest.World, in func(role string, size [2]int64) *browser.Page, seen *looked) {
	t.Helper()
	w = worldtest.OnSQLite(t)
	return w, open(t, w), eyes(t)
}

// open opens a world behind a server, and returns how somebody signs in to it.
func open(t *testing.T, w *worldtest.World) func(role string, size [2]int64) *browser.Page {
	t.Helper()
	if err := assets.Load(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(w.App.Handler())
	t.Cleanup(server.Close)
	return func(role string, size [2]int64) *browser.Page {
		p := browser.New(t, server.URL, size)
		a := w.Account(role)
		signIn(p, a.Name, a.Password)
		return p
	}
}

//go:embed eyes.js
var eyesJS string

// eyes look at pages.
func eyes(t *testing.T) *looked {
	t.Helper()
	axe, err := os.ReadFile("../node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("which pages are looked at, and whether axe does so on a desk or on a telephone: seed %d", *seed)
	return &looked{axe: string(axe) + ";" + eyesJS + ";0", seen: map[string]bool{}}
}
