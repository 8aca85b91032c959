// Package search makes Vietnamese text comparable: folded text to search without
// accents, keys that sort as a Vietnamese list does, the identity of a name.
//
// Databases know none of this alike, so it is done here and stored: every key is
// plain ASCII or plain lower-case letters and sorts byte by byte.
package search

import (
	"strings"
	"sync"
	"unicode"
)

// Fold returns s as a search without accents sees it: lower case, no marks, đ as
// d, one space between words, nothing invisible. "Nghị quyết  Đảng" becomes
// "nghi quyet dang".
func Fold(s string) string {
	if folded, ok := foldLatin(s); ok {
		return folded
	}
	return foldAny(s)
}

func foldAny(s string) string {
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

// latin reports whether r is one of the letters of which nearly all text here is made besides
// ASCII: it is composed, stands for itself and is neither a space nor a mark nor invisible. For
// text of such letters what follows need not ask Unicode about each.
func latin(r rune) bool { return r >= 'À' && r <= 'ɏ' || r >= 'Ḁ' && r <= 'ỿ' }

// printed reports whether r is a letter or sign of ASCII, or a space.
func printed(r rune) bool { return r >= ' ' && r <= '~' }

// table holds what becomes of each Latin letter.
type table struct{ low, high []string }

func tableOf(f func(string) string) *table {
	t := &table{}
	for r := 'À'; r <= 'ɏ'; r++ {
		t.low = append(t.low, f(string(r)))
	}
	for r := 'Ḁ'; r <= 'ỿ'; r++ {
		t.high = append(t.high, f(string(r)))
	}
	return t
}

func (t *table) of(r rune) string {
	if r >= 'Ḁ' {
		return t.high[r-'Ḁ']
	}
	return t.low[r-'À']
}

var foldedLatin = sync.OnceValue(func() *table { return tableOf(foldAny) })

// foldLatin folds text of ASCII and Latin letters, letter by letter; false for any other.
func foldLatin(s string) (string, bool) {
	t := foldedLatin()
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		if r == ' ' {
			space = b.Len() > 0
			continue
		}
		if !printed(r) && !latin(r) {
			return "", false
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		switch {
		case !printed(r):
			b.WriteString(t.of(r))
		case r >= 'A' && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		default:
			b.WriteByte(byte(r))
		}
	}
	return b.String(), true
}
