package rating

import (
	"fmt"
	"strconv"

	"chibo/document"
)

// The names of forms 03 and 04 of HD 43-HD/BTCTW (31/10/2025) were found, their texts were
// not: what the program knows is filled in, everything else is a blank with its name.

// blank is room to write what name says by hand.
func blank(name string) string { return "(" + name + ") ……………………………………" }

// againDoc is form 03: the decision to rate somebody, or the cell, anew after a decision.
// The level that decides issues it, so that its number and its signature are theirs.
func (c Card) againDoc() document.Doc {
	line := c.Line
	d := document.Doc{Layout: document.LayoutOn(line.On), Issuer: line.Body, Place: c.Cell.Town}
	d.Title, d.Subject = "Quyết định", "về việc đánh giá, xếp loại lại "+c.Round.Period().Name()
	about := "đồng chí " + c.Name + ", sinh hoạt tại " + c.Cell.Name
	if !line.Person() {
		about = c.Name
	}
	d.Body = []document.Block{
		document.Para("Căn cứ Quy định số " + LawOn(line.On).Number + " và " + blank("các căn cứ khác") + ";"),
		document.Para(fmt.Sprintf("Căn cứ Quyết định số %s ngày %s của %s xếp loại %s mức %s;", line.Number, line.On.Slashed(), line.Body, c.Name, line.Level.Name())),
		document.Para("Xét " + blank("lý do xếp loại lại, nguồn") + ","),
		document.Para("Điều 1. Xếp loại lại " + about + ": " + c.Round.Period().Name() + " từ mức " + line.Level.Name() + " thành mức " + blank("mức xếp loại lại") + "."),
		document.Para("Điều 2. Quyết định này thay kết quả xếp loại tại Quyết định số " + line.Number + " đối với " + c.Name + "."),
		document.Para("Điều 3. " + blank("nơi thi hành") + " chịu trách nhiệm thi hành. Quyết định có hiệu lực từ ngày " + blank("ngày ký") + "."),
	}
	d.Recipients = []string{c.Cell.Name, c.Name, "Lưu hồ sơ"}
	d.Signatures = []document.Signature{{For: "T/M " + blank("cấp quyết định"), As: blank("chức vụ")}}
	if !line.Person() {
		d.Recipients = []string{c.Cell.Name, "Lưu hồ sơ"}
	}
	return d
}

// fileDoc is form 04: the list of what lies in the file of a rating (366-QĐ/TW, art. 17).
// What the program holds stands with its day; the rest is ticked by hand.
func (c Card) fileDoc() document.Doc {
	r := c.Round
	d := document.Doc{Layout: document.LayoutOn(r.ReviewOn), Superior: c.Cell.Superior, Issuer: c.Cell.Name, Place: c.Cell.Town, Date: r.ReviewOn}
	d.Title, d.Subject = "Danh mục hồ sơ", "đánh giá, xếp loại "+r.Period().Name()+": "+c.Name
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.08, Align: document.Center},
		{Title: "Tên tài liệu", Share: 0.46},
		{Title: "Số, ngày", Share: 0.24},
		{Title: "Số tờ", Share: 0.1, Align: document.Center},
		{Title: "Ghi chú", Share: 0.12},
	}}
	for i, row := range c.filed() {
		t.Rows = append(t.Rows, []document.Text{document.Plain(strconv.Itoa(i + 1)), document.Plain(row.name), document.Plain(row.when), nil, nil})
	}
	d.Body = []document.Block{t, document.Para("Ô trống là tài liệu giấy hoặc chưa có; người lập hồ sơ ghi tay.")}
	d.Signatures = []document.Signature{{As: "NGƯỜI LẬP HỒ SƠ"}, {For: "T/M CHI BỘ", As: "BÍ THƯ"}}
	return d
}

// filing is one paper of a file with its number and day, empty where the program does not
// hold it.
type filing struct{ name, when string }

// filed lists the papers of art. 17 of 366-QĐ/TW.
func (c Card) filed() []filing {
	line, r := c.Line, c.Round
	review := filing{name: "Bản tự kiểm điểm (mẫu " + string(line.Form) + ")"}
	if !line.Person() {
		review.name = "Báo cáo kiểm điểm tập thể (mẫu 01)"
	}
	if line.Said() {
		review.when = line.SelfAt.Date().Slashed()
	}
	minutes := filing{name: "Biên bản hội nghị kiểm điểm"}
	summary := filing{name: "Tổng hợp kết quả thẩm định, biểu quyết"}
	if r.State.Reached(Voting) {
		minutes.when, summary.when = r.ReviewOn.Slashed(), r.ReviewOn.Slashed()
	}
	decision := filing{name: "Quyết định, kết luận xếp loại"}
	if line.Level != "" {
		decision.when = line.Number + ", " + line.On.Slashed()
	}
	out := []filing{
		review,
		{name: "Nhận xét của cấp ủy nơi cư trú"},
		minutes, summary,
		{name: "Gợi ý kiểm điểm (nếu có)"},
		{name: "Ý kiến góp ý (nếu có)"},
		decision,
	}
	for _, k := range c.Complaints {
		out = append(out, filing{"Khiếu nại và trả lời khiếu nại", k.At.Date().Slashed()})
	}
	return out
}
