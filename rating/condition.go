package rating

// Facts are what the program knows of somebody's tasks in a period.
type Facts struct {
	// Well to NotDone count the tasks with a verdict of the cell, Waiting those that
	// were due and have none.
	Well, Done, Late, NotDone, Waiting int
	// Beyond counts the tasks whose count went over their target, Countable those that
	// have a target.
	Beyond, Countable int
}

// Tasks returns how many tasks there were.
func (f Facts) Tasks() int { return f.Well + f.Done + f.Late + f.NotDone + f.Waiting }

// Truth says what the program knows of a condition.
type Truth string

// The truths.
const (
	Holds   Truth = "holds"
	Fails   Truth = "fails"
	Unknown Truth = "unknown" // people have to say
)

// Condition is one condition of a level with what the facts say of it. N of Of is the
// figure behind it; Of is 0 where there is none.
type Condition struct {
	Key   string // its words: "rating.condition.<key>"
	Truth Truth
	N, Of int
}

// Shares of the conditions in percent (366-QĐ/TW, 30/8/2025, art. 11).
const (
	beyondShare   = 30 // of the tasks, beyond what was required, to be excellent
	lateShare     = 20 // of the tasks, at most, late, to be done
	undoneShare   = 50 // of the tasks, more than this not done: a member has not done the work
	collectiveMin = 70 // of the tasks, less than this done: a cell has not done the work
)

// Conditions returns the conditions of a level for a form, each with what the facts
// say. Those of NotDone are the listed cases: one that holds speaks for that level.
// The program draws no conclusion from them: the cell proposes, the competent level
// decides (366-QĐ/TW, art. 11 and 12).
func Conditions(l Level, form Form, f Facts) []Condition {
	collective := form == Collective
	switch l {
	case Excellent:
		out := []Condition{f.allDone(), f.onTime(), f.quality(), f.beyond(), {Key: "faults", Truth: Unknown}}
		if collective {
			out = append(out, Condition{Key: "nobody_disciplined", Truth: Unknown})
		}
		return out
	case Good:
		return []Condition{f.allDone(), f.onTime(), f.quality()}
	case Done:
		return []Condition{f.allDone(), f.fewLate()}
	case NotDone:
		if collective {
			return []Condition{
				f.below(),
				{Key: "targets", Truth: Unknown},
				{Key: "personnel", Truth: Unknown},
				{Key: "disunity", Truth: Unknown},
				{Key: "leader_disciplined", Truth: Unknown},
			}
		}
		return []Condition{
			f.mostUndone(), {Key: "degraded", Truth: Unknown}, {Key: "disciplined", Truth: Unknown}, {Key: "forbidden", Truth: Unknown},
		}
	}
	return nil
}

// known is Unknown without tasks, and while one that waits could still turn it.
func (f Facts) known(holds, open bool) Truth {
	switch {
	case f.Tasks() == 0 || open && f.Waiting > 0:
		return Unknown
	case holds:
		return Holds
	}
	return Fails
}

func (f Facts) allDone() Condition {
	done := f.Well + f.Done + f.Late
	return Condition{"all_done", f.known(f.NotDone == 0, f.NotDone == 0), done, f.Tasks()}
}

func (f Facts) onTime() Condition {
	bad := f.Late + f.NotDone
	return Condition{"on_time", f.known(bad == 0, bad == 0), f.Well + f.Done, f.Tasks()}
}

// quality holds only where the cell has called every task well done: "done" says
// nothing of how well.
func (f Facts) quality() Condition {
	truth := f.known(f.NotDone == 0, f.NotDone == 0)
	if truth == Holds && f.Well < f.Tasks() {
		truth = Unknown
	}
	return Condition{"quality", truth, f.Well, f.Tasks()}
}

// beyond is read as: of the tasks, at least 30 % went over what was required. Tasks
// without a target may have done so too.
func (f Facts) beyond() Condition {
	n := f.Tasks()
	c := Condition{"beyond", Unknown, f.Beyond, n}
	switch {
	case n == 0:
	case f.Beyond*100 >= beyondShare*n:
		c.Truth = Holds
	case (f.Beyond+n-f.Countable)*100 < beyondShare*n:
		c.Truth = Fails
	}
	return c
}

func (f Facts) fewLate() Condition {
	n := f.Tasks()
	few := f.Late*100 <= lateShare*n
	return Condition{"few_late", f.known(few, few && (f.Late+f.Waiting)*100 > lateShare*n), f.Late, n}
}

func (f Facts) mostUndone() Condition {
	n := f.Tasks()
	most := f.NotDone*100 > undoneShare*n
	return Condition{"most_undone", f.known(most, !most && (f.NotDone+f.Waiting)*100 > undoneShare*n), f.NotDone, n}
}

func (f Facts) below() Condition {
	n, done := f.Tasks(), f.Well+f.Done+f.Late
	below := done*100 < collectiveMin*n
	return Condition{"below", f.known(below, below && (done+f.Waiting)*100 >= collectiveMin*n), done, n}
}
