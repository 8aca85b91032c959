// Package lookup finds words in what the program keeps (tra cứu): governing documents,
// directives, sealed minutes and resolutions, tasks.
//
// Its story: somebody remembers that the cell spoke of the drain at the end of the lane,
// and neither when nor where that stands. They type the words, with accents or without,
// whole or, from three letters on, begun; what stands together is found first. What they may read anyway is found, by kind, with the words where they
// stand. What they may not read is not there, not even as a number: each feature looks
// through its own rows within the scope of the reader.
package lookup

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chibo/kit/search"
)

// Kind is what was found.
type Kind string

// The kinds.
const (
	Documents  Kind = "documents"
	Directives Kind = "directives"
	Minutes    Kind = "minutes"
	Tasks      Kind = "tasks"
)

// Kinds lists the kinds in the order of the page.
var Kinds = []Kind{Documents, Directives, Minutes, Tasks}

// Hit is one thing that was found. Small stands under its title.
type Hit struct {
	Title, Small, URL string
	Excerpt           []Piece
}

// Piece is a piece of an excerpt; Marked are the words that were looked for.
type Piece struct {
	Text   string
	Marked bool
}

// around is how many bytes of an excerpt stand before the first word, length how many it
// has at most.
const (
	around = 80
	length = 260
)

// Excerpt returns the part of a text in which most of the words stand close together, with
// the words marked.
func Excerpt(text string, words []string) []Piece {
	text = strings.Join(strings.Fields(text), " ")
	spans := search.Spans(text, words)
	from := 0
	if at := densest(text, spans, words) - around; at > 0 {
		from = at + len(text[at:]) - len(afterSpace(text[at:]))
	}
	to := len(text)
	if to-from > length {
		to = from + len(beforeSpace(text[from:from+length]))
	}
	var out []Piece
	if from > 0 {
		out = append(out, Piece{Text: "… "})
	}
	at := from
	for _, s := range spans {
		if s.From >= at && s.To <= to {
			out = append(out, Piece{Text: text[at:s.From]}, Piece{text[s.From:s.To], true})
			at = s.To
		}
	}
	out = append(out, Piece{Text: text[at:to]})
	if to < len(text) {
		out = append(out, Piece{Text: " …"})
	}
	return slices.DeleteFunc(out, func(p Piece) bool { return p.Text == "" })
}

// densest returns where the stretch begins in which the most different words stand.
func densest(text string, spans []search.Span, words []string) int {
	best, at := 0, 0
	for i, s := range spans {
		found := map[string]bool{}
		for _, n := range spans[i:] {
			if n.To > s.From+length-around {
				break
			}
			found[search.Begun(search.Fold(text[n.From:n.To]), words)] = true
		}
		if len(found) > best {
			best, at = len(found), s.From
		}
	}
	return at
}

// afterSpace returns what follows the first space, so that an excerpt begins with a whole
// word.
func afterSpace(s string) string {
	_, after, found := strings.Cut(s, " ")
	if !found {
		return s[firstLetter(s):]
	}
	return after
}

// beforeSpace returns what stands before the last space.
func beforeSpace(s string) string {
	if at := strings.LastIndexByte(s, ' '); at > 0 {
		return s[:at]
	}
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}

// firstLetter returns where the first whole letter begins.
func firstLetter(s string) int {
	n := 0
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return n
}
