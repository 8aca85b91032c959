package locale_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chibo/kit/locale"
	"chibo/kit/when"
)

var (
	key         = regexp.MustCompile(`"([a-z]+(?:\.[a-z0-9_-]+)+)"`)
	prefix      = regexp.MustCompile(`Of\(\s*"([a-z]+(?:\.[a-z0-9_-]+)*)"|"([a-z]+(?:\.[a-z0-9_-]+)*)\."\s*\+`)
	asked       = regexp.MustCompile(`(?:\.T\(|\.Done\([^"]*|fault\.New\([^"]*|\.That\([^"]*"[^"]*",\s*|Key:\s*)"([a-z]+(?:\.[a-z0-9_-]+)+)"`)
	placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)
)

// TestTexts finds texts that one language lacks, that nothing uses, and keys that
// the code names but no language has.
func TestTexts(t *testing.T) {
	t.Parallel()
	vi, en := texts(t, "vi"), texts(t, "en")
	for k, text := range vi {
		other, ok := en[k]
		if !ok {
			t.Errorf("en lacks %s", k)
		}
		if ok && !slices.Equal(names(text), names(other)) {
			t.Errorf("%s has other placeholders in English: %q, %q", k, text, other)
		}
	}
	for k := range en {
		if _, ok := vi[k]; !ok {
			t.Errorf("vi lacks %s", k)
		}
	}
	used, asked, prefixes := usedKeys(t)
	for k, file := range asked {
		if _, ok := vi[k]; !ok {
			t.Errorf("%s asks for %s, which has no text", file, k)
		}
	}
	for k := range vi {
		if !used[k] && !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(k, p+".") }) {
			t.Errorf("nothing uses %s", k)
		}
	}
}

func texts(t *testing.T, lang string) map[string]string {
	t.Helper()
	m, err := locale.Texts(lang)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func names(text string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// usedKeys returns the keys that stand in the program's sources, those that are
// asked for as texts (with the file), and the prefixes whose last part is put
// together at run time.
func usedKeys(t *testing.T) (used map[string]bool, askedFor map[string]string, prefixes []string) {
	t.Helper()
	used, askedFor = map[string]bool{}, map[string]string{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "dist" || d.Name() == ".git") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range key.FindAllSubmatch(src, -1) {
			used[string(m[1])] = true
		}
		for _, m := range asked.FindAllSubmatch(src, -1) {
			askedFor[string(m[1])] = path
		}
		for _, m := range prefix.FindAllSubmatch(src, -1) {
			prefixes = append(prefixes, string(m[1])+string(m[2]))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return used, askedFor, prefixes
}

func TestWriting(t *testing.T) {
	t.Parallel()
	vi := locale.Vietnamese
	d := when.On(2026, 12, 3)
	for _, tt := range []struct{ got, want string }{
		{vi.Percent(914, 1000), "91,4%"},
		{vi.Percent(27, 30), "90%"},
		{vi.Percent(1, 0), "–"},
		{vi.Number(5622463), "5.622.463"},
		{vi.Day(d), "Thứ Năm, 03/12/2026"},
		{vi.Moment(d.At(19, 30)), "19 giờ 30, Thứ Năm, 03/12/2026"},
		{locale.English.Moment(d.At(19, 30)), "19:30, Thursday, 03/12/2026"},
		{vi.Month(d.In()), "tháng 12/2026"},
		{vi.Size(1234567), "1,2 MB"},
		{vi.T("fault.request", "ID", "x"), "Mã yêu cầu: x"},
		{vi.T("no.such.key"), "no.such.key"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
