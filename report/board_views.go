package report

import (
	"strconv"

	g "maragu.dev/gomponents"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// boardView shows a superior the year of all cells together and of each, in the order of
// the tree.
type boardView struct {
	L     locale.L
	Year  int
	Today when.Date
	Cells []Year
}

func (v boardView) body() g.Node {
	return part.Stack(years(v.L, v.Year, func(y int) string { return "/years?year=" + strconv.Itoa(y) }), chartCards(v.L, sums(v.Cells)), v.months(), v.cells())
}

// months are the figures of the charts.
func (v boardView) months() g.Node {
	l := v.L
	var rows []part.Row
	for i, s := range sums(v.Cells) {
		if s.Attended.Known() {
			rows = append(rows, part.Cells(strconv.Itoa(i+1), s.Attended.words(l), s.Spoke.words(l), s.Targets.words(l), s.score(l)))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("report.together")), part.Table(l.T("report.together"), figureHeads(l, "month"), rows...))
}

func (v boardView) cells() g.Node {
	l := v.L
	rows := make([]part.Row, len(v.Cells))
	for i, y := range v.Cells {
		s := y.Sum()
		rows[i] = part.Row{
			part.Link(yearURL(y.Cell.ID, v.Year), g.Text(y.Cell.Name)), g.Text(s.Attended.words(l)), g.Text(s.Spoke.words(l)), g.Text(s.Targets.words(l)), g.Text(s.score(l)),
		}
	}
	return part.Card(part.CardHead(l.T("report.cells")), part.Table(l.T("report.cells"), figureHeads(l, "cell"), rows...))
}

func figureHeads(l locale.L, first string) []part.Column {
	return part.Heads(l.Of("report.col", first), l.Of("report.col", "attended"), l.Of("report.col", "spoke"), l.Of("report.col", "targets"), l.Of("report.col", "score"))
}
