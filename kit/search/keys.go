//go:build !js

package search

import (
	"encoding/hex"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// decomposed returns s with every letter apart from its marks (NFKD).
func decomposed(s string) string { return norm.NFKD.String(s) }

// Clean returns s in composed form (NFC) as it should be stored: without control
// and invisible letters, with one plain space between words and none around.
func Clean(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFC.String(s) {
		switch {
		case unicode.IsSpace(r) || blank(r):
			space = b.Len() > 0
			continue
		case r == unicode.ReplacementChar, unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u034f':
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// Identity returns a key that is the same for two spellings of one name: in any
// case, composed or not, with the tone on either vowel ("Hòa", "Hoà"). Unlike
// Fold it keeps names apart that differ in a mark: "Hoa" is not "Hòa".
func Identity(s string) string {
	words := strings.Fields(strings.ToLower(Clean(s)))
	for i, w := range words {
		var letters, tone strings.Builder
		for _, r := range norm.NFD.String(w) {
			if isTone(r) {
				tone.WriteRune(r)
			} else {
				letters.WriteRune(r)
			}
		}
		words[i] = letters.String() + tone.String()
	}
	return strings.Join(words, " ")
}

// isTone reports whether r is one of the five written tones.
func isTone(r rune) bool {
	switch r {
	case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
		return true
	}
	return false
}

var collators = sync.Pool{New: func() any { return collate.New(language.Vietnamese) }}

// SortKey returns a key whose byte order is the order of a Vietnamese dictionary:
// a ă â b c d đ e ê …, and tones after letters. It is text in hexadecimal, so that
// every database sorts it alike.
func SortKey(s string) string {
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	return hex.EncodeToString(c.KeyFromString(&collate.Buffer{}, Clean(s)))
}

// NameKey returns the sort key of a person's name: by given name, the last word,
// then by family and middle names, as Vietnamese lists are ordered.
func NameKey(name string) string {
	name = Clean(name)
	given, rest := name, ""
	if i := strings.LastIndexByte(name, ' '); i >= 0 {
		given, rest = name[i+1:], name[:i]
	}
	return SortKey(given) + "." + SortKey(rest)
}

var likeEscaper = strings.NewReplacer(`!`, `!!`, `%`, `!%`, `_`, `!_`)

// Like returns the pattern that finds text folded from s anywhere in a folded
// column, for use as: column LIKE $1 ESCAPE '!'.
func Like(s string) string { return "%" + likeEscaper.Replace(Fold(s)) + "%" }
