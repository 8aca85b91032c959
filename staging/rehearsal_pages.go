package staging

import (
	"strconv"
	"strings"

	"chibo/conference"
	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
)

// rehearsalRoutes are the routes of the rehearsals of a sitting.
func (p *Pages) rehearsalRoutes() []web.Route {
	const at = " /conferences/{id}/script/{sitting}/rehearsals"
	return []web.Route{
		{Pattern: "GET" + at + "/new", Need: conference.Keep, Do: p.newRehearsal},
		{Pattern: "POST" + at, Need: conference.Keep, Do: p.rehearse},
		{Pattern: "GET" + at + "/{rehearsal}", Need: conference.MayRead, Do: p.rehearsal},
		{Pattern: "GET" + at + "/{rehearsal}/paper/{form}", Need: conference.MayRead, Do: p.rehearsalPaper},
		{Pattern: "GET" + at + "/{rehearsal}/edit", Need: conference.Keep, Do: p.editRehearsal},
		{Pattern: "POST" + at + "/{rehearsal}/edit", Need: conference.Keep, Do: p.moveRehearsal},
		{Pattern: "POST" + at + "/{rehearsal}/times", Need: conference.Keep, Do: p.time},
		{Pattern: "POST" + at + "/{rehearsal}/remarks", Need: conference.Keep, Do: p.remark},
		{Pattern: "POST" + at + "/{rehearsal}/conclude", Need: conference.Keep, Do: p.judge},
		{Pattern: "POST" + at + "/{rehearsal}/drop", Need: conference.Keep, Do: p.callOff},
	}
}

// convening is the form that sets a rehearsal: its day and hour apart.
type convening struct {
	Rehearsal

	Day   when.Date `form:"day"`
	Clock string    `form:"clock"` // 14:00
}

// rehearsal reads the form. An hour that nobody can read is none, and refused as such.
func (f convening) rehearsal() Rehearsal {
	r := f.Rehearsal
	r.StartsAt = hour(f.Day, f.Clock)
	return r
}

// dayBefore is how many days before its sitting a rehearsal is proposed.
const dayBefore = 3

func (p *Pages) newRehearsal(c *web.Ctx) error {
	sheet, err := p.kept(c)
	if err != nil {
		return err
	}
	proposed := convening{Rehearsal: Rehearsal{Place: sheet.At.Venue}, Day: sheet.At.StartsAt.Date().AddDays(-dayBefore), Clock: "14:00"}
	return c.Page(p.conveningPage(c, sheet, "", c.Fill(proposed)))
}

// conveningPage is the form of a rehearsal, of a new one where id is empty.
func (p *Pages) conveningPage(c *web.Ctx, sheet Sheet, id string, f web.Form) web.Page {
	return web.Page{Title: c.L.T("staging.rehearsal"), Section: section, Lead: sheet.At.Title, Crumbs: below(c, sheet), Body: conveningView{sheet, c.L, id, f}.body()}
}

// below are the crumbs of a page below a script.
func below(c *web.Ctx, sheet Sheet) []web.Crumb {
	return crumbs(c, Work{Conference: sheet.Of, Knows: sheet.Knows}, web.Crumb{Text: c.L.T("staging.script"), URL: sheet.Path()})
}

func (p *Pages) rehearse(c *web.Ctx) error {
	x, y := at(c)
	var f convening
	var r Rehearsal
	err := c.Decode(&f)
	if err == nil {
		r, err = p.Rehearse(c.Context(), c.Who, x, y, f.rehearsal())
	}
	if err == nil {
		return c.Done(r.Path(), "staging.done.rehearsal")
	}
	return p.conveneAgain(c, "", err)
}

// conveneAgain shows the form of a rehearsal with what was refused.
func (p *Pages) conveneAgain(c *web.Ctx, id string, err error) error {
	if fault.Is(err, fault.NotFound) {
		return err
	}
	sheet, found := p.kept(c)
	if found != nil {
		return found
	}
	return c.Again(err, p.conveningPage(c, sheet, id, c.Refill(err)))
}

func (p *Pages) editRehearsal(c *web.Ctx) error {
	v, err := p.rehearsing(c)
	if err == nil && !v.Sheet.Keeps {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return err
	}
	return c.Page(p.conveningPage(c, v.Sheet, v.ID, c.Fill(convening{v.Rehearsal, v.StartsAt.Date(), v.StartsAt.HHMM()})))
}

func (p *Pages) moveRehearsal(c *web.Ctx) error {
	x, y := at(c)
	r := Rehearsal{Conference: x, Sitting: y, ID: c.Param("rehearsal")}
	var f convening
	err := c.Decode(&f)
	if err == nil {
		err = p.MoveRehearsal(c.Context(), c.Who, x, y, r.ID, f.rehearsal())
	}
	if err == nil {
		return c.Done(r.Path(), "staging.done.rehearsal")
	}
	return p.conveneAgain(c, r.ID, err)
}

func (p *Pages) rehearsing(c *web.Ctx) (Rehearsing, error) {
	x, y := at(c)
	return p.Rehearsal(c.Context(), c.Who, x, y, c.Param("rehearsal"))
}

func (p *Pages) rehearsal(c *web.Ctx) error {
	page, err := p.rehearsalPage(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// rehearsalPage is the record of a rehearsal; the form of one of its cards comes back as it
// was refused.
func (p *Pages) rehearsalPage(c *web.Ctx, card string, refused web.Form) (web.Page, error) {
	r, err := p.rehearsing(c)
	if err != nil {
		return web.Page{}, err
	}
	v := rehearsalView{Rehearsing: r, l: c.L, now: p.now(), card: card, refused: refused}
	if v.Edits() {
		if v.people, err = p.staff(c.Context(), p.DB, v.Sheet.Of); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{
		Title: c.L.T("staging.rehearsal"), Section: section, Lead: v.Sheet.At.Title + " · " + c.L.Moment(v.StartsAt),
		Crumbs: below(c, v.Sheet), Action: v.action(), Body: v.body(),
	}, nil
}

// doneRehearsal leads back to the record, or shows the form of its card again.
func (p *Pages) doneRehearsal(c *web.Ctx, err error, card, key string) error {
	if err == nil {
		x, y := at(c)
		return c.Done(Rehearsal{Conference: x, Sitting: y, ID: c.Param("rehearsal")}.Path(), key)
	}
	if fault.Is(err, fault.NotFound) {
		return err
	}
	return c.Redraw(err)(p.rehearsalPage(c, card, c.Refill(err)))
}

func (p *Pages) time(c *web.Ctx) error {
	x, y := at(c)
	values, err := c.Values()
	if err == nil {
		took := map[string]int{}
		for field := range values {
			card, is := strings.CutPrefix(field, tookField(""))
			if !is {
				continue
			}
			n, bad := strconv.Atoi(values.Get(field))
			if bad != nil && values.Get(field) != "" {
				n = -1 // what is no number is refused
			}
			took[card] = n
		}
		err = p.Time(c.Context(), c.Who, x, y, c.Param("rehearsal"), took)
	}
	return p.doneRehearsal(c, err, "times", "staging.done.timed")
}

// remarking is the form of what is to be changed of a card.
type remarking struct {
	form

	Card string `form:"card"`
}

func (p *Pages) remark(c *web.Ctx) error {
	x, y := at(c)
	var f remarking
	err := c.Decode(&f)
	if err == nil {
		d := f.duty()
		d.Card, d.Sitting = f.Card, y
		_, err = p.Remark(c.Context(), c.Who, x, y, c.Param("rehearsal"), d)
	}
	return p.doneRehearsal(c, err, "remark", "staging.done.remarked")
}

func (p *Pages) judge(c *web.Ctx) error {
	x, y := at(c)
	var to Rehearsal
	err := c.Decode(&to)
	if err == nil {
		err = p.Judge(c.Context(), c.Who, x, y, c.Param("rehearsal"), to)
	}
	return p.doneRehearsal(c, err, "conclude", "staging.done.concluded")
}

func (p *Pages) callOff(c *web.Ctx) error {
	x, y := at(c)
	if err := p.CallOff(c.Context(), c.Who, x, y, c.Param("rehearsal")); err != nil {
		return err
	}
	return c.Done(ScriptPath(x, y), "staging.done.called_off")
}

func (p *Pages) rehearsalPaper(c *web.Ctx) error {
	v, err := p.rehearsing(c)
	if err != nil {
		return err
	}
	o, err := organization.Find(c.Context(), p.DB, v.Root, v.Sheet.Of.Organization)
	if err != nil {
		return err
	}
	d := rehearsalDoc(o, v)
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+c.Param("form"), c.Param("form"))
}
