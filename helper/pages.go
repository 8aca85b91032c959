package helper

import (
	"chibo/kit/access"
	"chibo/kit/web"
	"chibo/meeting"
	"chibo/member"
	"chibo/proceedings"
	"chibo/room"
)

// Pages are the page of those who invite, and the one at which a second device comes in.
type Pages struct{ *Service }

// Routes is this feature's part of the table of contents. Whoever comes in has no
// account: there the code is the right.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /rooms/{meeting}/helpers", Need: room.Hold, Do: p.list},
		{Pattern: "POST /rooms/{meeting}/helpers", Need: room.Hold, Do: p.invite},
		{Pattern: "POST /rooms/{meeting}/helpers/{helper}/remove", Need: room.Hold, Do: p.remove},

		{Pattern: "GET /may-2", Need: access.Public, Do: p.knock},
		{Pattern: "GET /may-2/{code}", Need: access.Public, Do: p.scanned},
		{Pattern: "POST /may-2", Need: access.Public, Do: p.join},
	}
}

// view reads the page of those who invite.
func (p *Pages) view(c *web.Ctx) (listView, error) {
	m, _, err := meeting.VisibleAny(c.Context(), p.DB, c.Who, room.Hold, c.Param("meeting"))
	if err != nil {
		return listView{}, err
	}
	v := listView{L: c.L, m: m, now: p.now(), base: c.Base(), form: c.Fill(Invitation{Duty: proceedings.Roll})}
	if v.helpers, err = ofMeeting(c.Context(), p.DB, m.Root, m.ID); err != nil {
		return v, err
	}
	v.roll, err = member.Roll(c.Context(), p.DB, m.Root, m.Organization, m.Day())
	return v, err
}

// list is asked for again while somebody is awaited.
func (p *Pages) list(c *web.Ctx) error {
	v, err := p.view(c)
	if err != nil {
		return err
	}
	if c.HX() {
		return c.Fragment(v.invited())
	}
	return c.Page(v.page())
}

func (p *Pages) invite(c *web.Ctx) error {
	v, err := p.view(c)
	if err != nil {
		return err
	}
	var i Invitation
	if err = c.Decode(&i); err == nil {
		_, err = p.Invite(c.Context(), c.Who, v.m.ID, i)
	}
	if err != nil {
		v.form = c.Refill(err)
		return c.Again(err, v.page())
	}
	return c.See(path(v.m.ID))
}

func (p *Pages) remove(c *web.Ctx) error {
	if err := p.Remove(c.Context(), c.Who, c.Param("meeting"), c.Param("helper")); err != nil {
		return err
	}
	return c.Done(path(c.Param("meeting")), "helper.removed")
}

func path(meetingID string) string { return "/rooms/" + meetingID + "/helpers" }

// code is the form at which a second device comes in.
type code struct {
	Code string `form:"code"`
}

func (p *Pages) knock(c *web.Ctx) error { return c.Page(knockView(c, c.Fill(code{}))) }

// scanned fills the code in. Pressing the button is left to the person: programs that
// look ahead at links must not use up a code that is good once.
func (p *Pages) scanned(c *web.Ctx) error {
	digits := onlyDigits(c.Param("code"))
	return c.Page(knockView(c, c.Fill(code{digits[:min(len(digits), codeDigits)]})))
}

func (p *Pages) join(c *web.Ctx) error {
	var f code
	err := c.Decode(&f)
	if err != nil {
		return c.Again(err, knockView(c, c.Refill(err)))
	}
	if c.Who.SignedIn() {
		return c.See("/may-2")
	}
	to, token, err := p.Join(c.Context(), p.Accounts.RemoteAddress(c.Request), f.Code)
	if err != nil {
		return c.Again(err, knockView(c, c.Refill(err)))
	}
	c.Cookie(p.cookieName(), token, int(seatLife.Seconds()))
	return c.See(to)
}
