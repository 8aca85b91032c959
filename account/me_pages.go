package account

import (
	g "maragu.dev/gomponents"

	"chibo/kit/web"
)

// newPassword is the form in which a password is changed.
type newPassword struct {
	Old   string `form:"password"`
	Fresh string `form:"new_password"`
	// Why and Next come from the page that has advised to change it.
	Why  advice `form:"why"`
	Next string `form:"next"`
}

// newPIN is the form in which a PIN is set.
type newPIN struct {
	Password string `form:"password"`
	PIN      string `form:"pin_password"`
}

// me is what the page "Tôi" shows.
type me struct {
	account     Account
	sessions    []Session
	password    web.Form
	pin         web.Form
	contributed []g.Node
}

func (p *Pages) mePage(c *web.Ctx) error {
	view, err := p.me(c)
	if err != nil {
		return err
	}
	return c.Page(meView(c, view))
}

func (p *Pages) me(c *web.Ctx) (me, error) {
	a, err := accountByID(c.Context(), p.DB, c.Who.Account)
	if err != nil {
		return me{}, err
	}
	sessions, err := p.sessions(c.Context(), c.Who)
	if err != nil {
		return me{}, err
	}
	view := me{
		account: a, sessions: sessions,
		password: web.Form{ID: "change"}, pin: web.Form{ID: "pin"},
	}
	for _, panel := range p.Panels {
		n, err := panel(c)
		if err != nil {
			return me{}, err
		}
		view.contributed = append(view.contributed, n)
	}
	return view, nil
}

func (p *Pages) postPassword(c *web.Ctx) error {
	var form newPassword
	if err := c.Decode(&form); err != nil {
		return err
	}
	err := p.ChangePassword(c.Context(), c.Who, form.Old, form.Fresh)
	if form.Why != "" {
		return c.Reply(err, local(form.Next), "account.password.changed", func(f web.Form) (web.Page, error) {
			f.ID = "change"
			return p.advised(c, f, form.Why, form.Next)
		})
	}
	if err != nil {
		return p.meAgain(c, err, func(view *me, f web.Form) { f.ID = "change"; view.password = f })
	}
	return c.Done("/me", "account.password.changed")
}

func (p *Pages) postPIN(c *web.Ctx) error {
	var form newPIN
	if err := c.Decode(&form); err != nil {
		return err
	}
	if err := p.SetPIN(c.Context(), c.Who, form.Password, form.PIN); err != nil {
		return p.meAgain(c, err, func(view *me, f web.Form) { f.ID = "pin"; view.pin = f })
	}
	return c.Done("/me", "account.pin.changed")
}

// meAgain shows the page with one of its forms as it was posted.
func (p *Pages) meAgain(c *web.Ctx, err error, put func(*me, web.Form)) error {
	view, readErr := p.me(c)
	if readErr != nil {
		return readErr
	}
	put(&view, c.Refill(err))
	return c.Again(err, meView(c, view))
}

func (p *Pages) postEndSession(c *web.Ctx) error {
	if err := p.endOwn(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/me", "account.device.ended")
}

func (p *Pages) postEndSessions(c *web.Ctx) error {
	if err := p.SignOutEverywhere(c.Context(), c.Who); err != nil {
		return err
	}
	return c.Done("/me", "account.device.all_ended")
}
