package organization

import (
	"context"
	"net/url"
	"slices"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/web"
	"chibo/kit/when"
)

// Person is somebody who may be given an office.
type Person struct {
	ID, Name string
	Unit     string // name of the cell
}

// Pages are the tree and the page of each unit. The roll stands below this
// feature, so package app wires how people are found.
type Pages struct {
	*Service
	// People returns those on the rolls of a scope on a day, in the order of names.
	People func(ctx context.Context, q db.Q, sc access.Scope, day when.Date) ([]Person, error)
	// Names returns names by the ids of people.
	Names func(ctx context.Context, q db.Q, root string, ids ...string) (map[string]string, error)
	// Panels are what other features show on the page of a unit; nil where one has
	// nothing for the reader.
	Panels []func(c *web.Ctx, o Organization) g.Node
}

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return append(p.departmentRoutes(), []web.Route{
		{Pattern: "GET /organizations", Need: Read, Do: p.tree},
		{Pattern: "GET /organizations/new", Need: Manage, Do: p.new},
		{Pattern: "POST /organizations", Need: Manage, Do: p.add},
		{Pattern: "GET /organizations/{id}", Need: Read, Do: p.show},
		{Pattern: "GET /organizations/{id}/edit", Need: Manage, Do: p.edit},
		{Pattern: "POST /organizations/{id}", Need: Manage, Do: p.change},
		{Pattern: "POST /organizations/{id}/settings", Need: Settle, Do: p.settle},
		{Pattern: "POST /organizations/{id}/clerk", Need: Entrust, Do: p.entrust},
		{Pattern: "POST /organizations/{id}/terms", Need: Manage, Do: p.setTerm},
		{Pattern: "POST /organizations/{id}/offices", Need: Manage, Do: p.appoint},
		{Pattern: "POST /organizations/{id}/offices/{office}/release", Need: Manage, Do: p.release},
		{Pattern: "POST /organizations/{id}/titles", Need: Settle, Do: p.giveTitle},
		{Pattern: "POST /organizations/{id}/titles/{title}/drop", Need: Settle, Do: p.dropTitle},
	}...)
}

func (p *Pages) today() when.Date { return when.DateOf(p.Now()) }

// unitURL is the address of a unit's page.
func unitURL(id string) string { return "/organizations/" + id }

func crumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("organization.tree.title"), URL: "/organizations"}}
}

func (p *Pages) tree(c *web.Ctx) error {
	units, err := Under(c.Context(), p.DB, c.Who.Scope(Read).Near())
	if err != nil {
		return err
	}
	v := treeView{roots: grow(units), count: len(units)}
	return c.Page(web.Page{Title: c.L.T("organization.tree.title"), Section: "organizations", Body: v.body(c.L)})
}

// node is a unit with those below it.
type node struct {
	Organization
	below []*node
}

// grow makes a tree of units; those whose parent is not among them are its roots.
// Units side by side stand in the order of their names.
func grow(units []Organization) []*node {
	all := make(map[string]*node, len(units))
	for _, o := range units {
		all[o.ID] = &node{Organization: o}
	}
	var roots []*node
	for _, o := range units {
		if parent := all[o.Parent]; parent != nil {
			parent.below = append(parent.below, all[o.ID])
		} else {
			roots = append(roots, all[o.ID])
		}
	}
	byName := func(a, b *node) int { return strings.Compare(nameKey(a.Name), nameKey(b.Name)) }
	for _, n := range all {
		slices.SortFunc(n.below, byName)
	}
	slices.SortFunc(roots, byName)
	return roots
}

// nameKey sorts names in the Vietnamese order and numbers in them by size: cell 2
// before cell 10.
func nameKey(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if strings.Trim(w, "0123456789") == "" && len(w) < 6 {
			words[i] = strings.Repeat("0", 6-len(w)) + w
		}
	}
	return search.SortKey(strings.Join(words, " "))
}

// unitForm is a unit as a form holds it.
type unitForm struct {
	Parent   string    `form:"parent"`
	Level    Level     `form:"level"`
	Kind     Kind      `form:"kind"`
	Name     string    `form:"name"`
	Superior string    `form:"superior"`
	Town     string    `form:"town"`
	Code     string    `form:"code"`
	ClosedOn when.Date `form:"closed_on"`
}

// unit returns the unit that was typed. A kind chosen for a unit that is no cell
// is let go.
func (f unitForm) unit() Organization {
	o := Organization{Level: f.Level, Kind: f.Kind, Name: f.Name, Superior: f.Superior, Town: f.Town, Code: f.Code, ClosedOn: f.ClosedOn}
	if o.Level != Cell {
		o.Kind = ""
	}
	return o
}

func (p *Pages) new(c *web.Ctx) error {
	parent, err := Get(c.Context(), p.DB, c.Who.Scope(Manage), c.Query("parent"))
	if err != nil {
		return err
	}
	f := c.Fill(unitForm{Parent: parent.ID, Superior: strings.ToUpper(parent.Name), Town: parent.Town})
	return c.Page(p.newPage(c, parent, f))
}

func (p *Pages) newPage(c *web.Ctx, parent Organization, f web.Form) web.Page {
	return web.Page{
		Title: c.L.T("organization.new.title"), Lead: c.L.T("organization.new.under", "Name", parent.Name), Section: "organizations",
		Crumbs: append(crumbs(c), web.Crumb{Text: parent.Name, URL: unitURL(parent.ID)}), Body: newBody(c.L, f, parent),
	}
}

func (p *Pages) add(c *web.Ctx) error {
	var f unitForm
	err := c.Decode(&f)
	parent, missing := Get(c.Context(), p.DB, c.Who.Scope(Manage), f.Parent)
	if missing != nil {
		return missing
	}
	var o Organization
	if err == nil {
		o, err = p.Add(c.Context(), c.Who, parent.ID, f.unit())
	}
	if err != nil {
		return c.Again(err, p.newPage(c, parent, c.Refill(err)))
	}
	return c.Done(unitURL(o.ID), "organization.done.added")
}

func (p *Pages) show(c *web.Ctx) error {
	v, err := p.unitView(c)
	if err != nil {
		return err
	}
	v.term, _ = when.ParseDate(c.Query("term")) // anything else asks for no term
	return c.Page(v.page(c))
}

func (p *Pages) edit(c *web.Ctx) error {
	o, err := Get(c.Context(), p.DB, c.Who.Scope(Manage), c.Param("id"))
	if err != nil {
		return err
	}
	return c.Page(p.editPage(c, o, c.Fill(unitForm{
		Level: o.Level, Kind: o.Kind, Name: o.Name, Superior: o.Superior, Town: o.Town, Code: o.Code, ClosedOn: o.ClosedOn,
	})))
}

func (p *Pages) editPage(c *web.Ctx, o Organization, f web.Form) web.Page {
	return web.Page{
		Title: c.L.T("organization.edit.title"), Lead: o.Name, Section: "organizations",
		Crumbs: append(crumbs(c), web.Crumb{Text: o.Name, URL: unitURL(o.ID)}), Body: editBody(c.L, f, o),
	}
}

func (p *Pages) change(c *web.Ctx) error {
	o, err := Get(c.Context(), p.DB, c.Who.Scope(Manage), c.Param("id"))
	if err != nil {
		return err
	}
	f := unitForm{Level: o.Level}
	if err = c.Decode(&f); err == nil {
		f.Level = o.Level // where a unit stands is not changed by a form
		after := f.unit()
		after.ID = o.ID
		err = p.Change(c.Context(), c.Who, after)
	}
	if err != nil {
		return c.Again(err, p.editPage(c, o, c.Refill(err)))
	}
	return c.Done(unitURL(o.ID), "organization.done.changed")
}

// answer ends the handling of a form on the page of a unit: done, or the page
// again with the form called name as it was sent.
func (p *Pages) answer(c *web.Ctx, name string, err error, done string) error {
	if err == nil {
		return c.Done(unitURL(c.Param("id")), done)
	}
	v, missing := p.unitView(c)
	if missing != nil {
		return missing
	}
	f := c.Refill(err)
	f.ID = name
	v.refused = map[string]web.Form{name: f}
	return c.Again(err, v.page(c))
}

// settingsForm are settings as a form holds them.
type settingsForm struct {
	From         when.Date `form:"from"`
	MeetingDay   int       `form:"meeting_day"`
	DayRule      DayRule   `form:"day_rule"`
	Start        string    `form:"start"`
	Place        string    `form:"place"`
	NoticeDays   int       `form:"notice_days"`
	DocumentDays int       `form:"document_days"`
	FilingDays   int       `form:"filing_days"`
	MinMinutes   int       `form:"min_minutes"`
	Speaking     int       `form:"speaking_minutes"`
	SealedVotes  bool      `form:"sealed_votes"`
	SealedSource string    `form:"sealed_votes_source"`
	FewShown     bool      `form:"few_votes_shown"`

	DisciplineByHand bool `form:"discipline_by_hand"`
	RatingByHand     bool `form:"rating_by_hand"`
	RatingTwoThirds  bool `form:"rating_two_thirds"`
}

func (p *Pages) settle(c *web.Ctx) error {
	var f settingsForm
	err := c.Decode(&f)
	if err == nil {
		err = p.Settle(c.Context(), c.Who, Settings{
			Organization: c.Param("id"), From: f.From, MeetingDay: f.MeetingDay, DayRule: f.DayRule, Start: f.Start, Place: f.Place,
			NoticeDays: f.NoticeDays, DocumentDays: f.DocumentDays, FilingDays: f.FilingDays, MinMinutes: f.MinMinutes, SpeakingMinutes: f.Speaking,
			SealedVotes: f.SealedVotes, SealedVotesSource: f.SealedSource, FewVotesShown: f.FewShown,
			DisciplineByHand: f.DisciplineByHand, RatingByHand: f.RatingByHand, RatingTwoThirds: f.RatingTwoThirds,
		})
	}
	return p.answer(c, "settings", err, "organization.done.settled")
}

func (p *Pages) setTerm(c *web.Ctx) error {
	var f struct {
		Name  string    `form:"name"`
		From  when.Date `form:"from"`
		Until when.Date `form:"until"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.SetTerm(c.Context(), c.Who, Term{Organization: c.Param("id"), Name: f.Name, From: f.From, Until: f.Until})
	}
	return p.answer(c, "term", err, "organization.done.term")
}

func (p *Pages) appoint(c *web.Ctx) error {
	var f struct {
		Member string    `form:"member"`
		Post   Post      `form:"post"`
		From   when.Date `form:"from"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.mayHold(c, f.Member)
	}
	if err == nil {
		_, err = p.Appoint(c.Context(), c.Who, Office{Organization: c.Param("id"), Member: f.Member, Post: f.Post, From: f.From})
	}
	return p.answer(c, "office", err, "organization.done.appointed")
}

// mayHold refuses a person who is not among those the form offers.
func (p *Pages) mayHold(c *web.Ctx, member string) error {
	o, err := Get(c.Context(), p.DB, c.Who.Scope(Manage), c.Param("id"))
	if err != nil {
		return err
	}
	people, err := p.candidates(c.Context(), o)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(people, func(one Person) bool { return one.ID == member }) {
		return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"member": "organization.problem.member"}}
	}
	return nil
}

func (p *Pages) release(c *web.Ctx) error {
	var f struct {
		Until when.Date `form:"until"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Release(c.Context(), c.Who, c.Param("office"), f.Until)
	}
	return p.answer(c, "release-"+c.Param("office"), err, "organization.done.released")
}

func (p *Pages) giveTitle(c *web.Ctx) error {
	var f struct {
		Year  int    `form:"year"`
		Title string `form:"title"`
		Giver string `form:"giver"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.GiveTitle(c.Context(), c.Who, Title{Organization: c.Param("id"), Year: f.Year, Title: f.Title, Giver: f.Giver})
	}
	return p.answer(c, "title", err, "organization.done.title_given")
}

func (p *Pages) dropTitle(c *web.Ctx) error {
	if err := p.DropTitle(c.Context(), c.Who, c.Param("id"), c.Param("title")); err != nil {
		return err
	}
	return c.Done(unitURL(c.Param("id")), "organization.done.title_dropped")
}

// unitView reads what the page of a unit shows.
// entrust decides what the clerks of a committee read.
func (p *Pages) entrust(c *web.Ctx) error {
	var f struct {
		Reads string `form:"reads"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	if err := p.SetClerkReads(c.Context(), c.Who, c.Param("id"), f.Reads == clerkReadsAll); err != nil {
		return err
	}
	return c.Done(unitURL(c.Param("id")), "organization.done.entrusted")
}

func (p *Pages) unitView(c *web.Ctx) (v unitView, err error) {
	ctx := c.Context()
	if v.Organization, err = Get(ctx, p.DB, c.Who.Scope(Read), c.Param("id")); err != nil {
		return v, err
	}
	v.today, v.manages, v.settles = p.today(), c.Who.MayAt(Manage, v.Path), c.Who.MayAt(Settle, v.Path)
	if v.settings, err = SettingsOn(ctx, p.DB, v.Root, v.ID, v.today); err != nil {
		return v, err
	}
	if v.allSettings, err = SettingsOf(ctx, p.DB, v.Root, v.ID); err != nil {
		return v, err
	}
	v.entrusts = v.Level.Committee() && c.Who.MayAt(Entrust, v.Path)
	if v.clerkReads, err = clerkReads(ctx, p.DB, v.Organization); err != nil {
		return v, err
	}
	if v.departments, err = Departments(ctx, p.DB, v.Root, v.ID, v.today); err != nil {
		return v, err
	}
	if v.terms, err = Terms(ctx, p.DB, v.Root, v.ID); err != nil {
		return v, err
	}
	if v.offices, err = Offices(ctx, p.DB, v.Root, v.ID); err != nil {
		return v, err
	}
	if v.titles, err = Titles(ctx, p.DB, v.Root, v.ID); err != nil {
		return v, err
	}
	if v.below, err = children(ctx, p.DB, c.Who.Scope(Read), v.ID); err != nil {
		return v, err
	}
	slices.SortFunc(v.below, func(a, b Organization) int { return strings.Compare(nameKey(a.Name), nameKey(b.Name)) })
	if v.manages {
		if v.people, err = p.candidates(ctx, v.Organization); err != nil {
			return v, err
		}
	}
	for _, panel := range p.Panels {
		v.panels = append(v.panels, panel(c, v.Organization))
	}
	v.names, err = p.Names(ctx, p.DB, v.Root, holders(v.offices)...)
	return v, err
}

func holders(offices []Office) []string {
	var ids []string
	for _, o := range offices {
		ids = append(ids, o.Member)
	}
	return ids
}

// candidates are those who may be given an office in a unit: the people on the
// rolls of the unit and below it, for a group those of its cell, and of the units
// above those who lead them, for one of these follows the unit.
func (p *Pages) candidates(ctx context.Context, o Organization) ([]Person, error) {
	sc := access.Whole("", o.Path)
	if o.Level == PartyGroup {
		sc = access.Whole("", strings.TrimSuffix(o.Path, o.ID+"/"))
	}
	people, err := p.People(ctx, p.DB, sc, p.today())
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, one := range people {
		seen[one.ID] = true
	}
	for _, id := range slices.Backward(o.Above()) {
		superiors, err := p.superiors(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, one := range superiors {
			if !seen[one.ID] {
				people, seen[one.ID] = append(people, one), true
			}
		}
	}
	return people, nil
}

// superiors are those who lead a committee today.
func (p *Pages) superiors(ctx context.Context, id string) ([]Person, error) {
	o, err := findAnywhere(ctx, p.DB, id)
	if err != nil || !o.Level.Committee() {
		return nil, err
	}
	offices, err := OfficesOn(ctx, p.DB, o.Root, o.ID, p.today())
	if err != nil {
		return nil, err
	}
	names, err := p.Names(ctx, p.DB, o.Root, holders(offices)...)
	var people []Person
	for _, f := range offices {
		if (f.Post.Leads() || f.Post == PartyCommittee) && names[f.Member] != "" {
			people = append(people, Person{ID: f.Member, Name: names[f.Member], Unit: o.Name})
		}
	}
	return people, err
}

// newURL is where a unit is put under another.
func newURL(parent string) string { return "/organizations/new?parent=" + url.QueryEscape(parent) }
