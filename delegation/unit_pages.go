package delegation

import (
	"slices"
	"strings"

	"chibo/kit/search"
	"chibo/kit/web"
)

// found is how many people of the roll are offered at a time.
const found = 12

func (p *Pages) unit(c *web.Ctx) error {
	page, err := p.unitPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// unitPage is where a unit names its delegates: its places, who is named, the people of its
// roll that a search leaves. It shows nobody of another unit.
func (p *Pages) unitPage(c *web.Ctx, refused web.Form) (web.Page, error) {
	a, err := p.Ask(c.Context(), p.DB, c.Who, c.Param("id"), c.Param("organization"))
	if err != nil {
		return web.Page{}, err
	}
	v := unitView{Asked: a, l: c.L, form: refused, query: c.Query("q"), open: a.Open(p.now().Date())}
	all, err := Delegates(c.Context(), p.DB, a.Conference)
	if err != nil {
		return web.Page{}, err
	}
	for _, d := range all {
		if d.UnitID == a.Unit.ID {
			v.people = append(v.people, d)
		}
	}
	if v.sittings, err = sittingsOf(c.Context(), p.DB, a.Conference); err != nil {
		return web.Page{}, err
	}
	if v.open && v.query != "" {
		roll, err := p.People(c.Context(), p.DB, a.Unit)
		if err != nil {
			return web.Page{}, err
		}
		for _, m := range roll {
			named := slices.ContainsFunc(v.people, func(d Delegate) bool { return d.Member == m.ID && d.Stands() })
			if len(v.roll) < found && !named && sounds(m.FullName, v.query) {
				v.roll = append(v.roll, m)
			}
		}
	}
	return web.Page{Title: c.L.T("delegation.unit.title"), Lead: a.Unit.Name, Section: section, Crumbs: crumbs(c, a.Conference, a.Office), Body: v.body()}, nil
}

// sounds reports whether each word asked for begins a word of a name, accents aside.
func sounds(name, asked string) bool {
	words := search.Words(name)
	for _, w := range strings.Fields(search.Words(asked)) {
		if !strings.Contains(words, " "+w) {
			return false
		}
	}
	return true
}

// naming is the form by which somebody is named.
type naming struct {
	Category string `form:"category"`
	Member   string `form:"member"`
	Name     string `form:"name"`
	Post     string `form:"post"`
	Phone    string `form:"phone"`
	Email    string `form:"email"`
	Unit     string `form:"unit"`
}

func (f naming) delegate() Delegate {
	return Delegate{Category: f.Category, Member: f.Member, Name: f.Name, Post: f.Post, Phone: f.Phone, Email: f.Email, Unit: f.Unit}
}

func (p *Pages) send(c *web.Ctx) error {
	var f naming
	err := c.Decode(&f)
	if err == nil {
		_, err = p.Send(c.Context(), c.Who, c.Param("id"), c.Param("organization"), f.delegate())
	}
	if err == nil {
		return c.Done(unitPath(c.Param("id"), c.Param("organization")), "delegation.done.named")
	}
	return c.Redraw(err)(p.unitPage(c, c.Refill(err)))
}

func (p *Pages) person(c *web.Ctx) error {
	page, err := p.personPage(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// personPage is the page of a delegate, for the office and the unit that sends them.
func (p *Pages) personPage(c *web.Ctx, card string, refused web.Form) (web.Page, error) {
	a, d, err := p.Reach(c.Context(), p.DB, c.Who, c.Param("id"), c.Param("delegate"))
	if err != nil {
		return web.Page{}, err
	}
	v := personView{Asked: a, l: c.L, base: c.Base(), card: card, refused: refused, open: a.Open(p.now().Date()) && d.Stands()}
	if v.Invitation, err = invitationOf(c.Context(), p.DB, d); err != nil {
		return web.Page{}, err
	}
	if v.kept, err = p.Kept(c, a.Root); err != nil {
		return web.Page{}, err
	}
	all, err := Delegates(c.Context(), p.DB, a.Conference)
	if err != nil {
		return web.Page{}, err
	}
	for _, o := range all {
		switch {
		case o.ID == d.Replaces:
			v.before = o
		case o.Replaces == d.ID:
			v.after = o
		}
	}
	v.amend = c.Fill(naming{Name: d.Name, Post: d.Post, Phone: d.Phone, Email: d.Email, Unit: d.Unit})
	page := web.Page{Title: d.Name, Lead: d.Unit, Section: section, Crumbs: crumbs(c, a.Conference, a.Office), Body: v.body()}
	if !a.Office {
		page.Crumbs = append(page.Crumbs, web.Crumb{Text: c.L.T("delegation.unit.title"), URL: unitPath(a.Conference.ID, a.Unit.ID)})
	}
	return page, nil
}

// donePerson leads on to the page of a delegate, or shows the form of its card again.
func (p *Pages) donePerson(c *web.Ctx, err error, card, delegate, key string) error {
	if err == nil {
		return c.Done(Delegate{Conference: c.Param("id"), ID: delegate}.Path(), key)
	}
	return c.Redraw(err)(p.personPage(c, card, c.Refill(err)))
}

func (p *Pages) amend(c *web.Ctx) error {
	var f naming
	err := c.Decode(&f)
	if err == nil {
		err = p.Amend(c.Context(), c.Who, c.Param("id"), c.Param("delegate"), f.delegate())
	}
	return p.donePerson(c, err, "amend", c.Param("delegate"), "delegation.done.amended")
}

func (p *Pages) replace(c *web.Ctx) error {
	var f naming
	var d Delegate
	err := c.Decode(&f)
	if err == nil {
		d, err = p.Replace(c.Context(), c.Who, c.Param("id"), c.Param("delegate"), f.delegate())
	}
	return p.donePerson(c, err, "replace", d.ID, "delegation.done.replaced")
}

func (p *Pages) withdraw(c *web.Ctx) error {
	err := p.Withdraw(c.Context(), c.Who, c.Param("id"), c.Param("delegate"))
	return p.donePerson(c, err, "", c.Param("delegate"), "delegation.done.withdrawn")
}
