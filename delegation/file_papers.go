package delegation

import (
	"context"
	"fmt"
	"io"

	"chibo/conference"
	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
)

var answerText = map[Answer]string{Coming: "Dự", Declined: "Không dự"}

// Papers offers the list of the delegates and their invitations for the file of the
// conference.
func (p *Pages) Papers(c *web.Ctx, x conference.Conference) ([]conference.Paper, error) {
	list, err := p.listPaper(c.Context(), x)
	if err != nil {
		return nil, err
	}
	const title = "Giấy mời"
	all, err := Invitations(c.Context(), p.DB, x, Pick{})
	if fault.Is(err, fault.NotFound) {
		return []conference.Paper{list, conference.Lacking(conference.InvitedPaper, title, "Chưa phát hành giấy mời nào.")}, nil
	}
	base := c.Base()
	return []conference.Paper{list, {
		Kind: conference.InvitedPaper, Title: fmt.Sprintf("%s (%d)", title, len(all)),
		Forms: []conference.PaperForm{{Ending: "pdf", Write: func(w io.Writer) error { return WriteInvitations(w, base, all) }}},
	}}, err
}

func (s *Service) listPaper(ctx context.Context, x conference.Conference) (conference.Paper, error) {
	const title = "Danh sách đại biểu"
	all, err := Standing(ctx, s.DB, x)
	if err != nil || len(all) == 0 {
		return conference.Lacking(conference.DelegateList, title, "Chưa có đại biểu nào được cử."), err
	}
	lines, err := conference.Categories(ctx, s.DB, x)
	if err != nil {
		return conference.Paper{}, err
	}
	unit, err := organization.Find(ctx, s.DB, x.Root, x.Organization)
	if err != nil {
		return conference.Paper{}, err
	}
	return conference.Document(conference.DelegateList, title, listDoc(x, unit, lines, all, s.now().Date())), nil
}

// listDoc is the list of the delegates by lines of the composition, without telephones and
// addresses.
func listDoc(x conference.Conference, unit organization.Organization, lines []conference.Category, all []Delegate, day when.Date) document.Doc {
	d := document.Doc{
		Layout: document.LayoutOn(day), Superior: unit.Superior, Issuer: unit.Name, Place: unit.Town, Date: day,
		Title: "DANH SÁCH ĐẠI BIỂU", Subject: x.Title,
		Body: []document.Block{document.Para(fmt.Sprintf("Danh sách có %d đại biểu.", len(all)))},
	}
	n := 0
	for _, y := range lines {
		t := document.Table{Columns: []document.Column{
			{Title: "TT", Share: 0.07, Align: document.Center},
			{Title: "Họ và tên", Share: 0.24, Align: document.AlignLeft},
			{Title: "Chức vụ", Share: 0.18, Align: document.AlignLeft},
			{Title: "Đơn vị", Share: 0.27, Align: document.AlignLeft},
			{Title: "Giấy mời", Share: 0.11, Align: document.Center},
			{Title: "Trả lời", Share: 0.13, Align: document.AlignLeft},
		}}
		for _, g := range all {
			if g.Category != y.ID {
				continue
			}
			n++
			invitation := ""
			if g.Number > 0 {
				invitation = fmt.Sprintf("%02d", g.Number)
			}
			t.Rows = append(t.Rows, []document.Text{
				document.Plain(fmt.Sprint(n)), document.Plain(g.Name), document.Plain(g.Post), document.Plain(g.Unit), document.Plain(invitation), document.Plain(answerText[g.Answer]),
			})
		}
		if len(t.Rows) > 0 {
			d.Body = append(d.Body, document.Heading{Level: 1, Text: fmt.Sprintf("%s (%d)", y.Title, len(t.Rows))}, t)
		}
	}
	return d
}
