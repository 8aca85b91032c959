package task

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/notice"
)

// taskView is what the page of a task shows.
type taskView struct {
	task    Task
	history []Event
	names   map[string]string
	now     when.Instant
	forms   forms
	owns    bool // the reader is one of the owners
	gives   bool // the reader may give tasks in the unit
	reports bool // a report may be entered by the reader now
}

func (v taskView) body(l locale.L) g.Node {
	return part.Cols(
		part.Stack(v.facts(l), g.If(v.gives && v.task.NeedsHelp(), v.help(l)), g.If(v.reports, v.report(l)), v.past(l)),
		part.Stack(g.If(v.gives && v.task.Open(), g.Group{v.urge(l), v.change(l), v.withdraw(l)})),
	)
}

func (v taskView) facts(l locale.L) g.Node {
	t := v.task
	return part.Card(
		part.CardHead(l.T("task.facts"), tag(l, t, v.now)),
		v.trouble(l),
		part.DescriptionList(
			said(l.T("task.field.owners"), ownerNames(t, v.names)),
			said(l.T("task.field.due"), dueInWords(l, t)),
			said(l.T("task.field.done_when"), t.DoneWhen),
			said(l.T("task.field.origin"), l.Of("task.origin", string(t.Origin))),
			said(l.T("task.field.source"), t.Source),
			said(l.T("task.field.given"), l.Moment(t.GivenAt)),
			said(l.T("task.field.cause"), t.Cause),
			said(l.T("task.field.remedy"), t.Remedy),
		),
		meter(l, t),
		g.If(t.Meeting != "", part.LinkButton("/meetings/"+t.Meeting, l.T("task.to_meeting"), part.Small)),
		g.If(t.NextMeeting != "" && t.Open(), part.LinkButton("/meetings/"+t.NextMeeting, l.T("task.to_next_meeting"), part.Small)),
	)
}

// trouble is what stands in the way of an open task, and what the committee has
// answered.
func (v taskView) trouble(l locale.L) g.Node {
	t := v.task
	switch {
	case t.Difficulty == "" || !t.Open():
		return nil
	case t.Help != "":
		return part.Note(part.Info, h.P(h.B(g.Text(l.T("task.difficulty")+": ")), g.Text(t.Difficulty)),
			h.P(h.B(g.Text(l.T("task.help.answered")+": ")), g.Text(t.Help)))
	}
	return part.Note(part.Warn, h.P(h.B(g.Text(l.T("task.difficulty")+": ")), g.Text(t.Difficulty)), h.P(g.Text(l.T("task.waits"))))
}

func dueInWords(l locale.L, t Task) string {
	if t.DueTime == "" {
		return l.Day(t.Due)
	}
	return t.DueTime + " · " + l.Day(t.Due)
}

// said is a fact that is left out when there is nothing to say.
func said(name, text string) part.Term {
	if text == "" {
		return part.Is(name)
	}
	return part.Is(name, g.Text(text))
}

func (v taskView) report(l locale.L) g.Node {
	f := v.forms.report
	f.ID = "report"
	if !f.Wrong() {
		f = withValue(f, "reached", strconv.Itoa(v.task.Reached))
	}
	return part.Card(h.ID("report"),
		part.CardHead(l.T("task.report.title")),
		part.Post(v.task.Path()+"/report", part.Keep(l, "task-report-"+v.task.ID), part.Guard(),
			f.Summary(l),
			v.reportFor(l, f),
			g.If(v.task.Target > 0, f.Number("reached", l.T("task.report.reached", "Unit", v.task.Unit, "Target", l.Number(v.task.Target)))),
			f.Textarea("text", l.T("task.report.text"), part.Help(l.T("task.report.text_help"))),
			f.Textarea("difficulty", l.T("task.report.difficulty"), part.Help(l.T("task.report.difficulty_help"))),
			f.Check("done", l.T("task.report.done")),
			part.Actions(part.Button(l.T("task.report.send"), part.Primary)),
		),
	)
}

// reportFor asks for whom a report is entered when the reader owns no part of the
// task.
func (v taskView) reportFor(l locale.L, f part.Form) g.Node {
	if v.owns {
		return nil
	}
	options := make([]part.Option, len(v.task.Owners))
	for i, id := range v.task.Owners {
		options[i] = part.Option{Value: id, Text: v.names[id]}
	}
	if f.Value("for") == "" && len(options) > 0 {
		f = withValue(f, "for", options[0].Value)
	}
	return f.Select("for", l.T("task.report.for"), options)
}

func withValue(f part.Form, name, value string) part.Form {
	values := map[string][]string{name: {value}}
	for k, v := range f.Values {
		if k != name {
			values[k] = v
		}
	}
	f.Values = values
	return f
}

// help is where the committee answers to a difficulty.
func (v taskView) help(l locale.L) g.Node {
	f := v.forms.help
	f.ID = "help"
	return part.Card(h.ID("help"),
		part.CardHead(l.T("task.help.title_of")),
		part.Post(v.task.Path()+"/help", part.Keep(l, "task-help-"+v.task.ID), part.Guard(),
			f.Summary(l),
			f.Textarea("answer", l.T("task.help.answer"), part.Required, part.Help(l.T("task.help.answer_help"))),
			part.Actions(part.Button(l.T("task.help.send"), part.Primary)),
		),
	)
}

func (v taskView) urge(l locale.L) g.Node {
	f := v.forms.urge
	f.ID = "urge"
	if f.Value("way") == "" {
		f = withValue(f, "way", string(notice.App))
	}
	ways := make([]part.Option, len(notice.Ways))
	for i, w := range notice.Ways {
		ways[i] = part.Option{Value: string(w), Text: l.Of("task.way", string(w))}
	}
	return part.Card(
		part.CardHead(l.T("task.urge.title")),
		part.Post(v.task.Path()+"/urge",
			f.Summary(l),
			f.Select("way", l.T("task.urge.way"), ways, part.Help(l.T("task.urge.way_help"))),
			f.Textarea("words", l.T("task.urge.words"), part.Help(l.T("task.urge.help")), h.Rows("2")),
			part.Actions(part.Button(l.T("task.urge.send"), part.IconBell)),
		),
	)
}

func (v taskView) change(l locale.L) g.Node {
	return part.Card(
		part.CardHead(l.T("task.change.title")),
		part.Muted(g.Text(l.T("task.change.help"))),
		part.LinkButton(v.task.Path()+"/change", l.T("task.change.button"), part.Wide),
	)
}

func (v taskView) withdraw(l locale.L) g.Node {
	f := v.forms.withdraw
	f.ID = "withdraw"
	form := part.Post(v.task.Path()+"/withdraw",
		part.Confirm(l, l.T("task.withdraw.ask"), l.T("task.withdraw.send")),
		f.Summary(l),
		f.Textarea("reason", l.T("task.withdraw.reason"), part.Required, h.Rows("2")),
		part.Actions(part.Button(l.T("task.withdraw.send"), part.Danger)),
	)
	if f.Wrong() {
		return part.Card(part.CardHead(l.T("task.withdraw.title")), form)
	}
	return part.Card(part.Details(l.T("task.withdraw.title"), form))
}

func (v taskView) past(l locale.L) g.Node {
	return part.Card(
		part.CardHead(l.T("task.history")),
		part.List(g.Map(eventsNewestFirst(v.history), func(e Event) g.Node { return v.event(l, e) })),
	)
}

func (v taskView) event(l locale.L, e Event) g.Node {
	return part.Item(part.Grow(
		h.B(g.Text(l.Of("task.event", string(e.Kind)))),
		g.If(e.Verdict != "", g.Text(": "+l.Of("task.verdict", string(e.Verdict)))),
		g.If(e.Way != "", g.Text(" · "+l.Of("task.way", string(e.Way)))),
		h.Br(), h.Small(g.Text(v.signed(l, e))),
		lines(
			g.If(v.counts(e), g.Text(l.T("task.reached", "Reached", l.Number(e.Reached), "Target", l.Number(v.task.Target), "Unit", v.task.Unit))),
			g.If(e.Text != "", g.Text(e.Text)),
			g.If(e.Difficulty != "", g.Text(l.T("task.difficulty")+": "+e.Difficulty)),
			g.If(e.Cause != "", g.Text(l.T("task.field.cause")+": "+e.Cause)),
			g.If(e.Remedy != "", g.Text(l.T("task.field.remedy")+": "+e.Remedy)),
			v.moved(l, e),
		),
	))
}

func (v taskView) counts(e Event) bool {
	return v.task.Target > 0 && (e.Kind == Progress || e.Kind == ReportedDone || e.Kind == WasJudged && e.Reached > 0)
}

// moved says which day and which owners an event has put in the place of which.
func (v taskView) moved(l locale.L, e Event) g.Node {
	before := asOf(v.history, e.Seq)
	var out g.Group
	say := func(key, was, is string) {
		if is != was && e.Kind != WasGiven {
			out = append(out, h.P(g.Text(l.T(key, "Was", was, "Is", is))))
		}
	}
	day := func(t Task) string {
		if t.Due.IsZero() {
			return l.T("task.no_due")
		}
		return t.DueText()
	}
	if e.Kind == WasChanged || !e.Due.IsZero() {
		say("task.moved.due", day(before), day(Task{Due: e.Due, DueTime: e.DueTime}))
	}
	if len(e.Owners) > 0 {
		say("task.moved.owners", ownerNames(before, v.names), ownerNames(Task{Owners: e.Owners}, v.names))
	}
	return out
}

// asOf returns day, hour and owners of a task as the events before number seq left
// them.
func asOf(history []Event, seq int) (t Task) {
	for _, e := range history {
		if e.Seq >= seq {
			break
		}
		if e.Kind == WasChanged || !e.Due.IsZero() {
			t.Due, t.DueTime = e.Due, e.DueTime
		}
		if len(e.Owners) > 0 {
			t.Owners = e.Owners
		}
	}
	return t
}

// signed says when an event happened, by whose hand and for whom.
func (v taskView) signed(l locale.L, e Event) string {
	text := l.Moment(e.At)
	if name := v.names[e.By]; name != "" {
		text += " · " + l.T("task.by", "Name", name)
	}
	if name := v.names[e.For]; name != "" {
		text += " · " + l.T("task.for", "Name", name)
	}
	return text
}

// lines puts what there is of the nodes each in a paragraph.
func lines(nodes ...g.Node) g.Node {
	var out g.Group
	for _, n := range nodes {
		if group, ok := n.(g.Group); ok {
			out = append(out, group...)
		} else if n != nil {
			out = append(out, h.P(n))
		}
	}
	return out
}
