package quality

import (
	"net/url"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/rubric"
)

// rolledView is the table of a month on the screen, as a sheet and on paper.
type rolledView struct {
	Rolled
	L   locale.L
	Ask string // the unit that was asked for
}

func (v rolledView) t(key string, args ...any) string { return v.L.T("quality.rolled."+key, args...) }

// address returns the table of another month, in a form: "" for the page, ".xlsx" …
func (v rolledView) address(m when.Month, form string) string {
	q := url.Values{"month": {m.String()}}
	if v.Ask != "" {
		q.Set("unit", v.Ask)
	}
	return "/scores/month" + form + "?" + q.Encode()
}

func (v rolledView) action() g.Node {
	return g.Group{
		part.LinkButton(v.address(v.Month, ".xlsx"), v.t("excel"), part.IconDownload),
		part.LinkButton(v.address(v.Month, ".docx"), v.L.T("quality.docx"), part.IconPaper),
		part.LinkButton(v.address(v.Month, ".pdf"), v.L.T("quality.pdf"), part.IconPrinter),
	}
}

func (v rolledView) body() g.Node {
	months := make([]part.Tab, 3)
	for i := range months {
		m := v.Month.Add(i - 1)
		months[i] = part.Tab{Text: m.Slashed(), URL: v.address(m, ""), Current: i == 1}
	}
	tabs := part.NoPrint(part.Tabs(v.t("months"), months...))
	if len(v.Lines) == 0 {
		return part.Stack(tabs, part.Card(part.Empty(v.t("empty"), v.t("empty_help"))))
	}
	heads := make([]part.Column, len(v.header()))
	for i, name := range v.header() {
		heads[i] = part.Column{Title: name, Right: i == 0 || i == 2 || i == 4}
	}
	rows := make([]part.Row, 0, len(v.Lines)+1)
	for i, l := range v.Lines {
		row := part.Cells(v.cells(i, l)...)
		if l.Score != nil {
			row[1] = part.Link("/meetings/"+l.Score.Meeting+"/quality", g.Text(l.Cell.Name))
		}
		rows = append(rows, row)
	}
	last := part.Cells(v.last()...)
	for i := range last {
		last[i] = h.B(last[i])
	}
	return part.Stack(tabs, part.Card(part.WideTable(v.t("month", "Month", v.Month.Slashed()), heads, append(rows, last)...)), part.Note(part.Plain, g.Text(v.t("note"))))
}

// header names the ten columns (a committee's monthly table seen in practice).
func (v rolledView) header() []string {
	l := v.L
	names := []string{v.t("col.number"), v.t("col.unit"), v.t("col.members"), v.t("col.date"), v.t("col.points")}
	for _, level := range rubric.Levels {
		names = append(names, l.Of("quality.rolled.level", string(level)))
	}
	return append(names, v.t("col.note"))
}

// cells are the texts of one line.
func (v rolledView) cells(i int, line RolledLine) []string {
	out := []string{strconv.Itoa(i + 1), line.Cell.Name, "", "", "", "", "", "", "", v.t("unscored")}
	s := line.Score
	if s == nil {
		return out
	}
	if line.Members > 0 {
		out[2] = strconv.Itoa(line.Present) + "/" + strconv.Itoa(line.Members)
	}
	out[3], out[4], out[9] = s.Day().Slashed(), s.Points().Text(v.L), v.note(line)
	for n, level := range rubric.Levels {
		if s.Level() == level {
			out[5+n] = "x" // #nosec G602 -- n is below the number of columns
		}
	}
	return out
}

// note lists the points taken off, and says where the committee above has not decided yet.
func (v rolledView) note(line RolledLine) string {
	parts := make([]string, 0, len(line.Off)+1)
	for _, t := range line.Off {
		parts = append(parts, v.t("off", "Line", t.Line, "Points", t.Less.Text(v.L)))
	}
	if line.Score.Reason != "" {
		parts = append(parts, line.Score.Reason)
	}
	if !line.Score.State.Decided() {
		parts = append(parts, v.t("undecided"))
	}
	return strings.Join(parts, "; ")
}

// last is the line of sums.
func (v rolledView) last() []string {
	s := v.sum()
	out := []string{"", v.t("sum", "Count", len(v.Lines)), strconv.Itoa(s.Present) + "/" + strconv.Itoa(s.Members), "", ""}
	for _, level := range rubric.Levels {
		out = append(out, strconv.Itoa(s.Levels[level]))
	}
	return append(out, "")
}

func (v rolledView) table() sheet.Table {
	t := sheet.Table{
		Name: v.t("tab"), Titles: []string{v.t("month", "Month", v.Month.Slashed()), v.Unit.Name}, Header: v.header(), Widths: []float64{6, 36, 14, 14, 10, 8, 8, 12, 8, 50},
	}
	for i, l := range v.Lines {
		row := make([]any, len(t.Header))
		for n, text := range v.cells(i, l) {
			row[n] = text
		}
		row[0] = i + 1
		t.Rows = append(t.Rows, row)
	}
	row := make([]any, len(t.Header))
	for n, text := range v.last() {
		row[n] = text
	}
	for n, level := range rubric.Levels {
		row[5+n] = v.sum().Levels[level]
	}
	t.Rows = append(t.Rows, row)
	return t
}

// paper lays the table out as a paper of the committee. Texts of papers are Vietnamese
// whoever reads the screen.
func (v rolledView) paper(day when.Date) document.Doc {
	v.L = locale.Vietnamese
	shares := []float64{.06, .19, .12, .09, .09, .07, .07, .07, .075, .165}
	t := document.Table{}
	for i, name := range v.header() {
		c := document.Column{Title: name, Share: shares[i], Align: document.Center}
		if i == 1 || i == 9 {
			c.Align = document.AlignLeft
		}
		t.Columns = append(t.Columns, c)
	}
	for i, l := range v.Lines {
		cells := v.cells(i, l)
		cells[3], _, _ = strings.Cut(cells[3], "/"+strconv.Itoa(v.Month.Year)) // the year stands in the title
		t.Rows = append(t.Rows, texts(document.Plain, cells))
	}
	t.Rows = append(t.Rows, texts(document.Bold, v.last()))
	return document.Doc{
		Layout: document.LayoutOn(day), Superior: v.Unit.Superior, Issuer: v.Unit.Name, Place: v.Unit.Town, Date: day,
		Title: "Bảng tổng hợp", Subject: "điểm chất lượng sinh hoạt chi bộ tháng " + v.Month.Slashed(), Body: []document.Block{t},
		Signatures: []document.Signature{{For: "T/M ĐẢNG ỦY"}},
	}
}

func texts(style func(string) document.Text, all []string) []document.Text {
	out := make([]document.Text, len(all))
	for i, s := range all {
		out[i] = style(s)
	}
	return out
}
