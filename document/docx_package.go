package document

import (
	"fmt"
	"strings"
	"time"
)

// The fixed parts of the file around word/document.xml.

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsWord  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	mimeDoc = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

type docxPart struct {
	name string
	body []byte
}

// parts returns the files of the package in the order in which they are packed: what was
// written, ended by the section, and the footers that sections name.
func (w *docx) parts(section string, footers ...string) []docxPart {
	text := func(name, body string) docxPart { return docxPart{name, []byte(xmlHead + body)} }
	out := []docxPart{
		text("[Content_Types].xml", contentTypes(len(footers))),
		text("_rels/.rels", packageRelations),
		text("docProps/core.xml", w.coreProperties()),
		text("word/_rels/document.xml.rels", w.relations(len(footers))),
		text("word/styles.xml", w.styles()),
		text("word/settings.xml", settings),
		text("word/header1.xml", header),
		text("word/document.xml", `<w:document `+nsWord+`><w:body>`+w.String()+section+`</w:body></w:document>`),
	}
	for i, f := range footers {
		out = append(out, text(fmt.Sprintf("word/footer%d.xml", i+1), f))
	}
	for i, p := range w.pictures {
		out = append(out, docxPart{fmt.Sprintf("word/media/picture%d.png", i+1), p})
	}
	return out
}

func contentTypes(footers int) string {
	s := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + mimeDoc + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + mimeDoc + `styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="` + mimeDoc + `settings+xml"/>` +
		`<Override PartName="/word/header1.xml" ContentType="` + mimeDoc + `header+xml"/>`
	for i := range footers {
		s += fmt.Sprintf(`<Override PartName="/word/footer%d.xml" ContentType="%sfooter+xml"/>`, i+1, mimeDoc)
	}
	return s + `<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
}

const relationsOpen = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

const packageRelations = relationsOpen +
	`<Relationship Id="rId1" Type="` + relBase + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const settings = `<w:settings ` + nsWord + `><w:defaultTabStop w:val="567"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

// header is the page number, centred at the top; the first page has none.
const header = `<w:hdr ` + nsWord + `><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/><w:jc w:val="center"/></w:pPr>` +
	`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`

func (w *docx) coreProperties() string {
	return fmt.Sprintf(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:language>vi-VN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created></cp:coreProperties>`,
		escape(w.doc.Name()), escape(line(w.doc.Issuer)), madeAt(w.doc).Format(time.RFC3339))
}

// relations names the parts: "style", "head", "settings", "foot1" …, "picture1" ….
func (w *docx) relations(footers int) string {
	var s strings.Builder
	s.WriteString(relationsOpen)
	add := func(id, kind, target string) {
		fmt.Fprintf(&s, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, id, relBase, kind, target)
	}
	add("style", "styles", "styles.xml")
	add("settings", "settings", "settings.xml")
	add("head", "header", "header1.xml")
	for i := range footers {
		add(fmt.Sprintf("foot%d", i+1), "footer", fmt.Sprintf("footer%d.xml", i+1))
	}
	for i := range w.pictures {
		add(fmt.Sprintf("picture%d", i+1), "image", fmt.Sprintf("media/picture%d.png", i+1))
	}
	return s.String() + `</Relationships>`
}

// styles sets the type and spacing of body text once for the whole file.
func (w *docx) styles() string {
	l := w.layout
	return fmt.Sprintf(`<w:styles %[1]s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="%[2]s" w:hAnsi="%[2]s" w:eastAsia="%[2]s" w:cs="%[2]s"/><w:sz w:val="%[3]d"/><w:szCs w:val="%[3]d"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`+
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:widowControl/><w:spacing w:before="%[4]d" w:after="0" w:line="%[5]d" w:lineRule="exact"/><w:ind w:firstLine="%[6]d"/><w:jc w:val="both"/></w:pPr></w:style>`,
		nsWord, l.Font, int(l.Body*2), int(l.Gap*20), int(l.Leading*20), twips(l.FirstLine)) + w.volumeStyles() + `</w:styles>`
}

// footer carries the check code on sealed copies, and who has taken others.
func (w *docx) footer() string {
	var f docx
	f.layout = w.layout
	f.paragraph(look{align: AlignLeft, tight: true, size: 9}, Plain(w.doc.foot()))
	return `<w:ftr ` + nsWord + `>` + f.String() + `</w:ftr>`
}

// section is the only section of a paper: page numbers from the second page on.
func (w *docx) section() string {
	return `<w:sectPr><w:headerReference w:type="default" r:id="head"/><w:footerReference w:type="default" r:id="foot1"/><w:footerReference w:type="first" r:id="foot1"/>` +
		w.page() + `<w:titlePg/></w:sectPr>`
}

// page is the size of a page with its margins.
func (w *docx) page() string {
	l := w.layout
	return fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
		twips(l.Width), twips(l.Height), twips(l.Top), twips(l.Right), twips(l.Bottom), twips(l.Left), twips(l.Top/2), twips(l.Bottom/2))
}
