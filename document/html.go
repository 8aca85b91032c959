package document

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
)

// HTML returns the paper for the screen: an article of class "paper" whose parts
// carry the classes paper-head, paper-title, paper-body and paper-foot.
func (d Doc) HTML() g.Node {
	l := d.Layout
	if l.Width == 0 {
		l = LayoutOn(d.Date)
	}
	left, right := d.footColumns(l)
	foot := "paper-foot"
	if len(d.Signatures) > 1 {
		foot = "paper-foot both"
	}
	return h.Article(h.Class("paper"), h.Lang("vi"),
		h.Div(h.Class("paper-head"),
			h.Div(linesHTML(append(d.issuerLines(l), d.numberLines(l)...))),
			h.Div(linesHTML(append(d.emblem(l), set{text: d.placeAndDate(), style: "I"}))),
		),
		h.Div(h.Class("paper-title"), linesHTML(d.headingLines(l))),
		h.Div(h.Class("paper-body"),
			g.Map(d.addressees(), func(t Text) g.Node { return h.P(h.Class("center"), t.html()) }),
			BodyHTML(d.blocks()),
		),
		g.If(len(left)+len(right) > 0, h.Div(h.Class(foot), h.Div(linesHTML(left)), h.Div(linesHTML(right)))),
		g.If(d.Seal.Code != "", h.P(h.Class("paper-seal"), g.Text(d.Seal.footer()))),
	)
}

// BodyHTML returns blocks alone, for showing a text that people typed.
func BodyHTML(blocks []Block) g.Node {
	var n numbering
	var out g.Group
	for _, b := range blocks {
		switch b := b.(type) {
		case Table:
			out = append(out, b.html())
		case List:
			out = append(out, b.html())
		case Figure:
			out = append(out, h.P(h.Class("center"), h.Strong(g.Text(line(b.Chart.Title)))), b.Chart.SVG())
		case Photo:
			out = append(out, h.P(h.Class("center"), g.Text(line(b.Caption))))
		case Code:
			out = append(out, part.QR(b.URL, b.URL), linesHTML(b.sets()))
		default:
			for _, l := range n.lines(b) {
				out = append(out, l.html())
			}
		}
	}
	return out
}

func (l lineOf) html() g.Node {
	var lines g.Group
	for i, part := range splitLines(l.text) {
		if i > 0 {
			lines = append(lines, h.Br())
		}
		lines = append(lines, part.html())
	}
	switch {
	case l.level == 1:
		return h.H3(lines)
	case l.level > 1:
		return h.H4(lines)
	case l.align == Center:
		return h.P(h.Class("center"), lines)
	}
	return h.P(lines)
}

func (t Text) html() g.Node {
	var out g.Group
	for _, s := range t {
		var n g.Node = g.Text(clean(s.Text))
		if s.Italic {
			n = h.Em(n)
		}
		if s.Bold {
			n = h.Strong(n)
		}
		out = append(out, n)
	}
	return out
}

func (l List) html() g.Node {
	items := g.Map(l.Items, func(t Text) g.Node { return h.Li(t.html()) })
	if l.Start > 0 {
		return h.Ol(g.Attr("start", strconv.Itoa(l.Start)), items)
	}
	return h.Ul(items)
}

func (t Table) html() g.Node {
	head := g.Map(t.Columns, func(c Column) g.Node { return h.Th(h.Scope("col"), g.Text(line(c.Title))) })
	rows := make(g.Group, 0, len(t.Rows))
	for r := range t.Rows {
		cells := make(g.Group, 0, len(t.Columns))
		for c := range t.Columns {
			cells = append(cells, h.Td(t.cell(r, c).html()))
		}
		rows = append(rows, h.Tr(cells))
	}
	return part.Scroll("Bảng", h.Table(h.Class("paper-table"), h.THead(h.Tr(head)), h.TBody(rows)))
}

// linesHTML shows the lines of head and foot, bold and italic as set.
func linesHTML(lines []set) g.Node {
	return g.Map(lines, func(s set) g.Node {
		if s.space {
			return nil
		}
		t := Text{{Text: line(s.text), Bold: strings.Contains(s.style, "B"), Italic: strings.Contains(s.style, "I")}}
		return h.P(g.If(s.rule, h.Class("ruled")), t.html())
	})
}
