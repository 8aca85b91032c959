package account

import (
	"cmp"
	"net/url"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/web"
)

// people is what the page of accounts shows.
type people struct {
	units   []place // that the person manages
	unit    place   // the one shown
	entries []Entry
	given   []givenIn
	mayGive bool
	give    web.Form
	pick    web.Form
	asides  []g.Node
	waiting []asked
}

func (p *Pages) accountsPage(c *web.Ctx) error {
	view, err := p.people(c, c.Query("unit"))
	if err != nil {
		return err
	}
	if err := p.looked(c, view); err != nil {
		return err
	}
	return c.Page(peopleView(c.L, view))
}

// RolesViewed is what the log calls a look at those who were given a role by hand in a unit or
// below it.
const RolesViewed = "account.roles_viewed"

// looked writes down whose accounts were looked at: those of a unit, and of all who were given a
// role by hand where the reader manages accounts.
func (p *Pages) looked(c *web.Ctx, v people) error {
	if at := v.unit; at.ID != "" {
		if err := p.Audit.Look(c.Context(), p.DB, c.Who, at.Root, "account.list_viewed", at.ID); err != nil {
			return err
		}
	}
	if len(v.given) == 0 {
		return nil
	}
	for _, g := range c.Who.Grants {
		if !c.Who.MayAt(Manage, g.Path) {
			continue
		}
		if err := p.Audit.Look(c.Context(), p.DB, c.Who, cmp.Or(g.Root, g.Organization), RolesViewed, g.Organization); err != nil {
			return err
		}
	}
	return nil
}

// people reads the page for one unit, or for the person's own where none is named.
func (p *Pages) people(c *web.Ctx, unit string) (people, error) {
	sc := c.Who.Scope(Manage)
	units, err := unitsInScope(c.Context(), p.DB, sc.Near(), p.now().Date())
	if err != nil {
		return people{}, err
	}
	view := people{units: units, give: web.Form{ID: "give"}, mayGive: c.Who.Is(access.Administrator)}
	at := slices.IndexFunc(units, func(o place) bool { return o.ID == unit })
	if at < 0 && unit != "" && sc.Upper() {
		deeper, err := unitInScope(c.Context(), p.DB, sc, unit)
		if err != nil {
			return people{}, err
		}
		view.units = append(units, deeper)
		units, at = view.units, len(units)
	}
	if at < 0 {
		at = slices.IndexFunc(units, func(o place) bool { return !o.Level.Committee() })
	}
	if at < 0 {
		at = 0
	}
	if len(units) > 0 {
		view.unit = units[at]
		view.entries, err = p.roll(c, view.unit)
		if err != nil {
			return people{}, err
		}
	}
	if view.waiting, err = p.waiting(c.Context(), c.Who); err != nil {
		return people{}, err
	}
	for _, aside := range p.Asides {
		n, err := aside(c)
		if err != nil {
			return people{}, err
		}
		view.asides = append(view.asides, n)
	}
	view.given, err = p.given(c.Context(), c.Who)
	return view, err
}

// roll lists the people of a unit who stand in it today.
func (p *Pages) roll(c *web.Ctx, unit place) ([]Entry, error) {
	all, err := roll(c.Context(), p.DB, unit.Root, unit.ID, p.now().Date(), p.now())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(e Entry) bool { return !e.Standing.Listed() && e.Account == "" }), nil
}

// picked is the form of the people for whom codes are printed.
type picked struct {
	Members []string `form:"members"`
	Unit    string   `form:"unit"`
	Drops   bool     `form:"drops"`
}

// postCodes answers with the sheet itself and not with 303: the codes on it are
// shown this once and kept nowhere.
func (p *Pages) postCodes(c *web.Ctx) error {
	var form picked
	if err := c.Decode(&form); err != nil {
		return err
	}
	slips, asked, err := p.codes(c, form)
	if err != nil {
		view, readErr := p.people(c, form.Unit)
		if readErr != nil {
			return readErr
		}
		view.pick = c.Refill(err)
		return c.Again(err, peopleView(c.L, view))
	}
	if asked > 0 && len(slips) == 0 {
		return c.Done("/accounts?unit="+url.QueryEscape(form.Unit), "account.recovery.asked")
	}
	return c.Page(slipsView(c.L, slips, c.Base()))
}

// codes prints codes for those for whom one person may, and asks for the others.
func (p *Pages) codes(c *web.Ctx, form picked) (slips []Slip, asked int, err error) {
	rest, asked, err := p.askForThose(c.Context(), c.Who, form.Members, form.Drops)
	if err != nil || asked > 0 && len(rest) == 0 {
		return nil, asked, err
	}
	slips, err = p.IssueCodes(c.Context(), c.Who, rest)
	return slips, asked, err
}

// gift is the form in which a role is given by hand.
type gift struct {
	FullName string      `form:"full_name"`
	Unit     string      `form:"unit"`
	Role     access.Role `form:"role"`
}

// postGive answers with the slip of the new account, as postCodes does.
func (p *Pages) postGive(c *web.Ctx) error {
	var form gift
	if err := c.Decode(&form); err != nil {
		return err
	}
	slip, err := p.Give(c.Context(), c.Who, form.FullName, form.Unit, form.Role)
	if err != nil {
		view, readErr := p.people(c, form.Unit)
		if readErr != nil {
			return readErr
		}
		view.give = c.Refill(err)
		view.give.ID = "give"
		return c.Again(err, peopleView(c.L, view))
	}
	return c.Page(slipsView(c.L, []Slip{slip}, c.Base()))
}

// back is the form of a button that leads back to a unit's people.
type back struct {
	Unit string `form:"unit"`
}

// act does something to an account and goes back to the list.
func (p *Pages) act(c *web.Ctx, do func(id string) error, done string) error {
	var form back
	if err := c.Decode(&form); err != nil {
		return err
	}
	if err := do(c.Param("id")); err != nil {
		return err
	}
	return c.Done("/accounts?unit="+url.QueryEscape(form.Unit), done)
}

func (p *Pages) postClose(c *web.Ctx) error {
	return p.act(c, func(id string) error { return p.Close(c.Context(), c.Who, id) }, "account.people.closed")
}

func (p *Pages) postOpen(c *web.Ctx) error {
	return p.act(c, func(id string) error { return p.Reopen(c.Context(), c.Who, id) }, "account.people.opened")
}

func (p *Pages) postSignOutOther(c *web.Ctx) error {
	return p.act(c, func(id string) error { return p.SignOutOther(c.Context(), c.Who, id) }, "account.people.signed_out")
}

func (p *Pages) postRevoke(c *web.Ctx) error {
	return p.act(c, func(id string) error { return p.Revoke(c.Context(), c.Who, id) }, "account.people.revoked")
}
