package hall

import (
	"context"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/room"
)

// visible returns a meeting for those who have the need there.
func (p *Pages) visible(c *web.Ctx, need access.Need, id string) (meeting.Meeting, organization.Organization, error) {
	m, o, err := meeting.Visible(c.Context(), p.DB, c.Who, id)
	if err == nil && !c.Who.MayAt(need, o.Path) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return m, o, err
}

func (p *Pages) doorView(c *web.Ctx) (doorView, error) {
	m, o, err := p.visible(c, room.Hold, c.Param("id"))
	if err != nil {
		return doorView{}, err
	}
	v := doorView{L: c.L, m: m, now: p.now(), base: c.Base()}
	if v.e, v.there, err = entranceOf(c.Context(), p.DB, m.ID); err != nil {
		return v, err
	}
	s, _, err := p.Room.Look(c.Context(), p.DB, m, o)
	v.cameBy = s.CameBy()
	v.form = c.Fill(Ways{Projector: true, Poster: true})
	if v.there {
		v.form = c.Fill(Ways{v.e.Projector, v.e.Poster, v.e.Shared})
	}
	return v, err
}

func (p *Pages) door(c *web.Ctx) error {
	v, err := p.doorView(c)
	if err != nil {
		return err
	}
	if c.HX() {
		return c.Fragment(v.latecomers())
	}
	return c.Page(v.page())
}

func (p *Pages) open(c *web.Ctx) error {
	v, err := p.doorView(c)
	if err != nil {
		return err
	}
	var w Ways
	err = c.Decode(&w)
	if err == nil {
		err = p.Open(c.Context(), c.Who, v.m.ID, w)
	}
	if err != nil {
		v.form = c.Refill(err)
		return c.Again(err, v.page())
	}
	return c.Done(doorPath(v.m.ID), "hall.door.saved")
}

func (p *Pages) shut(c *web.Ctx) error {
	m, _, err := p.visible(c, room.Hold, c.Param("id"))
	if err != nil {
		return err
	}
	if err := p.Shut(c.Context(), c.Who, m.ID); err != nil {
		return err
	}
	return c.Done(doorPath(m.ID), "hall.door.shut_now")
}

func doorPath(meetingID string) string { return "/meetings/" + meetingID + "/door" }

// poster is the sheet to be hung beside the door.
func (p *Pages) poster(c *web.Ctx) error {
	v, err := p.doorView(c)
	if err != nil {
		return err
	}
	if !v.there || !v.e.Poster {
		return fault.New(fault.Conflict, "hall.problem.no_poster")
	}
	code := v.e.CodeAt(proceedings.Poster, p.now())
	return c.Page(web.Page{Title: c.L.T("hall.poster"), Bare: true, Sheet: true, Body: posterView(c.L, v.e, code, c.Base())})
}

// Panel is what the projector shows while people come in. It is there before the door
// is, so that nobody has to load the projector anew; and for those alone who hold the
// meeting: a member at home who may watch must not see the code.
func (p *Pages) Panel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, _, err := p.visible(c, room.Hold, id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	e, found, err := entranceOf(ctx, p.DB, m.ID)
	if err != nil {
		return nil, err
	}
	now := p.now()
	if !found || !e.Projector || e.Ajar(now) != nil {
		return wallView(c.L, m.ID, nil, ""), nil
	}
	code := e.CodeAt(proceedings.Self, now)
	return wallView(c.L, m.ID, &code, c.Base()), nil
}

// code is the part of the projector that asks for itself again.
func (p *Pages) code(c *web.Ctx) error {
	n, err := p.Panel(c.Context(), c, c.Param("id"))
	if err == nil && n == nil {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return err
	}
	return c.Fragment(n)
}
