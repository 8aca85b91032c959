package collective

import (
	"cmp"
	"net/url"

	g "maragu.dev/gomponents"

	"chibo/kit/web"
	"chibo/meeting"
	"chibo/organization"
)

// shown is how many meetings of a collective its card shows.
const shown = 24

// Pages are the collectives beside a cell, their people and their meetings.
type Pages struct{ *Service }

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /collectives", Need: Keep, Do: p.index},
		{Pattern: "GET /collectives/people", Need: Keep, Do: p.sheet},
		{Pattern: "POST /collectives/people", Need: Keep, Do: p.save},
		{Pattern: "GET /collectives/new", Need: Keep, Do: p.new},
		{Pattern: "POST /collectives", Need: Keep, Do: p.convene},
		{Pattern: "GET /collectives/meetings/{id}", Need: Keep, Do: p.show},
		{Pattern: "GET /collectives/meetings/{id}/edit", Need: Keep, Do: p.edit},
		{Pattern: "POST /collectives/meetings/{id}/edit", Need: Keep, Do: p.revise},
		{Pattern: "POST /collectives/meetings/{id}/drop", Need: Keep, Do: p.drop},
	}
}

const section = "collectives"

// of names a collective in an address and in a form.
type of struct {
	Cell string       `form:"unit"`
	Kind meeting.Kind `form:"kind"`
}

// asked is the collective of an address; one that names no kind means the office.
func asked(c *web.Ctx) of {
	return of{c.Query("unit"), cmp.Or(meeting.Kind(c.Query("kind")), meeting.Professional)}
}

// address is a page of one collective.
func (a of) address(path string) string {
	q := url.Values{"unit": {a.Cell}}
	if a.Kind != "" {
		q.Set("kind", string(a.Kind))
	}
	return path + "?" + q.Encode()
}

func path(m meeting.Meeting) string { return "/collectives/meetings/" + m.ID }

func crumbs(c *web.Ctx, cell string) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("collective.title"), URL: of{Cell: cell}.address("/collectives")}}
}

func (p *Pages) index(c *web.Ctx) error {
	cells, o, err := organization.Cells(c.Context(), p.DB, c.Who.Scope(Keep), c.Query("unit"))
	if err != nil {
		return err
	}
	v := indexView{L: c.L, cells: cells, cell: o}
	for _, k := range Kinds {
		b, err := p.bodyOf(c, o, k)
		if err != nil {
			return err
		}
		v.bodies = append(v.bodies, b)
	}
	return c.Page(web.Page{Title: c.L.T("collective.title"), Section: section, Lead: o.Name, Body: v.body()})
}

// bodyOf reads what the card of a collective shows.
func (p *Pages) bodyOf(c *web.Ctx, o organization.Organization, k meeting.Kind) (bodyView, error) {
	b := bodyView{L: c.L}
	var err error
	if b.Collective, err = Find(c.Context(), p.DB, o.Root, o.ID, k); err != nil {
		return b, err
	}
	if b.people, err = People(c.Context(), p.DB, o.Root, o.ID, k); err != nil {
		return b, err
	}
	b.meetings, err = meeting.BesideOf(c.Context(), p.DB, o.Root, o.ID, k, shown)
	return b, err
}

// sheetPage is the form of a collective's head and people.
func (p *Pages) sheetPage(c *web.Ctx, a of, form func(Collective, []Person) (web.Form, error)) (web.Page, error) {
	k, people, err := p.kept(c.Context(), p.DB, c.Who, a.Cell, a.Kind)
	if err != nil {
		return web.Page{}, err
	}
	a.Cell = k.Organization
	f, err := form(k, people)
	return web.Page{
		Title: c.L.Of("collective.people.title", string(k.Kind)), Section: section, Crumbs: crumbs(c, a.Cell), Body: sheetForm(c.L, a, f),
	}, err
}

// sheet shows what stands written; where nobody is listed, the members of the cell are
// offered, who most often belong to it.
func (p *Pages) sheet(c *web.Ctx) error {
	page, err := p.sheetPage(c, asked(c), func(k Collective, people []Person) (web.Form, error) {
		if len(people) > 0 || k.Name != "" {
			return c.Fill(SheetOf(k, people)), nil
		}
		members, err := p.members(c.Context(), p.DB, k)
		return c.Fill(SheetOf(k, members)), err
	})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) save(c *web.Ctx) error {
	var f struct {
		of
		Sheet
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Save(c.Context(), c.Who, f.Cell, f.Kind, f.Sheet)
	}
	if err == nil {
		return c.Done(of{Cell: f.Cell}.address("/collectives"), "collective.done.saved")
	}
	return c.Redraw(err)(p.sheetPage(c, f.of, func(Collective, []Person) (web.Form, error) { return c.Refill(err), nil }))
}

// planPage is the form of a meeting that is new.
func (p *Pages) planPage(c *web.Ctx, a of, form func([]Person, []meeting.Meeting) (web.Form, error)) (web.Page, error) {
	k, people, err := p.kept(c.Context(), p.DB, c.Who, a.Cell, a.Kind)
	if err != nil {
		return web.Page{}, err
	}
	a.Cell = k.Organization
	last, err := meeting.BesideOf(c.Context(), p.DB, k.Root, k.Organization, k.Kind, 1)
	if err != nil {
		return web.Page{}, err
	}
	f, err := form(people, last)
	return web.Page{
		Title: c.L.Of("collective.new.title", string(k.Kind)), Section: section, Lead: k.Name, Crumbs: crumbs(c, a.Cell),
		Body: planForm(c.L, "/collectives", &a, people, f),
	}, err
}

// new offers a meeting as the last one was laid out.
func (p *Pages) new(c *web.Ctx) error {
	a := asked(c)
	page, err := p.planPage(c, a, func(people []Person, last []meeting.Meeting) (web.Form, error) {
		if len(last) == 0 {
			return c.Fill(First(a.Kind, p.today())), nil
		}
		items, err := meeting.Items(c.Context(), p.DB, last[0].Root, last[0].ID)
		return c.Fill(After(last[0], items, p.today())), err
	})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) convene(c *web.Ctx) error {
	var f struct {
		of
		Plan
	}
	err := c.Decode(&f)
	var m meeting.Meeting
	if err == nil {
		m, err = p.Convene(c.Context(), c.Who, f.Cell, f.Kind, f.Plan)
	}
	if err == nil {
		return c.Done(path(m), "collective.done.convened")
	}
	return c.Redraw(err)(p.planPage(c, f.of, func([]Person, []meeting.Meeting) (web.Form, error) { return c.Refill(err), nil }))
}

func (p *Pages) show(c *web.Ctx) error {
	m, o, err := p.held(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	b, err := p.bodyOf(c, o, m.Kind)
	if err != nil {
		return err
	}
	v := meetingView{L: c.L, Meeting: m, body: b}
	if v.items, err = meeting.Items(c.Context(), p.DB, m.Root, m.ID); err != nil {
		return err
	}
	return c.Page(web.Page{Title: m.Title, Section: section, Lead: b.Name, Crumbs: crumbs(c, o.ID), Action: v.action(), Body: v.page()})
}

// editPage is the form of a meeting that has not been opened.
func (p *Pages) editPage(c *web.Ctx, form func(meeting.Meeting, []meeting.Item) web.Form) (web.Page, error) {
	m, o, err := p.held(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	people, err := People(c.Context(), p.DB, m.Root, m.Organization, m.Kind)
	if err != nil {
		return web.Page{}, err
	}
	items, err := meeting.Items(c.Context(), p.DB, m.Root, m.ID)
	return web.Page{
		Title: c.L.T("collective.edit.title"), Section: section, Lead: m.Title,
		Crumbs: append(crumbs(c, o.ID), web.Crumb{Text: m.Title, URL: path(m)}), Body: planForm(c.L, path(m)+"/edit", nil, people, form(m, items)),
	}, err
}

func (p *Pages) edit(c *web.Ctx) error {
	page, err := p.editPage(c, func(m meeting.Meeting, items []meeting.Item) web.Form { return c.Fill(PlanOf(m, items)) })
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) revise(c *web.Ctx) error {
	var f Plan
	err := c.Decode(&f)
	if err == nil {
		err = p.Revise(c.Context(), c.Who, c.Param("id"), f)
	}
	if err == nil {
		return c.Done("/collectives/meetings/"+c.Param("id"), "collective.done.revised")
	}
	return c.Redraw(err)(p.editPage(c, func(meeting.Meeting, []meeting.Item) web.Form { return c.Refill(err) }))
}

func (p *Pages) drop(c *web.Ctx) error {
	m, o, err := p.held(c.Context(), p.DB, c.Who, c.Param("id"))
	if err == nil {
		err = p.Drop(c.Context(), c.Who, m.ID)
	}
	if err != nil {
		return err
	}
	return c.Done(of{Cell: o.ID}.address("/collectives"), "collective.done.dropped")
}

// HomePanel leads whoever keeps collectives to their meetings whose minutes are not sealed;
// nil where none is.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	home, ok := c.Who.Home()
	if !ok || !c.Who.MayAt(Keep, home.Path) {
		return nil, nil
	}
	all, err := meeting.BesideUnfinished(c.Context(), p.DB, home.Root, home.Organization)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return meetingsCard(c.L, c.L.T("collective.title"), all), nil
}
