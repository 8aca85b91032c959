package conference

import (
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/meeting"
	"chibo/organization"
)

// Panel is a card on the page of a conference that another feature hands it: what stands,
// what waits, and the way there; nil for whoever has nothing to do with it.
type Panel func(*web.Ctx, Conference) (g.Node, error)

// Pages are the list of conferences and the page of each.
type Pages struct {
	*Service

	Panels []Panel
	// Papers are what later features have for the file of a conference; Hosted is what
	// earlier ones have.
	Papers []Papers
	Hosted Hosted
}

const section = "conferences"

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return slices.Concat(p.planRoutes(), p.programmeRoutes(), []web.Route{
		{Pattern: "GET /conferences", Need: MayRead, Do: p.index},
		{Pattern: "GET /conferences/new", Need: Keep, Do: p.new},
		{Pattern: "POST /conferences", Need: Keep, Do: p.open},
		{Pattern: "GET /conferences/{id}", Need: MayRead, Do: p.show},
		{Pattern: "GET /conferences/{id}/file.zip", Need: Keep, Do: p.bundle, Mass: true, Whose: p.whose},
		{Pattern: "GET /conferences/{id}/edit", Need: Keep, Do: p.edit},
		{Pattern: "POST /conferences/{id}/edit", Need: Keep, Do: p.change},
		{Pattern: "POST /conferences/{id}/close", Need: Direct, Do: p.close},
		{Pattern: "POST /conferences/{id}/drop", Need: Direct, Do: p.drop},
		{Pattern: "GET /conferences/{id}/sittings/new", Need: Keep, Do: p.newSitting},
		{Pattern: "POST /conferences/{id}/sittings", Need: Keep, Do: p.addSitting},
		{Pattern: "GET /conferences/{id}/sittings/{sitting}/edit", Need: Keep, Do: p.editSitting},
		{Pattern: "POST /conferences/{id}/sittings/{sitting}/edit", Need: Keep, Do: p.changeSitting},
		{Pattern: "POST /conferences/{id}/sittings/{sitting}/remove", Need: Keep, Do: p.removeSitting},
		{Pattern: "GET /conferences/{id}/composition/new", Need: Keep, Do: p.newLine},
		{Pattern: "POST /conferences/{id}/composition", Need: Keep, Do: p.addLine},
		{Pattern: "GET /conferences/{id}/composition/{line}", Need: Keep, Do: p.editLine},
		{Pattern: "POST /conferences/{id}/composition/{line}", Need: Keep, Do: p.changeLine},
		{Pattern: "POST /conferences/{id}/composition/{line}/remove", Need: Keep, Do: p.removeLine},
	})
}

func crumbs(c *web.Ctx, more ...web.Crumb) []web.Crumb {
	return append([]web.Crumb{{Text: c.L.T("conference.title"), URL: "/conferences"}}, more...)
}

// within are the crumbs of a page below that of a conference.
func within(c *web.Ctx, x Conference) []web.Crumb {
	return crumbs(c, web.Crumb{Text: x.Title, URL: x.Path()})
}

func (p *Pages) index(c *web.Ctx) error {
	files, err := p.List(c.Context(), c.Who, false)
	if err != nil {
		return err
	}
	v := indexView{l: c.L, files: files, keeps: c.Who.May(Keep), now: p.now()}
	return c.Page(web.Page{Title: c.L.T("conference.title"), Section: section, Lead: c.L.T("conference.lead"), Action: v.action(), Body: v.body()})
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.page(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// page is the page of a conference; the form of the host comes back as it was refused.
func (p *Pages) page(c *web.Ctx, refused web.Form) (web.Page, error) {
	f, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := fileView{File: f, l: c.L, now: p.now(), form: refused, choices: map[string][]meeting.Meeting{}}
	for _, y := range f.Sittings {
		if y.Hosts {
			if v.choices[y.ID], err = p.choices(c, y); err != nil {
				return web.Page{}, err
			}
		}
	}
	for _, panel := range p.Panels {
		n, err := panel(c, f.Conference)
		if err != nil {
			return web.Page{}, err
		}
		if n != nil {
			v.panels = append(v.panels, n)
		}
	}
	return web.Page{Title: f.Title, Section: section, Lead: v.lead(), Crumbs: crumbs(c), Action: v.action(), Body: v.body()}, nil
}

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.newPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) newPage(c *web.Ctx, f web.Form) (web.Page, error) {
	units, err := organization.CommitteesUnder(c.Context(), p.DB, c.Who.Scope(Keep))
	return web.Page{Title: c.L.T("conference.new"), Section: section, Crumbs: crumbs(c), Body: newForm(c.L, f, units)}, err
}

func (p *Pages) open(c *web.Ctx) error {
	var x Conference
	err := c.Decode(&x)
	if err == nil {
		x, err = p.Open(c.Context(), c.Who, x)
	}
	return c.Reply(err, x.Path(), "conference.done.opened", func(f web.Form) (web.Page, error) { return p.newPage(c, f) })
}

// kept returns a conference that the reader keeps and that may still be changed by forms.
func (p *Pages) kept(c *web.Ctx) (Conference, error) {
	return Get(c.Context(), p.DB, c.Who.Scope(Keep), c.Param("id"))
}

func (p *Pages) edit(c *web.Ctx) error {
	x, err := p.kept(c)
	if err != nil {
		return err
	}
	page, err := p.editPage(c, c.Fill(x))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) editPage(c *web.Ctx, f web.Form) (web.Page, error) {
	x, err := p.kept(c)
	return web.Page{Title: c.L.T("conference.edit"), Section: section, Crumbs: within(c, x), Body: editForm(c.L, f, x)}, err
}

func (p *Pages) change(c *web.Ctx) error {
	var to Conference
	err := c.Decode(&to)
	if err == nil {
		err = p.Change(c.Context(), c.Who, c.Param("id"), to)
	}
	return c.Reply(err, Conference{ID: c.Param("id")}.Path(), "conference.done.changed", func(f web.Form) (web.Page, error) { return p.editPage(c, f) })
}

func (p *Pages) close(c *web.Ctx) error {
	if err := p.Close(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done(Conference{ID: c.Param("id")}.Path(), "conference.done.closed")
}

func (p *Pages) drop(c *web.Ctx) error {
	if err := p.Drop(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/conferences", "conference.done.dropped")
}

// HomePanel shows the conferences that the reader finds and that are not over; nil where
// there is none.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(MayRead) {
		return nil, nil
	}
	files, err := p.List(c.Context(), c.Who, true)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	v := indexView{l: c.L, files: files, now: p.now()}
	return part.Card(part.CardHead(c.L.T("conference.title")), part.List(g.Map(files[:min(4, len(files))], v.line)),
		part.LinkButton("/conferences", c.L.T("conference.all"), part.Wide)), nil
}
