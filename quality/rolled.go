package quality

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/rubric"
)

// Rolled is the month's table of a committee: one line for each monthly meeting of the cells
// below it, in the ten columns of the tables seen in practice.
type Rolled struct {
	Unit  organization.Organization
	Month when.Month
	Lines []RolledLine
}

// RolledLine is a cell in the table; without a score that was put forward it has a name alone.
type RolledLine struct {
	Cell  organization.Organization
	Score *Dated
	// Present of Members whose attendance counts came, as the receipts say; 0 of 0 where they
	// do not.
	Present, Members int
	Off              []Taken
}

// Taken is how many points a line of the sheet lacks of its maximum.
type Taken struct {
	Line string // "4.5"
	Less rubric.Points
}

// Points returns the number that holds: the decision, else the cell's own.
func (s Score) Points() rubric.Points {
	if s.State.Decided() {
		return s.Decision.Points
	}
	return s.Own.Points
}

// standing returns the marks that hold.
func (s Score) standing() Marks {
	if s.State.Decided() {
		return s.Above
	}
	return s.Marks
}

// taken lists the lines that lack points.
func taken(r rubric.Rubric, kind string, s Score) []Taken {
	var out []Taken
	marks := s.standing()
	for _, l := range r.Counted(kind) {
		if less := l.Max - marks[l.ID].Points; less > 0 && l.Form != rubric.Bonus {
			out = append(out, Taken{l.ID, less})
		}
	}
	return out
}

// Share returns the people and the people of whom, from the receipt of a fact that is a share,
// as the score was given with it; false where the record did not say.
func (s Score) Share(f rubric.Fact) (n, of int, known bool) {
	for _, r := range s.Receipts {
		if r.Fact == f && r.Known {
			return r.Num / 100, r.Den, true // a share is kept in percent
		}
	}
	return 0, 0, false
}

// PutForward is a score that the cell has put forward, with what it lacks.
type PutForward struct {
	Dated
	Taken []Taken
}

// PutForwardIn returns the scores of monthly meetings of the scope that cells have put forward
// for the months from first to last.
func PutForwardIn(ctx context.Context, q db.Q, sc access.Scope, first, last when.Month) ([]PutForward, error) {
	all, err := wholeMonths(ctx, q, sc, first, last)
	if err != nil {
		return nil, err
	}
	var out []PutForward
	sheets := sheetCache{}
	for _, d := range all {
		if d.State == Draft || !d.Kind.Monthly() {
			continue
		}
		r, err := sheets.of(d.Score)
		if err != nil {
			return nil, err
		}
		out = append(out, PutForward{d, taken(r, string(d.Kind), d.Score)})
	}
	return out, nil
}

// rolledSum is the last line of the table.
type rolledSum struct {
	Present, Members int
	Levels           map[rubric.Level]int
}

func (r Rolled) sum() rolledSum {
	s := rolledSum{Levels: map[rubric.Level]int{}}
	for _, l := range r.Lines {
		s.Present, s.Members = s.Present+l.Present, s.Members+l.Members
		if l.Score != nil {
			s.Levels[l.Score.Level()]++
		}
	}
	return s
}

// Roll draws up the table of a committee that the reader reads the scores of.
func (s *Service) Roll(ctx context.Context, q db.Q, who access.Person, unit string, month when.Month) (Rolled, error) {
	o, err := overs(ctx, q, who, MayRead, unit)
	if err != nil {
		return Rolled{}, err
	}
	out := Rolled{Unit: o, Month: month}
	cells, err := organization.CellsUnder(ctx, q, access.Whole("", o.Path))
	if err != nil {
		return out, err
	}
	scores, err := PutForwardIn(ctx, q, access.Whole("", o.Path), month, month)
	if err != nil {
		return out, err
	}
	for _, c := range cells {
		begun := false
		for _, s := range scores {
			if s.Organization != c.ID {
				continue
			}
			line := RolledLine{Cell: c, Score: &s.Dated, Off: s.Taken}
			line.Present, line.Members, _ = s.Share(rubric.Attendance)
			out.Lines, begun = append(out.Lines, line), true
		}
		if !begun {
			out.Lines = append(out.Lines, RolledLine{Cell: c})
		}
	}
	return out, nil
}

// Scored returns the monthly meetings below a committee in a year whose score was put
// forward and has a level.
func (s *Service) Scored(ctx context.Context, q db.Q, who access.Person, unit string, year int, level rubric.Level) (organization.Organization, []Dated, error) {
	o, err := overs(ctx, q, who, MayRead, unit)
	if err != nil {
		return o, nil, err
	}
	first := when.Month{Year: year, Month: 1}
	all, err := inMonths(ctx, q, access.Whole("", o.Path), first, first.Add(11))
	return o, slices.DeleteFunc(all, func(d Dated) bool {
		return d.State == Draft || !d.Kind.Monthly() || d.Level() != level
	}), err
}
