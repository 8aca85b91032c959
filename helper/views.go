package helper

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/proceedings"
)

// listView is the page of those who invite.
type listView struct {
	locale.L
	m       meeting.Meeting
	now     when.Instant
	base    string
	helpers []Helper
	roll    []member.Entry
	form    web.Form
}

func (v listView) page() web.Page {
	return web.Page{
		Title: v.T("helper.title"), Lead: v.T("helper.lead"), Section: "meetings",
		Crumbs: []web.Crumb{{Text: v.m.Title, URL: v.m.Path()}, {Text: v.T("helper.room"), URL: "/rooms/" + v.m.ID}},
		Body:   part.Cols(part.Stack(v.invited(), v.invitation()), v.words()),
	}
}

// invited lists who was invited, with the code of who is awaited. It asks for itself
// again until they are in.
func (v listView) invited() g.Node {
	again := g.Node(nil)
	for _, o := range v.helpers {
		if o.StateAt(v.now, v.m.State) == Invited {
			again = g.Group{part.Swap(path(v.m.ID), "#helpers"), part.On("every 3s"), part.SwapOuter()}
		}
	}
	return h.Div(h.ID("helpers"), h.Class("stack"), h.Aria("live", "polite"), again, g.Map(v.helpers, v.helper))
}

func (v listView) helper(o Helper) g.Node {
	return PassCard(v.L, o.Pass, o.StateAt(v.now, v.m.State), o.Name, v.about(o), v.base, path(v.m.ID)+"/"+o.ID+"/remove")
}

// PassCard shows a pass with the name of its holder: its code as long as it is good, at the
// address base of the program, and a button that takes it back by a POST to remove.
func PassCard(l locale.L, p Pass, state State, name, about, base, remove string) g.Node {
	title := part.CardHead(name, part.Tag(kindOf(state), l.Of("helper.state", string(state))))
	take := func(text string, looks ...g.Node) g.Node {
		return part.PostButton(remove, text, append(looks, part.Small, h.Aria("label", text+": "+name))...)
	}
	switch state {
	case Invited:
		return part.Card(part.Info, title, part.Muted(g.Text(about)),
			part.Beside(part.QR(base+"/may-2/"+p.Code, l.T("helper.qr")), part.Big(p.Grouped())),
			h.P(g.Text(l.T("helper.how", "Site", site(base)+"/may-2", "Time", p.UntilAt.HHMM()))),
			take(l.T("helper.withdraw")))
	case Helping:
		return part.Card(title, part.Muted(g.Text(about)), take(l.T("helper.remove"), part.Confirm(l, l.T("helper.remove_ask", "Name", name), l.T("helper.remove"))))
	}
	return part.Card(title, part.Muted(g.Text(about)))
}

// about says with what somebody helps, and since when.
func (v listView) about(o Helper) string {
	words := []string{v.Of("room.duty", string(o.Duty))}
	if o.Member == "" {
		words = append(words, v.T("helper.not_listed"))
	}
	words = append(words, o.Times(v.L)...)
	return strings.Join(words, " · ")
}

// Times says since when and until when the device of a pass was let in.
func (p Pass) Times(l locale.L) []string {
	var words []string
	if !p.JoinedAt.IsZero() {
		words = append(words, l.T("helper.since", "Time", l.Clock(p.JoinedAt)))
	}
	if !p.EndedAt.IsZero() {
		words = append(words, l.T("helper.until", "Time", l.Clock(p.EndedAt)))
	}
	return words
}

func kindOf(s State) part.Kind {
	switch s {
	case Invited:
		return part.Info
	case Helping:
		return part.OK
	}
	return part.Plain
}

// invitation is the form that makes a code.
func (v listView) invitation() g.Node {
	if v.m.State != meeting.Noticed && v.m.State != meeting.Open {
		return part.Note(part.Plain, g.Text(v.T("helper.problem.state")))
	}
	var duties []part.Option
	for _, d := range proceedings.Duties {
		duties = append(duties, part.Option{Value: string(d), Text: v.Of("helper.duty", string(d)), Small: v.Of("room.duty.means", string(d))})
	}
	return part.Card(part.CardHead(v.T("helper.invite")),
		part.Post(path(v.m.ID),
			v.form.Summary(v.L),
			v.form.Radios("duty", v.T("helper.duty"), duties),
			v.form.Input("name", v.T("helper.name"), part.Help(v.T("helper.name_help")), part.Required, h.List("helper-roll"), h.AutoComplete("off")),
			h.DataList(h.ID("helper-roll"), g.Map(v.roll, func(e member.Entry) g.Node { return h.Option(h.Value(e.FullName)) })),
			part.Actions(part.Button(v.T("helper.make"), part.Primary, part.IconKey))))
}

// words says what a second device can and cannot do.
func (v listView) words() g.Node {
	return part.Card(part.CardHead(v.T("helper.know")), part.List(
		part.MarkEntry(part.OK, "", v.T("helper.know.offline"), ""),
		part.MarkEntry(part.OK, "", v.T("helper.know.named"), ""),
		part.MarkEntry(part.Warn, "", v.T("helper.know.only"), ""),
		part.MarkEntry(part.Warn, "", v.T("helper.know.ends"), ""),
	))
}

// knockView asks for the eight digits.
func knockView(c *web.Ctx, f web.Form) web.Page {
	l := c.L
	var body g.Node
	if c.Who.SignedIn() {
		body = g.Group{
			part.Note(part.Info, g.Text(l.T("helper.knock.signed_in", "Name", c.Who.Name))),
			part.LinkButton("/", l.T("kit.back_home"), part.Wide),
		}
	} else {
		body = g.Group{
			g.If(c.Who.Helps(), part.Note(part.OK, g.Text(l.T("helper.knock.here")), h.Br(), part.Link(c.Who.Seat.Place, g.Text(l.T("helper.knock.room"))))),
			part.Card(part.Post("/may-2",
				f.Summary(l),
				f.Input("code", l.T("helper.knock.code"), part.Help(l.T("helper.knock.code_help")), part.Required,
					h.AutoComplete("one-time-code"), g.Attr("inputmode", "numeric"), g.Attr("autofocus")),
				part.Button(l.T("helper.knock.do"), part.Primary, part.Wide, part.IconRight))),
			part.Muted(g.Text(l.T("helper.knock.what"))),
		}
	}
	return web.Page{Title: l.T("helper.knock"), Bare: true, Body: part.Alone(part.Small,
		part.Brand("CB", l.T("kit.brand"), ""), h.H1(g.Text(l.T("helper.knock"))), body)}
}

// site is an address as it is typed.
func site(base string) string {
	_, rest, found := strings.Cut(base, "://")
	if !found {
		return base
	}
	return rest
}
