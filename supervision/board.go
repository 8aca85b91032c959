package supervision

import (
	"chibo/kit/when"
	"chibo/organization"
	"chibo/rubric"
	"chibo/theme"
)

// Tally counts how cells stand in a month.
type Tally struct {
	// Cells is how many cells had to meet, Unfiled of how many the minutes are overdue.
	Cells, Met, Late, Missed, Planned, Unfiled int
	// Month is what is kept of a single cell; zero in the row of a committee, and where
	// nothing is known.
	Month Month
	// Levels counts the scored meetings by level.
	Levels map[rubric.Level]int
}

// Held is how many cells held their meeting.
func (t Tally) Held() int { return t.Met + t.Late }

// Standing is the standing that a tally of one cell has.
func (t Tally) Standing() Standing {
	switch {
	case t.Met > 0:
		return Met
	case t.Late > 0:
		return Late
	case t.Missed > 0:
		return Missed
	case t.Planned > 0:
		return Planned
	}
	return Nothing
}

// Duty counts how cells stand with the theme of a quarter (50-CT/TW, 23/7/2025: at least
// one thematic meeting a quarter).
type Duty struct {
	Cells, Done, Set int
	Over             bool // the quarter is over
}

// Lacking is how many cells have no theme in a quarter that is over.
func (d Duty) Lacking() int {
	if !d.Over {
		return 0
	}
	return d.Cells - d.Done
}

// State is the duty that the theme of one cell has.
func (d Duty) State() theme.Duty {
	switch {
	case d.Done > 0:
		return theme.Done
	case d.Lacking() > 0:
		return theme.Missed
	case d.Set > 0 && !d.Over:
		return theme.Set
	}
	return theme.Open
}

// Row is one line of the board: a cell, or a committee with all cells below it.
type Row struct {
	Unit   organization.Organization
	Cells  int // cells that exist
	Months [12]Tally
	Themes [4]Duty
	Cell   Cell // remedies and matters, summed; the earliest days
	// Unknown is how many cells have called no meeting and settled nothing yet.
	Unknown int
	// SeesScores and SeesMatters say what of it the reader may see.
	SeesScores, SeesMatters bool
}

// Single reports whether the row is one cell.
func (r Row) Single() bool { return r.Unit.Level == organization.Cell }

// Score is the newest month that has a score; zero where none has, and in the row of a
// committee.
func (r Row) Score() Month {
	for i := len(r.Months) - 1; i >= 0; i-- {
		if m := r.Months[i].Month; m.Level != "" || m.Points > 0 {
			return m
		}
	}
	return Month{}
}

// Levels counts the scored meetings of the year by level.
func (r Row) Levels() map[rubric.Level]int {
	sum := map[rubric.Level]int{}
	for _, t := range r.Months {
		for level, n := range t.Levels {
			sum[level] += n
		}
	}
	return sum
}

// Missed is in how many months a meeting was not held, Unfiled how many minutes are
// overdue, Lacking how many themes.
func (r Row) Missed() (n int) {
	for _, t := range r.Months {
		n += t.Missed
	}
	return n
}

// Unfiled is how many minutes are overdue.
func (r Row) Unfiled() (n int) {
	for _, t := range r.Months {
		n += t.Unfiled
	}
	return n
}

// Lacking is how many quarters are over without a theme.
func (r Row) Lacking() (n int) {
	for _, d := range r.Themes {
		n += d.Lacking()
	}
	return n
}

// Remedies is how many remedies are open, as far as the reader may see them.
func (r Row) Remedies() int {
	if !r.SeesScores {
		return 0
	}
	return r.Cell.Remedies
}

// Matters is how many matters wait, as far as the reader may see them.
func (r Row) Matters() int {
	if !r.SeesMatters {
		return 0
	}
	return r.Cell.Matters
}

// Show says which rows of a board are shown.
type Show string

// What may be shown.
const (
	All       Show = ""
	Attention Show = "attention" // any of the following
	ShowMiss  Show = "missed"
	ShowFile  Show = "unfiled"
	ShowTheme Show = "theme"
	ShowMend  Show = "remedies" // overdue where it is one of several reasons
	ShowWait  Show = "matters"
)

// Shows lists them in the order of the form.
var Shows = []Show{All, Attention, ShowMiss, ShowFile, ShowTheme, ShowMend, ShowWait}

// Fits reports whether a row is shown.
func (s Show) Fits(r Row, today when.Date) bool {
	switch s {
	case Attention:
		return r.Missed()+r.Unfiled()+r.Lacking()+r.Unknown > 0 ||
			r.Remedies() > 0 && r.Cell.RemedyDue.Before(today) || r.Matters() > 0 && r.Cell.MatterDue.Before(today)
	case ShowMiss:
		return r.Missed() > 0
	case ShowFile:
		return r.Unfiled() > 0
	case ShowTheme:
		return r.Lacking() > 0
	case ShowMend:
		return r.Remedies() > 0
	case ShowWait:
		return r.Matters() > 0
	case All:
	}
	return true
}

// Board is what a committee sees of a year.
type Board struct {
	// Unit is the committee; zero for somebody who follows single cells.
	Unit  organization.Organization
	Year  int
	Kind  organization.Kind // of cell; empty: all
	Show  Show
	Today when.Date
	// Rows are all rows, in the order of the tree, Shown those that are shown.
	Rows, Shown []Row
}

// Sum is the board as one row.
func (b Board) Sum() Row {
	sum := Row{Unit: b.Unit}
	for _, r := range b.Rows {
		sum.Cells += r.Cells
		sum.Unknown += r.Unknown
		for i := range sum.Months {
			a, t := &sum.Months[i], r.Months[i]
			a.Cells, a.Met, a.Late, a.Missed = a.Cells+t.Cells, a.Met+t.Met, a.Late+t.Late, a.Missed+t.Missed
			a.Planned, a.Unfiled = a.Planned+t.Planned, a.Unfiled+t.Unfiled
		}
		for i := range sum.Themes {
			a, d := &sum.Themes[i], r.Themes[i]
			a.Cells, a.Done, a.Set, a.Over = a.Cells+d.Cells, a.Done+d.Done, a.Set+d.Set, d.Over
		}
		sum.SeesScores, sum.SeesMatters = sum.SeesScores || r.SeesScores, sum.SeesMatters || r.SeesMatters
		sum.Cell.Remedies, sum.Cell.Matters = sum.Cell.Remedies+r.Remedies(), sum.Cell.Matters+r.Matters()
	}
	return sum
}

// Month is the month that the board speaks of first: this one, else the last of a year
// that has passed, else the first.
func (b Board) Month() when.Month {
	switch {
	case b.Year == b.Today.Year:
		return b.Today.In()
	case b.Year < b.Today.Year:
		return when.Month{Year: b.Year, Month: 12}
	}
	return when.Month{Year: b.Year, Month: 1}
}

// begin notes that n cells had to meet from the month first on.
func (r *Row) begin(first when.Month, n int, year int) {
	r.Cells += n
	if first.IsZero() {
		r.Unknown += n
		return
	}
	for i := range r.Months {
		if (when.Month{Year: year, Month: 1}).Add(i).Compare(first) >= 0 {
			r.Months[i].Cells += n
		}
	}
	for i := range r.Themes {
		if (when.Quarter{Year: year, N: i + 1}).First().Compare(first) >= 0 {
			r.Themes[i].Cells += n
		}
	}
}

// close draws the conclusions of a day: who has neither met nor can meet any more.
func (r *Row) close(year int, today when.Date) {
	first := when.Month{Year: year, Month: 1}
	for i := range r.Months {
		t := &r.Months[i]
		if first.Add(i).Last().Before(today) {
			t.Missed = max(0, t.Cells-t.Held()-t.Planned)
		}
	}
	for i := range r.Themes {
		r.Themes[i].Over = (when.Quarter{Year: year, N: i + 1}).First().Add(2).Last().Before(today)
	}
}

// tally adds up what stands for one month.
func (t *Tally) add(s sum) {
	t.Met, t.Late, t.Planned, t.Unfiled = t.Met+s.Met, t.Late+s.Late, t.Planned+s.Planned, t.Unfiled+s.Unfiled
	t.Levels = map[rubric.Level]int{rubric.Good: s.Good, rubric.Fair: s.Fair, rubric.Average: s.Average, rubric.Poor: s.Poor}
}
