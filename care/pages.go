package care

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Pages are what a committee cares for, and what is written of oneself.
type Pages struct{ *Service }

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /care", Need: See, Do: p.index},
		{Pattern: "GET /care/mine", Need: See, Do: p.mine},
		{Pattern: "GET /care/new", Need: Lead, Do: p.new},
		{Pattern: "POST /care", Need: Lead, Do: p.enter},
		{Pattern: "GET /care/hardships/{id}", Need: See, Do: p.show, Record: true},
		{Pattern: "POST /care/hardships/{id}/deeds", Need: Lead, Do: p.help},
		{Pattern: "POST /care/hardships/{id}/close", Need: Lead, Do: p.close},
		{Pattern: "GET /care/visits/new", Need: Lead, Do: p.newVisit},
		{Pattern: "POST /care/visits", Need: Lead, Do: p.visit},
		{Pattern: "POST /care/deeds/{id}/given", Need: Lead, Do: p.given},
		{Pattern: "POST /care/deeds/{id}/drop", Need: Lead, Do: p.drop},
		{Pattern: "GET /care/families", Need: Lead, Do: p.families},
		{Pattern: "POST /care/families", Need: Lead, Do: p.setFamilies},
		{Pattern: "GET /care/residence", Need: Lead, Do: p.residence},
		{Pattern: "POST /care/homes", Need: Lead, Do: p.setHome},
		{Pattern: "POST /care/comments", Need: Lead, Do: p.ask},
		{Pattern: "GET /care/comments/{id}", Need: Lead, Do: p.comment, Record: true},
		{Pattern: "POST /care/comments/{id}", Need: Lead, Do: p.answer},
		{Pattern: "GET /care/comments/{id}/{paper}", Need: Lead, Do: p.commentPaper, Mass: true},
		{Pattern: "POST /care/residents", Need: Lead, Do: p.receive},
		{Pattern: "GET /care/residents/{id}", Need: Lead, Do: p.resident},
		{Pattern: "POST /care/residents/{id}/remark", Need: Lead, Do: p.say},
		{Pattern: "POST /care/residents/{id}/left", Need: Lead, Do: p.letGo},
		{Pattern: "GET /care/residents/{id}/{paper}", Need: Lead, Do: p.remarkPaper, Mass: true},
	}
}

// led returns the cells that somebody leads and the one asked for.
func (p *Pages) led(c *web.Ctx, asked string) ([]organization.Organization, organization.Organization, error) {
	return organization.Cells(c.Context(), p.DB, c.Who.Scope(Lead), asked)
}

func crumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("care.title"), URL: "/care"}}
}

// address is a page of one cell and, where a year is given, one year.
func address(path, cell string, year int) string {
	q := url.Values{"unit": {cell}}
	if year != 0 {
		q.Set("year", strconv.Itoa(year))
	}
	return path + "?" + q.Encode()
}

func (p *Pages) index(c *web.Ctx) error {
	if !c.Who.May(Lead) {
		return c.See("/care/mine")
	}
	cells, o, err := p.led(c, c.Query("unit"))
	if err != nil {
		return err
	}
	all, err := p.Look(c.Context(), c.Who, o.ID, c.QueryInt("year", p.today().Year))
	if err != nil {
		return err
	}
	v := overviewView{Overview: all, cells: cells}
	return c.Page(web.Page{Title: c.L.T("care.title"), Section: "care", Lead: c.L.T("care.lead", "Cell", o.Name), Action: v.action(c.L), Body: v.body(c.L)})
}

func (p *Pages) mine(c *web.Ctx) error {
	own, err := p.OfMine(c.Context(), c.Who)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("care.mine.title"), Section: "care", Lead: c.L.T("care.mine.lead"), Body: ownBody(c.L, own)})
}

// formPage is a page with a form about somebody of the roll of a cell.
func (p *Pages) formPage(c *web.Ctx, unit, title string, f web.Form, body func(f web.Form, cell string, roll []member.Entry) g.Node) (web.Page, error) {
	_, o, err := p.led(c, unit)
	if err != nil {
		return web.Page{}, err
	}
	roll, err := member.Roll(c.Context(), p.DB, o.Root, o.ID, p.today())
	return web.Page{Title: title, Section: "care", Lead: o.Name, Crumbs: crumbs(c), Body: body(f, o.ID, roll)}, err
}

func (p *Pages) newPage(c *web.Ctx, unit string, f web.Form) (web.Page, error) {
	return p.formPage(c, unit, c.L.T("care.new.title"), f, func(f web.Form, cell string, roll []member.Entry) g.Node {
		return hardshipForm(c.L, f, cell, roll)
	})
}

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.newPage(c, c.Query("unit"), c.Fill(Hardship{Member: c.Query("member"), Since: p.today()}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) enter(c *web.Ctx) error {
	var h Hardship
	err := c.Decode(&h)
	if err == nil {
		h, err = p.Enter(c.Context(), c.Who, h)
	}
	if err == nil {
		return c.Done(h.Path(), "care.done.entered")
	}
	return c.Redraw(err)(p.newPage(c, h.Organization, c.Refill(err)))
}

func (p *Pages) visitPage(c *web.Ctx, unit string, f web.Form) (web.Page, error) {
	return p.formPage(c, unit, c.L.T("care.visit.title"), f, func(f web.Form, cell string, roll []member.Entry) g.Node {
		return visitForm(c.L, f, cell, roll)
	})
}

func (p *Pages) newVisit(c *web.Ctx) error {
	page, err := p.visitPage(c, c.Query("unit"), c.Fill(Deed{DecidedOn: p.today()}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) visit(c *web.Ctx) error {
	var d Deed
	err := c.Decode(&d)
	if err == nil {
		err = p.Do(c.Context(), c.Who, "", d)
	}
	if err == nil {
		return c.Done(address("/care", d.Organization, 0), "care.done.visit")
	}
	return c.Redraw(err)(p.visitPage(c, d.Organization, c.Refill(err)))
}

// sheetForms are the forms of the page of a hardship.
type sheetForms struct{ help, close web.Form }

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.sheetPage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) sheetPage(c *web.Ctx, refused func(*sheetForms)) (web.Page, error) {
	sheet, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	f := sheetForms{help: c.Fill(Deed{DecidedOn: p.today()}), close: c.Fill(ending{On: p.today()})}
	if refused != nil {
		refused(&f)
	}
	title := sheet.Name
	if !sheet.Leads {
		title = c.L.T("care.mine.one")
	}
	return web.Page{Title: title, Section: "care", Lead: c.L.Of("care.kind", string(sheet.Kind)), Crumbs: crumbs(c), Body: sheetView{sheet, f}.body(c.L)}, nil
}

// on leads back to the page of a hardship, or shows it again with what was refused.
func (p *Pages) on(c *web.Ctx, err error, done string, refused func(*sheetForms)) error {
	if err == nil {
		return c.Done(Hardship{ID: c.Param("id")}.Path(), done)
	}
	if k := fault.Of(err).Kind; k != fault.Invalid && k != fault.Conflict {
		return err
	}
	return c.Redraw(err)(p.sheetPage(c, refused))
}

func (p *Pages) help(c *web.Ctx) error {
	var d Deed
	err := c.Decode(&d)
	if err == nil {
		err = p.Do(c.Context(), c.Who, c.Param("id"), d)
	}
	return p.on(c, err, "care.done.decided", func(f *sheetForms) { f.help = c.Refill(err) })
}

// ending is what the form asks for that closes a hardship.
type ending struct {
	On      when.Date `form:"on"`
	Outcome string    `form:"outcome"`
}

func (p *Pages) close(c *web.Ctx) error {
	var f ending
	err := c.Decode(&f)
	if err == nil {
		err = p.Close(c.Context(), c.Who, c.Param("id"), f.On, f.Outcome)
	}
	return p.on(c, err, "care.done.closed", func(forms *sheetForms) { forms.close = c.Refill(err) })
}

// back leads to where a deed stands.
func (d Deed) back() string {
	if d.Hardship != "" {
		return Hardship{ID: d.Hardship}.Path()
	}
	return address("/care", d.Organization, 0)
}

func (p *Pages) given(c *web.Ctx) error {
	d, err := p.Give(c.Context(), c.Who, c.Param("id"), when.Date{})
	if err != nil {
		return err
	}
	return c.Done(d.back(), "care.done.given")
}

func (p *Pages) drop(c *web.Ctx) error {
	d, err := p.Drop(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Done(d.back(), "care.done.dropped")
}

func (p *Pages) families(c *web.Ctx) error {
	_, o, err := p.led(c, c.Query("unit"))
	if err != nil {
		return err
	}
	v, err := p.Families(c.Context(), c.Who, o.ID, c.QueryInt("year", p.today().Year))
	if err != nil {
		return err
	}
	if err := p.Audit.Look(c.Context(), p.DB, c.Who, o.Root, listViewed, o.ID); err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: c.L.T("care.family.title", "Year", v.Year), Section: "care", Lead: o.Name, Crumbs: crumbs(c),
		Body: familiesBody(c.L, v, p.today().Year),
	})
}

func (p *Pages) setFamilies(c *web.Ctx) error {
	var f struct {
		Organization string   `form:"organization"`
		Year         int      `form:"year"`
		Cultured     []string `form:"cultured"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	if err := p.SetFamilies(c.Context(), c.Who, f.Organization, f.Year, f.Cultured); err != nil {
		return err
	}
	return c.Done(address("/care/families", f.Organization, f.Year), "care.done.families")
}

// HomePanel is the card of the home page of a committee: what it has decided and not
// done, and which comments are overdue. It has no names; nil where nothing waits.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(Lead) {
		return nil, nil
	}
	n, err := countWaiting(c.Context(), p.DB, c.Who.Scope(Lead), p.today())
	if err != nil || n == (Waiting{}) {
		return nil, err
	}
	return homeCard(c.L, n), nil
}

// UnitPanel is the card on the page of a cell that leads its committee to what it cares
// for; nil for everybody else.
func (p *Pages) UnitPanel(c *web.Ctx, o organization.Organization) g.Node {
	if o.Level != organization.Cell || !c.Who.MayAt(Lead, o.Path) {
		return nil
	}
	return part.Card(part.CardHead(c.L.T("care.title")), tools(c.L, o.ID))
}

// YearPanel is the card beside the rating of a member: the comment of the place of
// residence for the year and the title of the family. It shows to the committee of the
// cell and to the member; nil for everybody else, and where there is nothing.
func (p *Pages) YearPanel(c *web.Ctx, o organization.Organization, memberID string, first, _ when.Date) (g.Node, error) {
	own := c.Who.Root == o.Root && c.Who.Member == memberID
	if memberID == "" || !own && !c.Who.MayAt(Lead, o.Path) {
		return nil, nil
	}
	said, err := commentsOf(c.Context(), p.DB, o.Root, memberID)
	if err != nil {
		return nil, err
	}
	families, err := familyYears(c.Context(), p.DB, o.Root, memberID)
	if err != nil {
		return nil, err
	}
	return yearCard(c.L, first.Year, said, families), nil
}
