package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean returns s as paper can carry it: composed, with line ends as \n, without
// what XML 1.0 forbids and without the invisible signs that turn the reading
// direction or hide inside words, which would let a paper read otherwise than it
// was typed.
func clean(s string) string {
	if plainASCII(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	for _, r := range s {
		switch {
		case r == '\n' && last == '\r':
		case r == '\r', r == '\n', r == '\u2028', r == '\u2029', r == '\u0085':
			b.WriteByte('\n')
		case r == '\t', unicode.Is(unicode.Zs, r) && r != '\u00A0' && r != '\u202F':
			b.WriteByte(' ')
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200D', nonCharacter(r):
		default:
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf-1 {
			return false
		}
	}
	return true
}

// nonCharacter reports code points that Unicode keeps out of texts.
func nonCharacter(r rune) bool { return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE }

// line returns s cleaned and on one line, with single spaces between words.
func line(s string) string { return strings.Join(words(clean(s)), " ") }

// words splits at spaces and line ends but not at those that forbid a break.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' })
}
