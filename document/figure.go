package document

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"chibo/kit/chart"
)

// Figure is a chart across the text, under its title. The figures it shows belong in a
// Table after it.
type Figure struct{ Chart chart.Chart }

func (Figure) isBlock() {}

// figureShare is the part of the text width that a figure takes.
const figureShare = 0.9

// figure returns the boxes of a figure: its title, the drawing, which PDF draws line by
// line.
func (p *pdf) figure(f Figure) []box {
	out := p.paragraph(lineOf{text: Bold(f.Chart.Title), align: Center, keep: true})
	scale := p.width * figureShare / chart.Width
	x := p.left + p.width*(1-figureShare)/2
	return append(out, box{height: chart.Height * scale, draw: func(y float64, _ bool) {
		for _, s := range f.Chart.Shapes() {
			p.shape(s, x, y, scale)
		}
	}})
}

// shape draws one shape of a sheet whose corner is at x, y; scale is in millimetres.
func (p *pdf) shape(s chart.Shape, x, y, scale float64) {
	x, y = x+s.X*scale, y+s.Y*scale
	p.SetLineWidth(0.25)
	switch s.Kind {
	case chart.Bar:
		p.Rect(x, y, s.W*scale, s.H*scale, "F")
	case chart.Frame:
		p.Rect(x, y, s.W*scale, s.H*scale, "D")
	case chart.Grid:
		p.SetDrawColor(190, 190, 190)
		p.Line(x, y, x+s.W*scale, y+s.H*scale)
		p.SetDrawColor(0, 0, 0)
	case chart.Line:
		p.Line(x, y, x+s.W*scale, y+s.H*scale)
	case chart.Words:
		style := ""
		if s.Bold {
			style = "B"
		}
		p.font(style, s.Size*scale/mmPoint)
		text := drawable(line(s.Text))
		width := p.GetStringWidth(text)
		if s.Anchor == chart.Middle {
			width /= 2
		}
		p.Text(x-width, y, text)
	}
}

// dots are the dots of a picture for each unit of a chart: about 300 an inch on paper.
const dots = 5

// picture returns a chart as a black and white picture, for Word files.
func picture(c chart.Chart) ([]byte, error) {
	m := image.NewGray(image.Rect(0, 0, chart.Width*dots, chart.Height*dots))
	draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
	for _, s := range c.Shapes() {
		if err := stamp(m, s); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return nil, fmt.Errorf("picture of a chart: %w", err)
	}
	return b.Bytes(), nil
}

// stamp puts a shape into a picture.
func stamp(m *image.Gray, s chart.Shape) error {
	x, y, w, h := at(s.X), at(s.Y), at(s.W), at(s.H)
	fill := func(r image.Rectangle, c color.Gray) { draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src) }
	switch s.Kind {
	case chart.Bar:
		fill(image.Rect(x, y, x+w, y+h), color.Gray{})
	case chart.Grid:
		fill(image.Rect(x, y, x+w, y+2), color.Gray{Y: 190})
	case chart.Line:
		trace(m, x, y, w, h)
	case chart.Frame:
		trace(m, x, y, w, 0)
		trace(m, x, y+h, w, 0)
		trace(m, x, y, 0, h)
		trace(m, x+w, y, 0, h)
	case chart.Words:
		return lettering(m, s)
	}
	return nil
}

func at(v float64) int { return int(math.Round(v * dots)) }

// trace draws a line of four dots' width from x, y.
func trace(m *image.Gray, x, y, w, h int) {
	long := max(abs(w), abs(h), 1)
	for i := range long + 1 {
		px, py := x+w*i/long, y+h*i/long
		draw.Draw(m, image.Rect(px-2, py-2, px+2, py+2), image.Black, image.Point{}, draw.Src)
	}
}

func abs(n int) int { return max(n, -n) }

// outlines are the faces of pictures, parsed once.
var outlines = map[bool]func() (*opentype.Font, error){
	false: sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(liberationserifregular.TTF) }),
	true:  sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(liberationserifbold.TTF) }),
}

func lettering(m *image.Gray, s chart.Shape) error {
	outline, err := outlines[s.Bold]()
	if err != nil {
		return fmt.Errorf("face of a chart: %w", err)
	}
	face, err := opentype.NewFace(outline, &opentype.FaceOptions{Size: s.Size * dots, DPI: 72})
	if err != nil {
		return fmt.Errorf("face of a chart: %w", err)
	}
	text := drawable(line(s.Text))
	back := font.MeasureString(face, text)
	if s.Anchor == chart.Middle {
		back /= 2
	}
	d := font.Drawer{Dst: m, Src: image.Black, Face: face, Dot: fixed.Point26_6{X: fixed.I(at(s.X)) - back, Y: fixed.I(at(s.Y))}}
	d.DrawString(text)
	return nil
}
