package notebook

import (
	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// cell returns the cell asked for in which the reader inspects notebooks, else the
// first.
func (p *Pages) cell(c *web.Ctx, asked string) (organization.Organization, error) {
	all, err := organization.Under(c.Context(), p.DB, c.Who.Scope(Inspect))
	if err != nil {
		return organization.Organization{}, err
	}
	for _, o := range all {
		if o.Level == organization.Cell && (o.ID == asked || asked == "") {
			return o, nil
		}
	}
	return organization.Organization{}, fault.New(fault.NotFound, "fault.not_found")
}

func (p *Pages) inspections(c *web.Ctx) error {
	return p.inspectionsAgain(c, c.Query("cell"), nil, web.Form{})
}

// inspectionsAgain draws the list of a cell, with one of its forms as it was refused.
func (p *Pages) inspectionsAgain(c *web.Ctx, cell string, refused error, f web.Form) error {
	o, err := p.cell(c, cell)
	if err != nil {
		return err
	}
	v := inspectionsView{L: c.L, Cell: o, Today: p.now().Date(), Form: f}
	if v.Year, err = p.yearAsked(c); err != nil {
		return err
	}
	if v.Stands, v.Every, err = p.Stands(c.Context(), p.DB, o.Root, o.ID); err != nil {
		return err
	}
	if v.Shown, v.Names, err = p.shownIn(c, o, v.Year); err != nil {
		return err
	}
	if err := p.Audit.Look(c.Context(), p.DB, c.Who, o.Root, "notebook.list_viewed", o.ID); err != nil {
		return err
	}
	page := web.Page{
		Title: c.L.T("notebook.inspection.title"), Lead: o.Name, Section: section, Action: v.action(),
		Crumbs: []web.Crumb{{Text: c.L.T("notebook.title"), URL: "/notebook"}}, Body: v.body(),
	}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

// shownIn returns the inspections of a year with the names of whom they speak of.
func (p *Pages) shownIn(c *web.Ctx, o organization.Organization, year int) ([]Inspection, map[string]string, error) {
	first := when.Month{Year: year, Month: 1}
	shown, err := inspections(c.Context(), p.DB, o.Root, o.ID, first.First(), first.Add(11).Last())
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, i := range shown {
		ids = append(ids, i.Member, i.EnteredBy)
	}
	names, err := member.Names(c.Context(), p.DB, o.Root, ids...)
	return shown, names, err
}

func (p *Pages) postShown(c *web.Ctx) error {
	var form Showing
	err := c.Decode(&form)
	if err == nil {
		err = p.Show(c.Context(), c.Who, form)
	}
	if err != nil {
		f := c.Refill(err)
		f.ID = "shown"
		return p.inspectionsAgain(c, form.Cell, err, f)
	}
	return c.Done(inspectionsURL(form.Cell), "notebook.done.shown", "Count", len(form.Members))
}

func (p *Pages) unshow(c *web.Ctx) error {
	if err := p.Unshow(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/notebook/inspections", "notebook.done.unshown")
}

func (p *Pages) settle(c *web.Ctx) error {
	var form struct {
		Cell  string `form:"cell"`
		Every int    `form:"every"`
	}
	err := c.Decode(&form)
	if err == nil {
		err = p.Settle(c.Context(), c.Who, form.Cell, form.Every)
	}
	if err != nil {
		f := c.Refill(err)
		f.ID = "every"
		return p.inspectionsAgain(c, form.Cell, err, f)
	}
	return c.Done(inspectionsURL(form.Cell), "notebook.done.settled")
}

func (p *Pages) registerPaper(form string) web.Handler {
	return func(c *web.Ctx) error {
		o, err := p.cell(c, c.Query("cell"))
		if err != nil {
			return err
		}
		r := register{Cell: o, Today: p.now().Date()}
		if r.Year, err = p.yearAsked(c); err != nil {
			return err
		}
		if r.Shown, r.Names, err = p.shownIn(c, o, r.Year); err != nil {
			return err
		}
		all, _, err := p.Stands(c.Context(), p.DB, o.Root, o.ID)
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.Due {
				r.Due = append(r.Due, s.FullName)
			}
		}
		if err := p.Audit.Took(c.Context(), p.DB, c.Who, o.Root, "notebook.list_viewed", o.ID); err != nil {
			return err
		}
		doc := r.doc()
		return document.Send(c, doc, doc.Name()+"."+form, form)
	}
}

func inspectionsURL(cell string) string { return "/notebook/inspections?cell=" + cell }
