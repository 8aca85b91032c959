package rating

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/organization"
)

// above returns a committee for whose cells' lists somebody has a need: to read them or to
// decide on them.
func above(ctx context.Context, q db.Q, who access.Person, need access.Need, id string) (organization.Organization, error) {
	o, err := organization.Get(ctx, q, who.Scope(need), id)
	if err == nil && o.Level == organization.Cell {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return o, err
}

// Summarize puts the lists of the cells under a committee together, and notes the look
// at each.
func (s *Service) Summarize(ctx context.Context, who access.Person, organizationID string, p Period) (Summary, error) {
	o, err := above(ctx, s.DB, who, Oversee, organizationID)
	if err != nil {
		return Summary{}, err
	}
	v := Summary{Organization: o, Period: p}
	if v.Policy, err = PolicyOf(ctx, s.DB, o.Root, o.ID); err != nil {
		return v, err
	}
	under := access.Whole(o.Root, o.Path)
	cells, err := organization.Under(ctx, s.DB, under)
	if err != nil {
		return v, err
	}
	rounds, err := roundsUnder(ctx, s.DB, under, p)
	if err != nil {
		return v, err
	}
	for _, cell := range cells {
		if cell.Level != organization.Cell || !cell.OpenOn(s.today()) {
			continue
		}
		i := slices.IndexFunc(rounds, func(r Round) bool { return r.Organization == cell.ID })
		if i < 0 {
			v.Missing = append(v.Missing, cell.Name)
			continue
		}
		v.Came = append(v.Came, cell.Name)
		if err := s.summed(ctx, who, &v, cell, rounds[i]); err != nil {
			return v, err
		}
	}
	return v, s.noteAll(ctx, who, rounds)
}

// summed adds the lines of one round to a summary.
func (s *Service) summed(ctx context.Context, who access.Person, v *Summary, cell organization.Organization, r Round) error {
	all, err := linesFor(ctx, s.DB, who, r)
	if err != nil {
		return err
	}
	called, err := names(ctx, s.DB, cell, all)
	if err != nil {
		return err
	}
	offices, err := organization.OfficesOn(ctx, s.DB, cell.Root, cell.ID, r.ReviewOn)
	if err != nil {
		return err
	}
	posts := map[string][]organization.Post{}
	for _, held := range offices {
		posts[held.Member] = append(posts[held.Member], held.Post)
	}
	for _, line := range all {
		v.Lines = append(v.Lines, Summed{line, groupOf(line.Subject, posts[line.Subject]), cell.Name, called[line.Subject]})
	}
	return nil
}

// noteAll writes down that somebody looked at the lists of rounds.
func (s *Service) noteAll(ctx context.Context, who access.Person, rounds []Round) error {
	deeds := make([]audit.Deed, len(rounds))
	for i, r := range rounds {
		deeds[i] = audit.Deed{Who: who, Root: r.Root, Action: lookedAtList, Object: r.ID, Detail: map[string]string{"round": r.ID}}
	}
	if len(deeds) == 0 {
		return nil
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return s.Audit.WriteAll(ctx, tx, deeds) })
}

// periods returns the periods of which lists have come to a committee, with the one that
// is shown.
func (s *Service) periods(ctx context.Context, o organization.Organization, shown Period) ([]Period, error) {
	all, err := periodsUnder(ctx, s.DB, access.Whole(o.Root, o.Path))
	if !slices.Contains(all, shown) {
		all = slices.Insert(all, 0, shown)
	}
	return all, err
}

// SettleCap sets how a committee counts the cap over its cells.
func (s *Service) SettleCap(ctx context.Context, who access.Person, organizationID string, c Cap) error {
	o, err := above(ctx, s.DB, who, Decide, organizationID)
	if err != nil {
		return err
	}
	p := DefaultPolicy(o.Root, o.ID)
	p.Cap = c
	if err := p.Check(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := putPolicy(ctx, tx, p); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, o.Root, "rating.settled", o.ID, p)
	})
}
