package task

import (
	"slices"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/organization"
)

// The views of the page of tasks besides the filters.
const (
	viewMine        = "mine"
	viewResolutions = "resolutions"
)

// asked is what the address of a ledger asks for.
func asked(c *web.Ctx) (view string, want Query) {
	view = c.Query("view")
	switch {
	case view == "" && c.Who.Member != "":
		view = viewMine
	case !slices.Contains(Filters, Filter(view)) && view != viewMine && view != viewResolutions:
		view = string(FilterOpen)
	}
	want = Query{View: Filter(view), Owner: c.Query("owner"), Meeting: c.Query("meeting"), Words: c.Query("q")}
	if o := Origin(c.Query("origin")); slices.Contains(Origins, o) {
		want.Origin = o
	}
	return view, want
}

func (p *Pages) list(c *web.Ctx) error {
	units, err := p.units(c, MayRead)
	if err != nil {
		return err
	}
	v := listView{units: units, unit: chosen(units, c.Query("unit")), now: p.now()}
	v.view, v.want = asked(c)
	if v.unit == "" {
		v.view = viewMine // whoever sees no ledger has own tasks at most
	}
	v.mayGive = v.unit != "" && c.Who.MayAt(MayGive, pathOf(units, v.unit))
	switch v.view {
	case viewMine:
		v.tasks, err = p.Mine(c.Context(), c.Who)
	case viewResolutions:
		v.resolutions, err = p.Resolutions(c.Context(), c.Who, v.unit)
	default:
		err = p.fillLedger(c, &v)
	}
	if err != nil {
		return err
	}
	if v.names, err = p.names(c.Context(), v.tasks); err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("task.title"), Section: "tasks", Action: v.action(c.L), Body: v.body(c.L)})
}

// fillLedger reads the ledger of a unit and what the fields that narrow it offer.
func (p *Pages) fillLedger(c *web.Ctx, v *listView) error {
	tasks, o, figures, err := p.Ledger(c.Context(), c.Who, v.unit, v.want)
	if err != nil {
		return err
	}
	v.tally = figures
	v.tasks, v.hidden = tasks[:min(longest, len(tasks))], max(0, len(tasks)-longest)
	if v.given, err = p.Resolutions(c.Context(), c.Who, v.unit); err != nil {
		return err
	}
	v.people, err = p.roll(c.Context(), o.Root, o.ID)
	return err
}

// longest is how many tasks a page of the ledger shows at most.
const longest = 300

// whole reads the ledger that is printed or taken away.
func (p *Pages) whole(c *web.Ctx) (v tableView, o organization.Organization, err error) {
	units, err := p.units(c, MayRead)
	if err != nil {
		return v, o, err
	}
	unit := chosen(units, c.Query("unit"))
	if unit == "" {
		return v, o, fault.New(fault.NotFound, "fault.not_found")
	}
	view, want := asked(c)
	if view == viewMine || view == viewResolutions {
		want.View = FilterOpen
	}
	v.now, v.want = p.now(), want
	if v.tasks, o, _, err = p.Ledger(c.Context(), c.Who, unit, want); err != nil {
		return v, o, err
	}
	v.unit = o.Name
	v.names, err = p.names(c.Context(), v.tasks)
	return v, o, err
}

func (p *Pages) table(c *web.Ctx) error {
	v, _, err := p.whole(c)
	if err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: c.L.T("task.table.title"), Section: "tasks", Wide: true, Lead: v.lead(c.L),
		Crumbs: []web.Crumb{{Text: c.L.T("task.title"), URL: "/tasks"}}, Body: v.body(c.L),
	})
}

func (p *Pages) workbook(c *web.Ctx) error {
	v, o, err := p.whole(c)
	if err != nil {
		return err
	}
	if err := p.Audit.Took(c.Context(), p.DB, c.Who, o.Root, "task.list_taken", o.ID); err != nil {
		return err
	}
	return c.Sheet("so-viec-"+p.now().Date().String()+".xlsx", v.workbook(c.L))
}

// people prints the open tasks of a cell a person, for those who have no telephone
// to read them on.
func (p *Pages) people(c *web.Ctx) error {
	units, err := p.units(c, MayGive)
	if err != nil {
		return err
	}
	unit := chosen(units, c.Query("unit"))
	if unit == "" {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	tasks, o, _, err := p.Ledger(c.Context(), c.Who, unit, Query{View: FilterOpen})
	if err != nil {
		return err
	}
	people, err := p.roll(c.Context(), o.Root, o.ID)
	if err != nil {
		return err
	}
	if err := p.Audit.Look(c.Context(), p.DB, c.Who, o.Root, "task.people_viewed", o.ID); err != nil {
		return err
	}
	v := peopleView{unit: o.Name, people: people, tasks: tasks, now: p.now()}
	return c.Page(web.Page{
		Title: c.L.T("task.people.title"), Section: "tasks", Lead: o.Name,
		Crumbs: []web.Crumb{{Text: c.L.T("task.title"), URL: "/tasks"}}, Body: v.body(c.L),
	})
}
