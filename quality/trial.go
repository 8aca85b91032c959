package quality

import (
	"context"
	"slices"

	"chibo/kit/access"
	"chibo/meeting"
	"chibo/organization"
	"chibo/rubric"
)

// trials is how many meetings a sheet is tried on.
const trials = 5

// Try tries a sheet on the last meetings of the cells of an organisation that who may
// read, one a cell, or the last of a single cell.
func (s *Service) Try(ctx context.Context, who access.Person, r rubric.Rubric, organizationID string) ([]rubric.Trial, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(rubric.MayOwn), organizationID)
	if err != nil || !who.MayAt(MayRead, o.Path) {
		return nil, err
	}
	cells, err := organization.CellsUnder(ctx, s.DB, access.Whole(o.Root, o.Path))
	if err != nil {
		return nil, err
	}
	each := 1
	if len(cells) == 1 {
		each = trials
	}
	var out []rubric.Trial
	month := s.now().Date().In()
	for _, cell := range cells[:min(trials, len(cells))] {
		held, err := meeting.Between(ctx, s.DB, cell.Root, cell.ID, month.Add(-6), month)
		if err != nil {
			return nil, err
		}
		held = slices.DeleteFunc(held, func(m meeting.Meeting) bool {
			return !m.State.Reached(meeting.Closed) || m.Kind == meeting.Congress || !r.For(string(m.Kind))
		})
		for _, m := range held[max(0, len(held)-each):] {
			t, err := s.try(ctx, r, m, cell)
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		}
	}
	return out, nil
}

func (s *Service) try(ctx context.Context, r rubric.Rubric, m meeting.Meeting, cell organization.Organization) (rubric.Trial, error) {
	e, err := s.gather(ctx, s.DB, m, cell)
	if err != nil {
		return rubric.Trial{}, err
	}
	kind := string(m.Kind)
	t := rubric.Trial{Meeting: m, Cell: cell.Name, Sum: r.Add(kind, Propose(r, kind, KnownOf(Measure(e)), nil).Points())}
	given, begun, err := scoreOf(ctx, s.DB, m.Root, m.ID)
	if begun && given.State != Draft {
		t.Given = &given.Own.Points
	}
	return t, err
}
