// Package chart lays out column charts: one measure over the months of a year.
//
// A chart says everything twice: as columns, and as the figure that stands above each
// of them, so that it is read without colour, in print and by those who see badly. What
// is not settled yet is hatched, what is not known is a dash and no column of height
// nought. The layout is plain shapes on a sheet of Width × Height; whoever shows it
// draws rectangles, lines and words: SVG here, package document on paper.
package chart

import (
	"math"
	"strconv"
)

// Chart is a measure over a row of columns.
type Chart struct {
	// Title names the measure and its unit, "Tỷ lệ dự họp (%)".
	Title string
	// Top is the figure at the top of the scale, 100 where it is 0.
	Top float64
	// Columns stand from left to right, at most about fifteen.
	Columns []Column
}

// Column is one figure.
type Column struct {
	Label string  // under the column: "3"
	Value float64 // its height on the scale, held between 0 and Top
	Text  string  // above the column: "92"; empty: nothing is known
	Open  bool    // not settled yet: hatched
}

// Known reports whether any column has a figure.
func (c Chart) Known() bool {
	for _, col := range c.Columns {
		if col.Text != "" {
			return true
		}
	}
	return false
}

// The sheet, in units that are about a point where the chart is as wide as a phone.
const (
	Width  = 360.0
	Height = 190.0

	left, right   = 28.0, 4.0
	top, bottom   = 20.0, 22.0
	small, strong = 11.0, 12.0
	thickness     = 0.62 // of a column, as a share of its place
)

// Kind is what a shape is.
type Kind int

// The kinds of shapes.
const (
	Bar   Kind = iota // filled rectangle
	Frame             // rectangle of lines
	Line              // from X, Y to X+W, Y+H
	Grid              // a Line that stands back
	Words             // text whose baseline begins, is centred or ends at X, Y
)

// Anchor is which point of a text stands at X.
type Anchor int

// The anchors.
const (
	Middle Anchor = iota
	End
)

// Shape is one thing to draw. Y grows downwards.
type Shape struct {
	Kind       Kind
	X, Y, W, H float64
	Text       string
	Size       float64
	Bold       bool
	Anchor     Anchor
}

// Shapes lays the chart out.
func (c Chart) Shapes() []Shape {
	scale := c.Top
	if scale <= 0 {
		scale = 100
	}
	floor, high := Height-bottom, Height-bottom-top
	var out []Shape
	for _, share := range []float64{0, 0.5, 1} {
		y := floor - share*high
		kind := Grid
		if share == 0 {
			kind = Line
		}
		out = append(out,
			Shape{Kind: kind, X: left, Y: y, W: Width - left - right},
			Shape{Kind: Words, X: left - 5, Y: y + small/3, Text: figure(share * scale), Size: small, Anchor: End})
	}
	place := (Width - left - right) / float64(max(1, len(c.Columns)))
	for i, col := range c.Columns {
		x := left + (float64(i)+0.5)*place
		out = append(out, Shape{Kind: Words, X: x, Y: Height - 6, Text: col.Label, Size: small})
		if col.Text == "" {
			out = append(out, Shape{Kind: Words, X: x, Y: floor - 4, Text: "–", Size: small})
			continue
		}
		h := min(max(col.Value/scale, 0), 1) * high
		out = append(out, column(x-place*thickness/2, floor-h, place*thickness, h, col.Open)...)
		out = append(out, Shape{Kind: Words, X: x, Y: floor - h - 4, Text: col.Text, Size: strong, Bold: true})
	}
	return out
}

// column is a filled rectangle, or a frame with slanting lines.
func column(x, y, w, h float64, open bool) []Shape {
	if !open {
		return []Shape{{Kind: Bar, X: x, Y: y, W: w, H: h}}
	}
	const step = 5
	out := []Shape{{Kind: Frame, X: x, Y: y, W: w, H: h}}
	for d := float64(step); d < w+h; d += step {
		x1, y1 := x+min(d, w), y+max(0, d-w)
		x2, y2 := x+max(0, d-h), y+min(d, h)
		out = append(out, Shape{Kind: Line, X: x2, Y: y2, W: x1 - x2, H: y1 - y2})
	}
	return out
}

// figure writes a mark of the scale.
func figure(v float64) string { return strconv.Itoa(int(math.Round(v))) }
