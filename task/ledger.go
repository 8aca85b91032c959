package task

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/db"
	"chibo/kit/search"
	"chibo/kit/when"
)

// Filter chooses tasks of a ledger by how they stand.
type Filter string

// The filters.
const (
	FilterOpen      Filter = "open"
	FilterOverdue   Filter = "overdue"
	FilterDifficult Filter = "difficult" // something is in the way and nobody has answered
	FilterSettled   Filter = "settled"
	FilterAll       Filter = "all"
)

// Filters lists the filters in the order of the page.
var Filters = []Filter{FilterOpen, FilterOverdue, FilterDifficult, FilterSettled, FilterAll}

// Query is what a reader wants to see of a ledger. Its zero fields ask for nothing.
type Query struct {
	View Filter
	// Owner is the id of a member, Meeting that of the meeting that gave the task.
	Owner, Meeting string
	Origin         Origin
	// Words are looked for without accents in what the task says.
	Words string
}

// find returns those of the tasks that hold all words of the query.
func (want Query) find(tasks []Task) []Task {
	words := strings.Fields(search.Fold(want.Words))
	return slices.DeleteFunc(tasks, func(t Task) bool {
		text := search.Fold(t.text())
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	})
}

// Resolution is what has become of the tasks that one meeting gave.
type Resolution struct {
	Meeting string // id
	Day     when.Date
	// All counts the tasks that were not taken back, Of those called to account, Done
	// those fulfilled: see Share.
	All, Done, Of int
}

// resolutions sums up tasks by the meetings that gave them, the newest first.
func resolutions(tasks []Task) []Resolution {
	byMeeting := map[string][]Task{}
	var out []Resolution
	for _, t := range tasks {
		if byMeeting[t.Meeting] == nil {
			out = append(out, Resolution{Meeting: t.Meeting, Day: t.GivenAt.Date()})
		}
		byMeeting[t.Meeting] = append(byMeeting[t.Meeting], t)
	}
	for i := range out {
		r := &out[i]
		r.Done, r.Of = share(byMeeting[r.Meeting])
		for _, t := range byMeeting[r.Meeting] {
			if t.State != Withdrawn {
				r.All++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Resolution) int { return b.Day.Compare(a.Day) })
	return out
}

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

// text is what a task is searched by.
func (t Task) text() string {
	return strings.Join([]string{t.Title, t.DoneWhen, t.Source, t.Unit}, " ")
}

func (t Task) folded() string { return search.Words(t.text()) }
