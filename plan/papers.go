package plan

import (
	"fmt"
	"strings"

	"chibo/document"
	"chibo/kit/text"
)

// Texts of papers are Vietnamese whoever reads the screen.

// standingText is how a step stands, on paper.
var standingText = map[Standing]string{Ahead: "Chưa đến kỳ", Running: "Đang làm", Late: "Quá hạn", Done: "Đã xong"}

// reportDoc is the report of a plan at a day. Until people have worded it, it is a draft.
func reportDoc(v Sheet) document.Doc {
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.06, Align: document.Center}, {Title: "Việc", Share: 0.34}, {Title: "Ai làm", Share: 0.18}, {Title: "Hạn", Share: 0.19}, {Title: "Tiến độ", Share: 0.23},
	}}
	for n, x := range v.States {
		far := standingText[x.Standing]
		if x.Target > 0 {
			far += fmt.Sprintf(", %d/%d %s", x.Reached, x.Target, x.Unit)
		}
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(fmt.Sprint(n + 1)), document.Plain(x.What), document.Plain(x.Owner), document.Plain(x.Until.Slashed()), document.Plain(far),
		})
	}
	body := []document.Block{document.Para(v.Goal), document.Heading{Level: 1, Text: "Kết quả"}}
	body = append(body, lines(v.Report.Results)...)
	body = append(body, t)
	for _, x := range []struct{ head, text string }{{"Hạn chế", v.Report.Faults}, {"Phương hướng", v.Report.Direction}} {
		if x.text != "" {
			body = append(append(body, document.Heading{Level: 1, Text: x.head}), lines(x.text)...)
		}
	}
	d := document.Doc{
		Layout: document.LayoutOn(v.On), Superior: v.Unit.Superior, Issuer: v.Unit.Name, Place: v.Unit.Town, Date: v.On,
		Kind: document.Report, Subject: fmt.Sprintf("kết quả thực hiện %s, tính đến ngày %s", v.Title, v.On.Slashed()), Body: body,
		Recipients: []string{"Cấp ủy cấp trên (để báo cáo)", "Lưu Văn phòng"}, Signatures: []document.Signature{{For: "T/M ĐẢNG ỦY"}},
	}
	for _, b := range text.Lines(v.Basis) {
		d.Bases = append(d.Bases, "Căn cứ "+strings.TrimPrefix(b, "Căn cứ "))
	}
	if v.Report.WrittenAt.IsZero() {
		d.Mark = "Dự thảo"
	}
	return d
}

// lines are the paragraphs of a text that was typed.
func lines(typed string) []document.Block {
	var out []document.Block
	for _, l := range text.Lines(typed) {
		out = append(out, document.Para(l))
	}
	return out
}
