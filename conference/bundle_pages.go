package conference

import (
	"context"

	g "maragu.dev/gomponents"

	"chibo/kit/db"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
)

// bundle answers with the file of the conference. Who has taken it away stands in the log.
func (p *Pages) bundle(c *web.Ctx) error {
	if _, err := p.kept(c); err != nil {
		return err
	}
	f, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	b := Bundle{Conference: f.Conference, Unit: f.Unit, Issuer: f.Plan.Latest().Facts.Issuer, At: p.now(), Taken: c.Taken(), Papers: f.papers()}
	hosted, err := p.Hosted.papers(c.Context(), c.Who, f)
	if err != nil {
		return err
	}
	b.Papers = append(b.Papers, hosted...)
	for _, offered := range p.Papers {
		more, err := offered(c, f.Conference)
		if err != nil {
			return err
		}
		b.Papers = append(b.Papers, more...)
	}
	if err := p.Audit.Took(c.Context(), p.DB, c.Who, f.Root, "conference.bundle.taken", f.ID); err != nil {
		return err
	}
	return c.Stream(b.At.Date().String()+" Hồ sơ hội nghị.zip", "application/zip", b.Write)
}

// papers are the plan and the programmes: what the conference itself has.
func (f File) papers() []Paper {
	var out []Paper
	for _, v := range f.Plan {
		if !v.IssuedAt.IsZero() {
			out = append(out, Document(PlanPaper, "Kế hoạch số "+v.Number, f.Plan.Paper(v, v.Dated)))
		}
	}
	if len(out) == 0 {
		out = append(out, Lacking(PlanPaper, "Kế hoạch", "Kế hoạch chưa được ban hành."))
	}
	for _, y := range f.Sittings {
		title := "Chương trình: " + y.Title
		if len(y.Programme) == 0 {
			out = append(out, Lacking(ProgrammePaper, title, "Buổi hội nghị chưa có chương trình."))
			continue
		}
		out = append(out, Document(ProgrammePaper, title, y.Programme.Paper(f.Unit, f.Plan.Latest().Facts.Issuer, y.Sitting)))
	}
	return out
}

// bundleCard leads those who keep the conference to its file.
func (v fileView) bundleCard() g.Node {
	if !v.Keeps {
		return nil
	}
	return part.NoPrint(part.Card(part.CardHead(v.l.T("conference.bundle")), part.Muted(g.Text(v.l.T("conference.bundle.help"))),
		part.LinkButton(v.Path()+"/file.zip", v.l.T("conference.bundle.do"), part.Wide, part.IconDownload)))
}

func (p *Pages) whose(c *web.Ctx) (web.List, error) {
	x, err := p.kept(c)
	if err != nil {
		return web.List{}, err
	}
	return Whose(c.Context(), p.DB, x)
}

// Whose says of whose people the lists of a conference tell: all of the same, whatever they are
// printed on.
func Whose(ctx context.Context, q db.Q, x Conference) (web.List, error) {
	o, err := organization.Find(ctx, q, x.Root, x.Organization)
	return web.List{Kind: "permit.kind.delegates", Root: o.Root, Unit: o.ID, Subject: "conference:" + x.ID}, err
}
