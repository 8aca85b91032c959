package theme

import (
	"context"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// Pages are the plan of a cell's year, the page of a theme, and the quarters of the
// cells that somebody follows.
type Pages struct {
	*Service
}

// Routes returns the routes of themes.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /themes", Need: Follow, Do: p.year},
		{Pattern: "GET /themes/cells", Need: Follow, Do: p.cells},
		{Pattern: "GET /themes/plan.pdf", Need: Read, Do: p.paper("pdf")},
		{Pattern: "GET /themes/plan.docx", Need: Read, Do: p.paper("docx")},
		{Pattern: "GET /themes/new", Need: Arrange, Do: p.newTheme},
		{Pattern: "POST /themes", Need: Arrange, Do: p.add},
		{Pattern: "GET /themes/{id}", Need: Read, Do: p.show},
		{Pattern: "GET /themes/{id}/edit", Need: Arrange, Do: p.edit},
		{Pattern: "POST /themes/{id}/edit", Need: Arrange, Do: p.revise},
		{Pattern: "POST /themes/{id}/delete", Need: Arrange, Do: p.delete},
		{Pattern: "POST /themes/{id}/approve", Need: Arrange, Do: p.approve},
		{Pattern: "POST /themes/{id}/take", Need: Arrange, Do: p.take},
		{Pattern: "POST /themes/{id}/rating", Need: Arrange, Do: p.rate},
		{Pattern: "POST /themes/{id}/files", Need: Read, Do: p.send, Takes: library.Papers},
		{Pattern: "POST /themes/{id}/files/{file}/remove", Need: Read, Do: p.withdraw},
		{Pattern: "GET /meetings/{id}/theme", Need: Read, Do: p.ofMeeting},
	}
}

const section = "themes"

// cell returns the cell asked for, else the reader's own.
func (p *Pages) cell(c *web.Ctx, need access.Need) (organization.Organization, error) {
	id := c.Query("cell")
	if home, ok := c.Who.Home(); id == "" && ok {
		id = home.Organization
	}
	return organization.GetCell(c.Context(), p.DB, c.Who.Scope(need), id)
}

// yearOf returns the year asked for, else this one.
func (p *Pages) yearOf(c *web.Ctx) (int, error) {
	year := c.QueryInt("year", p.now().Date().Year)
	if year < 1930 || year > 2200 {
		return 0, fault.New(fault.NotFound, "fault.not_found")
	}
	return year, nil
}

func (p *Pages) year(c *web.Ctx) error {
	o, err := p.cell(c, Read)
	if fault.Is(err, fault.NotFound) && c.Query("cell") == "" {
		return c.See("/themes/cells")
	}
	if err != nil {
		return err
	}
	year, err := p.yearOf(c)
	if err != nil {
		return err
	}
	v := yearView{L: c.L, Cell: o, Year: year, Today: p.now().Date(), Arranges: c.Who.MayAt(Arrange, o.Path)}
	if v.Entries, v.Quarters, err = p.laidOut(c.Context(), o, year); err != nil {
		return err
	}
	if v.Names, err = p.names(c.Context(), o.Root, v.Entries...); err != nil {
		return err
	}
	followed, err := p.followed(c)
	if err != nil {
		return err
	}
	v.Several = len(followed) > 1
	return c.Page(web.Page{Title: c.L.T("theme.year", "Year", year), Lead: o.Name, Section: section, Action: v.action(), Body: v.body()})
}

// laidOut returns the plan of a year of a cell and how its quarters stand.
func (p *Pages) laidOut(ctx context.Context, o organization.Organization, year int) ([]Entry, []Quarter, error) {
	first := when.Month{Year: year, Month: 1}
	entries, err := Plan(ctx, p.DB, o.Root, o.ID, first, first.Add(11))
	if err != nil {
		return nil, nil, err
	}
	meetings, err := meeting.Between(ctx, p.DB, o.Root, o.ID, first, first.Add(11))
	return entries, Quarters(year, meetings, entries, p.now().Date()), err
}

func (p *Pages) names(ctx context.Context, root string, entries ...Entry) (map[string]string, error) {
	var ids []string
	for _, e := range entries {
		ids = append(ids, e.Presenter, e.ApprovedBy, e.RatedBy)
	}
	return member.Names(ctx, p.DB, root, ids...)
}

// cells shows those who follow several cells how the quarters of each stand: form
// and dates, no titles.
func (p *Pages) cells(c *web.Ctx) error {
	year, err := p.yearOf(c)
	if err != nil {
		return err
	}
	followed, err := p.followed(c)
	if err != nil {
		return err
	}
	first, last := when.Month{Year: year, Month: 1}, when.Month{Year: year, Month: 12}
	plan, err := planOfAll(c.Context(), p.DB, c.Who.Scope(Follow).Near(), first, last)
	if err != nil {
		return err
	}
	meetings, err := thematic(c.Context(), p.DB, c.Who.Scope(Follow).Near(), first, last)
	if err != nil {
		return err
	}
	v := cellsView{L: c.L, Year: year, Cells: followed, Quarters: map[string][]Quarter{}, Reads: map[string]bool{}}
	for _, o := range followed {
		v.Reads[o.ID] = c.Who.MayAt(Read, o.Path)
		v.Quarters[o.ID] = Quarters(year,
			slices.DeleteFunc(slices.Clone(meetings), func(m meeting.Meeting) bool { return m.Organization != o.ID }),
			slices.DeleteFunc(slices.Clone(plan), func(e Entry) bool { return e.Organization != o.ID }), p.now().Date())
	}
	return c.Page(web.Page{Title: c.L.T("theme.cells", "Year", year), Lead: c.L.T("theme.cells_lead"), Section: section, Body: v.body()})
}

// followed returns the cells that the reader follows.
func (p *Pages) followed(c *web.Ctx) ([]organization.Organization, error) {
	return organization.CellsUnder(c.Context(), p.DB, c.Who.Scope(Follow).Near())
}

func (p *Pages) paper(form string) web.Handler {
	return func(c *web.Ctx) error {
		o, err := p.cell(c, Read)
		if err != nil {
			return err
		}
		y := yearPlan{Cell: o, Today: p.now().Date()}
		if y.Year, err = p.yearOf(c); err != nil {
			return err
		}
		if y.Entries, _, err = p.laidOut(c.Context(), o, y.Year); err != nil {
			return err
		}
		offices, err := organization.OfficesOn(c.Context(), p.DB, o.Root, o.ID, y.Today)
		if err != nil {
			return err
		}
		secretary := ""
		for _, f := range offices {
			if f.Post == organization.Secretary {
				secretary = f.Member
			}
		}
		if y.Names, err = p.names(c.Context(), o.Root, append(slices.Clone(y.Entries), Entry{Theme: Theme{Presenter: secretary}})...); err != nil {
			return err
		}
		y.Secretary, y.Committee = y.Names[secretary], Committee(offices)
		doc := y.doc()
		return document.Send(c, doc, doc.Name()+"."+form, form)
	}
}

// ownAhead is how many months before its meeting a theme stands on the home page of
// the one who is to present it.
const ownAhead = 5

// HomePanel says on the home page what of the reader's cell is due: the report that
// the reader is to write, and a quarter without a theme.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	home, ok := c.Who.Home()
	if !ok || !c.Who.MayAt(Read, home.Path) {
		return nil, nil
	}
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(Read), home.Organization)
	if err != nil || o.Level != organization.Cell {
		return nil, err
	}
	today := p.now().Date()
	quarter, err := QuarterOf(c.Context(), p.DB, o.Root, o.ID, today.In().Quarter(), today)
	if err != nil {
		return nil, err
	}
	plan, err := Plan(c.Context(), p.DB, o.Root, o.ID, today.In(), today.In().Add(ownAhead))
	if err != nil {
		return nil, err
	}
	v := homeView{L: c.L, Cell: o.ID, Quarter: quarter, Today: today, Arranges: c.Who.MayAt(Arrange, o.Path)}
	for _, e := range plan {
		if e.Presenter == c.Who.Member && c.Who.Member != "" && !e.State.Reached(meeting.Open) {
			v.Own = append(v.Own, e)
		}
	}
	return v.card(), nil
}

// MeetingPanel is the theme on the page of its meeting, or the planned one that the
// draft of its month does not treat yet.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || !c.Who.MayAt(Read, o.Path) {
		return nil, err
	}
	e, found, err := Of(ctx, p.DB, m.Root, m.ID)
	if err != nil {
		return nil, err
	}
	waits := false
	if !found && m.State == meeting.Draft && m.Kind.Regular() && c.Who.MayAt(Arrange, o.Path) {
		if e, found, err = waiting(ctx, p.DB, m.Root, m.Organization, m.Month, ""); err != nil {
			return nil, err
		}
		waits = true
		if found && m.Kind.Monthly() != (e.Kind == meeting.Combined) {
			found = false
		}
	}
	if !found {
		return nil, nil
	}
	names, err := p.names(ctx, m.Root, e)
	if err != nil {
		return nil, err
	}
	return panel(c.L, e, names, waits, p.now().Date()), nil
}

// ofMeeting leads from a meeting to its theme: the room links to it.
func (p *Pages) ofMeeting(c *web.Ctx) error {
	m, o, err := meeting.Visible(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	e, found, err := Of(c.Context(), p.DB, m.Root, m.ID)
	if err != nil {
		return err
	}
	if !found || !c.Who.MayAt(Read, o.Path) {
		return c.See(m.Path())
	}
	return c.See(e.Path())
}

// view gathers what the page of a theme shows to this reader.
func (p *Pages) view(c *web.Ctx, id string) (themeView, error) {
	e, path, err := inScope(c.Context(), p.DB, c.Who.Scope(Read), id)
	if err != nil {
		return themeView{}, err
	}
	v := themeView{Entry: e, L: c.L, Today: p.now().Date(), Arranges: c.Who.MayAt(Arrange, path), Opens: opens(c.Who, path, e), Sends: sends(c.Who, path, e) == nil}
	if v.Files, err = library.Files(c.Context(), p.DB, e.Root, FileUse, e.ID); err != nil {
		return v, err
	}
	if v.Cell, err = organization.Find(c.Context(), p.DB, e.Root, e.Organization); err != nil {
		return v, err
	}
	offices, err := organization.OfficesOn(c.Context(), p.DB, e.Root, e.Organization, p.now().Date())
	if err != nil {
		return v, err
	}
	v.Committee, v.Approves = Committee(offices), v.Arranges && approves(offices, c.Who.Member)
	if _, v.Takes, err = taker(c.Context(), p.DB, e); err != nil {
		return v, err
	}
	v.Names, err = p.names(c.Context(), e.Root, e)
	return v, err
}

func crumbs(c *web.Ctx, cell string, year int) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("theme.year", "Year", year), URL: yearURL(cell, year)}}
}

func (p *Pages) themePage(c *web.Ctx, forms map[string]part.Form) (web.Page, error) {
	v, err := p.view(c, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v.Forms = forms
	return web.Page{Title: v.Title, Lead: v.lead(), Crumbs: crumbs(c, v.Organization, v.Month.Year), Section: section, Action: v.action(), Body: v.body()}, nil
}
