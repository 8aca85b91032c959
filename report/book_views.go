package report

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// bookView is the card of one year book.
type bookView struct {
	Book
	L     locale.L
	Now   when.Instant
	Names map[string]string
	Binds bool
}

// card shows the book there is and how far a new one has come. While one is being made
// the card asks for itself again every second; without scripts there is a link.
func (v bookView) card() g.Node {
	l := v.L
	id := "book-" + string(v.Version)
	again := g.Group{h.ID(id)}
	if v.Running(v.Now) {
		again = append(again, part.Swap(bookURL(v.Book), "#"+id), part.On("every 1s"), part.SwapOuter())
	}
	return part.Card(again, part.CardHead(l.Of("report.version", string(v.Version))), part.Muted(g.Text(l.Of("report.version_help", string(v.Version)))),
		v.made(), v.making())
}

// made is the book that can be opened.
func (v bookView) made() g.Node {
	l := v.L
	if !v.Exists() {
		return g.If(!v.Running(v.Now), h.P(g.Text(l.T("report.not_made"))))
	}
	return g.Group{
		h.P(g.Text(l.T("report.made", "Pages", v.Pages, "Papers", v.Papers, "Moment", l.Moment(v.MadeAt), "Name", v.Names[v.MadeBy]))),
		part.Actions(
			part.LinkButton(bookURL(v.Book)+"/pdf", l.T("report.pdf"), part.Primary, part.IconBook),
			part.LinkButton(bookURL(v.Book)+"/docx", l.T("report.docx"), part.IconDownload),
		),
	}
}

// making is the button, or how far the making has come.
func (v bookView) making() g.Node {
	l := v.L
	if v.Running(v.Now) {
		text := l.T("report.making", "Progress", v.Progress, "Name", v.Names[v.AskedBy])
		return h.Div(h.Role("status"), h.P(g.Text(text)), part.Meter(text, part.Share{Kind: part.OK, Percent: float64(v.Progress)}),
			part.Link(yearURL(v.Organization, v.Year)+"#books", g.Text(l.T("report.look_again"))))
	}
	if !v.Binds {
		return nil
	}
	text, look := l.T("report.bind"), part.Primary
	if v.Exists() {
		text, look = l.T("report.bind_again"), part.Quiet
	}
	return g.Group{
		g.If(v.State != Made && v.State != "", part.Note(part.Bad, g.Text(l.T("report.failed")))),
		part.PostButton(bookURL(v.Book), text, look, h.Aria("label", text+": "+l.Of("report.version", string(v.Version))+" "+strconv.Itoa(v.Year))),
	}
}
