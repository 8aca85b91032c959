package factor

import (
	"net/url"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

func codeField(l locale.L, f web.Form, label, help string) g.Node {
	return f.Input("code", label, part.Help(help), part.Required, h.AutoComplete("one-time-code"), g.Attr("autocapitalize", "characters"), g.Attr("spellcheck", "false"))
}

// bare is a page between the password and the program.
func bare(l locale.L, title string, children ...g.Node) web.Page {
	return web.Page{
		Title: title, Bare: true,
		Body: part.Alone(part.Small, part.Brand("CB", l.T("kit.brand"), ""), h.H1(g.Text(title)), g.Group(children)),
	}
}

// askView asks for the second factor.
func askView(l locale.L, f web.Form, codes, keys bool) web.Page {
	return bare(l, l.T("factor.ask.title"),
		g.If(codes, part.Card(part.Post("/sign-in/second",
			f.Summary(l), f.Hidden("next"),
			codeField(l, f, l.T("factor.ask.code"), l.T("factor.ask.help")),
			part.Button(l.T("factor.ask.do"), part.Primary, part.Wide)))),
		g.If(keys, part.Note(part.Info, g.Text(l.T("factor.ask.key")))),
		part.LinkButton("/sign-in", l.T("factor.ask.back"), part.Wide),
		part.Note(part.Plain, g.Text(l.T("factor.ask.lost"))))
}

// firstView has somebody set up an authenticator of whom a rule asks for one.
func firstView(l locale.L, f web.Form, name, secret string) web.Page {
	next := f.Hidden("next")
	if secret == "" {
		return bare(l, l.T("factor.first.title"),
			part.Note(part.Info, g.Text(l.T("factor.first.text"))),
			part.Card(part.Steps(l.T("factor.step_app"), l.T("factor.step_scan"), l.T("factor.step_code")),
				part.Post("/sign-in/second/begin", f.Summary(l), next, part.Button(l.T("factor.begin"), part.Primary, part.Wide))),
			part.LinkButton("/sign-in", l.T("factor.ask.back"), part.Wide))
	}
	return bare(l, l.T("factor.first.title"), part.Card(setUp(l, f, "/sign-in/second/confirm", name, secret, next)))
}

// setUp shows the picture and the secret, and asks for the first code.
func setUp(l locale.L, f web.Form, path, name, secret string, more ...g.Node) g.Node {
	url, err := link(secret, name)
	if err != nil {
		return part.Note(part.Bad, g.Text(l.T("factor.problem.late")))
	}
	var groups []string
	for rest := secret; rest != ""; rest = rest[min(4, len(rest)):] {
		groups = append(groups, rest[:min(4, len(rest))])
	}
	return part.Stack(
		part.Steps(l.T("factor.step_app"), l.T("factor.step_scan"), l.T("factor.step_code")),
		part.QR(url, l.T("factor.qr")),
		part.Details(l.T("factor.by_hand"), part.DescriptionList(
			part.Is(l.T("factor.secret"), h.B(g.Text(strings.Join(groups, " ")))),
			part.Is(l.T("account.me.sign_name"), g.Text(name)))),
		part.Post(path, f.Summary(l), g.Group(more),
			codeField(l, f, l.T("factor.first_code"), l.T("factor.first_code_help")),
			part.Button(l.T("factor.confirm"), part.Primary, part.Wide)))
}

// papersView is the sheet with the recovery codes.
func papersView(l locale.L, fullName, name string, codes []string, next string) web.Page {
	return web.Page{
		Title: l.T("factor.papers.title"), Bare: true,
		Body: part.Alone(
			part.NoPrint(part.Stack(
				h.H1(g.Text(l.T("factor.papers.title"))),
				part.Note(part.OK, g.Text(l.T("factor.papers.done"))),
				part.Note(part.Warn, g.Text(l.T("factor.papers.once"))),
				part.Actions(part.PrintButton(l.T("factor.papers.print"), part.Primary), part.LinkButton(next, l.T("factor.papers.next"))),
			)),
			part.Sheet(part.Card(
				part.CardHead(l.T("factor.papers.for", "Name", fullName), g.Text(name)),
				part.Muted(g.Text(l.T("factor.papers.text"))),
				h.Ol(g.Map(codes, func(c string) g.Node { return h.Li(part.Big(c)) })),
			)),
		),
	}
}

func meCard(l locale.L, has bool) g.Node {
	kind, text := part.Plain, l.T("factor.is_off")
	if has {
		kind, text = part.OK, l.T("factor.is_on")
	}
	return part.Card(
		part.CardHead(l.T("factor.title"), part.Tag(kind, text)),
		part.Muted(g.Text(l.T("factor.text"))),
		part.LinkButton("/me/factor", l.T("factor.open"), part.IconLock),
	)
}

func reminder(l locale.L, from when.Date) g.Node {
	return part.Card(part.Warn,
		part.CardHead(l.T("factor.title")),
		h.P(g.Text(l.T("factor.reminder", "Day", l.Day(from)))),
		part.LinkButton("/me/factor", l.T("factor.open"), part.IconLock))
}

func ruleCard(l locale.L) g.Node {
	return part.Card(part.CardHead(l.T("factor.rule.title")), part.Muted(g.Text(l.T("factor.rule.text"))),
		part.LinkButton("/accounts/factor", l.T("factor.rule.open")))
}

func pageView(l locale.L, view mine) web.Page {
	body := part.Stack(part.Card(part.CardHead(l.T("factor.begin")), part.Muted(g.Text(l.T("factor.begin_text"))),
		passwordForm(l, "/me/factor", view.name, view.begin, l.T("factor.begin"), part.Primary)))
	switch {
	case view.has:
		body = onView(l, view)
	case view.secret != "":
		body = part.Card(part.CardHead(l.T("factor.begin")), setUp(l, view.code, "/me/factor/confirm", view.name, view.secret))
	}
	return web.Page{
		Title: l.T("factor.title"), Section: "me", Crumbs: []web.Crumb{{Text: l.T("account.me.back"), URL: "/me"}},
		Body: part.Stack(part.Note(part.Info, g.Text(l.T("factor.text"))), body),
	}
}

func onView(l locale.L, view mine) g.Node {
	return part.Cols(
		part.Card(
			part.CardHead(l.T("factor.papers.title"), part.Tag(part.Info, l.T("factor.papers.left", "Count", view.left))),
			part.Muted(g.Text(l.T("factor.papers.renew_text"))),
			passwordForm(l, "/me/factor/papers", view.name, view.papers, l.T("factor.papers.renew"), nil)),
		part.Card(
			part.CardHead(l.T("factor.off")),
			part.Muted(g.Text(l.T("factor.off_text"))),
			passwordForm(l, "/me/factor/off", view.name, view.off, l.T("factor.off"), part.Danger,
				codeField(l, view.off, l.T("factor.ask.code"), l.T("factor.ask.help")))),
	)
}

// passwordForm asks for the password again, and what more.
func passwordForm(l locale.L, path, name string, f web.Form, do string, look g.Node, more ...g.Node) g.Node {
	return part.Post(path, f.Summary(l), part.Username(name),
		f.Password(l, "password", l.T("account.pin.password"), "current-password", part.Required),
		g.Group(more), part.Button(do, look))
}

// rulesView lists the units with the day from which the second factor is due in each.
func rulesView(l locale.L, all []ruled, posted web.Form) web.Page {
	return web.Page{
		Title: l.T("factor.rule.title"), Section: "accounts", Crumbs: []web.Crumb{{Text: l.T("account.people.title"), URL: "/accounts"}},
		Body: part.Stack(
			part.Note(part.Info, g.Text(l.T("factor.rule.text"))),
			g.Map(all, func(r ruled) g.Node {
				f := web.Form{ID: r.ID, Values: url.Values{}}
				if !r.From.IsZero() {
					f.Values.Set("from", r.From.String())
				}
				if posted.ID == r.ID {
					f = posted
				}
				return part.Card(part.CardHead(r.Name),
					part.Post("/accounts/factor", f.Summary(l), part.HiddenValue("unit", r.ID),
						f.Date("from", l.T("factor.rule.from"), part.Help(l.T("factor.rule.from_help"))),
						part.Button(l.T("factor.rule.do"))))
			})),
	}
}
