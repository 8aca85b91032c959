package factor

import (
	"net/url"

	g "maragu.dev/gomponents"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/passkey"
)

// Pages are the pages of the feature.
type Pages struct{ *Service }

// Routes lists the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /sign-in/second", Need: access.Public, Do: p.askPage},
		{Pattern: "POST /sign-in/second", Need: access.Public, Do: p.postCode},
		{Pattern: "POST /sign-in/second/begin", Need: access.Public, Do: p.postBeginFirst},
		{Pattern: "POST /sign-in/second/confirm", Need: access.Public, Do: p.postConfirmFirst},

		{Pattern: "GET /me/factor", Need: access.SignedIn, Do: p.page},
		{Pattern: "POST /me/factor", Need: access.SignedIn, Do: p.postBegin},
		{Pattern: "POST /me/factor/confirm", Need: access.SignedIn, Do: p.postConfirm},
		{Pattern: "POST /me/factor/papers", Need: access.SignedIn, Do: p.postPapers},
		{Pattern: "POST /me/factor/off", Need: access.SignedIn, Do: p.postOff},

		{Pattern: "GET /accounts/factor", Need: account.Manage, Do: p.rulesPage},
		{Pattern: "POST /accounts/factor", Need: account.Manage, Do: p.postRule},
	}
}

// MePanel shows on the page "Tôi" whether somebody with an office has an authenticator.
func (p *Pages) MePanel(c *web.Ctx) (g.Node, error) {
	has, err := p.Codes(c.Context(), p.DB, account.Account{Root: c.Who.Root, ID: c.Who.Account})
	if err != nil || !has && DemandOf(c.Who.Grants) == None {
		return nil, err
	}
	return meCard(c.L, has), nil
}

// HomePanel reminds those of whom a rule will ask for a second factor, or does, and who
// have none.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	from, err := earliest(c.Context(), p.DB, unitsDue(c.Who.Grants))
	if err != nil || from.IsZero() {
		return nil, err
	}
	has, err := p.Codes(c.Context(), p.DB, account.Account{Root: c.Who.Root, ID: c.Who.Account})
	if err != nil || has {
		return nil, err
	}
	keys, err := passkey.Has(c.Context(), p.DB, c.Who.Root, c.Who.Account)
	if err != nil || keys {
		return nil, err
	}
	return reminder(c.L, from), nil
}

// RulePanel leads administrators from the accounts to the rule.
func (p *Pages) RulePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.Is(access.Administrator) {
		return nil, nil
	}
	return ruleCard(c.L), nil
}

// typed is the form in which a code is typed.
type typed struct {
	Code string `form:"code"`
	Next string `form:"next"`
}

// half returns who has typed the right password, and sends everybody else to sign in.
func (p *Pages) half(c *web.Ctx) (account.Half, error) {
	h, waits, err := p.Accounts.Half(c)
	if err == nil && !waits {
		err = fault.New(fault.SignIn, "account.problem.waited")
	}
	return h, err
}

func (p *Pages) askPage(c *web.Ctx) error {
	h, err := p.half(c)
	if err != nil {
		return c.See("/sign-in")
	}
	view, err := p.askView(c, h, web.Form{Values: url.Values{"next": {c.Query("next")}}})
	if err != nil {
		return err
	}
	return c.Page(view)
}

// askView draws what stands between the password and the program: the field for a code,
// or, for whom a rule asks for one and who has none, the setting up.
func (p *Pages) askView(c *web.Ctx, h account.Half, f web.Form) (web.Page, error) {
	has, err := p.Codes(c.Context(), p.DB, h.Account)
	if err != nil {
		return web.Page{}, err
	}
	keys, err := passkey.Has(c.Context(), p.DB, h.Root, h.ID)
	if err != nil {
		return web.Page{}, err
	}
	if has || keys {
		return askView(c.L, f, has, keys), nil
	}
	secret, err := p.unconfirmed(c.Context(), h.Root, h.ID)
	return firstView(c.L, f, h.SignName, secret), err
}

func (p *Pages) postCode(c *web.Ctx) error {
	h, err := p.half(c)
	if err != nil {
		return err
	}
	var form typed
	if err := c.Decode(&form); err != nil {
		return err
	}
	s, err := p.check(c.Context(), h.Root, h.ID, form.Code)
	if err == nil {
		err = p.missed(c.Context(), h.ID, p.Accounts.Pass(c, h, s.proof, s.do))
	}
	if err != nil {
		return c.Redraw(err)(p.askView(c, h, c.Refill(err)))
	}
	return c.See(local(form.Next))
}

// local returns path when it leads to a page of this program, else the home page.
func local(path string) string {
	if web.Local(path) {
		return path
	}
	return "/"
}

// unset refuses those who have shown nothing but a password and have a second factor
// already: a password alone must not set up another.
func (p *Pages) unset(c *web.Ctx) (account.Half, error) {
	h, err := p.half(c)
	if err != nil {
		return h, err
	}
	has, err := p.Codes(c.Context(), p.DB, h.Account)
	if err != nil {
		return h, err
	}
	keys, err := passkey.Has(c.Context(), p.DB, h.Root, h.ID)
	if err == nil && (has || keys) {
		err = fault.New(fault.Conflict, "factor.problem.there")
	}
	return h, err
}

func (p *Pages) postBeginFirst(c *web.Ctx) error {
	h, err := p.unset(c)
	if err != nil {
		return err
	}
	var form typed
	if err := c.Decode(&form); err != nil {
		return err
	}
	if err := p.begin(c.Context(), access.Person{Root: h.Root, Account: h.ID}); err != nil {
		return err
	}
	return c.See("/sign-in/second?next=" + url.QueryEscape(local(form.Next)))
}

// postConfirmFirst answers with the recovery codes themselves and not with 303: they are
// shown this once and kept nowhere.
func (p *Pages) postConfirmFirst(c *web.Ctx) error {
	h, err := p.unset(c)
	if err != nil {
		return err
	}
	var form typed
	if err := c.Decode(&form); err != nil {
		return err
	}
	s, codes, err := p.confirmed(c.Context(), h.Root, h.ID, form.Code)
	if err == nil {
		err = p.Accounts.Pass(c, h, s.proof, s.do)
	}
	if err != nil {
		return c.Redraw(err)(p.askView(c, h, c.Refill(err)))
	}
	return c.Page(papersView(c.L, h.FullName, h.SignName, codes, local(form.Next)))
}

// mine is what the page of one's own authenticator shows.
type mine struct {
	name, secret string // secret: of an authenticator that is being set up
	has          bool
	left         int // recovery codes
	begin        web.Form
	code         web.Form
	papers, off  web.Form
}

func (p *Pages) mine(c *web.Ctx) (mine, error) {
	view := mine{begin: web.Form{ID: "begin"}, code: web.Form{ID: "confirm"}, papers: web.Form{ID: "papers"}, off: web.Form{ID: "off"}}
	a, err := account.Get(c.Context(), p.DB, c.Who.Account)
	if err != nil {
		return view, err
	}
	view.name = a.SignName
	if view.has, err = p.Codes(c.Context(), p.DB, a); err != nil {
		return view, err
	}
	if view.left, err = papersLeft(c.Context(), p.DB, a.Root, a.ID); err != nil {
		return view, err
	}
	view.secret, err = p.unconfirmed(c.Context(), a.Root, a.ID)
	return view, err
}

func (p *Pages) page(c *web.Ctx) error {
	view, err := p.mine(c)
	if err != nil {
		return err
	}
	return c.Page(pageView(c.L, view))
}

// again shows the page with one of its forms as it was posted.
func (p *Pages) again(c *web.Ctx, err error, id string, of func(*mine) *web.Form) error {
	view, readErr := p.mine(c)
	if readErr != nil {
		return readErr
	}
	f := of(&view)
	*f = c.Refill(err)
	f.ID = id
	return c.Again(err, pageView(c.L, view))
}

// permission is a form that asks for the password, and perhaps a code.
type permission struct {
	Password string `form:"password"`
	Code     string `form:"code"`
}

func (p *Pages) postBegin(c *web.Ctx) error {
	var form permission
	if err := c.Decode(&form); err != nil {
		return err
	}
	err := p.Accounts.Prove(c.Context(), c.Who, form.Password)
	if err == nil {
		err = p.begin(c.Context(), c.Who)
	}
	if err != nil {
		return p.again(c, err, "begin", func(v *mine) *web.Form { return &v.begin })
	}
	return c.See("/me/factor")
}

// postConfirm answers with the recovery codes, as postConfirmFirst does.
func (p *Pages) postConfirm(c *web.Ctx) error {
	var form typed
	if err := c.Decode(&form); err != nil {
		return err
	}
	codes, err := p.finish(c.Context(), c.Who, form.Code)
	if err != nil {
		return p.again(c, err, "confirm", func(v *mine) *web.Form { return &v.code })
	}
	return p.showPapers(c, codes)
}

func (p *Pages) postPapers(c *web.Ctx) error {
	var form permission
	if err := c.Decode(&form); err != nil {
		return err
	}
	codes, err := p.renew(c.Context(), c.Who, form.Password)
	if err != nil {
		return p.again(c, err, "papers", func(v *mine) *web.Form { return &v.papers })
	}
	return p.showPapers(c, codes)
}

func (p *Pages) showPapers(c *web.Ctx, codes []string) error {
	a, err := account.Get(c.Context(), p.DB, c.Who.Account)
	if err != nil {
		return err
	}
	return c.Page(papersView(c.L, a.FullName, a.SignName, codes, "/me/factor"))
}

func (p *Pages) postOff(c *web.Ctx) error {
	var form permission
	if err := c.Decode(&form); err != nil {
		return err
	}
	if err := p.off(c.Context(), c.Who, form.Password, form.Code); err != nil {
		return p.again(c, err, "off", func(v *mine) *web.Form { return &v.off })
	}
	return c.Done("/me/factor", "factor.removed")
}

// day is the form in which a rule is set.
type day struct {
	Unit string    `form:"unit"`
	From when.Date `form:"from"`
}

func (p *Pages) rulesPage(c *web.Ctx) error {
	all, err := p.rules(c.Context(), c.Who)
	if err != nil {
		return err
	}
	return c.Page(rulesView(c.L, all, web.Form{}))
}

func (p *Pages) postRule(c *web.Ctx) error {
	var form day
	err := c.Decode(&form)
	if err == nil {
		err = p.rule(c.Context(), c.Who, form.Unit, form.From)
	}
	return c.Reply(err, "/accounts/factor", "factor.rule_set", func(f web.Form) (web.Page, error) {
		all, err := p.rules(c.Context(), c.Who)
		f.ID = form.Unit
		return rulesView(c.L, all, f), err
	})
}
