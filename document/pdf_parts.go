package document

import (
	"strings"

	"rsc.io/qr"
)

// set is one line of the head or the signature block.
type set struct {
	text  string
	style string
	size  float64
	align Align
	rule  bool // a line is drawn under the words
	space bool // room of one line, without text
}

// column returns the height of lines between x and x+width and how to draw them.
func (p *pdf) column(x, width float64, lines []set) box {
	type drawn struct {
		row []piece
		set set
	}
	var all []drawn
	height := 0.0
	for _, s := range lines {
		if s.space {
			all, height = append(all, drawn{nil, s}), height+leading(s.size)
			continue
		}
		text := Text{{Text: line(s.text), Bold: strings.Contains(s.style, "B"), Italic: strings.Contains(s.style, "I")}}
		for _, row := range p.wrap(text, s.size, width, 0) {
			all, height = append(all, drawn{row, s}), height+leading(s.size)
		}
	}
	return box{height: height, draw: func(y float64, _ bool) {
		for _, d := range all {
			h := leading(d.set.size)
			p.row(d.row, x, y, width, h, d.set.size, d.set.align, false)
			if d.set.rule && len(d.row) > 0 {
				p.rule(d, x, y+h, width)
			}
			y += h
		}
	}}
}

// rule draws a line as long as the words above it.
func (p *pdf) rule(d struct {
	row []piece
	set set
}, x, y, width float64,
) {
	p.font(d.set.style, d.set.size)
	w := widthOf(d.row) + float64(len(d.row)-1)*p.GetStringWidth(" ")
	if d.set.align == Center {
		x += (width - w) / 2
	}
	p.SetLineWidth(0.25)
	y -= d.set.size * mmPoint * 0.06 // under the marks below letters, above the next line
	p.Line(x, y, x+w, y)
}

// beside returns boxes side by side as one.
func beside(boxes ...box) box {
	out := box{}
	for _, b := range boxes {
		out.height = max(out.height, b.height)
	}
	out.draw = func(y float64, last bool) {
		for _, b := range boxes {
			b.draw(y, last)
		}
	}
	return out
}

// headShare is the part of the text width that the left column of the head
// takes: the country has a longer name than the Party.
func (d Doc) headShare() float64 {
	if d.State {
		return 0.41
	}
	return 0.49
}

// head returns the two columns of the head, the number line, the heading.
func (p *pdf) head() []box {
	l, d := p.layout, p.doc
	lw := p.width * d.headShare()
	rx, rw := p.left+lw, p.width-lw
	names := p.column(p.left, lw-1, d.issuerLines(l))
	party := p.column(rx, rw, d.emblem(l))
	number := p.column(p.left, lw-1, d.numberLines(l))
	date := p.column(rx, rw, []set{{text: d.placeAndDate(), style: "I", size: l.Body, align: Center}})
	out := []box{beside(names, party), beside(number, date), {height: 5}}
	if d.Kind == Letter && d.Subject != "" {
		out = append(out[:2], beside(p.column(p.left, lw-1, []set{{text: d.Subject, style: "I", size: l.Recipients, align: Center}})), box{height: 5})
	}
	out = append(out, p.column(p.left, p.width, d.headingLines(l)))
	return append(out, p.addressees()...)
}

const (
	partyName   = "ĐẢNG CỘNG SẢN VIỆT NAM"
	countryName = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto       = "Độc lập - Tự do - Hạnh phúc"
)

// emblem is what stands at the right of the head: the Party's name, or the country's with
// its motto in the sizes of Nghị định 30/2020/NĐ-CP (05/3/2020).
func (d Doc) emblem(l Layout) []set {
	if d.State {
		return []set{{text: countryName, style: "B", size: l.Recipients, align: Center}, {text: motto, style: "B", size: l.Table, align: Center, rule: true}}
	}
	return []set{{text: partyName, style: "B", size: l.Party, align: Center, rule: true}}
}

func (d Doc) issuerLines(l Layout) []set {
	var out []set
	size := l.Body
	if d.State {
		size = l.Table
	}
	if d.Superior != "" {
		out = append(out, set{text: strings.ToUpper(d.Superior), size: size, align: Center})
	}
	if d.State {
		return append(out, set{text: strings.ToUpper(d.Issuer), style: "B", size: size, align: Center, rule: true})
	}
	return append(out,
		set{text: strings.ToUpper(d.Issuer), style: "B", size: l.Body, align: Center},
		set{text: "*", size: l.Body, align: Center})
}

func (d Doc) numberLines(l Layout) []set {
	var out []set
	if d.Number != "" {
		out = append(out, set{text: "Số " + d.Number, size: l.Body, align: Center})
	}
	if d.Mark != "" {
		out = append(out, set{text: d.Mark, style: "BI", size: l.Body, align: Center})
	}
	return out
}

func (d Doc) headingLines(l Layout) []set {
	var out []set
	if h := d.Heading(); h != "" {
		out = append(out, set{text: h, style: "B", size: l.Title, align: Center})
		if d.Subject != "" {
			out = append(out, set{text: d.Subject, style: "B", size: l.Body, align: Center})
		}
		out = append(out, set{text: l.Rule, size: l.Body, align: Center})
	}
	return out
}

// addressees returns the "Kính gửi" lines.
func (p *pdf) addressees() []box {
	var out []box
	for _, t := range p.doc.addressees() {
		out = append(out, p.paragraph(lineOf{text: t, align: Center})...)
	}
	return out
}

// addressees returns "Kính gửi" with one addressee on its line, or with several
// under it.
func (d Doc) addressees() []Text {
	switch len(d.To) {
	case 0:
		return nil
	case 1:
		return []Text{{{Text: "Kính gửi: ", Italic: true}, {Text: line(d.To[0])}}}
	}
	out := []Text{Italic("Kính gửi:")}
	for i, s := range d.To {
		out = append(out, Plain("- "+closed(s, i == len(d.To)-1, ",", ".")))
	}
	return out
}

// foot returns recipients, signatures and the check code. They never stand
// alone on a page: the last line of the text comes with them.
func (p *pdf) foot() []box {
	l, d := p.layout, p.doc
	half := p.width / 2
	var out []box
	if len(d.Signatures) > 0 || len(d.Recipients) > 0 {
		left, right := d.footColumns(l)
		block := beside(p.column(p.left, half-3, left), p.column(p.left+half, half, right))
		block.keep = d.Seal.Code != ""
		out = append(out, box{height: 6, keep: true}, block)
	}
	if d.Seal.Code != "" {
		out = append(out, box{height: 5, keep: true, glue: true}, p.code(d.Seal.URL, d.Seal.lines(), sealSize))
	}
	if d.Seal.Head != "" {
		out[len(out)-1].keep = true
		out = append(out, box{height: 4, keep: true, glue: true}, p.code(d.Seal.Head, d.Seal.headLines(), headSize))
	}
	return out
}

// footColumns returns what stands at the left and at the right of the foot.
func (d Doc) footColumns(l Layout) (left, right []set) {
	if len(d.Signatures) > 1 {
		return d.Signatures[0].lines(l), d.Signatures[1].lines(l)
	}
	if len(d.Recipients) > 0 {
		left = append(left, set{text: "Nơi nhận:", size: l.Body, align: AlignLeft, rule: true})
		for _, r := range d.recipients() {
			left = append(left, set{text: r, size: l.Recipients, align: AlignLeft})
		}
	}
	if len(d.Signatures) == 1 {
		right = d.Signatures[0].lines(l)
	}
	return left, right
}

// lines returns the signature with room for the hand.
func (s Signature) lines(l Layout) []set {
	var out []set
	if s.For != "" {
		out = append(out, set{text: s.For, style: "B", size: l.Body, align: Center})
		out = append(out, set{text: s.As, size: l.Body, align: Center})
	} else {
		out = append(out, set{text: s.As, style: "B", size: l.Body, align: Center})
	}
	room := set{size: l.Body, space: true}
	if s.Note != "" {
		out = append(out, room, set{text: s.Note, style: "I", size: l.Recipients - 1, align: Center}, room)
	} else {
		out = append(out, room, room, room, room)
	}
	return append(out, set{text: s.Name, style: "B", size: l.Body, align: Center})
}

// Sides of QR codes in millimetres: of an address, and of the head of a log, whose text is
// five times as long. The modules of both are half a millimetre and more, which the camera
// of a telephone reads from a copied sheet.
const (
	sealSize = 22.0
	headSize = 32.0
)

// qr draws the code of url in a square of the given width, one filled path for each run of
// dark modules.
func (p *pdf) qr(url string, x, y, width float64) {
	code, err := qr.Encode(url, qr.M)
	if err != nil {
		return // too long for any code: the text beside it is enough
	}
	side := width / float64(code.Size)
	for row := range code.Size {
		for col := 0; col < code.Size; {
			n := 0
			for col+n < code.Size && code.Black(col+n, row) {
				n++
			}
			if n > 0 {
				p.Rect(x+float64(col)*side, y+float64(row)*side, float64(n)*side, side, "F")
			}
			col += n + 1
		}
	}
}

// lines say what the code is for.
func (s Seal) lines() []set {
	how := "Nhập mã ở trang Kiểm tra của phần mềm để đối chiếu bản này với bản đã niêm phong. Mã không thay cho chữ ký số."
	if s.URL != "" {
		how = "Quét mã hoặc mở địa chỉ dưới đây để đối chiếu bản này với bản đã niêm phong. Mã không thay cho chữ ký số."
	}
	out := []set{{text: "Mã kiểm tra: " + s.Code, style: "B", size: 11, align: AlignLeft}, {text: how, size: 10, align: AlignLeft}}
	if s.URL != "" {
		out = append(out, set{text: s.URL, size: 10, align: AlignLeft})
	}
	return out
}

// headLines say what the code of the head is for.
func (s Seal) headLines() []set {
	return []set{
		{text: "Mốc niêm phong", style: "B", size: 11, align: AlignLeft},
		{text: s.HeadLine, size: 10, align: AlignLeft},
		{text: "Mã này giữ chữ ký trên điểm cuối sổ nhật ký của phần mềm khi làm văn bản. Giữ tờ giấy này là giữ được chứng cứ: về sau sổ nhật ký bị sửa, bị cắt hay bị thay thì đối chiếu ở trang Mốc niêm phong thấy ngay.", size: 10, align: AlignLeft},
	}
}

// footer is the small line at the foot of every page.
func (s Seal) footer() string { return "Mã kiểm tra: " + s.Code }
