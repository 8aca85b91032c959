// Package supervision is the work of a committee for the cells below it (cấp trên): the
// board of cells and months (bảng theo dõi).
//
// Its story: the clerk of a ward opens one page and sees who has met this month, whose
// minutes are not in, where a quarter lacks its theme, what is still to be mended and
// which matters from below nobody has answered. Nothing of it is typed here: a cell calls
// its meeting, closes it, seals its minutes, and the board knows. Each level of the tree
// has its board; a committee below is one row with counts and opens its own. Every figure
// opens what it counts.
//
// The figures are kept, one row a cell and month, so that no board reads meetings. When a row changes that they rest on, the database itself marks the cell
// (kit/db: marking); whoever opens the board next, or a sweep every two seconds, counts
// marked cells anew from the meetings, themes, scores, remedies and matters themselves, and
// adds up the committees directly above them. What
// comes by the passing of days alone, such as a month without a meeting, is kept as a day and
// what follows after it.
package supervision

import (
	"slices"

	"chibo/kit/when"
	"chibo/matter"
	"chibo/meeting"
	"chibo/organization"
	"chibo/quality"
	"chibo/rubric"
	"chibo/theme"
)

// Standing says how a cell stands in a month: it holds its ordinary meeting once a month
// (Điều lệ Đảng 19/01/2011, art. 22).
type Standing string

// The standings.
const (
	Nothing Standing = ""        // nothing is called, and the month is not over
	Planned Standing = "planned" // notice is given
	Met     Standing = "met"     // held, and all in time so far
	Late    Standing = "late"    // held, but noticed, held or filed late
	Missed  Standing = "missed"  // the month is over without a meeting
)

// Standings lists the standings in the order of the legend.
var Standings = []Standing{Met, Late, Missed, Planned, Nothing}

// Month is what is kept of a cell for one month.
type Month struct {
	Root    string `db:"root_id"`
	Cell    string `db:"organization_id"`
	Month   when.Month
	Meeting string `db:"meeting_id"` // of the month, once notice is given
	// Day is when it was held, else the day it is called for.
	Day when.Date
	// Standing holds up to the day Until, then it is what Becomes says; for good where
	// Until is zero.
	Standing Standing
	Until    when.Date `db:"until_on"`
	Becomes  Standing
	// NoticeLate says that notice came after the cell's days of notice, HeldLate that
	// the meeting was held after its month.
	NoticeLate bool
	HeldLate   bool
	// FileBy is the last day for the minutes of a meeting that was held, SealedOn when
	// they were sealed.
	FileBy   when.Date
	SealedOn when.Date
	// Theme says whether this month brings the quarter its theme: theme.Done, theme.Set
	// or empty.
	Theme theme.Duty
	// Points and Level are the score of the meeting, that of the committee above where
	// it has Decided.
	Points  rubric.Points
	Level   rubric.Level
	Decided bool
}

// On returns the standing on a day, as far as the row itself knows it.
func (m Month) On(day when.Date) Standing {
	if !m.Until.IsZero() && m.Until.Before(day) {
		return m.Becomes
	}
	return m.Standing
}

// Held reports whether the meeting was held.
func (m Month) Held() bool { return !m.FileBy.IsZero() }

// Unfiled reports whether the minutes should be sealed on a day and are not.
func (m Month) Unfiled(day when.Date) bool {
	return m.Held() && m.SealedOn.IsZero() && m.FileBy.Before(day)
}

// FiledLate reports whether the minutes were sealed after their day.
func (m Month) FiledLate() bool { return !m.SealedOn.IsZero() && m.FileBy.Before(m.SealedOn) }

// Cell is what is kept of a cell on the whole.
type Cell struct {
	Root string `db:"root_id"`
	Cell string `db:"organization_id"`
	// Begins is the first month in which the cell had to meet: that of its first
	// meeting, else the one after its first settings; zero while nothing is known.
	Begins when.Month
	// Remedies counts what is to be mended still, RemedyDue is the earliest day.
	Remedies  int
	RemedyDue when.Date
	// Matters counts what was passed up and waits for an answer, MatterDue is the
	// earliest day.
	Matters   int
	MatterDue when.Date
}

// facts are what the figures of a cell are counted from.
type facts struct {
	cell     Cell // Root and Cell
	meetings []meeting.Meeting
	late     map[string]bool          // meetings whose notice came late
	settings []organization.Settings  // newest first
	scores   map[string]quality.Score // by meeting
	plan     []theme.Entry
	remedies []quality.Remedy
	matters  []matter.Matter
}

// count makes the figures of a cell of its facts. No day goes into it: the figures hold
// until a fact changes.
func (f facts) count() (Cell, []Month) {
	months := map[when.Month]Month{}
	at := func(m when.Month) Month {
		return Month{Root: f.cell.Root, Cell: f.cell.Cell, Month: m}
	}
	for _, m := range f.meetings {
		if m.Kind.Monthly() && m.State.Reached(meeting.Noticed) {
			months[m.Month] = f.month(at(m.Month), m)
		}
	}
	for _, q := range f.quarters() {
		if q.Duty != theme.Done && q.Duty != theme.Set {
			continue
		}
		row, ok := months[q.Month]
		if !ok {
			row = at(q.Month)
		}
		row.Theme = q.Duty
		months[q.Month] = row
	}
	rows := make([]Month, 0, len(months))
	for _, row := range months {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b Month) int { return a.Month.Compare(b.Month) })
	return f.whole(), rows
}

// month fills in what one meeting brings its month.
func (f facts) month(row Month, m meeting.Meeting) Month {
	row.Meeting, row.Day, row.NoticeLate = m.ID, m.Day(), f.late[m.ID]
	last := row.Month.Last()
	if moved := f.on(last).DayIn(row.Month); last.Before(moved) {
		last = moved // the day rule of the cell moves it off a day off
	}
	if !m.State.Reached(meeting.Closed) {
		row.Standing, row.Until, row.Becomes = Planned, last, Missed
		return row
	}
	if !m.OpenedAt.IsZero() {
		row.Day = m.OpenedAt.Date()
	}
	row.HeldLate = last.Before(row.Day)
	row.FileBy = row.Day.AddDays(f.on(row.Day).FilingDays)
	if m.State == meeting.Sealed {
		row.SealedOn = m.SealedAt.Date()
	}
	switch {
	case row.NoticeLate || row.HeldLate || row.FiledLate():
		row.Standing = Late
	case row.SealedOn.IsZero():
		row.Standing, row.Until, row.Becomes = Met, row.FileBy, Late
	default:
		row.Standing = Met
	}
	if s, ok := f.scores[m.ID]; ok && s.State != quality.Draft {
		row.Points, row.Level, row.Decided = s.Own.Points, s.Level(), s.State.Decided()
		if row.Decided {
			row.Points = s.Decision.Points
		}
	}
	return row
}

// on returns the settings of a day.
func (f facts) on(day when.Date) organization.Settings {
	for _, s := range f.settings {
		if !day.Before(s.From) {
			return s
		}
	}
	return organization.Defaults(f.cell.Root, f.cell.Cell)
}

// quarters returns the quarters of every year of which something is known, as if none of
// them were over.
func (f facts) quarters() []theme.Quarter {
	var years []int
	for _, m := range f.meetings {
		years = append(years, m.Month.Year)
	}
	for _, e := range f.plan {
		years = append(years, e.Month.Year)
	}
	slices.Sort(years)
	var all []theme.Quarter
	for _, year := range slices.Compact(years) {
		all = append(all, theme.Quarters(year, f.meetings, f.plan, when.Date{})...)
	}
	return all
}

// whole counts what stands for the cell and for no month.
func (f facts) whole() Cell {
	c := f.cell
	c.Remedies, c.Matters = len(f.remedies), len(f.matters)
	for _, r := range f.remedies {
		c.RemedyDue = earlier(c.RemedyDue, r.Due)
	}
	for _, m := range f.matters {
		c.MatterDue = earlier(c.MatterDue, m.AnswerBy)
	}
	for _, m := range f.meetings {
		if m.State.Reached(meeting.Noticed) && (c.Begins.IsZero() || m.Month.Compare(c.Begins) < 0) {
			c.Begins = m.Month
		}
	}
	if c.Begins.IsZero() && len(f.settings) > 0 {
		c.Begins = f.settings[len(f.settings)-1].From.In().Next()
	}
	return c
}

func earlier(a, b when.Date) when.Date {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
