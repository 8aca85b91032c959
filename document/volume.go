package document

import (
	"fmt"

	"chibo/kit/when"
)

// Volume is many papers bound into one book: a cover, a table of contents, and the
// papers in their order, numbered through, with the pages of the volume at the foot.
// Each paper begins on a new page and looks as it does alone, its own page numbers and
// check code with it.
type Volume struct {
	Cover Cover
	Parts []Part
}

// Cover is the first page of a book.
type Cover struct {
	Superior, Issuer string
	Title            string // "SỔ SINH HOẠT CHI BỘ"
	Subject          string // "Năm 2026"
	Place            string
	Date             when.Date
	// Notes stand under the subject, one line each: for whom the volume is, what is
	// missing in it.
	Notes []string
}

// Part is a part of a book; a part without chapters is left out.
type Part struct {
	Title    string
	Chapters []Chapter
}

// Chapter is a paper of a book and the line under which the table of contents has it.
type Chapter struct {
	Title string
	Doc   Doc
}

// Place is where a chapter stands in a book: its number and first page, both counted
// from 1, the cover being page 1.
type Place struct {
	Part, Title string
	// Opens says that the chapter is the first of its part.
	Opens        bool
	Number, Page int
	doc          Doc
}

// label is what stands at the top of the first page of a chapter and in the outline.
func (p Place) label() string { return fmt.Sprintf("%d. %s", p.Number, line(p.Title)) }

// places numbers the chapters, without pages.
func (b Volume) places() []Place {
	var out []Place
	n := 0
	for _, part := range b.Parts {
		if len(part.Chapters) == 0 {
			continue
		}
		n++
		title := roman(n) + ". " + line(part.Title)
		for i, c := range part.Chapters {
			out = append(out, Place{Part: title, Title: c.Title, Opens: i == 0, Number: len(out) + 1, doc: c.Doc})
		}
	}
	return out
}

// Bound is a volume as it was written: its PDF file, its number of pages, and where its
// chapters begin.
type Bound struct {
	PDF    []byte
	Pages  int
	Places []Place
}

// doc is the book as a paper, for what files say of themselves.
func (b Volume) doc() Doc {
	c := b.Cover
	return Doc{Layout: LayoutOn(c.Date), Superior: c.Superior, Issuer: c.Issuer, Title: c.Title, Subject: c.Subject, Place: c.Place, Date: c.Date}
}

// coverLines are the lines of the cover from the top; the last stands at the foot.
func (b Volume) coverLines(l Layout) (head, middle, foot []set) {
	c := b.Cover
	head = append([]set{{text: partyName, style: "B", size: l.Party, align: Center, rule: true}, {size: l.Body, space: true}}, b.doc().issuerLines(l)...)
	middle = []set{{text: c.Title, style: "B", size: 28, align: Center}, {size: l.Body, space: true}, {text: c.Subject, style: "B", size: 20, align: Center}, {size: l.Body, space: true}}
	for _, note := range c.Notes {
		middle = append(middle, set{text: note, style: "I", size: l.Body, align: Center})
	}
	return head, middle, []set{{text: b.doc().placeAndDate(), style: "I", size: l.Body, align: Center}}
}

// contentsTitle stands above the table of contents.
const contentsTitle = "MỤC LỤC"

// folio is what stands at the foot of a page of a chapter, beside the check code.
func folio(number, page string) string { return "Tài liệu " + number + " · trang " + page }
