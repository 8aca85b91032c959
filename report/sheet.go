package report

import (
	"strings"

	"chibo/kit/locale"
	"chibo/kit/sheet"
)

// head are the columns of the table of a year.
func head(l locale.L) []string {
	var out []string
	for _, key := range []string{"month", "meeting", "day", "papers", "attended", "spoke", "targets", "score", "state"} {
		out = append(out, l.Of("report.col", key))
	}
	return out
}

// workbook is the table of a year to be taken away: a row for each meeting, one for a
// month without any.
func (y Year) workbook(l locale.L) sheet.Table {
	t := sheet.Table{
		Name: l.T("report.sheet"), Titles: []string{l.T("report.title", "Year", y.Year), y.Cell.Name},
		Header: head(l), Widths: []float64{10, 44, 16, 24, 20, 20, 20, 30, 24},
	}
	for _, m := range y.Months {
		if len(m.Evenings) == 0 {
			t.Rows = append(t.Rows, []any{m.Month.Slashed(), "–", "", "", "", "", "", "", ""})
		}
		for _, e := range m.Evenings {
			s := e.sum()
			t.Rows = append(t.Rows, []any{
				m.Month.Slashed(), e.Title, e.Day().Slashed(), e.papers(), s.Attended.words(l), s.Spoke.words(l), s.Targets.words(l), s.score(l),
				l.Of("meeting.state", string(e.State)),
			})
		}
	}
	return t
}

// papers are the numbers of the sealed papers: "12-BB/CB, 05-NQ/CB".
func (e Evening) papers() string { return strings.Trim(e.Number+", "+e.Second, ", ") }
