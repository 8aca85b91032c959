package care

import (
	"strings"

	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/member"
	"chibo/organization"
)

// residenceForms are the forms of the page of residence.
type residenceForms struct{ home, resident web.Form }

func (p *Pages) residence(c *web.Ctx) error {
	page, err := p.residencePage(c, c.Query("unit"), nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) residencePage(c *web.Ctx, unit string, refused func(*residenceForms)) (web.Page, error) {
	_, o, err := p.led(c, unit)
	if err != nil {
		return web.Page{}, err
	}
	all, err := p.Residence(c.Context(), c.Who, o.ID, c.QueryInt("year", p.today().Year))
	if err != nil {
		return web.Page{}, err
	}
	if err := p.Audit.Look(c.Context(), p.DB, c.Who, o.Root, listViewed, o.ID); err != nil {
		return web.Page{}, err
	}
	f := residenceForms{home: c.Fill(all.Homes[c.Query("member")]), resident: c.Fill(Resident{IntroducedOn: p.today()})}
	f.home.Values.Set("member", c.Query("member"))
	if refused != nil {
		refused(&f)
	}
	v := residenceView{Residence: all, forms: f, today: p.today()}
	return web.Page{
		Title: c.L.T("care.residence.title", "Year", all.Year), Section: "care", Lead: o.Name, Crumbs: crumbs(c), Body: v.body(c.L),
	}, nil
}

// settled leads back to the page of residence, or shows it again with what was refused.
func (p *Pages) settled(c *web.Ctx, unit string, err error, done string, refused func(*residenceForms)) error {
	if err == nil {
		return c.Done(address("/care/residence", unit, 0), done)
	}
	return c.Redraw(err)(p.residencePage(c, unit, refused))
}

func (p *Pages) setHome(c *web.Ctx) error {
	var h Home
	err := c.Decode(&h)
	if err == nil {
		err = p.SetHome(c.Context(), c.Who, h)
	}
	return p.settled(c, h.Organization, err, "care.done.home", func(f *residenceForms) { f.home = c.Refill(err) })
}

func (p *Pages) ask(c *web.Ctx) error {
	var f struct {
		Organization string `form:"organization"`
		Year         int    `form:"year"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	n, err := p.Ask(c.Context(), c.Who, f.Organization, f.Year)
	if err != nil {
		return err
	}
	return c.Done(address("/care/residence", f.Organization, f.Year), "care.done.asked", "Count", n)
}

func (p *Pages) receive(c *web.Ctx) error {
	var r Resident
	err := c.Decode(&r)
	if err == nil {
		_, err = p.Receive(c.Context(), c.Who, r)
	}
	return p.settled(c, r.Organization, err, "care.done.received", func(f *residenceForms) { f.resident = c.Refill(err) })
}

// asked returns the comment of the address with its cell and the name of the member.
func (p *Pages) asked(c *web.Ctx) (k Comment, o organization.Organization, name string, err error) {
	if k, err = commentFor(c.Context(), p.DB, c.Who, c.Param("id")); err != nil {
		return k, o, "", err
	}
	if o, err = p.cell(c.Context(), p.DB, c.Who, k.Organization); err != nil {
		return k, o, "", err
	}
	names, err := member.Names(c.Context(), p.DB, k.Root, k.Member)
	return k, o, names[k.Member], err
}

func (p *Pages) comment(c *web.Ctx) error {
	page, err := p.commentPage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) commentPage(c *web.Ctx, refused func(*web.Form)) (web.Page, error) {
	k, o, name, err := p.asked(c)
	if err != nil {
		return web.Page{}, err
	}
	if k.Member != c.Who.Member {
		if err := p.Audit.Look(c.Context(), p.DB, c.Who, k.Root, viewed, k.Member); err != nil {
			return web.Page{}, err
		}
	}
	f := c.Fill(Reply{k.CameOn, k.Merits, k.Faults})
	if !k.Came() {
		f = c.Fill(Reply{On: p.today()})
	}
	if refused != nil {
		refused(&f)
	}
	way := append(crumbs(c), web.Crumb{Text: c.L.T("care.residence"), URL: address("/care/residence", o.ID, k.Year)})
	return web.Page{Title: name, Section: "care", Lead: c.L.T("care.comment.lead", "Year", k.Year), Crumbs: way, Body: commentBody(c.L, k, f, p.today())}, nil
}

func (p *Pages) answer(c *web.Ctx) error {
	var r Reply
	err := c.Decode(&r)
	var k Comment
	if err == nil {
		k, err = p.Answer(c.Context(), c.Who, c.Param("id"), r)
	}
	if err == nil {
		return c.Done(address("/care/residence", k.Organization, k.Year), "care.done.came")
	}
	if k := fault.Of(err).Kind; k != fault.Invalid {
		return err
	}
	return c.Redraw(err)(p.commentPage(c, func(f *web.Form) { *f = c.Refill(err) }))
}

func (p *Pages) commentPaper(c *web.Ctx) error {
	k, o, name, err := p.asked(c)
	if err != nil {
		return err
	}
	if err := p.Audit.Took(c.Context(), p.DB, c.Who, k.Root, viewed, k.Member); err != nil {
		return err
	}
	return send(c, commentDoc(o, name, k))
}

func (p *Pages) resident(c *web.Ctx) error {
	page, err := p.residentPage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) residentPage(c *web.Ctx, refused func(*web.Form)) (web.Page, error) {
	r, err := residentFor(c.Context(), p.DB, c.Who.Scope(Lead), c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	said, err := remarks(c.Context(), p.DB, r.Root, r.ID)
	if err != nil {
		return web.Page{}, err
	}
	f := c.Fill(Remark{Year: p.today().Year, On: p.today()})
	if len(said) > 0 && said[0].Year == p.today().Year {
		f = c.Fill(said[0])
	}
	if refused != nil {
		refused(&f)
	}
	way := append(crumbs(c), web.Crumb{Text: c.L.T("care.residence"), URL: address("/care/residence", r.Organization, 0)})
	return web.Page{Title: r.FullName, Section: "care", Lead: r.Cell, Crumbs: way, Body: residentBody(c.L, r, said, f)}, nil
}

func (p *Pages) say(c *web.Ctx) error {
	var k Remark
	err := c.Decode(&k)
	if err == nil {
		err = p.Say(c.Context(), c.Who, c.Param("id"), k)
	}
	if err == nil {
		return c.Done(Resident{ID: c.Param("id")}.Path(), "care.done.remarked")
	}
	if k := fault.Of(err).Kind; k != fault.Invalid {
		return err
	}
	return c.Redraw(err)(p.residentPage(c, func(f *web.Form) { *f = c.Refill(err) }))
}

func (p *Pages) letGo(c *web.Ctx) error {
	r, err := residentFor(c.Context(), p.DB, c.Who.Scope(Lead), c.Param("id"))
	if err == nil {
		err = p.LetGo(c.Context(), c.Who, r.ID)
	}
	if err != nil {
		return err
	}
	return c.Done(address("/care/residence", r.Organization, 0), "care.done.let_go")
}

// remarkPaper is the comment of the year that the address names.
func (p *Pages) remarkPaper(c *web.Ctx) error {
	r, err := residentFor(c.Context(), p.DB, c.Who.Scope(Lead), c.Param("id"))
	if err != nil {
		return err
	}
	o, err := p.cell(c.Context(), p.DB, c.Who, r.Organization)
	if err != nil {
		return err
	}
	said, err := remarks(c.Context(), p.DB, r.Root, r.ID)
	if err != nil {
		return err
	}
	year := c.QueryInt("year", p.today().Year)
	for _, k := range said {
		if k.Year == year {
			if err := p.Audit.Took(c.Context(), p.DB, c.Who, r.Root, "care.remark_taken", r.ID); err != nil {
				return err
			}
			return send(c, remarkDoc(o, r, k))
		}
	}
	return fault.New(fault.NotFound, "fault.not_found")
}

// send answers with a paper in the form that the address names.
func send(c *web.Ctx, d document.Doc) error {
	_, form, _ := strings.Cut(c.Param("paper"), ".")
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+form, form)
}
