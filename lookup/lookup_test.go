package lookup

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/kit/search"
)

// marked writes an excerpt as one text, the words that were found in brackets.
func marked(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Marked {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestExcerpt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Chi bộ họp đúng kỳ. ", 20) + "Rãnh thoát nước đầu ngõ bị lấp. " + strings.Repeat("Mọi người nhất trí. ", 20)
	for _, tt := range []struct{ name, text, question, want string }{
		{"short", "Rà soát\nhồ sơ đảng viên", "ho vien", "Rà soát [hồ] sơ đảng [viên]"},
		{"half a word", "Chuyển đổi số", "chuy", "[Chuyển] đổi số"},
		{"nothing", "Chi bộ họp", "lan", "Chi bộ họp"},
		{"no text", "", "lan", ""},
	} {
		if diff := cmp.Diff(tt.want, marked(Excerpt(tt.text, search.Asked(tt.question)))); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	got := marked(Excerpt(long, search.Asked("hop ranh lap")))
	if !strings.Contains(got, "[Rãnh] thoát nước đầu ngõ bị [lấp].") || !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || len(got) > length+40 {
		t.Errorf("from a long text: %q", got)
	}
}

// An excerpt is a part of the text, and marks nothing but words that were looked for.
func TestExcerptIsOfTheText(t *testing.T) {
	t.Parallel()
	letters := rapid.RuneFrom([]rune("aáâbđeéươ  .,"))
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOfN(letters, 0, 400, -1).Draw(rt, "text")
		words := search.Asked(rapid.StringOfN(letters, 1, 6, -1).Draw(rt, "question"))
		var whole strings.Builder
		for _, p := range Excerpt(text, words) {
			if p.Marked && search.Begun(search.Fold(p.Text), words) == "" {
				rt.Fatalf("%q is marked for %v", p.Text, words)
			}
			whole.WriteString(p.Text)
		}
		part := strings.TrimSuffix(strings.TrimPrefix(whole.String(), "… "), " …")
		if !strings.Contains(strings.Join(strings.Fields(text), " "), part) {
			rt.Fatalf("%q is not of %q", part, text)
		}
	})
}
