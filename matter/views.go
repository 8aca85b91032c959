package matter

import (
	"cmp"
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// listView is what the list of matters shows.
type listView struct {
	cell    organization.Organization // the one that was asked for; zero: all
	view    view
	matters []placed
	silence Silence
	day     when.Date
	answers bool // the reader answers for the committee above
	passes  bool // the reader passes matters up
}

func (v listView) action(l locale.L) g.Node {
	if !v.passes {
		return nil
	}
	return part.LinkButton("/matters/new", l.T("matter.new.button"), part.Primary, part.IconPlus)
}

func (v listView) lead(l locale.L) string {
	if v.cell.ID != "" {
		return v.cell.Name
	}
	return l.T("matter.lead")
}

// url is the address of the list of a view, in a form: "" for the page, ".xlsx".
func (v listView) url(of view, form string) string {
	address := "/matters" + form + "?state=" + string(of)
	if v.cell.ID != "" {
		address += "&cell=" + v.cell.ID
	}
	return address
}

func (v listView) body(l locale.L) g.Node {
	var tabs []part.Tab
	for _, s := range views {
		tab := part.Tab{Text: l.Of("matter.view", string(s)), URL: v.url(s, ""), Current: s == v.view}
		switch s {
		case view(Waiting):
			tab.Count = v.silence.Waiting
		case late:
			if !v.answers {
				continue // the silence of the superior is not held against a cell
			}
			tab.Count = v.silence.Overdue
		}
		tabs = append(tabs, tab)
	}
	list := part.Card(part.Empty(l.Of("matter.empty", string(v.view)), l.T("matter.empty.text")))
	if len(v.matters) > 0 {
		list = part.Card(part.List(v.lines(l)), part.NoPrint(part.Actions(part.LinkButton(v.url(v.view, ".xlsx"), l.T("matter.workbook"), part.Small, part.IconDownload))))
	}
	return g.Group{
		part.Tabs(l.T("matter.views"), tabs...),
		g.If(v.answers && v.silence.Overdue > 0, part.Note(part.Bad, g.Text(l.T("matter.silence", "Count", v.silence.Overdue)))),
		list,
	}
}

// lines are the matters of the list. For the committee those that it treats as one are
// one line, where the first of them stands.
func (v listView) lines(l locale.L) g.Node {
	var lines g.Group
	shown := map[string]bool{}
	for _, m := range v.matters {
		if !v.answers || m.Bundle == "" {
			lines = append(lines, line(l, m, v.day, v.answers))
			continue
		}
		if shown[m.Bundle] {
			continue
		}
		shown[m.Bundle] = true
		lines = append(lines, line(l, m, v.day, true, slices.DeleteFunc(slices.Clone(v.matters), func(o placed) bool { return o.Bundle != m.Bundle || o.ID == m.ID })...))
	}
	return lines
}

// line is a matter of a list, with those that are treated as one with it.
func line(l locale.L, m placed, day when.Date, answers bool, with ...placed) g.Node {
	name, small := m.Name(), m.Cell
	if answers && m.Received > 0 {
		name = m.Entered()
		small = l.T("matter.of_cell", "Cell", m.Cell, "Name", m.Name())
	}
	for _, o := range with {
		name += ", " + o.Entered()
		small += "; " + l.T("matter.of_cell", "Cell", o.Cell, "Name", o.Name())
	}
	small += " · " + l.T("matter.sent", "Day", m.SentAt.Date().Slashed())
	if m.State == Waiting && answers {
		small += " · " + l.T("matter.until", "Day", m.AnswerBy.Slashed())
	}
	if len(with) > 0 {
		small = l.T("matter.merged", "Count", len(with)+1) + ": " + small
	}
	return part.TallEntry(m.Matter.Path(), l.T("matter.line", "Name", name, "Text", m.Text), small, tag(l, m.Matter, day, answers))
}

// tag says how a matter stands. The silence of the superior is red where it is
// silent, and nowhere else.
func tag(l locale.L, m Matter, day when.Date, answers bool) g.Node {
	switch {
	case m.State == Answered:
		return part.Tag(part.OK, l.T("matter.answered_on", "Day", m.AnsweredOn.Slashed()))
	case m.State == Withdrawn:
		return part.Tag(part.Plain, l.Of("matter.state", string(Withdrawn)))
	case m.Overdue(day) && answers:
		return part.Tag(part.Bad, l.T("matter.overdue", "Days", -m.Left(day)))
	case m.Overdue(day):
		return part.Tag(part.Plain, l.T("matter.silent", "Day", m.AnswerBy.Slashed()))
	case answers:
		return part.Tag(part.Warn, l.T("matter.left", "Days", m.Left(day)))
	}
	return part.Tag(part.Warn, l.T("matter.answer_by", "Day", m.AnswerBy.Slashed()))
}

// matterView is what the page of a matter shows.
type matterView struct {
	placed
	names           map[string]string
	day             when.Date
	forms           forms
	answers, passes bool
	bundle          []placed // what is treated as one, the matter itself too; empty for a matter on its own
	likely, others  []placed // what could be, for the committee: what seems to be the same, and the rest
}

func (v matterView) body(l locale.L) g.Node {
	waits := v.State == Waiting
	return part.Cols(
		part.Stack(v.facts(l), g.If(v.State == Answered, v.answerCard(l)), g.If(waits && (v.answers || v.passes), v.answerForm(l))),
		part.Stack(v.bundleCard(l), g.If(waits && v.answers, v.mergeForm(l)), g.If(waits && v.passes, v.withdrawForm(l))),
	)
}

func (v matterView) facts(l locale.L) g.Node {
	raiser := l.Of("matter.raiser", string(v.Raiser))
	if name := v.names[v.Member]; name != "" {
		raiser = name
	}
	return part.Card(
		part.CardHead(l.T("matter.facts"), tag(l, v.Matter, v.day, v.answers)),
		h.P(g.Text(v.Text)),
		part.DescriptionList(
			part.Is(l.T("matter.field.raiser"), g.Text(raiser)),
			part.Is(l.T("matter.field.sent"), g.Text(l.Moment(v.SentAt))),
			part.Is(l.T("matter.field.entered"), g.Text(cmp.Or(v.Entered(), "–"))),
			part.Is(l.T("matter.field.answer_by"), g.Text(l.Day(v.AnswerBy)), h.Br(), h.Small(g.Text(l.T("matter.field.answer_by_help", "Days", days)))),
		),
		g.If(v.Reason != "", part.Note(part.Plain, h.B(g.Text(l.T("matter.field.reason")+": ")), g.Text(v.Reason))),
		g.If(v.Meeting != "", part.LinkButton("/meetings/"+v.Meeting, l.T("matter.to_meeting"), part.Small)),
	)
}

func (v matterView) answerCard(l locale.L) g.Node {
	return part.Card(
		part.CardHead(l.T("matter.answer"), part.Tag(part.OK, l.T("matter.answered_on", "Day", v.AnsweredOn.Slashed()))),
		h.P(g.Text(v.Answer)),
		g.If(v.OnPaper, part.Muted(g.Text(l.T("matter.on_paper")))),
	)
}

func (v matterView) answerForm(l locale.L) g.Node {
	f := v.forms.answer
	f.ID = "answer"
	if f.Value("on") == "" && !f.Wrong() {
		f.Values = map[string][]string{"on": {v.day.String()}}
	}
	title, help := l.T("matter.answer.title"), l.T("matter.answer.help")
	if n := v.waitingWith(); n > 1 {
		help = l.T("matter.answer.bundle_help", "Count", n)
	}
	if !v.answers {
		title, help = l.T("matter.answer.paper_title"), l.T("matter.answer.paper_help")
	}
	return part.Card(h.ID("answer"),
		part.CardHead(title), part.Muted(g.Text(help)),
		part.Post(v.Matter.Path()+"/answer", part.Keep(l, "matter-answer-"+v.ID), part.Guard(),
			f.Summary(l),
			f.Textarea("text", l.T("matter.answer.text"), part.Required),
			f.Date("on", l.T("matter.answer.on"), part.Required),
			part.Actions(part.Button(l.T("matter.answer.send"), part.Primary)),
		))
}

func (v matterView) withdrawForm(l locale.L) g.Node {
	f := v.forms.withdraw
	f.ID = "withdraw"
	form := part.Post(v.Matter.Path()+"/withdraw",
		f.Summary(l),
		f.Textarea("reason", l.T("matter.field.reason"), part.Required, h.Rows("2")),
		part.Actions(part.Button(l.T("matter.withdraw"), part.Danger)))
	return part.Card(part.Details(l.T("matter.withdraw"), g.If(f.Wrong(), g.Attr("open")), form))
}

// draftForm is the form of a matter that is passed up between two meetings.
func draftForm(l locale.L, f part.Form, cell string, roll []member.Entry) g.Node {
	raisers := make([]part.Option, len(Raisers))
	for i, r := range Raisers {
		raisers[i] = part.Option{Value: string(r), Text: l.Of("matter.raiser", string(r))}
	}
	people := []part.Option{{Text: l.T("matter.new.nobody")}}
	for _, e := range roll {
		people = append(people, part.Option{Value: e.ID, Text: e.FullName})
	}
	return part.Card(part.Post("/matters", part.Keep(l, "matter-new-"+cell), part.Guard(),
		f.Summary(l),
		h.Input(h.Type("hidden"), h.Name("organization"), h.Value(cell)),
		f.Textarea("text", l.T("matter.field.text"), part.Required, part.Help(l.T("matter.field.text_help"))),
		f.Radios("raiser", l.T("matter.field.raiser"), raisers, part.Required, part.Line),
		f.Select("member", l.T("matter.field.member"), people),
		part.Note(part.Info, g.Text(l.T("matter.new.note", "Days", days))),
		part.Actions(part.Button(l.T("matter.new.send"), part.Primary), part.LinkButton("/matters", l.T("matter.cancel"))),
	))
}

// homeCard is the card of what waits for the answer of the committee above.
func homeCard(l locale.L, silence Silence, matters []placed, day when.Date) g.Node {
	kind, text := part.Warn, l.T("matter.home.waiting", "Count", silence.Waiting)
	if silence.Overdue > 0 {
		kind, text = part.Bad, l.T("matter.home.overdue", "Count", silence.Waiting, "Overdue", silence.Overdue)
	}
	return part.Card(
		part.CardHead(l.T("matter.home"), part.Tag(kind, text)),
		part.List(g.Map(matters, func(m placed) g.Node { return line(l, m, day, true) })),
		part.LinkButton("/matters", l.T("matter.home.all"), part.Wide),
	)
}

// preparationCard is the card of what the cell has passed up.
func preparationCard(l locale.L, matters []Matter, day when.Date) g.Node {
	return part.Card(
		part.CardHead(l.T("matter.title"), part.Link("/matters", g.Text(l.T("matter.home.all")))),
		part.List(g.Map(matters, func(m Matter) g.Node {
			small := l.T("matter.sent", "Day", m.SentAt.Date().Slashed())
			if m.State == Answered {
				small = l.T("matter.answer") + ": " + m.Answer
			}
			return part.LinkEntry(m.Path(), l.T("matter.line", "Name", m.Name(), "Text", m.Text), small, tag(l, m, day, false))
		})))
}
