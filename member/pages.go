package member

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/search"
	"chibo/kit/sheet"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
)

// tables are the files in which a roll may come.
var tables = web.Takes{Endings: sheet.Endings, Max: sheet.MaxBytes}

// Pages are the roll of a cell and the profiles of its people.
type Pages struct{ *Service }

// Routes returns the routes of the feature. A profile is open to everybody who is
// signed in, because one's own always is; the action decides on others'.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /members", Need: Read, Do: p.list},
		{Pattern: "GET /members/new", Need: Write, Do: p.new},
		{Pattern: "POST /members", Need: Write, Do: p.add},
		{Pattern: "GET /members/import", Need: Write, Do: p.importPage},
		{Pattern: "POST /members/import", Need: Write, Do: p.upload, Takes: tables},
		{Pattern: "POST /members/import/confirm", Need: Write, Do: p.confirm},
		{Pattern: "GET /members/import/all", Need: Write, Do: p.whole},
		{Pattern: "POST /members/import/all", Need: Write, Do: p.confirmWhole},
		{Pattern: "GET /members/export.xlsx", Need: Write, Do: p.exportXLSX, Mass: true, Whose: p.whose},
		{Pattern: "GET /members/export.csv", Need: Write, Do: p.exportCSV, Mass: true, Whose: p.whose},
		{Pattern: "GET /members/template.xlsx", Need: Write, Do: p.template},
		{Pattern: "GET /members/{id}", Need: access.SignedIn, Do: p.show, Record: true},
		{Pattern: "GET /members/{id}/edit", Need: Write, Do: p.edit, Record: true},
		{Pattern: "POST /members/{id}", Need: Write, Do: p.change},
		{Pattern: "POST /members/{id}/standing", Need: Write, Do: p.record},
		{Pattern: "POST /members/{id}/transfer", Need: Write, Do: p.transfer},
		{Pattern: "POST /members/{id}/awards", Need: Write, Do: p.giveAward},
		{Pattern: "POST /members/{id}/awards/{award}/drop", Need: Write, Do: p.dropAward},
	}
}

// cells returns the cells in which c.Who has need, and the one that is meant:
// the one asked for, else one's own, else the first.
func (p *Pages) cells(c *web.Ctx, need access.Need, asked string) (all []organization.Organization, chosen organization.Organization, err error) {
	all, chosen, err = organization.Cells(c.Context(), p.DB, c.Who.Scope(need), asked)
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.NotFound, "member.problem.no_cell")
	}
	if err != nil {
		return all, chosen, err
	}
	slices.SortFunc(all, func(a, b organization.Organization) int {
		return strings.Compare(search.SortKey(a.Name), search.SortKey(b.Name))
	})
	if asked != "" {
		return all, chosen, nil
	}
	home, _ := c.Who.Home()
	if at := slices.IndexFunc(all, func(o organization.Organization) bool { return o.ID == home.Organization }); at >= 0 {
		return all, all[at], nil
	}
	return all, all[0], nil
}

func (p *Pages) list(c *web.Ctx) error {
	cells, cell, err := p.cells(c, Read, c.Query("organization"))
	if fault.Is(err, fault.NotFound) && c.Query("organization") == "" && c.Who.Scope(Read).Upper() {
		return c.See("/organizations") // a unit is chosen first
	}
	if err != nil {
		return err
	}
	roll, err := Roll(c.Context(), p.DB, cell.Root, cell.ID, p.today())
	if err != nil {
		return err
	}
	if err := p.noteList(c.Context(), c.Who, cell, roll); err != nil {
		return err
	}
	posts, err := p.posts(c.Context(), cell)
	if err != nil {
		return err
	}
	v := listView{
		cells: cells, cell: cell, counts: Count(roll), structure: StructureOf(roll), roll: found(roll, c.Query("q")), query: c.Query("q"), posts: posts,
		writable: c.Who.MayAt(Write, cell.Path), all: len(roll), today: p.today(),
	}
	if c.HX() {
		return c.Fragment(v.table(c.L))
	}
	return c.Page(web.Page{Title: c.L.T("member.list.title"), Lead: cell.Name, Section: "members", Action: v.action(c.L), Body: v.body(c.L)})
}

// posts returns the posts that people hold in a cell today.
func (p *Pages) posts(ctx context.Context, cell organization.Organization) (map[string][]organization.Post, error) {
	offices, err := organization.OfficesOn(ctx, p.DB, cell.Root, cell.ID, p.today())
	posts := map[string][]organization.Post{}
	for _, o := range offices {
		if o.Post != organization.Supervisor { // one of the superiors, not of the cell
			posts[o.Member] = append(posts[o.Member], o.Post)
		}
	}
	return posts, err
}

// found returns the people whose name holds words, compared without accents.
func found(roll []Entry, words string) []Entry {
	words = search.Fold(words)
	return slices.DeleteFunc(slices.Clone(roll), func(e Entry) bool { return !strings.Contains(e.Folded, words) })
}

func (p *Pages) new(c *web.Ctx) error {
	_, cell, err := p.cells(c, Write, c.Query("organization"))
	if err != nil {
		return err
	}
	return c.Page(p.newPage(c, cell, c.Fill(profileForm{Standing: Probationary})))
}

func (p *Pages) newPage(c *web.Ctx, cell organization.Organization, f web.Form) web.Page {
	return web.Page{
		Title: c.L.T("member.new.title"), Lead: cell.Name, Section: "members", Crumbs: listCrumbs(c, cell),
		Body: newBody(c.L, f, cell, c.Who.MayAt(Private, cell.Path)),
	}
}

func listCrumbs(c *web.Ctx, cell organization.Organization) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("member.list.title"), URL: listURL(cell.ID)}}
}

// listURL is the address of the roll of a cell.
func listURL(cell string) string { return "/members?organization=" + url.QueryEscape(cell) }

func (p *Pages) add(c *web.Ctx) error {
	var f profileForm
	err := c.Decode(&f)
	if err != nil {
		return err // every field is text: only a broken request cannot be read
	}
	_, cell, err := p.cells(c, Write, f.Organization)
	if err != nil {
		return err
	}
	m, err := f.member(p.today())
	var first Record
	if err == nil {
		first, err = f.first(m, p.today())
	}
	if err == nil {
		m, err = p.Add(c.Context(), c.Who, cell.ID, m, first)
	}
	if err != nil {
		return c.Again(err, p.newPage(c, cell, c.Refill(err)))
	}
	return c.Done("/members/"+m.ID, "member.done.added")
}

func (p *Pages) show(c *web.Ctx) error {
	v, err := p.profileView(c, true)
	if err != nil {
		return err
	}
	return c.Page(v.page(c))
}

// profileView reads what a profile's page shows. A look is noted when the page is
// opened, not when a form of it comes back.
func (p *Pages) profileView(c *web.Ctx, noted bool) (profileView, error) {
	view := p.profile
	if noted {
		view = p.View
	}
	profile, err := view(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return profileView{}, err
	}
	v := profileView{Profile: profile, today: p.today(), readable: c.Who.May(Read)}
	sc := c.Who.Scope(Read)
	near := sc
	if sc.Upper() {
		near = access.Whole(v.Root, "/")
	}
	units, err := organization.Under(c.Context(), p.DB, near)
	if err != nil {
		return profileView{}, err
	}
	v.units = map[string]string{v.Home.ID: v.Home.Name}
	for _, o := range units {
		if !sc.Covers(o.Path) {
			continue
		}
		v.units[o.ID] = o.Name
		if o.Level == organization.Cell && o.Root == v.Root && o.ID != v.Home.ID && c.Who.MayAt(Write, o.Path) {
			v.others = append(v.others, o)
		}
	}
	slices.SortFunc(v.others, func(a, b organization.Organization) int {
		return cmp.Compare(search.SortKey(a.Name), search.SortKey(b.Name))
	})
	posts, err := p.posts(c.Context(), v.Home)
	v.posts = posts[v.ID]
	return v, err
}

func (v profileView) page(c *web.Ctx) web.Page {
	page := web.Page{Title: v.FullName, Lead: v.Home.Name, Section: "members", Action: v.action(c.L), Body: v.body(c.L)}
	if v.readable {
		page.Crumbs = listCrumbs(c, v.Home)
	}
	return page
}

func (p *Pages) edit(c *web.Ctx) error {
	v, err := p.profileView(c, false)
	if err != nil {
		return err
	}
	if !v.Writable {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	if err := p.noteOpened(c.Context(), c.Who, v.Member); err != nil {
		return err
	}
	return c.Page(p.editPage(c, v, c.Fill(formOf(v.Member))))
}

func (p *Pages) editPage(c *web.Ctx, v profileView, f web.Form) web.Page {
	crumbs := append(listCrumbs(c, v.Home), web.Crumb{Text: v.FullName, URL: "/members/" + v.ID})
	return web.Page{Title: c.L.T("member.edit.title"), Lead: v.FullName, Section: "members", Crumbs: crumbs, Body: editBody(c.L, f, v)}
}

func (p *Pages) change(c *web.Ctx) error {
	v, err := p.profileView(c, false)
	if err != nil {
		return err
	}
	var f profileForm
	if err := c.Decode(&f); err != nil {
		return err
	}
	m, err := f.member(p.today())
	if err == nil {
		m.ID = v.ID
		err = p.Change(c.Context(), c.Who, m)
	}
	if err != nil {
		return c.Again(err, p.editPage(c, v, c.Refill(err)))
	}
	return c.Done("/members/"+v.ID, "member.done.changed")
}

// again shows a profile whose form called name was refused.
func (p *Pages) again(c *web.Ctx, name string, refused error) error {
	v, err := p.profileView(c, false)
	if err != nil {
		return err
	}
	f := c.Refill(refused)
	f.ID = name
	v.refused = map[string]web.Form{name: f}
	return c.Again(refused, v.page(c))
}

func (p *Pages) record(c *web.Ctx) error {
	var f struct {
		Organization string    `form:"organization"`
		Standing     Standing  `form:"standing"`
		From         when.Date `form:"from"`
		Note         string    `form:"standing_note"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Record(c.Context(), c.Who, Record{Organization: f.Organization, Member: c.Param("id"), From: f.From, Standing: f.Standing, Note: f.Note})
	}
	if err != nil {
		return p.again(c, "standing", err)
	}
	return c.Done("/members/"+c.Param("id"), "member.done.standing")
}

func (p *Pages) transfer(c *web.Ctx) error {
	var f struct {
		To   string    `form:"to"`
		From when.Date `form:"from"`
		Note string    `form:"standing_note"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Transfer(c.Context(), c.Who, c.Param("id"), f.To, f.From, f.Note)
	}
	if err != nil {
		return p.again(c, "transfer", err)
	}
	return c.Done("/members/"+c.Param("id"), "member.done.transferred")
}

func (p *Pages) giveAward(c *web.Ctx) error {
	var f struct {
		Title   string    `form:"title"`
		Giver   string    `form:"giver"`
		GivenOn when.Date `form:"given_on"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.GiveAward(c.Context(), c.Who, Award{Member: c.Param("id"), Title: f.Title, Giver: f.Giver, GivenOn: f.GivenOn})
	}
	if err != nil {
		return p.again(c, "award", err)
	}
	return c.Done("/members/"+c.Param("id"), "member.done.award_given")
}

func (p *Pages) dropAward(c *web.Ctx) error {
	if err := p.DropAward(c.Context(), c.Who, c.Param("id"), c.Param("award")); err != nil {
		return err
	}
	return c.Done("/members/"+c.Param("id"), "member.done.award_dropped")
}
