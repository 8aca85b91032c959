package feedback

import (
	"net/url"

	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
)

// cellOf reads which cell an address names.
func cellOf(c *web.Ctx) (Cell, error) {
	x := Cell{Phase(c.Param("phase")), Head(c.Param("head"))}
	if !x.Valid() {
		return x, fault.New(fault.NotFound, "fault.not_found")
	}
	return x, nil
}

func (p *Pages) cell(c *web.Ctx) error {
	page, err := p.cellPage(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// cellPage is where the remarks of a cell are put together; the form of a card comes back
// as it was refused.
func (p *Pages) cellPage(c *web.Ctx, card string, refused web.Form) (web.Page, error) {
	x, err := cellOf(c)
	if err != nil {
		return web.Page{}, err
	}
	f, err := p.openedFile(c)
	if err != nil {
		return web.Page{}, err
	}
	v := cellView{File: f, L: c.L, block: f.Block(x), proposed: f.Proposals(x), card: card, refused: refused}
	return web.Page{Title: c.L.Of("feedback.head", string(x.Head)), Lead: c.L.Of("feedback.phase", string(x.Phase)), Section: section, Crumbs: f.within(c), Body: v.body()}, nil
}

// answered leads back to the page of the cell, or shows the form of a card again.
func (p *Pages) answered(c *web.Ctx, err error, card, done string) error {
	if err == nil {
		return c.Done(filePath(c)+"/cells/"+c.Param("phase")+"/"+c.Param("head"), done)
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	return c.Redraw(err)(p.cellPage(c, card, c.Refill(err)))
}

// gathering is the form in which remarks are ticked.
type gathering struct {
	Remarks []string `form:"remarks"`
	Group   string   `form:"group"`
	Words   string   `form:"words"`
}

func (p *Pages) gather(c *web.Ctx) error {
	x, err := cellOf(c)
	if err != nil {
		return err
	}
	var f gathering
	if err = c.Decode(&f); err == nil {
		err = p.Gather(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), Gathering{x, f.Remarks, f.Group, f.Words})
	}
	return p.answered(c, err, "gather", "feedback.done.gathered")
}

func (p *Pages) turnDown(c *web.Ctx) error {
	var f struct {
		Proposal string `form:"proposal"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.TurnDown(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), f.Proposal)
	}
	return p.answered(c, err, "", "feedback.done.turned_down")
}

func (p *Pages) write(c *web.Ctx) error {
	x, err := cellOf(c)
	if err != nil {
		return err
	}
	var f struct {
		Text string `form:"text"`
	}
	if err = c.Decode(&f); err == nil {
		err = p.Write(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), x, f.Text)
	}
	return p.answered(c, err, "text", "feedback.done.written")
}

func (p *Pages) reword(c *web.Ctx) error {
	var f struct {
		Words string `form:"words"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Reword(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), c.Param("group"), f.Words)
	}
	return p.answered(c, err, c.Param("group"), "feedback.done.reworded")
}

func (p *Pages) dissolve(c *web.Ctx) error {
	err := p.Dissolve(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), c.Param("group"))
	return p.answered(c, err, "", "feedback.done.dissolved")
}

// document is the synthesis as a paper, or all remarks as a table.
func (p *Pages) document(c *web.Ctx) error {
	f, err := p.openedFile(c)
	if err != nil {
		return err
	}
	day := p.now().Date()
	if c.Param("form") == "xlsx" {
		return c.Sheet(day.String()+" Ý kiến góp ý.xlsx", remarkTable(f))
	}
	d := synthesisDoc(f, day)
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+c.Param("form"), c.Param("form"))
}

// blank is the form to be printed.
func (p *Pages) blank(c *web.Ctx) error {
	f, err := p.openedFile(c)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("feedback.blank"), Bare: true, Sheet: true, Body: blankView{c.L, f, c.Base()}.body()})
}

func (p *Pages) paper(c *web.Ctx) error {
	page, err := p.paperPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// paperPage is the form in which sheets of paper are typed in, one after the other.
func (p *Pages) paperPage(c *web.Ctx, refused web.Form) (web.Page, error) {
	f, err := p.openedFile(c)
	if err != nil {
		return web.Page{}, err
	}
	if !refused.Wrong() {
		last, err := lastNumber(c.Context(), p.DB, f.Round)
		if err != nil {
			return web.Page{}, err
		}
		refused = c.Fill(Paper{Number: last + 1})
	}
	return web.Page{Title: c.L.T("feedback.paper"), Lead: c.L.T("feedback.paper.lead"), Section: section, Crumbs: f.within(c), Body: paperView{c.L, f, refused}.body()}, nil
}

func (p *Pages) typeIn(c *web.Ctx) error {
	var paper Paper
	err := c.Decode(&paper)
	if err == nil {
		var values url.Values
		if values, err = c.Values(); err == nil {
			paper.Said = typedLines(values)
			err = p.TypeIn(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), paper)
		}
	}
	if err == nil {
		return c.Done(filePath(c)+"/paper", "feedback.done.typed", "Number", paper.Number)
	}
	return c.Redraw(err)(p.paperPage(c, c.Refill(err)))
}
