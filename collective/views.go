package collective

import (
	"slices"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/meeting"
	"chibo/organization"
)

// bodyView is a collective with its people and its last meetings.
type bodyView struct {
	L locale.L
	Collective
	people   []Person
	meetings []meeting.Meeting
}

// of names the collective in addresses.
func (v bodyView) of() of { return of{v.Organization, v.Kind} }

// indexView is the collectives beside a cell.
type indexView struct {
	L      locale.L
	cells  []organization.Organization
	cell   organization.Organization
	bodies []bodyView
}

func (v indexView) body() g.Node {
	cards := part.Stack(v.what(), g.Map(v.bodies, bodyView.card))
	if len(v.cells) < 2 {
		return cards
	}
	tabs := make([]part.Tab, len(v.cells))
	for i, o := range v.cells {
		tabs[i] = part.Tab{Text: o.Name, URL: of{Cell: o.ID}.address("/collectives"), Current: o.ID == v.cell.ID}
	}
	return part.Stack(part.Tabs(v.L.T("collective.cells"), tabs...), cards)
}

// what says what this is for, until somebody is listed.
func (v indexView) what() g.Node {
	if slices.ContainsFunc(v.bodies, func(b bodyView) bool { return len(b.people) > 0 }) {
		return nil
	}
	return part.Note(part.Info, g.Text(v.L.T("collective.what")))
}

// card shows a collective: before anybody is listed the one thing to do first. The page has a card
// for each, so that none of their buttons is the first of the page.
func (v bodyView) card() g.Node {
	l, title := v.L, v.L.Of("collective.kind", string(v.Kind))
	if len(v.people) == 0 {
		return part.Card(part.CardHead(title), part.Empty(l.T("collective.none.title"), l.T("collective.none.text")),
			part.LinkButton(v.of().address("/collectives/people"), l.T("collective.people.first"), part.IconPeople))
	}
	return part.Card(part.CardHead(title), h.P(h.B(g.Text(v.Name))),
		part.Actions(
			part.LinkButton(v.of().address("/collectives/new"), l.T("collective.new.button"), part.IconPlus),
			part.LinkButton(v.of().address("/collectives/people"), l.T("collective.people.edit", "Count", len(v.people)), part.IconPeople)),
		g.If(len(v.meetings) == 0, part.Muted(g.Text(l.T("collective.meetings.none")))),
		g.If(len(v.meetings) > 0, part.List(g.Map(v.meetings, func(m meeting.Meeting) g.Node { return entry(l, m) }))))
}

// entry leads to a meeting.
func entry(l locale.L, m meeting.Meeting) g.Node {
	return part.LinkEntry(path(m), m.Title, l.Moment(m.StartsAt), stateTag(l, m.State))
}

// meetingsCard lists meetings.
func meetingsCard(l locale.L, title string, all []meeting.Meeting) g.Node {
	return part.Card(part.CardHead(title), part.List(g.Map(all, func(m meeting.Meeting) g.Node { return entry(l, m) })))
}

func stateTag(l locale.L, s meeting.State) g.Node {
	kind := map[meeting.State]part.Kind{meeting.Open: part.Bad, meeting.Closed: part.Warn, meeting.Sealed: part.OK}[s]
	return part.Tag(kind, l.Of("collective.state", string(s)))
}

// sheetForm is the head and the people of a collective.
func sheetForm(l locale.L, a of, f web.Form) g.Node {
	return part.Card(part.Post("/collectives/people", part.Guard(), f.Summary(l),
		part.HiddenValue("unit", a.Cell), part.HiddenValue("kind", string(a.Kind)),
		f.Input("name", l.T("collective.field.name"), part.Required, part.Help(l.Of("collective.field.name_help", string(a.Kind)))),
		f.Input("superior", l.T("collective.field.superior"), part.Help(l.Of("collective.field.superior_help", string(a.Kind)))),
		f.Textarea("people", l.T("collective.field.people"), part.Required, part.Help(l.T("collective.field.people_help")), h.Rows("16")),
		part.Actions(part.Button(l.T("collective.save"), part.Primary, part.IconCheck), part.LinkButton(of{Cell: a.Cell}.address("/collectives"), l.T("collective.cancel")))))
}

// planForm is what a meeting is laid out with; a names the collective of a new one.
func planForm(l locale.L, to string, a *of, people []Person, f web.Form) g.Node {
	who := []part.Option{{Text: l.T("collective.field.nobody")}}
	for _, p := range people {
		text := p.Name
		if p.Office != "" {
			text += " · " + p.Office
		}
		who = append(who, part.Option{Value: p.ID, Text: text})
	}
	var hidden g.Node
	send, back := l.T("collective.save"), strings.TrimSuffix(to, "/edit")
	if a != nil {
		hidden, send = g.Group{part.HiddenValue("unit", a.Cell), part.HiddenValue("kind", string(a.Kind))}, l.T("collective.new.send")
		back = of{Cell: a.Cell}.address("/collectives")
	}
	return part.Card(part.Post(to, part.Guard(), f.Summary(l), hidden,
		f.Input("title", l.T("collective.field.title"), part.Required),
		part.Fields(f.DateTime("starts_at", l.T("collective.field.starts_at"), part.Required), f.Input("place", l.T("collective.field.place"))),
		part.Fields(f.Select("chair", l.T("collective.field.chair"), who), f.Select("minute_taker", l.T("collective.field.minute_taker"), who)),
		f.Textarea("agenda", l.T("collective.field.agenda"), part.Required, part.Help(l.T("collective.field.agenda_help")), h.Rows("8")),
		part.Actions(part.Button(send, part.Primary, part.IconCheck), part.LinkButton(back, l.T("collective.cancel")))))
}

// meetingView is the page of one meeting.
type meetingView struct {
	L locale.L
	meeting.Meeting
	body  bodyView
	items []meeting.Item
}

// action is the one thing to do next.
func (v meetingView) action() g.Node {
	room := func(key string) g.Node {
		return part.LinkButton("/rooms/"+v.ID, v.L.T(key), part.Primary, part.IconScreen)
	}
	switch v.State {
	case meeting.Closed, meeting.Sealed:
		return part.LinkButton("/meetings/"+v.ID+"/minutes", v.L.T("collective.minutes"), part.Primary, part.IconPaper)
	case meeting.Open:
		return room("collective.room.back")
	case meeting.Draft, meeting.Noticed:
	}
	return room("collective.room")
}

func (v meetingView) page() g.Node {
	return part.Cols(part.Stack(v.agenda()), part.Stack(v.facts(), v.change()))
}

func (v meetingView) agenda() g.Node {
	return part.Card(part.CardHead(v.L.T("collective.field.agenda")),
		h.Ol(h.Class("list"), g.Map(v.items, func(i meeting.Item) g.Node {
			return part.Item(part.Tag(part.Plain, strconv.Itoa(i.Position)), part.Grow(g.Text(i.Title)))
		})))
}

func (v meetingView) facts() g.Node {
	l := v.L
	is := func(key, text string) part.Term {
		if text == "" {
			return part.Is(l.T(key))
		}
		return part.Is(l.T(key), g.Text(text))
	}
	return part.Card(part.CardHead(l.Of("collective.kind", string(v.Kind)), stateTag(l, v.State)), part.DescriptionList(
		is("collective.field.starts_at", l.Moment(v.StartsAt)), is("collective.field.place", v.Place),
		is("collective.field.chair", v.name(v.Chair)), is("collective.field.minute_taker", v.name(v.MinuteTaker)),
		is("collective.called", l.T("collective.count", "Count", len(v.body.people)))))
}

// name is the name of somebody of the collective, empty for who has left its list.
func (v meetingView) name(id string) string {
	for _, p := range v.body.people {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

// change mends or removes a meeting that has not been opened.
func (v meetingView) change() g.Node {
	if v.State != meeting.Draft {
		return nil
	}
	l := v.L
	return part.Card(part.Actions(
		part.LinkButton(path(v.Meeting)+"/edit", l.T("collective.edit.title"), part.IconEdit),
		part.LinkButton("/rooms/"+v.ID+"/paper", l.T("collective.paper"), part.IconPrinter),
		part.PostButton(path(v.Meeting)+"/drop", l.T("collective.drop"), part.Danger, part.IconTrash, part.Confirm(l, l.T("collective.drop_ask"), l.T("collective.drop")))))
}
