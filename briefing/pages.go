package briefing

import (
	"context"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/room"
)

// Pages are the wheel of a cell, the briefing of a meeting, and one's own.
type Pages struct {
	*Service
	Room *room.Service
}

// Routes returns the routes of briefings.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /briefings", Need: Read, Do: p.wheel},
		{Pattern: "GET /briefings/past", Need: Read, Do: p.past},
		{Pattern: "GET /briefings/mine", Need: Read, Do: p.mine},
		{Pattern: "POST /briefings/excuses", Need: Read, Do: p.excuse},
		{Pattern: "POST /briefings/excuses/{id}/end", Need: Read, Do: p.recall},
		{Pattern: "GET /meetings/{id}/briefing", Need: Read, Do: p.show},
		{Pattern: "GET /meetings/{id}/briefing/edit", Need: Read, Do: p.edit},
		{Pattern: "POST /meetings/{id}/briefing", Need: Read, Do: p.prepare},
		{Pattern: "POST /meetings/{id}/briefing/files", Need: Read, Do: p.attach, Takes: library.Papers},
		{Pattern: "POST /meetings/{id}/briefing/files/{file}/remove", Need: Read, Do: p.detach},
		{Pattern: "POST /meetings/{id}/briefing/teller", Need: Arrange, Do: p.appoint},
		{Pattern: "POST /meetings/{id}/briefing/remark", Need: Arrange, Do: p.thank},
	}
}

const section = "briefings"

// cell returns the cell asked for, else the reader's own.
func (p *Pages) cell(c *web.Ctx) (organization.Organization, error) {
	id := c.Query("cell")
	if home, ok := c.Who.Home(); id == "" && ok {
		id = home.Organization
	}
	return organization.GetCell(c.Context(), p.DB, c.Who.Scope(Read), id)
}

// monthsAhead is how many turns to come the wheel shows.
const monthsAhead = 6

func (p *Pages) wheel(c *web.Ctx) error {
	o, err := p.cell(c)
	if err != nil {
		return err
	}
	page, err := p.wheelPage(c, o, part.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) wheelPage(c *web.Ctx, o organization.Organization, f part.Form) (web.Page, error) {
	ctx, today := c.Context(), p.now().Date()
	v := wheelView{L: c.L, Cell: o, Arranges: c.Who.MayAt(Arrange, o.Path), Reader: c.Who.Member, Form: f}
	var err error
	if v.Sessions, err = History(ctx, p.DB, o.Root, o.ID); err != nil {
		return web.Page{}, err
	}
	people, err := turners(ctx, p.DB, o.Root, o.ID, "", today)
	if err != nil {
		return web.Page{}, err
	}
	v.Places = Order(people, tellings(v.Sessions, p.now()))
	if v.Excuses, err = excuses(ctx, p.DB, o.Root, o.ID, today); err != nil {
		return web.Page{}, err
	}
	if v.Ahead, err = p.ahead(ctx, o, v.Sessions, people); err != nil {
		return web.Page{}, err
	}
	if v.Names, err = p.names(ctx, o.Root, v.Sessions, people); err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: c.L.T("briefing.wheel.title"), Lead: o.Name, Section: section, Body: v.body()}, nil
}

// turn is one of the turns to come; a zero Session says that no meeting is opened
// for the month yet.
type turn struct {
	Session
	Day when.Date
	Who string
}

// ahead lays out the turns to come: those of meetings that are opened as their
// agendas name them, then as the wheel goes on.
func (p *Pages) ahead(ctx context.Context, o organization.Organization, sessions []Session, people []Turner) ([]turn, error) {
	settings, err := organization.SettingsOn(ctx, p.DB, o.Root, o.ID, p.now().Date())
	if err != nil {
		return nil, err
	}
	var out []turn
	var days []when.Date
	for month := p.now().Date().In(); len(out) < monthsAhead; month = month.Next() {
		at := slices.IndexFunc(sessions, func(s Session) bool { return s.Month == month && s.Monthly })
		switch day := settings.StartsAt(month).Date(); {
		case at >= 0 && sessions[at].over(), at < 0 && len(out) == 0 && day.Before(p.now().Date()):
		case at >= 0:
			out = append(out, turn{sessions[at], sessions[at].StartsAt.Date(), sessions[at].Member()})
		default:
			out, days = append(out, turn{Day: day}), append(days, day)
		}
	}
	on := func(day when.Date) []Turner {
		on := slices.Clone(people)
		for i := range on {
			if on[i].Skip == Excused && on[i].Until.Before(day) {
				on[i].Skip = ""
			}
		}
		return on
	}
	next := Ahead(on, tellings(sessions, out[len(out)-1].Day.AddDays(1).Start()), days...)
	for i := range out {
		if out[i].Meeting == "" {
			out[i].Who, next = next[0], next[1:]
		}
	}
	return out, nil
}

func (p *Pages) names(ctx context.Context, root string, sessions []Session, people []Turner) (map[string]string, error) {
	var ids []string
	for _, s := range sessions {
		ids = append(ids, s.Member(), s.Presenter, s.Turn, s.RemarkBy)
	}
	for _, t := range people {
		ids = append(ids, t.Member)
	}
	return member.Names(ctx, p.DB, root, ids...)
}

// past lists what was told in the cell, or what of it holds the words searched for.
func (p *Pages) past(c *web.Ctx) error {
	o, err := p.cell(c)
	if err != nil {
		return err
	}
	v := pastView{L: c.L, Cell: o, Asked: c.Query("q")}
	sessions, err := History(c.Context(), p.DB, o.Root, o.ID)
	if err != nil {
		return err
	}
	for _, s := range slices.Backward(sessions) {
		if s.State.Reached(meeting.Open) && s.Prepared() && s.Matches(v.Asked) {
			v.Found = append(v.Found, s)
		}
	}
	if v.Names, err = p.names(c.Context(), o.Root, v.Found, nil); err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("briefing.past.title"), Lead: o.Name, Crumbs: crumbs(c, o.ID), Section: section, Body: v.body()})
}

func crumbs(c *web.Ctx, cell string) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("briefing.wheel.title"), URL: "/briefings?cell=" + cell}}
}

// mine is the reader's own page: the turn to come, and what was said to the turns
// before.
func (p *Pages) mine(c *web.Ctx) error {
	o, err := p.cell(c)
	if err != nil {
		return err
	}
	page, err := p.minePage(c, o, part.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) minePage(c *web.Ctx, o organization.Organization, f part.Form) (web.Page, error) {
	v := mineView{L: c.L, Cell: o, Form: f}
	sessions, err := History(c.Context(), p.DB, o.Root, o.ID)
	if err != nil {
		return web.Page{}, err
	}
	for _, s := range sessions {
		switch {
		case c.Who.Member == "" || s.Member() != c.Who.Member:
		case s.over():
			v.Told = append(v.Told, s)
		default:
			v.Coming = append(v.Coming, s)
		}
	}
	slices.Reverse(v.Told)
	all, err := excuses(c.Context(), p.DB, o.Root, o.ID, p.now().Date())
	if err != nil {
		return web.Page{}, err
	}
	v.Excuses = slices.DeleteFunc(all, func(e Excuse) bool { return e.Member != c.Who.Member })
	return web.Page{Title: c.L.T("briefing.mine.title"), Lead: o.Name, Crumbs: crumbs(c, o.ID), Section: section, Body: v.body()}, nil
}

// excuseForm asks that somebody is not called for a time; Back says from which page.
type excuseForm struct {
	Cell   string    `form:"cell"`
	Back   string    `form:"back"`
	Member string    `form:"member"`
	Until  when.Date `form:"until"`
	Reason string    `form:"reason"`
}

func (p *Pages) excuse(c *web.Ctx) error {
	var f excuseForm
	err := c.Decode(&f)
	if err == nil {
		if err = p.Excuse(c.Context(), c.Who, f.Cell, Excuse{Member: f.Member, Until: f.Until, Reason: f.Reason}); err == nil {
			return c.Done(backTo(f.Back, f.Cell), "briefing.done.excused")
		}
	}
	o, missing := organization.Get(c.Context(), p.DB, c.Who.Scope(Read), f.Cell)
	if missing != nil {
		return missing
	}
	draw := p.wheelPage
	if f.Back == "mine" {
		draw = p.minePage
	}
	return c.Redraw(err)(draw(c, o, c.Refill(err)))
}

func (p *Pages) recall(c *web.Ctx) error {
	var f excuseForm
	if err := c.Decode(&f); err != nil {
		return err
	}
	if err := p.Recall(c.Context(), c.Who, f.Cell, c.Param("id")); err != nil {
		return err
	}
	return c.Done(backTo(f.Back, f.Cell), "briefing.done.recalled")
}

// backTo returns the page from which an excuse was asked for.
func backTo(back, cell string) string {
	if back == "mine" {
		return "/briefings/mine?cell=" + cell
	}
	return "/briefings?cell=" + cell
}

// HomePanel is the reader's own turn on the home page; nil when none is near.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	home, ok := c.Who.Home()
	if !ok || c.Who.Member == "" || !c.Who.MayAt(Read, home.Path) {
		return nil, nil
	}
	sessions, err := History(c.Context(), p.DB, home.Root, home.Organization)
	if err != nil {
		return nil, err
	}
	for _, s := range sessions {
		if s.Member() == c.Who.Member && (s.State == meeting.Draft || s.State == meeting.Noticed) {
			return homeCard(c.L, s), nil
		}
	}
	return nil, nil
}

// MeetingPanel is the briefing on the page of a meeting: who tells, whether it is
// prepared, and who would step in.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	x, path, err := inScope(ctx, p.DB, c.Who.Scope(Read), id)
	if fault.Is(err, fault.NotFound) {
		return nil, nil // no current affairs at this meeting
	}
	if err != nil {
		return nil, err
	}
	v, err := p.session(c, x, path)
	if err != nil {
		return nil, err
	}
	return v.panel(), nil
}

// session gathers what is shown of one briefing to this reader.
func (p *Pages) session(c *web.Ctx, x Session, path string) (sessionView, error) {
	ctx := c.Context()
	v := sessionView{
		L: c.L, Session: x, Arranges: c.Who.MayAt(Arrange, path), Writes: writes(c.Who)(path, x),
		Reads: x.State.Reached(meeting.Open) || writes(c.Who)(path, x), Own: c.Who.Member != "" && c.Who.Member == x.Member(),
	}
	var err error
	if v.Files, err = library.Files(ctx, p.DB, x.Root, FileUse, x.Meeting); err != nil {
		return v, err
	}
	if v.Arranges {
		if err := p.propose(ctx, &v); err != nil {
			return v, err
		}
	}
	v.Names, err = p.names(ctx, x.Root, []Session{x}, v.People)
	return v, err
}

// propose finds whether the one who is named cannot come, and who steps in.
func (p *Pages) propose(ctx context.Context, v *sessionView) (err error) {
	x := v.Session
	if v.People, err = turners(ctx, p.DB, x.Root, x.Organization, x.Meeting, x.StartsAt.Date()); err != nil {
		return err
	}
	here, err := p.here(ctx, x)
	if err != nil {
		return err
	}
	v.Gone = x.Member() == "" || slices.ContainsFunc(v.People, func(t Turner) bool { return t.Member == x.Member() && t.Skip != "" })
	if here != nil {
		v.Gone = !slices.Contains(here, x.Member())
	}
	if v.Gone {
		v.Proposed, err = Proposal(ctx, p.DB, x, here)
	}
	return err
}

// here returns who is in the room, or was; nil before the opening.
func (p *Pages) here(ctx context.Context, x Session) ([]string, error) {
	switch {
	case x.over():
		return came(ctx, p.DB, x.Root, x.Meeting)
	case x.State != meeting.Open:
		return nil, nil
	}
	state, err := p.Room.StateOf(ctx, p.DB, x.Root, x.Meeting)
	here := []string{}
	for _, a := range state.Roll {
		if a.Came() {
			here = append(here, a.ID)
		}
	}
	return here, err
}

// in returns a briefing that the reader may read, as a view.
func (p *Pages) in(c *web.Ctx) (sessionView, error) {
	x, path, err := Readable(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return sessionView{}, err
	}
	return p.session(c, x, path)
}
