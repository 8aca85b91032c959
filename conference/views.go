package conference

import (
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// indexView is the list of conferences that a reader finds.
type indexView struct {
	l     locale.L
	files []File
	keeps bool
	now   when.Instant
}

func (v indexView) action() g.Node {
	if !v.keeps {
		return nil
	}
	return part.LinkButton("/conferences/new", v.l.T("conference.new"), part.Primary, part.IconPlus)
}

func (v indexView) body() g.Node {
	if len(v.files) == 0 {
		return part.Card(part.Empty(v.l.T("conference.none.title"), v.l.T("conference.none.text")))
	}
	return part.Card(part.List(g.Map(v.files, v.line)))
}

// line is a conference in a list: its next sitting, how many it has.
func (v indexView) line(f File) g.Node {
	small := f.Unit.Name
	if next, is := f.Next(v.now); is {
		small = hours(v.l, next.Sitting) + " · " + next.Venue
	}
	if due := dueOf(f, v.now); due != "" {
		small += " · " + v.l.Of("conference.due", due)
	}
	return part.LinkEntry(f.Path(), f.Title, small, stateTag(v.l, f, v.now))
}

// dueOf names what a reader has to do in a conference, empty where there is nothing.
func dueOf(f File, now when.Instant) string {
	last := f.Plan.Latest().Stage()
	switch {
	case !f.Open():
	case f.Directs && last == Sent:
		return "approve"
	case f.Directs && last == ToIssue:
		return "issue"
	case f.Keeps && !f.Directs && last == SentBack:
		return "change"
	case f.Keeps && !f.Directs && last == Writing:
		return "send"
	case slices.ContainsFunc(f.Sittings, func(y Staged) bool { return y.Hosts && y.EndsAt >= now && y.Performed.ID == "" }):
		return "name"
	}
	return ""
}

func stateTag(l locale.L, f File, now when.Instant) g.Node {
	_, more := f.Next(now)
	switch {
	case !f.Open():
		return part.Tag(part.OK, l.T("conference.state.closed"))
	case len(f.Sittings) == 0:
		return part.Tag(part.Warn, l.T("conference.state.empty"))
	case more:
		return part.Tag(part.Info, l.T("conference.state.coming"))
	}
	return part.Tag(part.Plain, l.T("conference.state.held"))
}

// hours says when a sitting is: "Thứ Năm, 28/03/2024, 08:00–11:00".
func hours(l locale.L, y Sitting) string {
	return l.T("conference.hours", "Day", l.Day(y.StartsAt.Date()), "From", l.Clock(y.StartsAt), "Until", l.Clock(y.EndsAt))
}

func newForm(l locale.L, f web.Form, units []organization.Organization) g.Node {
	options := make([]part.Option, len(units))
	for i, o := range units {
		options[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	return part.Card(part.Post("/conferences", part.Guard(), f.Summary(l),
		f.Select("organization", l.T("conference.field.organization"), options, part.Required),
		conferenceFields(l, f),
		part.Actions(part.Button(l.T("conference.new.do"), part.Primary), part.LinkButton("/conferences", l.T("conference.back")))))
}

func editForm(l locale.L, f web.Form, x Conference) g.Node {
	return part.Card(part.Post(x.Path()+"/edit", part.Guard(), f.Summary(l), conferenceFields(l, f),
		part.Actions(part.Button(l.T("conference.save"), part.Primary), part.LinkButton(x.Path(), l.T("conference.back")))))
}

func conferenceFields(l locale.L, f web.Form) g.Node {
	return g.Group{
		f.Textarea("title", l.T("conference.field.title"), part.Required, part.Help(l.T("conference.field.title_help")), h.Rows("2")),
		f.Date("names_by", l.T("conference.field.names_by"), part.Help(l.T("conference.field.names_by_help"))),
	}
}

// fileView is the page of a conference as one reader sees it.
type fileView struct {
	File

	l      locale.L
	now    when.Instant
	panels g.Group
	// choices are the meetings that the reader may name, by sitting.
	choices map[string][]meeting.Meeting
	form    web.Form // of the host, as it was refused
}

func (v fileView) lead() string { return v.Unit.Name }

func (v fileView) action() g.Node {
	if !v.Keeps || !v.Open() {
		return nil
	}
	return part.LinkButton(v.Path()+"/edit", v.l.T("conference.edit.do"), part.IconEdit)
}

func (v fileView) body() g.Node {
	return part.Cols(
		part.Stack(g.Map(v.Sittings, v.sitting), v.addSitting(), v.composition()),
		part.Stack(v.planCard(), v.facts(), v.panels, v.bundleCard(), v.ending()))
}

func (v fileView) facts() g.Node {
	l := v.l
	terms := []part.Term{part.Is(l.T("conference.field.organization"), g.Text(v.Unit.Name))}
	if !v.NamesBy.IsZero() {
		terms = append(terms, part.Is(l.T("conference.field.names_by"), g.Text(l.Day(v.NamesBy))))
	}
	if !v.Open() {
		terms = append(terms, part.Is(l.T("conference.field.closed"), g.Text(l.Moment(v.ClosedAt))))
	}
	return part.Card(part.CardHead(l.T("conference.facts"), stateTag(l, v.File, v.now)), part.DescriptionList(terms...))
}

// sitting is the card of a sitting: who performs, when, where.
func (v fileView) sitting(y Staged) g.Node {
	l := v.l
	terms := []part.Term{part.Is(l.T("conference.sitting.when"), g.Text(hours(l, y.Sitting)))}
	if y.Host != "" {
		terms = append(terms, part.Is(l.T("conference.field.host"), g.Text(y.HostUnit.Name+" · "+l.Of("meeting.kind", string(y.Kind)))))
	}
	if y.Performed.ID != "" {
		name := g.Node(g.Text(y.Performed.Title))
		if y.Hosts {
			name = part.Link(y.Performed.Path(), name)
		}
		terms = append(terms, part.Is(l.T("conference.meeting.which"), name))
	}
	terms = append(terms, part.Is(l.T("conference.field.venue"), place(l, y.Sitting)))
	return part.Card(h.ID("sitting-"+y.ID), part.CardHead(y.Title, g.If(y.EndsAt < v.now, part.Tag(part.Plain, l.T("conference.sitting.over")))),
		part.DescriptionList(terms...), v.naming(y), v.programme(y), v.sittingActions(y))
}

// place is venue and address as text, for paper and for a phone without a network, and the
// map as a link.
func place(l locale.L, y Sitting) g.Node {
	text := y.Venue
	if y.Address != "" {
		text += ", " + y.Address
	}
	return g.Group{g.Text(text), g.If(y.Map != "", g.Group{h.Br(), part.NoPrint(part.Link(y.Map, g.Text(l.T("conference.sitting.map"))))})}
}

func (v fileView) sittingActions(y Staged) g.Node {
	if !v.Keeps || !v.Open() {
		return nil
	}
	path := v.Path() + "/sittings/" + y.ID
	return part.NoPrint(part.Actions(
		part.LinkButton(path+"/edit", v.l.T("conference.sitting.edit.do"), part.Small, part.IconEdit, h.Aria("label", v.l.T("conference.sitting.edit.do")+": "+y.Title)),
		part.PostButton(path+"/remove", v.l.T("conference.sitting.remove"), part.Small, part.IconTrash, part.Confirm(v.l, v.l.T("conference.sitting.remove_ask", "Title", y.Title), v.l.T("conference.sitting.remove")))))
}

func (v fileView) addSitting() g.Node {
	if !v.Keeps || !v.Open() {
		return nil
	}
	return part.NoPrint(part.LinkButton(v.Path()+"/sittings/new", v.l.T("conference.sitting.add"), part.Wide, part.IconPlus))
}

// composition is who attends, line by line.
func (v fileView) composition() g.Node {
	l := v.l
	edits := v.Keeps && v.Open()
	var add g.Node
	if edits {
		add = part.LinkButton(v.Path()+"/composition/new", l.T("conference.line.add"), part.Small, part.IconPlus)
	}
	head := part.CardHead(l.T("conference.composition"), add)
	if len(v.Composition) == 0 {
		return part.Card(head, part.Muted(g.Text(l.T("conference.composition.none"))))
	}
	return part.Card(head, part.List(g.Map(v.Composition, func(k Category) g.Node {
		if edits {
			return part.LinkEntry(v.Path()+"/composition/"+k.ID, k.Title, v.lineSmall(k))
		}
		return part.Entry(k.Title, v.lineSmall(k))
	})))
}

// lineSmall says who names the people of a line, how many, and for which sitting.
func (v fileView) lineSmall(k Category) string {
	parts := []string{v.l.Of("conference.source", string(k.Source))}
	switch {
	case k.Quota == 0:
	case k.Source == FromBases || k.Source == FromCells:
		parts = append(parts, v.l.T("conference.line.each", "N", k.Quota))
	default:
		parts = append(parts, v.l.T("conference.line.people", "N", k.Quota))
	}
	for _, y := range v.Sittings {
		if y.ID == k.Sitting {
			parts = append(parts, y.Title)
		}
	}
	return strings.Join(parts, " · ")
}

// ending closes the conference or takes it back.
func (v fileView) ending() g.Node {
	if !v.Directs || !v.Open() {
		return nil
	}
	l := v.l
	return part.NoPrint(part.Details(l.T("conference.ending"), part.Actions(
		part.PostButton(v.Path()+"/close", l.T("conference.close"), part.Small, part.IconCheck, part.Confirm(l, l.T("conference.close_ask"), l.T("conference.close"))),
		part.PostButton(v.Path()+"/drop", l.T("conference.drop"), part.Small, part.IconTrash, part.Confirm(l, l.T("conference.drop_ask"), l.T("conference.drop"))))))
}
