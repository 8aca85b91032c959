package meeting

import "strings"

// LineKind says what became of a line between two versions.
type LineKind string

// The kinds of lines of a comparison.
const (
	Same    LineKind = "same"
	Added   LineKind = "added"
	Removed LineKind = "removed"
)

// Line is one line of a comparison.
type Line struct {
	Kind LineKind
	Text string
}

// maxCompare bounds the work of a comparison: lines of one text times lines of
// the other.
const maxCompare = 4_000_000

// Compare lays two texts beside each other line by line. Leaving out what was
// added gives before, leaving out what was removed gives after. Texts that differ
// in very many lines are shown as one taken out and one put in.
func Compare(before, after string) []Line {
	a, b := lines(before), lines(after)
	var out []Line
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		out = append(out, Line{Same, a[0]})
		a, b = a[1:], b[1:]
	}
	if len(a)*len(b) > maxCompare {
		return append(out, append(all(Removed, a), all(Added, b)...)...)
	}
	common := longestCommon(a, b)
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			out = append(out, Line{Same, a[i]})
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			out = append(out, Line{Removed, a[i]})
			i++
		default:
			out = append(out, Line{Added, b[j]})
			j++
		}
	}
	return append(out, append(all(Removed, a[i:]), all(Added, b[j:])...)...)
}

// longestCommon returns the table of lengths of the longest common run of lines
// behind each pair of places.
func longestCommon(a, b []string) [][]int32 {
	table := make([][]int32, len(a)+1)
	cells := make([]int32, (len(a)+1)*(len(b)+1))
	for i := range table {
		table[i] = cells[i*(len(b)+1) : (i+1)*(len(b)+1)]
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

func all(k LineKind, texts []string) []Line {
	out := make([]Line, len(texts))
	for i, t := range texts {
		out[i] = Line{k, t}
	}
	return out
}
