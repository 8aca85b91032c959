package document

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"

	"rsc.io/qr"

	"chibo/kit/chart"
)

// grid opens a table of fixed widths in twips.
func (w *docx) grid(ruled bool, widths []int) {
	line := `w:val="nil"`
	margins := `<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>`
	if ruled {
		margins = `<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="74" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="74" w:type="dxa"/></w:tblCellMar>`
		line = `w:val="single" w:sz="4" w:space="0" w:color="000000"`
	}
	total := 0
	for _, n := range widths {
		total += n
	}
	w.put(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, total)
	for _, edge := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		w.put(`<w:%s %s/>`, edge, line)
	}
	w.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/>` + margins + `</w:tblPr><w:tblGrid>`)
	for _, n := range widths {
		w.put(`<w:gridCol w:w="%d"/>`, n)
	}
	w.WriteString(`</w:tblGrid>`)
}

// gridRow writes a row whose cells are written by fill.
func (w *docx) gridRow(widths []int, head, whole bool, fill func(c int)) {
	w.WriteString("<w:tr><w:trPr>")
	if whole {
		w.WriteString("<w:cantSplit/>")
	}
	if head {
		w.WriteString("<w:tblHeader/>")
	}
	w.WriteString("</w:trPr>")
	for c, n := range widths {
		w.put(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, n)
		fill(c)
		w.WriteString("</w:tc>")
	}
	w.WriteString("</w:tr>")
}

// longCell is the number of letters from which a row may break over pages.
const longCell = 1200

// table writes a ruled table with its head repeated on every page.
func (w *docx) table(t Table) {
	if len(t.Columns) == 0 {
		return
	}
	total := twips(w.layout.textWidth())
	widths := make([]int, len(t.Columns))
	titled := false
	for i, s := range t.shares() {
		widths[i] = int(math.Round(s * float64(total)))
		titled = titled || t.Columns[i].Title != ""
	}
	w.paragraph(look{tight: true, keep: true, size: 4}, nil)
	w.grid(true, widths)
	if titled {
		w.gridRow(widths, true, true, func(c int) {
			w.paragraph(look{align: Center, tight: true, keep: true, size: w.layout.Table}, Bold(line(t.Columns[c].Title)))
		})
	}
	for r := range t.Rows {
		whole := true
		for c := range t.Columns {
			whole = whole && len(t.cell(r, c).String()) < longCell
		}
		w.gridRow(widths, false, whole, func(c int) {
			align := t.Columns[c].Align
			if align == Justify {
				align = AlignLeft
			}
			w.paragraph(look{align: align, tight: true, size: w.layout.Table}, t.cell(r, c))
		})
	}
	w.WriteString("</w:tbl>")
	w.paragraph(look{tight: true, size: 4}, nil)
}

// head writes the two columns of the head, the heading and the addressees.
func (w *docx) head() {
	d, l := w.doc, w.layout
	total := twips(l.textWidth())
	left := int(math.Round(float64(total) * d.headShare()))
	widths := []int{left, total - left}
	w.grid(false, widths)
	w.gridRow(widths, false, true, func(c int) {
		if c == 0 {
			w.column(d.issuerLines(l))
			return
		}
		w.column(d.emblem(l))
	})
	w.gridRow(widths, false, true, func(c int) {
		if c == 1 {
			w.column([]set{{text: d.placeAndDate(), style: "I", size: l.Body, align: Center}})
			return
		}
		lines := d.numberLines(l)
		if d.Kind == Letter && d.Subject != "" {
			lines = append(lines, set{text: d.Subject, style: "I", size: l.Recipients, align: Center})
		}
		w.column(lines)
	})
	w.WriteString("</w:tbl>")
	w.paragraph(look{tight: true, keep: true}, nil)
	for _, s := range d.headingLines(l) {
		w.column([]set{s})
	}
	for _, t := range d.addressees() {
		w.paragraph(look{align: Center}, t)
	}
}

// foot writes recipients, signatures and the check code.
func (w *docx) foot() {
	d, l := w.doc, w.layout
	if len(d.Signatures) > 0 || len(d.Recipients) > 0 {
		w.paragraph(look{tight: true, keep: true, size: l.Body}, nil)
		total := twips(l.textWidth())
		widths := []int{total / 2, total - total/2}
		left, right := d.footColumns(l)
		w.grid(false, widths)
		w.gridRow(widths, false, true, func(c int) {
			if c == 0 {
				w.column(left)
			} else {
				w.column(right)
			}
		})
		w.WriteString("</w:tbl>")
	}
	if d.Seal.Code != "" {
		w.sealBox()
	}
	w.paragraph(look{tight: true, size: 2}, nil) // Word wants a paragraph after the last table
}

// sealBox writes the QR code and how to use it.
func (w *docx) sealBox() {
	w.paragraph(look{tight: true, keep: true, size: 10}, nil)
	w.code(w.doc.Seal.URL, w.doc.Seal.lines(), sealSize)
	if w.doc.Seal.Head != "" {
		w.paragraph(look{tight: true, keep: true, size: 6}, nil)
		w.code(w.doc.Seal.Head, w.doc.Seal.headLines(), headSize)
	}
}

// drawing writes the run that shows a picture, width by height in millimetres; lengths
// are in English Metric Units, 36,000 a millimetre.
func (w *docx) drawing(png []byte, width, height float64, says string) {
	w.pictures = append(w.pictures, png)
	n := len(w.pictures)
	w.put(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[2]d" cy="%[3]d"/><wp:docPr id="%[1]d" name="Picture %[1]d" descr="%[4]s"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%[1]d" name="Picture %[1]d"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="picture%[1]d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[2]d" cy="%[3]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
		n, int(width*36000), int(height*36000), escape(line(says)))
}

// figure writes a chart under its title.
func (w *docx) figure(f Figure, fresh bool) {
	png, err := picture(f.Chart)
	if err != nil {
		w.err = errors.Join(w.err, err)
		return
	}
	w.paragraph(look{align: Center, keep: true, fresh: fresh}, Bold(f.Chart.Title))
	w.open(look{align: Center, tight: true})
	width := w.layout.textWidth() * figureShare
	w.drawing(png, width, width*chart.Height/chart.Width, f.Chart.Title)
	w.close()
}

// qrPNG returns the QR code of text as a black and white picture, eight dots a
// module; nil when no code holds the text.
func qrPNG(text string) []byte {
	const dots = 8
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil
	}
	m := image.NewPaletted(image.Rect(0, 0, code.Size*dots, code.Size*dots), color.Palette{color.White, color.Black})
	for y := range m.Rect.Max.Y {
		for x := range m.Rect.Max.X {
			if code.Black(x/dots, y/dots) {
				m.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return nil
	}
	return b.Bytes()
}
