// Package report looks back on a year of a cell: what each month brought, drawn as
// charts, and the year book (sổ năm), in which the papers of the year are bound.
//
// Nothing here is anybody's own word. The figures are read from the records of the
// meetings, the papers are those that other features have issued and sealed, and what is
// missing is named before a book is bound and on its cover. A book is made in the
// background and kept until it is made anew; there is one for everybody on the roll, and
// one with the ratings for the committee of the cell alone.
//
// The superior sees the figures of the cells below and no papers. Cells stand in the order
// of the tree, never in that of a figure.
package report

import (
	"math"

	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/quality"
)

// Share is a part of a whole: 19 of 28.
type Share struct{ Part, Whole int }

// Known reports whether there is a whole to be part of.
func (s Share) Known() bool { return s.Whole > 0 }

// Percent is the share in hundredths, not rounded; 0 where nothing is known.
func (s Share) Percent() float64 {
	if !s.Known() {
		return 0
	}
	return float64(s.Part) * 100 / float64(s.Whole)
}

// Plus adds two shares as if their wholes stood in one room.
func (s Share) Plus(t Share) Share { return Share{s.Part + t.Part, s.Whole + t.Whole} }

// Evening is a meeting of the year with its figures, all of them zero while it is not
// closed.
type Evening struct {
	meeting.Meeting
	// Attended is who came of those who count (exempt members and those of the armed
	// forces on special duty do not), Spoke who spoke of those who came, Targets the
	// tasks given that evening that are fulfilled, of those called to account.
	Attended, Spoke, Targets Share
	// Roll is how everybody on the roll of the evening stood, by member.
	Roll map[string]Mark
	// Score is the cell's score; a draft where none was begun.
	Score quality.Score
	// Number and Second are those of the sealed papers.
	Number, Second string
}

// Mark is how somebody stood on the roll of one evening.
type Mark struct {
	Name   string
	Status proceedings.Status
	Counts bool
}

// Held reports whether the meeting has taken place.
func (e Evening) Held() bool { return e.State.Reached(meeting.Closed) }

// Month is a month of a year with its meetings in their order.
type Month struct {
	Month    when.Month
	Evenings []Evening
}

// Sum is what a month comes to, of one cell or of several.
type Sum struct {
	Attended, Spoke, Targets Share
	// Score is in hundredths of the most that the sheets could give, Scores says over
	// how many meetings it is the mean, Open that one of them is not decided yet.
	Score  float64
	Scores int
	Open   bool
}

// Plus adds two sums; the mean of scores is over all their meetings.
func (s Sum) Plus(t Sum) Sum {
	out := Sum{Attended: s.Attended.Plus(t.Attended), Spoke: s.Spoke.Plus(t.Spoke), Targets: s.Targets.Plus(t.Targets), Scores: s.Scores + t.Scores, Open: s.Open || t.Open}
	if out.Scores > 0 {
		out.Score = (s.Score*float64(s.Scores) + t.Score*float64(t.Scores)) / float64(out.Scores)
	}
	return out
}

// sum is what one meeting brings.
func (e Evening) sum() Sum {
	out := Sum{Attended: e.Attended, Spoke: e.Spoke, Targets: e.Targets}
	if score, known := scored(e.Score); known {
		out.Score, out.Scores, out.Open = score, 1, !e.Score.State.Decided()
	}
	return out
}

// scored is a score in hundredths of the most its sheet could give: the decision, else the
// cell's own; false where there is none or the sheet has no points.
func scored(s quality.Score) (float64, bool) {
	if s.Of <= 0 || !s.State.Reached(quality.SelfScored) {
		return 0, false
	}
	given := s.Own
	if s.State.Decided() {
		given = s.Decision
	}
	return math.Round(float64(given.Points)*1000/float64(s.Of)) / 10, true
}

// Sum adds the meetings of the month up.
func (m Month) Sum() Sum {
	var out Sum
	for _, e := range m.Evenings {
		out = out.Plus(e.sum())
	}
	return out
}

// Year is a year of a cell.
type Year struct {
	Cell organization.Organization
	Year int
	// Since is the month of the cell's first meeting here, of those of this year and the
	// one before; zero where there is none. Older ones may stand in books of paper: before
	// it no month is said to lack a meeting.
	Since  when.Month
	Months []Month // twelve
}

// Sum adds the months up.
func (y Year) Sum() Sum {
	var out Sum
	for _, m := range y.Months {
		out = out.Plus(m.Sum())
	}
	return out
}

// Evenings are all meetings of the year.
func (y Year) Evenings() []Evening {
	var out []Evening
	for _, m := range y.Months {
		out = append(out, m.Evenings...)
	}
	return out
}

// first and last are the days between which a year lies.
func (y Year) first() when.Date { return when.Month{Year: y.Year, Month: 1}.First() }
func (y Year) last() when.Date  { return when.Month{Year: y.Year, Month: 12}.Last() }

// sums adds the years of several cells up, month by month.
func sums(years []Year) []Sum {
	out := make([]Sum, 12)
	for _, y := range years {
		for i, m := range y.Months {
			out[i] = out[i].Plus(m.Sum())
		}
	}
	return out
}
