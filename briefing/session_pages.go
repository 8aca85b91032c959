package briefing

import (
	"chibo/kit/web"
	"chibo/kit/web/part"
)

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.showPage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) showPage(c *web.Ctx, forms map[string]part.Form) (web.Page, error) {
	v, err := p.in(c)
	if err != nil {
		return web.Page{}, err
	}
	v.Forms = forms
	return web.Page{Title: v.title(), Lead: v.lead(), Crumbs: v.crumbs(c), Section: section, Action: v.action(), Body: v.body()}, nil
}

// again draws the page of a briefing with the named form as it was refused.
func (p *Pages) again(c *web.Ctx, form string, err error) error {
	return c.Redraw(err)(p.showPage(c, map[string]part.Form{form: c.Refill(err)}))
}

func (p *Pages) edit(c *web.Ctx) error {
	page, err := p.editPage(c, func(v sessionView) map[string]part.Form {
		return map[string]part.Form{"parts": c.Fill(Parts{v.National, v.International, v.Local})}
	})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) editPage(c *web.Ctx, forms func(sessionView) map[string]part.Form) (web.Page, error) {
	v, err := p.in(c)
	if err != nil {
		return web.Page{}, err
	}
	if !v.Writes {
		return web.Page{}, notFound()
	}
	v.Forms = forms(v)
	title := v.title()
	if v.Own {
		title = c.L.T("briefing.mine.title")
	}
	return web.Page{Title: title, Lead: v.lead(), Crumbs: v.crumbs(c), Section: section, Body: v.editBody()}, nil
}

// editAgain draws the page on which a briefing is written with what was refused.
func (p *Pages) editAgain(c *web.Ctx, form string, err error) error {
	return c.Redraw(err)(p.editPage(c, func(v sessionView) map[string]part.Form {
		forms := map[string]part.Form{"parts": c.Fill(Parts{v.National, v.International, v.Local})}
		forms[form] = c.Refill(err)
		return forms
	}))
}

func (p *Pages) prepare(c *web.Ctx) error {
	var f Parts
	err := c.Decode(&f)
	if err == nil {
		if err = p.Prepare(c.Context(), c.Who, c.Param("id"), f); err == nil {
			return c.Done("/meetings/"+c.Param("id")+"/briefing", "briefing.done.prepared")
		}
	}
	return p.editAgain(c, "parts", err)
}

func (p *Pages) attach(c *web.Ctx) error {
	var f struct {
		Unmarked bool `form:"unmarked"`
	}
	file, err := c.Upload("file")
	if err == nil {
		err = c.Decode(&f)
	}
	if err == nil {
		err = p.Attach(c.Context(), c.Who, c.Param("id"), file.Name, file.Data, f.Unmarked)
	}
	if err != nil {
		return p.editAgain(c, "file", err)
	}
	return c.Done("/meetings/"+c.Param("id")+"/briefing/edit#files", "briefing.done.attached")
}

func (p *Pages) detach(c *web.Ctx) error {
	if err := p.Detach(c.Context(), c.Who, c.Param("id"), c.Param("file")); err != nil {
		return err
	}
	return c.Done("/meetings/"+c.Param("id")+"/briefing/edit#files", "briefing.done.detached")
}

func (p *Pages) appoint(c *web.Ctx) error {
	var f struct {
		Member string `form:"member"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Appoint(c.Context(), c.Who, c.Param("id"), f.Member)
	}
	if err != nil {
		return p.again(c, "teller", err)
	}
	return c.Done("/meetings/"+c.Param("id")+"/briefing", "briefing.done.appointed")
}

func (p *Pages) thank(c *web.Ctx) error {
	var f struct {
		Remark string `form:"remark"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Thank(c.Context(), c.Who, c.Param("id"), f.Remark)
	}
	if err != nil {
		return p.again(c, "remark", err)
	}
	return c.Done("/meetings/"+c.Param("id")+"/briefing", "briefing.done.thanked")
}
