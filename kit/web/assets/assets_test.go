package assets

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

var small = fstest.MapFS{
	"dist/manifest.json":       {Data: []byte(`{"app.js":"app-AB12CD34.js"}`)},
	"dist/.gitignore":          {Data: []byte("*")},
	"dist/app-AB12CD34.js":     {Data: []byte("plain")},
	"dist/app-AB12CD34.js.br":  {Data: []byte("br")},
	"dist/app-AB12CD34.js.gz":  {Data: []byte("gz")},
	"dist/vi-400-AB12.woff2":   {Data: []byte("font")},
	"dist/device-AB12.wasm.gz": {Data: zipped("program")},
	"dist/licences-AB12CD.txt": {Data: []byte("OFL")},
}

func zipped(text string) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write([]byte(text))
	if err := errors.Join(err, z.Close()); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestHandler(t *testing.T) {
	t.Parallel()
	const script = "text/javascript; charset=utf-8"
	for _, tt := range []struct {
		name, method, path, accept   string
		status                       int
		body, contentType, encodedAs string
	}{
		{"newest browsers", "GET", "/a/app-AB12CD34.js", "gzip, deflate, br, zstd", 200, "br", script, "br"},
		{"old browsers", "GET", "/a/app-AB12CD34.js", "gzip", 200, "gz", script, "gzip"},
		{"no compression", "GET", "/a/app-AB12CD34.js", "", 200, "plain", script, ""},
		{"Brotli refused", "GET", "/a/app-AB12CD34.js", "br;q=0, gzip;q=0.5", 200, "gz", script, "gzip"},
		{"fonts are compressed inside", "GET", "/a/vi-400-AB12.woff2", "br", 200, "font", "font/woff2", ""},
		{"only the compressed form is kept", "GET", "/a/device-AB12.wasm", "", 200, "program", "application/wasm", ""},
		{"head only", "HEAD", "/a/app-AB12CD34.js", "br", 200, "", script, "br"},
		{"mounted without the prefix", "GET", "app-AB12CD34.js", "", 200, "plain", script, ""},
		{"unknown", "GET", "/a/app-ZZZZ.js", "br", 404, "", "", ""},
		{"the manifest is not for browsers", "GET", "/a/manifest.json", "", 404, "", "", ""},
		{"hidden files", "GET", "/a/.gitignore", "", 404, "", "", ""},
		{"the compressed form by name", "GET", "/a/app-AB12CD34.js.br", "", 404, "", "", ""},
		{"out of the folder", "GET", "/a/../assets.js", "", 404, "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(tt.method, "/a/x", nil)
			r.URL.Path = tt.path
			r.Header.Set("Accept-Encoding", tt.accept)
			w := httptest.NewRecorder()
			handler(small).ServeHTTP(w, r)
			if w.Code != tt.status {
				t.Fatalf("status %d, want %d", w.Code, tt.status)
			}
			if w.Code != http.StatusOK {
				return
			}
			head := w.Header()
			if w.Body.String() != tt.body || head.Get("Content-Type") != tt.contentType || head.Get("Content-Encoding") != tt.encodedAs {
				t.Errorf("got %q, %v", w.Body, head)
			}
			if head.Get("Cache-Control") != "public, max-age=31536000, immutable" || head.Get("Vary") != "Accept-Encoding" {
				t.Errorf("kept wrongly: %v", head)
			}
		})
	}
}

func TestManifest(t *testing.T) {
	t.Parallel()
	names, err := readManifest(small)
	if err != nil || names["app.js"] != "app-AB12CD34.js" {
		t.Errorf("got %v, %v", names, err)
	}
	if _, err := readManifest(fstest.MapFS{}); !errors.Is(err, ErrMissing) {
		t.Errorf("without a bundle: %v", err)
	}
	if _, err := readManifest(fstest.MapFS{"dist/manifest.json": {Data: []byte("{")}}); err == nil || errors.Is(err, ErrMissing) {
		t.Errorf("a torn manifest: %v", err)
	}
}

func TestURL(t *testing.T) {
	t.Parallel()
	if err := Load(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"app.css", "app.js", "icon.svg", "licences.txt"} {
		r := httptest.NewRequest("GET", URL(name), nil)
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, r)
		if w.Code != http.StatusOK || URL(name) == Prefix+name {
			t.Errorf("%s at %s: %d", name, URL(name), w.Code)
		}
	}
	if got := URL("nothing.js"); got != "/a/nothing.js" {
		t.Errorf("unknown name: %s", got)
	}
}

// TestTheDeviceIsLight holds the program of the room to what a phone with bad signal can
// fetch before its first evening: the budget of doc/adr/0010.
func TestTheDeviceIsLight(t *testing.T) {
	t.Parallel()
	const most = 1_200_000
	names, err := manifest()
	if err != nil {
		t.Fatal(err)
	}
	file, err := fs.Stat(dist, "dist/"+names["device.wasm"]+".br")
	if err != nil {
		t.Fatal(err)
	}
	if file.Size() > most {
		t.Errorf("the program of the room has grown to %d bytes, more than %d", file.Size(), most)
	}
}
