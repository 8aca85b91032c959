package quality

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"chibo/proceedings"
)

// shingle is how many words running make a piece that is compared. Vietnamese is written
// in syllables: six are three or four words, long enough that two people do not write
// them alike by chance.
const shingle = 6

// worthTelling is the likeness in percent from which the writer is told.
const worthTelling = 50

// Likeness says how much of a text stands in an older one.
type Likeness struct {
	// Percent of the pieces of the fresh text that stand in the older one too.
	Percent int
	// Passages are the stretches that stand in both, in the words of the fresh text, the
	// longest first.
	Passages []string
}

// Compare looks for what fresh has in common with old, piece by piece of six words
// running, whatever the letters' case and the marks between the words. Texts of fewer
// words are too short to say anything.
func Compare(fresh, old []string) Likeness {
	known := map[string]bool{}
	for _, text := range old {
		words := wordsOf(text)
		for i := range len(words) - shingle + 1 {
			known[key(words[i:i+shingle])] = true
		}
	}
	var l Likeness
	same, all := 0, 0
	for _, text := range fresh {
		words := wordsOf(text)
		from, to := -1, -1 // the stretch that goes on
		for i := range len(words) - shingle + 1 {
			all++
			if !known[key(words[i:i+shingle])] {
				continue
			}
			same++
			if from >= 0 && i <= to {
				to = i + shingle
				continue
			}
			l.add(words, from, to)
			from, to = i, i+shingle
		}
		l.add(words, from, to)
	}
	if all > 0 {
		l.Percent = same * 100 / all
	}
	slices.SortStableFunc(l.Passages, func(a, b string) int { return len(b) - len(a) })
	return l
}

func (l *Likeness) add(words []string, from, to int) {
	if from < 0 {
		return
	}
	if p := strings.Join(words[from:to], " "); !slices.Contains(l.Passages, p) {
		l.Passages = append(l.Passages, p)
	}
}

// wordsOf returns the words of a text as they stand.
func wordsOf(text string) []string {
	return slices.DeleteFunc(strings.Fields(text), func(w string) bool { return bare(w) == "" })
}

// bare is a word without marks around it, in small letters.
func bare(w string) string {
	return strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }))
}

func key(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(bare(w))
		b.WriteByte(' ')
	}
	return b.String()
}

// typed returns what people wrote on an evening. What the program composes is alike every
// month and says nothing.
func typed(s proceedings.State) []string {
	var out []string
	for _, n := range s.Notes {
		out = append(out, n.Text)
	}
	for _, o := range s.Opinions {
		out = append(out, o.Text)
	}
	for _, c := range s.Conclusions {
		out = append(out, c.Text)
	}
	for _, g := range s.Guidance {
		out = append(out, g.Text)
	}
	for _, j := range s.Judged {
		out = append(out, j.Report)
	}
	for _, passage := range slices.Sorted(maps.Keys(s.Wordings)) {
		out = append(out, s.Wordings[passage].Text)
	}
	return append(out, s.Resolution.Text)
}
