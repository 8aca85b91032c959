package task

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
