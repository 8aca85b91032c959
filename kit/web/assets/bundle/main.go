// Bundle joins the browser files of kit/web/assets/src and node_modules into
// kit/web/assets/dist: one file an entry, named by its content, with Brotli and
// gzip forms beside it, a manifest from names to hashed names, and the licences
// of what others wrote.
//
// Besides it compiles cmd/device, the room in the browser, to WebAssembly.
//
// Run it from the root of the repository after npm ci; make assets does both.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	device, err := compile("./cmd/device")
	if err == nil {
		err = bundle("kit/web/assets/src", "kit/web/assets/dist", "node_modules", device)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

// compile returns a Go program for the browser.
func compile(program string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "chibo-device-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	out := filepath.Join(dir, "device.wasm")
	// Without inlining a sixth less has to be fetched; nobody sees the difference.
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-gcflags=all=-l", "-o", out, program)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w", program, err)
	}
	return os.ReadFile(out)
}

// bundle builds every file that stands in src and replaces the content of dist;
// modules is where npm puts what others wrote, device is the program of the room.
func bundle(src, dist, modules string, device []byte) error {
	entries, err := entryPoints(src)
	if err != nil {
		return err
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("go env GOROOT: %w", err)
	}
	result := api.Build(options(entries, dist, strings.TrimSpace(string(goroot))))
	if len(result.Errors) > 0 {
		return errors.New("esbuild refused the sources (see above; npm ci first?)")
	}
	before, err := filepath.Glob(filepath.Join(dist, "*"))
	if err != nil {
		return err
	}
	for _, file := range result.OutputFiles {
		if err := keep(file.Path, file.Contents); err != nil {
			return err
		}
	}
	names, err := entryNames(result.Metafile)
	if err != nil {
		return err
	}
	if names["licences.txt"], err = keepLicences(dist, modules); err != nil {
		return err
	}
	if names["passwords.list"], err = keepPasswords(dist, modules); err != nil {
		return err
	}
	names["device.wasm"] = fmt.Sprintf("device-%08X.wasm", crc32.ChecksumIEEE(device))
	if err := keepOnce(filepath.Join(dist, names["device.wasm"]), device); err != nil {
		return err
	}
	if err := keepIcons(dist, names); err != nil {
		return err
	}
	b, err := json.MarshalIndent(names, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dist, "manifest.json"), append(b, '\n'), 0o644); err != nil {
		return err
	}
	return sweep(before, dist, slices.Collect(maps.Values(names)), result.OutputFiles)
}

func entryPoints(src string) ([]string, error) {
	var entries []string
	for _, pattern := range []string{"*.js", "*.css", "*.svg"} {
		found, err := filepath.Glob(filepath.Join(src, pattern))
		if err != nil {
			return nil, err
		}
		entries = append(entries, found...)
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("no sources in %s: run it from the root of the repository", src)
	}
	return entries, nil
}

func options(entries []string, dist, goroot string) api.BuildOptions {
	return api.BuildOptions{
		EntryPoints: entries,
		Outdir:      dist,
		EntryNames:  "[name]-[hash]",
		AssetNames:  "[name]-[hash]",
		Bundle:      true,
		Format:      api.FormatIIFE,
		Charset:     api.CharsetUTF8,

		MinifySyntax: true, MinifyWhitespace: true, MinifyIdentifiers: true,
		LegalComments: api.LegalCommentsEndOfFile,

		// Phones that people were handed down: browsers of 2021.
		Target: api.ES2020,
		Engines: []api.Engine{
			{Name: api.EngineChrome, Version: "87"},
			{Name: api.EngineFirefox, Version: "85"},
			{Name: api.EngineSafari, Version: "14.1"},
		},
		// All of them read WOFF2; the older form is left out.
		Loader: map[string]api.Loader{
			".woff2": api.LoaderFile, ".woff": api.LoaderEmpty, ".svg": api.LoaderCopy,
		},
		// The half of a Go program for the browser that is JavaScript comes with Go.
		Alias:    map[string]string{"wasm_exec": filepath.Join(goroot, "lib", "wasm", "wasm_exec.js")},
		Metafile: true,
		LogLevel: api.LogLevelWarning,
	}
}

// sweep removes what an earlier run left and this one did not write. It comes last,
// so that dist is whole at any moment. .gitignore stays, for go:embed needs one file.
func sweep(before []string, dist string, named []string, written []api.OutputFile) error {
	current := map[string]bool{".gitignore": true, "manifest.json": true}
	for _, name := range named {
		current[name] = true
	}
	for _, file := range written {
		current[filepath.Base(file.Path)] = true
	}
	for _, path := range before {
		name := filepath.Base(path)
		if current[strings.TrimSuffix(strings.TrimSuffix(name, ".br"), ".gz")] {
			continue
		}
		if err := os.Remove(filepath.Join(dist, name)); err != nil {
			return err
		}
	}
	return nil
}

// keepOnce is keep for what is large and takes long to compress: a file that an earlier run
// has written whole is left as it is, for its name says what is in it, and only its
// compressed forms stay, which all browsers read that know WebAssembly.
func keepOnce(path string, content []byte) error {
	_, noGzip := os.Stat(path + ".gz")
	_, noBrotli := os.Stat(path + ".br")
	if noGzip != nil || noBrotli != nil {
		if err := keep(path, content); err != nil {
			return err
		}
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// keep writes a file and, where it pays, its compressed forms.
func keep(path string, content []byte) error {
	if err := os.WriteFile(path, content, 0o644); err != nil {
		return err
	}
	// Compressed inside, and what is sent to nobody.
	if ext := filepath.Ext(path); ext == ".woff2" || ext == ".png" || ext == ".list" {
		return nil
	}
	forms := map[string]func(io.Writer) io.WriteCloser{
		".br": func(w io.Writer) io.WriteCloser {
			return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24})
		},
		".gz": func(w io.Writer) io.WriteCloser {
			z, _ := gzip.NewWriterLevel(w, gzip.BestCompression) // errs for unknown levels only
			return z
		},
	}
	for suffix, form := range forms {
		small, err := compress(content, form)
		if err != nil {
			return fmt.Errorf("%s%s: %w", path, suffix, err)
		}
		if err := os.WriteFile(path+suffix, small, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func compress(content []byte, form func(io.Writer) io.WriteCloser) ([]byte, error) {
	var out bytes.Buffer
	w := form(&out)
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// entryNames maps the names of the entries to the hashed names of their outputs.
func entryNames(metafile string) (map[string]string, error) {
	var meta struct {
		Outputs map[string]struct {
			EntryPoint string `json:"entryPoint"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return nil, fmt.Errorf("metafile: %w", err)
	}
	names := map[string]string{}
	for output, from := range meta.Outputs {
		if from.EntryPoint != "" {
			names[filepath.Base(from.EntryPoint)] = filepath.Base(output)
		}
	}
	return names, nil
}

// words is the package that lists the passwords that people use most, gathered from many
// leaks, the most frequent first.
const words = "@zxcvbn-ts/language-common"

// shipped lists the packages whose work goes to the browser, or into the program.
var shipped = []string{"@fontsource/be-vietnam-pro", "htmx.org", "qr", words}

// keepPasswords writes the passwords that everybody tries, in order, a line each, and returns
// the name of the file.
func keepPasswords(dist, modules string) (string, error) {
	b, err := os.ReadFile(filepath.Join(modules, words, "src", "passwords.json"))
	if err != nil {
		return "", err
	}
	var all []string
	if err := json.Unmarshal(b, &all); err != nil {
		return "", fmt.Errorf("%s: %w", words, err)
	}
	for i, p := range all {
		all[i] = strings.ToLower(p)
	}
	slices.Sort(all)
	text := []byte(strings.Join(slices.Compact(all), "\n"))
	name := fmt.Sprintf("passwords-%08X.list", crc32.ChecksumIEEE(text))
	return name, keep(filepath.Join(dist, name), text)
}

// keepLicences writes the licences of the shipped packages and returns the name of
// the file.
func keepLicences(dist, modules string) (string, error) {
	var all bytes.Buffer
	for _, name := range shipped {
		text, err := os.ReadFile(filepath.Join(modules, name, "LICENSE"))
		if errors.Is(err, fs.ErrNotExist) {
			text, err = os.ReadFile(filepath.Join(modules, name, "LICENSE.txt"))
		}
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&all, "%s\n\n%s\n\n", name, text)
	}
	name := fmt.Sprintf("licences-%X.txt", crc32.ChecksumIEEE(all.Bytes()))
	return name, keep(filepath.Join(dist, name), all.Bytes())
}
