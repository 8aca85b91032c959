package document

import (
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// reader understands the little Markdown that people use in minutes: # headings,
// lists, tables, **bold**, *italic*. Everything else is the text it looks like:
// no HTML, no links, no code, no line of dashes that turns the line above it
// into a heading.
var reader = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(util.Prioritized(parser.NewEmphasisParser(), 500)),
	)
})

// Markdown reads what a person typed. A line end starts a new paragraph, as it
// does in the field it was typed into.
func Markdown(s string) []Block {
	var out []Block
	lines := strings.Split(shallow(clean(s)), "\n")
	for len(lines) > 0 {
		n := tableLines(lines)
		if n > 0 {
			out = append(out, readTable(lines[:n]))
		} else {
			n = 1
			for n < len(lines) && tableLines(lines[n:]) == 0 {
				n++
			}
			out = append(out, readText(strings.Join(lines[:n], "\n"))...)
		}
		lines = lines[n:]
	}
	return out
}

// readText reads what is no table.
func readText(s string) []Block {
	m := markdown{source: []byte(s)}
	root := reader().Parse(text.NewReader(m.source))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		m.block(n)
	}
	return m.out
}

// tableLines returns how many lines of a table s begins with: a line of cells
// between bars, a line of dashes between bars, further lines of cells.
func tableLines(s []string) int {
	if len(s) < 2 || !barred(s[0]) || !barred(s[1]) || !strings.Contains(s[1], "-") || strings.Trim(s[1], "|-: ") != "" {
		return 0
	}
	n := 2
	for n < len(s) && barred(s[n]) {
		n++
	}
	return n
}

func barred(s string) bool { return strings.HasPrefix(strings.TrimSpace(s), "|") }

// readTable makes a table of lines that tableLines has counted.
func readTable(lines []string) Table {
	var out Table
	for _, c := range cellsOf(lines[0]) {
		out.Columns = append(out.Columns, Column{Title: c.String(), Share: 1})
	}
	for _, l := range lines[2:] {
		row := cellsOf(l)
		for len(row) > len(out.Columns) { // more cells than the head has: a column without a title
			out.Columns = append(out.Columns, Column{Share: 1})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func cellsOf(l string) []Text {
	parts := strings.Split(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(l), "|"), "|"), "|")
	out := make([]Text, len(parts))
	for i, p := range parts {
		var n numbering
		for _, b := range readText(strings.TrimSpace(p)) {
			for _, line := range n.lines(b) {
				out[i] = append(out[i], line.text...)
			}
		}
	}
	return out
}

// shallow takes away the deep indentation that Markdown reads as code: a line
// keeps at most three spaces before it, enough for an item within an item.
func shallow(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		indent := len(l) - len(strings.TrimLeft(l, " "))
		lines[i] = strings.Repeat(" ", min(indent, 3)) + line(l)
	}
	return strings.Join(lines, "\n")
}

type markdown struct {
	source []byte
	out    []Block
}

func (m *markdown) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		m.out = append(m.out, Heading{Level: n.Level, Text: joined(m.lines(n)), Label: "-"})
	case *ast.List:
		m.list(n)
	default:
		for _, t := range m.lines(n) {
			m.out = append(m.out, Paragraph{Text: t})
		}
	}
}

// list adds the items of a list; what is nested follows its item, a paper has
// one level of items.
func (m *markdown) list(l *ast.List) {
	list := List{}
	if l.IsOrdered() {
		list.Start = max(l.Start, 1)
	}
	flush := func() {
		if len(list.Items) == 0 {
			return
		}
		m.out = append(m.out, list)
		if list.Start > 0 {
			list.Start += len(list.Items)
		}
		list.Items = nil
	}
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		if !item.HasChildren() {
			list.Items = append(list.Items, nil)
		}
		for child := item.FirstChild(); child != nil; child = child.NextSibling() {
			if inner, ok := child.(*ast.List); ok {
				flush()
				m.list(inner)
				continue
			}
			list.Items = append(list.Items, merged(m.lines(child)))
		}
	}
	flush()
}

// lines returns the text of a node, one Text for each line that was typed.
func (m *markdown) lines(n ast.Node) []Text {
	out := []Text{nil}
	m.inline(n, Span{}, &out)
	return out
}

func (m *markdown) inline(n ast.Node, style Span, out *[]Text) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			style.Text = string(c.Segment.Value(m.source))
			last := len(*out) - 1
			(*out)[last] = append((*out)[last], style)
			if c.SoftLineBreak() || c.HardLineBreak() {
				*out = append(*out, nil)
			}
		case *ast.Emphasis:
			inner := style
			inner.Bold = style.Bold || c.Level > 1
			inner.Italic = style.Italic || c.Level == 1
			m.inline(c, inner, out)
		default:
			m.inline(c, style, out)
		}
	}
}

// merged puts lines into one text, a space between them.
func merged(lines []Text) Text {
	var out Text
	for i, t := range lines {
		if i > 0 {
			out = append(out, Span{Text: " "})
		}
		out = append(out, t...)
	}
	return out
}

func joined(lines []Text) string { return merged(lines).String() }
