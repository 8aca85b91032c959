package matter

import (
	"context"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Pages are the list of matters and the page of one.
type Pages struct {
	*Service
}

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /matters", Need: MayRead, Do: p.list},
		{Pattern: "GET /matters/new", Need: MayPass, Do: p.form},
		{Pattern: "POST /matters", Need: MayPass, Do: p.pass},
		{Pattern: "GET /matters/{id}", Need: MayRead, Do: p.show},
		{Pattern: "POST /matters/{id}/answer", Need: MayRead, Do: p.answer},
		{Pattern: "POST /matters/{id}/withdraw", Need: MayPass, Do: p.withdraw},
		{Pattern: "POST /matters/{id}/merge", Need: MayAnswer, Do: p.merge},
		{Pattern: "POST /matters/{id}/part", Need: MayAnswer, Do: p.part},
		{Pattern: "GET /matters.xlsx", Need: MayRead, Do: p.workbook},
	}
}

// longest is how many matters the list shows at most.
const longest = 300

// view is which matters the list shows: those in a state, or those for which the
// superior is late.
type view string

const late view = "late"

// views are the tabs of the list.
var views = []view{view(Waiting), late, view(Answered), view(Withdrawn)}

func (p *Pages) list(c *web.Ctx) error {
	v, err := p.read(c)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("matter.title"), Section: "matters", Lead: v.lead(c.L), Action: v.action(c.L), Body: v.body(c.L)})
}

// read reads the list that is asked for.
func (p *Pages) read(c *web.Ctx) (listView, error) {
	v := listView{view: view(Waiting), day: p.now().Date(), answers: c.Who.May(MayAnswer), passes: c.Who.May(MayPass)}
	if asked := view(c.Query("state")); slices.Contains(views, asked) {
		v.view = asked
	}
	sc := c.Who.Scope(MayRead).Near()
	if id := c.Query("cell"); id != "" {
		o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(MayRead), id)
		if err != nil {
			return v, err
		}
		v.cell, sc = o, access.Whole(o.Root, o.Path)
	}
	state := State(v.view)
	if v.view == late {
		state = Waiting
	}
	var err error
	if v.matters, err = list(c.Context(), p.DB, sc, state, longest); err != nil {
		return v, err
	}
	if v.view == late {
		v.matters = slices.DeleteFunc(v.matters, func(m placed) bool { return !m.Overdue(v.day) })
	}
	v.silence, err = countWaiting(c.Context(), p.DB, sc, v.day)
	return v, err
}

// workbook is the list as a table for the clerk.
func (p *Pages) workbook(c *web.Ctx) error {
	v, err := p.read(c)
	if err != nil {
		return err
	}
	return c.Sheet("phan-anh-"+v.day.String()+".xlsx", v.table(c.L))
}

// cells returns the cells in which the person has the need.
func (p *Pages) cells(c *web.Ctx, need access.Need) ([]organization.Organization, error) {
	return organization.CellsUnder(c.Context(), p.DB, c.Who.Scope(need).Near())
}

func (p *Pages) form(c *web.Ctx) error {
	page, err := p.formPage(c, part.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) formPage(c *web.Ctx, f part.Form) (web.Page, error) {
	cells, err := p.cells(c, MayPass)
	if err != nil {
		return web.Page{}, err
	}
	if len(cells) == 0 {
		return web.Page{}, fault.New(fault.NotFound, "fault.not_found")
	}
	cell := cells[0]
	for _, o := range cells {
		if o.ID == f.Value("organization") {
			cell = o
		}
	}
	roll, err := member.Roll(c.Context(), p.DB, cell.Root, cell.ID, p.now().Date())
	return web.Page{
		Title: c.L.T("matter.new.title"), Section: "matters", Lead: cell.Name,
		Crumbs: []web.Crumb{{Text: c.L.T("matter.title"), URL: "/matters"}}, Body: draftForm(c.L, f, cell.ID, roll),
	}, err
}

func (p *Pages) pass(c *web.Ctx) error {
	var d Draft
	err := c.Decode(&d)
	var m Matter
	if err == nil {
		m, err = p.Pass(c.Context(), c.Who, d)
	}
	if err != nil {
		return c.Redraw(err)(p.formPage(c, c.Refill(err)))
	}
	return c.Done(m.Path(), "matter.done.passed", "Name", m.Name())
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.matterPage(c, forms{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// forms are the forms of the page of a matter.
type forms struct{ answer, withdraw, merge part.Form }

// mostOffered is how many matters are offered to be treated as one with another.
const mostOffered = 60

func (p *Pages) matterPage(c *web.Ctx, f forms) (web.Page, error) {
	m, err := inScope(c.Context(), p.DB, c.Who.Scope(MayRead), c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := matterView{
		placed: m, day: p.now().Date(), forms: f,
		answers: c.Who.MayAt(MayAnswer, m.Path), passes: c.Who.MayAt(MayPass, m.Path),
	}
	if v.names, err = member.Names(c.Context(), p.DB, m.Root, m.Member, m.SentBy); err != nil {
		return web.Page{}, err
	}
	if v.bundle, err = bundled(c.Context(), p.DB, m.Bundle); err != nil {
		return web.Page{}, err
	}
	if v.answers && m.State == Waiting && m.ReceivedBy != "" {
		near, err := beside(c.Context(), p.DB, c.Who.Scope(MayAnswer), m.Matter, mostOffered)
		if err != nil {
			return web.Page{}, err
		}
		v.likely, v.others = likely(m.Matter, near)
	}
	return web.Page{
		Title: c.L.T("matter.name", "Name", m.Name()), Section: "matters", Lead: m.Cell,
		Crumbs: []web.Crumb{{Text: c.L.T("matter.title"), URL: "/matters"}}, Body: v.body(c.L),
	}, nil
}

// reply leads back to the page of a matter when all is well, and shows it again with
// what was typed when a form has to be mended.
func (p *Pages) reply(c *web.Ctx, err error, done string, refused func(part.Form) forms) error {
	return c.Reply(err, "/matters/"+c.Param("id"), done, func(f part.Form) (web.Page, error) { return p.matterPage(c, refused(f)) })
}

func (p *Pages) answer(c *web.Ctx) error {
	var r Reply
	err := c.Decode(&r)
	if err == nil {
		err = p.Answer(c.Context(), c.Who, c.Param("id"), r)
	}
	return p.reply(c, err, "matter.done.answered", func(f part.Form) forms { return forms{answer: f} })
}

func (p *Pages) withdraw(c *web.Ctx) error {
	var f struct {
		Reason string `form:"reason"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Withdraw(c.Context(), c.Who, c.Param("id"), f.Reason)
	}
	return p.reply(c, err, "matter.done.withdrawn", func(f part.Form) forms { return forms{withdraw: f} })
}

func (p *Pages) merge(c *web.Ctx) error {
	var f struct {
		With []string `form:"with"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Merge(c.Context(), c.Who, c.Param("id"), f.With...)
	}
	return p.reply(c, err, "matter.done.merged", func(f part.Form) forms { return forms{merge: f} })
}

func (p *Pages) part(c *web.Ctx) error {
	if err := p.Part(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/matters/"+c.Param("id"), "matter.done.parted")
}

// mostAtHome is how many matters the card of the home page shows.
const mostAtHome = 4

// HomePanel is the card, on the home page of the committee above, of the matters
// that wait for its answer; nil when none does.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	sc := c.Who.Scope(MayAnswer).Near()
	day := p.now().Date()
	silence, err := countWaiting(c.Context(), p.DB, sc, day)
	if err != nil || silence.Waiting == 0 {
		return nil, err
	}
	matters, err := list(c.Context(), p.DB, sc, Waiting, mostAtHome)
	if err != nil {
		return nil, err
	}
	return homeCard(c.L, silence, matters, day), nil
}

// PreparationPanel is the card, on the preparation page of a cell, of what it has
// passed up: the answers that have come since its last meeting, and what still
// waits. It trusts that the caller has checked the scope.
func (p *Pages) PreparationPanel(ctx context.Context, c *web.Ctx, root, cell string, since when.Instant) (g.Node, error) {
	matters, err := Standing(ctx, p.DB, root, cell, since)
	if err != nil || len(matters) == 0 {
		return nil, err
	}
	return preparationCard(c.L, matters, p.now().Date()), nil
}
