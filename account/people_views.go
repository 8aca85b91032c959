package account

import (
	"net/url"
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

func peopleView(l locale.L, view people) web.Page {
	return web.Page{
		Title: l.T("account.people.title"), Section: "accounts", Lead: view.unit.Name,
		Body: part.Stack(
			unitPicker(l, view),
			part.Note(part.Info, g.Text(l.T("account.people.text"))),
			waitingCard(l, view.waiting),
			rollCard(l, view),
			g.If(view.mayGive, givenCard(l, view)),
			g.If(view.mayGive, ruleCard(l)),
			g.Group(view.asides),
		),
	}
}

func unitPicker(l locale.L, view people) g.Node {
	if len(view.units) < 2 {
		return nil
	}
	f := web.Form{ID: "unit", Values: url.Values{"unit": {view.unit.ID}}}
	return part.Ask("/accounts", part.Actions(
		f.Select("unit", l.T("account.people.unit"), unitOptions(view.units)),
		part.Button(l.T("account.people.show"), part.Small)))
}

func unitOptions(units []place) []part.Option {
	options := make([]part.Option, len(units))
	for i, u := range units {
		options[i] = part.Option{Value: u.ID, Text: u.Name}
	}
	return options
}

// rollCard lists the people with a box each. The boxes belong to the form below the
// table, the buttons of the rows to forms of their own.
func rollCard(l locale.L, view people) g.Node {
	if len(view.entries) == 0 {
		return part.Empty(l.T("account.people.empty"), l.T("account.people.empty_text"))
	}
	rows := make([]part.Row, len(view.entries))
	for i, e := range view.entries {
		rows[i] = part.Row{box(view.pick, e), state(l, e), rowButtons(l, view.unit.ID, e)}
	}
	heads := part.Heads(l.T("account.people.name"), l.T("account.people.state"), "")
	return part.Card(part.Long,
		part.CardHead(l.T("account.people.roll")),
		part.Table(l.T("account.people.roll"), heads, rows...),
		part.Post("/accounts/codes", h.ID("codes"), view.pick.Summary(l), part.HiddenValue("unit", view.unit.ID),
			view.pick.Check("drops", l.T("account.recovery.drops"), part.Help(l.T("account.recovery.drops_help"))),
			part.Actions(part.Button(l.T("account.people.print"), part.Primary, part.IconPrinter))),
	)
}

// box picks a person for a code; those who can have none are only named.
func box(f web.Form, e Entry) g.Node {
	if !e.Standing.Listed() || !e.DisabledAt.IsZero() {
		return h.B(g.Text(e.FullName))
	}
	return part.Box("codes", "members", e.Member, e.FullName, slices.Contains(f.Values["members"], e.Member))
}

func state(l locale.L, e Entry) g.Node {
	switch {
	case e.Account == "":
		return part.Tag(part.Plain, l.T("account.people.none"))
	case !e.DisabledAt.IsZero():
		return part.Tag(part.Bad, l.T("account.people.is_closed"))
	case !e.CodeUntil.IsZero():
		return h.Div(part.Tag(part.Warn, l.T("account.people.code")), h.Small(g.Text(l.T("account.people.code_until", "When", l.Moment(e.CodeUntil)))))
	case !e.Password:
		return part.Tag(part.Warn, l.T("account.people.no_password"))
	}
	return h.Div(part.Tag(part.OK, l.T("account.people.has")), h.Small(g.Text(e.SignName)))
}

func rowButtons(l locale.L, unit string, e Entry) g.Node {
	if e.Account == "" {
		return nil
	}
	button := func(what, text, ask string, more ...g.Node) g.Node {
		children := append([]g.Node{
			part.Small, part.HiddenValue("unit", unit), h.Aria("label", text+": "+e.FullName),
		}, more...)
		if ask != "" {
			children = append(children, part.Confirm(l, ask, text))
		}
		return part.PostButton("/accounts/"+e.Account+"/"+what, text, children...)
	}
	if !e.DisabledAt.IsZero() {
		return part.Actions(button("open", l.T("account.people.open"), ""))
	}
	return part.Actions(
		g.If(!e.SeenAt.IsZero(), button("sign-out", l.T("account.people.sign_out"), l.T("account.people.sign_out_ask", "Name", e.FullName))),
		button("close", l.T("account.people.close"), l.T("account.people.close_ask", "Name", e.FullName), part.Danger),
	)
}

// givenCard shows and gives the roles that follow from no office.
func givenCard(l locale.L, view people) g.Node {
	roles := make([]part.Option, len(GivenRoles))
	for i, r := range GivenRoles {
		roles[i] = part.Option{Value: string(r), Text: l.Of("account.role", string(r)), Small: l.Of("account.role_help", string(r))}
	}
	f := view.give
	return part.Card(
		part.CardHead(l.T("account.given.title")),
		part.Muted(g.Text(l.T("account.given.text"))),
		part.List(g.Map(view.given, func(r givenIn) g.Node {
			return part.PersonEntry(r.FullName, l.Of("account.role", string(r.Role))+" · "+r.Unit,
				part.PostButton("/accounts/"+r.Account+"/recovery", l.T("account.recovery.ask"), part.Small, part.HiddenValue("unit", view.unit.ID),
					h.Aria("label", l.T("account.recovery.ask")+": "+r.FullName)),
				part.PostButton("/accounts/grants/"+r.ID+"/revoke", l.T("account.given.revoke"), part.Small, part.HiddenValue("unit", view.unit.ID),
					part.Confirm(l, l.T("account.given.revoke_ask", "Name", r.FullName), l.T("account.given.revoke"))))
		})),
		part.Details(l.T("account.given.add"), g.If(f.Wrong(), g.Attr("open")),
			part.Post("/accounts", f.Summary(l),
				f.Input("full_name", l.T("account.me.name"), part.Required),
				f.Radios("role", l.T("account.given.role"), roles, part.Required),
				f.Select("unit", l.T("account.people.unit"), unitOptions(view.units)),
				part.Button(l.T("account.given.do")))),
	)
}

// slipsView is the paper with the codes: one slip a person, to be cut apart.
func slipsView(l locale.L, slips []Slip, site string) web.Page {
	return web.Page{
		Title: l.T("account.slip.title"), Bare: true,
		Body: part.Alone(
			part.NoPrint(part.Stack(
				h.H1(g.Text(l.T("account.slip.title"))),
				part.Note(part.Warn, g.Text(l.T("account.slip.once"))),
				part.Actions(part.PrintButton(l.T("account.slip.print"), part.Primary),
					part.LinkButton("/accounts", l.T("account.slip.back"))),
			)),
			g.Map(slips, func(s Slip) g.Node { return slipCard(l, s, site) }),
		),
	}
}

func slipCard(l locale.L, s Slip, site string) g.Node {
	return part.Sheet(part.Card(
		part.CardHead(l.T("account.slip.for", "Name", s.FullName), g.Text(s.Unit)),
		part.Cols(
			part.Stack(
				part.DescriptionList(
					part.Is(l.T("account.slip.site"), h.B(g.Text(site+"/start"))),
					part.Is(l.T("account.sign_in.name"), h.B(g.Text(s.SignName))),
					part.Is(l.T("account.start.code"), part.Big(s.Code)),
					part.Is(l.T("account.slip.until"), g.Text(l.Moment(s.Until))),
				),
				part.Steps(l.T("account.slip.step_scan"), l.T("account.slip.step_password"), l.T("account.slip.step_keep")),
			),
			part.QR(site+s.Link, l.T("account.slip.qr", "Name", s.FullName)),
		),
	))
}
