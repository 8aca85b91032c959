package delegation

import (
	"context"
	"slices"

	"chibo/conference"
	"chibo/kit/db"
	"chibo/kit/web"
	"chibo/organization"
)

// sittingsOf returns the sittings of a conference with the names of their hosts.
func sittingsOf(ctx context.Context, q db.Q, x conference.Conference) ([]Attended, error) {
	f, err := frameOf(ctx, q, x, "")
	return f.sittings, err
}

func (p *Pages) seats(c *web.Ctx) error {
	page, err := p.seatsPage(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// hallOf reads who sits where in the sitting of the address.
func (p *Pages) hallOf(c *web.Ctx) (v hallView, err error) {
	v.l = c.L
	if v.Conference, err = p.kept(c); err != nil {
		return v, err
	}
	if v.sitting, err = conference.SittingOf(c.Context(), p.DB, v.Conference, c.Param("sitting")); err != nil {
		return v, err
	}
	if v.blocks, err = Blocks(c.Context(), p.DB, v.sitting); err != nil {
		return v, err
	}
	if v.people, err = ExpectedIn(c.Context(), p.DB, v.sitting); err != nil {
		return v, err
	}
	seats, err := Seats(c.Context(), p.DB, v.sitting)
	v.at = map[string]map[int]Expected{}
	for _, t := range seats {
		n := slices.IndexFunc(v.people, func(e Expected) bool { return e.ID == t.Delegate })
		if n < 0 {
			continue
		}
		if v.at[t.Block] == nil {
			v.at[t.Block] = map[int]Expected{}
		}
		v.at[t.Block][t.Seat] = v.people[n]
	}
	return v, err
}

func (p *Pages) seatsPage(c *web.Ctx, card string, refused web.Form) (web.Page, error) {
	v, err := p.hallOf(c)
	if err != nil {
		return web.Page{}, err
	}
	v.card, v.refused = card, refused
	if v.lines, err = conference.Categories(c.Context(), p.DB, v.Conference); err != nil {
		return web.Page{}, err
	}
	shares, err := Shares(c.Context(), p.DB, v.Conference)
	if err != nil {
		return web.Page{}, err
	}
	for _, s := range shares {
		if s.Unit.ID != "" && s.Line.Attends(v.sitting.ID) && !slices.ContainsFunc(v.units, func(o organization.Organization) bool { return o.ID == s.Unit.ID }) {
			v.units = append(v.units, s.Unit)
		}
	}
	return web.Page{
		Title: c.L.T("delegation.seats.title"), Lead: v.sitting.Title, Section: section, Crumbs: crumbs(c, v.Conference, true), Action: v.action(), Body: v.body(),
	}, nil
}

// wall is the plan of seats for the projector and for paper.
func (p *Pages) wall(c *web.Ctx) error {
	v, err := p.hallOf(c)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("delegation.seats.title"), Bare: true, Sheet: true, Wide: true, Body: v.wall()})
}

// doneSeats answers a form of the page of seats, or shows its card again.
func (p *Pages) doneSeats(c *web.Ctx, err error, card, key string, args ...any) error {
	if err == nil {
		return c.Done(seatsPath(c.Param("id"), c.Param("sitting")), key, args...)
	}
	return c.Redraw(err)(p.seatsPage(c, card, c.Refill(err)))
}

func (p *Pages) addBlock(c *web.Ctx) error {
	var b Block
	err := c.Decode(&b)
	if err == nil {
		err = p.AddBlock(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), b)
	}
	return p.doneSeats(c, err, "block", "delegation.done.block")
}

func (p *Pages) dropBlock(c *web.Ctx) error {
	var f struct {
		Block string `form:"block"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.DropBlock(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), f.Block)
	}
	return p.doneSeats(c, err, "", "delegation.done.block_dropped")
}

func (p *Pages) give(c *web.Ctx) error {
	given, without, err := p.Give(c.Context(), c.Who, c.Param("id"), c.Param("sitting"))
	return p.doneSeats(c, err, "", "delegation.done.seated", "Given", given, "Without", without)
}

func (p *Pages) move(c *web.Ctx) error {
	var m Move
	err := c.Decode(&m)
	if err == nil {
		err = p.Sit(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), m)
	}
	return p.doneSeats(c, err, "move", "delegation.done.moved")
}
