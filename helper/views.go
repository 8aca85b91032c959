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
	state := o.StateAt(v.now, v.m.State)
	title := part.CardHead(o.Name, part.Tag(kindOf(state), v.Of("helper.state", string(state))))
	about := part.Muted(g.Text(v.about(o)))
	switch state {
	case Invited:
		return part.Card(part.Info, title, about,
			part.Beside(part.QR(v.base+"/may-2/"+o.Code, v.T("helper.qr")), part.Big(o.Grouped())),
			h.P(g.Text(v.T("helper.how", "Site", site(v.base)+"/may-2", "Time", o.UntilAt.HHMM()))),
			v.remove(o, v.T("helper.withdraw")))
	case Helping:
		return part.Card(title, about, v.remove(o, v.T("helper.remove"), part.Confirm(v.L, v.T("helper.remove_ask", "Name", o.Name), v.T("helper.remove"))))
	}
	return part.Card(title, about)
}

// about says with what somebody helps, and since when.
func (v listView) about(o Helper) string {
	words := []string{v.Of("room.duty", string(o.Duty))}
	if o.Member == "" {
		words = append(words, v.T("helper.not_listed"))
	}
	if !o.JoinedAt.IsZero() {
		words = append(words, v.T("helper.since", "Time", v.Clock(o.JoinedAt)))
	}
	if !o.EndedAt.IsZero() {
		words = append(words, v.T("helper.until", "Time", v.Clock(o.EndedAt)))
	}
	return strings.Join(words, " · ")
}

func (v listView) remove(o Helper, text string, looks ...g.Node) g.Node {
	return part.PostButton(path(v.m.ID)+"/"+o.ID+"/remove", text, append(looks, part.Small, h.Aria("label", text+": "+o.Name))...)
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
			g.If(c.Who.Helps(), part.Note(part.OK, g.Text(l.T("helper.knock.here")), h.Br(), part.Link("/rooms/"+c.Who.Seat.Meeting, g.Text(l.T("helper.knock.room"))))),
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
