package rating

import (
	"chibo/kit/when"
	"chibo/member"
)

// Case is what is particular about the rating of somebody in a round; empty for most.
type Case string

// The cases. The first three are not rated (366-QĐ/TW, 30/8/2025, art. 5), nor is a
// member who is here for a time: the official cell rates, after this cell's comment
// (HD 43-HD/BTCTW, 31/10/2025, 7.5 and 7.6).
const (
	Ordinary  Case = ""
	Exempt    Case = "exempt"    // exempt from Party life
	Suspended Case = "suspended" // suspended from Party life
	New       Case = "new"       // admitted less than six months ago
	Guest     Case = "here"      // belongs to another cell, which rates
	Away      Case = "away"      // rated here after the comment of the temporary cell
	LongLeave Case = "leave"     // sick for three months or more, maternity: rated on actual work
)

// newMonths is how long a member has to be one to be rated.
const newMonths = 6

// CaseOf returns what follows from how somebody stands in the cell on the last day of
// a period.
func CaseOf(e member.Entry, last when.Date) Case {
	switch e.Standing {
	case member.Exempt:
		return Exempt
	case member.Suspended:
		return Suspended
	case member.Here:
		return Guest
	}
	if !e.AdmittedOn.IsZero() && last.Before(monthsAfter(e.AdmittedOn, newMonths)) {
		return New
	}
	if e.Standing == member.Away {
		return Away
	}
	return Ordinary
}

// Rated reports whether somebody of the case is rated in this cell.
func (c Case) Rated() bool { return c == Ordinary || c == Away || c == LongLeave }

// monthsAfter returns the same day n months on, or the last of a shorter month.
func monthsAfter(d when.Date, n int) when.Date { return d.In().Add(n).Day(d.Day) }

// Cases lists the cases in the order in which people choose them.
var Cases = []Case{Ordinary, LongLeave, Away, New, Exempt, Suspended, Guest}
