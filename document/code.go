package document

// Code is a QR code at the left with lines beside it, the first of them bold.
type Code struct {
	URL   string // the address that the code opens
	Lines []string
}

func (Code) isBlock() {}

// sets are the lines as the columns of a paper set them.
func (k Code) sets() []set {
	out := make([]set, len(k.Lines))
	for i, s := range k.Lines {
		out[i] = set{text: s, size: codeSize, align: AlignLeft}
		if i == 0 {
			out[i].style = "B"
		}
	}
	return out
}

// codeSize is the size of the lines beside a code, in points.
const codeSize = 12

// code returns the box of a QR code with lines beside it; without an address the lines
// stand alone.
func (p *pdf) code(url string, lines []set, side float64) box {
	if url == "" {
		return p.column(p.left, p.width, lines)
	}
	x := p.left
	text := p.column(x+side+4, p.width-side-4, lines)
	return box{height: max(side, text.height), draw: func(y float64, last bool) {
		p.qr(url, x, y, side)
		text.draw(y, last)
	}}
}

// code writes a QR code with lines beside it; without an address, or where no code holds
// it, the lines stand alone.
func (w *docx) code(url string, lines []set, side float64) {
	code := qrPNG(url)
	if url == "" || code == nil {
		w.column(lines)
		return
	}
	total := twips(w.layout.textWidth())
	left := twips(side + 4)
	widths := []int{left, total - left}
	w.grid(false, widths)
	w.gridRow(widths, false, true, func(c int) {
		if c == 0 {
			w.open(look{align: AlignLeft, tight: true})
			w.drawing(code, side, side, "Mã QR: "+url)
			w.close()
			return
		}
		w.column(lines)
	})
	w.WriteString("</w:tbl>")
}
