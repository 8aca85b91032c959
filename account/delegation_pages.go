package account

import (
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
)

// delegationRoutes are the page on which somebody hands over what they do while they are
// away.
func (p *Pages) delegationRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /delegations", Need: access.SignedIn, Do: p.delegations},
		{Pattern: "POST /delegations", Need: access.SignedIn, Do: p.delegate},
		{Pattern: "POST /delegations/{id}/end", Need: access.SignedIn, Do: p.endDelegation},
	}
}

// delegationForm is a delegation as a form holds it.
type delegationForm struct {
	Receiver string    `form:"receiver"`
	Parts    []Part    `form:"parts"`
	Reason   string    `form:"reason"`
	From     when.Date `form:"from"`
	Until    when.Date `form:"until"`
}

// handable is what of the reader's may be handed over, and to whom.
type handable struct {
	grant  access.Grant
	people []colleague
}

// name names the office in addresses: its role and its unit.
func (o handable) name() string { return string(o.grant.Role) + "." + o.grant.Organization }

func (p *Pages) delegations(c *web.Ctx) error {
	page, err := p.delegationsPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) delegationsPage(c *web.Ctx, form web.Form) (web.Page, error) {
	v := delegationsView{me: c.Who.Member, today: p.now().Date(), form: form}
	var err error
	if v.all, err = delegationsOf(c.Context(), p.DB, c.Who.Root, c.Who.Member); err != nil {
		return web.Page{}, err
	}
	for _, grant := range own(c.Who) {
		people, err := colleagues(c.Context(), p.DB, grant, c.Who.Root, v.today)
		if err != nil {
			return web.Page{}, err
		}
		people = slices.DeleteFunc(people, func(one colleague) bool { return one.Member == c.Who.Member })
		if c.Who.Member != "" {
			v.offices = append(v.offices, handable{grant, people})
		}
	}
	return web.Page{
		Title: c.L.T("account.delegation.title"), Lead: c.L.T("account.delegation.lead"), Section: "me",
		Body: v.body(c.L),
	}, nil
}

func (p *Pages) delegate(c *web.Ctx) error {
	var f delegationForm
	err := c.Decode(&f)
	if err == nil {
		var of struct {
			Role         access.Role `form:"role"`
			Organization string      `form:"organization"`
		}
		if err := c.Decode(&of); err != nil {
			return err
		}
		_, err = p.Delegate(c.Context(), c.Who, Delegation{
			Organization: of.Organization, Role: of.Role, Receiver: f.Receiver, Parts: f.Parts, Reason: f.Reason, From: f.From, Until: f.Until,
		})
	}
	if err != nil {
		return c.Redraw(err)(p.delegationsPage(c, c.Refill(err)))
	}
	return c.Done("/delegations", "account.delegation.given")
}

func (p *Pages) endDelegation(c *web.Ctx) error {
	if err := p.EndDelegation(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/delegations", "account.delegation.ended")
}

// HomePanel says to somebody who stands in for others in whose place and until when; nil
// for everybody else.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if c.Who.Member == "" || !slices.ContainsFunc(c.Who.Grants, func(g access.Grant) bool { return g.For != "" }) {
		return nil, nil
	}
	all, err := delegationsOf(c.Context(), p.DB, c.Who.Root, c.Who.Member)
	if err != nil {
		return nil, err
	}
	v := delegationsView{me: c.Who.Member, today: p.now().Date()}
	for _, d := range all {
		if d.Receiver == v.me && d.Holds(v.today) {
			v.all = append(v.all, d)
		}
	}
	return v.homeCard(c.L), nil
}

// UnitPanel says on the page of a unit who stands in for whom there, and leads to handing
// over; nil where nothing is handed over and the reader has nothing to hand over.
func (p *Pages) UnitPanel(c *web.Ctx, o organization.Organization) g.Node {
	all, err := delegationsAt(c.Context(), p.DB, o.ID, p.now().Date())
	mine := slices.ContainsFunc(own(c.Who), func(g access.Grant) bool { return g.Organization == o.ID })
	if err != nil {
		p.Log.ErrorContext(c.Context(), "delegations of a unit", "error", err)
	}
	if len(all) == 0 && !mine {
		return nil
	}
	return delegationsView{me: c.Who.Member, today: p.now().Date(), all: all}.unitCard(c.L, mine)
}
