package reception

import (
	g "maragu.dev/gomponents"

	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// ConferencePanel leads from the page of a conference to its desks; nil for those who do
// not receive.
func (p *Pages) ConferencePanel(c *web.Ctx, x conference.Conference) (g.Node, error) {
	_, err := conference.Get(c.Context(), p.DB, c.Who.Scope(Keep), x.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil // others see no desk
	}
	if err != nil {
		return nil, err
	}
	sittings, err := conference.Sittings(c.Context(), p.DB, x)
	if err != nil || len(sittings) == 0 {
		return nil, err
	}
	y := nearest(sittings, p.now())
	r, err := rosterOf(c.Context(), p.DB, x, y)
	if err != nil {
		return nil, err
	}
	b, err := p.count(c.Context(), r)
	if err != nil {
		return nil, err
	}
	says := c.L.T("reception.panel.stands", "Sitting", y.Title, "Count", b.Total.Present(), "Of", b.Total.Due)
	return part.Card(part.CardHead(c.L.T("reception.panel"), g.If(len(b.Settle) > 0, part.Tag(part.Warn, c.L.T("reception.doubts", "Count", len(b.Settle))))),
		part.Muted(g.Text(says)),
		part.Actions(part.LinkButton("/conferences/"+x.ID+"/desk", c.L.T("reception.desks"), part.Primary, part.IconPeople),
			part.LinkButton(boardPath(y), c.L.T("reception.board"), part.IconChart))), nil
}
