package part_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	. "chibo/kit/web/part"
)

var update = flag.Bool("update", false, "write the golden files again")

func render(t *testing.T, nodes ...g.Node) string {
	t.Helper()
	var b strings.Builder
	for _, n := range nodes {
		if err := n.Render(&b); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// TestGallery compares every part with what it was when somebody last looked.
func TestGallery(t *testing.T) {
	t.Parallel()
	got := render(t, gallery(words{})...)
	got = regexp.MustCompile(`(<(?:section|div|li|tr|form|table|header|nav|fieldset|dialog|dl|label)\b)`).ReplaceAllString(got, "\n$1") + "\n"
	golden := filepath.Join("testdata", "gallery.html")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the gallery changed; look at it and run with -update.\ngot  %s", got)
	}
}

// The page's policy allows no inline code and no inline style.
func TestGalleryHoldsToThePolicy(t *testing.T) {
	t.Parallel()
	page := render(t, gallery(words{})...)
	for _, forbidden := range []string{" style=", "<style", "<script", " onclick=", " hx-on", "js:", "javascript:"} {
		if strings.Contains(page, forbidden) {
			t.Errorf("the gallery holds %q", forbidden)
		}
	}
}

// Every label names a control and every description exists, once.
func TestGalleryIsLabelled(t *testing.T) {
	t.Parallel()
	page := render(t, gallery(words{})...)
	var ids []string
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if slices.Contains(ids, m[1]) {
			t.Errorf("two elements have the id %s", m[1])
		}
		ids = append(ids, m[1])
	}
	for _, m := range regexp.MustCompile(` (?:for|aria-controls|aria-labelledby|aria-describedby)="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		for _, id := range strings.Fields(m[1]) {
			if !slices.Contains(ids, id) {
				t.Errorf("%s refers to no element", strings.TrimSpace(m[0]))
			}
		}
	}
}

func TestTextIsEscaped(t *testing.T) {
	t.Parallel()
	const bad = `"><script>alert(1)</script>`
	f := Form{Values: map[string][]string{"x": {bad}}, Problems: map[string]string{"x": bad}, Message: bad}
	page := render(t,
		Card(CardHead(bad, Tag(OK, bad))), Button(bad), Avatar(bad), Empty(bad, bad), Stat(bad, bad), Meter(bad),
		Table(bad, Heads(bad), Cells(bad)), Details(bad), Tabs(bad, Tab{Text: bad}), PersonEntry(bad, bad),
		f.Summary(words{}), f.Input("x", bad, Help(bad)), f.Textarea("x", bad), f.Select("x", bad, []Option{{Value: bad, Text: bad}}),
		f.Radios("x", bad, []Option{{Value: bad, Text: bad, Small: bad}}), CopyButton(words{}, bad, bad),
	)
	if strings.Contains(page, "<script") || strings.Contains(page, `=""><`) {
		t.Errorf("text became HTML: %s", page)
	}
}

func TestLinksLeadNowhereElse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ url, want string }{
		{"/meetings/1", "/meetings/1"},
		{"?page=2", "?page=2"},
		{"#list", "#list"},
		{"https://vi-du.vn/", "https://vi-du.vn/"},
		{"mailto:a@vi-du.vn", "mailto:a@vi-du.vn"},
		{"tel:0900000000", "tel:0900000000"},
		{"javascript:alert(1)", "#"},
		{"JavaScript:alert(1)", "#"},
		{" javascript:alert(1)", "#"},
		{"java\nscript:alert(1)", "#"},
		{"data:text/html,x", "#"},
		{"//evil.example/", "#"},
		{`/\evil.example/`, "#"},
		{"", "#"},
	} {
		if got := render(t, Link(tt.url)); got != `<a href="`+tt.want+`"></a>` {
			t.Errorf("%q gives %s", tt.url, got)
		}
		if got := render(t, Post(tt.url)); !strings.Contains(got, `action="`+tt.want+`"`) {
			t.Errorf("form to %q gives %s", tt.url, got)
		}
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Đỗ Văn Thành": "ĐT", "Phạm Mai": "PM", "  Ánh ": "Á", "ỷ lan": "ỶL", "": "·",
	} {
		if got := render(t, Avatar(name)); !strings.Contains(got, ">"+want+"<") {
			t.Errorf("%q: %s", name, got)
		}
	}
}

func TestIconsAreDrawn(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("icon.go")
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`Icon = "([\w-]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(names) < 40 {
		t.Fatalf("found %d icons in the source", len(names))
	}
	for _, m := range names {
		if got := render(t, Icon(m[1])); !strings.HasPrefix(got, "<svg") {
			t.Errorf("icon %s draws %q", m[1], got)
		}
	}
	if got := render(t, Icon("no such icon")); got != "" {
		t.Errorf("unknown icon draws %q", got)
	}
}

func TestFieldTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	f := Form{ID: "new", Problems: map[string]string{"name": "Gõ họ và tên."}}
	got := render(t, f.Input("name", "Họ và tên", Required, Help("Như trong thẻ.")))
	for _, want := range []string{
		`for="new-name"`, `id="new-name"`, `aria-invalid="true"`, `aria-required="true"`,
		`aria-describedby="new-name-problem new-name-help"`, `id="new-name-problem"`, "Gõ họ và tên.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %s: %s", want, got)
		}
	}
	if got := render(t, Form{}.Input("name", "Họ và tên")); strings.Contains(got, "aria-") {
		t.Errorf("a field without problems says: %s", got)
	}
}

func TestSecretsDoNotComeBack(t *testing.T) {
	t.Parallel()
	f := Form{Values: map[string][]string{"password": {"ruộng lúa chín vàng"}}}
	if got := render(t, f.Password(words{}, "password", "Mật khẩu", "current-password")); strings.Contains(got, "ruộng") {
		t.Errorf("the password stands in the page: %s", got)
	}
}

func TestFormThatIsWellSaysNothing(t *testing.T) {
	t.Parallel()
	if (Form{}).Wrong() || (Form{}).Summary(words{}) != nil {
		t.Error("an empty form complains")
	}
	if f := (Form{Message: "Mật khẩu không đúng."}); !f.Wrong() || !strings.Contains(render(t, f.Summary(words{})), "Mật khẩu không đúng.") {
		t.Error("a message is not shown")
	}
}

func TestPagerOfOnePage(t *testing.T) {
	t.Parallel()
	if Pager(words{}, 1, 1, nil) != nil {
		t.Error("one page has a pager")
	}
	first := render(t, Pager(words{}, 1, 2, func(int) string { return "/x" }))
	if strings.Contains(first, "part.pager.before") || !strings.Contains(first, "part.pager.after") {
		t.Errorf("first page: %s", first)
	}
}

func TestConfirmGoesToTheForm(t *testing.T) {
	t.Parallel()
	got := render(t, PostButton("/x", "Xóa", Confirm(words{}, "Xóa?", "Xóa"), HiddenValue("a", "1"), h.Name("act")))
	if !strings.HasPrefix(got, `<form method="post" action="/x" data-confirm="Xóa?"`) {
		t.Errorf("got %s", got)
	}
	if !strings.Contains(got, `<button class="btn" type="submit" name="act">Xóa</button>`) {
		t.Errorf("got %s", got)
	}
}
