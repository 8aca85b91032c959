package document

// cellPad is the room between a rule and the words beside it, in millimetres.
const cellPad = 1.3

// table returns the boxes of a table. Every line of a row is a box of its own,
// so that a row higher than the page can run over; a lower one stays whole.
func (p *pdf) table(t Table) []box {
	if len(t.Columns) == 0 {
		return nil
	}
	head := make([]Text, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = Bold(c.Title)
	}
	titled := false
	for _, c := range t.Columns {
		titled = titled || c.Title != ""
	}
	out := []box{{height: 2, keep: true, glue: true}}
	var top []box
	if titled {
		top = p.tableRow(t, head, true)
		for i := range top {
			top[i].keep = true
		}
		out = append(out, top...)
	}
	if heightOf(top) > p.rowLimit() {
		top = nil // repeated, it would leave no room for the rows
	}
	for r := range t.Rows {
		cells := make([]Text, len(t.Columns))
		for c := range t.Columns {
			cells[c] = t.cell(r, c)
		}
		row := p.tableRow(t, cells, false)
		for i := range row {
			row[i].head = top
		}
		out = append(out, row...)
	}
	return append(out, box{height: 2, glue: true})
}

// rowLimit is the height up to which a row stays whole and a head is repeated.
func (p *pdf) rowLimit() float64 { return (p.bottom - p.layout.Top) / 3 }

func heightOf(boxes []box) (h float64) {
	for _, b := range boxes {
		h += b.height
	}
	return h
}

// tableRow returns the slices of one row.
func (p *pdf) tableRow(t Table, cells []Text, head bool) []box {
	size := p.layout.Table
	widths := t.shares()
	rows := make([][][]piece, len(cells))
	slices := 1
	for i, c := range cells {
		for _, part := range splitLines(c) {
			rows[i] = append(rows[i], p.wrap(part, size, widths[i]*p.width-2*cellPad, 0)...)
		}
		slices = max(slices, len(rows[i]))
	}
	high := float64(slices)*leading(size) > p.rowLimit()
	out := make([]box, 0, slices)
	for k := range slices {
		b := box{height: leading(size), keep: k < slices-1 && !high}
		first, final := k == 0, k == slices-1
		text := 0.0 // from the top of the slice to its text
		if first {
			b.height, text = b.height+0.7, 0.7
		}
		if final {
			b.height += 0.7
		}
		height := b.height
		b.draw = func(y float64, last bool) {
			p.frame(widths, y, height, first, final || last)
			x := p.left
			for i, c := range t.Columns {
				w := widths[i] * p.width
				align := c.Align
				if head {
					align = Center
				} else if align == Justify {
					align = AlignLeft
				}
				if k < len(rows[i]) {
					p.row(rows[i][k], x+cellPad, y+text, w-2*cellPad, leading(size), size, align, false)
				}
				x += w
			}
		}
		out = append(out, b)
	}
	return out
}

// frame draws the rules of a slice: always the upright ones, the level ones
// where a row or a page begins or ends.
func (p *pdf) frame(widths []float64, y, height float64, top, bottom bool) {
	p.SetLineWidth(0.2)
	x := p.left
	p.Line(x, y, x, y+height)
	for _, w := range widths {
		x += w * p.width
		p.Line(x, y, x, y+height)
	}
	if top {
		p.Line(p.left, y, x, y)
	}
	if bottom {
		p.Line(p.left, y+height, x, y+height)
	}
}
