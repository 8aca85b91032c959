package training

import (
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
)

// Pages are the courses of a committee and one's own.
type Pages struct{ *Service }

// section is the entry of the navigation.
const section = "training"

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /training", Need: Own, Do: p.index},
		{Pattern: "GET /training/mine", Need: Own, Do: p.mine},
		{Pattern: "GET /training/new", Need: Oversee, Do: p.new},
		{Pattern: "POST /training", Need: Oversee, Do: p.add},
		{Pattern: "GET /training/{id}", Need: Oversee, Do: p.show},
		{Pattern: "GET /training/{id}/list.xlsx", Need: Oversee, Do: p.list, Mass: true, Whose: p.whose},
		{Pattern: "POST /training/{id}/invite", Need: Oversee, Do: p.invite},
		{Pattern: "POST /training/{id}/marks", Need: Oversee, Do: p.mark},
		{Pattern: "POST /training/{id}/cancel", Need: Oversee, Do: p.cancel},
	}
}

func crumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("training.title"), URL: "/training"}}
}

// index shows the courses of the committees that the reader oversees; everybody else
// their own.
func (p *Pages) index(c *web.Ctx) error {
	if !c.Who.May(Oversee) {
		return c.See("/training/mine")
	}
	all, err := courses(c.Context(), p.DB, c.Who.Scope(Oversee))
	if err != nil {
		return err
	}
	v := listView{L: c.L, Courses: all, Today: p.today()}
	return c.Page(web.Page{Title: c.L.T("training.title"), Section: section, Action: v.action(), Body: v.body()})
}

func (p *Pages) mine(c *web.Ctx) error {
	v := mineView{L: c.L, Today: p.today()}
	var err error
	if c.Who.Member != "" {
		if v.Courses, err = ownOf(c.Context(), p.DB, c.Who.Member); err != nil {
			return err
		}
	}
	return c.Page(web.Page{Title: c.L.T("training.mine"), Section: section, Body: v.body()})
}

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.newPage(c, c.Fill(Course{From: p.today().AddDays(14), Until: p.today().AddDays(15)}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) newPage(c *web.Ctx, f web.Form) (web.Page, error) {
	units, err := organization.Under(c.Context(), p.DB, c.Who.Scope(Oversee))
	v := newView{L: c.L, form: f}
	for _, o := range units {
		if o.Level.Committee() {
			v.Units = append(v.Units, o)
		}
	}
	return web.Page{Title: c.L.T("training.new"), Section: section, Crumbs: crumbs(c), Body: v.body()}, err
}

func (p *Pages) add(c *web.Ctx) error {
	var k Course
	err := c.Decode(&k)
	if err == nil {
		k, err = p.Open(c.Context(), c.Who, k)
	}
	if err != nil {
		return c.Redraw(err)(p.newPage(c, c.Refill(err)))
	}
	return c.Done(k.Path(), "training.done.opened")
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.page(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) page(c *web.Ctx, f web.Form) (web.Page, error) {
	s, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := courseView{Sheet: s, L: c.L, Today: p.today(), form: f}
	return web.Page{Title: s.Title, Lead: s.Unit.Name, Section: section, Crumbs: crumbs(c), Action: v.action(), Body: v.body()}, nil
}

func (p *Pages) invite(c *web.Ctx) error {
	values, err := c.Values()
	if err == nil {
		err = p.Invite(c.Context(), c.Who, c.Param("id"), values["members"]...)
	}
	if err != nil {
		return c.Redraw(err)(p.page(c, c.Refill(err)))
	}
	return c.Done("/training/"+c.Param("id"), "training.done.invited")
}

// Beginnings of the names of the fields in which seats are marked; the id of the member
// follows.
const stateField, certificateField = "s_", "c_"

// markForm is the name of the form in which seats are marked.
const markForm = "mark"

func (p *Pages) mark(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	marks := map[string]Marking{}
	for name := range values {
		if m, ok := strings.CutPrefix(name, stateField); ok {
			marks[m] = Marking{State(values.Get(name)), values.Get(certificateField + m)}
		}
	}
	if err := p.Mark(c.Context(), c.Who, c.Param("id"), marks); err != nil {
		form := c.Refill(err)
		form.ID = markForm
		return c.Redraw(err)(p.page(c, form))
	}
	return c.Done("/training/"+c.Param("id"), "training.done.marked")
}

func (p *Pages) cancel(c *web.Ctx) error {
	if err := p.Cancel(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/training/"+c.Param("id"), "training.done.cancelled")
}

func (p *Pages) list(c *web.Ctx) error {
	s, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	if err := p.Audit.Took(c.Context(), p.DB, c.Who, s.Root, "training.list_taken", s.ID); err != nil {
		return err
	}
	return c.Sheet("lop-boi-duong-"+s.From.String()+".xlsx", courseView{Sheet: s, L: c.L}.table())
}

// whose says of whose people the list of a course tells.
func (p *Pages) whose(c *web.Ctx) (web.List, error) {
	k, err := courseFor(c.Context(), p.DB, c.Who.Scope(Oversee), c.Param("id"))
	if err != nil {
		return web.List{}, err
	}
	o, err := organization.Find(c.Context(), p.DB, k.Root, k.Organization)
	return web.List{Kind: "permit.kind.course", Root: o.Root, Unit: o.ID, Subject: "course:" + k.ID}, err
}

// HomePanel is the card of the home page for whoever is invited to a course that is not
// over; nil for all others.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if c.Who.Member == "" || !c.Who.May(Own) {
		return nil, nil
	}
	all, err := ownOf(c.Context(), p.DB, c.Who.Member)
	if err != nil {
		return nil, err
	}
	var lines g.Group
	for _, k := range all {
		if k.State == Invited && k.Course.Open() && !k.Until.Before(p.today()) {
			lines = append(lines, part.LinkEntry("/training/mine", k.Title, held(c.L, k.Course), seatTag(c.L, k.State)))
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	return part.Card(part.CardHead(c.L.T("training.home")), part.List(lines...)), nil
}

// UnitPanel leads from the page of a committee to its courses; nil for whoever does not
// oversee them.
func (p *Pages) UnitPanel(c *web.Ctx, o organization.Organization) g.Node {
	if !o.Level.Committee() || !c.Who.MayAt(Oversee, o.Path) {
		return nil
	}
	return part.Card(part.CardHead(c.L.T("training.title")), part.LinkButton("/training", c.L.T("training.open"), part.Wide, part.IconStar))
}
