package conference

import (
	"chibo/kit/access"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// slot is the form of a sitting: its day and its hours apart, as people say them.
type slot struct {
	Title   string    `form:"title"`
	Kind    string    `form:"kind"`
	Host    string    `form:"host"`
	Day     when.Date `form:"day"`
	Starts  string    `form:"starts"` // 08:00
	Ends    string    `form:"ends"`
	Venue   string    `form:"venue"`
	Address string    `form:"address"`
	Map     string    `form:"map"`
}

func slotOf(y Sitting) slot {
	return slot{y.Title, string(y.Kind), y.Host, y.StartsAt.Date(), y.StartsAt.HHMM(), y.EndsAt.HHMM(), y.Venue, y.Address, y.Map}
}

// sitting reads the form. An hour that nobody can read is none, and refused as such.
func (f slot) sitting() Sitting {
	return Sitting{
		Title: f.Title, Kind: meeting.Kind(f.Kind), Host: f.Host, StartsAt: hour(f.Day, f.Starts), EndsAt: hour(f.Day, f.Ends),
		Venue: f.Venue, Address: f.Address, Map: f.Map,
	}
}

func hour(day when.Date, clock string) when.Instant {
	if day.IsZero() || clock == "" {
		return 0
	}
	at, err := when.ParseInstant(day.String() + "T" + clock)
	if err != nil {
		return 0
	}
	return at
}

func (p *Pages) newSitting(c *web.Ctx) error {
	page, err := p.sittingPage(c, "", c.Fill(slot{Starts: "08:00", Ends: "11:00"}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) editSitting(c *web.Ctx) error {
	x, err := p.kept(c)
	if err != nil {
		return err
	}
	y, err := SittingOf(c.Context(), p.DB, x, c.Param("sitting"))
	if err != nil {
		return err
	}
	page, err := p.sittingPage(c, y.ID, c.Fill(slotOf(y)))
	if err != nil {
		return err
	}
	return c.Page(page)
}

// sittingPage is the form of a sitting, of a new one where id is empty.
func (p *Pages) sittingPage(c *web.Ctx, id string, f web.Form) (web.Page, error) {
	x, err := p.kept(c)
	if err != nil {
		return web.Page{}, err
	}
	o, err := organization.Find(c.Context(), p.DB, x.Root, x.Organization)
	if err != nil {
		return web.Page{}, err
	}
	v := sittingView{l: c.L, x: x, id: id, form: f}
	if v.cells, err = organization.CellsUnder(c.Context(), p.DB, access.Whole("", o.Path)); err != nil {
		return web.Page{}, err
	}
	title := c.L.T("conference.sitting.new")
	if id != "" {
		title = c.L.T("conference.sitting.edit")
	}
	return web.Page{Title: title, Section: section, Crumbs: within(c, x), Body: v.body()}, nil
}

func (p *Pages) addSitting(c *web.Ctx) error {
	var f slot
	err := c.Decode(&f)
	if err == nil {
		_, err = p.AddSitting(c.Context(), c.Who, c.Param("id"), f.sitting())
	}
	return c.Reply(err, Conference{ID: c.Param("id")}.Path(), "conference.done.sitting", func(f web.Form) (web.Page, error) { return p.sittingPage(c, "", f) })
}

func (p *Pages) changeSitting(c *web.Ctx) error {
	var f slot
	err := c.Decode(&f)
	if err == nil {
		err = p.ChangeSitting(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), f.sitting())
	}
	return c.Reply(err, Conference{ID: c.Param("id")}.Path(), "conference.done.sitting", func(f web.Form) (web.Page, error) { return p.sittingPage(c, c.Param("sitting"), f) })
}

func (p *Pages) removeSitting(c *web.Ctx) error {
	if err := p.RemoveSitting(c.Context(), c.Who, c.Param("id"), c.Param("sitting")); err != nil {
		return err
	}
	return c.Done(Conference{ID: c.Param("id")}.Path(), "conference.done.sitting_removed")
}

func (p *Pages) newLine(c *web.Ctx) error {
	page, err := p.linePage(c, "", c.Fill(Category{Source: FromOffice, Quota: 1}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) editLine(c *web.Ctx) error {
	x, err := p.kept(c)
	if err != nil {
		return err
	}
	y, err := categoryOf(c.Context(), p.DB, x, c.Param("line"))
	if err != nil {
		return err
	}
	page, err := p.linePage(c, y.ID, c.Fill(y))
	if err != nil {
		return err
	}
	return c.Page(page)
}

// linePage is the form of a line of the composition, of a new one where id is empty.
func (p *Pages) linePage(c *web.Ctx, id string, f web.Form) (web.Page, error) {
	x, err := p.kept(c)
	if err != nil {
		return web.Page{}, err
	}
	v := lineView{l: c.L, x: x, id: id, form: f}
	if v.sittings, err = Sittings(c.Context(), p.DB, x); err != nil {
		return web.Page{}, err
	}
	title := c.L.T("conference.line.new")
	if id != "" {
		title = c.L.T("conference.line.edit")
	}
	return web.Page{Title: title, Section: section, Crumbs: within(c, x), Body: v.body()}, nil
}

func (p *Pages) addLine(c *web.Ctx) error {
	var y Category
	err := c.Decode(&y)
	if err == nil {
		_, err = p.AddCategory(c.Context(), c.Who, c.Param("id"), y)
	}
	return c.Reply(err, Conference{ID: c.Param("id")}.Path(), "conference.done.line", func(f web.Form) (web.Page, error) { return p.linePage(c, "", f) })
}

func (p *Pages) changeLine(c *web.Ctx) error {
	var y Category
	err := c.Decode(&y)
	if err == nil {
		err = p.ChangeCategory(c.Context(), c.Who, c.Param("id"), c.Param("line"), y)
	}
	return c.Reply(err, Conference{ID: c.Param("id")}.Path(), "conference.done.line", func(f web.Form) (web.Page, error) { return p.linePage(c, c.Param("line"), f) })
}

func (p *Pages) removeLine(c *web.Ctx) error {
	if err := p.RemoveCategory(c.Context(), c.Who, c.Param("id"), c.Param("line")); err != nil {
		return err
	}
	return c.Done(Conference{ID: c.Param("id")}.Path(), "conference.done.line_removed")
}
