package rating

import "chibo/kit/when"

// Level is what a rating says of a person or of a cell.
type Level string

// The levels (366-QĐ/TW, 30/8/2025, art. 11).
const (
	Excellent Level = "excellent" // hoàn thành xuất sắc nhiệm vụ
	Good      Level = "good"      // hoàn thành tốt nhiệm vụ
	Done      Level = "done"      // hoàn thành nhiệm vụ
	NotDone   Level = "not_done"  // không hoàn thành nhiệm vụ
)

// Levels lists the levels from best to worst.
var Levels = []Level{Excellent, Good, Done, NotDone}

// Law is the document that rules ratings from a day on.
type Law struct {
	From   when.Date
	Number string // "366-QĐ/TW"
}

// laws are those documents, the newest first. Before 366-QĐ/TW the same four levels
// and the same share held.
var laws = []Law{
	{when.On(2025, 8, 30), "366-QĐ/TW"},
	{when.On(2023, 10, 4), "124-QĐ/TW"},
	{when.On(2018, 3, 8), "132-QĐ/TW"},
}

// LawOn returns the document in force on a day; the oldest known for days before it.
func LawOn(day when.Date) Law {
	for _, l := range laws {
		if !day.Before(l.From) {
			return l
		}
	}
	return laws[len(laws)-1]
}

// MaxPoints is the whole scale: 30 for the general criteria and 70 for the results of
// the tasks (366-QĐ/TW, art. 10).
const (
	GeneralPoints = 30
	ResultPoints  = 70
	MaxPoints     = GeneralPoints + ResultPoints
)

// bands are the least points of each level (366-QĐ/TW, art. 11).
var bands = []struct {
	level Level
	least int
}{{Excellent, 90}, {Good, 70}, {Done, 50}, {NotDone, 0}}

// Least returns the least points of the level.
func (l Level) Least() int {
	for _, b := range bands {
		if b.level == l {
			return b.least
		}
	}
	return 0
}

// Band returns the level in whose band the points lie, 0 to MaxPoints. Points alone
// give nobody a level: see Conditions.
func Band(points int) Level {
	for _, b := range bands {
		if points >= b.least {
			return b.level
		}
	}
	return NotDone
}
