package meeting

import (
	"slices"

	"chibo/member"
)

// NextBriefer returns whose turn it is to report current affairs: of the people
// in order, the first of those who have never done it, else the one whose last
// time lies longest back. past names earlier briefers, the oldest first. So
// nobody does it twice before all have done it once, who was away is the next
// after coming back, and who took another's turn is not asked again at once. The
// empty text says that nobody is there.
func NextBriefer(order, past []string) string {
	next, longest := "", 0
	for _, id := range order {
		last := lastIndex(past, id)
		if last < 0 {
			return id
		}
		if next == "" || last < longest {
			next, longest = id, last
		}
	}
	return next
}

func lastIndex(past []string, id string) int {
	for i, p := range slices.Backward(past) {
		if p == id {
			return i
		}
	}
	return -1
}

// briefers returns the members of the roll who take turns: those who are counted
// in the attendance. The exempt and those away are skipped.
func briefers(roll []member.Entry) []string {
	var out []string
	for _, e := range roll {
		if e.Standing.CountsInAttendance() {
			out = append(out, e.ID)
		}
	}
	return out
}
