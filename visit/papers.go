package visit

import (
	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/member"
	"chibo/organization"
)

// Texts of papers are Vietnamese whoever reads the screen.

// paper answers with a finished sheet in one form: "docx" or "pdf".
func (p *Pages) paper(form string) web.Handler {
	return func(c *web.Ctx) error {
		sheet, err := p.Load(c.Context(), p.DB, c.Who, c.Param("id"))
		if err != nil {
			return err
		}
		if !sheet.Shown || sheet.State != Finished {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		o, err := organization.Find(c.Context(), p.DB, sheet.Root, sheet.Organization)
		if err != nil {
			return err
		}
		names, err := member.Names(c.Context(), p.DB, sheet.Root, sheet.Member)
		if err != nil {
			return err
		}
		above, there, err := organization.Above(c.Context(), p.DB, o)
		if err != nil {
			return err
		}
		if !there {
			above = o
		}
		d := sheet.doc(above, names[sheet.Member])
		return document.Send(c, d, sheet.Day().String()+" Phiếu dự sinh hoạt."+form, form)
	}
}

// doc lays the sheet out as a paper of the committee above: the three heads, what is to be
// mended, the answer of the cell.
// No form of such a sheet was found in the sources; the heads are those of the minutes
// of a ward's conference on model meetings.
func (s Sheet) doc(committee organization.Organization, visitor string) document.Doc {
	l, day := locale.Vietnamese, s.EndedAt.Date()
	d := document.Doc{
		Layout: document.LayoutOn(day), Superior: committee.Superior, Issuer: committee.Name, Place: committee.Town, Date: day,
		Title: "Phiếu dự sinh hoạt", Subject: s.Title,
		Signatures: []document.Signature{{As: "NGƯỜI DỰ SINH HOẠT", Name: visitor}},
		Body: []document.Block{
			document.Para("Nơi dự: " + s.Cell + "."),
			document.Para("Thời gian: " + l.Moment(s.StartsAt) + "; địa điểm: " + s.Place + "."),
			document.Para("Người dự: " + visitor + "."),
		},
	}
	for _, head := range Heads {
		remarks := ofHead(s.Remarks, head)
		if len(remarks) == 0 {
			continue
		}
		d.Body = append(d.Body, document.Paragraph{Text: document.Bold(l.Of("visit.head", string(head))), Keep: true}, remarkTable(l, remarks))
	}
	if s.Answer != "" {
		d.Body = append(d.Body, document.Paragraph{Text: document.Bold("Ý kiến của chi ủy"), Keep: true}, document.Para(s.Answer))
	}
	return d
}

func remarkTable(l locale.L, remarks []Remark) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "Đánh giá", Share: .14, Align: document.Center},
		{Title: "Nhận xét", Share: .42},
		{Title: "Đề nghị khắc phục", Share: .28},
		{Title: "Thời hạn", Share: .16, Align: document.Center},
	}}
	for _, r := range remarks {
		t.Rows = append(t.Rows, []document.Text{
			document.Plain(l.Of("visit.mark", string(r.Mark))), document.Plain(r.Text), document.Plain(r.Remedy), document.Plain(r.Due.Slashed()),
		})
	}
	return t
}
