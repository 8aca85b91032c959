package notebook

import (
	"context"

	"chibo/document"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Bound returns the list of inspections of a year for a volume that the committee of the
// cell opens; false where nobody has shown a notebook. It says nothing of what is due.
func (s *Service) Bound(ctx context.Context, q db.Q, cell organization.Organization, year int) (document.Doc, bool, error) {
	r := register{Cell: cell, Year: year, Today: s.now().Date()}
	first := when.Month{Year: year, Month: 1}
	var err error
	if r.Shown, err = inspections(ctx, q, cell.Root, cell.ID, first.First(), first.Add(11).Last()); err != nil {
		return document.Doc{}, false, err
	}
	var ids []string
	for _, i := range r.Shown {
		ids = append(ids, i.Member)
	}
	r.Names, err = member.Names(ctx, q, cell.Root, ids...)
	return r.doc(), len(r.Shown) > 0, err
}
