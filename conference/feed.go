package conference

import (
	"context"
	"time"

	g "maragu.dev/gomponents"

	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/meeting"
	"chibo/notice"
)

// feedDays is how long a sitting stays in the calendars of phones.
const feedDays = 90

// Events gives the calendar of a member the sittings of issued conferences at which their own
// cell performs or which their committee holds: time and place, and not what they are about.
func (s *Service) Events(ctx context.Context, q db.Q, root, memberID string) ([]notice.Event, error) {
	sittings, err := gatheringsOf(ctx, q, root, memberID, s.now().Add(-feedDays*24*time.Hour))
	events := make([]notice.Event, len(sittings))
	for i, y := range sittings {
		events[i] = notice.Event{
			UID: y.ID + "@chibo", Start: y.StartsAt, End: y.EndsAt, Title: "Hội nghị", Place: y.Venue,
			URL: Conference{ID: y.Conference}.Path(), Changed: y.IssuedAt,
		}
	}
	return events, err
}

// MeetingPanel says on the page of a meeting that it is performed at a conference; the way
// there is shown to those who find it.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || !c.Who.May(MayRead) {
		return nil, err
	}
	y, is, err := ofMeeting(ctx, p.DB, o.Root, m.ID)
	if err != nil || !is {
		return nil, err
	}
	x, err := Of(ctx, p.DB, y.Root, y.Conference)
	if err != nil {
		return nil, err
	}
	var open g.Node
	switch _, err := find(ctx, p.DB, c.Who, x.ID); {
	case err == nil:
		open = part.LinkButton(x.Path(), c.L.T("conference.open"), part.Wide)
	case !fault.Is(err, fault.NotFound):
		return nil, err
	}
	return part.Card(part.Info, part.CardHead(c.L.T("conference.panel")), part.Muted(g.Text(x.Title+" · "+hours(c.L, y))), open), nil
}
