package app_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestStandardNamesItsTests: doc/asvs.md has its eighty lines, and every test that it or
// testdata/stateless.csv names is there.
func TestStandardNamesItsTests(t *testing.T) {
	t.Parallel()
	standard, err := os.ReadFile("../doc/asvs.md")
	if err != nil {
		t.Fatal(err)
	}
	reasons, err := os.ReadFile("testdata/stateless.csv")
	if err != nil {
		t.Fatal(err)
	}
	there := testNames(t)
	for _, name := range regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w*`).FindAllString(string(standard)+string(reasons), -1) {
		if !there[name] {
			t.Errorf("%s is named, which is no test", name)
		}
	}
	for n := 1; n <= 80; n++ {
		if strings.Count(string(standard), "\n| "+strconv.Itoa(n)+" | ") != 1 {
			t.Errorf("doc/asvs.md does not have line %d once", n)
		}
	}
}

// TestEveryLibraryHasItsReason: each library that go.mod or package.json asks for is named in
// an ADR, where it stands what it is for.
func TestEveryLibraryHasItsReason(t *testing.T) {
	t.Parallel()
	var reasons strings.Builder
	adrs, err := filepath.Glob("../doc/adr/*.md")
	for _, name := range append(adrs, "../go.mod", "../package.json") {
		b, e := os.ReadFile(name)
		if err = errors.Join(err, e); filepath.Ext(name) == ".md" {
			reasons.Write(b)
			continue
		}
		for _, found := range askedFor.FindAllStringSubmatch(string(b), -1) {
			short := majorVersion.ReplaceAllString(found[1]+found[2], "")
			if !strings.Contains(reasons.String(), short[strings.LastIndex(short, "/")+1:]) {
				t.Errorf("no ADR says what %s is for", short)
			}
		}
	}
	if err != nil || len(adrs) < 50 {
		t.Fatal(len(adrs), err)
	}
}

var (
	// askedFor finds what is asked for directly, in go.mod and in package.json.
	askedFor     = regexp.MustCompile(`(?m)^\t(\S+\.\S+/\S+) v[^ \n]+$|^    "(\S+)": "\d`)
	majorVersion = regexp.MustCompile(`/v\d+$`)
)

var testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)

// testNames returns the tests of all packages.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "node_modules":
			return fs.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		b, err := os.ReadFile(path)
		for _, found := range testFunc.FindAllStringSubmatch(string(b), -1) {
			names[found[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
