package text_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"chibo/kit/text"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"  Nguyễn Văn Đức \n", "Nguyễn Văn Đức"},
		{"Nguye\u0302\u0303n", "Nguyễn"},
		{"a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		{"a\x00b\x1b[31mc", "ab[31mc"},
		{"\xff\xfeabc", "\uFFFDabc"},
		{"tên\u202Egnp.exe", "têngnp.exe"},
		{"\ufeffSTT", "STT"},
		{"👩‍👩‍👧", "👩‍👩‍👧"},
		{"", ""},
	} {
		if got := text.Clean(tt.in); got != tt.want {
			t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := text.Line(" a \n\t b "); got != "a b" {
		t.Errorf("Line = %q", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Nguye\u0302\u0303n\x00\r")
	f.Add("A\x00\u0300")
	f.Add(" \u0300")
	f.Fuzz(func(t *testing.T, s string) {
		once := text.Clean(s)
		if !utf8.ValidString(once) {
			t.Errorf("Clean(%q) is not UTF-8", s)
		}
		if again := text.Clean(once); again != once {
			t.Errorf("Clean twice: %q, then %q", once, again)
		}
	})
}

func TestShort(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{{"", 3, ""}, {"chi", 3, "chi"}, {"chi bộ", 6, "chi bộ"}, {"chi bộ", 5, "chi …"}, {"đảng ủy", 2, "đ…"}} {
		if got := text.Short(c.s, c.n); got != c.want {
			t.Errorf("Short(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

func TestJoined(t *testing.T) {
	t.Parallel()
	if got := text.Joined("", "Bí thư", "", "Chi bộ 3"); got != "Bí thư · Chi bộ 3" || text.Joined("", "") != "" {
		t.Errorf("Joined = %q", got)
	}
}

// TestLines: what is pasted has empty lines, space around it and ends of lines of all kinds.
func TestLines(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"":                        nil,
		" \n\t\n":                 nil,
		"một":                     {"một"},
		"  một \r\n\r\n hai\nba ": {"một", "hai", "ba"},
	} {
		if got := text.Lines(in); !slices.Equal(got, want) {
			t.Errorf("the lines of %q are %q, want %q", in, got, want)
		}
	}
}
