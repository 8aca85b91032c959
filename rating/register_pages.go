package rating

import (
	"net/url"

	"chibo/kit/web"
)

// registerURL is the address of the register of a cell.
func registerURL(cell string) string { return "/ratings/register?unit=" + url.QueryEscape(cell) }

// registerForms are the forms of the register.
type registerForms struct{ say, year web.Form }

func (p *Pages) register(c *web.Ctx) error {
	page, err := p.registerPage(c, c.Query("unit"), nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) registerPage(c *web.Ctx, unit string, refused func(*registerForms)) (web.Page, error) {
	_, o, err := p.led(c, unit)
	if err != nil {
		return web.Page{}, err
	}
	r, err := p.Register(c.Context(), c.Who, o.ID, c.QueryInt("year", p.today().Year))
	if err != nil {
		return web.Page{}, err
	}
	f := registerForms{
		say:  c.Fill(Saying{Organization: o.ID, On: p.today()}),
		year: c.Fill(Year{Organization: o.ID, Year: p.today().Year - 1, Level: Excellent}),
	}
	if refused != nil {
		refused(&f)
	}
	v := registerView{Register: r, forms: f, today: p.today()}
	return web.Page{Title: c.L.T("rating.register"), Section: "ratings", Lead: o.Name, Crumbs: crumbs(c), Body: v.body(c.L)}, nil
}

// registered leads back to the register, or shows it again with what was refused.
func (p *Pages) registered(c *web.Ctx, unit string, err error, done string, refused func(*registerForms)) error {
	if err == nil {
		return c.Done(registerURL(unit), done)
	}
	return c.Redraw(err)(p.registerPage(c, unit, refused))
}

func (p *Pages) say(c *web.Ctx) error {
	var f Saying
	err := c.Decode(&f)
	if err == nil {
		err = p.Say(c.Context(), c.Who, f)
	}
	return p.registered(c, f.Organization, err, "rating.done.said", func(forms *registerForms) { forms.say = c.Refill(err) })
}

func (p *Pages) unsay(c *web.Ctx) error {
	if err := p.Unsay(c.Context(), c.Who, c.Param("organization"), c.Param("remark")); err != nil {
		return err
	}
	return c.Done(registerURL(c.Param("organization")), "rating.done.unsaid")
}

func (p *Pages) putYear(c *web.Ctx) error {
	var f Year
	err := c.Decode(&f)
	if err == nil {
		err = p.PutYear(c.Context(), c.Who, f)
	}
	return p.registered(c, f.Organization, err, "rating.done.year", func(forms *registerForms) { forms.year = c.Refill(err) })
}
