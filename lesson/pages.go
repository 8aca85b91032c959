package lesson

import (
	"context"
	"net/url"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/web"
	"chibo/meeting"
	"chibo/organization"
)

// Pages are the cards of a committee and of a cell, and the page of each.
type Pages struct{ *Service }

const section = "lessons"

// mostCards is how many cards of committees a list shows.
const mostCards = 200

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /lessons", Need: MayRead, Do: p.index},
		{Pattern: "GET /lessons/new", Need: MayRead, Do: p.new},
		{Pattern: "POST /lessons", Need: MayRead, Do: p.write},
		{Pattern: "GET /lessons/{id}", Need: MayRead, Do: p.show},
		{Pattern: "GET /lessons/{id}/edit", Need: MayRead, Do: p.edit},
		{Pattern: "POST /lessons/{id}/edit", Need: MayRead, Do: p.rewrite},
		{Pattern: "POST /lessons/{id}/send", Need: Teach, Do: p.send},
		{Pattern: "POST /lessons/{id}/tick", Need: Learn, Do: p.tick},
		{Pattern: "POST /lessons/{id}/drop", Need: MayRead, Do: p.drop},
	}
}

func crumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("lesson.title"), URL: "/lessons"}}
}

// index shows the cards of the committee, and those of the reader's cell or of the one
// that is asked for.
func (p *Pages) index(c *web.Ctx) error {
	ctx := c.Context()
	v := indexView{l: c.L, today: p.now().Date()}
	var err error
	if c.Who.May(Oversee) && c.Query("unit") == "" {
		v.oversees = true
		if v.sent, err = ofCommittees(ctx, p.DB, c.Who.Scope(Oversee), mostCards); err != nil {
			return err
		}
	}
	v.writes = c.Who.May(Teach)
	if v.cell, v.hasCell, err = p.cell(c); err != nil {
		return err
	}
	if v.hasCell {
		if v.held, err = InCell(ctx, p.DB, v.cell.Root, v.cell.ID); err != nil {
			return err
		}
	}
	return c.Page(web.Page{Title: c.L.T("lesson.title"), Section: section, Lead: c.L.T("lesson.lead"), Action: v.action(), Body: v.body()})
}

// cell returns the cell whose cards the index shows: the one that is asked for, else the
// reader's own.
func (p *Pages) cell(c *web.Ctx) (organization.Organization, bool, error) {
	if unit := c.Query("unit"); unit != "" {
		o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(See), unit)
		return o, err == nil, err
	}
	home, ok := c.Who.Home()
	if !ok || !c.Who.MayAt(See, home.Path) {
		return organization.Organization{}, false, nil
	}
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(See), home.Organization)
	return o, err == nil && o.Level == organization.Cell, err
}

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.newPage(c, c.Query("meeting"), web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// newPage is the form of a card: of a cell after one of its meetings, else of a committee.
func (p *Pages) newPage(c *web.Ctx, meetingID string, f web.Form) (web.Page, error) {
	v := formView{l: c.L, form: f, action: "/lessons", back: "/lessons", meeting: meetingID}
	page := web.Page{Title: c.L.T("lesson.new"), Section: section, Crumbs: crumbs(c)}
	if meetingID != "" {
		m, o, err := meeting.Get(c.Context(), p.DB, c.Who.Scope(Learn), meetingID)
		if err != nil {
			return page, err
		}
		page.Title, page.Lead, v.back = c.L.T("lesson.own.new"), o.Name+" · "+m.Title, m.Path()
		page.Body = v.body()
		return page, nil
	}
	var err error
	if v.units, err = committees(c.Context(), p.DB, c.Who); err != nil {
		return page, err
	}
	page.Lead, page.Body = c.L.T("lesson.new.lead"), v.body()
	return page, nil
}

// committees returns the units above the cells for which somebody writes cards; they
// must be one at least.
func committees(ctx context.Context, q db.Q, who access.Person) ([]organization.Organization, error) {
	if err := who.Check(Teach); err != nil {
		return nil, err
	}
	return organization.CommitteesUnder(ctx, q, who.Scope(Teach))
}

func (p *Pages) write(c *web.Ctx) error {
	var k Lesson
	err := c.Decode(&k)
	if err == nil {
		k, err = p.Write(c.Context(), c.Who, k)
	}
	if err == nil && k.Own() {
		return c.Done(meetingPath(k.Subject), "lesson.done.own")
	}
	if err == nil {
		return c.Done(k.Path(), "lesson.done.written")
	}
	return c.Redraw(err)(p.newPage(c, k.Subject, c.Refill(err)))
}

func meetingPath(id string) string { return meeting.Meeting{ID: id}.Path() }

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.sheetPage(c, forms{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// forms are the forms of the page of a card, as they were refused.
type forms struct {
	send, tick web.Form
	cell       string // whose tick was refused
}

func (p *Pages) sheetPage(c *web.Ctx, f forms) (web.Page, error) {
	sheet, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := sheetView{Sheet: sheet, l: c.L, forms: f, meetings: map[string][]meeting.Meeting{}}
	if v.Writes && !v.Own() {
		o, err := organization.Find(c.Context(), p.DB, v.Root, v.Organization)
		if err != nil {
			return web.Page{}, err
		}
		if v.below, err = organization.Under(c.Context(), p.DB, access.Whole("", o.Path)); err != nil {
			return web.Page{}, err
		}
	}
	for _, k := range v.Cells {
		if !v.Ticks[k.Organization] {
			continue
		}
		if v.meetings[k.Organization], err = p.heldSince(c, k.Carry); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{Title: c.L.T("lesson.card"), Section: section, Lead: v.Unit, Crumbs: crumbs(c), Action: v.action(), Body: v.body()}, nil
}

// heldSince returns the meetings at which a card can have been taken up, the newest first.
func (p *Pages) heldSince(c *web.Ctx, k Carry) ([]meeting.Meeting, error) {
	all, err := meeting.Between(c.Context(), p.DB, k.Root, k.Organization, k.SentAt.Date().In().Add(-1), p.now().Date().In().Add(1))
	all = slices.DeleteFunc(all, func(m meeting.Meeting) bool { return !k.reaches(m) })
	slices.Reverse(all)
	return all, err
}

func (p *Pages) edit(c *web.Ctx) error {
	k, _, err := written(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Page(p.editPage(c, k, c.Fill(k)))
}

func (p *Pages) editPage(c *web.Ctx, k Lesson, f web.Form) web.Page {
	v := formView{l: c.L, form: f, action: k.Path() + "/edit", back: k.Path()}
	return web.Page{Title: c.L.T("lesson.edit"), Section: section, Crumbs: crumbs(c), Body: v.body()}
}

func (p *Pages) rewrite(c *web.Ctx) error {
	var words Lesson
	k, _, err := written(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	if err = c.Decode(&words); err == nil {
		err = p.Rewrite(c.Context(), c.Who, k.ID, words)
	}
	if err == nil {
		return c.Done(k.Path(), "lesson.done.rewritten")
	}
	return c.Again(err, p.editPage(c, k, c.Refill(err)))
}

func (p *Pages) send(c *web.Ctx) error {
	var to Address
	var n int
	err := c.Decode(&to)
	if err == nil {
		n, err = p.Send(c.Context(), c.Who, c.Param("id"), to)
	}
	if err == nil {
		return c.Done(Lesson{ID: c.Param("id")}.Path(), "lesson.done.sent", "Count", n)
	}
	return c.Redraw(err)(p.sheetPage(c, forms{send: c.Refill(err)}))
}

func (p *Pages) tick(c *web.Ctx) error {
	var t Taking
	err := c.Decode(&t)
	if err == nil {
		err = p.Tick(c.Context(), c.Who, c.Param("id"), t)
	}
	if err != nil {
		return c.Redraw(err)(p.sheetPage(c, forms{tick: c.Refill(err), cell: t.Cell}))
	}
	back := c.Query("back")
	if back == "" {
		return c.Done(Lesson{ID: c.Param("id")}.Path(), "lesson.done.ticked")
	}
	return c.Done(meetingPath(url.PathEscape(back)), "lesson.done.ticked")
}

func (p *Pages) drop(c *web.Ctx) error {
	if err := p.Drop(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/lessons", "lesson.done.dropped")
}

// HomePanel shows a committee how far its newest cards have come, and those who lead a
// cell the cards that wait there; nil where there is neither.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	v := indexView{l: c.L, today: p.now().Date()}
	var err error
	if c.Who.May(Teach) || c.Who.May(Oversee) {
		if v.sent, err = ofCommittees(c.Context(), p.DB, c.Who.Scope(Oversee).Near(), newest); err != nil {
			return nil, err
		}
	}
	if v.cell, v.hasCell, err = p.cell(c); err != nil {
		return nil, err
	}
	if v.hasCell && c.Who.MayAt(Learn, v.cell.Path) {
		if v.held, err = InCell(c.Context(), p.DB, v.cell.Root, v.cell.ID); err != nil {
			return nil, err
		}
		v.held = slices.DeleteFunc(v.held, func(h Held) bool { return !h.Carry.Open() })
	}
	return v.homeCard(), nil
}

// BoardPanel shows beside the board of a committee how far the newest cards of it and of
// those below have come: 24/24.
func (p *Pages) BoardPanel(c *web.Ctx, unit organization.Organization) (g.Node, error) {
	if unit.ID == "" || !c.Who.MayAt(Oversee, unit.Path) {
		return nil, nil
	}
	sent, err := ofCommittees(c.Context(), p.DB, access.Whole("", unit.Path), newest)
	return indexView{l: c.L, today: p.now().Date(), sent: sent}.homeCard(), err
}

// newest is how many cards the home page and the board show.
const newest = 3

// MeetingPanel shows on the page of a meeting which cards wait in the cell, to be ticked
// once it is held, and which were taken up there; and lets those who lead the cell write
// a card of their own.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || !c.Who.MayAt(See, o.Path) {
		return nil, err
	}
	held, err := InCell(ctx, p.DB, o.Root, o.ID)
	if err != nil {
		return nil, err
	}
	return panelView{l: c.L, meeting: m, held: held, learns: c.Who.MayAt(Learn, o.Path)}.card(), nil
}

// UnitPanel is the card on the page of a unit that leads to its cards.
func (p *Pages) UnitPanel(c *web.Ctx, o organization.Organization) g.Node {
	switch {
	case o.Level == organization.Cell && c.Who.MayAt(See, o.Path):
		return unitCard(c.L, "/lessons?unit="+url.QueryEscape(o.ID))
	case o.Level.Committee() && c.Who.MayAt(Oversee, o.Path):
		return unitCard(c.L, "/lessons")
	}
	return nil
}
