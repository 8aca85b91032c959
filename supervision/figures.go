package supervision

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
)

// Counted are the figures of the cells below a committee as they are kept: for those who put
// them into reports.
type Counted struct {
	Cells  []organization.Organization // that exist still, in the order of the tree
	Whole  map[string]Cell             // by cell
	Months []Month
}

// Figures returns what is kept of the cells below a committee for the months from first to
// last. Whoever wants it to be of this moment calls Recount first.
func Figures(ctx context.Context, q db.Q, unit organization.Organization, first, last when.Month) (Counted, error) {
	k := Counted{Whole: map[string]Cell{}}
	var err error
	if k.Cells, err = organization.CellsUnder(ctx, q, access.Whole("", unit.Path)); err != nil {
		return k, err
	}
	cells, err := wholeUnder(ctx, q, unit.Path)
	if err != nil {
		return k, err
	}
	for _, c := range cells {
		k.Whole[c.Cell] = c
	}
	k.Months, err = monthsUnder(ctx, q, unit.Path, first, last)
	return k, err
}
