package account

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// adviceView asks somebody who is in to change the password, now or later.
func adviceView(l locale.L, f web.Form, a Account, why advice, next string) web.Page {
	return web.Page{
		Title: l.T("account.advice.title"), Section: "me",
		Body: part.Alone(
			part.Note(part.Warn, h.P(g.Text(l.Of("account.advice", string(why)))), h.P(g.Text(l.T("account.advice.in")))),
			part.Card(changeForm(l, f, a, part.HiddenValue("why", string(why)), part.HiddenValue("next", next))),
			part.LinkButton(next, l.T("account.advice.later"), part.Wide),
		),
	}
}

// changeForm asks for the old password and the new one.
func changeForm(l locale.L, f web.Form, a Account, more ...g.Node) g.Node {
	return part.Post("/me/password",
		f.Summary(l),
		part.Username(a.SignName),
		g.Group(more),
		f.Password(l, "password", l.T("account.password.old"), "current-password", part.Required),
		f.Password(l, "new_password", l.T("account.password.new"), "new-password", part.Help(l.T("account.password.help")), part.Required),
		part.Button(l.T("account.password.do")),
	)
}

func ruleCard(l locale.L) g.Node {
	return part.Card(part.CardHead(l.T("account.rule.title")), part.Muted(g.Text(l.T("account.rule.text"))),
		part.LinkButton("/accounts/passwords", l.T("account.rule.open")))
}

// rulesView lists the base organisations with what each wants of passwords.
func rulesView(l locale.L, all []ruled, posted web.Form) web.Page {
	return web.Page{
		Title: l.T("account.rule.title"), Section: "accounts", Crumbs: []web.Crumb{{Text: l.T("account.people.title"), URL: "/accounts"}},
		Body: part.Stack(
			part.Note(part.Info, g.Text(l.T("account.rule.text")), h.P(g.Text(l.T("account.rule.advice")))),
			g.If(len(all) == 0, part.Empty(l.T("account.rule.none"), l.T("account.rule.none_help"))),
			g.Map(all, func(r ruled) g.Node {
				f := web.Form{ID: r.Root, Values: url.Values{"months": {strconv.Itoa(r.Months)}}}
				if posted.ID == r.Root {
					f = posted
				}
				return part.Card(part.CardHead(r.Name),
					part.Post("/accounts/passwords", f.Summary(l), part.HiddenValue("unit", r.Root),
						f.Number("months", l.T("account.rule.months"), part.Help(l.T("account.rule.months_help"))),
						part.Button(l.T("account.rule.do"))))
			})),
	}
}
