package matter

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// states are the tabs of the list.
var states = []State{Waiting, Answered, Withdrawn}

// listView is what the list of matters shows.
type listView struct {
	cell    organization.Organization // the one that was asked for; zero: all
	state   State
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

// url is the address of the list of a state.
func (v listView) url(s State) string {
	address := "/matters?state=" + string(s)
	if v.cell.ID != "" {
		address += "&cell=" + v.cell.ID
	}
	return address
}

func (v listView) body(l locale.L) g.Node {
	tabs := make([]part.Tab, len(states))
	for i, s := range states {
		tabs[i] = part.Tab{Text: l.Of("matter.view", string(s)), URL: v.url(s), Current: s == v.state}
		if s == Waiting {
			tabs[i].Count = v.silence.Waiting
		}
	}
	list := part.Card(part.Empty(l.Of("matter.empty", string(v.state)), l.T("matter.empty.text")))
	if len(v.matters) > 0 {
		list = part.Card(part.List(g.Map(v.matters, func(m placed) g.Node { return line(l, m, v.day, v.answers) })))
	}
	return g.Group{
		part.Tabs(l.T("matter.views"), tabs...),
		g.If(v.answers && v.silence.Overdue > 0, part.Note(part.Bad, g.Text(l.T("matter.silence", "Count", v.silence.Overdue)))),
		list,
	}
}

func line(l locale.L, m placed, day when.Date, answers bool) g.Node {
	small := m.Cell + " · " + l.T("matter.sent", "Day", m.SentAt.Date().Slashed())
	return part.LinkEntry(m.Matter.Path(), l.T("matter.line", "Name", m.Name(), "Text", m.Text), small, tag(l, m.Matter, day, answers))
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
		return part.Tag(part.Bad, l.T("matter.overdue", "Day", m.AnswerBy.Slashed()))
	case m.Overdue(day):
		return part.Tag(part.Plain, l.T("matter.silent", "Day", m.AnswerBy.Slashed()))
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
}

func (v matterView) body(l locale.L) g.Node {
	waits := v.State == Waiting
	return part.Cols(
		part.Stack(v.facts(l), g.If(v.State == Answered, v.answerCard(l)), g.If(waits && (v.answers || v.passes), v.answerForm(l))),
		part.Stack(g.If(waits && v.passes, v.withdrawForm(l))),
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
