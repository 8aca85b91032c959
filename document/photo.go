package document

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	_ "image/jpeg" // what a Photo may be
	"image/png"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/draw"
)

// Photo is a photograph across the text, with a line under it. Data is a JPEG or PNG file;
// it goes into the paper anew, no wider than paper shows.
type Photo struct {
	Data    []byte
	Caption string
}

func (Photo) isBlock() {}

const (
	photoShare  = 0.8  // of the width of the text
	photoDots   = 1400 // the most dots across
	tallestInch = 4.5  // a picture on end is made narrower
)

// drawn returns the photograph as PNG, with its width and height in millimetres where the
// text is as wide as given.
func (f Photo) drawn(textWidth float64) (data []byte, width, height float64, err error) {
	m, _, err := image.Decode(bytes.NewReader(f.Data))
	if err != nil {
		return nil, 0, 0, fmt.Errorf("photograph: %w", err)
	}
	if w := m.Bounds().Dx(); w > photoDots {
		small := image.NewRGBA(image.Rect(0, 0, photoDots, max(1, m.Bounds().Dy()*photoDots/w)))
		draw.ApproxBiLinear.Scale(small, small.Bounds(), m, m.Bounds(), draw.Src, nil)
		m = small
	}
	width = textWidth * photoShare
	height = width * float64(m.Bounds().Dy()) / float64(m.Bounds().Dx())
	if most := tallestInch * 25.4; height > most {
		width, height = width*most/height, most
	}
	var b bytes.Buffer
	err = png.Encode(&b, m)
	return b.Bytes(), width, height, err
}

// photo writes a photograph with its line.
func (w *docx) photo(f Photo, fresh bool) {
	data, width, height, err := f.drawn(w.layout.textWidth())
	if err != nil {
		w.err = err
		return
	}
	w.open(look{align: Center, tight: true, keep: true, fresh: fresh})
	w.drawing(data, width, height, f.Caption)
	w.close()
	w.paragraph(look{align: Center, size: 11}, Plain(f.Caption))
}

// photo returns the boxes of a photograph.
func (p *pdf) photo(f Photo) []box {
	data, width, height, err := f.drawn(p.width)
	if err != nil {
		p.SetError(err)
		return nil
	}
	name := fmt.Sprintf("photo%x", sha256.Sum256(data))
	options := fpdf.ImageOptions{ImageType: "PNG"}
	p.RegisterImageOptionsReader(name, options, bytes.NewReader(data))
	x := p.left + (p.width-width)/2
	out := []box{{height: height + 2, draw: func(y float64, _ bool) { p.ImageOptions(name, x, y, width, height, false, options, 0, "") }}}
	return append(out, p.paragraph(lineOf{text: Plain(f.Caption), align: Center})...)
}
