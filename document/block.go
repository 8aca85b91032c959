package document

import (
	"strconv"
	"strings"
)

// Span is a piece of text in one style.
type Span struct {
	Text         string
	Bold, Italic bool
}

// Text is what one paragraph, item or cell says.
type Text []Span

// Plain returns upright text.
func Plain(s string) Text { return Text{{Text: s}} }

// Bold returns bold text.
func Bold(s string) Text { return Text{{Text: s, Bold: true}} }

// Italic returns italic text.
func Italic(s string) Text { return Text{{Text: s, Italic: true}} }

// And returns t followed by more.
func (t Text) And(more ...Span) Text { return append(append(Text(nil), t...), more...) }

// String returns the words without their style.
func (t Text) String() string {
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.Text)
	}
	return line(b.String())
}

// Align is where lines stand between the margins.
type Align int

// The alignments; body text is justified.
const (
	Justify Align = iota
	AlignLeft
	Center
	AlignRight
)

// Block is one part of a body: Paragraph, Heading, List, Table, Figure, Photo, Code or
// PageBreak.
type Block interface{ isBlock() }

// Paragraph is a paragraph of text. Its first line is indented unless Flush.
type Paragraph struct {
	Text  Text
	Align Align
	Flush bool
	// Keep holds the paragraph on the page of the block after it.
	Keep bool
}

// Heading is a numbered heading: "I- …" at level 1, "1. …" at 2, "a) …" at 3
// (HD 05-HD/VPTW, 27/5/2026). It stays on the page of what follows.
type Heading struct {
	Level int
	Text  string
	// Label replaces the number that would come next; "-" sets none.
	Label string
}

// List is an enumeration; items stand behind a dash, or behind Start, Start+1 …
// where Start is above zero.
type List struct {
	Start int
	Items []Text
}

// Column is one column of a Table; Share is its part of the text width, and
// shares are scaled to sum to one.
type Column struct {
	Title string
	Share float64
	Align Align
}

// Table is a ruled table; its head is repeated on every page.
type Table struct {
	Columns []Column
	Rows    [][]Text
}

// PageBreak starts a new page, as before an appendix.
type PageBreak struct{}

func (Paragraph) isBlock() {}
func (Heading) isBlock()   {}
func (List) isBlock()      {}
func (Table) isBlock()     {}
func (PageBreak) isBlock() {}

// Para returns an ordinary paragraph of upright text.
func Para(s string) Paragraph { return Paragraph{Text: Plain(s)} }

// shares returns the widths of the columns as parts of one.
func (t Table) shares() []float64 {
	out := make([]float64, len(t.Columns))
	sum := 0.0
	for i, c := range t.Columns {
		out[i] = max(c.Share, 0.02)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// cell returns the text of row r in column c, empty where the row is short.
func (t Table) cell(r, c int) Text {
	if c < len(t.Rows[r]) {
		return t.Rows[r][c]
	}
	return nil
}

// lineOf is one paragraph as the writers set it, after headings and items have
// got their numbers.
type lineOf struct {
	text  Text
	align Align
	flush bool
	keep  bool
	level int // of a heading; 0 for text
}

// lines turns a block of text into paragraphs; tables and page breaks are not
// its matter.
func (n *numbering) lines(b Block) []lineOf {
	switch b := b.(type) {
	case Paragraph:
		return []lineOf{{text: b.Text, align: b.Align, flush: b.Flush, keep: b.Keep}}
	case Heading:
		level := min(max(b.Level, 1), 3)
		label := n.label(b, level)
		if label != "" {
			label += " "
		}
		return []lineOf{{text: Text{{Text: label + b.Text, Bold: level < 3, Italic: level == 3}}, keep: true, level: level}}
	case List:
		out := make([]lineOf, 0, len(b.Items))
		for i, item := range b.Items {
			mark := "- "
			if b.Start > 0 {
				mark = strconv.Itoa(b.Start+i) + ". "
			}
			out = append(out, lineOf{text: append(Plain(mark), item...)})
		}
		return out
	}
	return nil
}

// numbering counts the headings of a body.
type numbering struct{ count [4]int }

func (n *numbering) label(h Heading, level int) string {
	switch h.Label {
	case "":
	case "-":
		return ""
	default:
		return h.Label
	}
	n.count[level]++
	for l := level + 1; l < len(n.count); l++ {
		n.count[l] = 0
	}
	switch c := n.count[level]; level {
	case 1:
		return roman(c) + "-"
	case 2:
		return strconv.Itoa(c) + "."
	default:
		return letter(c) + ")"
	}
}

func roman(n int) string {
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}

// letters are those that Vietnamese enumerations use, in their order.
const letters = "abcdđeghiklmnopqrstuvxy"

func letter(n int) string {
	all := []rune(letters)
	if n > len(all) {
		return letter((n-1)/len(all)) + string(all[(n-1)%len(all)])
	}
	return string(all[n-1])
}
