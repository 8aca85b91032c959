package meeting

import (
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
)

func (p *Pages) paperRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /meetings/{id}/papers", Need: Prepare, Do: p.papers},
		{Pattern: "POST /meetings/{id}/papers", Need: Prepare, Do: p.addFile, Takes: library.Papers},
		{Pattern: "POST /meetings/{id}/papers/cite", Need: Prepare, Do: p.cite},
		{Pattern: "POST /meetings/{id}/papers/secret", Need: Prepare, Do: p.noteSecret},
		{Pattern: "POST /meetings/{id}/papers/{row}/remove", Need: Prepare, Do: p.removePaper},
	}
}

func (p *Pages) papers(c *web.Ctx) error {
	page, err := p.papersPage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) papersPage(c *web.Ctx, forms map[string]part.Form) (web.Page, error) {
	m, _, err := p.prepared(c)
	if err != nil {
		return web.Page{}, err
	}
	v := papersView{Meeting: m, Forms: forms, Chosen: c.Query("item")}
	if v.Items, err = Items(c.Context(), p.DB, m.Root, m.ID); err != nil {
		return web.Page{}, err
	}
	if v.Papers, err = Papers(c.Context(), p.DB, m.Root, m.ID); err != nil {
		return web.Page{}, err
	}
	if v.Stubs, err = library.Stubs(c.Context(), p.DB, m.Root, FileUse, m.ID); err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: c.L.T("meeting.papers.title"), Crumbs: crumbs(c, m), Section: section, Body: v.body(c.L)}, nil
}

func (p *Pages) papersAgain(c *web.Ctx, form string, err error) error {
	return c.Redraw(err)(p.papersPage(c, map[string]part.Form{form: c.Refill(err)}))
}

// fileForm is what comes with a file.
type fileForm struct {
	Item     string `form:"item"`
	Title    string `form:"title"`
	Unmarked bool   `form:"unmarked"`
}

func (p *Pages) addFile(c *web.Ctx) error {
	up, err := c.Upload("file")
	var f fileForm
	if err == nil {
		err = c.Decode(&f)
	}
	if err == nil {
		err = p.AddFile(c.Context(), c.Who, c.Param("id"), Paper{Item: f.Item, Title: f.Title}, up.Name, up.Data, f.Unmarked)
	}
	if err != nil {
		return p.papersAgain(c, "file", err)
	}
	return c.Done("/meetings/"+c.Param("id")+"/papers", "meeting.done.paper")
}

func (p *Pages) cite(c *web.Ctx) error {
	var f fileForm
	err := c.Decode(&f)
	if err == nil {
		err = p.Cite(c.Context(), c.Who, c.Param("id"), Paper{Item: f.Item, Title: f.Title})
	}
	if err != nil {
		return p.papersAgain(c, "cite", err)
	}
	return c.Done("/meetings/"+c.Param("id")+"/papers", "meeting.done.paper")
}

// secretForm is the stub of a paper that must not be kept here; Paper names one
// that was kept by mistake.
type secretForm struct {
	Number    string    `form:"number"`
	DatedOn   when.Date `form:"dated_on"`
	WhereKept string    `form:"where_kept"`
	Paper     string    `form:"paper"`
}

func (p *Pages) noteSecret(c *web.Ctx) error {
	var f secretForm
	err := c.Decode(&f)
	if err == nil {
		stub := library.Stub{Number: f.Number, DatedOn: f.DatedOn, WhereKept: f.WhereKept}
		err = p.NoteSecret(c.Context(), c.Who, c.Param("id"), f.Paper, stub)
	}
	if err != nil {
		return p.papersAgain(c, "secret", err)
	}
	return c.Done("/meetings/"+c.Param("id")+"/papers", "meeting.done.secret")
}

func (p *Pages) removePaper(c *web.Ctx) error {
	if err := p.RemovePaper(c.Context(), c.Who, c.Param("id"), c.Param("row")); err != nil {
		return err
	}
	return c.Done("/meetings/"+c.Param("id")+"/papers", "meeting.done.removed")
}
