package rating

import (
	"net/url"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/organization"
)

func (p *Pages) summaryRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /rating-summaries/{organization}", Need: Oversee, Do: p.summary},
		{Pattern: "POST /rating-summaries/{organization}/cap", Need: Decide, Do: p.settleCap},
		{Pattern: "GET /rating-summaries/{organization}/papers/{paper}", Need: Oversee, Do: p.summaryPaper, Mass: true},
	}
}

func summaryPath(organization string) string { return "/rating-summaries/" + organization }

// query is the period as it stands in addresses.
func (p Period) query() string {
	return "?" + url.Values{"span": {string(p.Span)}, "month": {p.Month.String()}}.Encode()
}

// deciding returns the committees whose cells' lists the reader may put together.
func (p *Pages) deciding(c *web.Ctx) ([]organization.Organization, error) {
	if !c.Who.May(Oversee) {
		return nil, nil
	}
	all, err := organization.Under(c.Context(), p.DB, c.Who.Scope(Oversee))
	return slices.DeleteFunc(all, func(o organization.Organization) bool {
		return o.Level == organization.Cell || o.Level == organization.PartyGroup
	}), err
}

func (p *Pages) summary(c *web.Ctx) error {
	period, err := periodFrom(c.Query("span"), c.Query("month"), p.today())
	if err != nil {
		return err
	}
	page, err := p.summaryPage(c, period, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) summaryPage(c *web.Ctx, period Period, refused error) (web.Page, error) {
	sum, err := p.Summarize(c.Context(), c.Who, c.Param("organization"), period)
	if err != nil {
		return web.Page{}, err
	}
	o := sum.Organization
	f := c.Fill(capForm{Reading: sum.Policy.Reading, Share: sum.Policy.Share, Source: sum.Policy.Source, Span: period.Span, Month: period.Month.String()})
	if refused != nil {
		f = c.Refill(refused)
	}
	v := summaryView{Summary: sum, form: f, decides: c.Who.MayAt(Decide, o.Path)}
	if v.periods, err = p.periods(c.Context(), o, period); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Title: c.L.T("rating.summary.title", "Period", period.Name()), Lead: o.Name, Section: "ratings", Wide: true, Crumbs: crumbs(c), Body: v.body(c.L),
	}, nil
}

// capForm is the policy of a committee on the cap, with the period whose page shows it.
type capForm struct {
	Reading Reading `form:"reading"`
	Share   int     `form:"share"`
	Source  string  `form:"source"`
	Span    Span    `form:"span"`
	Month   string  `form:"month"`
}

func (p *Pages) settleCap(c *web.Ctx) error {
	var f capForm
	if err := c.Decode(&f); err != nil {
		return err
	}
	period, err := periodFrom(string(f.Span), f.Month, p.today())
	if err != nil {
		return err
	}
	err = p.SettleCap(c.Context(), c.Who, c.Param("organization"), Cap{f.Reading, f.Share, f.Source})
	if fault.Is(err, fault.Invalid) {
		page, other := p.summaryPage(c, period, err)
		if other != nil {
			return other
		}
		return c.Again(err, page)
	}
	if err != nil {
		return err
	}
	return c.Done(summaryPath(c.Param("organization"))+period.query(), "rating.done.settled")
}

func (p *Pages) summaryPaper(c *web.Ctx) error {
	period, err := periodFrom(c.Query("span"), c.Query("month"), p.today())
	if err != nil {
		return err
	}
	kind, form, _ := strings.Cut(c.Param("paper"), ".")
	if Paper(kind) != Results {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	sum, err := p.Summarize(c.Context(), c.Who, c.Param("organization"), period)
	if err != nil {
		return err
	}
	return send(c, sum.doc(p.today()), form)
}
