package search_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"chibo/kit/search"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Nghị quyết Đảng":               "nghi quyet dang",
		"  ĐẢNG ỦY \u00a0phường ":       "dang uy phuong",
		norm.NFD.String("Trần Văn Hòa"): "tran van hoa",
		"Nguyễn\u200d Văn\u2060 A":      "nguyen van a",
		"Ðặng":                          "dang", // eth, as some keyboards type it
		"İstanbul ı":                    "istanbul i",
		"Nguyễn\u3164Văn":               "nguyen van",
		"a\u0301\u0301\u0301":           "a",
		"\u200c\u200c":                  "",
		"A\tB\nC":                       "a b c",
		"½":                             "1⁄2",
		"":                              "",
	} {
		if got := search.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		norm.NFD.String(" Trần  Văn Hòa "): "Trần Văn Hòa",
		"A\x04B":                           "AB",
		"A\r\nB":                           "A B",
		"bienban\u202exslx.exe":            "bienbanxslx.exe",
		"\ufeffTT":                         "TT",
		"\u2800\u2800":                     "",
		"\u034f":                           "",
		"a\x00b":                           "ab",
		"Nguy\xff":                         "Nguy",
	} {
		if got := search.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	for _, same := range [][2]string{
		{"Trần Văn Hòa", "TRẦN VĂN HOÀ"},
		{"Lê Thúy", norm.NFD.String("lê  thuý")},
		{"Nguyễn Thị Hằng", "Nguye\u0302\u0303n Thi\u0323 Ha\u0306\u0300ng"},
	} {
		if search.Identity(same[0]) != search.Identity(same[1]) {
			t.Errorf("%q and %q are taken for two names", same[0], same[1])
		}
	}
	for _, apart := range [][2]string{{"Hoa", "Hòa"}, {"Lan", "Lân"}, {"Dung", "Đung"}, {"Tú", "Tư"}} {
		if search.Identity(apart[0]) == search.Identity(apart[1]) {
			t.Errorf("%q and %q are taken for one name", apart[0], apart[1])
		}
	}
}

func TestSortKeyIsDictionaryOrder(t *testing.T) {
	t.Parallel()
	want := strings.Fields("A Ă Â B D Đ E Ê O Ô Ơ U Ư Y")
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(search.SortKey(a), search.SortKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("sorted %v, want %v", got, want)
	}
}

func TestNameKeySortsByGivenName(t *testing.T) {
	t.Parallel()
	want := []string{"Trần Văn An", "Nguyễn Văn Ánh", "Đỗ Thị Bình", "Lê Thị Bình", "Phạm Dũng", "Cao Đạt", "Hòa"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return strings.Compare(search.NameKey(a), search.NameKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("sorted %q, want %q", got, want)
	}
}

func TestLikeEscapes(t *testing.T) {
	t.Parallel()
	if got, want := search.Like("100%_Đ!"), "%100!%!_d!!%"; got != want {
		t.Errorf("Like = %q, want %q", got, want)
	}
}

func TestFoldProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		folded := search.Fold(s)
		if search.Fold(folded) != folded {
			t.Fatalf("folding %q twice: %q, then %q", s, folded, search.Fold(folded))
		}
		if search.Fold(norm.NFD.String(s)) != search.Fold(norm.NFC.String(s)) {
			t.Fatalf("%q folds by its form", s)
		}
		clean := search.Clean(s)
		if search.Clean(clean) != clean {
			t.Fatalf("cleaning %q twice: %q, then %q", s, clean, search.Clean(clean))
		}
		if search.Identity(s) != search.Identity(norm.NFD.String(s)) {
			t.Fatalf("%q has two identities", s)
		}
	})
}
