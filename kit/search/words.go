//go:build !js

package search

import (
	"fmt"
	"strings"
	"unicode"
)

// Words returns a text as a folded column keeps it: a space before each word, no accents,
// no signs. "Kế hoạch 12-KH/ĐU" becomes " ke hoach 12 kh du".
func Words(s string) string {
	return " " + strings.Join(strings.FieldsFunc(Fold(s), sign), " ")
}

// sign reports whether r parts words.
func sign(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// LikeWord returns the pattern that finds a word that begins with s in a column of Words,
// for use as: column LIKE $1 ESCAPE '!'.
func LikeWord(s string) string { return "% " + strings.TrimPrefix(Like(s), "%") }

// Span is a part of a text, in bytes.
type Span struct{ From, To int }

// Spans returns where in a text, with its accents, words stand that begin with one of the
// folded words, in order.
func Spans(text string, folded []string) []Span {
	var out []Span
	at := func(from, to int) {
		word := Fold(text[from:to])
		for _, f := range folded {
			if f != "" && strings.HasPrefix(word, f) {
				out = append(out, Span{from, to})
				return
			}
		}
	}
	begin := -1
	for i, r := range text {
		inside := !sign(r) || begin >= 0 && unicode.Is(unicode.Mn, r)
		switch {
		case inside && begin < 0:
			begin = i
		case !inside && begin >= 0:
			at(begin, i)
			begin = -1
		}
	}
	if begin >= 0 {
		at(begin, len(text))
	}
	return out
}

// Where returns an SQL condition that holds for rows whose column of Words has a word that
// begins with each of words, and appends its arguments to args.
func Where(column string, words []string, args *[]any) string {
	conditions := make([]string, len(words))
	for i, w := range words {
		*args = append(*args, LikeWord(w))
		conditions[i] = fmt.Sprintf("%s LIKE $%d ESCAPE '!'", column, len(*args))
	}
	return strings.Join(conditions, " AND ")
}
