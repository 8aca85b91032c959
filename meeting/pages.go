package meeting

import (
	"context"
	"slices"
	"strconv"

	g "maragu.dev/gomponents"

	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/matter"
	"chibo/member"
	"chibo/notice"
	"chibo/organization"
	"chibo/task"
)

// Panel is what a feature that comes after meetings shows on the page of a
// meeting, nil when there is nothing.
type Panel func(ctx context.Context, c *web.Ctx, meetingID string) (g.Node, error)

// Pages are the pages of meetings.
type Pages struct {
	*Service
	Panels []Panel
}

// Routes returns the routes of meetings.
func (p *Pages) Routes() []web.Route {
	return slices.Concat([]web.Route{
		{Pattern: "GET /meetings", Need: Follow, Do: p.year},
		{Pattern: "GET /meetings/cells", Need: Follow, Do: p.cells},
		{Pattern: "GET /meetings/new", Need: Prepare, Do: p.newMeeting},
		{Pattern: "POST /meetings", Need: Prepare, Do: p.convene},
		{Pattern: "GET /meetings/{id}", Need: Follow, Do: p.show},
		{Pattern: "GET /meetings/{id}/edit", Need: Prepare, Do: p.edit},
		{Pattern: "POST /meetings/{id}/edit", Need: Prepare, Do: p.revise},
		{Pattern: "POST /meetings/{id}/delete", Need: Prepare, Do: p.delete},
	}, p.agendaRoutes(), p.preparationRoutes(), p.paperRoutes(), p.noticeRoutes())
}

const section = "meetings"

func crumbs(c *web.Ctx, m Meeting) []web.Crumb {
	steps := []web.Crumb{{Text: c.L.T("meeting.title"), URL: "/meetings?cell=" + m.Organization}}
	return append(steps, web.Crumb{Text: m.Title, URL: m.Path()})
}

// year shows the year of one cell: the one asked for, else the reader's own.
func (p *Pages) year(c *web.Ctx) error {
	id := c.Query("cell")
	if home, ok := c.Who.Home(); id == "" && ok {
		id = home.Organization
	}
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(Follow), id)
	if err != nil && c.Query("cell") != "" {
		return err
	}
	if err != nil || o.Level != organization.Cell {
		return c.See("/meetings/cells")
	}
	v := yearView{Cell: o, Year: c.QueryInt("year", p.now().Date().Year), Today: p.now().Date(), Prepares: c.Who.MayAt(Prepare, o.Path)}
	if v.Year < 1930 || v.Year > 2200 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if v.Slots, err = p.slots(c, v); err != nil {
		return err
	}
	if v.Several, err = p.severalCells(c); err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("meeting.year", "Year", v.Year), Lead: o.Name, Section: section, Action: v.action(c.L), Body: v.body(c.L)})
}

// slots lays out the year as the reader may see it: drafts only for those who
// prepare them.
func (p *Pages) slots(c *web.Ctx, v yearView) ([]Slot, error) {
	first := when.Month{Year: v.Year, Month: 1}
	meetings, err := Between(c.Context(), p.DB, v.Cell.Root, v.Cell.ID, first, first.Add(11))
	if err != nil {
		return nil, err
	}
	if !v.Prepares {
		meetings = slices.DeleteFunc(meetings, func(m Meeting) bool { return m.State == Draft })
	}
	settings := map[when.Date]organization.Settings{}
	for i := range 12 {
		day := first.Add(i).First()
		if settings[day], err = organization.SettingsOn(c.Context(), p.DB, v.Cell.Root, v.Cell.ID, day); err != nil {
			return nil, err
		}
	}
	return Year(v.Year, func(d when.Date) organization.Settings { return settings[d] }, meetings), nil
}

func (p *Pages) severalCells(c *web.Ctx) (bool, error) {
	cells, err := p.cellsOf(c)
	return len(cells) > 1, err
}

func (p *Pages) cellsOf(c *web.Ctx) ([]organization.Organization, error) {
	return organization.CellsUnder(c.Context(), p.DB, c.Who.Scope(Follow).Near())
}

// cells lists the cells that the reader follows, with the month's meeting of each.
func (p *Pages) cells(c *web.Ctx) error {
	v := cellsView{Month: p.now().Date().In(), Prepares: map[string]bool{}, Meetings: map[string]Meeting{}}
	if m, err := when.ParseMonth(c.Query("month")); err == nil {
		v.Month = m
	}
	var err error
	if v.Cells, err = p.cellsOf(c); err != nil {
		return err
	}
	if len(v.Cells) == 0 && c.Who.Scope(Follow).Upper() {
		return c.See("/organizations") // a unit is chosen first
	}
	meetings, err := ofMonth(c.Context(), p.DB, c.Who.Scope(Follow).Near(), v.Month)
	if err != nil {
		return err
	}
	for _, m := range meetings {
		v.Meetings[m.Organization] = m
	}
	for _, o := range v.Cells {
		v.Prepares[o.ID] = c.Who.MayAt(Prepare, o.Path)
	}
	return c.Page(web.Page{Title: c.L.T("meeting.cells"), Lead: c.L.Month(v.Month), Section: section, Body: v.body(c.L)})
}

// conveneForm is the form that opens a meeting. The button of a month sends kind
// and month alone.
type conveneForm struct {
	Cell     string       `form:"cell"`
	Kind     Kind         `form:"kind"`
	Month    when.Month   `form:"month"`
	StartsAt when.Instant `form:"starts_at"`
	Theme    string       `form:"theme"`
}

func (p *Pages) newMeeting(c *web.Ctx) error {
	month := p.now().Date().In()
	return p.newPage(c, c.Fill(conveneForm{Cell: c.Query("cell"), Kind: Thematic, Month: month}))
}

func (p *Pages) newPage(c *web.Ctx, f part.Form) error {
	page, err := p.newPageOf(c, f)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) newPageOf(c *web.Ctx, f part.Form) (web.Page, error) {
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(Prepare), f.Value("cell"))
	if err != nil {
		return web.Page{}, err
	}
	back := web.Crumb{Text: c.L.T("meeting.title"), URL: "/meetings?cell=" + o.ID}
	return web.Page{Title: c.L.T("meeting.new.title"), Lead: o.Name, Crumbs: []web.Crumb{back}, Section: section, Body: newView(c.L, f)}, nil
}

func (p *Pages) convene(c *web.Ctx) error {
	var f conveneForm
	err := c.Decode(&f)
	if err == nil {
		if f.Month.IsZero() && !f.StartsAt.IsZero() {
			f.Month = f.StartsAt.Date().In()
		}
		var m Meeting
		m, err = p.Convene(c.Context(), c.Who, f.Cell, Convening{Kind: f.Kind, Month: f.Month, StartsAt: f.StartsAt, Theme: f.Theme})
		if err == nil {
			return c.Done(m.Path(), "meeting.done.opened")
		}
	}
	return c.Redraw(err)(p.newPageOf(c, c.Refill(err)))
}

// show draws the page of a meeting: for those who prepare it the work, for members
// what they need to know, for those who follow it form and dates.
func (p *Pages) show(c *web.Ctx) error {
	page, err := p.page(c, c.Param("id"), nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

// prepared returns the meeting of the address to those who prepare it.
func (p *Pages) prepared(c *web.Ctx) (Meeting, organization.Organization, error) {
	m, o, err := Get(c.Context(), p.DB, c.Who.Scope(Prepare), c.Param("id"))
	m.speak(c)
	return m, o, err
}

// speak lets the page of a congress call it one.
func (m Meeting) speak(c *web.Ctx) {
	if m.Kind == Congress {
		c.L = c.L.Congress()
	}
}

// again draws the page of a meeting with the named form as it was refused.
func (p *Pages) again(c *web.Ctx, form string, err error) error {
	return c.Redraw(err)(p.page(c, c.Param("id"), map[string]part.Form{form: c.Refill(err)}))
}

func (p *Pages) page(c *web.Ctx, id string, forms map[string]part.Form) (web.Page, error) {
	m, o, err := Visible(c.Context(), p.DB, c.Who, id)
	if err != nil {
		return web.Page{}, err
	}
	m.speak(c)
	v, err := p.view(c, m, o)
	if err != nil {
		return web.Page{}, err
	}
	v.Forms, v.Arrange = forms, c.Query("arrange") != ""
	out := web.Page{
		Title: m.Title, Lead: v.lead(), Crumbs: crumbs(c, m)[:1], Section: section, Body: v.formBody(),
	}
	switch {
	case v.Prepares:
		if err := p.noteReasons(c.Context(), c.Who, m, v.Answers); err != nil {
			return web.Page{}, err
		}
		out.Action, out.Body = v.action(), v.prepareBody()
	case v.Reads:
		out.Action, out.Body = v.action(), v.memberBody()
	}
	return out, nil
}

// view gathers what the page of a meeting shows to this reader.
func (p *Pages) view(c *web.Ctx, m Meeting, o organization.Organization) (meetingView, error) {
	ctx := c.Context()
	v := meetingView{
		L: c.L, Cell: o, Now: p.now(), Reader: c.Who.Member,
		Prepares: c.Who.MayAt(Prepare, o.Path), Reads: c.Who.MayAt(Read, o.Path), Holds: c.Who.MayAt(Hold, o.Path),
	}
	var err error
	if v.Preparation, err = PreparationOf(ctx, p.DB, m); err != nil {
		return v, err
	}
	if v.Given, err = Notices(ctx, p.DB, m.Root, m.ID); err != nil {
		return v, err
	}
	if !v.Prepares && !v.Reads {
		return v, nil
	}
	if v.Term, err = p.begins(c, m, o); err != nil {
		return v, err
	}
	if v.Tasks, err = task.Open(ctx, p.DB, m.Root, m.Organization); err != nil {
		return v, err
	}
	if v.Answers, err = Answers(ctx, p.DB, m.Root, m.ID); err != nil {
		return v, err
	}
	if v.Audience, err = Audience(ctx, p.DB, m); err != nil {
		return v, err
	}
	if v.Passed, err = passedUp(ctx, p.DB, v.Carried); err != nil {
		return v, err
	}
	if v.Prepares {
		if v.Stubs, err = library.Stubs(ctx, p.DB, m.Root, FileUse, m.ID); err != nil {
			return v, err
		}
		if v.Told, err = p.told(ctx, m, v.Given); err != nil {
			return v, err
		}
	}
	if v.Names, err = p.names(ctx, v); err != nil {
		return v, err
	}
	for _, panel := range p.Panels {
		n, err := panel(ctx, c, m.ID)
		if err != nil {
			return v, err
		}
		if n != nil {
			v.Panels = append(v.Panels, n)
		}
	}
	return v, nil
}

// begins reports whether the reader may write down the term that begins with a congress
// whose minutes are sealed, and nobody has.
func (p *Pages) begins(c *web.Ctx, m Meeting, o organization.Organization) (bool, error) {
	if m.Kind != Congress || m.State != Sealed || !c.Who.MayAt(organization.Manage, o.Path) {
		return false, nil
	}
	term, _, err := organization.TermOn(c.Context(), p.DB, m.Root, m.Organization, m.Day())
	return term.From != m.Day(), err
}

// passedUp returns what has become of the carried matters that were passed up, by
// the acts of the opinions.
func passedUp(ctx context.Context, q db.Q, carried []Carried) (map[string]matter.Matter, error) {
	out := map[string]matter.Matter{}
	for _, c := range carried {
		if c.Kind != PassedUp {
			continue
		}
		m, there, err := matter.OfSubject(ctx, q, c.Root, c.Subject)
		if err != nil {
			return nil, err
		}
		if there {
			out[c.Subject] = m
		}
	}
	return out, nil
}

// told returns who was first told how of the newest notice.
func (p *Pages) told(ctx context.Context, m Meeting, given []Notice) (map[string]notice.Tick, error) {
	if len(given) == 0 {
		return nil, nil
	}
	ticks, err := notice.Ticks(ctx, p.DB, m.Root, given[len(given)-1].ID)
	return notice.Told(ticks), err
}

// names returns the names of all people whom the page names.
func (p *Pages) names(ctx context.Context, v meetingView) (map[string]string, error) {
	ids := []string{v.Meeting.Chair, v.Meeting.MinuteTaker, v.Meeting.Preparer, v.Draft.SavedBy}
	for _, i := range v.Items {
		ids = append(ids, i.Presenter)
	}
	for _, t := range v.Tasks {
		ids = append(ids, t.Owners...)
	}
	for _, a := range v.Answers {
		ids = append(ids, a.Member, a.By)
	}
	for _, c := range v.Carried {
		ids = append(ids, c.Member)
	}
	ids = append(append(append(ids, v.Premeeting.Present...), v.Premeeting.Absent...), v.Followers...)
	return member.Names(ctx, p.DB, v.Meeting.Root, ids...)
}

func (p *Pages) edit(c *web.Ctx) error {
	m, _, err := p.prepared(c)
	if err != nil {
		return err
	}
	page, err := p.editPage(c, m, c.Fill(m.Details()))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) editPage(c *web.Ctx, m Meeting, f part.Form) (web.Page, error) {
	people, err := Audience(c.Context(), p.DB, m)
	if err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: c.L.T("meeting.edit.title"), Crumbs: crumbs(c, m), Section: section, Body: editView(c.L, m, f, people)}, nil
}

func (p *Pages) revise(c *web.Ctx) error {
	m, _, err := p.prepared(c)
	if err != nil {
		return err
	}
	var d Details
	if err = c.Decode(&d); err == nil {
		if err = p.Revise(c.Context(), c.Who, m.ID, d); err == nil {
			return c.Done(m.Path(), "meeting.done.saved")
		}
	}
	return c.Redraw(err)(p.editPage(c, m, c.Refill(err)))
}

func (p *Pages) delete(c *web.Ctx) error {
	m, _, err := p.prepared(c)
	if err != nil {
		return err
	}
	if err := p.Delete(c.Context(), c.Who, m.ID); err != nil {
		return p.again(c, "", err)
	}
	return c.Done("/meetings?cell="+m.Organization+"&year="+strconv.Itoa(m.Month.Year), "meeting.done.deleted")
}
