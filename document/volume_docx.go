package document

import (
	"fmt"
	"strconv"
)

// DOCX returns the volume as a Word file. places are those of Bind: the table of contents
// is a field of Word that holds these pages already and is made anew by whoever asks Word
// to, because a Word that breaks lines otherwise may turn a page elsewhere.
func (b Volume) DOCX(places []Place) ([]byte, error) {
	w := binder{docx: docx{doc: b.doc(), layout: LayoutOn(b.Cover.Date), under: 2}}
	w.cover(b)
	w.contents(places)
	for _, place := range places {
		w.chapter(place)
	}
	if w.err != nil {
		return nil, w.err
	}
	w.doc = b.doc()
	return pack(w.doc, w.parts(w.sections[len(w.sections)-1], w.footers...))
}

// binder writes a volume; the cover, the table of contents and each chapter are sections,
// each with a footer of its own.
type binder struct {
	docx
	sections, footers []string
}

// begin ends the section before, which starts the new one on a page of its own.
func (w *binder) begin() {
	if n := len(w.sections); n > 0 {
		w.WriteString(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>` + w.sections[n-1] + `</w:pPr></w:p>`)
	}
	w.sections = append(w.sections, `<w:sectPr><w:type w:val="nextPage"/>`+w.page()+`</w:sectPr>`)
}

// beginFooted begins a section with a check code and the running page at the foot of its
// pages.
func (w *binder) beginFooted(code, before string) {
	w.begin()
	f := docx{layout: w.layout}
	f.open(look{style: styleFolio})
	f.run(Span{Text: code}, marginSize, false)
	f.WriteString(`<w:r><w:tab/></w:r>`)
	f.run(Span{Text: before}, marginSize, false)
	f.field(" PAGE ", "1", marginSize)
	f.close()
	w.footers = append(w.footers, `<w:ftr `+nsWord+`>`+f.String()+`</w:ftr>`)
	w.sections[len(w.sections)-1] = fmt.Sprintf(`<w:sectPr><w:footerReference w:type="default" r:id="foot%d"/><w:type w:val="nextPage"/>%s</w:sectPr>`, len(w.footers), w.page())
}

// field writes a field of Word with the text it shows until it is made anew.
func (w *docx) field(instruction, shows string, size float64) {
	part := func(markup string) {
		w.WriteString("<w:r>")
		w.properties(Span{}, size, false)
		w.WriteString(markup + "</w:r>")
	}
	part(`<w:fldChar w:fldCharType="begin"/>`)
	part(`<w:instrText xml:space="preserve">` + instruction + `</w:instrText>`)
	part(`<w:fldChar w:fldCharType="separate"/>`)
	w.run(Span{Text: shows}, size, false)
	part(`<w:fldChar w:fldCharType="end"/>`)
}

func (w *binder) cover(b Volume) {
	w.begin()
	head, middle, foot := b.coverLines(w.layout)
	w.column(head)
	w.space(9)
	w.column(middle)
	w.space(9)
	w.column(foot)
}

// space writes so many empty lines.
func (w *binder) space(lines int) {
	for range lines {
		w.paragraph(look{tight: true, size: w.layout.Title}, nil)
	}
}

// The styles of a volume; Word knows the first four by these names.
const (
	stylePart    = "Heading1"
	styleChapter = "Heading2"
	styleTOCPart = "TOC1"
	styleTOC     = "TOC2"
	styleFolio   = "Folio"
)

// contents writes the field of the table of contents with its lines.
func (w *binder) contents(places []Place) {
	w.beginFooted("", "Trang ")
	w.column([]set{{text: contentsTitle, style: "B", size: w.layout.Title, align: Center}})
	begin := `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	line := func(style, text, anchor string, page int) {
		w.open(look{style: style})
		w.WriteString(begin)
		begin = ""
		w.put(`<w:hyperlink w:anchor="%s" w:history="1">`, anchor)
		w.run(Span{Text: text, Bold: style == styleTOCPart}, w.layout.Table, false)
		w.WriteString(`<w:r><w:tab/></w:r>`)
		w.field(" PAGEREF "+anchor+` \h `, strconv.Itoa(page), w.layout.Table)
		w.WriteString(`</w:hyperlink>`)
		w.close()
	}
	for _, place := range places {
		if place.Opens {
			line(styleTOCPart, place.Part, place.anchor("part"), place.Page)
		}
		line(styleTOC, place.label(), place.anchor("paper"), place.Page)
	}
	if begin == "" {
		w.WriteString(`<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
	}
}

// anchor is the name of the bookmark at which a place begins.
func (p Place) anchor(of string) string { return fmt.Sprintf("_Toc_%s_%d", of, p.Number) }

// chapter writes a paper under its line.
func (w *binder) chapter(place Place) {
	w.doc = place.doc
	code := ""
	if w.doc.Seal.Code != "" {
		code = w.doc.Seal.footer()
	}
	w.beginFooted(code, folio(strconv.Itoa(place.Number), ""))
	if place.Opens {
		w.heading(stylePart, place.Part, place.anchor("part"), 2*place.Number)
	}
	w.heading(styleChapter, place.label(), place.anchor("paper"), 2*place.Number+1)
	w.head()
	w.body()
	w.foot()
}

func (w *binder) heading(style, text, anchor string, id int) {
	w.open(look{style: style})
	w.put(`<w:bookmarkStart w:id="%d" w:name="%s"/>`, id, anchor)
	w.run(Span{Text: line(text)}, marginSize, false)
	w.put(`<w:bookmarkEnd w:id="%d"/>`, id)
	w.close()
}

// volumeStyles are the styles that only a volume uses.
func (w *docx) volumeStyles() string {
	if w.under == 0 {
		return ""
	}
	width := twips(w.layout.textWidth())
	style := func(id, name, paragraph, letters string) string {
		return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, id, name, paragraph, letters)
	}
	const tight = `<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="left"/>`
	toc := func(before, left int) string {
		return fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs><w:spacing w:before="%d" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:left="%d" w:firstLine="0"/><w:jc w:val="left"/>`, width, before, left)
	}
	return style(stylePart, "heading 1", `<w:keepNext/>`+tight+`<w:outlineLvl w:val="0"/>`, `<w:b/><w:bCs/>`) +
		style(styleChapter, "heading 2", `<w:keepNext/>`+tight+`<w:outlineLvl w:val="1"/>`, `<w:i/><w:iCs/>`) +
		style(styleTOCPart, "toc 1", toc(120, 0), "") + style(styleTOC, "toc 2", toc(0, 284), "") +
		style(styleFolio, "Folio", fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs>`, width)+tight, "")
}
