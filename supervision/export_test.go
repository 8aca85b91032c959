package supervision

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
)

// Kept returns the figures of a cell as they are kept, Fresh as they are counted from nothing.
func Kept(ctx context.Context, q db.Q, root, cell string) (Cell, []Month, error) {
	return kept(ctx, q, place{root, cell})
}

// Fresh counts the figures of a cell from nothing.
func Fresh(ctx context.Context, q db.Q, root, cell string) (Cell, []Month, error) {
	return fresh(ctx, q, place{root, cell})
}

// Sums are what stands for the cells of a kind below a committee on a day.
type Sums struct {
	Starts []start
	Months []sum
}

// KeptSums reads the sums as they are kept.
func KeptSums(ctx context.Context, q db.Q, unit string, kind organization.Kind, day when.Date) (s Sums, err error) {
	sp := span{Only: unit, Kind: kind}
	if s.Starts, err = starts(ctx, q, sp); err != nil {
		return s, err
	}
	s.Months, err = sums(ctx, q, sp, ever.first, ever.last, day)
	return s.sorted(), err
}

// FreshSums adds up what is counted from nothing of every cell below the committee.
func FreshSums(ctx context.Context, q db.Q, unit organization.Organization, kind organization.Kind, day when.Date) (Sums, error) {
	units, err := organization.Under(ctx, q, access.Whole("", unit.Path))
	if err != nil {
		return Sums{}, err
	}
	begun, all := map[when.Month]start{}, map[when.Month]sum{}
	for _, o := range units {
		if o.Level != organization.Cell || !o.ClosedOn.IsZero() || kind != "" && o.Kind != kind {
			continue
		}
		c, months, err := Fresh(ctx, q, o.Root, o.ID)
		if err != nil {
			return Sums{}, err
		}
		n := begun[c.Begins]
		begun[c.Begins] = start{unit.ID, c.Begins, n.Cells + 1, n.Remedies + c.Remedies, earlier(n.RemedyDue, c.RemedyDue), n.Matters + c.Matters, earlier(n.MatterDue, c.MatterDue)}
		for _, m := range months {
			a, b := all[m.Month], m.sum(day)
			all[m.Month] = sum{
				unit.ID, m.Month, a.Met + b.Met, a.Late + b.Late, a.Planned + b.Planned, a.Unfiled + b.Unfiled,
				a.ThemesDone + b.ThemesDone, a.ThemesSet + b.ThemesSet, a.Good + b.Good, a.Fair + b.Fair, a.Average + b.Average, a.Poor + b.Poor,
			}
		}
	}
	return Sums{slices.Collect(maps.Values(begun)), slices.Collect(maps.Values(all))}.sorted(), nil
}

func (s Sums) sorted() Sums {
	slices.SortFunc(s.Starts, func(a, b start) int { return a.Begins.Compare(b.Begins) })
	slices.SortFunc(s.Months, func(a, b sum) int { return cmp.Or(a.Month.Compare(b.Month), cmp.Compare(a.Unit, b.Unit)) })
	return s
}
