package notice

import (
	"context"
	"strconv"
	"strings"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
)

// Source gives the events of a member's calendar, oldest first; features that
// have dates are wired to Pages by package app.
type Source func(ctx context.Context, q db.Q, root, member string) ([]Event, error)

// Pages are the inbox and the calendar feed.
type Pages struct {
	*Service
	// Mails says that a mail server is configured, Calls that devices may be called.
	Mails   bool
	Calls   bool
	Sources []Source
}

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /inbox", Need: access.SignedIn, Do: p.inbox},
		{Pattern: "POST /inbox/read", Need: access.SignedIn, Do: p.readAll},
		{Pattern: "POST /inbox/{id}/open", Need: access.SignedIn, Do: p.open},
		{Pattern: "POST /inbox/mail", Need: access.SignedIn, Do: p.mail},
		{Pattern: "POST /inbox/manner", Need: access.SignedIn, Do: p.manner},
		{Pattern: "POST /inbox/push", Need: access.SignedIn, Do: p.callOn},
		{Pattern: "POST /inbox/push/{id}/drop", Need: access.SignedIn, Do: p.dropDevice},
		{Pattern: "POST /inbox/calendar", Need: access.SignedIn, Do: p.makeFeed},
		{Pattern: "POST /inbox/calendar/revoke", Need: access.SignedIn, Do: p.revokeFeed},
		{Pattern: "GET /calendar/{file}", Need: access.Public, Do: p.calendar},
	}
}

// aPage is how many notices a page of the inbox shows.
const aPage = 30

func (p *Pages) inbox(c *web.Ctx) error {
	page, err := p.inboxPage(c, part.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// inboxPage is the inbox; f is the form of the person's manner when it has to be
// mended.
func (p *Pages) inboxPage(c *web.Ctx, f part.Form) (web.Page, error) {
	before := p.now() + 1 // told before: what is told this very moment too
	if n, err := strconv.ParseInt(c.Query("before"), 10, 64); err == nil {
		before = when.Instant(n)
	}
	notices, err := p.Inbox(c.Context(), c.Who, before, aPage+1)
	if err != nil {
		return web.Page{}, err
	}
	v := inboxView{notices: notices, mails: p.Mails, onRoll: c.Who.Member != "", manner: f}
	if len(notices) > aPage {
		v.notices, v.more = notices[:aPage], notices[aPage-1].ToldAt
	}
	if err := p.fillSettings(c, &v); err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: c.L.T("notice.title"), Section: "inbox", Action: readAllButton(c.L, v.unread), Body: v.body(c.L)}, nil
}

// fillSettings reads what the person has chosen.
func (p *Pages) fillSettings(c *web.Ctx, v *inboxView) error {
	var err error
	if v.unread, err = Unread(c.Context(), p.DB, c.Who); err != nil {
		return err
	}
	if v.wantsMail, err = p.WantsMail(c.Context(), c.Who); err != nil {
		return err
	}
	if !v.manner.Wrong() {
		manner, err := MannerOf(c.Context(), p.DB, c.Who.Root, c.Who.Member)
		if err != nil {
			return err
		}
		v.manner = c.Fill(manner)
	}
	if p.Calls && v.onRoll {
		if v.pushKey, err = p.PushKey(c.Context()); err != nil {
			return err
		}
		if v.devices, err = p.Devices(c.Context(), c.Who); err != nil {
			return err
		}
	}
	feed, has, err := p.FeedOf(c.Context(), c.Who)
	if has {
		v.feed = c.Base() + feed.Path()
	}
	return err
}

func (p *Pages) manner(c *web.Ctx) error {
	var m Manner
	err := c.Decode(&m)
	if err == nil {
		err = p.SetManner(c.Context(), c.Who, m)
	}
	if err == nil {
		return c.Done("/inbox#manner", "notice.done.manner")
	}
	return c.Redraw(err)(p.inboxPage(c, c.Refill(err)))
}

func (p *Pages) open(c *web.Ctx) error {
	path, err := p.Open(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.See(path)
}

func (p *Pages) readAll(c *web.Ctx) error {
	if err := p.ReadAll(c.Context(), c.Who); err != nil {
		return err
	}
	return c.Done("/inbox", "notice.done.read_all")
}

func (p *Pages) mail(c *web.Ctx) error {
	var f struct {
		Wanted bool `form:"wanted"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	if err := p.WantMail(c.Context(), c.Who, f.Wanted); err != nil {
		return err
	}
	if f.Wanted {
		return c.Done("/inbox", "notice.done.mail_on")
	}
	return c.Done("/inbox", "notice.done.mail_off")
}

func (p *Pages) callOn(c *web.Ctx) error {
	var d Device
	if err := c.Decode(&d); err != nil {
		return err
	}
	d.Name = account.DeviceName(c.Request.UserAgent())
	if err := p.CallOn(c.Context(), c.Who, d); err != nil {
		return err
	}
	return c.Done("/inbox#push", "notice.done.push_on")
}

func (p *Pages) dropDevice(c *web.Ctx) error {
	if err := p.DropDevice(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/inbox#push", "notice.done.push_off")
}

func (p *Pages) makeFeed(c *web.Ctx) error {
	if _, err := p.NewFeed(c.Context(), c.Who); err != nil {
		return err
	}
	return c.Done("/inbox#calendar", "notice.done.feed_made")
}

func (p *Pages) revokeFeed(c *web.Ctx) error {
	if err := p.RevokeFeed(c.Context(), c.Who); err != nil {
		return err
	}
	return c.Done("/inbox#calendar", "notice.done.feed_revoked")
}

// calendar answers a phone, which has nothing but the token.
func (p *Pages) calendar(c *web.Ctx) error {
	token, ok := strings.CutSuffix(c.Param("file"), ".ics")
	if !ok {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	events, err := p.eventsOf(c.Context(), token)
	if err != nil {
		return err
	}
	return c.Inline("chi-bo.ics", "text/calendar; charset=utf-8", Calendar(events, c.Base(), p.now()))
}

func (p *Pages) eventsOf(ctx context.Context, token string) ([]Event, error) {
	feed, err := feedOfToken(ctx, p.DB, token)
	if err != nil {
		return nil, err
	}
	if err := p.onRoll(ctx, feed); err != nil {
		return nil, err
	}
	var all []Event
	for _, source := range p.Sources {
		events, err := source(ctx, p.DB, feed.Root, feed.Member)
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	return all, nil
}

// onRoll refuses a feed whose owner has left the roll: an address that a phone
// keeps is no way into a cell of old.
func (p *Pages) onRoll(ctx context.Context, f Feed) error {
	m, err := member.Find(ctx, p.DB, f.Root, f.Member)
	if err != nil {
		return err
	}
	records, err := member.Records(ctx, p.DB, m.Root, m.Organization, m.ID)
	if err != nil {
		return err
	}
	if held, ok := member.On(records, p.now().Date()); !ok || !held.Standing.Listed() {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return nil
}
