package feedback

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/limit"
	"chibo/kit/web"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// way is how somebody comes to the form.
type way string

// The ways: by the code alone, by the invitation of a delegate, with an account.
const (
	byCodeAlone  way = ""
	byInvitation way = "i"
	byAccount    way = "me"
)

// visit is somebody before the form of a round.
type visit struct {
	Place
	Unit  string // name of the committee
	Base  string // address of the form
	Giver Giver
	Name  string // where it is known
	From  string // the unit of whoever gives, where it is known
	Items []string

	Sheet   Sheet // what was given, as far as it may still be mended
	Given   bool
	Remarks []Remark
	Until   time.Time // until when it may be mended; zero: while the round is open
}

// ticketCookie names the cookie with the ticket of a round. Its value is on the device and
// nowhere else.
func ticketCookie(r Round) string { return "gop-y-" + r.Sitting[max(0, len(r.Sitting)-12):] }

// come finds out who stands before the form: as little as the round asks for.
func (p *Pages) come(c *web.Ctx, w way) (visit, error) {
	ctx, v := c.Context(), visit{}
	r, err := byCode(ctx, p.DB, typedCode(c.Param("code")))
	if err != nil {
		return v, err
	}
	x, err := conference.Of(ctx, p.DB, r.Root, r.Conference)
	if err != nil {
		return v, err
	}
	if v.Place, err = at(ctx, p.DB, x, r.Sitting); err != nil {
		return v, err
	}
	o, err := organization.Find(ctx, p.DB, x.Root, x.Organization)
	if err != nil {
		return v, err
	}
	v.Unit, v.Base = o.Name, r.Path()
	if r.Named {
		if err := p.know(c, w, &v); err != nil {
			return v, err
		}
	}
	if k, err := c.Request.Cookie(ticketCookie(r)); err == nil && !v.Giver.known() {
		v.Giver.Sheet, v.Until = p.Redeem(r, k.Value)
	}
	if v.Sheet, v.Given, err = sheetOf(ctx, p.DB, r, v.Giver); err != nil {
		return v, err
	}
	if v.Given {
		if v.Remarks, err = remarksOfSheet(ctx, p.DB, r, v.Sheet.ID); err != nil {
			return v, err
		}
	}
	v.Items, err = p.items(c, v.Sitting)
	return v, err
}

// know names the giver of a round in which names are kept.
func (p *Pages) know(c *web.Ctx, w way, v *visit) error {
	switch w {
	case byInvitation:
		d, err := delegateBy(c.Context(), p.DB, v.Round, c.Param("invitation"))
		if err != nil {
			return err
		}
		v.Giver.Delegate, v.Name, v.From = d.ID, d.Name, d.Unit
		v.Base += "/i/" + c.Param("invitation")
	case byAccount:
		v.Base += "/me"
		if c.Who.Member == "" {
			return nil
		}
		m, err := member.Find(c.Context(), p.DB, c.Who.Root, c.Who.Member)
		if err != nil {
			return err
		}
		o, err := organization.Find(c.Context(), p.DB, m.Root, m.Organization)
		if err != nil {
			return err
		}
		v.Giver.MemberRoot, v.Giver.Member, v.Name, v.From = m.Root, m.ID, m.FullName, o.Name
	}
	return nil
}

// items are the titles of what the performed meeting treats.
func (p *Pages) items(c *web.Ctx, x conference.Sitting) ([]string, error) {
	if x.Meeting == "" {
		return nil, nil
	}
	all, err := meeting.Items(c.Context(), p.DB, x.HostRoot, x.Meeting)
	out := make([]string, 0, len(all))
	for _, i := range all {
		out = append(out, i.Title)
	}
	return out, err
}

// typedCode is a code as it was typed: in any case, in pieces.
func typedCode(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(letters, r) {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// ask is the page on which a code is typed.
func (p *Pages) ask(c *web.Ctx) error { return c.Page(askView(c.L, web.Form{})) }

func (p *Pages) asked(c *web.Ctx) error {
	var f struct {
		Code string `form:"code"`
	}
	err := c.Decode(&f)
	if err == nil {
		var r Round
		if r, err = byCode(c.Context(), p.DB, typedCode(f.Code)); err == nil {
			return c.See(r.Path())
		}
		if fault.Is(err, fault.NotFound) {
			err = fault.New(fault.Invalid, "feedback.problem.code")
		}
	}
	return c.Again(err, askView(c.L, c.Refill(err)))
}

// stand shows the form, or what was sent.
func (p *Pages) stand(w way) web.Handler {
	return func(c *web.Ctx) error {
		v, err := p.come(c, w)
		if err != nil {
			return err
		}
		if w != byCodeAlone && !v.Round.Named {
			return c.See(v.Round.Path())
		}
		if v.Given && c.Query("more") == "" {
			return c.Page(sentView{c.L, v}.page())
		}
		return c.Page(p.formView(c, v, web.Form{}).page())
	}
}

func (p *Pages) formView(c *web.Ctx, v visit, f web.Form) formView {
	out := formView{L: c.L, visit: v, form: f, state: v.Round.StateAt(p.now()), sending: rand.Text(), byAccount: v.Giver.Member != ""}
	if id := f.Value("sending"); id != "" {
		out.sending = id
	}
	return out
}

// fieldOf names the n-th field of a cell.
func fieldOf(x Cell, n int) string { return fmt.Sprintf("%s.%s.%d", x.Phase, x.Head, n) }

// itemField names the field of a phase in which an item is chosen.
func itemField(x Phase) string { return "item." + string(x) }

// sending reads a form. An item that the meeting does not have is left out.
func sending(c *web.Ctx, items []string) (Sending, error) {
	values, err := c.Values()
	if err != nil {
		return Sending{}, err
	}
	x := Sending{ID: values.Get("sending"), Name: strings.TrimSpace(values.Get("name")), Unit: strings.TrimSpace(values.Get("unit"))}
	for _, cell := range Cells() {
		item := values.Get(itemField(cell.Phase))
		if !slices.Contains(items, item) {
			item = ""
		}
		for n := range perHead {
			field := fieldOf(cell, n+1)
			if text := strings.TrimSpace(values.Get(field)); text != "" {
				x.Said = append(x.Said, Said{cell, item, text, field})
			}
		}
	}
	return x, nil
}

// admit counts what is sent in from one address to one round.
func (p *Pages) admit(c *web.Ctx, v visit) error {
	bucket := limit.Bucket{Key: v.Round.Code + "@" + p.Accounts.RemoteAddress(c.Request), Allowance: sendingRate}
	if err := p.sendings.Check(c.Context(), p.DB, p.Now(), fault.New(fault.TooMany, "feedback.problem.flood"), bucket); err != nil {
		return err
	}
	return p.sendings.Charge(c.Context(), p.DB, p.Now(), bucket)
}

// send takes a form.
func (p *Pages) send(w way) web.Handler {
	return func(c *web.Ctx) error {
		v, err := p.come(c, w)
		if err != nil {
			return err
		}
		if w != byCodeAlone && !v.Round.Named {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		var sheet Sheet
		if err = p.admit(c, v); err == nil {
			var x Sending
			if x, err = sending(c, v.Items); err == nil {
				if v.Giver.known() {
					x.Name, x.Unit = v.Name, v.From
				}
				sheet, err = p.Give(c.Context(), v.Round, v.Giver, x)
			}
		}
		if err != nil {
			return c.Again(err, p.formView(c, v, c.Refill(err)).page())
		}
		if !v.Giver.known() {
			c.Cookie(ticketCookie(v.Round), p.Ticket(v.Round, sheet.ID), int(mending.Seconds()))
		}
		return c.See(v.Base)
	}
}

// takeBack removes what was sent.
func (p *Pages) takeBack(w way) web.Handler {
	return func(c *web.Ctx) error {
		v, err := p.come(c, w)
		if err != nil {
			return err
		}
		if err := p.TakeBack(c.Context(), v.Round, v.Giver); err != nil {
			return err
		}
		c.Cookie(ticketCookie(v.Round), "", -1)
		return c.Done(v.Base, "feedback.done.taken_back")
	}
}

// leave makes the device free for the next person.
func (p *Pages) leave(c *web.Ctx) error {
	v, err := p.come(c, byCodeAlone)
	if err != nil {
		return err
	}
	c.Cookie(ticketCookie(v.Round), "", -1)
	return c.See(v.Round.Path())
}
