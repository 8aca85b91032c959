package web

import (
	"encoding/json"
	"net/http"

	"chibo/kit/web/assets"
)

// Where the browser finds what makes the program one that can be installed and
// opened without a network. Both stand at the root, because a worker reaches only
// what is below it.
const (
	workerPath   = "/worker.js"
	manifestPath = "/manifest.webmanifest"
)

// worker hands out the script that answers for the server while there is no
// network. It is asked for anew each time, so that a new program has a new one.
func worker(w http.ResponseWriter, r *http.Request) {
	r = r.Clone(r.Context())
	r.URL.Path = assets.URL("worker.js")
	assets.Handler().ServeHTTP(fresh{w}, r)
}

// fresh keeps an answer out of caches.
type fresh struct{ http.ResponseWriter }

func (f fresh) WriteHeader(status int) {
	f.Header().Set("Cache-Control", "no-cache")
	f.ResponseWriter.WriteHeader(status)
}

func (f fresh) Write(b []byte) (int, error) {
	f.Header().Set("Cache-Control", "no-cache")
	return f.ResponseWriter.Write(b)
}

// manifest says how the program looks when it is installed on a device.
func manifest(w http.ResponseWriter, _ *http.Request) {
	icon := func(name, kind, sizes, purpose string) map[string]string {
		return map[string]string{"src": assets.URL(name), "type": kind, "sizes": sizes, "purpose": purpose}
	}
	b, err := json.Marshal(map[string]any{
		"name": "Chibo – sinh hoạt chi bộ", "short_name": "Chibo", "lang": "vi",
		"start_url": "/", "scope": "/", "display": "standalone",
		"background_color": "#fffdf9", "theme_color": "#b01c2e",
		"icons": []any{
			icon("icon.svg", "image/svg+xml", "any", "any"),
			icon("icon192.png", "image/png", "192x192", "any"),
			icon("icon512.png", "image/png", "512x512", "any"),
			icon("icon512.png", "image/png", "512x512", "maskable"),
		},
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/manifest+json")
	_, _ = w.Write(b) // the browser went away: nobody is left to tell
}
