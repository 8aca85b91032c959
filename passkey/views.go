package passkey

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// signInButton stands in the form of signing in; without scripts, or in a browser that
// knows no keys, it is not shown.
func signInButton(l locale.L, q question) g.Node {
	return g.Group{
		part.HiddenValue("ceremony", q.ceremony),
		part.Button(l.T("passkey.sign_in"), part.Wide, part.IconKey, h.FormAction("/sign-in/passkey"), asks(l, "get", q.options)),
	}
}

// asks are the attributes of a button that puts a question to the device.
func asks(l locale.L, kind, options string) g.Node {
	return g.Group{
		h.Name("passkey"), g.Attr("hidden"), h.Data("passkey", kind), h.Data("question", options), h.Data("failed", l.T("passkey.failed")),
	}
}

func refusedView(l locale.L, why string) web.Page {
	return web.Page{
		Title: l.T("passkey.sign_in"), Bare: true,
		Body: part.Alone(part.Small,
			part.Brand("CB", l.T("kit.brand"), ""),
			h.H1(g.Text(l.T("passkey.sign_in"))),
			part.Note(part.Warn, g.Text(why)),
			part.LinkButton("/sign-in", l.T("passkey.again"), part.Wide, part.Primary),
		),
	}
}

func meCard(l locale.L, n int) g.Node {
	kind, text := part.Plain, l.T("passkey.none")
	if n > 0 {
		kind, text = part.OK, l.T("passkey.count", "Count", n)
	}
	return part.Card(
		part.CardHead(l.T("passkey.title"), part.Tag(kind, text)),
		part.Muted(g.Text(l.T("passkey.text"))),
		part.LinkButton("/me/passkeys", l.T("passkey.open"), part.IconKey),
	)
}

func crumbs(l locale.L) []web.Crumb { return []web.Crumb{{Text: l.T("account.me.back"), URL: "/me"}} }

func keysView(l locale.L, o owner, add, remove web.Form) web.Page {
	return web.Page{
		Title: l.T("passkey.title"), Section: "me", Crumbs: crumbs(l), Lead: o.FullName,
		Body: part.Cols(
			part.Stack(
				part.Note(part.Info, g.Text(l.T("passkey.text"))),
				part.Card(
					part.CardHead(l.T("passkey.keys")),
					g.If(len(o.keys) == 0, part.Muted(g.Text(l.T("passkey.no_keys")))),
					part.List(g.Map(o.keys, func(k Passkey) g.Node { return keyEntry(l, o, k, remove) })),
				),
			),
			part.Card(
				part.CardHead(l.T("passkey.add")),
				part.Muted(g.Text(l.T("passkey.add_text"))),
				part.Post("/me/passkeys/new",
					add.Summary(l),
					part.Username(o.SignName),
					add.Password(l, "password", l.T("account.pin.password"), "current-password", part.Required),
					part.Button(l.T("passkey.next"), part.Primary)),
			),
		),
	}
}

func keyEntry(l locale.L, o owner, k Passkey, posted web.Form) g.Node {
	used := l.T("passkey.unused")
	if !k.UsedAt.IsZero() {
		used = l.T("passkey.used", "When", l.Moment(k.UsedAt))
	}
	f := web.Form{ID: k.ID}
	if posted.ID == k.ID {
		f = posted
	}
	return part.TallEntry("", k.Name, l.T("passkey.made", "When", l.Moment(k.MadeAt))+" · "+used,
		part.Details(l.T("passkey.remove_of", "Name", k.Name), g.If(f.Wrong(), g.Attr("open")),
			part.Post("/me/passkeys/"+k.ID+"/remove",
				f.Summary(l),
				part.Username(o.SignName),
				f.Password(l, "password", l.T("account.pin.password"), "current-password", part.Required),
				part.Button(l.T("passkey.remove"), part.Danger))),
	)
}

// newView puts the question to the device.
func newView(l locale.L, f web.Form, ceremony, options string) web.Page {
	return web.Page{
		Title: l.T("passkey.add"), Section: "me",
		Crumbs: append(crumbs(l), web.Crumb{Text: l.T("passkey.title"), URL: "/me/passkeys"}),
		Body: part.Card(
			part.Steps(l.T("passkey.step_name"), l.T("passkey.step_press"), l.T("passkey.step_finger")),
			part.Post("/me/passkeys",
				f.Summary(l),
				part.HiddenValue("ceremony", ceremony),
				f.Input("name", l.T("passkey.name"), part.Help(l.T("passkey.name_help")), part.Required, h.MaxLength("60")),
				part.Button(l.T("passkey.make"), part.Primary, part.IconKey, asks(l, "create", options)),
				h.P(g.Attr("data-passkey-cannot"), g.Text(l.T("passkey.cannot"))),
			),
		),
	}
}
