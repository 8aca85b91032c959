package account

import "chibo/kit/web"

// advicePage says to somebody who has just come in why the password should be changed, and
// offers to do it now or later.
func (p *Pages) advicePage(c *web.Ctx) error {
	view, err := p.advised(c, web.Form{ID: "change"}, advice(c.Query("why")), c.Query("next"))
	if err != nil {
		return err
	}
	return c.Page(view)
}

func (p *Pages) advised(c *web.Ctx, f web.Form, why advice, next string) (web.Page, error) {
	a, err := accountByID(c.Context(), p.DB, c.Who.Account)
	if err != nil {
		return web.Page{}, err
	}
	if why != tooShort && why != tooKnown {
		why = tooOld
	}
	return adviceView(c.L, f, a, why, local(next)), nil
}

// ruleForm is the form in which a rule is set.
type ruleForm struct {
	Unit   string `form:"unit"`
	Months int    `form:"months"`
}

func (p *Pages) rulesPage(c *web.Ctx) error {
	all, err := p.rules(c.Context(), c.Who)
	if err != nil {
		return err
	}
	return c.Page(rulesView(c.L, all, web.Form{}))
}

func (p *Pages) postRule(c *web.Ctx) error {
	var form ruleForm
	err := c.Decode(&form)
	if err == nil {
		err = p.SetRule(c.Context(), c.Who, form.Unit, form.Months)
	}
	return c.Reply(err, "/accounts/passwords", "account.rule.set", func(f web.Form) (web.Page, error) {
		all, err := p.rules(c.Context(), c.Who)
		f.ID = form.Unit
		return rulesView(c.L, all, f), err
	})
}
