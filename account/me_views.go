package account

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/access"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

func meView(c *web.Ctx, view me) web.Page {
	l := c.L
	return web.Page{
		Title: l.T("account.me.title"), Section: "me", Lead: c.Who.Name,
		Body: part.Cols(
			part.Stack(
				whoCard(c, view.account),
				lettersCard(l, c.Large()),
				g.If(len(own(c.Who)) > 0 || c.Who.Member != "", delegationsCard(l)),
				g.Group(view.contributed),
				devicesCard(l, c.Who, view.sessions),
			),
			part.Stack(passwordCard(l, view), pinCard(l, view)),
		),
	}
}

func whoCard(c *web.Ctx, a Account) g.Node {
	l := c.L
	return part.Card(
		part.CardHead(l.T("account.me.who")),
		part.DescriptionList(
			part.Is(l.T("account.me.name"), g.Text(a.FullName)),
			part.Is(l.T("account.me.sign_name"), h.B(g.Text(a.SignName))),
		),
		part.List(roleEntries(l, c.Who.Grants)...),
		web.SignOut(c, part.IconSignOut),
	)
}

// roleEntries lists the units with the person's roles in each.
func roleEntries(l locale.L, grants []access.Grant) []g.Node {
	var units []string
	roles := map[string][]g.Node{}
	for _, grant := range grants {
		if roles[grant.Name] == nil {
			units = append(units, grant.Name)
		}
		role := l.Of("account.role", string(grant.Role))
		if grant.For != "" {
			role = l.T("account.delegation.role", "Role", role, "Name", grant.ForName)
		}
		roles[grant.Name] = append(roles[grant.Name], part.Tag(part.Info, role))
	}
	entries := make([]g.Node, len(units))
	for i, unit := range units {
		entries[i] = part.Entry(unit, "", part.Beside(roles[unit]...))
	}
	return entries
}

func lettersCard(l locale.L, large bool) g.Node {
	value, text := "1", l.T("kit.letters.large")
	if large {
		value, text = "0", l.T("kit.letters.usual")
	}
	other := locale.English
	if l.Tag() == other.Tag() {
		other = locale.Vietnamese
	}
	return part.Card(
		part.CardHead(l.T("account.letters.title")),
		part.Muted(g.Text(l.T("account.letters.text"))),
		part.Actions(
			part.PostButton("/letters", text, part.IconLetters, part.HiddenValue("value", value), part.HiddenValue("next", "/me")),
			part.PostButton("/language", other.T("account.language.this"), h.Lang(other.Tag()),
				part.HiddenValue("value", other.Tag()), part.HiddenValue("next", "/me")),
		),
	)
}

func devicesCard(l locale.L, who access.Person, sessions []Session) g.Node {
	return part.Card(
		part.CardHead(l.T("account.device.title")),
		part.Muted(g.Text(l.T("account.device.text"))),
		part.List(g.Map(sessions, func(s Session) g.Node {
			name := s.Device
			if name == "" {
				name = l.T("account.device.unknown")
			}
			aside := g.Node(part.Tag(part.OK, l.T("account.device.this")))
			if s.ID != who.Session {
				aside = part.PostButton("/me/sessions/"+s.ID+"/end", l.T("account.device.end"), part.Small,
					h.Aria("label", l.T("account.device.end_of", "Device", name)))
			}
			return part.Entry(name, l.T("account.device.seen", "When", l.Moment(s.SeenAt)), aside)
		})),
		g.If(len(sessions) > 1, part.PostButton("/me/sessions/end", l.T("account.device.end_all"),
			part.Confirm(l, l.T("account.device.end_all_ask"), l.T("account.device.end_all")))),
	)
}

func passwordCard(l locale.L, view me) g.Node {
	return part.Card(part.CardHead(l.T("account.password.title")), changeForm(l, view.password, view.account))
}

func pinCard(l locale.L, view me) g.Node {
	kind, text := part.Plain, l.T("account.pin.none")
	if view.account.PIN != "" {
		kind, text = part.OK, l.T("account.pin.set")
	}
	f := view.pin
	return part.Card(
		part.CardHead(l.T("account.pin.title"), part.Tag(kind, text)),
		part.Muted(g.Text(l.T("account.pin.text"))),
		part.Post("/me/pin",
			f.Summary(l),
			part.Username(view.account.SignName),
			f.Password(l, "password", l.T("account.pin.password"), "current-password", part.Required),
			f.Password(l, "pin_password", l.T("account.pin.new"), "off", part.Required,
				g.Attr("inputmode", "numeric"), h.MaxLength("6")),
			part.Button(l.T("account.pin.do")),
		),
	)
}
