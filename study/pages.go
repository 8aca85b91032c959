package study

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Pages are the sessions of a cell, the page of each, and the courses.
type Pages struct{ *Service }

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /study", Need: See, Do: p.index},
		{Pattern: "GET /study/new", Need: Lead, Do: p.new},
		{Pattern: "POST /study", Need: Lead, Do: p.hold},
		{Pattern: "GET /study/sessions/{id}", Need: See, Do: p.show},
		{Pattern: "POST /study/sessions/{id}/attendance", Need: Lead, Do: p.mark},
		{Pattern: "POST /study/sessions/{id}/made-up", Need: Lead, Do: p.makeUp},
		{Pattern: "POST /study/sessions/{id}/drop", Need: Lead, Do: p.drop},
		{Pattern: "GET /study/courses", Need: See, Do: p.courses},
		{Pattern: "POST /study/courses", Need: Lead, Do: p.addCourse},
		{Pattern: "POST /study/courses/{id}/drop", Need: Lead, Do: p.dropCourse},
		{Pattern: "POST /study/settings", Need: Oversee, Do: p.settle},
	}
}

func crumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("study.title"), URL: "/study"}}
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
	need := See
	if c.Who.May(Lead) && c.Query("unit") == "" {
		need = Lead // one's own cell first
	}
	cells, o, err := organization.Cells(c.Context(), p.DB, c.Who.Scope(need), c.Query("unit"))
	if fault.Is(err, fault.NotFound) && c.Query("unit") == "" && c.Who.Scope(need).Upper() {
		return c.See("/organizations") // a unit is chosen first
	}
	if err != nil {
		return err
	}
	year, err := p.Of(c.Context(), c.Who, o.ID, c.QueryInt("year", p.today().Year))
	if err != nil {
		return err
	}
	if c.Who.MayAt(Lead, o.Path) || c.Who.MayAt(Oversee, o.Path) {
		if err := p.Audit.Look(c.Context(), p.DB, c.Who, o.Root, "study.list_viewed", o.ID); err != nil {
			return err
		}
	}
	v := yearView{Year: year, cells: cells, reader: c.Who.Member}
	return c.Page(web.Page{Title: c.L.T("study.title"), Section: "study", Lead: o.Name, Action: v.action(c.L), Body: v.body(c.L)})
}

func (p *Pages) newPage(c *web.Ctx, unit string, f web.Form) (web.Page, error) {
	_, o, err := organization.Cells(c.Context(), p.DB, c.Who.Scope(Lead), unit)
	return web.Page{
		Title: c.L.T("study.new.title"), Section: "study", Lead: o.Name, Crumbs: crumbs(c),
		Body: sessionForm(c.L, f, o.ID, p.today()),
	}, err
}

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.newPage(c, c.Query("unit"), c.Fill(Session{On: p.today()}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) hold(c *web.Ctx) error {
	var x Session
	err := c.Decode(&x)
	if err == nil {
		x, err = p.Hold(c.Context(), c.Who, x)
	}
	if err == nil {
		return c.Done(x.Path(), "study.done.held")
	}
	page, other := p.newPage(c, x.Organization, c.Refill(err))
	if other != nil {
		return other
	}
	return c.Again(err, page)
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.sheetPage(c, c.Fill(makingUp{On: p.today()}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) sheetPage(c *web.Ctx, f web.Form) (web.Page, error) {
	sheet, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := sheetView{Sheet: sheet, form: f}
	return web.Page{Title: sheet.Subject, Section: "study", Lead: c.L.Day(sheet.On), Crumbs: crumbs(c), Body: v.body(c.L)}, nil
}

// presence begins the names of the fields in which the people of a session are marked;
// the id of the member follows.
const presence = "p_"

func (p *Pages) mark(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	states := map[string]Presence{}
	for name := range values {
		if len(name) > len(presence) && name[:len(presence)] == presence {
			states[name[len(presence):]] = Presence(values.Get(name))
		}
	}
	if err := p.Mark(c.Context(), c.Who, c.Param("id"), states); err != nil {
		return err
	}
	return c.Done(Session{ID: c.Param("id")}.Path(), "study.done.marked")
}

// makingUp is what is asked when somebody has studied later.
type makingUp struct {
	Member string    `form:"member"`
	On     when.Date `form:"on"`
}

func (p *Pages) makeUp(c *web.Ctx) error {
	var f makingUp
	err := c.Decode(&f)
	if err == nil {
		err = p.MakeUp(c.Context(), c.Who, c.Param("id"), f.Member, f.On)
	}
	if err == nil {
		return c.Done(Session{ID: c.Param("id")}.Path(), "study.done.made_up")
	}
	if fault.Of(err).Kind != fault.Invalid {
		return err
	}
	page, other := p.sheetPage(c, c.Refill(err))
	if other != nil {
		return other
	}
	return c.Again(err, page)
}

func (p *Pages) drop(c *web.Ctx) error {
	x, err := p.Drop(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Done(address("/study", x.Organization, x.On.Year), "study.done.dropped")
}

// overseen is the scope of the courses that somebody may read: those below the
// committee whose work they oversee, else those of the cell they lead.
func overseen(who access.Person) access.Scope {
	if who.May(Oversee) {
		return who.Scope(Oversee)
	}
	return who.Scope(Lead)
}

func (p *Pages) courses(c *web.Ctx) error {
	page, err := p.coursesPage(c, c.Query("unit"), web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) coursesPage(c *web.Ctx, unit string, f web.Form) (web.Page, error) {
	v := coursesView{today: p.today(), form: f, leads: c.Who.May(Lead)}
	page := web.Page{Title: c.L.T("study.courses"), Section: "study", Crumbs: crumbs(c)}
	var err error
	if c.Who.Member != "" {
		if v.own, err = coursesOf(c.Context(), p.DB, c.Who.Root, c.Who.Member); err != nil {
			return page, err
		}
	}
	if v.leads || c.Who.May(Oversee) {
		if v.Training, err = p.Trained(c.Context(), overseen(c.Who).Near()); err != nil {
			return page, err
		}
	}
	if v.leads {
		var o organization.Organization
		if _, o, err = organization.Cells(c.Context(), p.DB, c.Who.Scope(Lead), unit); err != nil {
			return page, err
		}
		v.cell = o
		if v.roll, err = member.Roll(c.Context(), p.DB, o.Root, o.ID, v.today); err != nil {
			return page, err
		}
	}
	if v.units, err = p.settings(c); err != nil {
		return page, err
	}
	page.Body = v.body(c.L)
	return page, nil
}

// unitYears is a committee that somebody oversees for, with its years.
type unitYears struct {
	organization.Organization
	Years int
}

// settings returns the units above the cells for which somebody may set the years.
func (p *Pages) settings(c *web.Ctx) ([]unitYears, error) {
	if !c.Who.May(Oversee) {
		return nil, nil
	}
	all, err := organization.Under(c.Context(), p.DB, c.Who.Scope(Oversee).Near())
	if err != nil {
		return nil, err
	}
	set, err := settings(c.Context(), p.DB)
	var out []unitYears
	for _, o := range all {
		if o.Level.Committee() {
			out = append(out, unitYears{o, yearsAt(set, o.Path)})
		}
	}
	return out, err
}

func (p *Pages) addCourse(c *web.Ctx) error {
	var k Course
	err := c.Decode(&k)
	if err == nil {
		err = p.AddCourse(c.Context(), c.Who, k)
	}
	if err == nil {
		return c.Done("/study/courses", "study.done.course")
	}
	page, other := p.coursesPage(c, k.Organization, c.Refill(err))
	if other != nil {
		return other
	}
	return c.Again(err, page)
}

func (p *Pages) dropCourse(c *web.Ctx) error {
	if err := p.DropCourse(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/study/courses", "study.done.course_dropped")
}

func (p *Pages) settle(c *web.Ctx) error {
	var f struct {
		Organization string `form:"organization"`
		Years        int    `form:"years"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Settle(c.Context(), c.Who, f.Organization, f.Years)
	}
	if err == nil {
		return c.Done("/study/courses", "study.done.settled")
	}
	form := c.Refill(err)
	form.ID = yearsForm + f.Organization
	return c.Redraw(err)(p.coursesPage(c, "", form))
}

// HomePanel is the card of the home page for those who oversee or lead cells: of how
// many who lead them a course is due; nil where none is.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(Lead) && !c.Who.May(Oversee) {
		return nil, nil
	}
	_, due, err := p.due(c.Context(), overseen(c.Who).Near())
	if err != nil || count(due) == 0 {
		return nil, err
	}
	return part.Card(
		part.CardHead(c.L.T("study.courses"), part.Tag(part.Warn, c.L.T("study.due.count", "Count", count(due)))),
		part.LinkButton("/study/courses", c.L.T("study.due.open"), part.Wide)), nil
}

// UnitPanel is the card on the page of a unit that leads to what is learned there; nil
// for whoever neither leads nor oversees it.
func (p *Pages) UnitPanel(c *web.Ctx, o organization.Organization) g.Node {
	leads := o.Level == organization.Cell && c.Who.MayAt(Lead, o.Path)
	if !leads && !c.Who.MayAt(Oversee, o.Path) {
		return nil
	}
	return part.Card(part.CardHead(c.L.T("study.title")), part.Actions(
		g.If(leads, part.LinkButton(address("/study", o.ID, 0), c.L.T("study.sessions"), part.Small, part.IconBook)),
		part.LinkButton("/study/courses", c.L.T("study.courses"), part.Small, part.IconStar),
	))
}

// RatingPanel is the card beside the rating of a member: how they studied between two
// days. Whoever may read the rating may read it.
func (p *Pages) RatingPanel(c *web.Ctx, o organization.Organization, memberID string, first, last when.Date) (g.Node, error) {
	s, err := ShareIn(c.Context(), p.DB, o.Root, o.ID, memberID, first, last)
	if err != nil || s.Of == 0 {
		return nil, err
	}
	return part.Card(part.CardHead(c.L.T("study.beside"), shareTag(c.L, s)), part.Muted(g.Text(shareText(c.L, s)))), nil
}
