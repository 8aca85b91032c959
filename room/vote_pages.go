//go:build !js

package room

import (
	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/proceedings"
)

// votePaper hands out what is printed for a vote on paper.
func (p Pages) votePaper(draw func(screen, proceedings.Vote) g.Node, title string) web.Handler {
	return func(c *web.Ctx) error {
		s, err := p.screen(c, Hold)
		if err != nil {
			return err
		}
		v, ok := s.s.Vote(c.Param("vote"))
		if !ok || v.Method != proceedings.Ballot {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		return c.Page(web.Page{Title: c.L.T(title) + " · " + v.Question, Bare: true, Body: draw(s, v)})
	}
}

// confirm has a second person stand by a count with a secret of their own.
func (p Pages) confirm(c *web.Ctx) error {
	s, err := p.screen(c, Hold)
	if err != nil {
		return err
	}
	v, ok := s.s.Vote(c.Param("vote"))
	if !ok {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	var f Confirming
	if err = c.Decode(&f); err == nil {
		err = p.Confirm(c.Context(), c.Who, c.Param("meeting"), v.ID, f)
	}
	if err == nil {
		return c.Done(s.path("#act-"+v.ID), "room.confirm.done")
	}
	return c.Again(err, web.Page{
		Title: c.L.T("room.confirm.open"), Section: "meetings",
		Crumbs: []web.Crumb{{Text: s.s.Setup.Title, URL: s.path("")}},
		Body:   s.confirmPage(v, c.Refill(err)),
	})
}
