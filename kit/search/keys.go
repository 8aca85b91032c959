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
	if clean(s) {
		return s
	}
	return cleanAny(s)
}

// clean reports whether text is sure to be clean: words of ASCII and Latin letters with single
// spaces between.
func clean(s string) bool {
	before := ' '
	for _, r := range s {
		if r == ' ' && before == ' ' || !printed(r) && !latin(r) {
			return false
		}
		before = r
	}
	return before != ' ' || s == ""
}

func cleanAny(s string) string {
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
	if clean(s) {
		return identityLatin(s)
	}
	return identityAny(s)
}

func identityAny(s string) string {
	words := strings.Fields(strings.ToLower(Clean(s)))
	for i, w := range words {
		letters, tones := toneApart(w)
		words[i] = letters + tones
	}
	return strings.Join(words, " ")
}

// toneApart parts the tones of a word from its letters, both decomposed.
func toneApart(word string) (letters, tones string) {
	var l, t strings.Builder
	for _, r := range norm.NFD.String(word) {
		if isTone(r) {
			t.WriteRune(r)
		} else {
			l.WriteRune(r)
		}
	}
	return l.String(), t.String()
}

var (
	lettersOfLatin = sync.OnceValue(func() *table {
		return tableOf(func(letter string) string { l, _ := toneApart(strings.ToLower(letter)); return l })
	})
	tonesOfLatin = sync.OnceValue(func() *table {
		return tableOf(func(letter string) string { _, t := toneApart(strings.ToLower(letter)); return t })
	})
)

// identityLatin is Identity of clean text of ASCII and Latin letters, letter by letter.
func identityLatin(s string) string {
	letters, tones := lettersOfLatin(), tonesOfLatin()
	var b strings.Builder
	b.Grow(2 * len(s))
	var tone [16]byte // of the word so far
	said := tone[:0]
	for _, r := range s {
		switch {
		case r == ' ':
			b.Write(said)
			said = said[:0]
			b.WriteByte(' ')
		case !printed(r):
			b.WriteString(letters.of(r))
			said = append(said, tones.of(r)...)
		case r >= 'A' && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		default:
			b.WriteByte(byte(r))
		}
	}
	b.Write(said)
	return b.String()
}

// isTone reports whether r is one of the five written tones.
func isTone(r rune) bool {
	switch r {
	case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
		return true
	}
	return false
}

// sorter makes keys; its buffer is as large as a page.
type sorter struct {
	*collate.Collator
	buffer collate.Buffer
}

var sorters = sync.Pool{New: func() any { return &sorter{Collator: collate.New(language.Vietnamese)} }}

// SortKey returns a key whose byte order is the order of a Vietnamese dictionary:
// a ă â b c d đ e ê …, and tones after letters. It is text in hexadecimal, so that
// every database sorts it alike.
func SortKey(s string) string {
	c := sorters.Get().(*sorter)
	defer sorters.Put(c)
	c.buffer.Reset()
	return hex.EncodeToString(c.KeyFromString(&c.buffer, Clean(s)))
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
