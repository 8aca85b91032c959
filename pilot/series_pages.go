package pilot

import (
	"context"
	"slices"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// opening is the form that opens a series.
type opening struct {
	Organization string    `form:"organization"`
	Title        string    `form:"title"`
	Purpose      string    `form:"purpose"`
	From         when.Date `form:"from"`
	Until        when.Date `form:"until"`
	Hosts        []string  `form:"hosts"`
	Kind         string    `form:"kind"`
	Appraisers   []string  `form:"appraisers"`
}

func (f opening) series() Series {
	return Series{Organization: f.Organization, Title: f.Title, Purpose: f.Purpose, From: f.From, Until: f.Until}
}

func (f opening) choice() Choice { return Choice{Hosts: f.Hosts, Kind: meeting.Kind(f.Kind)} }

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.newPage(c, c.Query("unit"), web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// newPage is the form of a series of the committee that is asked for, the topmost by
// default.
func (p *Pages) newPage(c *web.Ctx, unit string, f web.Form) (web.Page, error) {
	units, err := organization.CommitteesUnder(c.Context(), p.DB, c.Who.Scope(Direct))
	if err != nil {
		return web.Page{}, err
	}
	v := newView{l: c.L, form: f, units: units}
	if at := slices.IndexFunc(units, func(o organization.Organization) bool { return o.ID == unit }); at > 0 {
		v.unit = units[at]
	} else if len(units) > 0 {
		v.unit = units[0]
	}
	if v.cells, err = p.cells(c.Context(), v.unit); err != nil {
		return web.Page{}, err
	}
	if v.staff, err = p.Staff(c.Context(), p.DB, v.unit); err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: c.L.T("pilot.new"), Section: section, Lead: v.unit.Name, Crumbs: crumbs(c), Body: v.body()}, nil
}

// cells returns the cells below a committee.
func (p *Pages) cells(ctx context.Context, o organization.Organization) ([]organization.Organization, error) {
	below, err := organization.Under(ctx, p.DB, access.Whole("", o.Path))
	return slices.DeleteFunc(below, func(h organization.Organization) bool { return h.Level != organization.Cell }), err
}

func (p *Pages) open(c *web.Ctx) error {
	var f opening
	var x Series
	err := c.Decode(&f)
	if err == nil {
		x, err = p.Open(c.Context(), c.Who, f.series(), f.choice(), f.Appraisers)
	}
	if err == nil {
		return c.Done(x.Path(), "pilot.done.opened")
	}
	return c.Redraw(err)(p.newPage(c, f.Organization, c.Refill(err)))
}

func (p *Pages) showSeries(c *web.Ctx) error {
	page, err := p.seriesPage(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) seriesPage(c *web.Ctx, card string, refused web.Form) (web.Page, error) {
	sheet, err := p.ViewSeries(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := seriesView{Sheet: sheet, l: c.L, card: card, refused: refused}
	v.edit, v.judge = c.Fill(opening{Title: v.Title, Purpose: v.Purpose, From: v.From, Until: v.Until}), c.Fill(v.Assessment)
	if v.cells, err = p.cells(c.Context(), v.Unit); err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: v.Title, Section: section, Lead: v.lead(), Crumbs: crumbs(c), Action: v.action(), Body: v.body()}, nil
}

// doneSeries answers a change of a series, or shows the form of its card again.
func (p *Pages) doneSeries(c *web.Ctx, err error, card, key string) error {
	if err == nil {
		return c.Done(Series{ID: c.Param("id")}.Path(), key)
	}
	return c.Redraw(err)(p.seriesPage(c, card, c.Refill(err)))
}

func (p *Pages) reschedule(c *web.Ctx) error {
	var f opening
	err := c.Decode(&f)
	if err == nil {
		err = p.Reschedule(c.Context(), c.Who, c.Param("id"), f.series())
	}
	return p.doneSeries(c, err, "edit", "pilot.done.changed")
}

func (p *Pages) choose(c *web.Ctx) error {
	var f opening
	err := c.Decode(&f)
	if err == nil {
		err = p.Choose(c.Context(), c.Who, c.Param("id"), f.choice())
	}
	return p.doneSeries(c, err, "hosts", "pilot.done.chosen")
}

func (p *Pages) assess(c *web.Ctx) error {
	var a Assessment
	err := c.Decode(&a)
	if err == nil {
		err = p.Assess(c.Context(), c.Who, c.Param("id"), a)
	}
	return p.doneSeries(c, err, "assess", "pilot.done.assessed")
}

func (p *Pages) seriesPaper(c *web.Ctx) error {
	v, err := p.ViewSeries(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	d := seriesDoc(v, p.now().Date())
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+c.Param("form"), c.Param("form"))
}
