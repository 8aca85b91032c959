package feedback

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
)

// DeskAside is what a desk has for people without an invitation, who find no way to the
// feedback by it: the code of the round, the same for all, so that it says nothing of who
// has it.
func (p *Pages) DeskAside(c *web.Ctx, y conference.Sitting) (g.Node, error) {
	r, is, err := roundOf(c.Context(), p.DB, y.Root, y.ID)
	if err != nil || !is || r.StateAt(p.now()) == Closed {
		return nil, err
	}
	l := c.L
	return part.Details(l.T("feedback.slip"), h.ID("desk-feedback"),
		part.Muted(g.Text(l.T("feedback.slip.desk"))),
		part.Beside(part.QR(c.Base()+r.Path(), l.T("feedback.qr")), h.Div(part.Big(r.Grouped()), part.Muted(g.Text(typed(c.Base())+"/y")))),
		g.If(!c.Who.Helps(), part.Actions(part.LinkButton("/conferences/"+y.Conference+"/feedback/"+y.ID+"/slips", l.T("feedback.slip.print"), part.IconPrinter, part.Small)))), nil
}

// slips is a sheet of paper to be cut into slips that invite to give feedback.
func (p *Pages) slips(c *web.Ctx) error {
	f, err := find(c.Context(), p.DB, c.Who.Scope(conference.Keep), c.Param("id"), c.Param("sitting"))
	if err == nil && !f.Opened {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("feedback.slip"), Bare: true, Sheet: true, Body: slipView{c.L, f, c.Base()}.body()})
}

// slipsOnSheet is how many slips a sheet of A4 has.
const slipsOnSheet = 8

// slipView is the sheet of slips.
type slipView struct {
	locale.L
	Place
	base string
}

func (v slipView) body() g.Node {
	slips := make([]g.Node, slipsOnSheet)
	for i := range slips {
		slips[i] = v.slip()
	}
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("feedback.css"))),
		part.Alone(
			part.NoPrint(part.Stack(h.H1(g.Text(v.T("feedback.slip"))), part.Muted(g.Text(v.T("feedback.slip.how", "Count", slipsOnSheet))),
				part.Actions(part.PrintButton(v.T("feedback.slip.print"), part.Primary), part.LinkButton(v.Path(), v.T("feedback.blank.back"))))),
			part.Sheet(h.Div(h.Class("feedback-slips"), g.Group(slips)))),
	}
}

// slip says as much as the wall: every one is like the others.
func (v slipView) slip() g.Node {
	promise := v.T("feedback.promise.nameless")
	if v.Round.Named {
		promise = v.T("feedback.promise.named")
	}
	return h.Div(part.QR(v.base+v.Round.Path(), v.T("feedback.qr")),
		h.Div(h.B(g.Text(v.T("feedback.give.title"))), h.P(g.Text(v.Sitting.Title)),
			h.P(g.Text(v.T("feedback.slip.address", "Site", typed(v.base)+"/y"))), h.P(h.B(h.Class("num"), g.Text(v.Round.Grouped()))),
			h.Small(g.Text(promise+". "+v.T("feedback.slip.until", "Time", v.Moment(v.Round.ClosesAt))))))
}
