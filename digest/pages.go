package digest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/organization"
)

// Pages serves the reports of committees.
type Pages struct{ *Service }

// section is the entry of the navigation.
const section = "digests"

// Routes lists the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /digests", Need: MayCompose, Do: p.list},
		{Pattern: "POST /digests", Need: MayCompose, Do: p.begin},
		{Pattern: "GET /digests/forms", Need: MayCompose, Do: p.forms},
		{Pattern: "POST /digests/forms", Need: MayCompose, Do: p.addForm},
		{Pattern: "POST /digests/forms/{form}/drop", Need: MayCompose, Do: p.dropForm},
		{Pattern: "GET /digests/{id}", Need: MayCompose, Do: p.show},
		{Pattern: "POST /digests/{id}", Need: MayCompose, Do: p.write},
		{Pattern: "POST /digests/{id}/issue", Need: MayCompose, Do: p.issue},
		{Pattern: "POST /digests/{id}/drop", Need: MayCompose, Do: p.drop},
		{Pattern: "GET /digests/{id}/figures", Need: MayCompose, Do: p.figure},
		{Pattern: "GET /digests/{id}/paper.docx", Need: MayCompose, Do: p.paper("docx")},
		{Pattern: "GET /digests/{id}/paper.pdf", Need: MayCompose, Do: p.paper("pdf")},
		{Pattern: "GET /digests/{id}/paper.xlsx", Need: MayCompose, Do: p.workbook},
	}
}

// shownDigests is how many reports the list holds.
const shownDigests = 200

func (p *Pages) list(c *web.Ctx) error {
	page, err := p.listPage(c, c.Fill(Start{Unit: c.Query("unit"), Form: c.Query("form"), Month: p.now().Date().AddDays(-15).In()}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) listPage(c *web.Ctx, f web.Form) (web.Page, error) {
	units, err := p.committees(c)
	if err != nil {
		return web.Page{}, err
	}
	v := listView{L: c.L, Form: f, Units: units}
	if v.All, err = p.All(c.Context(), c.Who, shownDigests); err != nil {
		return web.Page{}, err
	}
	for _, o := range units {
		more, err := p.Forms(c.Context(), p.DB, c.Who, o)
		if err != nil {
			return web.Page{}, err
		}
		for _, form := range more {
			if !slices.ContainsFunc(v.Forms, func(has Shipped) bool { return has.ID == form.ID }) {
				v.Forms = append(v.Forms, form)
			}
		}
	}
	return web.Page{Title: c.L.T("digest.title"), Lead: c.L.T("digest.lead"), Section: section, Body: v.body()}, nil
}

// committees returns the committees whose reports the reader draws up, those reached widest
// first; at most as many as a choice can show.
func (p *Pages) committees(c *web.Ctx) ([]organization.Organization, error) {
	all, err := organization.CommitteesUnder(c.Context(), p.DB, c.Who.Scope(MayCompose).Near())
	slices.SortStableFunc(all, func(a, b organization.Organization) int {
		return cmp.Compare(strings.Count(a.Path, "/"), strings.Count(b.Path, "/"))
	})
	return all[:min(len(all), shownUnits)], err
}

// shownUnits is how many committees the choice offers.
const shownUnits = 50

func (p *Pages) begin(c *web.Ctx) error {
	var f Start
	err := c.Decode(&f)
	id := ""
	if err == nil {
		id, err = p.Begin(c.Context(), c.Who, f)
	}
	if err != nil {
		return c.Redraw(err)(p.listPage(c, c.Refill(err)))
	}
	return c.Done("/digests/"+id, "digest.done.begun")
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.page(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) page(c *web.Ctx, f web.Form) (web.Page, error) {
	r, err := p.Load(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := digestView{Report: r, L: c.L, Sent: f, Offers: offers(c.Who, r.Unit.Path)}
	return web.Page{
		Title: r.Name, Lead: r.Unit.Name + " · " + r.Period().Text(), Section: section,
		Crumbs: []web.Crumb{{Text: c.L.T("digest.title"), URL: "/digests"}}, Body: v.body(),
	}, nil
}

// offers returns the names of the figures that somebody may put into a text.
func offers(who access.Person, path string) []string {
	var out []string
	for _, f := range figures {
		if who.MayAt(f.need, path) {
			out = append(out, f.name)
		}
	}
	return out
}

// TextField names the form field of the paragraph of section i, counted from 0.
func TextField(i int) string { return fmt.Sprintf("texts[%d]", i) }

func (p *Pages) write(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	seq, texts := seqOf(values.Get("seq")), map[int]string{}
	for name, v := range values {
		rest, ok := strings.CutPrefix(name, "texts[")
		if i, err := strconv.Atoi(strings.TrimSuffix(rest, "]")); ok && err == nil && len(v) > 0 {
			texts[i] = v[0]
		}
	}
	if err := p.Write(c.Context(), c.Who, c.Param("id"), texts, seq); err != nil {
		return c.Redraw(err)(p.page(c, c.Refill(err)))
	}
	return c.Done("/digests/"+c.Param("id"), "digest.done.written")
}

// seqOf reads a number of a form; what is none fits no report.
func seqOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

func (p *Pages) issue(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	if err := p.Issue(c.Context(), c.Who, c.Param("id"), seqOf(values.Get("seq"))); err != nil {
		return c.Redraw(err)(p.page(c, c.Refill(err)))
	}
	return c.Done("/digests/"+c.Param("id"), "digest.done.issued")
}

func (p *Pages) drop(c *web.Ctx) error {
	if err := p.Drop(c.Context(), c.Who, c.Param("id")); err != nil {
		return c.Redraw(err)(p.page(c, c.Refill(err)))
	}
	return c.Done("/digests", "digest.done.dropped")
}

// figure lists what a number counts.
func (p *Pages) figure(c *web.Ctx) error {
	r, err := p.Load(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	name, cell := c.Query("name"), c.Query("cell")
	f, known := figureOf(name)
	_, counted := r.Sheet.Entries[name]
	if !known || !counted || cell != "" && r.Sheet.Name(cell) == "" {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	v := figureView{Report: r, L: c.L, Figure: f, Cell: cell}
	title := name
	if f.kind != words {
		title = c.L.T("digest.figure", "Name", name, "Value", r.Sheet.Value(name, cell).Text(c.L))
	}
	return c.Page(web.Page{
		Title: title, Lead: v.lead(), Section: section,
		Crumbs: []web.Crumb{{Text: c.L.T("digest.title"), URL: "/digests"}, {Text: r.Name, URL: r.Path()}}, Body: v.body(),
	})
}

func (p *Pages) paper(form string) web.Handler {
	return func(c *web.Ctx) error {
		r, err := p.Load(c.Context(), c.Who, c.Param("id"))
		if err != nil {
			return err
		}
		return document.Send(c, r.doc(p.now().Date()), r.First.String()+" "+r.Name+"."+form, form)
	}
}

func (p *Pages) workbook(c *web.Ctx) error {
	r, err := p.Load(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Sheet("bao-cao-"+r.First.String()+".xlsx", r.table())
}

// HomePanel leads those who draw up reports to theirs; nil for all others.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(MayCompose) {
		return nil, nil
	}
	newest, err := p.All(c.Context(), c.Who, 3)
	if err != nil {
		return nil, err
	}
	return homeCard(c.L, newest), nil
}
