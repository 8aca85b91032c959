package web_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"testing"

	"chibo/kit/access"
)

// The pictures of the program as an installed one are there, of the kind and size that
// the manifest says.
func TestIconsOfTheManifest(t *testing.T) {
	t.Parallel()
	get := func(path string) *httptest.ResponseRecorder {
		w, _ := serve(t, access.Person{}, empty, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d", path, w.Code)
		}
		return w
	}
	var manifest struct {
		Icons []struct{ Src, Type, Sizes string }
	}
	if err := json.Unmarshal(get("/manifest.webmanifest").Body.Bytes(), &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Icons) < 3 {
		t.Fatalf("%d icons", len(manifest.Icons))
	}
	for _, i := range manifest.Icons {
		body := get(i.Src).Body
		if i.Type == "image/svg+xml" {
			var drawing struct{ XMLName xml.Name }
			if err := xml.NewDecoder(body).Decode(&drawing); err != nil || drawing.XMLName.Local != "svg" {
				t.Errorf("%s: %v %s", i.Src, err, drawing.XMLName.Local)
			}
			continue
		}
		c, err := png.DecodeConfig(body)
		if size := fmt.Sprintf("%dx%d", c.Width, c.Height); err != nil || size != i.Sizes {
			t.Errorf("%s is %s, said to be %s: %v", i.Src, size, i.Sizes, err)
		}
	}
}
