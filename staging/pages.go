package staging

import (
	"slices"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// Pages are the list of duties of a conference and the form of each.
type Pages struct{ *Service }

const section = "conferences"

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return slices.Concat(p.scriptRoutes(), p.rehearsalRoutes(), []web.Route{
		{Pattern: "GET /conferences/{id}/work", Need: conference.MayRead, Do: p.list},
		{Pattern: "GET /conferences/{id}/work/sheet.xlsx", Need: conference.MayRead, Do: p.sheet},
		{Pattern: "POST /conferences/{id}/work/standard", Need: conference.Keep, Do: p.lay},
		{Pattern: "POST /conferences/{id}/work/move", Need: conference.Keep, Do: p.move},
		{Pattern: "GET /conferences/{id}/work/new", Need: conference.Keep, Do: p.new},
		{Pattern: "POST /conferences/{id}/work", Need: conference.Keep, Do: p.add},
		{Pattern: "GET /conferences/{id}/work/{duty}", Need: conference.Keep, Do: p.edit},
		{Pattern: "POST /conferences/{id}/work/{duty}", Need: conference.Keep, Do: p.change},
		{Pattern: "POST /conferences/{id}/work/{duty}/done", Need: conference.MayRead, Do: p.done},
		{Pattern: "POST /conferences/{id}/work/{duty}/undone", Need: conference.MayRead, Do: p.undone},
		{Pattern: "POST /conferences/{id}/work/{duty}/remove", Need: conference.Keep, Do: p.remove},
	})
}

// crumbs lead to the conference for those who find it.
func crumbs(c *web.Ctx, w Work, more ...web.Crumb) []web.Crumb {
	var out []web.Crumb
	if w.Knows {
		out = append(out, web.Crumb{Text: c.L.T("conference.title"), URL: "/conferences"}, web.Crumb{Text: w.Title, URL: w.Path()})
	}
	return append(out, more...)
}

func (p *Pages) list(c *web.Ctx) error {
	w, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	v := workView{Work: w, l: c.L, now: p.now()}
	return c.Page(web.Page{Title: c.L.T("staging.title"), Section: section, Lead: w.Title, Crumbs: crumbs(c, w), Action: v.action(), Body: v.body()})
}

func (p *Pages) sheet(c *web.Ctx) error {
	w, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Sheet("phan-cong-"+p.now().Date().String()+".xlsx", table(c.L, w, p.now()))
}

// chosen is a form of one sitting.
type chosen struct {
	Sitting string `form:"sitting"`
}

func (p *Pages) lay(c *web.Ctx) error {
	return p.onSitting(c, "staging.done.laid", func(id string) error { return p.Lay(c.Context(), c.Who, c.Param("id"), id) })
}

func (p *Pages) move(c *web.Ctx) error {
	return p.onSitting(c, "staging.done.moved", func(id string) error { return p.Move(c.Context(), c.Who, c.Param("id"), id) })
}

func (p *Pages) onSitting(c *web.Ctx, key string, do func(sitting string) error) error {
	var f chosen
	if err := c.Decode(&f); err != nil {
		return err
	}
	if err := do(f.Sitting); err != nil {
		return err
	}
	return c.Done(Path(c.Param("id")), key)
}

// form is the form of a duty: its day and hour apart, as people say them.
type form struct {
	Duty

	Day    when.Date `form:"day"`
	Clock  string    `form:"clock"`  // 08:00
	Person string    `form:"person"` // root/id; empty: nobody by name
}

func formOf(d Duty) form {
	f := form{Duty: d}
	if !d.DueAt.IsZero() {
		f.Day, f.Clock = d.DueAt.Date(), d.DueAt.HHMM()
	}
	if d.Member != "" {
		f.Person = Person{Root: d.MemberRoot, Member: d.Member}.Key()
	}
	return f
}

// duty reads the form. An hour that nobody can read is none, and refused as such.
func (f form) duty() Duty {
	d := f.Duty
	d.MemberRoot, d.Member, _ = strings.Cut(f.Person, "/")
	d.DueAt = hour(f.Day, f.Clock)
	return d
}

// hour is the hour of a day as it was typed; zero where nobody can read it.
func hour(day when.Date, clock string) when.Instant {
	at, err := when.ParseInstant(day.String() + "T" + clock)
	if err != nil || day.IsZero() {
		return 0
	}
	return at
}

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.dutyPage(c, "", c.Fill(formOf(Duty{Sitting: c.Query("sitting")})))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) add(c *web.Ctx) error {
	var f form
	err := c.Decode(&f)
	if err == nil {
		_, err = p.Add(c.Context(), c.Who, c.Param("id"), f.duty())
	}
	if err == nil {
		return c.Done(Path(c.Param("id")), "staging.done.added")
	}
	return c.Redraw(err)(p.dutyPage(c, "", c.Refill(err)))
}

func (p *Pages) edit(c *web.Ctx) error {
	d, err := find(c.Context(), p.DB, c.Who, c.Param("id"), c.Param("duty"))
	if err != nil {
		return err
	}
	page, err := p.dutyPage(c, d.ID, c.Fill(formOf(d)))
	if err != nil {
		return err
	}
	return c.Page(page)
}

// dutyPage is the form of a duty, of a new one where id is empty.
func (p *Pages) dutyPage(c *web.Ctx, id string, f web.Form) (web.Page, error) {
	x, err := conference.Get(c.Context(), p.DB, c.Who.Scope(conference.Keep), c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := dutyView{l: c.L, x: x, id: id, form: f}
	if v.sittings, err = conference.Sittings(c.Context(), p.DB, x); err != nil {
		return web.Page{}, err
	}
	if v.people, err = p.staff(c.Context(), p.DB, x); err != nil {
		return web.Page{}, err
	}
	title := c.L.T("staging.new")
	if id != "" {
		title = c.L.T("staging.edit")
	}
	trail := crumbs(c, Work{Conference: x, Knows: true}, web.Crumb{Text: c.L.T("staging.title"), URL: Path(x.ID)})
	return web.Page{Title: title, Section: section, Crumbs: trail, Body: v.body()}, nil
}

func (p *Pages) change(c *web.Ctx) error {
	var f form
	err := c.Decode(&f)
	if err == nil {
		err = p.Change(c.Context(), c.Who, c.Param("id"), c.Param("duty"), f.duty())
	}
	if err == nil {
		return c.Done(Path(c.Param("id")), "staging.done.changed")
	}
	if fault.Is(err, fault.NotFound) {
		return err
	}
	return c.Redraw(err)(p.dutyPage(c, c.Param("duty"), c.Refill(err)))
}

func (p *Pages) done(c *web.Ctx) error   { return p.tick(c, true, "staging.done.ticked") }
func (p *Pages) undone(c *web.Ctx) error { return p.tick(c, false, "staging.done.unticked") }

func (p *Pages) tick(c *web.Ctx, done bool, key string) error {
	if err := p.Tick(c.Context(), c.Who, c.Param("id"), c.Param("duty"), done); err != nil {
		return err
	}
	return c.Done(Path(c.Param("id")), key)
}

func (p *Pages) remove(c *web.Ctx) error {
	if err := p.Remove(c.Context(), c.Who, c.Param("id"), c.Param("duty")); err != nil {
		return err
	}
	return c.Done(Path(c.Param("id")), "staging.done.removed")
}

// Panel shows on the page of a conference how far the duties are; nil for whoever has
// nothing to do with them.
func (p *Pages) Panel(c *web.Ctx, x conference.Conference) (g.Node, error) {
	w, err := p.View(c.Context(), c.Who, x.ID)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	v := workView{Work: w, l: c.L, now: p.now()}
	if !w.Knows {
		return v.panel(), nil
	}
	scripts, err := p.scripts(c, w)
	return g.Group{v.panel(), scripts}, err
}

// scripts is the card of the scripts of a conference, as far as the reader finds them.
func (p *Pages) scripts(c *web.Ctx, w Work) (g.Node, error) {
	var lines g.Group
	for _, y := range w.Sittings {
		sheet, err := p.Sheet(c.Context(), c.Who, w.ID, y.ID)
		if fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		v := scriptView{Sheet: sheet, l: c.L}
		lines = append(lines, v.line(), g.Map(sheet.Rehearsals, v.rehearsalLine))
	}
	if len(lines) == 0 {
		return nil, nil
	}
	return part.Card(part.CardHead(c.L.T("staging.script")), part.List(lines)), nil
}

// HomePanel shows the sittings that the reader leads, and what they are in charge of and
// have not done, what is late first; nil where there is nothing.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if c.Who.Member == "" || !c.Who.May(conference.MayRead) {
		return nil, nil
	}
	duties, err := mine(c.Context(), p.DB, c.Who)
	if err != nil {
		return nil, err
	}
	led, err := leads(c.Context(), p.DB, c.Who, p.now())
	if err != nil {
		return nil, err
	}
	v := workView{l: c.L, now: p.now()}
	var out g.Group
	if len(led) > 0 {
		out = append(out, part.Card(part.CardHead(c.L.T("staging.leads")), part.List(g.Map(led, v.ledLine))))
	}
	if len(duties) > 0 {
		out = append(out, part.Card(part.CardHead(c.L.T("staging.mine")), part.List(g.Map(duties[:min(4, len(duties))], v.homeLine))))
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}
