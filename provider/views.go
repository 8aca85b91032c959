package provider

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/account"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// signInButton stands in the form of signing in; name and password may be left empty.
func signInButton(l locale.L, name string) g.Node {
	return part.Button(l.T("provider.sign_in", "Name", name), part.Wide, part.IconLink, h.FormAction("/sign-in/provider"))
}

// leavingView is shown for a moment, and for longer where a browser does not go by itself.
func leavingView(l locale.L, name, address string) web.Page {
	return alone(l, l.T("provider.leaving", "Name", name),
		part.Muted(g.Text(l.T("provider.leaving_text", "Name", name))),
		part.LinkButton(address, l.T("provider.leave"), part.Wide, part.Primary),
	)
}

// returnedView goes on by itself where there are scripts, and by one press where not.
func returnedView(l locale.L, name string, a answer) web.Page {
	return alone(l, l.T("provider.returned", "Name", name),
		part.Post(returnPath, h.Data("onward", ""),
			part.HiddenValue("state", a.State), part.HiddenValue("code", a.Code),
			part.Button(l.T("provider.enter"), part.Wide, part.Primary)),
	)
}

func refusedView(l locale.L, name, why, back string) web.Page {
	return alone(l, name,
		part.Note(part.Warn, g.Text(why)),
		part.LinkButton(back, l.T("provider.back"), part.Wide, part.Primary),
	)
}

func alone(l locale.L, title string, body ...g.Node) web.Page {
	return web.Page{
		Title: title, Bare: true,
		Body: part.Alone(part.Small, part.Brand("CB", l.T("kit.brand"), ""), h.H1(g.Text(title)), g.Group(body)),
	}
}

func meCard(l locale.L, name string, linked bool) g.Node {
	kind, text := part.Plain, l.T("provider.none")
	if linked {
		kind, text = part.OK, l.T("provider.there")
	}
	return part.Card(
		part.CardHead(name, part.Tag(kind, text)),
		part.Muted(g.Text(l.T("provider.text", "Name", name))),
		part.LinkButton("/me/provider", l.T("provider.open"), part.IconLink),
	)
}

func own(l locale.L, name string, a account.Account, body ...g.Node) web.Page {
	return web.Page{
		Title: name, Section: "me", Crumbs: []web.Crumb{{Text: l.T("account.me.back"), URL: "/me"}}, Lead: a.FullName,
		Body: part.Card(g.Group(body)),
	}
}

func linkView(l locale.L, name string, a account.Account, f web.Form) web.Page {
	return own(l, name, a,
		part.Muted(g.Text(l.T("provider.link_text", "Name", name))),
		passwordForm(l, "/me/provider", a, f, part.Button(l.T("provider.link"), part.Primary, part.IconLink)))
}

func linkedView(l locale.L, name string, a account.Account, k Link, f web.Form) web.Page {
	used := l.T("provider.unused")
	if !k.UsedAt.IsZero() {
		used = l.T("provider.used", "When", l.Moment(k.UsedAt))
	}
	return own(l, name, a,
		part.List(g.Group{part.TallEntry("", l.T("provider.linked_as", "Name", k.Name), l.T("provider.since", "When", l.Moment(k.LinkedAt))+" · "+used)}),
		part.Details(l.T("provider.remove"), g.If(f.Wrong(), g.Attr("open")),
			passwordForm(l, "/me/provider/remove", a, f, part.Button(l.T("provider.remove"), part.Danger))))
}

func passwordForm(l locale.L, action string, a account.Account, f web.Form, button g.Node) g.Node {
	return part.Post(action,
		f.Summary(l),
		part.Username(a.SignName),
		f.Password(l, "password", l.T("account.pin.password"), "current-password", part.Required),
		button)
}
