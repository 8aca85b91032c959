package staging

import (
	"strings"

	"chibo/conference"
	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/organization"
)

// scriptRoutes are the routes of the script of a sitting and its cards.
func (p *Pages) scriptRoutes() []web.Route {
	const at = " /conferences/{id}/script/{sitting}"
	return []web.Route{
		{Pattern: "GET" + at, Need: conference.MayRead, Do: p.script},
		{Pattern: "GET" + at + "/run", Need: conference.MayRead, Do: p.run},
		{Pattern: "GET" + at + "/paper/{form}", Need: conference.MayRead, Do: p.paper},
		{Pattern: "POST" + at + "/master", Need: conference.Keep, Do: p.master},
		{Pattern: "POST" + at + "/draft", Need: conference.Keep, Do: p.draft},
		{Pattern: "POST" + at + "/appraisal", Need: conference.Direct, Do: p.appraise},
		{Pattern: "POST" + at + "/approve", Need: conference.Direct, Do: p.approve},
		{Pattern: "GET" + at + "/cards/new", Need: conference.Keep, Do: p.newCard},
		{Pattern: "POST" + at + "/cards", Need: conference.Keep, Do: p.putCard},
		{Pattern: "GET" + at + "/cards/{card}", Need: conference.Keep, Do: p.editCard},
		{Pattern: "POST" + at + "/cards/{card}", Need: conference.Keep, Do: p.putCard},
		{Pattern: "POST" + at + "/cards/{card}/remove", Need: conference.Keep, Do: p.dropCard},
	}
}

func at(c *web.Ctx) (conferenceID, sittingID string) { return c.Param("id"), c.Param("sitting") }

func (p *Pages) sheetOf(c *web.Ctx) (Sheet, error) {
	x, y := at(c)
	return p.Sheet(c.Context(), c.Who, x, y)
}

func (p *Pages) script(c *web.Ctx) error {
	page, err := p.scriptPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// scriptPage is the page of a script; the form of the master comes back as it was refused.
func (p *Pages) scriptPage(c *web.Ctx, refused web.Form) (web.Page, error) {
	sheet, err := p.sheetOf(c)
	if err != nil {
		return web.Page{}, err
	}
	v := scriptView{Sheet: sheet, l: c.L, master: refused}
	if v.Keeps {
		if v.people, err = p.staff(c.Context(), p.DB, v.Of); err != nil {
			return web.Page{}, err
		}
	}
	if v.Directs && v.Open() && !v.Appraisal.Asked && v.At.Meeting != "" {
		if v.appraisers, err = p.appraisers(c.Context(), v.Of); err != nil {
			return web.Page{}, err
		}
	}
	if !refused.Wrong() {
		v.master = c.Fill(mastering{v.Master, formOf(Duty{MemberRoot: v.MemberRoot, Member: v.Member}).Person})
	}
	return web.Page{
		Title: c.L.T("staging.script"), Section: section, Lead: v.At.Title + " · " + c.L.Moment(v.At.StartsAt),
		Crumbs: crumbs(c, Work{Conference: v.Of, Knows: v.Knows}), Action: v.action(), Body: v.body(),
	}, nil
}

// run shows the approved cards, one at a time where the browser can.
func (p *Pages) run(c *web.Ctx) error {
	sheet, err := p.sheetOf(c)
	if err != nil {
		return err
	}
	if sheet.Version == 0 {
		return fault.New(fault.Conflict, "staging.problem.not_approved")
	}
	return c.Page(web.Page{Title: c.L.T("staging.run.title"), Bare: true, Sheet: true, Body: runView{sheet, c.L}.body()})
}

func (p *Pages) paper(c *web.Ctx) error {
	sheet, err := p.sheetOf(c)
	if err != nil {
		return err
	}
	if sheet.Version == 0 {
		return fault.New(fault.Conflict, "staging.problem.not_approved")
	}
	o, err := organization.Find(c.Context(), p.DB, sheet.Of.Root, sheet.Of.Organization)
	if err != nil {
		return err
	}
	d := scriptDoc(o, sheet)
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+c.Param("form"), c.Param("form"))
}

// mastering is the form that names the master of ceremonies.
type mastering struct {
	Master string `form:"master"`
	Person string `form:"person"` // root/id; empty: nobody by name
}

func (p *Pages) master(c *web.Ctx) error {
	x, y := at(c)
	var f mastering
	err := c.Decode(&f)
	if err == nil {
		to := Script{Master: f.Master}
		to.MemberRoot, to.Member, _ = strings.Cut(f.Person, "/")
		err = p.Name(c.Context(), c.Who, x, y, to)
	}
	if err == nil {
		return c.Done(ScriptPath(x, y), "staging.done.named")
	}
	return c.Redraw(err)(p.scriptPage(c, c.Refill(err)))
}

func (p *Pages) draft(c *web.Ctx) error {
	x, y := at(c)
	if err := p.Write(c.Context(), c.Who, x, y); err != nil {
		return err
	}
	return c.Done(ScriptPath(x, y), "staging.done.drafted")
}

func (p *Pages) appraise(c *web.Ctx) error {
	x, y := at(c)
	var f struct {
		Appraisers []string `form:"appraisers"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Appraise(c.Context(), c.Who, x, y, f.Appraisers)
	}
	if err == nil {
		return c.Done(ScriptPath(x, y), "staging.done.appraisal")
	}
	return c.Redraw(err)(p.scriptPage(c, c.Refill(err)))
}

func (p *Pages) approve(c *web.Ctx) error {
	x, y := at(c)
	if err := p.Approve(c.Context(), c.Who, x, y); err != nil {
		return err
	}
	return c.Done(ScriptPath(x, y), "staging.done.approved")
}

func (p *Pages) newCard(c *web.Ctx) error {
	sheet, err := p.kept(c)
	if err != nil {
		return err
	}
	return c.Page(p.cardPage(c, sheet, "", c.Fill(Card{Position: len(sheet.Deck) + 1, Minutes: 5})))
}

// kept returns a script that the reader keeps.
func (p *Pages) kept(c *web.Ctx) (Sheet, error) {
	sheet, err := p.sheetOf(c)
	if err == nil && !sheet.Keeps {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return sheet, err
}

func (p *Pages) editCard(c *web.Ctx) error {
	sheet, err := p.kept(c)
	if err != nil {
		return err
	}
	k, err := book{deck: sheet.Deck}.card(c.Param("card"))
	if err != nil {
		return err
	}
	return c.Page(p.cardPage(c, sheet, k.ID, c.Fill(k)))
}

// cardPage is the form of a card, of a new one where id is empty.
func (p *Pages) cardPage(c *web.Ctx, sheet Sheet, id string, f web.Form) web.Page {
	title := c.L.T("staging.card.new")
	if id != "" {
		title = c.L.T("staging.card.edit")
	}
	trail := crumbs(c, Work{Conference: sheet.Of, Knows: sheet.Knows}, web.Crumb{Text: c.L.T("staging.script"), URL: sheet.Path()})
	return web.Page{Title: title, Section: section, Crumbs: trail, Body: cardView{sheet, c.L, id, f}.body()}
}

func (p *Pages) putCard(c *web.Ctx) error {
	x, y := at(c)
	k := Card{ID: c.Param("card")}
	err := c.Decode(&k)
	if err == nil {
		err = p.PutCard(c.Context(), c.Who, x, y, k)
	}
	if err == nil {
		return c.Done(ScriptPath(x, y), "staging.done.card")
	}
	if fault.Is(err, fault.NotFound) {
		return err
	}
	sheet, found := p.kept(c)
	if found != nil {
		return found
	}
	return c.Again(err, p.cardPage(c, sheet, c.Param("card"), c.Refill(err)))
}

func (p *Pages) dropCard(c *web.Ctx) error {
	x, y := at(c)
	if err := p.DropCard(c.Context(), c.Who, x, y, c.Param("card")); err != nil {
		return err
	}
	return c.Done(ScriptPath(x, y), "staging.done.card_removed")
}
