package feedback

import (
	"chibo/kit/fault"
	"chibo/kit/when"
)

// Aside is a sheet that the office does not count: rubbish, or given twice. It is kept with
// the reason, and counts again once it is taken back. Of a sheet without a name it tells
// how many remarks it has and not which: what one person wrote stands together nowhere.
type Aside struct {
	Root    string `db:"root_id"`
	Sheet   string `db:"sheet_id"`
	Sitting string `db:"sitting_id"`
	Reason  string
	SetAt   when.Instant
	SetBy   string // id of the member
}

// PutAside is a sheet that does not count, as it is shown.
type PutAside struct {
	Aside
	Name, Unit string // where the round is named
	Number     int    // of a sheet of paper
	Remarks    int
	By         string // name of who set it aside
}

func (a Aside) check() error {
	var c fault.Check
	c.That(a.Reason != "", "reason", "feedback.problem.reason")
	c.That(len([]rune(a.Reason)) <= longest, "reason", "feedback.problem.long")
	return c.Err()
}
