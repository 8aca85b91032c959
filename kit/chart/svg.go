package chart

import (
	"math"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// SVG returns the chart as a picture in the colour of the text around it. To a screen
// reader it is one picture with its title: the same figures belong in a table beside it.
func (c Chart) SVG() g.Node {
	shapes := c.Shapes()
	nodes := make(g.Group, len(shapes))
	for i, s := range shapes {
		nodes[i] = s.svg()
	}
	return h.SVG(h.Class("chart"), g.Attr("viewBox", "0 0 "+number(Width)+" "+number(Height)), h.Role("img"), h.Aria("label", c.Title), nodes)
}

func (s Shape) svg() g.Node {
	switch s.Kind {
	case Bar, Frame:
		paint := g.Attr("fill", "currentColor")
		if s.Kind == Frame {
			paint = g.Group{g.Attr("fill", "none"), g.Attr("stroke", "currentColor")}
		}
		return g.El("rect", at("x", s.X), at("y", s.Y), at("width", s.W), at("height", s.H), paint)
	case Words:
		anchor := "middle"
		if s.Anchor == End {
			anchor = "end"
		}
		return g.El("text", at("x", s.X), at("y", s.Y), at("font-size", s.Size), g.Attr("text-anchor", anchor), g.Attr("fill", "currentColor"),
			g.If(s.Bold, g.Attr("font-weight", "700")), g.Text(s.Text))
	case Grid, Line:
	}
	return g.El("line", at("x1", s.X), at("y1", s.Y), at("x2", s.X+s.W), at("y2", s.Y+s.H), g.Attr("stroke", "currentColor"),
		g.If(s.Kind == Grid, g.Attr("stroke-opacity", "0.25")))
}

func at(name string, v float64) g.Node { return g.Attr(name, number(v)) }

func number(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }
