package dossier

import (
	"time"

	g "maragu.dev/gomponents"

	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/sheet"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
)

// Pages are the papers of the law.
type Pages struct{ *Service }

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /dossiers", Need: Pack, Do: p.index},
		{Pattern: "GET /dossiers/impact.docx", Need: Pack, Do: p.pack(Running.Impact, "Danh gia tac dong.docx")},
		{Pattern: "GET /dossiers/level.docx", Need: Pack, Do: p.pack(Running.Level, "Ho so cap do 3.docx")},
		{Pattern: "GET /dossiers/breach", Need: Trace, Do: p.breach},
		{Pattern: "GET /dossiers/breach.xlsx", Need: Trace, Do: p.people, Mass: true, Whose: p.whose},
		{Pattern: "GET /dossiers/breach.docx", Need: Trace, Do: p.report, Mass: true, Whose: p.whose},
	}
}

const section = "dossiers"

func (p *Pages) index(c *web.Ctx) error {
	o, err := p.unit(c)
	if err != nil {
		return err
	}
	r, err := p.Running(c.Context(), o)
	if err != nil {
		return err
	}
	v := indexView{l: c.L, controls: r.Controls(p.now().Date(), p.now()), traces: c.Who.May(Trace)}
	return c.Page(web.Page{Title: c.L.T("dossier.title"), Lead: c.L.T("dossier.lead"), Section: section, Body: v.body()})
}

// unit is the unit in whose name a paper is drawn up: the highest of those of the reader.
func (p *Pages) unit(c *web.Ctx) (organization.Organization, error) {
	all, err := organization.Under(c.Context(), p.DB, c.Who.Scope(Pack).Near())
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return organization.Organization{}, err
	}
	return all[0], nil
}

// pack answers with one of the packs in Word.
func (p *Pages) pack(draw func(Running, organization.Organization, when.Instant) document.Doc, name string) web.Handler {
	return func(c *web.Ctx) error {
		o, err := p.unit(c)
		if err != nil {
			return err
		}
		r, err := p.Running(c.Context(), o)
		if err != nil {
			return err
		}
		return document.Send(c, draw(r, o, p.now()), name, "docx")
	}
}

// span reads what is asked from the address; asked is false on the first visit.
func (p *Pages) span(c *web.Ctx) (s Span, asked bool, err error) {
	now := p.now()
	s = Span{From: now.Date().AddDays(-1).Start(), Until: now, Accounts: c.QueryAll("account")}
	var bad fault.Check
	for name, to := range map[string]*when.Instant{"from": &s.From, "until": &s.Until} {
		text := c.Query(name)
		if text == "" {
			continue
		}
		asked = true
		at, wrong := when.ParseInstant(text)
		bad.That(wrong == nil, name, "dossier.problem."+name)
		if name == "until" {
			at = at.Add(time.Minute) - 1 // the whole of the minute that was typed
		}
		*to = at
	}
	return s, asked, bad.Err()
}

func (p *Pages) breach(c *web.Ctx) error {
	s, asked, err := p.span(c)
	v := breachView{l: c.L, form: c.Fill(s), span: s}
	if err == nil && asked {
		v.found = true
		v.breach, err = p.Breach(c.Context(), c.Who, s)
	}
	page := web.Page{
		Title: c.L.T("dossier.breach.title"), Lead: c.L.T("dossier.breach.lead"), Section: section,
		Crumbs: []web.Crumb{{Text: c.L.T("dossier.title"), URL: "/dossiers"}},
	}
	if err != nil {
		v.found = false
		v.form = c.Refill(err)
		v.form.Values = c.Request.URL.Query()
		page.Body = v.body()
		return c.Again(err, page)
	}
	page.Body = v.body()
	return c.Page(page)
}

func (p *Pages) people(c *web.Ctx) error {
	b, err := p.found(c)
	if err != nil {
		return err
	}
	table := b.Sheet()
	table.Taken = c.Taken()
	data, err := table.XLSX()
	if err != nil {
		return err
	}
	return c.Download("Nguoi bi anh huong "+fileDay(b.At)+".xlsx", sheet.TypeXLSX, data)
}

func (p *Pages) report(c *web.Ctx) error {
	b, err := p.found(c)
	if err != nil {
		return err
	}
	o, err := p.unit(c)
	if err != nil {
		return err
	}
	return document.Send(c, b.Report(o), "Bao cao vi pham du lieu "+fileDay(b.At)+".docx", "docx")
}

// whose says of whose people the papers of a breach tell.
func (p *Pages) whose(c *web.Ctx) (web.List, error) {
	o, err := p.unit(c)
	return web.List{Kind: "permit.kind.breach", Root: o.Root, Unit: o.ID, Subject: "breach:" + o.ID}, err
}

// found answers what the address asks.
func (p *Pages) found(c *web.Ctx) (Breach, error) {
	s, _, err := p.span(c)
	if err != nil {
		return Breach{}, err
	}
	return p.Breach(c.Context(), c.Who, s)
}

// HomePanel leads to the papers from the home page of those who keep them.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(Trace) {
		return nil, nil
	}
	return homeCard(c.L), nil
}
