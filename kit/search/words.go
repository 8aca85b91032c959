//go:build !js

package search

import (
	"fmt"
	"strings"
	"unicode"
)

// Words returns a text as a folded column keeps it: a space before and behind each word, no
// accents, no signs. "Kế hoạch 12-KH/ĐU" becomes " ke hoach 12 kh du ".
func Words(s string) string {
	words := strings.FieldsFunc(Fold(s), sign)
	if len(words) == 0 {
		return " "
	}
	return " " + strings.Join(words, " ") + " "
}

// sign reports whether r parts words.
func sign(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// whole is the length, in letters, under which a word is looked for as a whole: half a short
// syllable is the beginning of half a dictionary.
const whole = 3

// begins reports whether a folded word is one that is looked for: by its beginning, or as a
// whole where that is short.
func begins(word, wanted string) bool {
	return word == wanted || len(wanted) >= whole && strings.HasPrefix(word, wanted)
}

// LikeWord returns the pattern that finds a folded word, or words behind each other, in a
// column of Words, for use as: column LIKE $1 ESCAPE '!'. The last of them is found by its
// beginning unless it is short.
func LikeWord(s string) string {
	pattern := "% " + strings.TrimPrefix(Like(s), "%")
	if last := s[strings.LastIndexByte(s, ' ')+1:]; len(last) < whole {
		pattern = strings.TrimSuffix(pattern, "%") + " %"
	}
	return pattern
}

// mostAsked is how many words are looked for: the rest of a pasted page is left out.
const mostAsked = 8

// Asked returns the folded words of a question, for Where and Has.
func Asked(question string) []string {
	words := strings.Fields(Words(question))
	return words[:min(len(words), mostAsked)]
}

// Has reports whether a text of Words has each of words, as LikeWord finds them.
func Has(text string, words []string) bool {
	for _, w := range words {
		if last := w[strings.LastIndexByte(w, ' ')+1:]; len(last) < whole {
			w += " "
		}
		if !strings.Contains(text, " "+w) {
			return false
		}
	}
	return true
}

// Begun returns the one of the folded words with which a word begins, empty for none.
func Begun(word string, folded []string) string {
	for _, f := range folded {
		if f != "" && begins(word, f) {
			return f
		}
	}
	return ""
}

// Span is a part of a text, in bytes.
type Span struct{ From, To int }

// Spans returns where in a text, with its accents, one of the folded words stands, in
// order.
func Spans(text string, folded []string) []Span {
	var out []Span
	at := func(from, to int) {
		if Begun(Fold(text[from:to]), folded) != "" {
			out = append(out, Span{from, to})
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
