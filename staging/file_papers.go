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
	}
	return out, nil
}
