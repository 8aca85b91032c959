package rating

import (
	"context"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/proceedings"
)

// Bound returns the results and the minutes of the rounds of a cell in a year, for a
// volume that only its committee may open; whoever opens it is noted by NoteBound.
func Bound(ctx context.Context, q db.Q, cell organization.Organization, year int) ([]document.Doc, error) {
	rounds, err := roundsIn(ctx, q, cell.Root, cell.ID, year)
	if err != nil {
		return nil, err
	}
	var out []document.Doc
	for _, r := range rounds {
		v := Overview{Round: r, Cell: cell}
		if v.Lines, err = lines(ctx, q, r.Root, r.ID); err != nil {
			return nil, err
		}
		if v.Names, err = names(ctx, q, cell, v.Lines); err != nil {
			return nil, err
		}
		for _, p := range []Paper{Results, Minutes} {
			if d, there := v.doc(p); there {
				out = append(out, d)
			}
		}
	}
	return out, nil
}

// NoteBound writes down that somebody has opened the volume of a year with the ratings in
// it, as a look at each list.
func (s *Service) NoteBound(ctx context.Context, tx *db.Tx, who access.Person, cell organization.Organization, year int) error {
	rounds, err := roundsIn(ctx, tx, cell.Root, cell.ID, year)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if err := s.Audit.Write(ctx, tx, who, r.Root, lookedAtList, r.ID, map[string]string{"round": r.ID}); err != nil {
			return err
		}
	}
	return nil
}

// Said returns the remarks made on the members of a cell in a year, in meetings and
// between them, the last first; without reminders and criticism where all is false.
func Said(ctx context.Context, q db.Q, root, cell string, year int, all bool) ([]Remark, error) {
	out, err := remarks(ctx, q, root, cell, when.On(year, 1, 1), when.On(year, 12, 31))
	if all || err != nil {
		return out, err
	}
	var praise []Remark
	for _, r := range out {
		if r.Form == proceedings.Praise {
			praise = append(praise, r)
		}
	}
	return praise, nil
}
