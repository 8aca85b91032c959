package provider

import (
	g "maragu.dev/gomponents"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
)

// returnPath is where the provider sends people back to; the operator registers it there.
const returnPath = "/sign-in/provider/return"

// cookie carries the errand. It must come along when the provider sends the browser back,
// as cookies do that are Lax.
const cookie = "errand"

// Pages are the pages of the feature.
type Pages struct{ *Service }

// Routes lists the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "POST /sign-in/provider", Need: access.Public, Do: p.postSignIn},
		{Pattern: "GET " + returnPath, Need: access.Public, Do: p.returned},
		{Pattern: "POST " + returnPath, Need: access.Public, Do: p.postReturned},
		{Pattern: "GET /me/provider", Need: access.SignedIn, Do: p.page},
		{Pattern: "POST /me/provider", Need: access.SignedIn, Do: p.postLink},
		{Pattern: "POST /me/provider/remove", Need: access.SignedIn, Do: p.postRemove},
	}
}

// Way offers the provider on the page of signing in.
func (p *Pages) Way(c *web.Ctx, _ string) (g.Node, error) {
	if !p.Offered() {
		return nil, nil
	}
	return signInButton(c.L, p.Settings.Name), nil
}

// MePanel shows on the page "Tôi" whether somebody is linked.
func (p *Pages) MePanel(c *web.Ctx) (g.Node, error) {
	if !p.Offered() {
		return nil, nil
	}
	_, there, err := linkOf(c.Context(), p.DB, c.Who.Root, c.Who.Account)
	return meCard(c.L, p.Settings.Name, there), err
}

// asked is the form of the page of signing in, as far as the provider needs it.
type asked struct {
	Shared bool   `form:"shared"`
	Next   string `form:"next"`
}

func (p *Pages) postSignIn(c *web.Ctx) error {
	var form asked
	if err := c.Decode(&form); err != nil {
		return err
	}
	address, carried, err := p.send(c.Context(), errand{Shared: form.Shared, Next: form.Next})
	if err != nil {
		return c.Again(err, refusedView(c.L, p.Settings.Name, said(c, err), "/sign-in"))
	}
	return p.leave(c, address, carried)
}

// leave sends the browser to the provider. It is not a 303: the policy of our pages lets no
// form lead to another house.
func (p *Pages) leave(c *web.Ctx, address, carried string) error {
	c.Cookie(cookie, carried, int(patience.Seconds()))
	c.Writer.Header().Set("Refresh", "0;url="+address)
	return c.Page(leavingView(c.L, p.Settings.Name, address))
}

// answer is what the provider gives the browser to bring.
type answer struct {
	State string `form:"state"`
	Code  string `form:"code"`
}

// returned hands what the provider said on to a form of our own: a GET lets nobody in.
func (p *Pages) returned(c *web.Ctx) error {
	if !p.Offered() {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if c.Query("code") == "" { // they have changed their mind, or the provider has
		return c.Page(refusedView(c.L, p.Settings.Name, c.L.T("provider.problem.refused"), "/sign-in"))
	}
	return c.Page(returnedView(c.L, p.Settings.Name, answer{c.Query("state"), c.Query("code")}))
}

func (p *Pages) postReturned(c *web.Ctx) error {
	var form answer
	if err := c.Decode(&form); err != nil {
		return err
	}
	carried := ""
	if k, err := c.Request.Cookie(cookie); err == nil {
		carried = k.Value
	}
	c.Cookie(cookie, "", -1)
	e, who, err := p.heard(c.Context(), p.Accounts.RemoteAddress(c.Request), carried, form.State, form.Code)
	back := "/sign-in"
	switch {
	case err != nil:
	case e.Account != "":
		if back, err = "/me/provider", p.link(c.Context(), c.Who, e, who); err == nil {
			return c.Done(back, "provider.linked")
		}
	default:
		err = p.admit(c, e, who)
	}
	if fault.Of(err).Kind == fault.Internal {
		return err
	}
	return c.Again(err, refusedView(c.L, p.Settings.Name, said(c, err), back))
}

func (p *Pages) admit(c *web.Ctx, e errand, who person) error {
	l, err := p.account(c.Context(), who)
	if err != nil {
		return err
	}
	return p.Accounts.Admit(c, l.Account, account.ByProvider, e.Shared, e.Next, p.noted(l))
}

// said is what people read of err.
func said(c *web.Ctx, err error) string {
	e := fault.Of(err)
	return c.L.Fill(e.Key, e.Args)
}

func (p *Pages) page(c *web.Ctx) error {
	view, err := p.view(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(view)
}

// view draws the page with its form as it was posted.
func (p *Pages) view(c *web.Ctx, f web.Form) (web.Page, error) {
	if !p.Offered() {
		return web.Page{}, fault.New(fault.NotFound, "fault.not_found")
	}
	a, err := account.Get(c.Context(), p.DB, c.Who.Account)
	if err != nil {
		return web.Page{}, err
	}
	l, there, err := linkOf(c.Context(), p.DB, a.Root, a.ID)
	if err != nil {
		return web.Page{}, err
	}
	if !there {
		return linkView(c.L, p.Settings.Name, a, f), nil
	}
	return linkedView(c.L, p.Settings.Name, a, l, f), nil
}

// permission is the form in which a link is made, or taken away.
type permission struct {
	Password string `form:"password"`
}

func (p *Pages) postLink(c *web.Ctx) error {
	var form permission
	if err := c.Decode(&form); err != nil {
		return err
	}
	address, carried, err := p.sendToLink(c.Context(), c.Who, form.Password)
	if err != nil {
		return c.Redraw(err)(p.view(c, c.Refill(err)))
	}
	return p.leave(c, address, carried)
}

func (p *Pages) postRemove(c *web.Ctx) error {
	var form permission
	if err := c.Decode(&form); err != nil {
		return err
	}
	if err := p.unlink(c.Context(), c.Who, form.Password); err != nil {
		return c.Redraw(err)(p.view(c, c.Refill(err)))
	}
	return c.Done("/me/provider", "provider.removed")
}
