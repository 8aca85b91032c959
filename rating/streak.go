package rating

import "slices"

// longRun is after how many years running of the best rating somebody is proposed to
// the superior for commendation (HD 06-HD/TW, 9/6/2025, 19.2).
const longRun = 5

// Past is the level of a year that was decided before the rounds of this program.
type Past struct {
	Root         string `db:"root_id"`
	Organization string `db:"organization_id"`
	Subject      string // id of a member, or Cell
	Year         int
	Level        Level
	Source       string // the decision it is taken from
}

// Run returns the last unbroken run of years, oldest first; years may come in any
// order and more than once.
func Run(years []int) []int {
	years = slices.Compact(slices.Sorted(slices.Values(years)))
	from := len(years) - 1
	for from > 0 && years[from-1] == years[from]-1 {
		from--
	}
	if from < 0 {
		return nil
	}
	return years[from:]
}

// Long reports whether a run of years is long enough to be proposed for.
func Long(run []int) bool { return len(run) >= longRun }
