package quality

import (
	"context"
	"fmt"
	"strings"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/member"
	"chibo/organization"
	"chibo/rubric"
)

// Texts of papers are Vietnamese whoever reads the screen.

// paper answers with the sheet of a score in one form: "docx" or "pdf".
func (p Pages) paper(form string) web.Handler {
	return func(c *web.Ctx) error {
		f, err := p.Load(c.Context(), p.DB, c.Who.Scope(MayRead), c.Param("id"))
		if err != nil {
			return err
		}
		if !f.MaySee(c.Who) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		d, err := paperOf(c.Context(), p.DB, f)
		if err != nil {
			return err
		}
		return document.Send(c, d, f.Meeting.Day().String()+" Phiếu chấm chất lượng sinh hoạt."+form, form)
	}
}

// Bound returns the score sheet of a meeting for a volume; false while the cell has not
// agreed on its score.
func (s *Service) Bound(ctx context.Context, q db.Q, cell organization.Organization, meeting string) (document.Doc, bool, error) {
	score, begun, err := scoreOf(ctx, q, cell.Root, meeting)
	if err != nil || !begun || score.State == Draft {
		return document.Doc{}, false, err
	}
	f, err := s.Load(ctx, q, access.Whole(cell.Root, cell.Path), meeting)
	if err != nil {
		return document.Doc{}, false, err
	}
	d, err := paperOf(ctx, q, f)
	return d, true, err
}

func paperOf(ctx context.Context, q db.Q, f File) (document.Doc, error) {
	superior := f.Organization.Superior
	if superior == "" && f.Organization.Parent != "" {
		parent, err := organization.Find(ctx, q, f.Organization.Root, f.Organization.Parent)
		if err != nil {
			return document.Doc{}, err
		}
		superior = parent.Name
	}
	names, err := member.Names(ctx, q, f.Meeting.Root, f.Meeting.Chair, f.Score.Decision.By)
	return f.doc(superior, names), err
}

// doc lays the sheet out with a column of points for each of the two hands (the form of
// most local sheets).
func (f File) doc(superior string, names map[string]string) document.Doc {
	s, l := f.Score, locale.Vietnamese
	day := f.Meeting.Day()
	d := document.Doc{
		Layout: document.LayoutOn(day), Superior: superior, Issuer: f.Organization.Name, Place: f.Organization.Town, Date: day,
		Title: "Phiếu chấm điểm", Subject: "chất lượng " + lower(f.Meeting.Title),
		Bases: []string{fmt.Sprintf("Căn cứ %s của %s, ngày %s (%s)", f.Rubric.Source.Number, f.Rubric.Source.Body, f.Rubric.Source.Date.Slashed(), f.Rubric.Name)},
		Signatures: []document.Signature{
			{For: "T/M CẤP ỦY CẤP TRÊN", Name: names[s.Decision.By]},
			{For: "T/M CHI ỦY", As: "BÍ THƯ", Name: names[f.Meeting.Chair]},
		},
	}
	if !s.State.Decided() {
		d.Mark = "Dự thảo"
	}
	d.Body = append(d.Body, f.table(l))
	d.Body = append(d.Body, f.results(l)...)
	if len(f.Remedies) > 0 {
		d.Body = append(d.Body, document.Paragraph{Text: document.Bold("Hạn chế và việc khắc phục"), Keep: true}, f.weaknesses())
	}
	return d
}

func lower(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

func (f File) table(l locale.L) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "TT", Share: .08, Align: document.Center},
		{Title: "Tiêu chí", Share: .52},
		{Title: "Điểm tối đa", Share: .12, Align: document.Center},
		{Title: "Chi ủy chấm", Share: .14, Align: document.Center},
		{Title: "Cấp trên chấm", Share: .14, Align: document.Center},
	}}
	for _, line := range f.Rubric.Lines {
		t.Rows = append(t.Rows, f.rows(l, line)...)
	}
	bold := func(s string) document.Text { return document.Bold(s) }
	above := ""
	if f.Score.State.Decided() {
		above = f.Score.Decision.Points.Text(l)
	}
	t.Rows = append(t.Rows, []document.Text{nil, bold("Tổng"), bold(f.Sum.Of.Text(l)), bold(f.Sum.Points.Text(l)), bold(above)})
	return t
}

// rows are a line with what stands under it; a criterion is set in bold with its sum.
func (f File) rows(l locale.L, line rubric.Line) [][]document.Text {
	var most, own, above rubric.Points
	var under [][]document.Text
	rubric.Leaves([]rubric.Line{line}, func(leaf rubric.Line) {
		counted, ok := f.Rubric.Line(f.Kind(), leaf.ID)
		if !ok {
			return
		}
		most, own, above = most+counted.Max, own+f.Marks[leaf.ID].Points, above+f.Score.Above[leaf.ID].Points
		if leaf.ID == line.ID {
			return
		}
		under = append(under, []document.Text{
			document.Plain(leaf.ID), document.Plain(leaf.Text), document.Plain(counted.Max.Text(l)), document.Plain(f.mark(l, f.Marks, leaf.ID)), document.Plain(f.mark(l, f.Score.Above, leaf.ID)),
		})
	})
	if most == 0 {
		return nil
	}
	head := []document.Text{document.Bold(line.ID), document.Bold(line.Text), document.Bold(most.Text(l)), document.Bold(own.Text(l)), document.Bold("")}
	if len(under) == 0 {
		head[3] = document.Bold(f.mark(l, f.Marks, line.ID))
	}
	if f.Score.State.Decided() {
		head[4] = document.Bold(above.Text(l))
	}
	return append([][]document.Text{head}, under...)
}

func (f File) mark(l locale.L, marks Marks, id string) string {
	if m, ok := marks[id]; ok {
		return m.Points.Text(l)
	}
	return ""
}

// results say what each hand came to.
func (f File) results(l locale.L) []document.Block {
	s := f.Score
	if s.State == Draft {
		return nil
	}
	say := func(format string, args ...any) document.Block { return document.Para(fmt.Sprintf(format, args...)) }
	level := func(v rubric.Level) string { return l.Of("rubric.level", string(v)) }
	out := []document.Block{say("Chi ủy tự chấm: %s điểm, xếp mức %s.", s.Own.Points.Text(l), level(s.Own.Level))}
	if b := s.Ballot; !b.At.IsZero() {
		out = append(out, say("Chi bộ biểu quyết: tán thành %d/%d; không tán thành %d; ý kiến khác %d.", b.For, b.Entitled, b.Against, b.Other()))
	}
	if s.State.Decided() {
		out = append(out, say("Cấp ủy cấp trên quyết định: %s điểm, xếp mức %s.", s.Decision.Points.Text(l), level(s.Decision.Level)))
		if s.Reason != "" {
			out = append(out, say("Lý do điều chỉnh: %s", s.Reason))
		}
	}
	return out
}

func (f File) weaknesses() document.Table {
	t := document.Table{Columns: []document.Column{{Title: "Hạn chế", Share: .38}, {Title: "Việc khắc phục", Share: .42}, {Title: "Thời hạn", Share: .2, Align: document.Center}}}
	for _, r := range f.Remedies {
		t.Rows = append(t.Rows, []document.Text{document.Plain(r.Weakness), document.Plain(r.Remedy), document.Plain(r.Due.Slashed())})
	}
	return t
}
