//go:build !js

package room

import (
	"context"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/meeting"
	"chibo/proceedings"
)

// MeetingPanel says on the page of a meeting that is over how many of those who came
// have spoken; nil for any other, and for those who may not read along.
func (p Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || m.State != meeting.Closed && m.State != meeting.Sealed || !c.Who.MayAt(Watch, o.Path) {
		return nil, err
	}
	s, _, err := p.Look(ctx, p.DB, m, o)
	if err != nil {
		return nil, err
	}
	v := s.Voices()
	if v.Came == 0 {
		return nil, nil
	}
	share := 100 * float64(len(v.Spoke)) / float64(v.Came)
	return part.Card(part.CardHead(c.L.T("room.speaking"), part.Tag(part.Plain, proceedings.Percent(len(v.Spoke), v.Came))),
		h.P(g.Text(v.Words()+".")),
		part.Meter(v.Words(), part.Share{Kind: part.OK, Percent: share})), nil
}
