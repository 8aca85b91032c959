package rating

import (
	"strings"

	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
)

// roundPaper answers with a paper of a round, which has the levels of all on it: the
// look is noted.
func (p *Pages) roundPaper(c *web.Ctx) error {
	o, err := p.Look(c.Context(), c.Who, c.Param("id"), true)
	if err != nil {
		return err
	}
	kind, form, _ := strings.Cut(c.Param("paper"), ".")
	d, found := o.doc(Paper(kind))
	if !found || !o.Reads {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return send(c, d, form)
}

// linePaper answers with a paper of a line.
func (p *Pages) linePaper(c *web.Ctx) error {
	card, err := p.View(c.Context(), c.Who, c.Param("id"), c.Param("subject"))
	if err != nil {
		return err
	}
	kind, form, _ := strings.Cut(c.Param("paper"), ".")
	d, found := card.doc(Paper(kind))
	if !found {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return send(c, d, form)
}

// send answers with a paper as a Word or a PDF file.
func send(c *web.Ctx, d document.Doc, form string) error {
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+form, form)
}
