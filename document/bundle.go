package document

import (
	"fmt"
	"io"
	"slices"
)

// Bundle writes many papers into one PDF file, each on pages of its own, its fonts embedded
// once: invitations to be printed in one go. name is the title of the file. The same papers
// give the same bytes.
func Bundle(w io.Writer, name string, docs []Doc) (err error) {
	defer func() {
		if r := recover(); r != nil { // as in Doc.PDF
			err = fmt.Errorf("writing papers: %v", r)
		}
	}()
	if len(docs) == 0 {
		return fmt.Errorf("writing papers: none")
	}
	file := newPDF(docs[0])
	file.SetTitle(drawable(line(name)), true)
	file.whole = slices.ContainsFunc(docs, func(d Doc) bool { return !usualOnly(d) })
	for _, d := range docs {
		c := file.chapter(d)
		c.draw(c.boxes, c.furniture)
	}
	if err := file.Output(w); err != nil {
		return fmt.Errorf("writing papers: %w", err)
	}
	return nil
}
