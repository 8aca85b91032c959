// Package search makes Vietnamese text comparable: folded text to search without
// accents, keys that sort as a Vietnamese list does, the identity of a name.
//
// Databases know none of this alike, so it is done here and stored: every key is
// plain ASCII or plain lower-case letters and sorts byte by byte.
package search

import (
	"strings"
	"unicode"
)

// Fold returns s as a search without accents sees it: lower case, no marks, đ as
// d, one space between words, nothing invisible. "Nghị quyết  Đảng" becomes
// "nghi quyet dang".
func Fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range decomposed(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsSpace(r) || blank(r):
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(base(unicode.ToLower(r)))
	}
	return b.String()
}

// base returns the letter that people type for r: d for đ and for the eth that
// some keyboards give in its place.
func base(r rune) rune {
	switch r {
	case 'đ', 'ð':
		return 'd'
	case 'ı':
		return 'i'
	}
	return r
}

// blank reports whether r looks like nothing although it is neither a space nor
// a mark: fillers of other scripts.
func blank(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800':
		return true
	}
	return false
}
