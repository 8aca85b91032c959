package account

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

func signInView(l locale.L, f web.Form, ways []g.Node, demo []Demo) web.Page {
	return web.Page{
		Title: l.T("account.sign_in.title"), Bare: true,
		Body: part.Alone(part.Small,
			part.Brand("CB", l.T("kit.brand"), l.T("account.sign_in.motto")),
			h.H1(g.Text(l.T("account.sign_in.title"))),
			demoPeople(l, demo, f.Value("next")),
			part.Card(part.Post("/sign-in",
				f.Summary(l),
				f.Hidden("next"),
				f.Input("name", l.T("account.sign_in.name"), part.Help(l.T("account.sign_in.name_help")),
					h.AutoComplete("username"), g.Attr("autocapitalize", "words"), g.Attr("spellcheck", "false")),
				f.Password(l, "password", l.T("account.sign_in.password"), "current-password"),
				f.Check("shared", l.T("account.sign_in.shared"), part.Help(l.T("account.sign_in.shared_help"))),
				part.Button(l.T("account.sign_in.do"), part.Primary, part.Wide),
				g.Group(ways),
			)),
			part.LinkButton("/start", l.T("account.sign_in.code"), part.IconKey, part.Wide),
			part.LinkButton("/vao", l.T("account.sign_in.door"), part.IconCheck, part.Wide),
			part.LinkButton("/may-2", l.T("account.sign_in.helper"), part.IconPhone, part.Wide),
			part.Note(part.Plain, g.Text(l.T("account.sign_in.forgotten"))),
			languageButton(l, "/sign-in"),
		),
	}
}

// demoPeople offers the people of the demo world, one press each.
func demoPeople(l locale.L, demo []Demo, next string) g.Node {
	if len(demo) == 0 {
		return nil
	}
	return part.Card(part.Info,
		part.CardHead(l.T("account.demo.title"), part.Tag(part.Info, l.T("account.demo.tag"))),
		part.Muted(g.Text(l.T("account.demo.text"))),
		part.List(g.Map(demo, func(d Demo) g.Node {
			return part.PersonEntry(d.FullName, l.Of("account.role", string(d.Role))+" · "+d.Unit,
				part.PostButton("/sign-in", l.T("account.demo.enter"), part.Small,
					h.Aria("label", l.T("account.demo.enter_as", "Name", d.FullName)),
					part.HiddenValue("name", d.Name), part.HiddenValue("password", d.Password), part.HiddenValue("next", next)))
		})),
	)
}

// languageButton changes the language of this device.
func languageButton(l locale.L, next string) g.Node {
	other := locale.English
	if l.Tag() == other.Tag() {
		other = locale.Vietnamese
	}
	return part.Actions(part.PostButton("/language", other.T("account.language.this"), part.Small, h.Lang(other.Tag()),
		part.HiddenValue("value", other.Tag()), part.HiddenValue("next", next)))
}

// startView asks for a new password; of those who scanned the code their name is
// known, the others type name and code.
func startView(l locale.L, f web.Form, link string, a Account) web.Page {
	path, who := "/start", g.Node(part.Fields(
		f.Input("name", l.T("account.sign_in.name"), part.Help(l.T("account.start.name_help")), part.Required,
			h.AutoComplete("username"), g.Attr("spellcheck", "false")),
		f.Input("code", l.T("account.start.code"), part.Help(l.T("account.start.code_help")), part.Required,
			h.AutoComplete("one-time-code"), g.Attr("autocapitalize", "characters"), g.Attr("spellcheck", "false")),
	))
	if link != "" {
		path, who = "/start/"+link, g.Group{
			part.Note(part.OK, g.Text(l.T("account.start.hello", "Name", a.FullName, "SignName", a.SignName))),
			part.Username(a.SignName),
		}
	}
	return web.Page{
		Title: l.T("account.start.title"), Bare: true,
		Body: part.Alone(part.Small,
			part.Brand("CB", l.T("kit.brand"), ""),
			h.H1(g.Text(l.T("account.start.title"))),
			part.Card(part.Post(path,
				f.Summary(l),
				who,
				f.Password(l, "new_password", l.T("account.start.password"), "new-password",
					part.Help(l.T("account.password.help")), part.Required),
				f.Check("shared", l.T("account.sign_in.shared"), part.Help(l.T("account.sign_in.shared_help"))),
				part.Button(l.T("account.start.do"), part.Primary, part.Wide),
			)),
			part.LinkButton("/sign-in", l.T("account.start.have"), part.Quiet),
		),
	}
}

// goneView says that a printed code is of no use any more, and what to do.
func goneView(l locale.L, err error) web.Page {
	e := fault.Of(err)
	return web.Page{
		Title: l.T("account.start.title"), Bare: true,
		Body: part.Alone(part.Small,
			part.Brand("CB", l.T("kit.brand"), ""),
			h.H1(g.Text(l.T("account.start.title"))),
			part.Note(part.Warn, g.Text(l.Fill(e.Key, e.Args))),
			part.LinkButton("/sign-in", l.T("account.start.have"), part.Wide),
		),
	}
}
