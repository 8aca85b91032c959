package chart

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestShapesStayOnTheSheet draws any chart: nothing leaves the sheet, every known figure
// is written above its column and every unknown one is a dash.
func TestShapesStayOnTheSheet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := Chart{Top: rapid.Float64Range(-1, 200).Draw(t, "top")}
		known := 0
		for range rapid.IntRange(0, 15).Draw(t, "columns") {
			col := Column{Label: "1", Value: rapid.Float64Range(-50, 500).Draw(t, "value"), Open: rapid.Bool().Draw(t, "open")}
			if rapid.Bool().Draw(t, "known") {
				col.Text = "figure"
				known++
			}
			c.Columns = append(c.Columns, col)
		}
		figures, dashes := 0, 0
		for _, s := range c.Shapes() {
			const slack = 1e-6
			if s.X < -slack || s.Y < -slack || s.X+s.W > Width+slack || s.Y+s.H > Height+slack || s.X+s.W < -slack || s.Y+s.H < -slack {
				t.Fatalf("%+v leaves the sheet", s)
			}
			switch {
			case s.Kind != Words:
			case s.Text == "figure":
				figures++
			case s.Text == "–":
				dashes++
			}
		}
		if figures != known || dashes != len(c.Columns)-known || c.Known() != (known > 0) {
			t.Fatalf("%d figures and %d dashes for %d known of %d", figures, dashes, known, len(c.Columns))
		}
	})
}

// TestHeights: a column is as high as its share of the scale; what is open is hatched and
// not filled.
func TestHeights(t *testing.T) {
	t.Parallel()
	c := Chart{Title: `Tỷ lệ "dự họp" <%>`, Top: 200, Columns: []Column{{Label: "1", Value: 100, Text: "100"}, {Label: "2", Value: 50, Text: "50", Open: true}}}
	var bars, frames []Shape
	hatches := 0
	for _, s := range c.Shapes() {
		switch s.Kind {
		case Bar:
			bars = append(bars, s)
		case Frame:
			frames = append(frames, s)
		case Line:
			hatches++
		case Grid, Words:
		}
	}
	if len(bars) != 1 || len(frames) != 1 || bars[0].H != 2*frames[0].H || hatches < 5 {
		t.Fatalf("bars %+v, frames %+v, %d lines", bars, frames, hatches)
	}
	var svg strings.Builder
	if err := c.SVG().Render(&svg); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(svg.String(), `aria-label="Tỷ lệ &#34;dự họp&#34; &lt;%&gt;"`) {
		t.Errorf("the name of the picture: %s", svg.String())
	}
}
