package rating

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chibo/document"
	"chibo/task"
)

// reviewDoc is the self-review of a person, or the report of the cell.
func (c Card) reviewDoc() document.Doc {
	d := c.paper()
	d.Title, d.Subject = "Bản kiểm điểm cá nhân", c.Round.Period().Name()
	if !c.Line.Person() {
		d.Title = "Báo cáo kiểm điểm tập thể"
	}
	d.Body = append(d.Body, c.opening())
	parts := []struct{ head, text string }{
		{"Ưu điểm, kết quả đạt được", c.Line.Strengths},
		{"Chấp hành quy định về những điều đảng viên không được làm", c.Line.Observance},
		{"Hạn chế, khuyết điểm", c.Line.Faults},
		{"Nguyên nhân", c.Line.Causes},
		{"Phương hướng, biện pháp khắc phục", c.Line.Remedies},
	}
	if !c.Line.Person() {
		parts = slices.Delete(parts, 1, 2) // the cell does nothing of the kind
	}
	for _, part := range parts {
		d.Body = append(d.Body, document.Heading{Level: 1, Text: part.head}, said(part.text))
	}
	d.Body = append(d.Body, document.Heading{Level: 1, Text: "Số liệu của các kỳ sinh hoạt"})
	d.Body = append(d.Body, c.evidenceBlocks()...)
	d.Body = append(d.Body, document.Heading{Level: 1, Text: "Tự đánh giá, xếp loại"})
	d.Body = append(d.Body, c.pointBlocks()...)
	return d
}

// sheetDoc is form 05: the self-rating of a quarter or a year on one sheet.
func (c Card) sheetDoc() document.Doc {
	d := c.paper()
	d.Title, d.Subject = "Phiếu tự đánh giá, xếp loại", c.Round.Period().Name()
	d.Body = append(d.Body, c.opening())
	d.Body = append(d.Body, c.pointBlocks()...)
	d.Body = append(d.Body, document.Heading{Level: 1, Text: "Số liệu của các kỳ sinh hoạt"})
	d.Body = append(d.Body, c.evidenceBlocks()...)
	return d
}

// paper is what the papers of a line share: who writes them signs them.
func (c Card) paper() document.Doc {
	day := c.Line.SelfAt.Date()
	d := document.Doc{Layout: document.LayoutOn(day), Superior: c.Cell.Superior, Issuer: c.Cell.Name, Place: c.Cell.Town, Date: day}
	d.Signatures = []document.Signature{{As: "NGƯỜI TỰ KIỂM ĐIỂM", Name: c.Name}}
	if !c.Line.Person() {
		d.Signatures = []document.Signature{{For: "T/M CHI BỘ", As: "BÍ THƯ"}}
	}
	return d
}

func (c Card) opening() document.Block {
	if !c.Line.Person() {
		return document.Para(fmt.Sprintf("%s kiểm điểm, tự đánh giá %s (%s).", c.Name, c.Round.Period().Name(), vietnamese.Of("rating.form", string(c.Line.Form))))
	}
	return document.Para(fmt.Sprintf("Họ và tên: %s. Sinh hoạt tại: %s. %s.", c.Name, c.Cell.Name, vietnamese.Of("rating.form", string(c.Line.Form))))
}

// said is a text that was written, or room to write it by hand.
func said(text string) document.Block {
	if strings.TrimSpace(text) == "" {
		return document.Para(strings.Repeat("…", 40))
	}
	return document.Para(text)
}

// pointBlocks are the points on each criterion and the level somebody gives themselves.
func (c Card) pointBlocks() []document.Block {
	lines := c.Round.Lines(c.Line.Form)
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.08, Align: document.Center},
		{Title: "Tiêu chí", Share: 0.6},
		{Title: "Điểm tối đa", Share: 0.16, Align: document.Center},
		{Title: "Tự chấm", Share: 0.16, Align: document.Center},
	}}
	for i, line := range lines {
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(strconv.Itoa(i + 1)), document.Plain(vietnamese.Of("rating.line", line.Key)),
			document.Plain(strconv.Itoa(line.Max)), document.Plain(strconv.Itoa(c.Line.Points[i])),
		})
	}
	general, results := Sums(lines, c.Line.Points)
	t.Rows = append(t.Rows, []document.Text{nil, document.Bold("Cộng"), document.Bold(strconv.Itoa(MaxPoints)), document.Bold(strconv.Itoa(general + results))})
	return []document.Block{
		t,
		document.Para(fmt.Sprintf("Tiêu chí chung %d/%d điểm, kết quả nhiệm vụ %d/%d điểm. Tự nhận mức: %s.", general, GeneralPoints, results, ResultPoints, c.Line.Claim.Name())),
	}
}

// evidenceBlocks are the figures of the meetings, each with its source, and what the
// person says to them.
func (c Card) evidenceBlocks() []document.Block {
	e := c.Evidence
	var items []document.Text
	if c.Line.Person() {
		came, expected, spoke := e.Attendance()
		items = append(items, document.Plain(fmt.Sprintf("Dự sinh hoạt %d/%d kỳ; phát biểu %d lượt", came, expected, spoke)))
	}
	for _, t := range e.Tasks {
		items = append(items, document.Plain("Nhiệm vụ: "+t.Title+": "+c.outcome(t)))
	}
	for _, r := range e.Remarks {
		items = append(items, document.Plain(vietnamese.Of("rating.remark", string(r.Form))+": "+r.Text+" ("+c.source(r.Meeting, r.On.Slashed())+")"))
	}
	out := []document.Block{document.List{Items: items}}
	if len(items) == 0 {
		out = []document.Block{document.Para("Không có.")}
	}
	if c.Line.Remark != "" {
		out = append(out, document.Para("Ý kiến của đảng viên về số liệu: "+c.Line.Remark))
	}
	return out
}

func (c Card) outcome(t task.Outcome) string {
	if t.Said == "" {
		return "chi bộ chưa đánh giá"
	}
	return strings.ToLower(vietnamese.Of("task.verdict", string(t.Said))) + " (" + c.source(t.SaidIn, "giữa hai kỳ") + ")"
}

// source names the meeting, or says otherwise.
func (c Card) source(meeting, otherwise string) string {
	if title := c.Evidence.Titles[meeting]; title != "" {
		return title
	}
	return otherwise
}
