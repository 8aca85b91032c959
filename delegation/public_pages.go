package delegation

import (
	"cmp"
	"time"

	"chibo/kit/fault"
	"chibo/kit/limit"
	"chibo/kit/web"
	"chibo/notice"
)

// guessRate is how many wrong codes one address may try: nobody guesses 130 bits, this only
// spares the database.
var guessRate = limit.Allowance{Burst: 30, Every: 10 * time.Second}

// held returns the invitation of the code in the address. The code is the key: it stands in
// no log, and the page in no search.
func (p *Pages) held(c *web.Ctx) (Invitation, error) {
	c.Writer.Header().Set("X-Robots-Tag", "noindex, nofollow")
	d, err := ByCode(c.Context(), p.DB, c.Param("code"))
	if fault.Is(err, fault.NotFound) {
		return Invitation{}, p.wrong(c, err)
	}
	if err != nil {
		return Invitation{}, err
	}
	return invitationOf(c.Context(), p.DB, d)
}

// wrong counts a code that is none, and returns what is answered: unknown, or too many. Whoever has
// a good one never waits: a hall has one address.
func (p *Pages) wrong(c *web.Ctx, unknown error) error {
	guess := limit.Bucket{Key: "code@" + p.Accounts.RemoteAddress(c.Request), Allowance: guessRate}
	if err := p.limits.Check(c.Context(), p.DB, p.Now(), fault.New(fault.TooMany, "delegation.problem.guessing"), guess); err != nil {
		return err
	}
	return cmp.Or(p.limits.Charge(c.Context(), p.DB, p.Now(), guess), unknown)
}

func (p *Pages) invitation(c *web.Ctx) error {
	page, err := p.invitationPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) invitationPage(c *web.Ctx, form web.Form) (web.Page, error) {
	v, err := p.held(c)
	if err != nil {
		return web.Page{}, err
	}
	view := publicView{Invitation: v, l: c.L, form: form, base: c.Base(), over: v.Over(p.now())}
	for _, aside := range p.Asides {
		card, err := aside(c, v)
		if err != nil {
			return web.Page{}, err
		}
		view.asides = append(view.asides, card)
	}
	return web.Page{Title: c.L.T("delegation.invitation.title"), Bare: true, Body: view.body()}, nil
}

func (p *Pages) reply(c *web.Ctx) error {
	v, err := p.held(c)
	if err != nil {
		return err
	}
	var r Reply
	if err = c.Decode(&r); err == nil {
		err = p.Reply(c.Context(), v.Code, r)
	}
	if err == nil {
		return c.Done(v.Delegate.Invitation(), "delegation.done.answered")
	}
	return c.Redraw(err)(p.invitationPage(c, c.Refill(err)))
}

// calendar is the sittings as a calendar file, which a telephone keeps.
func (p *Pages) calendar(c *web.Ctx) error {
	v, err := p.held(c)
	if err != nil {
		return err
	}
	events := make([]notice.Event, len(v.Attends))
	for i, y := range v.Attends {
		place := y.Venue
		if y.Address != "" {
			place += ", " + y.Address
		}
		events[i] = notice.Event{UID: y.ID, Changed: v.IssuedAt, Title: y.Title, Place: place, Start: y.StartsAt, End: y.EndsAt, URL: "/"}
	}
	return c.Download("hoi-nghi.ics", "text/calendar; charset=utf-8", notice.Calendar(events, c.Base(), p.now()))
}

// own leads somebody who has signed in to their own invitation.
func (p *Pages) own(c *web.Ctx) error {
	mine, err := invitedTo(c.Context(), p.DB, c.Who.Root, c.Who.Member)
	if err != nil {
		return err
	}
	for _, d := range mine {
		if d.ID == c.Param("delegate") && c.Who.Member != "" {
			return c.See(d.Invitation())
		}
	}
	return fault.New(fault.NotFound, "fault.not_found")
}
