package document

import (
	"fmt"
	"io"

	"chibo/kit/when"
)

// Cards are small cards on sheets of A4, two beside each other, to be cut along the lines:
// the badges of a conference.
type Cards struct {
	Title string // of the file
	Date  when.Date
	Rows  int // on a sheet: 4 or 5
	Cards []Card
}

// Card is one card: a line or two at the top, a name as large as it fits, lines under it, a
// QR code at the right foot and what stands beside it.
type Card struct {
	Head  string
	Name  string
	Lines []string
	Foot  string // bold: the seat
	URL   string
}

// The measures of a sheet of cards, in millimetres.
const (
	cardWidth  = 92.0
	cardGap    = 4.0  // inside the edge
	cardCode   = 19.0 // side of the QR code
	cardColumn = 2
)

// PDF writes the sheets.
func (s Cards) PDF(w io.Writer) (err error) {
	defer func() {
		if r := recover(); r != nil { // as in Doc.PDF
			err = fmt.Errorf("writing cards: %v", r)
		}
	}()
	p := newPDF(s.doc())
	p.SetTitle(drawable(line(s.Title)), true)
	height := 54.0
	if s.Rows < 5 {
		height = 67
	}
	left, top := (p.layout.Width-cardColumn*cardWidth)/2, (p.layout.Height-float64(s.Rows)*height)/2
	for i, c := range s.Cards {
		at := i % (s.Rows * cardColumn)
		if at == 0 {
			p.AddPage()
		}
		p.card(c, left+float64(at%cardColumn)*cardWidth, top+float64(at/cardColumn)*height, height)
	}
	if err := p.Output(w); err != nil {
		return fmt.Errorf("writing cards: %w", err)
	}
	return nil
}

// doc is the sheets as a paper, for the layout and for the signs that the font must have.
func (s Cards) doc() Doc {
	d := Doc{Layout: LayoutOn(s.Date), Date: s.Date, Title: s.Title}
	for _, c := range s.Cards {
		d.Body = append(d.Body, Para(c.Head), Para(c.Name), Para(c.Foot))
		for _, l := range c.Lines {
			d.Body = append(d.Body, Para(l))
		}
	}
	return d
}

// card draws one card with its corner at x, y.
func (p *pdf) card(c Card, x, y, height float64) {
	p.SetLineWidth(0.1)
	p.SetDrawColor(160, 160, 160)
	p.Rect(x, y, cardWidth, height, "D")
	p.SetDrawColor(0, 0, 0)
	x, width := x+cardGap, cardWidth-2*cardGap
	head := p.column(x, width, p.fitted(set{text: c.Head, style: "B", size: 10, align: Center}, width, 2, 7))
	head.draw(y+cardGap, true)
	name := p.column(x, width, p.fitted(set{text: c.Name, style: "B", size: 24, align: Center}, width, 1, 13))
	middle := y + cardGap + head.height + (height-cardCode-2*cardGap-head.height-name.height)/2
	name.draw(middle, true)
	foot := y + height - cardGap - cardCode
	p.qr(c.URL, x+width-cardCode, foot, cardCode)
	text := width - cardCode - 3
	var lines []set
	for _, l := range c.Lines {
		lines = append(lines, p.fitted(set{text: l, size: 11, align: AlignLeft}, text, 1, 7)...)
	}
	if c.Foot != "" {
		lines = append(lines, p.fitted(set{text: c.Foot, style: "B", size: 13, align: AlignLeft}, text, 1, 8)...)
	}
	words := p.column(x, text, lines)
	words.draw(y+height-cardGap-words.height, true)
}

// fitted makes a line smaller until it takes no more than so many rows, down to a smallest
// size; what is too long even then is cut.
func (p *pdf) fitted(s set, width float64, rows int, smallest float64) []set {
	for {
		all := p.wrap(Text{{Text: line(s.text), Bold: s.style == "B"}}, s.size, width, 0)
		if len(all) <= rows {
			return []set{s}
		}
		if s.size-0.5 < smallest {
			s.text = wordsIn(all[:rows])
			return []set{s}
		}
		s.size -= 0.5
	}
}

// wordsIn returns what stands in some rows, with a sign that something was cut.
func wordsIn(rows [][]piece) string {
	out := ""
	for _, row := range rows {
		for _, s := range row {
			if s.spaced && out != "" {
				out += " "
			}
			out += s.text
		}
		out += " "
	}
	r := []rune(line(out))
	return string(r[:max(0, len(r)-2)]) + "…"
}
