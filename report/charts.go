package report

import (
	"math"
	"strconv"

	"chibo/kit/chart"
	"chibo/kit/locale"
	"chibo/rubric"
)

// measure is one of the figures of a year: its key in the texts, and how to read it from
// a sum.
type measure struct {
	key  string
	read func(Sum) (value float64, known, open bool)
}

// measures are the charts of a year in their order.
var measures = []measure{
	{"attended", func(s Sum) (float64, bool, bool) { return s.Attended.Percent(), s.Attended.Known(), false }},
	{"spoke", func(s Sum) (float64, bool, bool) { return s.Spoke.Percent(), s.Spoke.Known(), false }},
	{"targets", func(s Sum) (float64, bool, bool) { return s.Targets.Percent(), s.Targets.Known(), false }},
	{"score", func(s Sum) (float64, bool, bool) { return s.Score, s.Scores > 0, s.Open }},
}

// charts draws the months of a year, a chart for each measure; those of which nothing is
// known are left out.
func charts(l locale.L, months []Sum) []chart.Chart {
	var out []chart.Chart
	for _, m := range measures {
		c := chart.Chart{Title: l.Of("report.chart", m.key), Top: 100}
		for i, s := range months {
			col := chart.Column{Label: strconv.Itoa(i + 1)}
			if value, known, open := m.read(s); known {
				col.Value, col.Text, col.Open = value, strconv.Itoa(int(math.Round(value))), open
			}
			c.Columns = append(c.Columns, col)
		}
		if c.Known() {
			out = append(out, c)
		}
	}
	return out
}

// monthly are the sums of the months of a year.
func (y Year) monthly() []Sum {
	out := make([]Sum, len(y.Months))
	for i, m := range y.Months {
		out[i] = m.Sum()
	}
	return out
}

// words is a share with its figures: "19/28 (67,9%)"; a dash where nothing is known.
func (s Share) words(l locale.L) string {
	if !s.Known() {
		return "–"
	}
	return strconv.Itoa(s.Part) + "/" + strconv.Itoa(s.Whole) + " (" + l.Percent(s.Part, s.Whole) + ")"
}

// score is the mean score, rounded to a tenth, and a word where it is not decided yet.
func (s Sum) score(l locale.L) string {
	if s.Scores == 0 {
		return "–"
	}
	text := l.T("report.points", "Points", rubric.Points(math.Round(s.Score*10)*10).Text(l))
	if s.Open {
		text += " (" + l.T("report.undecided") + ")"
	}
	return text
}
