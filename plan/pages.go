package plan

import (
	g "maragu.dev/gomponents"

	"chibo/document"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
)

// Pages are the plans of a committee, the page of each, and its report.
type Pages struct{ *Service }

const section = "plans"

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /plans", Need: Keep, Do: p.index},
		{Pattern: "GET /plans/new", Need: Make, Do: p.new},
		{Pattern: "POST /plans", Need: Make, Do: p.make},
		{Pattern: "GET /plans/{id}", Need: Keep, Do: p.show},
		{Pattern: "POST /plans/{id}/steps", Need: Make, Do: p.add},
		{Pattern: "POST /plans/{id}/progress", Need: Keep, Do: p.note},
		{Pattern: "GET /plans/{id}/report", Need: Make, Do: p.report},
		{Pattern: "POST /plans/{id}/report", Need: Make, Do: p.word},
		{Pattern: "GET /plans/{id}/paper/{form}", Need: Make, Do: p.paper},
	}
}

func crumbs(c *web.Ctx, more ...web.Crumb) []web.Crumb {
	return append([]web.Crumb{{Text: c.L.T("plan.title"), URL: "/plans"}}, more...)
}

// list reads how far plans are today.
func (p *Pages) list(c *web.Ctx, plans []Plan) (indexView, error) {
	v := indexView{l: c.L, makes: c.Who.May(Make), today: p.today(), plans: plans}
	for _, x := range plans {
		states, err := stateOn(c.Context(), p.DB, x, v.today)
		if err != nil {
			return v, err
		}
		v.states = append(v.states, states)
	}
	return v, nil
}

func (p *Pages) index(c *web.Ctx) error {
	plans, err := all(c.Context(), p.DB, c.Who.Scope(Keep))
	if err != nil {
		return err
	}
	v, err := p.list(c, plans)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("plan.title"), Section: section, Lead: c.L.T("plan.lead"), Action: v.action(), Body: v.body()})
}

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.newPage(c, c.Fill(Plan{Before: c.Query("before")}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) newPage(c *web.Ctx, f web.Form) (web.Page, error) {
	units, err := organization.CommitteesUnder(c.Context(), p.DB, c.Who.Scope(Make))
	if err != nil {
		return web.Page{}, err
	}
	v := newView{l: c.L, form: f, units: units}
	v.before, err = all(c.Context(), p.DB, c.Who.Scope(Make))
	return web.Page{Title: c.L.T("plan.new"), Section: section, Crumbs: crumbs(c), Body: v.body()}, err
}

func (p *Pages) make(c *web.Ctx) error {
	var x Plan
	err := c.Decode(&x)
	if err == nil {
		x, err = p.Make(c.Context(), c.Who, x)
	}
	if err == nil {
		return c.Done(x.Path(), "plan.done.made")
	}
	return c.Redraw(err)(p.newPage(c, c.Refill(err)))
}

// day is the day that a page is asked for, today by default.
func (p *Pages) day(c *web.Ctx) when.Date {
	if d, err := when.ParseDate(c.Query("on")); err == nil {
		return d
	}
	return p.today()
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.page(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// page is the page of a plan; the form of a card comes back as it was refused.
func (p *Pages) page(c *web.Ctx, card string, refused web.Form) (web.Page, error) {
	sheet, err := p.View(c.Context(), c.Who, c.Param("id"), p.day(c))
	if err != nil {
		return web.Page{}, err
	}
	v := sheetView{Sheet: sheet, l: c.L, today: p.today(), card: card, refused: refused}
	return web.Page{Title: v.Title, Section: section, Lead: v.lead(), Crumbs: crumbs(c), Action: v.action(), Body: v.body()}, nil
}

// done answers a change of a plan, or shows the form of its card again.
func (p *Pages) done(c *web.Ctx, err error, card, key string) error {
	if err == nil {
		return c.Done(Plan{ID: c.Param("id")}.Path(), key)
	}
	return c.Redraw(err)(p.page(c, card, c.Refill(err)))
}

func (p *Pages) add(c *web.Ctx) error {
	var x Step
	err := c.Decode(&x)
	if err == nil {
		err = p.Add(c.Context(), c.Who, c.Param("id"), x)
	}
	return p.done(c, err, "step", "plan.done.step")
}

func (p *Pages) note(c *web.Ctx) error {
	var x Progress
	err := c.Decode(&x)
	if err == nil {
		err = p.Note(c.Context(), c.Who, c.Param("id"), x)
	}
	return p.done(c, err, "progress", "plan.done.progress")
}

func (p *Pages) report(c *web.Ctx) error {
	sheet, err := p.View(c.Context(), c.Who, c.Param("id"), p.day(c))
	if err != nil {
		return err
	}
	return c.Page(p.reportPage(c, sheet, c.Fill(sheet.Report)))
}

func (p *Pages) reportPage(c *web.Ctx, sheet Sheet, f web.Form) web.Page {
	v := reportView{Sheet: sheet, l: c.L, form: f}
	return web.Page{
		Title: c.L.T("plan.report"), Section: section, Lead: c.L.T("plan.on", "Day", sheet.On.Slashed()),
		Crumbs: crumbs(c, web.Crumb{Text: sheet.Title, URL: sheet.Path()}), Body: v.body(),
	}
}

func (p *Pages) word(c *web.Ctx) error {
	var r Report
	err := c.Decode(&r)
	if err == nil {
		err = p.Word(c.Context(), c.Who, c.Param("id"), r)
	}
	if err == nil {
		return c.Done(address(c.Param("id"), "", r.On), "plan.done.reported")
	}
	if r.On.IsZero() {
		r.On = p.today()
	}
	sheet, other := p.View(c.Context(), c.Who, c.Param("id"), r.On)
	if other != nil {
		return other
	}
	return c.Again(err, p.reportPage(c, sheet, c.Refill(err)))
}

// address is a page of a plan on a day.
func address(planID, path string, on when.Date) string {
	return Plan{ID: planID}.Path() + path + "?on=" + on.String()
}

func (p *Pages) paper(c *web.Ctx) error {
	v, err := p.View(c.Context(), c.Who, c.Param("id"), p.day(c))
	if err != nil {
		return err
	}
	d := reportDoc(v)
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+c.Param("form"), c.Param("form"))
}

// HomePanel shows a committee how its running plans stand; nil where there is none.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(Keep) {
		return nil, nil
	}
	plans, err := running(c.Context(), p.DB, c.Who.Scope(Keep).Near(), p.today())
	if err != nil || len(plans) == 0 {
		return nil, err
	}
	v, err := p.list(c, plans)
	if err != nil {
		return nil, err
	}
	return v.homeCard(), nil
}
