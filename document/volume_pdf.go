package document

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// chapter is a chapter that is laid out.
type chapter struct {
	*pdf
	boxes []placed
}

func (c chapter) pages() int {
	if len(c.boxes) == 0 {
		return 1
	}
	return c.boxes[len(c.boxes)-1].page
}

// Bind writes the book as a PDF file with an outline, its fonts embedded once. Chapters
// are laid out before anything is drawn, so that the table of contents knows its pages.
// told, which may be nil, hears how many chapters of all are laid out; its error ends
// the work. The same Volume gives the same bytes.
func (b Volume) Bind(told func(done, of int) error) (v Bound, err error) {
	defer func() {
		if r := recover(); r != nil { // as in Doc.PDF
			err = fmt.Errorf("binding a book: %v", r)
		}
	}()
	v.Places = b.places()
	file := newPDF(b.doc())
	file.whole = !b.usualOnly(v.Places)
	chapters := make([]chapter, len(v.Places))
	for i, place := range v.Places {
		chapters[i] = file.chapter(place.doc)
		if told == nil {
			continue
		}
		if err := told(i+1, len(chapters)); err != nil {
			return v, err
		}
	}
	links := make([]int, len(v.Places))
	page := 2 + file.contents(v.Places, links).pages()
	for i := range v.Places {
		v.Places[i].Page, links[i] = page, file.AddLink()
		file.SetLink(links[i], 0, page)
		page += chapters[i].pages()
	}
	v.Pages = page - 1
	file.cover(b)
	contents := file.contents(v.Places, links)
	contents.draw(contents.boxes, file.foliate)
	for i, c := range chapters {
		file.bind(c, v.Places[i])
		chapters[i].boxes = nil // what is drawn is not needed any more
	}
	var out bytes.Buffer
	if err := file.Output(&out); err != nil {
		return v, fmt.Errorf("binding a book: %w", err)
	}
	v.PDF = out.Bytes()
	return v, nil
}

// usualOnly reports whether the cut-down faces hold every sign of the book.
func (b Volume) usualOnly(places []Place) bool {
	all := b.doc()
	for _, p := range places {
		all.Body = append(all.Body, Para(p.Part+p.Title))
		if !usualOnly(p.doc) {
			return false
		}
	}
	for _, note := range b.Cover.Notes {
		all.Body = append(all.Body, Para(note))
	}
	return usualOnly(all)
}

// chapter lays a paper out in the file of p.
func (p *pdf) chapter(d Doc) chapter {
	own := *p
	own.set(d)
	return chapter{&own, own.placed()}
}

// bind draws a chapter behind what is there already.
func (p *pdf) bind(c chapter, place Place) {
	c.draw(c.boxes, func(page int) {
		c.furniture(page)
		p.rightFoot(folio(strconv.Itoa(place.Number), strconv.Itoa(p.PageNo())))
		if page > 1 {
			return
		}
		if place.Opens {
			p.margin("B", place.Part, 6)
			p.Bookmark(drawable(place.Part), 0, 0)
		}
		p.margin("I", place.label(), 10.5)
		p.Bookmark(drawable(place.label()), 1, 0)
	})
}

// foliate writes the number of a page that belongs to no chapter.
func (p *pdf) foliate(int) { p.rightFoot("Trang " + strconv.Itoa(p.PageNo())) }

// rightFoot writes into the lower margin, at the right.
func (p *pdf) rightFoot(words string) {
	p.font("", marginSize)
	p.Text(p.left+p.width-p.GetStringWidth(words), p.layout.Height-p.layout.Bottom+9, words)
}

// marginSize is the size of what stands outside the text, in points.
const marginSize = 9

// margin writes a line into the upper margin, y from the edge; what is too long is cut.
func (p *pdf) margin(style, text string, y float64) {
	rows := p.wrap(Text{{Text: line(text), Bold: style == "B", Italic: style == "I"}}, marginSize, p.width, 0)
	p.row(rows[0], p.left, y, p.width, leading(marginSize), marginSize, AlignLeft, false)
}

// cover draws the first page.
func (p *pdf) cover(b Volume) {
	p.AddPage()
	head, middle, foot := b.coverLines(p.layout)
	p.SetLineWidth(0.6)
	p.Rect(p.left-6, p.layout.Top-4, p.width+12, p.bottom-p.layout.Top+8, "D")
	p.column(p.left, p.width, head).draw(p.layout.Top+4, true)
	m := p.column(p.left, p.width, middle)
	m.draw((p.layout.Height-m.height)/2-10, true)
	f := p.column(p.left, p.width, foot)
	f.draw(p.bottom-f.height-4, true)
}

// The columns of the table of contents beside the titles, in millimetres.
const numberWidth, pageWidth = 10.0, 14.0

// contents lays the table of contents out.
func (p *pdf) contents(places []Place, links []int) chapter {
	out := []box{p.column(p.left, p.width, []set{{text: contentsTitle, style: "B", size: p.layout.Title, align: Center}}), {height: 4, keep: true}}
	size := p.layout.Table
	for i, place := range places {
		if place.Opens {
			out = append(out, box{height: 2, glue: true, keep: true})
			for _, row := range p.wrap(Bold(place.Part), size, p.width, 0) {
				out = append(out, box{height: leading(size), keep: true, draw: func(y float64, _ bool) {
					p.row(row, p.left, y, p.width, leading(size), size, AlignLeft, false)
				}})
			}
		}
		out = append(out, p.entry(place, links[i])...)
	}
	return chapter{p, flow(out, p.layout.Top, p.layout.Top, p.bottom)}
}

// entry returns the lines of a chapter in the table of contents: number, title, dots,
// page.
func (p *pdf) entry(place Place, link int) []box {
	size, height := p.layout.Table, leading(p.layout.Table)
	x, width := p.left+numberWidth, p.width-numberWidth-pageWidth
	rows := p.wrap(Plain(line(place.Title)), size, width, 0)
	out := make([]box, len(rows))
	for n, row := range rows {
		first, last := n == 0, n+1 == len(rows)
		out[n] = box{height: height, keep: !last, draw: func(y float64, _ bool) {
			words := func(x, width float64, text string, align Align) {
				p.row(p.pieces(Plain(text), size), x, y, width, height, size, align, false)
			}
			if first {
				words(p.left, numberWidth-2, strconv.Itoa(place.Number)+".", AlignRight)
			}
			p.row(row, x, y, width, height, size, AlignLeft, false)
			if last {
				end := x + p.long(row, size)
				dot := p.GetStringWidth(".")
				words(end, p.left+p.width-pageWidth+4-end, strings.Repeat(".", max(0, int((p.left+p.width-pageWidth+2-end)/dot))), AlignRight)
				words(p.left+p.width-pageWidth, pageWidth, strconv.Itoa(place.Page), AlignRight)
			}
			p.Link(p.left, y, p.width, height, link)
		}}
	}
	return out
}

// long is the width of a row with its spaces.
func (p *pdf) long(row []piece, size float64) float64 {
	p.font("", size)
	return widthOf(row) + float64(max(0, len(row)-1))*p.GetStringWidth(" ")
}
