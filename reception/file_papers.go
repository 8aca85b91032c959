package reception

import (
	"context"

	"chibo/conference"
	"chibo/kit/web"
	"chibo/organization"
)

// Papers offers the roll of every sitting for the file of the conference.
func (p *Pages) Papers(c *web.Ctx, x conference.Conference) ([]conference.Paper, error) {
	sittings, err := conference.Sittings(c.Context(), p.DB, x)
	if err != nil {
		return nil, err
	}
	unit, err := organization.Find(c.Context(), p.DB, x.Root, x.Organization)
	if err != nil {
		return nil, err
	}
	var out []conference.Paper
	for _, y := range sittings {
		paper, err := p.rollOf(c.Context(), x, y, unit)
		if err != nil {
			return nil, err
		}
		out = append(out, paper)
	}
	return out, nil
}

func (s *Service) rollOf(ctx context.Context, x conference.Conference, y conference.Sitting, unit organization.Organization) (conference.Paper, error) {
	title := "Điểm danh: " + y.Title
	r, err := rosterOf(ctx, s.DB, x, y)
	if err != nil {
		return conference.Paper{}, err
	}
	b, err := s.count(ctx, r)
	if err != nil || len(b.People) == 0 {
		return conference.Lacking(conference.RollPaper, title, "Bàn đón tiếp chưa điểm danh ai."), err
	}
	return conference.Document(conference.RollPaper, title, b.rollDoc(unit)), nil
}
