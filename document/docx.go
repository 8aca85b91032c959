package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// DOCX returns the paper as a Word file (ECMA-376, transitional) that Word and
// LibreOffice open without a complaint. The same Doc gives the same bytes.
func (d Doc) DOCX() ([]byte, error) {
	w := docx{doc: d, layout: d.Layout}
	if w.layout.Width == 0 {
		w.layout = LayoutOn(d.Date)
	}
	w.head()
	w.body()
	w.foot()
	if w.err != nil {
		return nil, w.err
	}
	return pack(d, w.parts(w.section(), w.footer()))
}

// pack puts the parts of a file together.
func pack(d Doc, parts []docxPart) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: madeAt(d)})
		if err != nil {
			return nil, fmt.Errorf("writing docx: %w", err)
		}
		if _, err := f.Write(p.body); err != nil {
			return nil, fmt.Errorf("writing docx: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("writing docx: %w", err)
	}
	return b.Bytes(), nil
}

// docx writes one Doc, or one after the other the chapters of a Volume.
type docx struct {
	doc      Doc
	layout   Layout
	pictures [][]byte // PNG
	// under is how many levels of the outline stand above the headings of the text.
	under int
	err   error // the first, of drawing a picture
	strings.Builder
}

// put writes formatted markup.
func (w *docx) put(format string, args ...any) { w.WriteString(fmt.Sprintf(format, args...)) }

// twips are twentieths of a point, the unit of lengths in DOCX.
func twips(mm float64) int { return int(math.Round(mm / mmPoint * 20)) }

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return "" // a strings.Builder does not fail
	}
	return b.String()
}

// look is how a paragraph stands; its zero value is justified body text.
type look struct {
	align   Align
	flush   bool // no first-line indent
	tight   bool // single spacing, no space around: head, tables, signatures
	keep    bool
	outline int // level of a heading
	style   string
	fresh   bool
	size    float64 // points; 0 is the body's
}

var jc = map[Align]string{Justify: "both", AlignLeft: "left", Center: "center", AlignRight: "right"}

// open writes the start of a paragraph; the children of pPr are in the order
// that the schema wants.
func (w *docx) open(l look) {
	w.WriteString("<w:p><w:pPr>")
	if l.style != "" {
		w.put(`<w:pStyle w:val="%s"/>`, l.style)
	}
	if l.keep {
		w.WriteString("<w:keepNext/>")
	}
	if l.fresh {
		w.WriteString("<w:pageBreakBefore/>")
	}
	if l.tight {
		w.WriteString(`<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>`)
	}
	if l.flush || l.tight || l.align == Center || l.align == AlignRight {
		w.WriteString(`<w:ind w:firstLine="0"/>`)
	}
	if l.align != Justify {
		w.put(`<w:jc w:val="%s"/>`, jc[l.align])
	}
	if l.outline > 0 {
		w.put(`<w:outlineLvl w:val="%d"/>`, l.outline-1+w.under)
	}
	w.properties(Span{}, l.size, false) // of the paragraph mark: the height of an empty line
	w.WriteString("</w:pPr>")
}

func (w *docx) close() { w.WriteString("</w:p>") }

// run writes a piece of text; size 0 is the body's.
func (w *docx) run(s Span, size float64, underline bool) {
	w.WriteString("<w:r>")
	w.properties(s, size, underline)
	for i, part := range strings.Split(clean(s.Text), "\n") {
		if i > 0 {
			w.WriteString("<w:br/>")
		}
		if part != "" {
			w.WriteString(`<w:t xml:space="preserve">` + escape(part) + `</w:t>`)
		}
	}
	w.WriteString("</w:r>")
}

func (w *docx) properties(s Span, size float64, underline bool) {
	if !s.Bold && !s.Italic && !underline && (size == 0 || size == w.layout.Body) {
		return
	}
	w.WriteString("<w:rPr>")
	if s.Bold {
		w.WriteString("<w:b/><w:bCs/>")
	}
	if s.Italic {
		w.WriteString("<w:i/><w:iCs/>")
	}
	if size != 0 && size != w.layout.Body {
		w.put(`<w:sz w:val="%d"/><w:szCs w:val="%[1]d"/>`, int(math.Round(size*2)))
	}
	if underline {
		w.WriteString(`<w:u w:val="single"/>`)
	}
	w.WriteString("</w:rPr>")
}

// paragraph writes text with one look.
func (w *docx) paragraph(l look, t Text) {
	w.open(l)
	for _, s := range t {
		w.run(s, l.size, false)
	}
	w.close()
}

// column writes lines of the head or the foot, one paragraph each.
func (w *docx) column(lines []set) {
	for _, s := range lines {
		w.open(look{align: s.align, tight: true, keep: true})
		w.run(Span{Text: line(s.text), Bold: strings.Contains(s.style, "B"), Italic: strings.Contains(s.style, "I")}, s.size, s.rule)
		w.close()
	}
	if len(lines) == 0 {
		w.paragraph(look{tight: true}, nil) // a cell may not be empty
	}
}

// body writes the text between heading and foot.
func (w *docx) body() {
	var n numbering
	fresh := false
	blocks := w.doc.blocks()
	for i, b := range blocks {
		last := i == len(blocks)-1 && len(w.doc.Signatures)+len(w.doc.Recipients) > 0
		switch b := b.(type) {
		case PageBreak:
			fresh = true
		case Table:
			if fresh {
				w.paragraph(look{tight: true, fresh: true, size: 2}, nil)
				fresh = false
			}
			w.table(b)
		case Figure:
			w.figure(b, fresh)
			fresh = false
		case Photo:
			w.photo(b, fresh)
			fresh = false
		case Code:
			w.paragraph(look{tight: true, keep: true, fresh: fresh, size: 6}, nil)
			w.code(b.URL, b.sets(), sealSize)
			fresh = false
		default:
			for _, l := range n.lines(b) {
				w.paragraph(look{align: l.align, flush: l.flush, keep: l.keep || last, outline: l.level, fresh: fresh}, l.text)
				fresh = false
			}
		}
	}
}
