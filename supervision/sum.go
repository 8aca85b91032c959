package supervision

import (
	"context"
	"slices"
	"strings"

	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/rubric"
	"chibo/theme"
)

// unit names a committee or another unit that has cells directly below it.
type unit struct {
	Root string `db:"root_id"`
	Unit string `db:"unit_id"`
}

// start is how many cells of a unit begin in a month, and what stands for them on the whole.
type start struct {
	Unit      string
	Begins    when.Month
	Cells     int
	Remedies  int
	RemedyDue when.Date
	Matters   int
	MatterDue when.Date
}

// sum is what one month of the cells below a unit adds up to on a day.
type sum struct {
	Unit                        string
	Month                       when.Month
	Met, Late, Planned, Unfiled int
	ThemesDone, ThemesSet       int
	Good, Fair, Average, Poor   int
}

// sum returns the month of one cell as a sum on a day.
func (m Month) sum(day when.Date) sum {
	s := sum{Unit: m.Cell, Month: m.Month}
	standing := m.On(day)
	s.Met, s.Late, s.Planned, s.Unfiled = one(standing == Met), one(standing == Late), one(standing == Planned), one(m.Unfiled(day))
	s.ThemesDone, s.ThemesSet = one(m.Theme == theme.Done), one(m.Theme == theme.Set)
	s.Good, s.Fair, s.Average, s.Poor = one(m.Level == rubric.Good), one(m.Level == rubric.Fair), one(m.Level == rubric.Average), one(m.Level == rubric.Poor)
	return s
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// add takes the sum of a month into the row.
func (r *Row) add(s sum) {
	r.Months[s.Month.Month-1].add(s)
	d := &r.Themes[s.Month.Quarter().N-1]
	d.Done, d.Set = d.Done+s.ThemesDone, d.Set+s.ThemesSet
}

// sumUp adds up anew the units directly above cells that were counted. Nothing is added to
// or taken from a sum: it is made of the kept figures of all cells of the unit. The units
// are taken in one order, after the cells, so that no two who count wait for each other.
func sumUp(ctx context.Context, tx *db.Tx, cells []place) error {
	var units []unit
	for _, p := range cells {
		u, found, err := above(ctx, tx, p)
		if err != nil {
			return err
		}
		if found {
			units = append(units, u)
		}
	}
	slices.SortFunc(units, func(a, b unit) int { return strings.Compare(a.Root+a.Unit, b.Root+b.Unit) })
	for _, u := range slices.Compact(units) {
		if err := addUp(ctx, tx, u); err != nil {
			return err
		}
	}
	return nil
}

// addUp writes the sums of a unit over those that were kept, and says which totals are due for
// what has changed.
func addUp(ctx context.Context, tx *db.Tx, u unit) error {
	if err := takeUnit(ctx, tx, u); err != nil {
		return err
	}
	sums, starts, err := keptOf(ctx, tx, u)
	if err != nil {
		return err
	}
	if err := write(ctx, tx, u); err != nil {
		return err
	}
	newSums, newStarts, err := keptOf(ctx, tx, u)
	if err != nil {
		return err
	}
	if !slices.Equal(starts, newStarts) {
		if err := owe(ctx, tx, u, when.Month{}); err != nil {
			return err
		}
	}
	for _, m := range differing(sums, newSums) {
		if err := owe(ctx, tx, u, m); err != nil {
			return err
		}
	}
	return nil
}

// keptOf returns the sums of a unit as they are kept.
func keptOf(ctx context.Context, q db.Q, u unit) ([]summed, []begun, error) {
	sums, err := sumsOf(ctx, q, u)
	if err != nil {
		return nil, nil, err
	}
	starts, err := startsOf(ctx, q, u)
	return sums, starts, err
}
