package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// site lays out a small site and returns its folders.
func site(t *testing.T) (src, dist, modules string) {
	t.Helper()
	dir := t.TempDir()
	src, dist, modules = filepath.Join(dir, "src"), filepath.Join(dir, "dist"), filepath.Join(dir, "node_modules")
	write(t, filepath.Join(src, "app.css"), `@import "./css/base.css";`)
	write(t, filepath.Join(src, "css", "base.css"), `body { color: #ff0000; & p { margin: 0 } }`)
	write(t, filepath.Join(src, "room.js"), `import { word } from "./lib/word.js"; console.log(word);`)
	write(t, filepath.Join(src, "lib", "word.js"), `export const word = "đồng chí";`)
	write(t, filepath.Join(dist, ".gitignore"), "*\n")
	write(t, filepath.Join(dist, "old-1234.js"), "left by an earlier run")
	for _, name := range shipped {
		write(t, filepath.Join(modules, name, "LICENSE"), "licence of "+name)
	}
	write(t, filepath.Join(modules, words, "src", "passwords.json"), `["secret", "Dragon", "abc"]`)
	return src, dist, modules
}

var withHash = regexp.MustCompile(`^\w+-[A-Z0-9]{8}\.\w+$`)

func TestBundle(t *testing.T) {
	t.Parallel()
	src, dist, modules := site(t)
	if err := bundle(src, dist, modules, []byte("wasm")); err != nil {
		t.Fatal(err)
	}
	var names map[string]string
	if err := json.Unmarshal([]byte(read(t, filepath.Join(dist, "manifest.json"))), &names); err != nil {
		t.Fatal(err)
	}
	if len(names) != 8 {
		t.Errorf("manifest %v: want app.css, room.js, device.wasm, licences.txt, passwords.list and three icons", names)
	}
	if list := read(t, filepath.Join(dist, names["passwords.list"])); list != "abc\ndragon\nsecret" {
		t.Errorf("the list of passwords is %q", list)
	}
	for name, hashed := range names {
		if !withHash.MatchString(hashed) {
			t.Errorf("%s became %s: no hash in it", name, hashed)
		}
	}
	script := read(t, filepath.Join(dist, names["room.js"]))
	if !strings.Contains(script, "đồng chí") {
		t.Errorf("script %q lacks the word of its module", script)
	}
	if style := read(t, filepath.Join(dist, names["app.css"])); strings.Contains(style, "&") {
		t.Errorf("style %q has nesting that old phones do not read", style)
	}
	if _, err := os.Stat(filepath.Join(dist, "old-1234.js")); err == nil {
		t.Error("the output of an earlier run is still there")
	}
	if read(t, filepath.Join(dist, ".gitignore")) != "*\n" {
		t.Error(".gitignore was touched")
	}
	sameWhenUnpacked(t, filepath.Join(dist, names["room.js"]), script)
	sameWhenUnpacked(t, filepath.Join(dist, names["device.wasm"]), "wasm")
	if _, err := os.Stat(filepath.Join(dist, names["device.wasm"])); err == nil {
		t.Error("what is large stands there unpacked too")
	}
}

// TestIcon: as large as it is asked for, red to its corners, with the tick in it.
func TestIcon(t *testing.T) {
	t.Parallel()
	for _, side := range iconSides {
		b, err := drawIcon(side)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		at := func(x, y int) color.Color { return color.NRGBAModel.Convert(img.At(x*side/64, y*side/64)) }
		if img.Bounds().Dx() != side || at(0, 0) != iconGround || at(63, 63) != iconGround || at(30, 36) != iconLine || at(32, 44) != iconLine {
			t.Errorf("%d: %v, %v %v %v %v", side, img.Bounds(), at(0, 0), at(63, 63), at(30, 36), at(32, 44))
		}
	}
}

func sameWhenUnpacked(t *testing.T, path, want string) {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(read(t, path+".gz")))
	if err != nil {
		t.Fatal(err)
	}
	for form, r := range map[string]io.Reader{"gzip": z, "br": brotli.NewReader(strings.NewReader(read(t, path+".br")))} {
		got, err := io.ReadAll(r)
		if err != nil || string(got) != want {
			t.Errorf("%s form gives %q, %v", form, got, err)
		}
	}
}

// The same sources give the same names: a browser keeps what it has.
func TestBundleIsStable(t *testing.T) {
	t.Parallel()
	src, dist, modules := site(t)
	var manifests [2]string
	for i := range manifests {
		if err := bundle(src, dist, modules, []byte("wasm")); err != nil {
			t.Fatal(err)
		}
		manifests[i] = read(t, filepath.Join(dist, "manifest.json"))
	}
	if manifests[0] != manifests[1] {
		t.Errorf("first %s then %s", manifests[0], manifests[1])
	}
}

func TestBundleRefuses(t *testing.T) {
	t.Parallel()
	src, dist, modules := site(t)
	if err := bundle(filepath.Join(src, "nowhere"), dist, modules, nil); err == nil || !strings.Contains(err.Error(), "root of the repository") {
		t.Errorf("no sources: %v", err)
	}
	if err := bundle(src, dist, filepath.Join(modules, "nowhere"), []byte("wasm")); err == nil {
		t.Error("missing licences passed")
	}
}
