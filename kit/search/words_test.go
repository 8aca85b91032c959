package search_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chibo/kit/search"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                        " ",
		"Kế hoạch số 12-KH/ĐU.":   " ke hoach so 12 kh du ",
		"  “Ngày  Chủ nhật xanh”": " ngay chu nhat xanh ",
	} {
		if got := search.Words(in); got != want {
			t.Errorf("Words(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"10%": "% 10!%%", "vien": "% vien%", "so": "% so %", "ho so": "% ho so %", "ho vien": "% ho vien%"} {
		if got := search.LikeWord(in); got != want {
			t.Errorf("LikeWord(%q) = %q, want %q", in, got, want)
		}
	}
	text := search.Words("Rà soát hồ sơ đảng viên")
	for in, want := range map[string]bool{"ho so": true, "so": true, "soat": true, "soa": true, "da": false, "dang vie": true, "ho da": false, "vien": true} {
		if search.Has(text, []string{in}) != want {
			t.Errorf("%q has %q: %v", text, in, !want)
		}
	}
}

func TestSpans(t *testing.T) {
	t.Parallel()
	text := "Chi bộ rà soát hồ sơ; hồ nước thì không. Sổ"
	var got []string
	for _, s := range search.Spans(text, []string{"ho", "so"}) {
		got = append(got, text[s.From:s.To])
	}
	if diff := cmp.Diff([]string{"hồ", "sơ", "hồ", "Sổ"}, got); diff != "" {
		t.Error(diff)
	}
}

// Whatever the text, a word that Words finds is one that Spans shows, and spans do not
// overlap.
func TestSpansFindWhatWordsFind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("aăâđeêioôơuưý̀. -Đ1")), 0, 30, -1).Draw(rt, "text")
		word := rapid.StringOfN(rapid.RuneFrom([]rune("adeio1")), 1, 2, -1).Draw(rt, "word")
		spans := search.Spans(text, []string{word})
		last := 0
		for _, s := range spans {
			if s.From < last || s.To <= s.From || s.To > len(text) {
				rt.Fatalf("spans %v of %q", spans, text)
			}
			last = s.To
		}
	})
}

func TestWordsAsked(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                          "",
		" %_ “” ":                   "",
		"Hồ sơ  hồ SƠ đảng viên":    "ho so ho so dang vien",
		"21-KH/ĐU":                  "21 kh du",
		"a b c d e f g h i j k l m": "a b c d e f g h",
	} {
		if got := strings.Join(search.Asked(in), " "); got != want {
			t.Errorf("Asked(%q) = %q, want %q", in, got, want)
		}
	}
}
