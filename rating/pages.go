package rating

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// Pages are the rounds of a cell, one's own ratings, the page of each line, the papers
// and the register.
type Pages struct {
	*Service
	// Asides are the cards that others show beside the line of a member.
	Asides []Aside
}

// Aside is a card of another feature beside the line of a member of a cell, for the
// days of the round; nil where there is nothing, or nothing for the reader. It judges
// itself who may read it.
type Aside func(c *web.Ctx, o organization.Organization, member string, first, last when.Date) (g.Node, error)

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return append(p.summaryRoutes(), []web.Route{
		{Pattern: "GET /ratings", Need: See, Do: p.index},
		{Pattern: "GET /ratings/new", Need: Lead, Do: p.new},
		{Pattern: "POST /ratings", Need: Lead, Do: p.open},
		{Pattern: "GET /ratings/settings", Need: Lead, Do: p.settings},
		{Pattern: "POST /ratings/settings", Need: Lead, Do: p.settle},
		{Pattern: "GET /ratings/register", Need: Lead, Do: p.register},
		{Pattern: "POST /ratings/register", Need: Lead, Do: p.say},
		{Pattern: "POST /ratings/register/{organization}/{remark}/drop", Need: Lead, Do: p.unsay},
		{Pattern: "POST /ratings/register/years", Need: Lead, Do: p.putYear},
		{Pattern: "GET /ratings/{id}", Need: See, Do: p.round},
		{Pattern: "GET /ratings/{id}/list", Need: See, Do: p.list},
		{Pattern: "GET /ratings/{id}/papers/{paper}", Need: See, Do: p.roundPaper, Mass: true},
		{Pattern: "POST /ratings/{id}/review", Need: Lead, Do: p.step("rating.done.review", p.Review)},
		{Pattern: "POST /ratings/{id}/vote", Need: Lead, Do: p.openVote},
		{Pattern: "POST /ratings/{id}/propose", Need: Lead, Do: p.step("rating.done.proposed", p.Propose)},
		{Pattern: "POST /ratings/{id}/back", Need: See, Do: p.step("rating.done.back", p.Back)},
		{Pattern: "POST /ratings/{id}/decision", Need: See, Do: p.decide},
		{Pattern: "POST /ratings/{id}/tell", Need: Lead, Do: p.step("rating.done.told", p.Tell)},
		{Pattern: "POST /ratings/{id}/drop", Need: Lead, Do: p.drop},
		{Pattern: "GET /ratings/{id}/of/{subject}", Need: See, Do: p.show, Record: true},
		{Pattern: "GET /ratings/{id}/of/{subject}/papers/{paper}", Need: See, Do: p.linePaper, Mass: true},
		{Pattern: "POST /ratings/{id}/of/{subject}/self", Need: See, Do: p.rateSelf},
		{Pattern: "POST /ratings/{id}/of/{subject}/remark", Need: See, Do: p.remark},
		{Pattern: "POST /ratings/{id}/of/{subject}/case", Need: Lead, Do: p.treat},
		{Pattern: "POST /ratings/{id}/of/{subject}/discussed", Need: Lead, Do: p.discuss},
		{Pattern: "POST /ratings/{id}/of/{subject}/votes", Need: Lead, Do: p.putVotes},
		{Pattern: "POST /ratings/{id}/of/{subject}/votes/taken", Need: Lead, Do: p.takeVotes},
		{Pattern: "POST /ratings/{id}/of/{subject}/complaints", Need: See, Do: p.complain},
		{Pattern: "POST /ratings/{id}/of/{subject}/complaints/{complaint}", Need: See, Do: p.answer},
	}...)
}

// cells returns the open cells in which somebody has the need.
func (p *Pages) cells(c *web.Ctx, need access.Need) ([]organization.Organization, error) {
	return organization.CellsUnder(c.Context(), p.DB, c.Who.Scope(need).Near())
}

// led returns the cells that somebody leads and the one asked for, the first by
// default; not found where there is none.
func (p *Pages) led(c *web.Ctx, asked string) (all []organization.Organization, chosen organization.Organization, err error) {
	if all, err = p.cells(c, Lead); err != nil {
		return nil, chosen, err
	}
	for _, o := range all {
		if o.ID == asked || asked == "" {
			return all, o, nil
		}
	}
	return nil, chosen, fault.New(fault.NotFound, "fault.not_found")
}

func crumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("rating.title"), URL: "/ratings"}}
}

func (p *Pages) index(c *web.Ctx) error {
	v := indexView{today: p.today(), member: c.Who.Member}
	var err error
	if c.Who.Member != "" {
		if v.own, err = ownRounds(c.Context(), p.DB, c.Who.Root, c.Who.Member); err != nil {
			return err
		}
	}
	if v.rounds, err = roundsFor(c.Context(), p.DB, c.Who); err != nil {
		return err
	}
	if v.leads, err = p.cells(c, Lead); err != nil {
		return err
	}
	if v.cells, err = p.cells(c, See); err != nil {
		return err
	}
	if v.above, err = p.deciding(c); err != nil {
		return err
	}
	var action g.Node
	if len(v.leads) > 0 {
		action = part.LinkButton("/ratings/new", c.L.T("rating.open"), part.Primary)
	}
	return c.Page(web.Page{Title: c.L.T("rating.title"), Lead: c.L.T("rating.lead"), Section: "ratings", Action: action, Body: v.body(c.L)})
}

// HomePanel is the card of the home page: a round that waits for the reader's own
// rating, and those that have come to the reader; nil where nothing waits.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if c.Who.Member == "" || !c.Who.May(See) {
		return nil, nil
	}
	rounds, err := ownRounds(c.Context(), p.DB, c.Who.Root, c.Who.Member)
	if err != nil {
		return nil, err
	}
	for _, r := range rounds {
		if r.State == SelfRating && r.Case.Rated() && r.SelfAt == 0 {
			return homeCard(c.L, r, p.today()), nil
		}
	}
	return nil, nil
}

// UnitPanel is the card on the page of a cell that leads its committee to the rounds;
// nil for everybody else.
func (p *Pages) UnitPanel(c *web.Ctx, o organization.Organization) g.Node {
	if o.Level != organization.Cell || !c.Who.MayAt(Lead, o.Path) {
		return nil
	}
	return toolsCard(c.L, c.L.T("rating.title"), o.ID, part.LinkButton("/ratings", c.L.T("rating.rounds"), part.Small, part.IconStar))
}

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.newPage(c, c.Query("unit"), nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) newPage(c *web.Ctx, unit string, refused error) (web.Page, error) {
	all, o, err := p.led(c, unit)
	if err != nil {
		return web.Page{}, err
	}
	policy, err := PolicyOf(c.Context(), p.DB, o.Root, o.ID)
	if err != nil {
		return web.Page{}, err
	}
	today := p.today()
	f := c.Fill(first(o.ID, today))
	if refused != nil {
		f = c.Refill(refused)
	}
	v := openingView{form: f, cells: all, cell: o, policy: policy, law: LawOn(today)}
	return web.Page{Title: c.L.T("rating.open"), Section: "ratings", Lead: o.Name, Crumbs: crumbs(c), Body: v.body(c.L)}, nil
}

func (p *Pages) open(c *web.Ctx) error {
	var f Opening
	err := c.Decode(&f)
	var r Round
	if err == nil {
		r, err = p.Open(c.Context(), c.Who, f)
	}
	if err != nil {
		return c.Redraw(err)(p.newPage(c, f.Organization, err))
	}
	return c.Done(r.Path(), "rating.done.opened")
}

// policyForm is the policy as it is typed; the points of the criteria come beside it.
type policyForm struct {
	Unit    string  `form:"unit"`
	Monthly bool    `form:"monthly"`
	InCell  bool    `form:"in_cell"`
	Reading Reading `form:"reading"`
	Share   int     `form:"share"`
	Source  string  `form:"source"`
}

func (p *Pages) settings(c *web.Ctx) error {
	page, err := p.settingsPage(c, c.Query("unit"), nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) settingsPage(c *web.Ctx, unit string, refused error) (web.Page, error) {
	_, o, err := p.led(c, unit)
	if err != nil {
		return web.Page{}, err
	}
	policy, err := PolicyOf(c.Context(), p.DB, o.Root, o.ID)
	if err != nil {
		return web.Page{}, err
	}
	f := c.Fill(policyForm{o.ID, policy.Monthly, policy.InCell, policy.Reading, policy.Share, policy.Source})
	for _, form := range Forms {
		for i, line := range LinesOf(form, policy.Scheme[form]) {
			f.Values.Set(pointField(form, i), strconv.Itoa(line.Max))
		}
	}
	if refused != nil {
		f = c.Refill(refused)
	}
	v := settingsView{form: f, policy: policy}
	return web.Page{Title: c.L.T("rating.settings"), Section: "ratings", Lead: o.Name, Crumbs: crumbs(c), Body: v.body(c.L)}, nil
}

// pointField names the field of the points of one criterion.
func pointField(f Form, i int) string { return "points_" + string(f) + "_" + strconv.Itoa(i) }

func (p *Pages) settle(c *web.Ctx) error {
	var f policyForm
	err := c.Decode(&f)
	if err == nil {
		var values url.Values
		if values, err = c.Values(); err == nil {
			policy := Policy{Monthly: f.Monthly, InCell: f.InCell, Cap: Cap{f.Reading, f.Share, f.Source}, Scheme: schemeOf(values)}
			err = p.Settle(c.Context(), c.Who, f.Unit, policy)
		}
	}
	if err != nil {
		return c.Redraw(err)(p.settingsPage(c, f.Unit, err))
	}
	return c.Done("/ratings", "rating.done.settled")
}

// schemeOf reads the points of the criteria; forms with those of the program are left
// out. What is no number counts as wrong.
func schemeOf(values url.Values) Scheme {
	s := Scheme{}
	for _, f := range Forms {
		usual := LinesOf(f, nil)
		set, same := make(Points, len(usual)), true
		for i, line := range usual {
			n, err := strconv.Atoi(values.Get(pointField(f, i)))
			if err != nil {
				n = -1
			}
			set[i], same = n, same && n == line.Max
		}
		if !same {
			s[f] = set
		}
	}
	return s
}

func (p *Pages) round(c *web.Ctx) error {
	page, to, err := p.roundPage(c, nil)
	if err != nil {
		return err
	}
	if to != "" {
		return c.See(to)
	}
	return c.Page(page)
}

// roundPage draws a round for those who read it as a whole; to is where anybody else finds
// their own line.
func (p *Pages) roundPage(c *web.Ctx, refused error) (page web.Page, to string, err error) {
	o, err := p.Look(c.Context(), c.Who, c.Param("id"), false)
	if err != nil {
		return page, "", err
	}
	if !o.Reads {
		return page, Rating{Round: o.Round.ID, Subject: c.Who.Member}.Path(), nil
	}
	f := c.Fill(gatheringOf(o.Round.Sitting))
	if refused != nil {
		f = c.Refill(refused)
	}
	v := roundView{Overview: o, form: f, today: p.today(), sentBy: SentBy(o.Round.ReviewOn, organization.DayOff)}
	return web.Page{
		Title: c.L.T("rating.round", "Period", o.Round.Period().Name()), Section: "ratings", Lead: o.Cell.Name, Crumbs: crumbs(c), Body: v.body(c.L),
	}, "", nil
}

// step answers a button that moves a round.
func (p *Pages) step(done string, do func(context.Context, access.Person, string) error) web.Handler {
	return func(c *web.Ctx) error {
		if err := do(c.Context(), c.Who, c.Param("id")); err != nil {
			return p.roundAgain(c, err)
		}
		return c.Done("/ratings/"+c.Param("id"), done)
	}
}

// roundAgain shows the round with what stands against a step.
func (p *Pages) roundAgain(c *web.Ctx, refused error) error {
	if k := fault.Of(refused).Kind; k != fault.Invalid && k != fault.Conflict {
		return refused
	}
	page, to, err := p.roundPage(c, refused)
	if err != nil {
		return err
	}
	if to != "" {
		return refused
	}
	return c.Again(refused, page)
}

func (p *Pages) openVote(c *web.Ctx) error {
	var f Gathering
	err := c.Decode(&f)
	if err == nil {
		err = p.OpenVote(c.Context(), c.Who, c.Param("id"), f)
	}
	if err != nil {
		return p.roundAgain(c, err)
	}
	return c.Done("/ratings/"+c.Param("id"), "rating.done.vote")
}

func (p *Pages) drop(c *web.Ctx) error {
	if err := p.Drop(c.Context(), c.Who, c.Param("id")); err != nil {
		return p.roundAgain(c, err)
	}
	return c.Done("/ratings", "rating.done.dropped")
}

func (p *Pages) list(c *web.Ctx) error {
	page, err := p.listPage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) listPage(c *web.Ctx, refused error) (web.Page, error) {
	o, err := p.Look(c.Context(), c.Who, c.Param("id"), true)
	if err != nil {
		return web.Page{}, err
	}
	if !o.Reads {
		return web.Page{}, fault.New(fault.NotFound, "fault.not_found")
	}
	f := c.Fill(Ruling{On: p.today()})
	for _, line := range o.Lines {
		f.Values.Set(levelField(line.Subject), string(line.Proposal))
	}
	if refused != nil {
		f = c.Refill(refused)
	}
	v := listView{Overview: o, form: f}
	return web.Page{
		Title: c.L.T("rating.list.title", "Period", o.Round.Period().Name()), Section: "ratings", Lead: o.Cell.Name, Wide: true,
		Crumbs: append(crumbs(c), web.Crumb{Text: c.L.T("rating.round", "Period", o.Round.Period().Name()), URL: o.Round.Path()}), Body: v.body(c.L),
	}, nil
}

// levelField names the field of the level that is decided for a subject.
func levelField(subject string) string { return "level_" + subject }

func (p *Pages) decide(c *web.Ctx) error {
	var f Ruling
	err := c.Decode(&f)
	if err == nil {
		var values url.Values
		if values, err = c.Values(); err == nil {
			levels := map[string]Level{}
			for name := range values {
				if subject, ok := strings.CutPrefix(name, levelField("")); ok && values.Get(name) != "" {
					levels[subject] = Level(values.Get(name))
				}
			}
			err = p.Rule(c.Context(), c.Who, c.Param("id"), f, levels)
		}
	}
	if err != nil {
		if k := fault.Of(err).Kind; k != fault.Invalid && k != fault.Conflict {
			return err
		}
		return c.Redraw(err)(p.listPage(c, err))
	}
	return c.Done("/ratings/"+c.Param("id"), "rating.done.decided")
}
