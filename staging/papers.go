package staging

import (
	"fmt"
	"strconv"
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
		document.Para(fmt.Sprintf("Thời gian: từ %s đến %s, ngày %s. Địa điểm: %s.", v.At.StartsAt.Clock(), end.Clock(), v.At.StartsAt.Date().Slashed(), v.At.Venue)),
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

// rehearsalDoc is the record of a rehearsal; until it is concluded it is a draft.
func rehearsalDoc(o organization.Organization, v Rehearsing) document.Doc {
	day := v.StartsAt.Date()
	d := document.Doc{
		Layout: document.LayoutOn(day), Superior: o.Superior, Issuer: o.Name, Place: o.Town, Date: day,
		Title: "BIÊN BẢN TỔNG DUYỆT", Subject: v.Sheet.At.Title,
		Recipients: []string{"Chi bộ thực hiện", "Người dẫn chương trình", "Lưu Văn phòng"},
		Signatures: []document.Signature{{As: "CHỦ TRÌ TỔNG DUYỆT", Name: v.Chair}},
	}
	body := []document.Block{document.Para(fmt.Sprintf("Thời gian: %s, %s, %s. Địa điểm: %s.", v.StartsAt.Clock(), document.Weekday(day), day.Long(), v.Place))}
	if v.People != "" {
		var people []document.Text
		for _, s := range strings.Split(v.People, "\n") {
			people = append(people, document.Plain(s))
		}
		body = append(body, document.Para("Thành phần:"), document.List{Items: people})
	}
	planned, took := v.Runs.Sum()
	if took > 0 {
		body = append(body, document.Para(fmt.Sprintf("Đã duyệt %d/%d nội dung trong %d phút, dự kiến %d phút.", len(v.Runs)-v.Runs.Left(), len(v.Runs), took, planned)))
	}
	body = append(body, v.table())
	if v.Concluded() {
		body = append(body, document.Para("Kết luận: "+outcomeWords[v.Outcome]))
		if v.Words != "" {
			body = append(body, document.Para(v.Words))
		}
	} else {
		d.Mark = "Dự thảo"
	}
	d.Body = body
	return d
}

// outcomeWords are the outcomes in the words of a record.
var outcomeWords = map[Outcome]string{Passed: "đạt yêu cầu.", Again: "cần duyệt lại."} // #nosec G101 -- words on paper

// table sets what was run through: minutes planned and taken, what is to be changed. Where
// nothing was timed yet, it is the sheet on which somebody writes.
func (v Rehearsing) table() document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.07, Align: document.Center},
		{Title: "Nội dung", Share: 0.3},
		{Title: "Dự kiến (phút)", Share: 0.11, Align: document.Center},
		{Title: "Thực tế (phút)", Share: 0.11, Align: document.Center},
		{Title: "Việc phải sửa, người phụ trách, thời hạn", Share: 0.41},
	}}
	for i, x := range v.Runs {
		took := ""
		if x.Took > 0 {
			took = strconv.Itoa(x.Took)
		}
		var said []string
		for _, r := range v.remarksOf(x) {
			said = append(said, fmt.Sprintf("%s (%s, trước %s ngày %s)", r.What, r.Charge, r.Due.Clock(), r.Due.Date().Slashed()))
		}
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(strconv.Itoa(i + 1)), document.Plain(x.Title), document.Plain(strconv.Itoa(x.Minutes)), document.Plain(took), document.Plain(strings.Join(said, "; ")),
		})
	}
	return t
}

// remarksOf returns what is to be changed of a card: as the record keeps it, before it is
// concluded as the duties stand.
func (v Rehearsing) remarksOf(x Run) []Remark {
	if v.Concluded() {
		return x.Remarks
	}
	return v.said()[x.Card]
}

// said returns what is to be changed as the duties stand, by card.
func (v Rehearsing) said() map[string][]Remark {
	out := map[string][]Remark{}
	for _, d := range v.Remarks {
		out[d.Card] = append(out[d.Card], Remark{d.What, Work{Names: v.Names}.Charge(d), d.DueAt})
	}
	return out
}
