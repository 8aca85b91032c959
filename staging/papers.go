package staging

import (
	"fmt"
	"strings"

	"chibo/document"
	"chibo/organization"
)

// Texts of papers are Vietnamese whoever reads the screen.

// scriptDoc is the approved script as a paper of the committee.
func scriptDoc(o organization.Organization, v Sheet) document.Doc {
	day := v.ApprovedAt.Date()
	t := document.Table{Columns: []document.Column{
		{Title: "Giờ", Share: 0.1, Align: document.Center}, {Title: "Nội dung", Share: 0.28}, {Title: "Người thực hiện", Share: 0.2}, {Title: "Lời dẫn", Share: 0.42},
	}}
	starts, end := v.Approved.Starts(v.At.StartsAt)
	for i, k := range v.Approved {
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(starts[i].HHMM()), document.Plain(fmt.Sprintf("%s (%d phút)", k.Title, k.Minutes)), document.Plain(k.Speaker), document.Plain(strings.ReplaceAll(k.Words, "\n", " ")),
		})
	}
	body := []document.Block{
		document.Para(fmt.Sprintf("Thời gian: từ %s đến %s, ngày %s. Địa điểm: %s.", v.At.StartsAt.HHMM(), end.HHMM(), v.At.StartsAt.Date().Slashed(), v.At.Venue)),
	}
	if v.Named != "" {
		body = append(body, document.Para("Người dẫn chương trình: "+v.Named+"."))
	}
	return document.Doc{
		Layout: document.LayoutOn(day), Superior: o.Superior, Issuer: o.Name, Place: o.Town, Date: day,
		Title: "KỊCH BẢN", Subject: v.At.Title, Body: append(body, t),
		Recipients: []string{"Người dẫn chương trình", "Chi bộ thực hiện", "Lưu Văn phòng"},
		Signatures: []document.Signature{{For: "T/M ĐẢNG ỦY"}},
	}
}
