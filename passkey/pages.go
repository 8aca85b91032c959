package passkey

import (
	g "maragu.dev/gomponents"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
)

// Pages are the pages of the feature.
type Pages struct{ *Service }

// Routes lists the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "POST /sign-in/passkey", Need: access.Public, Do: p.postSignIn},
		{Pattern: "GET /me/passkeys", Need: access.SignedIn, Do: p.page},
		{Pattern: "POST /me/passkeys/new", Need: access.SignedIn, Do: p.postNew},
		{Pattern: "POST /me/passkeys", Need: access.SignedIn, Do: p.postAdd},
		{Pattern: "POST /me/passkeys/{id}/remove", Need: access.SignedIn, Do: p.postRemove},
	}
}

// Way offers the key on the page of signing in.
func (p *Pages) Way(c *web.Ctx, _ string) (g.Node, error) {
	q, err := p.askToSignIn()
	if err != nil || q.ceremony == "" {
		return nil, err
	}
	return signInButton(c.L, q), nil
}

// MePanel shows on the page "Tôi" how many keys somebody has.
func (p *Pages) MePanel(c *web.Ctx) (g.Node, error) {
	site, err := p.site()
	if err != nil || site == nil {
		return nil, err
	}
	keys, err := ofAccount(c.Context(), p.DB, c.Who.Root, c.Who.Account)
	if err != nil {
		return nil, err
	}
	return meCard(c.L, len(keys)), nil
}

// signature is the form of signing in, as far as a key needs it.
type signature struct {
	Credential string `form:"passkey"`
	Ceremony   string `form:"ceremony"`
	Shared     bool   `form:"shared"`
	Next       string `form:"next"`
}

func (p *Pages) postSignIn(c *web.Ctx) error {
	var form signature
	if err := c.Decode(&form); err != nil {
		return err
	}
	who, err := p.check(c.Context(), p.Accounts.RemoteAddress(c.Request), form.Ceremony, form.Credential)
	if err == nil {
		err = p.Accounts.Admit(c, who.account, account.ByPasskey, form.Shared, form.Next, who.do)
	}
	if e := fault.Of(err); err != nil && e.Kind != fault.Internal {
		return c.Again(err, refusedView(c.L, c.L.Fill(e.Key, e.Args)))
	}
	return err
}

func (p *Pages) page(c *web.Ctx) error {
	view, err := p.view(c, web.Form{ID: "new"}, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(view)
}

// view draws the page with one of its forms as it was posted.
func (p *Pages) view(c *web.Ctx, add, remove web.Form) (web.Page, error) {
	_, o, err := p.owner(c.Context(), c.Who)
	return keysView(c.L, o, add, remove), err
}

// permission is the form in which a key is asked for, or taken away.
type permission struct {
	Password string `form:"password"`
}

// postNew answers with the page that puts the question to the device, and not with 303:
// what stands there is good for a few minutes and for this once.
func (p *Pages) postNew(c *web.Ctx) error {
	var form permission
	if err := c.Decode(&form); err != nil {
		return err
	}
	q, err := p.askToAdd(c.Context(), c.Who, form.Password)
	if err != nil {
		f := c.Refill(err)
		f.ID = "new"
		return c.Redraw(err)(p.view(c, f, web.Form{}))
	}
	return c.Page(newView(c.L, web.Form{}, q.ceremony, q.options))
}

// made is the form with which a device gives a new key.
type made struct {
	Name       string `form:"name"`
	Credential string `form:"passkey"`
	Ceremony   string `form:"ceremony"`
}

func (p *Pages) postAdd(c *web.Ctx) error {
	var form made
	if err := c.Decode(&form); err != nil {
		return err
	}
	if err := p.add(c.Context(), c.Who, form.Ceremony, form.Credential, form.Name); err != nil {
		f := web.Form{ID: "new", Message: c.Refill(err).Message, Problems: c.Refill(err).Problems}
		return c.Redraw(err)(p.view(c, f, web.Form{}))
	}
	return c.Done("/me/passkeys", "passkey.added")
}

func (p *Pages) postRemove(c *web.Ctx) error {
	var form permission
	if err := c.Decode(&form); err != nil {
		return err
	}
	if err := p.remove(c.Context(), c.Who, c.Param("id"), form.Password); err != nil {
		f := c.Refill(err)
		f.ID = c.Param("id")
		return c.Redraw(err)(p.view(c, web.Form{ID: "new"}, f))
	}
	return c.Done("/me/passkeys", "passkey.removed")
}
