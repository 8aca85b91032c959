package quality

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
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
	Less Points
}

// Points returns the number that holds: the decision, else the cell's own.
func (s Score) Points() Points {
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
func taken(r Rubric, kind string, s Score) []Taken {
	var out []Taken
	marks := s.standing()
	for _, l := range r.Counted(kind) {
		if less := l.Max - marks[l.ID].Points; less > 0 && l.Form != Bonus {
			out = append(out, Taken{l.ID, less})
		}
	}
	return out
}

// attendance returns how many of how many came, from the receipt that a score was given with.
func attendance(all []Receipt) (present, members int) {
	for _, r := range all {
		if r.Fact == Attendance && r.Known {
			return r.Num / 100, r.Den
		}
	}
	return 0, 0
}

// rolledSum is the last line of the table.
type rolledSum struct {
	Present, Members int
	Levels           map[Level]int
}

func (r Rolled) sum() rolledSum {
	s := rolledSum{Levels: map[Level]int{}}
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
	scores, err := wholeMonth(ctx, q, access.Whole("", o.Path), month)
	if err != nil {
		return out, err
	}
	sheets := sheetCache{}
	for _, c := range cells {
		begun := false
		for _, d := range scores {
			if d.Organization != c.ID || d.State == Draft || !d.Kind.Monthly() {
				continue
			}
			line, err := rolledLine(sheets, c, d)
			if err != nil {
				return out, err
			}
			out.Lines, begun = append(out.Lines, line), true
		}
		if !begun {
			out.Lines = append(out.Lines, RolledLine{Cell: c})
		}
	}
	return out, nil
}

func rolledLine(sheets sheetCache, c organization.Organization, d Dated) (RolledLine, error) {
	r, err := sheets.of(d.Score)
	l := RolledLine{Cell: c, Score: &d, Off: taken(r, string(d.Kind), d.Score)}
	l.Present, l.Members = attendance(d.Receipts)
	return l, err
}

// Scored returns the monthly meetings below a committee in a year whose score was put
// forward and has a level.
func (s *Service) Scored(ctx context.Context, q db.Q, who access.Person, unit string, year int, level Level) (organization.Organization, []Dated, error) {
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
