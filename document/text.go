package document

import "strings"

// Text returns the paper as plain text, one paragraph a line, cells of a table
// between bars: for searching, for reading aloud, for tests.
func (d Doc) Text() string {
	var b strings.Builder
	put := func(parts ...string) {
		if s := line(strings.Join(parts, " ")); s != "" {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	l := d.Layout
	for _, s := range d.issuerLines(l) {
		put(s.text)
	}
	for _, s := range d.emblem(l) {
		put(s.text)
	}
	for _, s := range d.numberLines(l) {
		put(s.text)
	}
	put(d.placeAndDate())
	if d.Kind == Letter {
		put(d.Subject)
	}
	for _, s := range d.headingLines(l) {
		put(s.text)
	}
	for _, t := range d.addressees() {
		put(t.String())
	}
	d.bodyText(put)
	left, right := d.footColumns(l)
	for _, s := range append(left, right...) {
		put(s.text)
	}
	if d.Seal.Code != "" {
		put(d.Seal.footer())
	}
	if d.Seal.Head != "" {
		put(d.Seal.HeadLine)
	}
	return b.String()
}

func (d Doc) bodyText(put func(...string)) {
	var n numbering
	for _, block := range d.blocks() {
		if t, ok := block.(Table); ok {
			head := make([]string, len(t.Columns))
			for i, c := range t.Columns {
				head[i] = c.Title
			}
			put(strings.Trim(strings.Join(head, " | "), " |"))
			for r := range t.Rows {
				cells := make([]string, len(t.Columns))
				for c := range t.Columns {
					cells[c] = t.cell(r, c).String()
				}
				put(strings.Join(cells, " | "))
			}
			continue
		}
		if f, ok := block.(Figure); ok {
			put(f.Chart.Title)
			continue
		}
		if f, ok := block.(Photo); ok {
			put(f.Caption)
			continue
		}
		if k, ok := block.(Code); ok {
			for _, l := range k.Lines {
				put(l)
			}
			continue
		}
		for _, l := range n.lines(block) {
			for _, part := range splitLines(l.text) {
				put(part.String())
			}
		}
	}
}
