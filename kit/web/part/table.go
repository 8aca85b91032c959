package part

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Column is the head of a column.
type Column struct {
	Title string
	Right bool // figures: set to the right
}

// Heads returns columns with the titles; the values of an empty one, such as the
// buttons of a row, stand without a label on a phone.
func Heads(titles ...string) []Column {
	columns := make([]Column, len(titles))
	for i, t := range titles {
		columns[i].Title = t
	}
	return columns
}

// Row is a row of a table: one node a column. An attribute among them goes to the
// row itself.
type Row []g.Node

// Cells returns a row of plain texts.
func Cells(texts ...string) Row {
	row := make(Row, len(texts))
	for i, t := range texts {
		row[i] = g.Text(t)
	}
	return row
}

// Table is a table that becomes a card a row on a phone. caption names it for
// those who hear the page.
func Table(caption string, columns []Column, rows ...Row) g.Node {
	return h.Table(class("cards"),
		h.Caption(class("said"), g.Text(caption)),
		h.THead(h.Tr(g.Map(columns, head))),
		h.TBody(g.Map(rows, func(r Row) g.Node { return tableRow(columns, r, true) })),
	)
}

// WideTable is a table that stays a grid and scrolls sideways on a phone, for
// months and figures to be compared.
func WideTable(caption string, columns []Column, rows ...Row) g.Node {
	return Scroll(caption, h.Table(
		h.Caption(class("said"), g.Text(caption)),
		h.THead(h.Tr(g.Map(columns, head))),
		h.TBody(g.Map(rows, func(r Row) g.Node { return tableRow(columns, r, false) })),
	))
}

// Scroll is a frame that scrolls sideways, also by the arrow keys; name is read
// aloud.
func Scroll(name string, children ...g.Node) g.Node {
	return h.Div(class("scroll"), h.Role("region"), h.Aria("label", name), h.TabIndex("0"), g.Group(children))
}

func head(c Column) g.Node {
	return h.Th(h.Scope("col"), g.If(c.Right, class("right")), g.Text(c.Title))
}

func tableRow(columns []Column, row Row, labels bool) g.Node {
	attributes, cells := split(row)
	var out g.Group
	for i, cell := range cells {
		var c Column
		if i < len(columns) {
			c = columns[i]
		}
		out = append(out, h.Td(
			g.If(c.Right, class("right num")),
			g.If(labels && c.Title != "", h.Data("label", c.Title)),
			labelled(cell, labels && c.Title != ""),
		))
	}
	return h.Tr(attributes, out)
}

// labelled keeps the contents of a cell together beside its label.
func labelled(cell g.Node, with bool) g.Node {
	if !with || cell == nil {
		return cell
	}
	return h.Div(cell)
}
