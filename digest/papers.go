package digest

import (
	"strings"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/text"
	"chibo/kit/when"
)

// Papers are Vietnamese whoever reads the screen.

// said fills the figures into a text.
func (r Report) said(text string) string {
	var b strings.Builder
	for i, piece := range tokens(text) {
		switch {
		case i%2 == 0:
			b.WriteString(piece)
		case piece == period:
			b.WriteString(r.Period().Text())
		default:
			b.WriteString(r.Sheet.Value(piece, "").Text(locale.Vietnamese))
		}
	}
	return b.String()
}

// subject is the trích yếu.
func (r Report) subject() string { return r.said(r.Form.Subject) }

// doc lays the report out. A draft has the day on which it is read.
func (r Report) doc(today when.Date) document.Doc {
	d := document.Doc{
		Layout: document.LayoutOn(today), Superior: r.Unit.Superior, Issuer: r.Unit.Name, Place: r.Unit.Town, Date: today,
		Number: document.Unissued(document.Report, r.Unit.Level), Mark: "Dự thảo", Kind: document.Report, Subject: r.subject(),
		Recipients: []string{"Cấp ủy cấp trên (báo cáo)", "Các chi bộ trực thuộc", "Lưu văn phòng"},
		Signatures: []document.Signature{{For: "T/M ĐẢNG ỦY"}},
	}
	if r.State == Issued {
		d.Layout, d.Date, d.Number, d.Mark = document.LayoutOn(r.IssuedOn), r.IssuedOn, r.Number, ""
	}
	for i, s := range r.Form.Section {
		d.Body = append(d.Body, document.Heading{Level: 1, Text: s.Title})
		for _, line := range text.Lines(r.said(r.Texts[i])) {
			d.Body = append(d.Body, document.Para(line))
		}
		if len(s.Row) > 0 {
			d.Body = append(d.Body, r.rowTable(s))
		}
		if len(s.Column) > 0 {
			d.Body = append(d.Body, r.cellTable(s))
		}
	}
	return d
}

func (r Report) rowTable(s Section) document.Table {
	t := document.Table{Columns: []document.Column{{Title: "Nội dung", Share: .7}, {Title: "Số liệu", Share: .3, Align: document.Center}}}
	for _, row := range s.Row {
		t.Rows = append(t.Rows, []document.Text{document.Plain(row.Title), document.Plain(r.Sheet.Value(row.Figure, "").Text(locale.Vietnamese))})
	}
	return t
}

func (r Report) cellTable(s Section) document.Table {
	t := document.Table{Columns: []document.Column{{Title: "TT", Share: .07, Align: document.Center}, {Title: "Chi bộ", Share: .28}}}
	for _, c := range s.Column {
		t.Columns = append(t.Columns, document.Column{Title: c.Title, Share: widths[r.Sheet.Value(c.Figure, "").kind], Align: document.Center})
	}
	for _, line := range r.lines(s) {
		row := make([]document.Text, len(line))
		for i, text := range line {
			row[i] = document.Plain(text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// widths are the parts of a line that columns of figures take, beside .28 of a name.
var widths = map[kind]float64{count: .09, mean: .09, share: .15, words: .16}

// lines are the texts of the table of the cells: number, name, figures.
func (r Report) lines(s Section) [][]string {
	var out [][]string
	for i, cell := range r.Sheet.Cells {
		line := []string{locale.Vietnamese.Number(i + 1), cell.Name}
		for _, c := range s.Column {
			line = append(line, r.Sheet.Value(c.Figure, cell.ID).Text(locale.Vietnamese))
		}
		out = append(out, line)
	}
	return out
}

// table is the report as a sheet: paragraphs and rows above, the cells below.
func (r Report) table() sheet.Table {
	t := sheet.Table{Name: "Báo cáo", Titles: []string{r.Unit.Name, strings.ToUpper("Báo cáo ") + r.subject()}, Header: []string{"TT", "Chi bộ"}, Widths: []float64{6, 36}}
	if r.State == Issued {
		t.Titles = append(t.Titles, "Số "+r.Number+", ngày "+r.IssuedOn.Slashed())
	}
	var columns []Column
	for i, s := range r.Form.Section {
		if text := r.said(r.Texts[i]); text != "" {
			t.Titles = append(t.Titles, s.Title+": "+text)
		}
		for _, row := range s.Row {
			t.Titles = append(t.Titles, row.Title+": "+r.Sheet.Value(row.Figure, "").Text(locale.Vietnamese))
		}
		columns = append(columns, s.Column...)
	}
	for _, c := range columns {
		t.Header, t.Widths = append(t.Header, c.Title), append(t.Widths, 20)
	}
	for i, line := range r.lines(Section{Column: columns}) {
		row := []any{i + 1}
		for n, text := range line[1:] {
			row = append(row, r.cellValue(columns, n-1, r.Sheet.Cells[i].ID, text))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// cellValue is a number where a column counts, so that a spreadsheet can add it up.
func (r Report) cellValue(columns []Column, n int, cell, text string) any {
	if n < 0 {
		return text
	}
	if v := r.Sheet.Value(columns[n].Figure, cell); v.kind == count {
		return v.n
	}
	return text
}
