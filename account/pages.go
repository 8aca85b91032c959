package account

import (
	"net/url"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/locale"
	"chibo/kit/web"
)

// Panel is a card that another feature hands to the page "Tôi"; it may be nil.
type Panel func(c *web.Ctx) (g.Node, error)

// Way is another way in that a feature offers under the form of name and password; next
// is where the person wants to go. It may be nil.
type Way func(c *web.Ctx, next string) (g.Node, error)

// Pages are the pages of the feature.
type Pages struct {
	*Service
	Panels []Panel
	Asides []Panel // cards on the page of the accounts
	Ways   []Way
}

// Routes lists the pages.
func (p *Pages) Routes() []web.Route {
	return append(p.delegationRoutes(), []web.Route{
		{Pattern: "GET /sign-in", Need: access.Public, Do: p.signInPage},
		{Pattern: "POST /sign-in", Need: access.Public, Do: p.postSignIn},
		{Pattern: "POST /sign-out", Need: access.Public, Do: p.postSignOut},
		{Pattern: "GET /start", Need: access.Public, Do: p.startPage},
		{Pattern: "POST /start", Need: access.Public, Do: p.postStart},
		{Pattern: "GET /start/{link}", Need: access.Public, Do: p.linkPage},
		{Pattern: "POST /start/{link}", Need: access.Public, Do: p.postLink},
		{Pattern: "POST /letters", Need: access.Public, Repeats: true, Do: p.postLetters},
		{Pattern: "POST /language", Need: access.Public, Do: p.postLanguage},

		{Pattern: "GET /me", Need: access.SignedIn, Do: p.mePage},
		{Pattern: "GET /me/password", Need: access.SignedIn, Do: p.advicePage},
		{Pattern: "POST /me/password", Need: access.SignedIn, Do: p.postPassword},
		{Pattern: "POST /me/pin", Need: access.SignedIn, Do: p.postPIN},
		{Pattern: "POST /me/sessions/{id}/end", Need: access.SignedIn, Do: p.postEndSession},
		{Pattern: "POST /me/sessions/end", Need: access.SignedIn, Do: p.postEndSessions},

		{Pattern: "GET /accounts", Need: Manage, Do: p.accountsPage},
		{Pattern: "POST /accounts", Need: Manage, Do: p.postGive},
		{Pattern: "GET /accounts/passwords", Need: Manage, Do: p.rulesPage},
		{Pattern: "POST /accounts/passwords", Need: Manage, Do: p.postRule},
		{Pattern: "POST /accounts/codes", Need: Manage, Do: p.postCodes},
		{Pattern: "POST /accounts/{id}/recovery", Need: Manage, Do: p.postAsk},
		{Pattern: "POST /accounts/recoveries/{id}/confirm", Need: Manage, Do: p.postConfirm},
		{Pattern: "POST /accounts/{id}/close", Need: Manage, Do: p.postClose},
		{Pattern: "POST /accounts/{id}/open", Need: Manage, Do: p.postOpen},
		{Pattern: "POST /accounts/{id}/sign-out", Need: Manage, Do: p.postSignOutOther},
		{Pattern: "POST /accounts/grants/{id}/revoke", Need: Manage, Do: p.postRevoke},
	}...)
}

// credentials is the form of the sign-in page.
type credentials struct {
	Name     string `form:"name"`
	Password string `form:"password"`
	Shared   bool   `form:"shared"`
	Next     string `form:"next"`
}

func (p *Pages) signInPage(c *web.Ctx) error {
	form := credentials{Next: local(c.Query("next"))}
	view, err := p.signInView(c, c.Fill(form), form.Next)
	if err != nil {
		return err
	}
	return c.Page(view)
}

// signInView draws the page with all ways in.
func (p *Pages) signInView(c *web.Ctx, f web.Form, next string) (web.Page, error) {
	var ways []g.Node
	for _, way := range p.Ways {
		n, err := way(c, local(next))
		if err != nil {
			return web.Page{}, err
		}
		ways = append(ways, n)
	}
	return signInView(c.L, f, ways, p.Demo), nil
}

func (p *Pages) postSignIn(c *web.Ctx) error {
	var form credentials
	if err := c.Decode(&form); err != nil {
		return c.Redraw(err)(p.signInView(c, c.Refill(err), form.Next))
	}
	v := p.visit(c.Request)
	v.shared = form.Shared
	o, err := p.signIn(c.Context(), v, form.Name, form.Password)
	if err != nil {
		return c.Redraw(err)(p.signInView(c, c.Refill(err), form.Next))
	}
	p.let(c, o)
	return c.See(onward(o, form.Next))
}

// onward is where somebody goes whose session has begun: to the second factor first,
// where it waits for one, and past the advice that there is on the password.
func onward(o opened, next string) string {
	next = o.advice.path(local(next))
	if o.proof == Waiting {
		return "/sign-in/second?next=" + url.QueryEscape(next)
	}
	return next
}

// local returns path when it leads to a page of this program, else the home page.
func local(path string) string {
	if web.Local(path) {
		return path
	}
	return "/"
}

// let hands the browser its session, a lasting mark by which the device is known again,
// and the size of letters that the person wants.
func (s *Service) let(c *web.Ctx, o opened) {
	c.Cookie(s.cookieName(), o.token, int(o.life.Whole.Seconds()))
	c.Cookie(s.deviceCookie(), o.device, 400*24*3600) // the longest that browsers keep
	if o.letters != Unsaid {
		c.SetLarge(o.letters == LargeLetters)
	}
}

// going is what the device says of itself at the end of a session.
type going struct {
	NothingLeft bool `form:"nothing_left"` // it holds nothing that somebody would miss
}

func (p *Pages) postSignOut(c *web.Ctx) error {
	var form going
	if err := c.Decode(&form); err != nil {
		return err
	}
	if err := p.signOut(c.Context(), c.Who); err != nil {
		return err
	}
	c.Cookie(p.cookieName(), "", -1)
	// Pages go, and all that the device keeps, unless somebody would miss it there: acts that
	// are not sent yet belong to their writer.
	gone := `"cache"`
	if form.NothingLeft {
		gone = `"cache", "storage"`
	}
	c.Writer.Header().Set("Clear-Site-Data", gone)
	return c.Done("/sign-in", "account.signed_out")
}

// fresh is the form in which a one-time code is used.
type fresh struct {
	Name     string `form:"name"`
	Code     string `form:"code"`
	Password string `form:"new_password"`
	Shared   bool   `form:"shared"`
}

func (p *Pages) startPage(c *web.Ctx) error { return c.Page(startView(c.L, web.Form{}, "", Account{})) }

func (p *Pages) postStart(c *web.Ctx) error {
	var form fresh
	if err := c.Decode(&form); err != nil {
		return c.Again(err, startView(c.L, c.Refill(err), "", Account{}))
	}
	v := p.visit(c.Request)
	v.shared = form.Shared
	a, code, err := p.typed(c.Context(), v, form.Name, form.Code)
	if err != nil {
		return c.Again(err, startView(c.L, c.Refill(err), "", Account{}))
	}
	return p.begun(c, v, a, code, form.Password, func(err error) web.Page {
		return startView(c.L, c.Refill(err), "", Account{})
	})
}

func (p *Pages) linkPage(c *web.Ctx) error {
	link := c.Param("link")
	a, _, err := p.linked(c.Context(), p.visit(c.Request), link)
	if err != nil {
		return c.Again(err, goneView(c.L, err))
	}
	return c.Page(startView(c.L, web.Form{}, link, a))
}

func (p *Pages) postLink(c *web.Ctx) error {
	link := c.Param("link")
	var form fresh
	if err := c.Decode(&form); err != nil {
		return err
	}
	v := p.visit(c.Request)
	v.shared = form.Shared
	a, code, err := p.linked(c.Context(), v, link)
	if err != nil {
		return c.Again(err, goneView(c.L, err))
	}
	return p.begun(c, v, a, code, form.Password, func(err error) web.Page {
		return startView(c.L, c.Refill(err), link, a)
	})
}

// begun uses the code and lets the person in; again shows the form with what is
// wrong.
func (p *Pages) begun(c *web.Ctx, v visit, a Account, code Code, password string, again func(error) web.Page) error {
	o, err := p.start(c.Context(), v, a, code, password)
	if err != nil {
		return c.Again(err, again(err))
	}
	p.let(c, o)
	return c.Done(onward(o, "/"), "account.started")
}

// choice is a setting of the device.
type choice struct {
	Value string `form:"value"`
	Next  string `form:"next"`
}

const aYear = 365 * 24 * 3600

// postLetters sets large letters on or off on this device, and for whoever is signed in
// on every device they sign in on.
func (p *Pages) postLetters(c *web.Ctx) error {
	var form choice
	if err := c.Decode(&form); err != nil {
		return err
	}
	large := form.Value == "1"
	if err := p.setLetters(c.Context(), c.Who, large); err != nil {
		return err
	}
	c.SetLarge(large)
	return c.See(local(form.Next))
}

func (p *Pages) postLanguage(c *web.Ctx) error {
	var form choice
	if err := c.Decode(&form); err != nil {
		return err
	}
	seconds := aYear
	if form.Value != locale.English.Tag() {
		seconds = -1
	}
	c.Cookie(locale.Cookie, locale.English.Tag(), seconds)
	return c.See(local(form.Next))
}
