package meeting

import (
	"fmt"
	"strings"
	"time"

	"chibo/document"
	"chibo/kit/when"
	"chibo/organization"
)

// Texts of papers are Vietnamese whoever reads the screen.

// dossier is what the papers of a meeting are made from.
type dossier struct {
	Preparation
	Cell  organization.Organization
	Names map[string]string
	// Notice is the one that holds; its zero GivenAt says that none is given yet.
	Notice Notice
	// Today is the date of papers that are not issued yet.
	Today when.Date
}

func (d dossier) day() when.Date {
	if d.Notice.GivenAt.IsZero() {
		return d.Today
	}
	return d.Notice.GivenAt.Date()
}

// paper returns what the papers of the meeting share: head, date and signature of
// the chair.
func (d dossier) paper() document.Doc {
	doc := document.Doc{
		Layout: document.LayoutOn(d.day()), Superior: d.Cell.Superior, Issuer: d.Cell.Name, Place: d.Cell.Town, Date: d.day(),
		Signatures: []document.Signature{{For: "T/M CHI BỘ", As: "CHỦ TRÌ", Name: d.Names[d.Meeting.Chair]}},
	}
	if d.Meeting.State == Draft {
		doc.Mark = "Dự thảo"
	}
	return doc
}

// subject is the title of the meeting as a trích yếu.
func (d dossier) subject() string {
	return lower(d.Meeting.Title)
}

// noticeDoc is the notice that goes to members and to the superior: time, place,
// contents, who, what to prepare (42-HD/BTCTW, 28/10/2025, and the skeleton in
// use).
func (d dossier) noticeDoc() document.Doc {
	doc := d.paper()
	doc.Kind, doc.Title, doc.Subject = document.Notice, "Thông báo", "về "+d.subject()
	doc.To = d.addressees()
	m := d.Meeting
	doc.Body = []document.Block{
		document.Para(fmt.Sprintf("%s thông báo thời gian, địa điểm, nội dung %s như sau:", sentence(d.Cell.Name), d.subject())),
		fact("Thời gian", fmt.Sprintf("%s, %s, ngày %s.", m.StartsAt.Clock(), weekday(m.Day()), m.Day().Slashed())),
		fact("Địa điểm", closed(m.Place)),
		fact("Chủ trì", closed(d.comrade(m.Chair))),
	}
	if d.Notice.Change != "" {
		doc.Body = append(doc.Body, fact("Thay đổi so với thông báo trước", closed(d.Notice.Change)))
	}
	doc.Body = append(doc.Body, d.people()...)
	doc.Body = append(doc.Body, d.contents()...)
	doc.Body = append(doc.Body, d.preparing()...)
	doc.Body = append(doc.Body, document.Para("Đề nghị các đồng chí dự đầy đủ, đúng giờ. Đồng chí nào không dự được, báo cáo lý do với bí thư chi bộ trước buổi sinh hoạt."))
	doc.Recipients = []string{"Như kính gửi", "Lưu chi bộ"}
	return doc
}

func (d dossier) addressees() []string {
	to := []string{"Các đồng chí đảng viên chi bộ"}
	for _, g := range d.Guests {
		to = append(to, strings.Join(words("Đồng chí "+g.Name, lower(g.Office), g.Body), ", "))
	}
	return to
}

// people names who takes part.
func (d dossier) people() []document.Block {
	who := "Toàn thể đảng viên chi bộ"
	if len(d.Guests) > 0 {
		who += " và đại biểu được mời"
	}
	return []document.Block{fact("Thành phần", who+".")}
}

// contents lists the agenda and the focus questions.
func (d dossier) contents() []document.Block {
	blocks := []document.Block{heading("Nội dung")}
	if d.Meeting.Theme != "" {
		blocks = append(blocks, document.Para("Chuyên đề: "+closed(d.Meeting.Theme)))
	}
	list := document.List{Start: 1}
	for _, i := range d.Items {
		list.Items = append(list.Items, document.Plain(closed(i.Title)))
	}
	blocks = append(blocks, list)
	if len(d.Focus) == 0 {
		return blocks
	}
	questions := document.List{}
	for _, f := range d.Focus {
		questions.Items = append(questions.Items, document.Plain(f.Text))
	}
	return append(blocks, heading("Câu hỏi trọng tâm để các đồng chí chuẩn bị ý kiến"), questions)
}

// preparing says who has been given something to prepare, and names the papers.
func (d dossier) preparing() []document.Block {
	var blocks []document.Block
	given := document.List{}
	for _, i := range d.Items {
		if i.Presenter != "" && i.Presenter != d.Meeting.Chair && (i.Kind == Information || i.Kind == Theme || i.Kind == Review) {
			given.Items = append(given.Items, document.Plain(closed(sentence(d.comrade(i.Presenter))+": "+lower(i.Title))))
		}
	}
	if len(given.Items) > 0 {
		blocks = append(blocks, heading("Phân công chuẩn bị"), given)
	}
	papers := document.List{}
	for _, p := range d.Papers {
		papers.Items = append(papers.Items, document.Plain(closed(p.Title)))
	}
	if d.Draft.Version > 0 {
		papers.Items = append(papers.Items, document.Plain("Dự thảo nghị quyết."))
	}
	if len(papers.Items) > 0 {
		blocks = append(blocks, heading("Tài liệu"), papers)
	}
	return blocks
}

// agendaDoc is the programme: time, contents, presenter.
func (d dossier) agendaDoc() document.Doc {
	doc := d.paper()
	doc.Kind, doc.Title, doc.Subject = document.Agenda, "Chương trình", d.subject()
	m := d.Meeting
	table := document.Table{Columns: []document.Column{
		{Title: "TT", Share: 0.07, Align: document.Center},
		{Title: "Thời gian", Share: 0.2, Align: document.Center},
		{Title: "Nội dung", Share: 0.48, Align: document.AlignLeft},
		{Title: "Người trình bày", Share: 0.25, Align: document.AlignLeft},
	}}
	at := m.StartsAt
	for _, i := range d.Items {
		until := at.Add(time.Duration(i.Minutes) * time.Minute)
		who := "Chi bộ"
		if i.Presenter != "" || i.Kind.needsPresenter() {
			who = sentence(d.comrade(i.Presenter))
		}
		table.Rows = append(table.Rows, []document.Text{
			document.Plain(fmt.Sprint(i.Position)), document.Plain(at.HHMM() + " - " + until.HHMM()), document.Plain(i.Title), document.Plain(who),
		})
		at = until
	}
	doc.Body = []document.Block{
		document.Paragraph{Align: document.Center, Flush: true, Text: document.Italic(fmt.Sprintf("%s, %s, ngày %s, tại %s", m.StartsAt.Clock(), weekday(m.Day()), m.Day().Slashed(), m.Place))},
		table,
		document.Para(fmt.Sprintf("Tổng thời gian dự kiến: %d phút.", Total(d.Items))),
	}
	doc.Recipients = []string{"Các đồng chí đảng viên", "Lưu chi bộ"}
	return doc
}

// comrade returns a person as papers name him or her.
func (d dossier) comrade(id string) string {
	if d.Names[id] == "" {
		return "(chưa phân công)"
	}
	return "đồng chí " + d.Names[id]
}

func fact(name, text string) document.Block {
	return document.Paragraph{Text: document.Bold(name + ": ").And(document.Plain(text)...)}
}

func heading(text string) document.Block {
	return document.Paragraph{Text: document.Bold(text + ":"), Keep: true}
}

// closed ends a line with one full stop.
func closed(s string) string { return strings.TrimRight(s, " .;,") + "." }

func lower(s string) string {
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func sentence(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// words drops the empty ones.
func words(all ...string) []string {
	var out []string
	for _, w := range all {
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}

func weekday(d when.Date) string {
	return [...]string{"Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}[d.Weekday()]
}
