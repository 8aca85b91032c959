package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	c "github.com/chromedp/chromedp"
)

// Authenticator is a telephone's keeper of passkeys whose owner is always there. Finger
// says whether it recognises them.
type Authenticator struct {
	page *Page
	id   webauthn.AuthenticatorID
}

// Authenticator gives the tab a keeper of passkeys.
func (p *Page) Authenticator() *Authenticator {
	p.t.Helper()
	a := &Authenticator{page: p}
	p.do(c.Func(func(ctx context.Context, target *c.Target) error {
		if _, err := cdp.Call(ctx, target, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		made, err := cdp.Call(ctx, target, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
			Options: &webauthn.VirtualAuthenticatorOptions{
				Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true,
				AutomaticPresenceSimulation: true, IsUserVerified: true,
			},
		})
		a.id = made.AuthenticatorID
		return err
	}))
	return a
}

// Finger says whether the keeper recognises its owner from now on.
func (a *Authenticator) Finger(known bool) {
	a.page.t.Helper()
	a.page.do(c.Func(func(ctx context.Context, target *c.Target) error {
		_, err := cdp.Call(ctx, target, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: a.id, IsUserVerified: known})
		return err
	}))
}
