package supervision

import (
	"strconv"

	"chibo/kit/sheet"
)

// table is the board to be taken away: the rows that are shown, every month in words.
func (v boardView) table() sheet.Table {
	t := sheet.Table{
		Name: v.t("sheet"), Titles: []string{v.t("board", "Year", v.Year), v.lead(), v.t("sheet.on", "Day", v.Today.Slashed())},
		Header: []string{v.L.Of("supervision.col", "unit"), v.t("kind"), v.t("sheet.cells")}, Widths: []float64{36, 24, 10},
	}
	add := func(name string, width float64) { t.Header, t.Widths = append(t.Header, name), append(t.Widths, width) }
	for i := range 12 {
		add(v.t("sheet.month", "Month", i+1), 24)
	}
	add(v.L.Of("supervision.col", "unfiled"), 14)
	for _, q := range romans {
		add(v.t("stat.theme", "Quarter", q), 20)
	}
	for _, key := range []string{"score", "remedies", "matters"} {
		add(v.L.Of("supervision.col", key), 18)
	}
	for _, r := range v.Shown {
		t.Rows = append(t.Rows, v.cells(r))
	}
	return t
}

// cells are the cells of one row, in the order of the header.
func (v boardView) cells(r Row) []any {
	kind := ""
	if r.Single() {
		kind = v.L.Of("organization.kind", string(r.Unit.Kind))
	}
	out := []any{r.Unit.Name, kind, r.Cells}
	for i, m := range r.Months {
		text := v.square(r, i, m).Sign
		if r.Single() {
			text = v.standing(m.Standing())
			if !m.Month.Day.IsZero() {
				text += " " + m.Month.Day.Slashed()
			}
		}
		out = append(out, text)
	}
	out = append(out, r.Unfiled())
	for _, d := range r.Themes {
		out = append(out, v.themeText(d, r.Single()))
	}
	return append(out, v.scoreText(r), seen(r.SeesScores, r.Remedies()), seen(r.SeesMatters, r.Matters()))
}

// seen is a number for whoever may see it.
func seen(may bool, n int) any {
	if !may {
		return ""
	}
	return n
}

func (v boardView) scoreText(r Row) string {
	m := r.Score()
	if !r.SeesScores || m.Meeting == "" {
		return ""
	}
	text := m.Points.Text(v.L)
	if m.Level != "" {
		text += " " + v.L.Of("rubric.level", string(m.Level))
	}
	return text + " (" + v.t("score.month", "Month", strconv.Itoa(int(m.Month.Month))) + ")"
}
