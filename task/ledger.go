package task

import (
	"context"

	"chibo/kit/db"
)

// Filter chooses tasks of a ledger.
type Filter string

// The filters.
const (
	FilterOpen      Filter = "open"
	FilterOverdue   Filter = "overdue"
	FilterDifficult Filter = "difficult" // something is in the way
	FilterSettled   Filter = "settled"
)

// Filters lists the filters in the order of the page.
var Filters = []Filter{FilterOpen, FilterOverdue, FilterDifficult, FilterSettled}

// Tally counts the tasks of a cell.
type Tally struct {
	Open, Overdue int
	// Judged counts those with a final verdict, Kept those of them done well or
	// done in time.
	Judged, Kept int
}

func tally(counts []stateCount) Tally {
	var n Tally
	for _, c := range counts {
		t := Task{State: c.State, Verdict: c.Verdict}
		switch {
		case t.Open():
			n.Open += c.N
			if c.Late && c.State != DoneReported {
				n.Overdue += c.N
			}
		case c.State == Judged:
			n.Judged += c.N
			if c.Verdict == Well || c.Verdict == Done {
				n.Kept += c.N
			}
		}
	}
	return n
}

// Accounted reports whether the cell has called the task to account: a verdict
// stands on it, or a meeting found it due and left it to the next one. A task that
// was taken back, or whose day has not come, is no part of any share.
func (t Task) Accounted() bool {
	return t.State == Judged || t.CarriedTimes > 0 && t.State != Withdrawn
}

// Fulfilled reports whether the cell has found the task done. Work that came late
// is done: the sheet of An Phú asks for the share of targets reached and not for
// the day (KH 08-KH/ĐU, 19/9/2025, criterion 7).
func (t Task) Fulfilled() bool {
	return t.State == Judged && t.Verdict != NotDone
}

// Share returns how many of the tasks that a meeting gave have been fulfilled, of
// how many that have been called to account. It rests on those tasks of OfMeeting
// that are Accounted; of is 0 while there are none. What is done after it was
// carried over counts from then on.
func Share(ctx context.Context, q db.Q, root, meeting string) (done, of int, err error) {
	tasks, err := ofMeeting(ctx, q, root, meeting)
	done, of = share(tasks)
	return done, of, err
}

func share(tasks []Task) (done, of int) {
	for _, t := range tasks {
		if t.Accounted() {
			of++
		}
		if t.Fulfilled() {
			done++
		}
	}
	return done, of
}
