package theme

import (
	"errors"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.themePage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

// again draws the page of a theme with the named form as it was refused.
func (p *Pages) again(c *web.Ctx, form string, err error) error {
	return c.Redraw(err)(p.themePage(c, map[string]part.Form{form: c.Refill(err)}))
}

func (p *Pages) newTheme(c *web.Ctx) error {
	o, err := p.cell(c, Arrange)
	if err != nil {
		return err
	}
	month := p.now().Date().In()
	if m, err := when.ParseMonth(c.Query("month")); err == nil {
		month = m
	}
	page, err := p.formPage(c, o, Entry{}, c.Fill(Draft{Month: month, Kind: meeting.Combined}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

// formPage is the form of a theme that is new, or of the one given.
func (p *Pages) formPage(c *web.Ctx, o organization.Organization, e Entry, f part.Form) (web.Page, error) {
	people, err := member.Roll(c.Context(), p.DB, o.Root, o.ID, p.now().Date())
	if err != nil {
		return web.Page{}, err
	}
	v := formView{L: c.L, Cell: o, Entry: e, People: people, Form: f}
	return web.Page{Title: v.title(), Lead: o.Name, Crumbs: v.crumbs(c, p.now().Date().Year), Section: section, Body: v.body()}, nil
}

func (p *Pages) add(c *web.Ctx) error {
	o, err := p.cell(c, Arrange)
	if err != nil {
		return err
	}
	var d Draft
	if err = c.Decode(&d); err == nil {
		var t Theme
		if t, err = p.Add(c.Context(), c.Who, o.ID, d); err == nil {
			return c.Done(yearURL(o.ID, t.Month.Year), "theme.done.planned")
		}
	}
	return c.Redraw(err)(p.formPage(c, o, Entry{}, c.Refill(err)))
}

// arranged returns the theme for those who plan, with its cell.
func (p *Pages) arranged(c *web.Ctx) (Entry, organization.Organization, error) {
	e, _, err := inScope(c.Context(), p.DB, c.Who.Scope(Arrange), c.Param("id"))
	if err != nil {
		return e, organization.Organization{}, err
	}
	o, err := organization.Find(c.Context(), p.DB, e.Root, e.Organization)
	return e, o, err
}

func (p *Pages) edit(c *web.Ctx) error {
	e, o, err := p.arranged(c)
	if err != nil {
		return err
	}
	page, err := p.formPage(c, o, e, c.Fill(e.Draft()))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) revise(c *web.Ctx) error {
	e, o, err := p.arranged(c)
	if err != nil {
		return err
	}
	var d Draft
	if err = c.Decode(&d); err == nil {
		if err = p.Revise(c.Context(), c.Who, e.ID, d); err == nil {
			return c.Done(e.Path(), "theme.done.revised")
		}
	}
	return c.Redraw(err)(p.formPage(c, o, e, c.Refill(err)))
}

func (p *Pages) delete(c *web.Ctx) error {
	e, _, err := p.arranged(c)
	if err != nil {
		return err
	}
	if err := p.Delete(c.Context(), c.Who, e.ID); err != nil {
		return p.again(c, "", err)
	}
	return c.Done(yearURL(e.Organization, e.Month.Year), "theme.done.deleted")
}

func (p *Pages) approve(c *web.Ctx) error {
	var f struct {
		On when.Date `form:"approved_on"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Approve(c.Context(), c.Who, c.Param("id"), f.On)
	}
	if err != nil {
		return p.again(c, "approve", err)
	}
	return c.Done("/themes/"+c.Param("id"), "theme.done.approved")
}

func (p *Pages) take(c *web.Ctx) error {
	m, err := p.Take(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return p.again(c, "", err)
	}
	return c.Done(m.Path(), "theme.done.taken")
}

func (p *Pages) rate(c *web.Ctx) error {
	var f Judgement
	err := c.Decode(&f)
	if err == nil {
		err = p.Judge(c.Context(), c.Who, c.Param("id"), f)
	}
	if err != nil {
		return p.again(c, "rating", err)
	}
	return c.Done("/themes/"+c.Param("id"), "theme.done.rated")
}

func (p *Pages) send(c *web.Ctx) error {
	var f struct {
		Unmarked bool `form:"unmarked"`
	}
	file, err := c.Upload("file")
	if err == nil {
		err = c.Decode(&f)
	}
	if err == nil {
		err = p.Send(c.Context(), c.Who, c.Param("id"), file.Name, file.Data, f.Unmarked)
	}
	if err != nil {
		return p.again(c, "file", err)
	}
	return c.Done("/themes/"+c.Param("id")+"#report", "theme.done.sent")
}

func (p *Pages) withdraw(c *web.Ctx) error {
	err := p.Withdraw(c.Context(), c.Who, c.Param("id"), c.Param("file"))
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.Conflict {
		return p.again(c, "", err)
	}
	if err != nil {
		return err
	}
	return c.Done("/themes/"+c.Param("id")+"#report", "theme.done.withdrawn")
}
