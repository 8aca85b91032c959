package feedback

import (
	"net/url"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
)

// paperField names the field in which what stands in one box of a sheet is typed.
func paperField(x Cell) string { return fieldOf(x, 0) }

// typedLines reads the boxes of a sheet: each line is a remark.
func typedLines(values url.Values) []Said {
	var out []Said
	for _, x := range Cells() {
		for _, line := range text.Lines(values.Get(paperField(x))) {
			out = append(out, Said{x, "", line, paperField(x)})
		}
	}
	return out
}

// paperView is the form for a sheet of paper: twelve boxes as on the paper, in the order of
// the tabulator.
type paperView struct {
	locale.L
	File
	form web.Form
}

func (v paperView) body() g.Node {
	var naming g.Node
	if v.Round.Named {
		naming = g.Group{v.form.Input("name", v.T("feedback.give.name"), part.Required), v.form.Input("unit", v.T("feedback.give.unit"))}
	}
	return part.Card(part.Post(v.Path()+"/paper", part.Guard(), part.Keep(v.L, "feedback-paper-"+v.Sitting.ID), v.form.Summary(v.L),
		part.Fields(v.form.Number("number", v.T("feedback.paper.number"), part.Required, h.Min("1"), part.Help(v.T("feedback.paper.number_help"))), naming),
		g.Map(Phases, func(p Phase) g.Node {
			return part.FieldSet(v.Of("feedback.phase", string(p)), part.Fields(g.Map(Heads, func(y Head) g.Node {
				return v.form.Textarea(paperField(Cell{p, y}), v.Of("feedback.head", string(y)), h.Rows("3"))
			})))
		}),
		part.Actions(part.Button(v.T("feedback.paper.save"), part.Primary, part.IconCheck))))
}

// blankView is the form as it is printed, one sheet of A4.
type blankView struct {
	l locale.L
	File
	base string
}

func (v blankView) body() g.Node {
	l := v.l
	promise := l.T("feedback.blank.nameless")
	naming := g.Node(nil)
	if v.Round.Named {
		promise = l.T("feedback.blank.named")
		naming = h.P(g.Text(l.T("feedback.blank.name_line")))
	}
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("feedback.css"))),
		part.Alone(
			part.NoPrint(part.Stack(h.H1(g.Text(l.T("feedback.blank"))),
				part.Actions(part.PrintButton(l.T("feedback.blank.print"), part.Primary), part.LinkButton(v.Path(), l.T("feedback.blank.back"))))),
			part.Sheet(
				h.Div(h.Class("feedback-head"),
					h.Div(h.H2(g.Text(l.T("feedback.blank.title"))), h.P(h.B(g.Text(v.Sitting.Title)), h.Br(), g.Text(l.Moment(v.Sitting.StartsAt)+" · "+v.Sitting.Venue)),
						h.P(g.Text(promise)), h.P(g.Text(l.T("feedback.blank.number"))), naming),
					h.Div(part.QR(v.base+v.Round.Path(), l.T("feedback.qr")), h.Small(g.Text(typed(v.base)+"/y"), h.Br(), h.B(g.Text(v.Round.Grouped()))))),
				h.Table(h.Class("feedback-form"),
					h.THead(h.Tr(h.Th(), g.Map(Phases, func(p Phase) g.Node { return h.Th(h.Scope("col"), g.Text(l.Of("feedback.phase", string(p)))) }))),
					h.TBody(g.Map(Heads, func(y Head) g.Node {
						return h.Tr(h.Th(h.Scope("row"), g.Text(l.Of("feedback.head", string(y)))), g.Map(Phases, func(Phase) g.Node { return h.Td() }))
					}))))),
	}
}
