package library

import (
	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

func addButton(c *web.Ctx) g.Node {
	if !c.Who.May(Register) {
		return nil
	}
	return part.LinkButton("/library/documents/new", c.L.T("library.add"), part.Primary, part.IconPlus)
}

func documentCrumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("library.title"), URL: "/library"}}
}

// committees returns the units for which the reader may enter documents.
func (p Pages) committees(c *web.Ctx) ([]organization.Organization, error) {
	all, err := organization.CommitteesUnder(c.Context(), p.DB, c.Who.Scope(Register))
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return all, err
}

func (p Pages) newDocument(c *web.Ctx) error {
	page, err := p.entryPage(c, Document{}, c.Fill(Entry{Level: Base}), nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

// entryPage is the form of a document; the zero Document is new. against is what speaks
// against what was typed.
func (p Pages) entryPage(c *web.Ctx, d Document, f web.Form, against []Suspicion) (web.Page, error) {
	units, err := p.committees(c)
	if err != nil {
		return web.Page{}, err
	}
	v := entryView{Document: d, form: f, units: units, against: against}
	page := web.Page{Title: c.L.T("library.add"), Section: "library", Crumbs: documentCrumbs(c), Body: v.body(c.L)}
	if d.ID != "" {
		page.Title = c.L.T("library.amend")
		page.Crumbs = append(page.Crumbs, web.Crumb{Text: d.Number, URL: d.Path()})
	}
	return page, nil
}

func (p Pages) enter(c *web.Ctx) error {
	var e Entry
	err := c.Decode(&e)
	var d Document
	if err == nil {
		d, err = p.Enter(c.Context(), c.Who, e)
	}
	if err == nil {
		return c.Done(d.Path(), "library.done.entered")
	}
	return p.again(c, err, Document{}, e)
}

// again shows the form of a document with what is wrong, and what stands against it.
func (p Pages) again(c *web.Ctx, err error, d Document, e Entry) error {
	against, other := p.Doubtful(c.Context(), p.DB, c.Who, d.ID, e)
	if other != nil {
		return other
	}
	return c.Redraw(err)(p.entryPage(c, d, c.Refill(err), against))
}

func (p Pages) document(c *web.Ctx) error {
	page, err := p.documentPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p Pages) documentPage(c *web.Ctx, f web.Form) (web.Page, error) {
	d, err := GetDocument(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := documentView{Document: d, form: f, today: when.DateOf(p.Now())}
	if _, err := documentFor(c.Context(), p.DB, c.Who.Scope(Register), d.ID); err == nil {
		v.registers = true
	} else if !fault.Is(err, fault.NotFound) {
		return web.Page{}, err
	}
	if v.files, err = Files(c.Context(), p.DB, d.Root, DocumentUse, d.ID); err != nil {
		return web.Page{}, err
	}
	if p.Aside != nil {
		if v.aside, err = p.Aside(c, d); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{Title: d.String(), Section: "library", Lead: d.Title, Crumbs: documentCrumbs(c), Action: v.action(c.L), Body: v.body(c.L)}, nil
}

// amended returns the document that the reader may change.
func (p Pages) amended(c *web.Ctx) (Document, error) {
	return documentFor(c.Context(), p.DB, c.Who.Scope(Register), c.Param("id"))
}

func (p Pages) editDocument(c *web.Ctx) error {
	d, err := p.amended(c)
	if err != nil {
		return err
	}
	page, err := p.entryPage(c, d, c.Fill(EntryOf(d)), nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p Pages) amend(c *web.Ctx) error {
	d, err := p.amended(c)
	if err != nil {
		return err
	}
	var e Entry
	if err = c.Decode(&e); err == nil {
		err = p.Amend(c.Context(), c.Who, d.ID, e)
	}
	if err == nil {
		return c.Done(d.Path(), "library.done.amended")
	}
	return p.again(c, err, d, e)
}

func (p Pages) attach(c *web.Ctx) error {
	up, err := c.Upload("file")
	var f struct {
		Unmarked bool `form:"unmarked"`
	}
	if err == nil {
		err = c.Decode(&f)
	}
	if err == nil {
		err = p.Attach(c.Context(), c.Who, c.Param("id"), up.Name, up.Data, f.Unmarked)
	}
	if err == nil {
		return c.Done("/library/documents/"+c.Param("id"), "library.done.attached")
	}
	if fault.Is(err, fault.NotFound) {
		return err
	}
	return c.Redraw(err)(p.documentPage(c, c.Refill(err)))
}

func (p Pages) detach(c *web.Ctx) error {
	if err := p.Detach(c.Context(), c.Who, c.Param("id"), c.Param("file")); err != nil {
		return err
	}
	return c.Done("/library/documents/"+c.Param("id"), "library.done.detached")
}
