package task

import (
	"context"

	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

func (p *Pages) chargeList(c *web.Ctx) error {
	page, err := p.chargePage(c, c.Query("unit"), part.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) chargePage(c *web.Ctx, unit string, f part.Form) (web.Page, error) {
	units, err := p.units(c, MayRead)
	if err != nil {
		return web.Page{}, err
	}
	if unit = chosen(units, unit); unit == "" {
		return web.Page{}, fault.New(fault.NotFound, "fault.not_found")
	}
	all, o, err := p.chargesOf(c.Context(), c.Who, unit)
	v := chargeView{unit: unit, charges: all, reader: c.Who.Member, gives: c.Who.MayAt(MayGive, o.Path), form: f}
	return web.Page{
		Title: c.L.T("task.charge.title"), Section: "tasks", Lead: o.Name,
		Crumbs: []web.Crumb{{Text: c.L.T("task.title"), URL: "/tasks"}}, Body: v.body(c.L),
	}, err
}

func (p *Pages) reportCharge(c *web.Ctx) error {
	var d ChargeDraft
	err := c.Decode(&d)
	if err == nil {
		err = p.ReportCharge(c.Context(), c.Who, d)
	}
	return c.Reply(err, "/tasks/charges?unit="+d.Organization, "task.done.charge", func(f web.Form) (web.Page, error) { return p.chargePage(c, d.Organization, f) })
}

// ChargePanel is the card, on the preparation page of a cell, of the standing duties
// and what was reported since its last meeting; nil where nobody is in charge of
// anything. It trusts that the caller has checked the scope.
func (p *Pages) ChargePanel(ctx context.Context, c *web.Ctx, root, cell string, since when.Instant) (g.Node, error) {
	all, err := Charges(ctx, p.DB, root, cell, since, p.now().Date())
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return chargeCard(c.L, all, cell), nil
}

// OwnChargePanel is the card, on the home page, that asks a member in charge for a
// report; nil when there is nothing to ask for.
func (p *Pages) OwnChargePanel(c *web.Ctx) (g.Node, error) {
	home, ok := c.Who.Home()
	if c.Who.Member == "" || !ok || !c.Who.May(MayReport) {
		return nil, nil
	}
	all, o, err := p.chargesOf(c.Context(), c.Who, home.Organization)
	if fault.Is(err, fault.NotFound) {
		return nil, nil // the home of the person is no cell
	}
	if err != nil {
		return nil, err
	}
	for _, own := range all {
		if own.Member == c.Who.Member && !own.Reported() {
			return ownChargeCard(c.L, own, o.ID), nil
		}
	}
	return nil, nil
}
