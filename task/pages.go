package task

import (
	"context"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/member"
	"chibo/organization"
)

// Pages are the ledger of tasks and the page of a task.
type Pages struct {
	*Service
}

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /tasks", Need: MayRead, Do: p.list},
		{Pattern: "GET /tasks/new", Need: MayGive, Do: p.form},
		{Pattern: "POST /tasks", Need: MayGive, Do: p.give},
		{Pattern: "GET /tasks/{id}", Need: MayRead, Do: p.show},
		{Pattern: "POST /tasks/{id}/report", Need: MayRead, Do: p.report},
		{Pattern: "POST /tasks/{id}/urge", Need: MayGive, Do: p.urge},
		{Pattern: "POST /tasks/{id}/withdraw", Need: MayGive, Do: p.withdraw},
	}
}

// mine is the view of one's own tasks; the other views are Filters.
const mine = "mine"

func (p *Pages) list(c *web.Ctx) error {
	units, err := p.units(c, MayRead)
	if err != nil {
		return err
	}
	v := listView{units: units, unit: chosen(units, c.Query("unit")), view: c.Query("view"), day: p.now().Date()}
	if v.view == "" && c.Who.Member != "" {
		v.view = mine
	} else if !slices.Contains(Filters, Filter(v.view)) && v.view != mine {
		v.view = string(FilterOpen)
	}
	if v.unit != "" {
		filter := Filter(v.view)
		if v.view == mine {
			filter = FilterOpen
		}
		if v.tasks, v.tally, err = p.Ledger(c.Context(), c.Who, v.unit, filter); err != nil {
			return err
		}
		v.mayGive = c.Who.MayAt(MayGive, pathOf(units, v.unit))
	}
	if v.view == mine {
		if v.tasks, err = p.Mine(c.Context(), c.Who); err != nil {
			return err
		}
	}
	if v.names, err = p.names(c.Context(), v.tasks); err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("task.title"), Section: "tasks", Action: v.action(c.L), Body: v.body(c.L)})
}

// units returns the cells in which the person has the need.
func (p *Pages) units(c *web.Ctx, need access.Need) ([]organization.Organization, error) {
	all, err := organization.Under(c.Context(), p.DB, c.Who.Scope(need))
	day := p.now().Date()
	return slices.DeleteFunc(all, func(o organization.Organization) bool {
		return o.Level != organization.Cell || !o.OpenOn(day)
	}), err
}

// chosen returns the id asked for when it is one of the units, else the first.
func chosen(units []organization.Organization, id string) string {
	if pathOf(units, id) != "" {
		return id
	}
	if len(units) > 0 {
		return units[0].ID
	}
	return ""
}

func pathOf(units []organization.Organization, id string) string {
	for _, o := range units {
		if o.ID == id {
			return o.Path
		}
	}
	return ""
}

// names returns the names of the owners of tasks by id.
func (p *Pages) names(ctx context.Context, tasks []Task) (map[string]string, error) {
	byRoot := map[string][]string{}
	for _, t := range tasks {
		byRoot[t.Root] = append(byRoot[t.Root], t.Owners...)
	}
	all := map[string]string{}
	for root, ids := range byRoot {
		names, err := member.Names(ctx, p.DB, root, distinct(ids)...)
		if err != nil {
			return nil, err
		}
		for id, name := range names {
			all[id] = name
		}
	}
	return all, nil
}

func (p *Pages) form(c *web.Ctx) error {
	page, err := p.formPage(c, c.Query("unit"), part.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) formPage(c *web.Ctx, unit string, f part.Form) (web.Page, error) {
	units, err := p.units(c, MayGive)
	if err != nil {
		return web.Page{}, err
	}
	unit = chosen(units, unit)
	if unit == "" {
		return web.Page{}, fault.New(fault.NotFound, "fault.not_found")
	}
	o := units[slices.IndexFunc(units, func(o organization.Organization) bool { return o.ID == unit })]
	roll, err := member.Roll(c.Context(), p.DB, o.Root, o.ID, p.now().Date())
	if err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Title: c.L.T("task.new.title"), Section: "tasks", Lead: o.Name,
		Crumbs: []web.Crumb{{Text: c.L.T("task.title"), URL: "/tasks"}},
		Body:   draftForm(c.L, f, unit, roll),
	}, nil
}

func (p *Pages) give(c *web.Ctx) error {
	var d Draft
	err := c.Decode(&d)
	var t Task
	if err == nil {
		t, err = p.GiveUrgent(c.Context(), c.Who, d)
	}
	if err != nil {
		page, other := p.formPage(c, d.Organization, c.Refill(err))
		if other != nil {
			return other
		}
		return c.Again(err, page)
	}
	return c.Done(t.Path(), "task.done.given")
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.taskPage(c, forms{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// forms are the forms of the page of a task.
type forms struct{ report, urge, withdraw part.Form }

func (p *Pages) taskPage(c *web.Ctx, f forms) (web.Page, error) {
	t, history, path, err := p.Get(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	ids := slices.Clone(t.Owners)
	for _, e := range history {
		ids = append(ids, e.By, e.For)
	}
	names, err := member.Names(c.Context(), p.DB, t.Root, distinct(ids)...)
	if err != nil {
		return web.Page{}, err
	}
	gives := c.Who.MayAt(MayGive, path)
	v := taskView{
		task: t, history: history, names: names, day: p.now().Date(), forms: f, gives: gives,
		owns: t.OwnedBy(c.Who.Member), reports: t.Open() && (gives || t.OwnedBy(c.Who.Member) && c.Who.MayAt(MayReport, path)),
	}
	return web.Page{
		Title: t.Title, Section: "tasks", Crumbs: []web.Crumb{{Text: c.L.T("task.title"), URL: "/tasks"}}, Body: v.body(c.L),
	}, nil
}

// answer leads back to the page of a task when all is well, and shows it again with
// what was typed when a form has to be mended.
func (p *Pages) answer(c *web.Ctx, err error, done string, refused func(part.Form) forms) error {
	if err == nil {
		return c.Done("/tasks/"+c.Param("id"), done)
	}
	if !fault.Is(err, fault.Invalid) {
		return err // the form may not be there any more
	}
	page, other := p.taskPage(c, refused(c.Refill(err)))
	if other != nil {
		return other
	}
	return c.Again(err, page)
}

func (p *Pages) report(c *web.Ctx) error {
	var r Report
	err := c.Decode(&r)
	if err == nil {
		err = p.Report(c.Context(), c.Who, c.Param("id"), r)
	}
	return p.answer(c, err, "task.done.reported", func(f part.Form) forms { return forms{report: f} })
}

func (p *Pages) urge(c *web.Ctx) error {
	var f struct {
		Words string `form:"words"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Urge(c.Context(), c.Who, c.Param("id"), f.Words)
	}
	return p.answer(c, err, "task.done.urged", func(f part.Form) forms { return forms{urge: f} })
}

func (p *Pages) withdraw(c *web.Ctx) error {
	var f struct {
		Reason string `form:"reason"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Withdraw(c.Context(), c.Who, c.Param("id"), f.Reason)
	}
	return p.answer(c, err, "task.done.withdrawn", func(f part.Form) forms { return forms{withdraw: f} })
}

// HomePanel is the card of one's own tasks on the home page, nil for people who
// are on no roll.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if c.Who.Member == "" || !c.Who.May(MayRead) {
		return nil, nil
	}
	tasks, err := p.Mine(c.Context(), c.Who)
	if err != nil {
		return nil, err
	}
	return homeCard(c.L, tasks, p.now().Date()), nil
}

// MeetingPanel is the card of the tasks that a meeting gave, nil when it gave
// none or the person may not see them.
func (p *Pages) MeetingPanel(c *web.Ctx, meeting string) (g.Node, error) {
	tasks, err := ofMeetingInScope(c.Context(), p.DB, c.Who.Scope(MayRead), meeting)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	names, err := p.names(c.Context(), tasks)
	if err != nil {
		return nil, err
	}
	return meetingCard(c.L, tasks, names, p.now().Date()), nil
}
