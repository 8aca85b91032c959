package app

import (
	"strings"

	g "maragu.dev/gomponents"

	"chibo/account"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Panel is a piece of the home page that a feature hands up: what is the reader's
// own and due, nil when there is nothing.
type Panel func(c *web.Ctx) (g.Node, error)

// home shows what is mine and due, most pressing first, after the field of the search and
// what everybody reads once.
func (a *App) home(search func(*web.Ctx) g.Node, once Panel, panels ...Panel) web.Handler {
	return func(c *web.Ctx) error {
		first, err := once(c)
		if err != nil {
			return err
		}
		var shown []g.Node
		for _, p := range panels {
			n, err := p(c)
			if err != nil {
				return err
			}
			if n != nil {
				shown = append(shown, n)
			}
		}
		if len(shown) == 0 {
			shown = append(shown, nothingDue(c))
		}
		unit := ""
		if home, ok := c.Who.Home(); ok {
			unit = " · " + home.Name
		}
		return c.Page(web.Page{
			Title:   c.L.T("app.home.hello", "Name", givenName(c.Who.Name)),
			Lead:    c.L.Day(when.DateOf(a.Now())) + unit,
			Section: "home",
			Body:    part.Stack(search(c), first, g.Group(shown)),
		})
	}
}

// nothingDue stands where nothing waits for the reader: whoever keeps the units
// sees in which order the work begins, anybody else whom to ask.
func nothingDue(c *web.Ctx) g.Node {
	if !c.Who.May(organization.Manage) {
		return part.Empty(c.L.T("app.home.stranger"), c.L.T("app.home.stranger_help"))
	}
	return part.Card(
		part.CardHead(c.L.T("app.home.office")),
		part.Muted(g.Text(c.L.T("app.home.office_help"))),
		part.Actions(
			part.LinkButton("/organizations", c.L.Of("app.nav", "organizations"), part.IconTree),
			g.If(c.Who.May(member.Write), part.LinkButton("/members", c.L.Of("app.nav", "members"), part.IconPeople)),
			g.If(c.Who.May(account.Manage), part.LinkButton("/accounts", c.L.Of("app.nav", "accounts"), part.IconKey)),
		))
}

// givenName is the word by which people are addressed here: the last one.
func givenName(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return name
	}
	return words[len(words)-1]
}
