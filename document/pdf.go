package document

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

const (
	family  = "serif"
	mmPoint = 25.4 / 72 // millimetres in a point
	// outlined is from how many pages on the headings of a paper stand in the outline: readers of
	// PDF files open a bar for it, which two sheets are better without.
	outlined = 5
)

// PDF returns the paper as a PDF file: A4, fonts embedded, text that can be
// copied and searched, language vi-VN. The same Doc gives the same bytes.
func (d Doc) PDF() (out []byte, err error) {
	defer func() {
		// The library panics where a font's tables surprise it. No text found so
		// far does that, but a meeting must not end over it.
		if r := recover(); r != nil {
			err = fmt.Errorf("writing pdf: %v", r)
		}
	}()
	p := newPDF(d)
	boxes := p.placed()
	p.marks = len(boxes) > 0 && boxes[len(boxes)-1].page >= outlined
	p.draw(boxes, p.furniture)
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return nil, fmt.Errorf("writing pdf: %w", err)
	}
	return b.Bytes(), nil
}

// pdf sets one Doc.
type pdf struct {
	*fpdf.Fpdf
	doc    Doc
	layout Layout
	whole  bool // the paper holds signs that the cut-down faces lack
	loaded map[string]bool
	left   float64
	width  float64
	bottom float64
	// marks says that headings stand in the outline beside the pages; marked is how deep the last
	// of them does, from 1.
	marks  bool
	marked int
}

func newPDF(d Doc) *pdf {
	p := &pdf{Fpdf: fpdf.New("P", "mm", "A4", ""), loaded: map[string]bool{}}
	p.set(d)
	l := p.layout
	p.whole = !usualOnly(d)
	p.SetMargins(l.Left, l.Top, l.Right)
	p.SetAutoPageBreak(false, 0)
	p.SetCellMargin(0)
	p.SetCatalogSort(true)
	made := madeAt(d)
	p.SetCreationDate(made)
	p.SetModificationDate(made)
	p.SetLang("vi-VN")
	p.SetTitle(drawable(d.Name()), true)
	p.SetAuthor(drawable(line(d.Issuer)), true)
	p.SetCreator("Chibo", true)
	p.SetProducer("Chibo", true)
	return p
}

// set makes d the paper that is laid out.
func (p *pdf) set(d Doc) {
	l := d.Layout
	if l.Width == 0 {
		l = LayoutOn(d.Date)
	}
	p.doc, p.layout = d, l
	p.left, p.width, p.bottom = l.Left, l.textWidth(), l.Height-l.Bottom
}

// madeAt is the time written into files: noon of the paper's day, so that a
// file made again is the same file.
func madeAt(d Doc) time.Time {
	if d.Date.IsZero() {
		return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	}
	return time.Date(d.Date.Year, d.Date.Month, d.Date.Day, 12, 0, 0, 0, time.UTC)
}

func usualOnly(d Doc) bool {
	for _, r := range d.Text() + d.Name() {
		if r != '\n' && !isUsual(r) && covered()[r] {
			return false
		}
	}
	return true
}

// font sets the face for what follows, loading it where it is first needed.
func (p *pdf) font(style string, size float64) {
	if !p.loaded[style] {
		p.loaded[style] = true
		f := faces[style]
		if p.whole {
			p.AddUTF8FontFromBytes(family, style, f.whole)
		} else {
			p.AddUTF8FontFromBytes(family, style, f.small())
		}
	}
	p.SetFont(family, style, size)
}

// placed gives every box of the paper its page.
func (p *pdf) placed() []placed {
	all := append(p.head(), p.body()...)
	foot := p.foot()
	if len(foot) > 0 {
		hold(all)
	}
	return flow(append(all, foot...), p.layout.Top, p.layout.Top, p.bottom)
}

// draw draws page after page, each with its furniture.
func (p *pdf) draw(boxes []placed, furniture func(page int)) {
	p.AddPage()
	furniture(1)
	page := 1
	for i, b := range boxes {
		for ; page < b.page; page++ {
			p.AddPage()
			furniture(page + 1)
		}
		last := i+1 == len(boxes) || boxes[i+1].page != b.page
		if b.box.draw != nil {
			b.box.draw(b.y, last)
		}
	}
}

// hold keeps the last line of the text with the signatures after it.
func hold(boxes []box) {
	for i := len(boxes) - 1; i >= 0; i-- {
		boxes[i].keep = true
		if !boxes[i].glue {
			return
		}
	}
}

// furniture draws what stands outside the text: the page number, centred at the
// top from the second page on, and the check code or who has taken the paper at the foot.
func (p *pdf) furniture(page int) {
	if page > 1 {
		p.font("", p.layout.Body)
		n := strconv.Itoa(page)
		p.Text(p.left+(p.width-p.GetStringWidth(n))/2, p.layout.Top-6, n)
	}
	if foot := p.doc.foot(); foot != "" {
		p.font("", 9)
		p.Text(p.left, p.layout.Height-p.layout.Bottom+9, drawable(foot))
	}
}

// body returns the boxes of the text.
func (p *pdf) body() []box {
	var out []box
	var n numbering
	fresh := false
	for _, b := range p.doc.blocks() {
		var more []box
		switch b := b.(type) {
		case PageBreak:
			fresh = true
			continue
		case Table:
			more = p.table(b)
		case Figure:
			more = p.figure(b)
		case Photo:
			more = p.photo(b)
		case Code:
			more = []box{{height: 3, glue: true, keep: true}, p.code(b.URL, b.sets(), sealSize), {height: 2}}
		default:
			for _, l := range n.lines(b) {
				more = append(more, p.paragraph(l)...)
			}
		}
		if fresh && len(more) > 0 {
			more[0].fresh, fresh = true, false
		}
		out = append(out, more...)
	}
	return out
}

// blocks returns the whole body, the căn cứ before it.
func (d Doc) blocks() []Block {
	out := make([]Block, 0, len(d.Bases)+len(d.Body))
	for _, t := range d.bases() {
		out = append(out, Paragraph{Text: t})
	}
	return append(out, d.Body...)
}

func leading(size float64) float64 { return size * 1.15 * mmPoint }

// paragraph returns the boxes of one paragraph: never a first or last line alone
// on a page.
func (p *pdf) paragraph(l lineOf) []box {
	size, height := p.layout.Body, p.layout.Leading*mmPoint
	indent := p.layout.FirstLine
	if l.flush || l.align == Center || l.align == AlignRight {
		indent = 0
	}
	out := []box{{height: p.layout.Gap * mmPoint, keep: true, glue: true}}
	for _, part := range splitLines(l.text) {
		rows := p.wrap(part, size, p.width, indent)
		for i, row := range rows {
			x, width := p.left, p.width
			if i == 0 {
				x, width = x+indent, width-indent
			}
			justify := l.align == Justify && i < len(rows)-1
			align := l.align
			keep := l.keep || i == 0 && len(rows) > 1 || i == len(rows)-2
			out = append(out, box{height: height, keep: keep, draw: func(y float64, _ bool) {
				p.row(row, x, y, width, height, size, align, justify)
			}})
		}
	}
	if first := out[1]; l.level > 0 {
		out[1].draw = func(y float64, last bool) {
			p.mark(l, y)
			first.draw(y, last)
		}
	}
	return out
}

// mark puts a heading into the outline, no deeper than one below the last.
func (p *pdf) mark(l lineOf, y float64) {
	if !p.marks {
		return
	}
	p.font("", p.layout.Body)
	p.marked = min(l.level, p.marked+1)
	p.Bookmark(drawable(line(l.text.String())), p.marked-1, y)
}

// row draws one line of pieces between x and x+width.
func (p *pdf) row(row []piece, x, y, width, height, size float64, align Align, justify bool) {
	total, gaps := 0.0, 0
	for i, s := range row {
		total += s.width
		if i > 0 && s.spaced {
			gaps++
		}
	}
	p.font("", size)
	space := p.GetStringWidth(" ")
	switch natural := total + float64(gaps)*space; {
	case justify && gaps > 0:
		space = (width - total) / float64(gaps)
	case align == Center:
		x += (width - natural) / 2
	case align == AlignRight:
		x += width - natural
	}
	base := y + height/2 + size*mmPoint*0.33
	for i, s := range row {
		if i > 0 && s.spaced {
			x += space
		}
		p.font(s.style, size)
		text := s.text
		if i+1 < len(row) && row[i+1].spaced {
			text += " " // so that copied text has its spaces
		}
		p.Text(x, base, text)
		x += s.width
	}
}
