package reception

import (
	"strconv"

	"chibo/conference"
	"chibo/kit/web"
)

// helpersView reads the page on which the office lets helpers in.
func (p *Pages) helpersView(c *web.Ctx) (helpersView, error) {
	x, err := conference.Get(c.Context(), p.DB, c.Who.Scope(Keep), c.Param("id"))
	if err != nil {
		return helpersView{}, err
	}
	v := helpersView{L: c.L, x: x, now: p.now(), base: c.Base()}
	v.helpers, err = helpersOf(c.Context(), p.DB, x)
	v.form = c.Fill(Invitation{Desk: c.L.T("reception.helpers.desk", "N", strconv.Itoa(len(v.helpers)+2))})
	return v, err
}

// helpers is asked for again while somebody is awaited.
func (p *Pages) helpers(c *web.Ctx) error {
	v, err := p.helpersView(c)
	if err != nil {
		return err
	}
	if c.HX() {
		return c.Fragment(v.invited())
	}
	return c.Page(v.page())
}

func (p *Pages) invite(c *web.Ctx) error {
	v, err := p.helpersView(c)
	if err != nil {
		return err
	}
	var i Invitation
	if err = c.Decode(&i); err == nil {
		_, err = p.Invite(c.Context(), c.Who, v.x.ID, i)
	}
	if err != nil {
		v.form = c.Refill(err)
		return c.Again(err, v.page())
	}
	return c.See(helpersPath(v.x.ID))
}

func (p *Pages) remove(c *web.Ctx) error {
	if err := p.Remove(c.Context(), c.Who, c.Param("id"), c.Param("helper")); err != nil {
		return err
	}
	return c.Done(helpersPath(c.Param("id")), "reception.done.removed")
}
