//go:build !js

// Package assets holds the browser files: styles, scripts and fonts.
//
// Their sources stand in src/ and, for what others wrote, in node_modules. The
// tool in bundle/ joins them into dist/ under names that carry a hash of the
// content, with compressed forms beside them; dist/ is embedded and never
// committed. A page asks for URL("app.css"); the browser may keep the answer for
// ever, because other content has another name.
//
// Every script, style sheet and picture that stands in src/ itself is an entry of
// its own: a page that needs more than app.js adds one there.
package assets

import (
	"compress/gzip"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed all:dist
var dist embed.FS

// Prefix is the path under which Handler expects to be mounted.
const Prefix = "/a/"

// ErrMissing says that the program was built without its browser files.
var ErrMissing = errors.New("browser files are missing: run make assets and build again")

// Load reads the list of browser files; it returns ErrMissing when the program
// was built without them. A server calls it once before it listens.
func Load() error {
	_, err := manifest()
	return err
}

// URL returns the path of the file with the name it has in src/, as in
// URL("app.css"). A name that is not in the bundle gives a path that is not
// found.
func URL(name string) string {
	hashed, err := manifest()
	if err != nil || hashed[name] == "" {
		return Prefix + name
	}
	return Prefix + hashed[name]
}

// Read returns a file of the bundle that is for the program itself.
func Read(name string) ([]byte, error) {
	names, err := manifest()
	if err != nil {
		return nil, err
	}
	b, err := fs.ReadFile(dist, "dist/"+names[name])
	if err != nil || names[name] == "" {
		return nil, fmt.Errorf("%s: %w", name, ErrMissing)
	}
	return b, nil
}

var manifest = sync.OnceValues(func() (map[string]string, error) {
	return readManifest(dist)
})

func readManifest(files fs.FS) (map[string]string, error) {
	b, err := fs.ReadFile(files, "dist/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrMissing
	}
	if err != nil {
		return nil, fmt.Errorf("browser files: %w", err)
	}
	names := map[string]string{}
	if err := json.Unmarshal(b, &names); err != nil {
		return nil, fmt.Errorf("browser files: manifest: %w", err)
	}
	return names, nil
}

// Handler serves the files under Prefix, in the smallest form the browser
// accepts, to be kept for a year.
func Handler() http.Handler { return handler(dist) }

// types lists what is served, so that a stray file in dist is not found and no
// table of the machine decides what the browser is told.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".wasm":  "application/wasm",
	".woff2": "font/woff2",
}

// codings are the compressed forms beside a file, the smallest first.
var codings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

func handler(files fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, Prefix)
		kind, ok := types[path.Ext(name)]
		if !ok || strings.Contains(name, "/") {
			http.NotFound(w, r)
			return
		}
		body, coding, err := smallest(files, name, r.Header.Get("Accept-Encoding"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		head := w.Header()
		head.Set("Content-Type", kind)
		head.Set("Cache-Control", "public, max-age=31536000, immutable")
		head.Set("Vary", "Accept-Encoding")
		head.Set("Content-Length", strconv.Itoa(len(body)))
		if coding != "" {
			head.Set("Content-Encoding", coding)
		}
		if r.Method != http.MethodHead {
			_, _ = w.Write(body) // #nosec G705 -- embedded files of the program
		}
	})
}

func smallest(files fs.FS, name, accept string) (body []byte, coding string, err error) {
	for _, c := range codings {
		if !accepts(accept, c.name) {
			continue
		}
		if body, err := fs.ReadFile(files, "dist/"+name+c.suffix); err == nil {
			return body, c.name, nil
		}
	}
	body, err = fs.ReadFile(files, "dist/"+name)
	if errors.Is(err, fs.ErrNotExist) { // of what is large only the compressed forms are kept
		body, err = unzipped(files, "dist/"+name+".gz")
	}
	return body, "", err
}

func unzipped(files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// accepts reads an Accept-Encoding header; a coding with weight 0 is refused.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
		return err != nil || q > 0
	}
	return false
}
