package document

import (
	"fmt"
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

// parts returns the files of the package in the order in which they are packed.
func (w *docx) parts() []docxPart {
	text := func(name, body string) docxPart { return docxPart{name, []byte(xmlHead + body)} }
	out := []docxPart{
		text("[Content_Types].xml", contentTypes),
		text("_rels/.rels", packageRelations),
		text("docProps/core.xml", w.coreProperties()),
		text("word/_rels/document.xml.rels", w.relations()),
		text("word/styles.xml", w.styles()),
		text("word/settings.xml", settings),
		text("word/header1.xml", header),
		text("word/footer1.xml", w.footer()),
		text("word/document.xml", w.document()),
	}
	if w.picture != nil {
		out = append(out, docxPart{"word/media/qr.png", w.picture})
	}
	return out
}

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + mimeDoc + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + mimeDoc + `styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + mimeDoc + `settings+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="` + mimeDoc + `header+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="` + mimeDoc + `footer+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

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

func (w *docx) relations() string {
	s := relationsOpen
	for i, part := range []string{"styles", "header", "footer"} {
		target := part + ".xml"
		if i > 0 {
			target = part + "1.xml"
		}
		s += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s%s" Target="%s"/>`, i+1, relBase, part, target)
	}
	if w.picture != nil {
		s += `<Relationship Id="rId4" Type="` + relBase + `image" Target="media/qr.png"/>`
	}
	return s + `<Relationship Id="rId5" Type="` + relBase + `settings" Target="settings.xml"/></Relationships>`
}

// styles sets the type and spacing of body text once for the whole file.
func (w *docx) styles() string {
	l := w.layout
	return fmt.Sprintf(`<w:styles %[1]s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="%[2]s" w:hAnsi="%[2]s" w:eastAsia="%[2]s" w:cs="%[2]s"/><w:sz w:val="%[3]d"/><w:szCs w:val="%[3]d"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`+
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:widowControl/><w:spacing w:before="%[4]d" w:after="0" w:line="%[5]d" w:lineRule="exact"/><w:ind w:firstLine="%[6]d"/><w:jc w:val="both"/></w:pPr></w:style></w:styles>`,
		nsWord, l.Font, int(l.Body*2), int(l.Gap*20), int(l.Leading*20), twips(l.FirstLine))
}

// footer carries the check code on sealed copies.
func (w *docx) footer() string {
	var f docx
	f.layout = w.layout
	text := ""
	if w.doc.Seal.Code != "" {
		text = w.doc.Seal.footer()
	}
	f.paragraph(look{align: AlignLeft, tight: true, size: 9}, Plain(text))
	return `<w:ftr ` + nsWord + `>` + f.String() + `</w:ftr>`
}

func (w *docx) document() string {
	l := w.layout
	w.head()
	w.body()
	w.foot()
	section := fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="first" r:id="rId3"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/><w:titlePg/></w:sectPr>`,
		twips(l.Width), twips(l.Height), twips(l.Top), twips(l.Right), twips(l.Bottom), twips(l.Left), twips(l.Top/2), twips(l.Bottom/2))
	return `<w:document ` + nsWord + `><w:body>` + w.String() + section + `</w:body></w:document>`
}
