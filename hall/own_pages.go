package hall

import (
	"context"

	g "maragu.dev/gomponents"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/meeting"
	"chibo/room"
)

// MeetingPanel is the piece of another page that leads members who have signed in and
// are not in the room yet to the six digits; nil where the door of the meeting is shut.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, _, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil {
		return nil, err
	}
	return p.own(ctx, c, m)
}

// OwnPanel is the same for whoever has read the meeting.
func (p *Pages) OwnPanel(c *web.Ctx, m meeting.Meeting) (g.Node, error) {
	return p.own(c.Context(), c, m)
}

func (p *Pages) own(ctx context.Context, c *web.Ctx, m meeting.Meeting) (g.Node, error) {
	if c.Who.Member == "" || c.Who.Root != m.Root {
		return nil, nil
	}
	e, found, err := p.entrance(ctx, m.ID)
	if err != nil || !found || e.Ajar(p.now()) != nil {
		return nil, err
	}
	if _, listed, err := p.entry(ctx, visit{Entrance: e}, c.Who.Member); err != nil || !listed {
		return nil, err
	}
	now, err := room.Whereabouts(ctx, p.DB, m.Root, m.ID, c.Who.Member)
	if err != nil || now.Came() {
		return nil, err
	}
	return ownView(c.L), nil
}

// ownView leads to the six digits: that somebody has signed in does not say where they
// are.
func ownView(l locale.L) g.Node {
	return part.Card(part.Info, part.CardHead(l.T("hall.title")), part.Muted(g.Text(l.T("hall.own.how"))),
		part.Actions(part.LinkButton("/vao", l.T("hall.own.code"), part.Primary, part.Wide, part.IconCheck)))
}
