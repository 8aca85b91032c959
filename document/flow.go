package document

// box is a strip across the page of known height: a line of text, a slice of a
// table row, a signature block. Lengths are in millimetres.
type box struct {
	height float64
	// keep holds the box on the page of the one after it.
	keep bool
	// glue is space between paragraphs, which vanishes at the top of a page.
	glue bool
	// fresh starts a new page.
	fresh bool
	// head is drawn again above the box where it comes first on a page.
	head []box
	// draw sets the box with its top at y; last says that the next box stands on
	// another page.
	draw func(y float64, last bool)
}

// placed is a box with its place in the paper.
type placed struct {
	box
	page int
	y    float64
}

// flow gives boxes their pages, from y = top to bottom, starting on page 1 at
// start. Boxes that keep together move to the next page together, unless they
// are higher than a page.
func flow(boxes []box, start, top, bottom float64) []placed {
	f := flowing{page: 1, y: start, top: top, bottom: bottom}
	for i := 0; i < len(boxes); {
		j, height := i, boxes[i].height
		for boxes[j].keep && j+1 < len(boxes) && !boxes[j+1].fresh {
			j++
			height += boxes[j].height
		}
		if boxes[i].fresh || f.y+height > bottom && f.y > top && height <= bottom-top {
			f.turn(boxes[i].head)
		}
		for ; i <= j; i++ {
			f.place(boxes[i])
		}
	}
	return f.out
}

type flowing struct {
	out         []placed
	page        int
	y           float64
	top, bottom float64
}

func (f *flowing) turn(head []box) {
	if f.y > f.top || f.page == 1 {
		f.page++
	}
	f.y = f.top
	for _, h := range head {
		f.out = append(f.out, placed{h, f.page, f.y})
		f.y += h.height
	}
}

func (f *flowing) place(b box) {
	if b.glue && f.y <= f.top {
		return
	}
	if f.y+b.height > f.bottom && f.y > f.top {
		if b.glue {
			return
		}
		f.turn(b.head)
	}
	f.out = append(f.out, placed{b, f.page, f.y})
	f.y += b.height
}
