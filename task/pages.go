package task

import (
	"context"
	"slices"

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
		{Pattern: "GET /tasks/table", Need: MayRead, Do: p.table},
		{Pattern: "GET /tasks/ledger.xlsx", Need: MayRead, Do: p.workbook, Mass: true},
		{Pattern: "GET /tasks/people", Need: MayGive, Do: p.people},
		{Pattern: "GET /tasks/charges", Need: MayRead, Do: p.chargeList},
		{Pattern: "POST /tasks/charges", Need: MayRead, Do: p.reportCharge},
		{Pattern: "GET /tasks/new", Need: MayGive, Do: p.form},
		{Pattern: "POST /tasks", Need: MayGive, Do: p.give},
		{Pattern: "GET /tasks/{id}", Need: MayRead, Do: p.show},
		{Pattern: "GET /tasks/{id}/change", Need: MayGive, Do: p.changing},
		{Pattern: "POST /tasks/{id}/change", Need: MayGive, Do: p.change},
		{Pattern: "POST /tasks/{id}/report", Need: MayRead, Do: p.report},
		{Pattern: "POST /tasks/{id}/help", Need: MayGive, Do: p.help},
		{Pattern: "POST /tasks/{id}/urge", Need: MayGive, Do: p.urge},
		{Pattern: "POST /tasks/{id}/withdraw", Need: MayGive, Do: p.withdraw},
	}
}

// units returns the cells in which the person has the need.
func (p *Pages) units(c *web.Ctx, need access.Need) ([]organization.Organization, error) {
	return organization.CellsUnder(c.Context(), p.DB, c.Who.Scope(need).Near())
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
		names, err := member.Names(ctx, p.DB, root, ids...)
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
	people, err := p.roll(c.Context(), o.Root, o.ID)
	return web.Page{
		Title: c.L.T("task.new.title"), Section: "tasks", Lead: o.Name,
		Crumbs: []web.Crumb{{Text: c.L.T("task.title"), URL: "/tasks"}},
		Body:   giveForm(c.L, f, unit, people),
	}, err
}

// roll returns those of a unit to whom a task can be given today.
func (p *Pages) roll(ctx context.Context, root, unit string) ([]part.Option, error) {
	roll, err := member.Roll(ctx, p.DB, root, unit, p.now().Date())
	people := make([]part.Option, len(roll))
	for i, e := range roll {
		people[i] = part.Option{Value: e.ID, Text: e.FullName}
	}
	return people, err
}

func (p *Pages) give(c *web.Ctx) error {
	var d Draft
	err := c.Decode(&d)
	var t Task
	if err == nil {
		t, err = p.GiveBetween(c.Context(), c.Who, d)
	}
	if err != nil {
		return c.Redraw(err)(p.formPage(c, d.Organization, c.Refill(err)))
	}
	return c.Done(t.Path(), "task.done.given")
}

func (p *Pages) changing(c *web.Ctx) error {
	t, _, _, err := p.Get(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	page, err := p.changePage(c, t, c.Fill(DraftOf(t)))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) changePage(c *web.Ctx, t Task, f part.Form) (web.Page, error) {
	people, err := p.roll(c.Context(), t.Root, t.Organization)
	return web.Page{
		Title: c.L.T("task.change.title"), Section: "tasks", Lead: t.Title,
		Crumbs: []web.Crumb{{Text: c.L.T("task.title"), URL: "/tasks"}, {Text: t.Title, URL: t.Path()}},
		Body:   changeForm(c.L, f, t, people),
	}, err
}

func (p *Pages) change(c *web.Ctx) error {
	var d Draft
	err := c.Decode(&d)
	if err == nil {
		err = p.Adjust(c.Context(), c.Who, c.Param("id"), d)
	}
	if err == nil {
		return c.Done("/tasks/"+c.Param("id"), "task.done.changed")
	}
	t, _, _, other := p.Get(c.Context(), c.Who, c.Param("id"))
	if other != nil {
		return other
	}
	return c.Redraw(err)(p.changePage(c, t, c.Refill(err)))
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.taskPage(c, forms{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// forms are the forms of the page of a task.
type forms struct{ report, help, urge, withdraw part.Form }

func (p *Pages) taskPage(c *web.Ctx, f forms) (web.Page, error) {
	t, history, path, err := p.Get(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	ids := slices.Clone(t.Owners)
	for _, e := range history {
		ids = append(append(ids, e.By, e.For), e.Owners...)
	}
	names, err := member.Names(c.Context(), p.DB, t.Root, ids...)
	if err != nil {
		return web.Page{}, err
	}
	gives := c.Who.MayAt(MayGive, path)
	v := taskView{
		task: t, history: history, names: names, now: p.now(), forms: f, gives: gives,
		owns: t.OwnedBy(c.Who.Member), reports: t.Open() && (gives || t.OwnedBy(c.Who.Member) && c.Who.MayAt(MayReport, path)),
	}
	return web.Page{
		Title: t.Title, Section: "tasks", Crumbs: []web.Crumb{{Text: c.L.T("task.title"), URL: "/tasks"}}, Body: v.body(c.L),
	}, nil
}

// answer leads back to the page of a task when all is well, and shows it again with
// what was typed when a form has to be mended.
func (p *Pages) answer(c *web.Ctx, err error, done string, refused func(part.Form) forms) error {
	return c.Reply(err, "/tasks/"+c.Param("id"), done, func(f part.Form) (web.Page, error) { return p.taskPage(c, refused(f)) })
}

func (p *Pages) report(c *web.Ctx) error {
	var r Report
	err := c.Decode(&r)
	if err == nil {
		err = p.Report(c.Context(), c.Who, c.Param("id"), r)
	}
	return p.answer(c, err, "task.done.reported", func(f part.Form) forms { return forms{report: f} })
}

func (p *Pages) help(c *web.Ctx) error {
	var f struct {
		Answer string `form:"answer"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Help(c.Context(), c.Who, c.Param("id"), f.Answer)
	}
	return p.answer(c, err, "task.done.helped", func(f part.Form) forms { return forms{help: f} })
}

func (p *Pages) urge(c *web.Ctx) error {
	var u Urging
	err := c.Decode(&u)
	if err == nil {
		err = p.Urge(c.Context(), c.Who, c.Param("id"), u)
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
