package permit

import (
	"context"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/web"
	"chibo/organization"
)

// Pages are the pages of the lists that need a second person.
type Pages struct{ *Service }

// Routes returns the routes of the feature. Whose a permit is, and who may answer it, stands in
// the rows: to everybody else it is not there.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /permits/{id}", Need: access.SignedIn, Do: p.show},
		{Pattern: "POST /permits/{id}/ask", Need: access.SignedIn, Do: p.ask},
		{Pattern: "POST /permits/{id}/answer", Need: access.SignedIn, Do: p.answer},
	}
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.page(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) page(c *web.Ctx, f web.Form) (web.Page, error) {
	v, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	title := c.L.T("permit.title")
	if !v.Own {
		title = c.L.T("permit.title_other")
	}
	return web.Page{Title: title, Lead: v.Unit, Section: "home", Body: permitView{View: v, L: c.L, Now: p.now(), form: f}.body()}, nil
}

func (p *Pages) ask(c *web.Ctx) error {
	return p.say(c, p.Ask, "permit.done.asked")
}

func (p *Pages) answer(c *web.Ctx) error {
	return p.say(c, p.Answer, "permit.done.answered")
}

// say does with a permit what its form says.
func (p *Pages) say(c *web.Ctx, do func(context.Context, access.Person, string, Words) error, done string) error {
	var w Words
	err := c.Decode(&w)
	if err == nil {
		err = do(c.Context(), c.Who, c.Param("id"), w)
	}
	return c.Reply(err, Permit{ID: c.Param("id")}.Path(), done, func(f web.Form) (web.Page, error) { return p.page(c, f) })
}

// HomePanel is the card of the home page for whoever wants a list today, or is asked about one;
// nil for all others, and for those who lead nobody.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(organization.Read) {
		return nil, nil
	}
	all, err := ofDay(c.Context(), p.DB, c.Who.Account, p.today())
	if err != nil {
		return nil, err
	}
	return homeCard(c.L, all), nil
}
