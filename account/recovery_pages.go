package account

import (
	g "maragu.dev/gomponents"

	"chibo/kit/web"
)

// drops is the form in which a new code is asked for.
type drops struct {
	Drops bool   `form:"drops"`
	Unit  string `form:"unit"`
}

func (p *Pages) postAsk(c *web.Ctx) error {
	var form drops
	if err := c.Decode(&form); err != nil {
		return err
	}
	return p.act(c, func(id string) error { return p.ask(c.Context(), c.Who, id, form.Drops) }, "account.recovery.asked")
}

// postConfirm answers with the slip, as postCodes does.
func (p *Pages) postConfirm(c *web.Ctx) error {
	slip, err := p.confirm(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Page(slipsView(c.L, []Slip{slip}, c.Base()))
}

// RecoveryPanel tells on the home page what was lately done to get into somebody's account.
func (p *Pages) RecoveryPanel(c *web.Ctx) (g.Node, error) {
	lately, err := recoveriesOf(c.Context(), p.DB, c.Who.Root, c.Who.Account, p.now().Add(-warned))
	if err != nil || len(lately) == 0 {
		return nil, err
	}
	return recoveryWarning(c.L, lately), nil
}
