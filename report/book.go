package report

import (
	"time"

	"chibo/kit/when"
)

// Version says for whom a year book is.
type Version string

// The versions.
const (
	Open Version = "open" // everybody on the roll of the cell
	Full Version = "full" // the committee of the cell: with ratings, reminders, criticism
)

// Versions lists the versions.
var Versions = []Version{Open, Full}

// State says where the making of a book stands.
type State string

// The states.
const (
	Asked  State = "asked" // a job waits or works
	Made   State = "made"
	Failed State = "failed"
)

// Book is a year book of a cell: the making that was asked for last, and the files of the
// last that succeeded.
type Book struct {
	Root         string `db:"root_id"`
	Organization string `db:"organization_id"`
	Year         int
	Version      Version
	State        State
	// Progress is how much of the making is done, in hundredths.
	Progress int
	AskedAt  when.Instant
	AskedBy  string // member
	// MadeAt is zero while no book has been made yet.
	MadeAt        when.Instant
	MadeBy        string // member
	Pages, Papers int
	PDF, DOCX     string // files of package library
}

// longest is after what time a making that has said nothing may be asked for again.
const longest = 10 * time.Minute

// Running reports whether a making goes on that a second press joins.
func (b Book) Running(now when.Instant) bool {
	return b.State == Asked && now.Sub(b.AskedAt) < longest
}

// Exists reports whether there is a book to be opened.
func (b Book) Exists() bool { return !b.MadeAt.IsZero() }

// ending returns the year that is to be bound on a day, and whether it is time: from the
// middle of December to the end of January.
func ending(day when.Date) (year int, calls bool) {
	switch {
	case day.Month == time.December && day.Day >= 15:
		return day.Year, true
	case day.Month == time.January:
		return day.Year - 1, true
	}
	return day.Year, false
}
