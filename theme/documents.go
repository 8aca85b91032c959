package theme

import (
	"fmt"

	"chibo/document"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/organization"
)

// Texts of papers are Vietnamese whoever reads the screen.

// yearPlan is what the plan of a year is made from.
type yearPlan struct {
	Cell      organization.Organization
	Year      int
	Entries   []Entry
	Names     map[string]string
	Secretary string // name
	Committee bool
	Today     when.Date
}

// doc is the plan of the year as a paper. It is a draft until every theme is
// approved.
func (p yearPlan) doc() document.Doc {
	doc := document.Doc{
		Layout: document.LayoutOn(p.Today), Superior: p.Cell.Superior, Issuer: p.Cell.Name, Place: p.Cell.Town, Date: p.Today,
		Kind: document.Plan, Subject: fmt.Sprintf("sinh hoạt chuyên đề năm %d", p.Year),
		Bases: []string{
			library.Applying("50-CT/TW", when.On(2025, 7, 23), p.Today).Basis(),
			library.Applying("42-HD/BTCTW", when.On(2025, 10, 28), p.Today).Basis(),
		},
		Body:       p.body(),
		Recipients: []string{"Cấp ủy cấp trên (để báo cáo)", "Các đồng chí đảng viên", "Lưu chi bộ"},
		Signatures: []document.Signature{{For: "T/M CHI BỘ", As: "BÍ THƯ", Name: p.Secretary}},
	}
	if !p.approved() {
		doc.Mark = "Dự thảo"
	}
	return doc
}

func (p yearPlan) approved() bool {
	for _, e := range p.Entries {
		if !e.Approved() {
			return false
		}
	}
	return len(p.Entries) > 0
}

func (p yearPlan) body() []document.Block {
	blocks := []document.Block{
		document.Para(fmt.Sprintf("%s xây dựng kế hoạch sinh hoạt chuyên đề năm %d, mỗi quý ít nhất một kỳ, như sau:", p.Cell.Name, p.Year)),
		p.table(),
	}
	for i, e := range p.Entries {
		if len(e.Asked()) == 0 {
			continue
		}
		list := document.List{}
		for _, q := range e.Asked() {
			list.Items = append(list.Items, document.Plain(q))
		}
		blocks = append(blocks, document.Paragraph{Text: document.Bold(fmt.Sprintf("Câu hỏi thảo luận chuyên đề %d:", i+1)), Keep: true}, list)
	}
	return append(blocks, document.Para("Đảng viên được giao chuẩn bị báo cáo gửi chi ủy duyệt trước hạn; tài liệu gửi đảng viên trước kỳ sinh hoạt ít nhất một ngày."), p.approval())
}

func (p yearPlan) table() document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: .07, Align: document.Center},
		{Title: "Thời gian", Share: .14, Align: document.Center},
		{Title: "Chuyên đề", Share: .39},
		{Title: "Người trình bày", Share: .22},
		{Title: "Hạn gửi báo cáo", Share: .18, Align: document.Center},
	}}
	for i, e := range p.Entries {
		who := p.Names[e.Presenter]
		if who == "" {
			who = "(chưa phân công)"
		}
		title := e.Title
		if e.Kind == meeting.Thematic {
			title += " (kỳ chuyên đề riêng)"
		}
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(fmt.Sprint(i + 1)), document.Plain("Tháng " + e.Month.Slashed()), document.Plain(title), document.Plain(who), document.Plain(e.Due.Slashed()),
		})
	}
	return t
}

// approval says who has approved the plan, and on what days.
func (p yearPlan) approval() document.Block {
	if !p.approved() {
		return document.Para("Kế hoạch đang chờ duyệt.")
	}
	last := when.Date{}
	for _, e := range p.Entries {
		if last.Before(e.ApprovedOn) {
			last = e.ApprovedOn
		}
	}
	by := "Bí thư chi bộ"
	if p.Committee {
		by = "Chi ủy"
	}
	return document.Para(fmt.Sprintf("%s duyệt ngày %s.", by, last.Slashed()))
}
