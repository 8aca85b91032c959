package staging

import (
	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/organization"
)

// Papers offers the list of duties and the approved scripts for the file of the conference.
func (p *Pages) Papers(c *web.Ctx, x conference.Conference) ([]conference.Paper, error) {
	const title = "Phân công, công tác tổ chức"
	duties := conference.Lacking(conference.DutyList, title, "Chưa phân công việc nào.")
	w, err := p.View(c.Context(), c.Who, x.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if len(w.Duties) > 0 {
		duties = conference.Table(conference.DutyList, title, table(locale.Vietnamese, w, p.now()))
	}
	scripts, err := p.scriptPapers(c, x)
	return append([]conference.Paper{duties}, scripts...), err
}

// scriptPapers are the approved scripts of the sittings.
func (p *Pages) scriptPapers(c *web.Ctx, x conference.Conference) ([]conference.Paper, error) {
	unit, err := organization.Find(c.Context(), p.DB, x.Root, x.Organization)
	if err != nil {
		return nil, err
	}
	sittings, err := conference.Sittings(c.Context(), p.DB, x)
	if err != nil {
		return nil, err
	}
	var out []conference.Paper
	for _, y := range sittings {
		title := "Kịch bản: " + y.Title
		v, err := p.Sheet(c.Context(), c.Who, x.ID, y.ID)
		switch {
		case err != nil:
			return nil, err
		case v.Version == 0:
			out = append(out, conference.Lacking(conference.ScriptPaper, title, "Kịch bản chưa được duyệt."))
		default:
			out = append(out, conference.Document(conference.ScriptPaper, title, scriptDoc(unit, v)))
		}
		rehearsed, err := p.rehearsalPapers(c, unit, v)
		if err != nil {
			return nil, err
		}
		out = append(out, rehearsed...)
	}
	return out, nil
}

// rehearsalPapers are the records of the rehearsals of a sitting that were concluded.
func (p *Pages) rehearsalPapers(c *web.Ctx, unit organization.Organization, v Sheet) ([]conference.Paper, error) {
	title := "Tổng duyệt: " + v.At.Title
	var out []conference.Paper
	for _, r := range v.Rehearsals {
		if !r.Concluded() {
			continue
		}
		record, err := p.Rehearsal(c.Context(), c.Who, v.Of.ID, v.At.ID, r.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, conference.Document(conference.RehearsalPaper, title, rehearsalDoc(unit, record)))
	}
	if len(out) == 0 {
		out = append(out, conference.Lacking(conference.RehearsalPaper, title, "Chưa có buổi tổng duyệt nào được kết luận."))
	}
	return out, nil
}
