package news

import (
	"strings"

	"chibo/document"
)

// paperOf sets a piece for newspapers and pages elsewhere: title, text, pictures, source.
func paperOf(i Item, cell string, photos []document.Photo) document.Doc {
	d := document.Doc{Issuer: cell, Title: "TIN", Subject: i.Title, Date: i.CreatedAt.Date()}
	for paragraph := range strings.SplitSeq(i.Body, "\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			d.Body = append(d.Body, document.Paragraph{Text: document.Plain(paragraph)})
		}
	}
	for _, photo := range photos {
		d.Body = append(d.Body, photo)
	}
	d.Body = append(d.Body, document.Paragraph{Text: document.Plain("Nguồn: " + i.Source), Align: document.AlignRight})
	return d
}
