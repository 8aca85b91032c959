package conference

import (
	"net/url"
	"slices"
	"strconv"

	"chibo/document"
	"chibo/kit/web"
	"chibo/meeting"
)

// programmeRoutes are the routes of the programme of a sitting and of the meeting that is
// performed there.
func (p *Pages) programmeRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /conferences/{id}/sittings/{sitting}/programme", Need: Keep, Do: p.editProgramme},
		{Pattern: "POST /conferences/{id}/sittings/{sitting}/programme", Need: Keep, Do: p.setProgramme},
		{Pattern: "GET /conferences/{id}/sittings/{sitting}/programme/{form}", Need: MayRead, Do: p.programmePaper},
		{Pattern: "POST /conferences/{id}/sittings/{sitting}/meeting", Need: Host, Do: p.meet},
	}
}

func (p *Pages) editProgramme(c *web.Ctx) error {
	page, err := p.programmePage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// programmePage is the editor of a programme, with what was refused or as it stands; one
// that is not there yet begins with the usual parts.
func (p *Pages) programmePage(c *web.Ctx, refused web.Form) (web.Page, error) {
	x, err := p.kept(c)
	if err != nil {
		return web.Page{}, err
	}
	y, err := SittingOf(c.Context(), p.DB, x, c.Param("sitting"))
	if err != nil {
		return web.Page{}, err
	}
	v := programmeView{l: c.L, x: x, y: y, form: refused}
	if v.form.Values == nil {
		parts, err := ProgrammeOf(c.Context(), p.DB, y)
		if err != nil {
			return web.Page{}, err
		}
		if len(parts) == 0 {
			parts = usual(y)
		}
		v.form = programmeForm(parts)
	}
	return web.Page{Title: c.L.T("conference.programme"), Lead: y.Title, Section: section, Crumbs: within(c, x), Body: v.body()}, nil
}

// programmeForm returns the form of a programme.
func programmeForm(parts Programme) web.Form {
	values := url.Values{}
	for n, x := range parts {
		values.Set(partField("id", n), x.ID)
		values.Set(partField("position", n), strconv.Itoa(n+1))
		values.Set(partField("content", n), x.Content)
		values.Set(partField("minutes", n), strconv.Itoa(x.Minutes))
		values.Set(partField("person", n), x.Person)
	}
	return web.Form{Values: values}
}

// programmeFrom reads the posted parts; one of which nothing is left falls away, one whose
// place cannot be read stays where it stood.
func programmeFrom(values url.Values) Programme {
	var out Programme
	for n := range mostParts {
		x := Part{ID: values.Get(partField("id", n)), Content: values.Get(partField("content", n)), Person: values.Get(partField("person", n))}
		minutes := values.Get(partField("minutes", n))
		if x.Content == "" && x.Person == "" && minutes == "" {
			continue
		}
		x.Minutes, _ = strconv.Atoi(minutes) // what is no number is refused as 0 is
		var err error
		if x.Position, err = strconv.Atoi(values.Get(partField("position", n))); err != nil {
			x.Position = n + 1
		}
		out = append(out, x)
	}
	return out
}

func (p *Pages) setProgramme(c *web.Ctx) error {
	values, err := c.Values()
	if err == nil {
		err = p.SetProgramme(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), programmeFrom(values))
	}
	return c.Reply(err, Conference{ID: c.Param("id")}.Path(), "conference.done.programme", func(f web.Form) (web.Page, error) { return p.programmePage(c, f) })
}

func (p *Pages) programmePaper(c *web.Ctx) error {
	f, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	y, err := SittingOf(c.Context(), p.DB, f.Conference, c.Param("sitting"))
	if err != nil {
		return err
	}
	parts, err := ProgrammeOf(c.Context(), p.DB, y)
	if err != nil {
		return err
	}
	d := parts.Paper(f.Unit, f.Plan.Latest().Facts.Issuer, y)
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+c.Param("form"), c.Param("form"))
}

func (p *Pages) meet(c *web.Ctx) error {
	var f struct {
		Meeting string `form:"meeting"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Meet(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), f.Meeting)
	}
	return c.Reply(err, Conference{ID: c.Param("id")}.Path(), "conference.done.meeting", func(f web.Form) (web.Page, error) { return p.page(c, f) })
}

// choices returns the meetings that the host of a sitting may name, from the month before
// to the month after.
func (p *Pages) choices(c *web.Ctx, y Staged) ([]meeting.Meeting, error) {
	all, err := meeting.Around(c.Context(), p.DB, y.HostRoot, y.Host, y.StartsAt.Date().In())
	return slices.DeleteFunc(all, func(m meeting.Meeting) bool { return !fitting(y.Sitting, m) }), err
}
