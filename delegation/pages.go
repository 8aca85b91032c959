package delegation

import (
	"bytes"
	"context"
	"io"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/account"
	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
)

// Pages are those of the office, of the units that name, and of the people invited.
type Pages struct {
	*Service
	Accounts *account.Service // says where a request comes from
	Asides   []Aside
	// Kept says under a list of a base organisation for how long it keeps how people are reached.
	Kept func(c *web.Ctx, root string) (g.Node, error)
}

// Aside is a card of another feature on the page of somebody who is invited; nil shows
// nothing.
type Aside func(*web.Ctx, Invitation) (g.Node, error)

const section = "conferences"

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	const at, keep = "/conferences/{id}/delegates", conference.Keep
	return []web.Route{
		{Pattern: "GET " + at, Need: keep, Do: p.board},
		{Pattern: "POST " + at, Need: keep, Do: p.enter},
		{Pattern: "GET " + at + "/list", Need: keep, Do: p.list},
		{Pattern: "GET " + at + "/list.xlsx", Need: keep, Do: p.export, Mass: true, Whose: p.whose("empty")},
		{Pattern: "GET " + at + "/import", Need: keep, Do: p.importPage},
		{Pattern: "POST " + at + "/import", Need: keep, Do: p.upload, Takes: tables},
		{Pattern: "POST " + at + "/import/take", Need: keep, Do: p.take},
		{Pattern: "POST " + at + "/quota", Need: keep, Do: p.quota},
		{Pattern: "POST " + at + "/remind", Need: keep, Do: p.remind},
		{Pattern: "POST " + at + "/hosts", Need: keep, Do: p.takeHosts},
		{Pattern: "POST " + at + "/issue", Need: keep, Do: p.issue},
		{Pattern: "POST " + at + "/print", Need: keep, Do: p.print},
		{Pattern: "POST " + at + "/note", Need: keep, Do: p.note},
		{Pattern: "POST " + at + "/mail", Need: keep, Do: p.mail},
		{Pattern: "GET " + at + "/invitations.pdf", Need: keep, Do: p.invitations, Mass: true, Whose: p.whose("one")},
		{Pattern: "GET " + at + "/badges.pdf", Need: keep, Do: p.badges, Mass: true, Whose: p.whose("one")},
		{Pattern: "GET " + at + "/units/{organization}", Need: Name, Do: p.unit},
		{Pattern: "POST " + at + "/units/{organization}", Need: Name, Do: p.send},
		{Pattern: "GET " + at + "/people/{delegate}", Need: Name, Do: p.person},
		{Pattern: "POST " + at + "/people/{delegate}", Need: Name, Do: p.amend},
		{Pattern: "POST " + at + "/people/{delegate}/replace", Need: Name, Do: p.replace},
		{Pattern: "POST " + at + "/people/{delegate}/withdraw", Need: Name, Do: p.withdraw},
		{Pattern: "GET " + at + "/seats/{sitting}", Need: keep, Do: p.seats},
		{Pattern: "POST " + at + "/seats/{sitting}/blocks", Need: keep, Do: p.addBlock},
		{Pattern: "POST " + at + "/seats/{sitting}/drop", Need: keep, Do: p.dropBlock},
		{Pattern: "POST " + at + "/seats/{sitting}/give", Need: keep, Do: p.give},
		{Pattern: "POST " + at + "/seats/{sitting}/move", Need: keep, Do: p.move},
		{Pattern: "GET " + at + "/seats/{sitting}/wall", Need: keep, Do: p.wall},
		{Pattern: "GET /invitations/{delegate}", Need: access.SignedIn, Do: p.own},
		{Pattern: "GET /i/{code}", Need: access.Public, Do: p.invitation},
		{Pattern: "POST /i/{code}", Need: access.Public, Do: p.reply},
		{Pattern: "GET /i/{code}/calendar.ics", Need: access.Public, Do: p.calendar},
	}
}

// kept returns the conference of the address, to its office.
func (p *Pages) kept(c *web.Ctx) (conference.Conference, error) {
	return conference.Get(c.Context(), p.DB, c.Who.Scope(conference.Keep), c.Param("id"))
}

func crumbs(c *web.Ctx, x conference.Conference, office bool) []web.Crumb {
	out := []web.Crumb{{Text: c.L.T("delegation.conferences"), URL: "/conferences"}}
	if office {
		out = append(out, web.Crumb{Text: x.Title, URL: x.Path()}, web.Crumb{Text: c.L.T("delegation.title"), URL: delegatesPath(x.ID)})
	}
	return out
}

func (p *Pages) board(c *web.Ctx) error {
	page, err := p.boardPage(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// boardPage is the page of the office; the form of a card comes back as it was refused.
func (p *Pages) boardPage(c *web.Ctx, card string, refused web.Form) (web.Page, error) {
	x, err := p.kept(c)
	if err != nil {
		return web.Page{}, err
	}
	v := boardView{l: c.L, Conference: x, today: p.now().Date(), card: card, refused: refused}
	if v.lines, err = Board(c.Context(), p.DB, x); err != nil {
		return web.Page{}, err
	}
	if v.sittings, err = conference.Sittings(c.Context(), p.DB, x); err != nil {
		return web.Page{}, err
	}
	if v.note, err = noteOf(c.Context(), p.DB, x); err != nil {
		return web.Page{}, err
	}
	if p.Post != nil {
		left, err := unmailed(c.Context(), p.DB, x)
		if err != nil {
			return web.Page{}, err
		}
		v.mails, v.unmailed = true, len(left)
	}
	page := web.Page{Title: c.L.T("delegation.title"), Lead: x.Title, Section: section, Action: v.action(), Body: v.body()}
	page.Crumbs = crumbs(c, x, true)[:2]
	return page, nil
}

// done answers a form of the office, or shows its card again.
func (p *Pages) done(c *web.Ctx, err error, card, key string, args ...any) error {
	if err == nil {
		return c.Done(delegatesPath(c.Param("id")), key, args...)
	}
	return c.Redraw(err)(p.boardPage(c, card, c.Refill(err)))
}

func (p *Pages) enter(c *web.Ctx) error {
	var d Delegate
	err := c.Decode(&d)
	if err == nil {
		_, err = p.Enter(c.Context(), c.Who, c.Param("id"), d)
	}
	return p.done(c, err, "enter", "delegation.done.entered")
}

func (p *Pages) quota(c *web.Ctx) error {
	var k Quota
	err := c.Decode(&k)
	if err == nil {
		err = p.SetQuota(c.Context(), c.Who, c.Param("id"), k)
	}
	return p.done(c, err, "quota-"+k.Category+"-"+k.Unit, "delegation.done.quota")
}

func (p *Pages) remind(c *web.Ctx) error {
	n, err := p.Remind(c.Context(), c.Who, c.Param("id"))
	return p.done(c, err, "", "delegation.done.reminded", "Count", n)
}

func (p *Pages) takeHosts(c *web.Ctx) error {
	n, err := p.TakeHosts(c.Context(), c.Who, c.Param("id"))
	return p.done(c, err, "", "delegation.done.hosts", "Count", n)
}

func (p *Pages) issue(c *web.Ctx) error {
	n, err := p.Issue(c.Context(), c.Who, c.Param("id"))
	return p.done(c, err, "", "delegation.done.issued", "Count", n)
}

func (p *Pages) note(c *web.Ctx) error {
	var n Note
	err := c.Decode(&n)
	if err == nil {
		err = p.SetNote(c.Context(), c.Who, c.Param("id"), n)
	}
	return p.done(c, err, "note", "delegation.done.noted")
}

// pick is what the address chooses.
func pick(c *web.Ctx) Pick {
	return Pick{Line: c.Query("line"), Unit: c.Query("unit"), One: c.Query("one")}
}

func (p *Pages) mail(c *web.Ctx) error {
	n, err := p.Mail(c.Context(), c.Who, c.Param("id"))
	return p.done(c, err, "", "delegation.done.mailed", "Count", n)
}

// print notes that invitations are printed, and leads to the file.
func (p *Pages) print(c *web.Ctx) error {
	var f Pick
	err := c.Decode(&f)
	if err == nil {
		_, err = p.Print(c.Context(), c.Who, c.Param("id"), f)
	}
	if err != nil {
		return p.done(c, err, "print", "")
	}
	return c.See(delegatesPath(c.Param("id")) + "/invitations.pdf?" + f.query())
}

func (p *Pages) invitations(c *web.Ctx) error {
	return p.papers(c, "Giấy mời", func(w io.Writer, all []Invitation) error { return WriteInvitations(w, c.Base(), all) })
}

func (p *Pages) badges(c *web.Ctx) error {
	rows := 5
	if c.Query("large") == "true" {
		rows = 4
	}
	return p.papers(c, "Thẻ đại biểu", func(w io.Writer, all []Invitation) error {
		return WriteBadges(w, c.Base(), rows, p.now().Date(), all)
	})
}

// papers answers with a file made of the invitations that the address chooses.
func (p *Pages) papers(c *web.Ctx, name string, write func(io.Writer, []Invitation) error) error {
	x, err := p.kept(c)
	if err != nil {
		return err
	}
	all, err := Invitations(c.Context(), p.DB, x, pick(c))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(&b, all); err != nil {
		return err
	}
	if err := p.Audit.Took(c.Context(), p.DB, c.Who, x.Root, "delegation.papers_taken", x.ID); err != nil {
		return err
	}
	return c.Inline(p.now().Date().String()+" "+name+".pdf", "application/pdf", b.Bytes())
}

// most is how many people the list shows at most.
const most = 200

// list shows the delegates whom the address chooses, by line, unit, state and words of the
// name.
func (p *Pages) list(c *web.Ctx) error {
	x, err := p.kept(c)
	if err != nil {
		return err
	}
	v := listView{l: c.L, Conference: x, query: c.Query("q"), pick: pick(c), state: c.Query("state")}
	if v.lines, err = conference.Categories(c.Context(), p.DB, x); err != nil {
		return err
	}
	all, err := Delegates(c.Context(), p.DB, x)
	if err != nil {
		return err
	}
	if v.kept, err = p.Kept(c, x.Root); err != nil {
		return err
	}
	order(all, v.lines)
	for _, d := range all {
		if v.pick.Has(d) && v.shows(d) && sounds(d.Name+" "+d.Unit, v.query) {
			v.people = append(v.people, d)
		}
	}
	return c.Page(web.Page{Title: c.L.T("delegation.list"), Lead: x.Title, Section: section, Crumbs: crumbs(c, x, true), Body: v.body()})
}

// Panel is the card on the page of a conference: to the office how far all are, to those who
// name for a unit what their unit owes; nil for everybody else.
func (p *Pages) Panel(c *web.Ctx, x conference.Conference) (g.Node, error) {
	_, err := conference.Get(c.Context(), p.DB, c.Who.Scope(conference.Keep), x.ID)
	switch {
	case err == nil:
		lines, err := Board(c.Context(), p.DB, x)
		return panelView{c.L, x, sum(lines)}.card(), err
	case !fault.Is(err, fault.NotFound):
		return nil, err
	case x.NamesBy.IsZero():
		return nil, nil
	}
	units, err := unitsOf(c.Context(), p.DB, c.Who)
	if err != nil {
		return nil, err
	}
	sent, err := own(c.Context(), p.DB, x, units)
	v := unitsView{l: c.L}
	for _, u := range sent {
		v.asked = append(v.asked, homeAsked{x, u})
	}
	return v.card(), err
}

func sum(lines []Line) (n Count) {
	for _, y := range lines {
		n = n.Add(y.Count)
	}
	return n
}

// HomePanel asks those who name for a unit, and shows to those invited their invitation;
// nil for everybody else.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	v := homeView{l: c.L}
	var err error
	if v.asked, err = p.askedOf(c, p.now().Date()); err != nil {
		return nil, err
	}
	if c.Who.Member != "" {
		mine, err := invitedTo(c.Context(), p.DB, c.Who.Root, c.Who.Member)
		if err != nil {
			return nil, err
		}
		for _, d := range mine {
			inv, err := invitationOf(c.Context(), p.DB, d)
			if err != nil {
				return nil, err
			}
			if !inv.Over(p.now()) {
				v.mine = append(v.mine, inv)
			}
		}
	}
	return v.cards(), nil
}

// unitsOf returns the units for which somebody names, without those below them.
func unitsOf(ctx context.Context, q db.Q, who access.Person) ([]organization.Organization, error) {
	var out []organization.Organization
	for _, grant := range who.Grants {
		if !grant.Needs[Name] || slices.ContainsFunc(out, func(o organization.Organization) bool { return o.ID == grant.Organization }) {
			continue
		}
		o, err := organization.Get(ctx, q, who.Scope(Name), grant.Organization)
		if fault.Is(err, fault.NotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// askedOf returns the units for which the reader names and which have not named all.
func (p *Pages) askedOf(c *web.Ctx, today when.Date) ([]homeAsked, error) {
	if !c.Who.May(Name) {
		return nil, nil
	}
	units, err := unitsOf(c.Context(), p.DB, c.Who)
	if err != nil {
		return nil, err
	}
	var above []string
	for _, o := range units {
		above = append(above, o.Above()...)
	}
	slices.Sort(above)
	all, err := asking(c.Context(), p.DB, slices.Compact(above), today)
	if err != nil {
		return nil, err
	}
	var out []homeAsked
	for _, x := range all {
		sent, err := own(c.Context(), p.DB, x, units)
		if err != nil {
			return nil, err
		}
		for _, u := range sent {
			if u.Missing() > 0 {
				out = append(out, homeAsked{x, u})
			}
		}
	}
	return out, nil
}
