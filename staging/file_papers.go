package staging

import (
	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
)

// Papers offers the list of duties for the file of the conference.
func (p *Pages) Papers(c *web.Ctx, x conference.Conference) ([]conference.Paper, error) {
	const title = "Phân công, công tác tổ chức"
	w, err := p.View(c.Context(), c.Who, x.ID)
	if fault.Is(err, fault.NotFound) || err == nil && len(w.Duties) == 0 {
		return []conference.Paper{conference.Lacking(conference.DutyList, title, "Chưa phân công việc nào.")}, nil
	}
	return []conference.Paper{conference.Table(conference.DutyList, title, table(locale.Vietnamese, w, p.now()))}, err
}
