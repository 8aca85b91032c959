package ballot_test

import (
	"math"
	"slices"
)

// sample is what a thief holds of one ballot, and what was chosen on it.
type sample struct {
	piece string
	aye   bool
}

// thief tells how much better than by tossing a coin somebody guesses the votes, in
// standard deviations. He knows how every other voter has voted: accomplices, and
// those who talk. From half of these he learns which length or letter of a piece goes
// with which vote, on the other half he finds what serves him best, and with that he
// guesses the rest.
func thief(samples []sample) float64 {
	var lessons, trials, known, unknown []sample
	for i, s := range samples {
		switch {
		case i%2 == 1:
			unknown = append(unknown, s)
			continue
		case i%4 == 0:
			lessons = append(lessons, s)
		default:
			trials = append(trials, s)
		}
		known = append(known, s)
	}
	best, most := signs(0), -1
	for n := range signs(200) {
		if hits := n.learn(lessons).hits(n, trials); hits > most {
			best, most = n, hits
		}
	}
	hits, n := best.learn(known).hits(best, unknown), float64(len(unknown))
	return (float64(hits) - n/2) / math.Sqrt(n/4)
}

// signs numbers what a thief looks at: 0 is the length of a piece, 1 the whole of it,
// from 2 its letters.
type signs int

func (n signs) of(s sample) any {
	switch at := int(n) - 2; {
	case n == 0:
		return len(s.piece)
	case n == 1:
		return s.piece
	case at < len(s.piece):
		return s.piece[at]
	}
	return nil
}

// lesson says how far ayes outnumber nays among the pieces of a sign.
type lesson map[any]int

func (n signs) learn(known []sample) lesson {
	l := lesson{}
	for _, s := range known {
		if s.aye {
			l[n.of(s)]++
		} else {
			l[n.of(s)]--
		}
	}
	return l
}

func (l lesson) hits(n signs, samples []sample) int {
	hits := 0
	for _, s := range samples {
		if (l[n.of(s)] > 0) == s.aye {
			hits++
		}
	}
	return hits
}

// arrivals puts pieces into the order of the places at which they are first seen in a
// journal.
func arrivals(pieces []string, at func(piece string) int) []string {
	sorted := slices.Clone(pieces)
	slices.SortStableFunc(sorted, func(a, b string) int { return at(a) - at(b) })
	return sorted
}
