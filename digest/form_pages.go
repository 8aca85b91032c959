package digest

import (
	"net/url"
	"slices"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/organization"
)

// forms shows the forms of a committee, and takes a new one.
func (p *Pages) forms(c *web.Ctx) error {
	page, err := p.formsPage(c, c.Query("unit"), web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// copyOf returns the form of a new form with the text of the one that is to be copied.
func copyOf(all []Shipped, id string) web.Form {
	f := web.Form{}
	if i := slices.IndexFunc(all, func(s Shipped) bool { return s.ID == id }); i >= 0 {
		f.Values = url.Values{"text": {all[i].Text}}
	}
	return f
}

func (p *Pages) formsPage(c *web.Ctx, unit string, f web.Form) (web.Page, error) {
	units, err := p.committees(c)
	if err != nil {
		return web.Page{}, err
	}
	if unit == "" && len(units) > 0 {
		unit = units[0].ID
	}
	v := formsView{L: c.L, Form: f}
	if v.Unit, err = committee(c.Context(), p.DB, c.Who, unit); err != nil {
		return web.Page{}, err
	}
	if v.Forms, err = p.Forms(c.Context(), p.DB, c.Who, v.Unit); err != nil {
		return web.Page{}, err
	}
	if f.Values == nil {
		v.Form = copyOf(v.Forms, c.Query("from"))
	}
	own, err := formsOf(c.Context(), p.DB, []string{v.Unit.ID})
	v.Own = map[string]bool{}
	for _, k := range own {
		v.Own[k.ID] = true
	}
	v.Offers = offers(c.Who, v.Unit.Path)
	return web.Page{
		Title: c.L.T("digest.forms"), Lead: v.Unit.Name, Section: section,
		Crumbs: []web.Crumb{{Text: c.L.T("digest.title"), URL: "/digests"}}, Body: v.body(),
	}, err
}

// formForm is a form as it is typed.
type formForm struct {
	Unit string `form:"unit"`
	Text string `form:"text"`
}

func (p *Pages) addForm(c *web.Ctx) error {
	var f formForm
	err := c.Decode(&f)
	if err == nil {
		err = p.AddForm(c.Context(), c.Who, f.Unit, f.Text)
	}
	if err != nil {
		return c.Redraw(err)(p.formsPage(c, f.Unit, c.Refill(err)))
	}
	return c.Done(formsAddress(f.Unit), "digest.done.form_added")
}

func (p *Pages) dropForm(c *web.Ctx) error {
	var f formForm
	err := c.Decode(&f)
	if err == nil {
		err = p.DropForm(c.Context(), c.Who, f.Unit, c.Param("form"))
	}
	if err != nil {
		return err
	}
	return c.Done(formsAddress(f.Unit), "digest.done.form_dropped")
}

func formsAddress(unit string) string { return "/digests/forms?unit=" + unit }

// formsView is the page of the forms.
type formsView struct {
	L      locale.L
	Form   web.Form
	Unit   organization.Organization
	Forms  []Shipped
	Own    map[string]bool // ids of those of the unit itself
	Offers []string
}
