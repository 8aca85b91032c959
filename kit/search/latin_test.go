package search

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// TestLatinIsAsAnyText holds the ways that text of Latin letters takes against those of any text: letter
// by letter, and in texts put together at random.
func TestLatinIsAsAnyText(t *testing.T) {
	t.Parallel()
	same := func(t interface {
		Helper()
		Errorf(string, ...any)
	}, s string,
	) {
		t.Helper()
		if got, want := Fold(s), foldAny(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
		if got, want := Clean(s), cleanAny(s); got != want {
			t.Errorf("Clean(%q) = %q, want %q", s, got, want)
		}
		if got, want := Identity(s), identityAny(s); got != want {
			t.Errorf("Identity(%q) = %q, want %q", s, got, want)
		}
	}
	var letters []rune
	for r := rune(0); r < 0x2100; r++ {
		same(t, string(r))
		same(t, "A"+string(r)+"b")
		if printed(r) || latin(r) {
			letters = append(letters, r)
		}
		if latin(r) && (norm.NFC.String(string(r)) != string(r) || norm.NFC.PropertiesString(string(r)).CCC() != 0) {
			t.Errorf("%q does not stand for itself", r)
		}
	}
	text := rapid.OneOf(rapid.StringOf(rapid.RuneFrom(letters)), rapid.StringOf(rapid.RuneFrom([]rune("aÀậỵ ̣̀̂\t\u200bĐ"))),
		rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"Hòa", "Hoà", "NGUYỄN", "", " ", "Đặng", "ậ́ậ́ậ́"})).Draw(t, "words"), " ")
		}))
	rapid.Check(t, func(t *rapid.T) { same(t, text.Draw(t, "text")) })
}

func BenchmarkKeys(b *testing.B) {
	for name, f := range map[string]func(string) string{"fold": Fold, "clean": Clean, "identity": Identity, "name": NameKey} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f("Nguyễn Thị Thanh Hòa")
			}
		})
	}
}
