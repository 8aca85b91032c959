package visit

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/locale"
	"chibo/kit/web"
)

// before is what the visitor reads of the cell beforehand.
func (p *Pages) before(c *web.Ctx) error {
	b, err := p.Before(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	v := beforeView{Before: b, L: c.L, Today: p.today()}
	return c.Page(web.Page{
		Title: c.L.T("visit.before"), Lead: b.Cell + " · " + c.L.Moment(b.StartsAt), Section: section,
		Crumbs: append(crumbs(c), web.Crumb{Text: b.Cell, URL: b.Path()}), Action: v.action(), Body: v.body(),
	})
}

func (p *Pages) sheet(c *web.Ctx) error {
	page, err := p.sheetPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// sheetPage is the sheet while it is written; f is a remark that was refused, if its
// head is filled.
func (p *Pages) sheetPage(c *web.Ctx, f web.Form) (web.Page, error) {
	sheet, err := p.open(c)
	if err != nil {
		return web.Page{}, err
	}
	v := sheetView{Sheet: sheet, L: c.L, form: f, Account: c.Who.Account, Fresh: id.New}
	return web.Page{
		Title: c.L.T("visit.sheet"), Lead: sheet.Cell + " · " + c.L.Moment(sheet.StartsAt), Section: section,
		Crumbs: append(crumbs(c), web.Crumb{Text: sheet.Cell, URL: sheet.Path()}), Body: v.body(),
	}, nil
}

// open returns the sheet of one's own visit that is not finished.
func (p *Pages) open(c *web.Ctx) (Sheet, error) {
	if _, err := writing(c.Context(), p.DB, c.Who, c.Param("id")); err != nil {
		return Sheet{}, err
	}
	return p.Load(c.Context(), p.DB, c.Who, c.Param("id"))
}

// note takes a remark of a form, or those that a device has kept.
func (p *Pages) note(c *web.Ctx) error {
	if strings.HasPrefix(c.Request.Header.Get("Content-Type"), "application/json") {
		return p.noteAll(c)
	}
	var r Remark
	err := c.Decode(&r)
	if err == nil {
		err = p.Note(c.Context(), c.Who, c.Param("id"), r)
	}
	if err != nil {
		return c.Redraw(err)(p.sheetPage(c, c.Refill(err)))
	}
	return c.Done("/visits/"+c.Param("id")+"/sheet", "visit.done.noted")
}

// taken is the answer to one remark of a device: a problem says why it was refused.
type taken struct {
	ID      string `json:"id"`
	Problem string `json:"problem,omitempty"`
}

// mostAtOnce bounds what a device sends in one request, in bytes.
const mostAtOnce = 1 << 20

// noteAll takes what a device has kept, remark by remark: one that is refused does not
// keep the others out.
func (p *Pages) noteAll(c *web.Ctx) error {
	if by := c.Request.Header.Get("Chibo-Account"); by != "" && by != c.Who.Account {
		return fault.New(fault.SignIn, "fault.sign_in") // the device has changed hands
	}
	raw, err := c.Body(mostAtOnce)
	if err != nil {
		return err
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return fault.New(fault.Invalid, "visit.problem.json")
	}
	if _, err := own(c.Context(), p.DB, c.Who, c.Param("id")); err != nil {
		return err
	}
	out := make([]taken, len(parts))
	for i, part := range parts {
		var r Remark
		err := json.Unmarshal(part, &r)
		if out[i].ID = r.ID; err != nil || !id.Valid(r.ID) {
			out[i].Problem = c.L.T("visit.problem.json")
			continue
		}
		err = p.Note(c.Context(), c.Who, c.Param("id"), r)
		if fault.Is(err, fault.Internal) {
			return err
		}
		out[i].Problem = problemOf(c.L, err)
	}
	return c.JSON(out)
}

// problemOf puts a refusal in words, empty for none.
func problemOf(l locale.L, err error) string {
	if err == nil {
		return ""
	}
	f := fault.Of(err)
	for _, field := range slices.Sorted(maps.Keys(f.Fields)) {
		return l.T(f.Fields[field])
	}
	return l.T(f.Key)
}

func (p *Pages) strike(c *web.Ctx) error {
	if err := p.Strike(c.Context(), c.Who, c.Param("id"), c.Param("remark")); err != nil {
		return err
	}
	return c.Done("/visits/"+c.Param("id")+"/sheet", "visit.done.struck")
}

// finishing shows the whole sheet once more, with what stood in an earlier one word for
// word, before it goes to the cell.
func (p *Pages) finishing(c *web.Ctx) error {
	sheet, err := p.open(c)
	if err != nil {
		return err
	}
	v := finishView{Sheet: sheet, L: c.L, Now: p.now()}
	if v.Echoes, err = p.Echoes(c.Context(), p.DB, sheet); err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: c.L.T("visit.finish"), Lead: sheet.Cell + " · " + c.L.Moment(sheet.StartsAt), Section: section,
		Crumbs: append(crumbs(c), web.Crumb{Text: c.L.T("visit.sheet"), URL: sheet.Path() + "/sheet"}), Body: v.body(),
	})
}

func (p *Pages) finish(c *web.Ctx) error {
	if err := p.Finish(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/visits/"+c.Param("id"), "visit.done.finished")
}
