package meeting

import (
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
)

// NextPanel is the piece of the home page about the reader's own cell: for a
// member the next meeting with the answer to it, for those who prepare it the one
// thing that is to be done now. Nil when the reader belongs to no cell or nothing
// is near.
func (p *Pages) NextPanel(c *web.Ctx) (g.Node, error) {
	home, ok := c.Who.Home()
	if !ok || !c.Who.MayAt(Follow, home.Path) {
		return nil, nil
	}
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(Follow), home.Organization)
	if err != nil || o.Level != organization.Cell {
		return nil, err
	}
	meetings, err := unfinished(c.Context(), p.DB, o.Root, o.ID)
	if err != nil {
		return nil, err
	}
	if c.Who.MayAt(Prepare, o.Path) {
		return p.nextToPrepare(c, o, meetings)
	}
	at := slices.IndexFunc(meetings, func(m Meeting) bool { return m.State == Noticed || m.State == Open })
	if at < 0 {
		return nil, nil
	}
	v, err := p.view(c, meetings[at], o)
	if err != nil {
		return nil, err
	}
	return v.nextCard(), nil
}

// nextToPrepare draws the one thing that comes first for those who prepare
// meetings.
func (p *Pages) nextToPrepare(c *web.Ctx, o organization.Organization, meetings []Meeting) (g.Node, error) {
	if m, ok := pressing(meetings, p.now()); ok {
		v, err := p.view(c, m, o)
		if err != nil {
			return nil, err
		}
		return v.workCard(), nil
	}
	slot, err := p.nextSlot(c, o)
	if err != nil {
		return nil, err
	}
	return openCard(c.L, o, slot), nil
}

// pressing chooses, of meetings in the order of time whose minutes are not sealed,
// the one to be worked on: one that is running, one that waits for its minutes,
// the next to come, one whose day has passed.
func pressing(meetings []Meeting, now when.Instant) (Meeting, bool) {
	for _, presses := range []func(Meeting) bool{
		func(m Meeting) bool { return m.State == Open },
		func(m Meeting) bool { return m.State == Closed },
		func(m Meeting) bool { return daysLeft(now, m.StartsAt) >= 0 },
		func(Meeting) bool { return true },
	} {
		if at := slices.IndexFunc(meetings, presses); at >= 0 {
			return meetings[at], true
		}
	}
	return Meeting{}, false
}

// nextSlot lays out the next meeting of a month that is still to come.
func (p *Pages) nextSlot(c *web.Ctx, o organization.Organization) (Slot, error) {
	month := p.now().Date().In()
	for range 2 {
		settings, err := organization.SettingsOn(c.Context(), p.DB, o.Root, o.ID, month.First())
		if err != nil {
			return Slot{}, err
		}
		_, held, err := monthly(c.Context(), p.DB, o.Root, o.ID, month)
		if err != nil {
			return Slot{}, err
		}
		if start := settings.StartsAt(month); !held && start > p.now() {
			return Slot{Month: month, StartsAt: start}, nil
		}
		month = month.Next()
	}
	settings, err := organization.SettingsOn(c.Context(), p.DB, o.Root, o.ID, month.First())
	return Slot{Month: month, StartsAt: settings.StartsAt(month)}, err
}

// daysLeft counts the days of the calendar until a moment.
func daysLeft(now, at when.Instant) int { return now.Date().DaysUntil(at.Date()) }
