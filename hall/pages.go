package hall

import (
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/member"
	"chibo/proceedings"
	"chibo/room"
)

// Pages are the door, for those who hold a meeting and for those who come in.
type Pages struct{ *Service }

// Routes is the hall's part of the table of contents. Whoever comes in has no account:
// there the ticket is the right.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /meetings/{id}/door", Need: room.Hold, Do: p.door},
		{Pattern: "POST /meetings/{id}/door", Need: room.Hold, Do: p.open},
		{Pattern: "POST /meetings/{id}/door/shut", Need: room.Hold, Do: p.shut},
		{Pattern: "GET /meetings/{id}/door/poster", Need: room.Hold, Do: p.poster},
		{Pattern: "GET /meetings/{id}/door/code", Need: room.Hold, Do: p.code},

		{Pattern: "GET /vao", Need: access.Public, Do: p.knock},
		{Pattern: "POST /vao", Need: access.Public, Do: p.type6},
		{Pattern: "GET /vao/{token}", Need: access.Public, Do: p.scan},
		{Pattern: "GET /vao/ten", Need: access.Public, Do: p.names},
		{Pattern: "GET /vao/ten/{member}", Need: access.Public, Do: p.ask},
		{Pattern: "POST /vao/ten/{member}", Need: access.Public, Do: p.checkIn},
		{Pattern: "GET /vao/xong", Need: access.Public, Do: p.done},
		{Pattern: "GET /vao/tiep", Need: access.Public, Do: p.next},
	}
}

// knock asks for the six digits.
func (p *Pages) knock(c *web.Ctx) error {
	return c.Page(knockView(c.L, web.Form{}, c.Query("lai") != ""))
}

func (p *Pages) type6(c *web.Ctx) error {
	var form struct {
		Code string `form:"code"`
	}
	err := c.Decode(&form)
	if err != nil {
		return c.Again(err, knockView(c.L, c.Refill(err), false))
	}
	e, via, err := p.typed(c.Context(), p.Accounts.RemoteAddress(c.Request), form.Code)
	if err != nil {
		return c.Again(err, knockView(c.L, c.Refill(err), false))
	}
	return p.admit(c, e, via)
}

// scan takes the code of a QR picture, and leads away from its address at once.
func (p *Pages) scan(c *web.Ctx) error {
	e, via, err := p.scanned(c.Context(), c.Param("token"))
	if err != nil {
		return c.Again(err, knockView(c.L, c.Refill(err), false))
	}
	return p.admit(c, e, via)
}

// Names of the two cookies, bound to this very host where there is TLS; how long a
// device is known.
const (
	TicketCookie = "chibo_door"
	DeviceCookie = "chibo_hall"
	deviceLife   = 24 * time.Hour
)

func cookieName(c *web.Ctx, name string) string {
	if c.Secure() {
		return "__Host-" + name
	}
	return name
}

func cookie(c *web.Ctx, name string) string {
	k, err := c.Request.Cookie(cookieName(c, name))
	if err != nil || len(k.Value) > 200 {
		return ""
	}
	return k.Value
}

// admit gives the device a ticket and leads on to the names.
func (p *Pages) admit(c *web.Ctx, e Entrance, via proceedings.Via) error {
	device := cookie(c, DeviceCookie)
	if device == "" {
		device = newKey()
	}
	p.give(c, e, Ticket{Meeting: e.Meeting, Via: via, Until: p.now().Add(ticketLife)}, device)
	return c.See("/vao/ten")
}

func (p *Pages) give(c *web.Ctx, e Entrance, t Ticket, device string) {
	c.Cookie(cookieName(c, TicketCookie), t.Seal(e.Door, device), int(t.Until.Sub(p.now()).Seconds()))
	c.Cookie(cookieName(c, DeviceCookie), device, int(deviceLife.Seconds()))
}

// visit is somebody with a ticket before an open door.
type visit struct {
	Entrance
	ticket Ticket
	device string // what the cookie says
}

// mark is how the device is known at this meeting.
func (v visit) mark() string { return v.deviceMark(v.device) }

// ticketed calls f for whoever has a ticket; the others are led to where one gets one.
func (p *Pages) ticketed(c *web.Ctx, f func(v visit) error) error {
	said, device := cookie(c, TicketCookie), cookie(c, DeviceCookie)
	id, ok := ticketOf(said)
	if !ok {
		return c.See("/vao?lai=1")
	}
	e, found, err := p.entrance(c.Context(), id)
	if err != nil {
		return err
	}
	t, ok := e.admits(said, device, p.now())
	if !found || !ok {
		return c.See("/vao?lai=1")
	}
	if err := e.Ajar(p.now()); err != nil {
		return c.Again(err, knockView(c.L, c.Refill(err), false))
	}
	if err := p.expect(c.Context(), e); err != nil {
		return err
	}
	return f(visit{e, t, device})
}

// names shows those of the roll who are called as was typed.
func (p *Pages) names(c *web.Ctx) error {
	return p.ticketed(c, func(v visit) error {
		_, used, err := ofDevice(c.Context(), p.DB, v.Root, v.Meeting, v.mark())
		if err != nil {
			return err
		}
		if used {
			return c.See("/vao/xong")
		}
		view := namesView{L: c.L, e: v.Entrance, typed: c.Query("q"), signedIn: c.Who.SignedIn()}
		if c.Who.Member != "" && c.Who.Root == v.Root {
			me, ok, err := p.entry(c.Context(), v, c.Who.Member)
			if err != nil {
				return err
			}
			if ok {
				view.me = me
			}
		}
		if err := p.find(c, v, &view); err != nil {
			return err
		}
		if c.HX() {
			return c.Fragment(view.list())
		}
		return c.Page(view.page())
	})
}

func (p *Pages) find(c *web.Ctx, v visit, view *namesView) error {
	if view.typed == "" {
		return nil
	}
	roll, err := member.Roll(c.Context(), p.DB, v.Root, v.Organization, v.Day())
	if err != nil {
		return err
	}
	view.found, view.more, view.problem = match(roll, view.typed)
	view.alike = alike(roll)
	return nil
}

// entry returns somebody of the roll who may check in.
func (p *Pages) entry(ctx context.Context, v visit, id string) (member.Entry, bool, error) {
	e, found, err := member.EntryOn(ctx, p.DB, v.Root, v.Organization, id, v.Day())
	return e, found && mayEnter(e.Standing), err
}

// ask asks for the last digits of the person whose name was chosen.
func (p *Pages) ask(c *web.Ctx) error {
	return p.ticketed(c, func(v visit) error { return p.asked(c, v, web.Form{}, nil) })
}

func (p *Pages) asked(c *web.Ctx, v visit, f web.Form, because error) error {
	e, ok, err := p.entry(c.Context(), v, c.Param("member"))
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.NotFound, "hall.problem.not_listed")
	}
	view := askView{
		L: c.L, e: v.Entrance, who: e.Member, form: f, own: isSelf(c.Who, v.Entrance, e.ID),
		numberless: len(lastDigits(e.CardNumber, e.Phone)) == 0, over: because != nil && !fault.Is(because, fault.Invalid),
	}
	if because != nil {
		return c.Again(because, view.page())
	}
	return c.Page(view.page())
}

func (p *Pages) checkIn(c *web.Ctx) error {
	return p.ticketed(c, func(v visit) error {
		var form struct {
			Digits string `form:"digits"`
			Shared bool   `form:"shared"`
		}
		if err := c.Decode(&form); err != nil {
			return p.asked(c, v, c.Refill(err), err)
		}
		claim := Claim{Member: c.Param("member"), Digits: form.Digits, Device: v.mark(), Via: v.ticket.Via, Shared: form.Shared}
		if err := p.CheckIn(c.Context(), c.Who, v.Entrance, claim, p.Accounts.RemoteAddress(c.Request)); err != nil {
			return p.asked(c, v, c.Refill(err), err)
		}
		return c.See("/vao/xong")
	})
}

// done says to whoever has checked in on this device that the roll has them. A device
// that several people use goes on to the next after a moment.
func (p *Pages) done(c *web.Ctx) error {
	return p.ticketed(c, func(v visit) error {
		in, found, err := ofDevice(c.Context(), p.DB, v.Root, v.Meeting, v.mark())
		if err != nil {
			return err
		}
		if !found {
			return c.See("/vao/ten")
		}
		view := doneView{L: c.L, e: v.Entrance, in: in, signedIn: c.Who.SignedIn()}
		names, err := member.Names(c.Context(), p.DB, v.Root, in.Member)
		if err != nil {
			return err
		}
		view.name = names[in.Member]
		now, err := room.Whereabouts(c.Context(), p.DB, v.Root, v.Meeting, in.Member)
		if err != nil {
			return err
		}
		view.here, view.since = now.Here(), now.Arrived
		if in.Shared {
			c.Writer.Header().Set("Refresh", "10; url=/vao/tiep")
		}
		return c.Page(view.page())
	})
}

// next clears what the last person has left on a device that several people use: it is
// a new device with what is left of its ticket.
func (p *Pages) next(c *web.Ctx) error {
	return p.ticketed(c, func(v visit) error {
		if v.Shared {
			p.give(c, v.Entrance, v.ticket, newKey())
		}
		return c.See("/vao/ten")
	})
}
