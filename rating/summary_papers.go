package rating

import (
	"fmt"
	"strconv"
	"strings"

	"chibo/document"
	"chibo/kit/when"
)

// doc is the summary as a list, group by group, each under the sum of its cap.
func (s Summary) doc(day when.Date) document.Doc {
	o := s.Organization
	d := document.Doc{Layout: document.LayoutOn(day), Superior: o.Superior, Issuer: o.Name, Place: o.Town, Date: day}
	d.Title, d.Subject = "Danh sách tổng hợp", "kết quả đánh giá, xếp loại đảng viên và chi bộ "+s.Period.Name()
	d.Body = append(d.Body, document.Para(fmt.Sprintf("Đã có danh sách của %d/%d chi bộ.", len(s.Came), len(s.Came)+len(s.Missing))))
	if len(s.Missing) > 0 {
		d.Body = append(d.Body, document.Para("Chưa có danh sách: "+strings.Join(s.Missing, ", ")+"."))
	}
	for _, of := range Groups {
		if lines := s.Of(of); len(lines) > 0 {
			d.Body = append(d.Body, document.Heading{Level: 1, Text: vietnamese.Of("rating.group", string(of))}, document.Para(s.Words(of)), groupTable(of, lines))
		}
	}
	d.Recipients = []string{"Cấp ủy cấp trên", "Các chi bộ", "Lưu văn phòng"}
	d.Signatures = []document.Signature{{For: "T/M ĐẢNG ỦY", As: "BÍ THƯ"}}
	return d
}

func groupTable(of Group, lines []Summed) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.07, Align: document.Center},
		{Title: "Họ và tên", Share: 0.27},
		{Title: "Chi bộ", Share: 0.26},
		{Title: "Chi bộ đề nghị", Share: 0.2},
		{Title: "Cấp có thẩm quyền quyết định", Share: 0.2},
	}}
	if of == Cells {
		t.Columns[2].Share += t.Columns[1].Share
		t.Columns = append(t.Columns[:1], t.Columns[2:]...)
	}
	for i, line := range lines {
		row := []document.Text{
			document.Plain(strconv.Itoa(i + 1)), document.Plain(line.Name), document.Plain(line.Unit),
			document.Plain(line.Proposal.Name()), document.Plain(decided(line.Rating)),
		}
		if of == Cells {
			row = append(row[:1], row[2:]...)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
