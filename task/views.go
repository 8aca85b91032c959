package task

import (
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// line is a task in a list. names may be nil where all tasks are the reader's own.
func line(l locale.L, t Task, names map[string]string, now when.Instant) g.Node {
	return part.Item(
		part.Grow(
			h.B(part.Link(t.Path(), g.Text(t.Title))), h.Br(),
			h.Small(g.Text(strings.Join(facts(l, t, names), " · "))),
			meter(l, t),
		),
		tag(l, t, now),
	)
}

func facts(l locale.L, t Task, names map[string]string) []string {
	var out []string
	if len(names) > 0 {
		out = append(out, ownerNames(t, names))
	}
	if t.Due.IsZero() {
		out = append(out, l.T("task.no_due"))
	} else {
		out = append(out, l.T("task.due", "Day", t.DueText()))
	}
	if t.Origin != AtMeeting {
		out = append(out, l.Of("task.origin", string(t.Origin)))
	}
	if t.CarriedTimes > 0 {
		out = append(out, l.T("task.carried", "Times", t.CarriedTimes))
	}
	return out
}

func ownerNames(t Task, names map[string]string) string {
	var out []string
	for _, id := range t.Owners {
		out = append(out, names[id])
	}
	return strings.Join(out, ", ")
}

func meter(l locale.L, t Task) g.Node {
	if t.Target == 0 {
		return nil
	}
	text := l.T("task.reached", "Reached", l.Number(t.Reached), "Target", l.Number(t.Target), "Unit", t.Unit)
	percent := 100 * float64(min(t.Reached, t.Target)) / float64(t.Target)
	return g.Group{part.Meter(text, part.Share{Kind: part.OK, Percent: percent}), h.Small(h.Class("num"), g.Text(text))}
}

// tag says how a task stands: what is settled by its verdict, what is open by
// its day.
func tag(l locale.L, t Task, now when.Instant) g.Node {
	kind, text := standing(l, t, now)
	return part.Tag(kind, text)
}

func standing(l locale.L, t Task, now when.Instant) (part.Kind, string) {
	left := now.Date().DaysUntil(t.Due)
	switch {
	case t.State == Judged:
		return kindOf(t.Verdict), l.Of("task.verdict", string(t.Verdict))
	case t.State == Withdrawn:
		return part.Plain, l.Of("task.state", string(Withdrawn))
	case t.State == DoneReported:
		return part.Info, l.Of("task.state", string(DoneReported))
	case t.Overdue(now) && left == 0:
		return part.Bad, l.T("task.overdue_since", "Time", t.DueTime)
	case t.Overdue(now):
		return part.Bad, l.T("task.overdue_by", "Days", -left)
	case !t.Due.IsZero() && left == 0:
		return part.Warn, l.T("task.today")
	case !t.Due.IsZero() && left <= soon:
		return part.Warn, l.T("task.days_left", "Days", left)
	}
	return part.Plain, l.Of("task.state", string(t.State))
}

// soon is how many days before its day a task is marked.
const soon = 3

func kindOf(v Verdict) part.Kind {
	switch v {
	case Well, Done:
		return part.OK
	case Late:
		return part.Warn
	case NotDone:
		return part.Bad
	}
	return part.Plain
}

// giveForm is the form of a task given between two meetings.
func giveForm(l locale.L, f part.Form, unit string, people []part.Option) g.Node {
	if f.Value("origin") == "" {
		f = withValue(f, "origin", string(ByLeader))
	}
	between := []part.Option{
		{Value: string(ByLeader), Text: l.Of("task.origin", string(ByLeader)), Small: l.T("task.new.leader_help")},
		{Value: string(ByDirective), Text: l.Of("task.origin", string(ByDirective)), Small: l.T("task.new.directive_help")},
	}
	return part.Card(part.Post("/tasks", part.Keep(l, "task-new-"+unit), part.Guard(),
		f.Summary(l),
		h.Input(h.Type("hidden"), h.Name("organization"), h.Value(unit)),
		f.Radios("origin", l.T("task.field.origin"), between),
		f.Input("source", l.T("task.field.source"), part.Help(l.T("task.help.source"))),
		draftFields(l, f, people),
		part.Note(part.Info, g.Text(l.T("task.new.note"))),
		part.Actions(part.Button(l.T("task.new.send"), part.Primary), part.LinkButton("/tasks", l.T("task.cancel"))),
	))
}

// changeForm is the form of a change between two meetings.
func changeForm(l locale.L, f part.Form, t Task, people []part.Option) g.Node {
	return part.Card(part.Post(t.Path()+"/change", part.Keep(l, "task-change-"+t.ID), part.Guard(),
		f.Summary(l),
		f.Textarea("reason", l.T("task.change.reason"), part.Required, part.Help(l.T("task.change.reason_help")), h.Rows("2")),
		draftFields(l, f, people),
		f.Input("source", l.T("task.field.source"), part.Help(l.T("task.help.source"))),
		part.Actions(part.Button(l.T("task.change.send"), part.Primary), part.LinkButton(t.Path(), l.T("task.cancel"))),
	))
}

func draftFields(l locale.L, f part.Form, people []part.Option) g.Node {
	return g.Group{
		f.Textarea("title", l.T("task.field.title"), part.Required, part.Help(l.T("task.help.title")), h.Rows("2")),
		f.Checks("owners", l.T("task.field.owners"), people, part.Required, part.Line, part.Help(l.T("task.help.owners"))),
		part.Fields(
			f.Date("due", l.T("task.field.due"), part.Help(l.T("task.help.due"))),
			f.Time("due_time", l.T("task.field.due_time"), part.Help(l.T("task.help.due_time"))),
		),
		part.Fields(
			f.Number("target", l.T("task.field.target"), part.Help(l.T("task.help.target"))),
			f.Input("unit", l.T("task.field.unit"), part.Help(l.T("task.help.unit"))),
		),
		f.Textarea("done_when", l.T("task.field.done_when"), part.Help(l.T("task.help.done_when"))),
	}
}

// mostAtHome is how many tasks a card of the home page shows.
const mostAtHome = 4

// helpCard is the card of what stands in the way of tasks, for the committee.
func helpCard(l locale.L, tasks []Task, names map[string]string) g.Node {
	return part.Card(
		part.CardHead(l.T("task.home.help"), part.Link("/tasks?view="+string(FilterDifficult), g.Text(l.T("task.home.help_all")))),
		part.List(g.Map(tasks, func(t Task) g.Node {
			return part.LinkEntry(t.Path()+"#help", t.Difficulty, ownerNames(t, names)+" · "+t.Title, part.Tag(part.Warn, l.T("task.waits")))
		})),
	)
}

// homeCard is the card of one's own tasks on the home page.
func homeCard(l locale.L, tasks []Task, now when.Instant) g.Node {
	if len(tasks) == 0 {
		return part.Card(part.CardHead(l.T("task.home")), part.Muted(g.Text(l.T("task.home.none"))))
	}
	return part.Card(
		part.CardHead(l.T("task.home"), part.Link("/tasks", g.Text(l.T("task.home.all", "Count", len(tasks))))),
		part.List(g.Map(tasks[:min(mostAtHome, len(tasks))], func(t Task) g.Node { return line(l, t, nil, now) })),
		part.LinkButton(tasks[0].Path()+"#report", l.T("task.home.report"), part.Wide),
	)
}

// meetingCard is the card of the tasks that a meeting gave.
func meetingCard(l locale.L, tasks []Task, names map[string]string, now when.Instant) g.Node {
	settled := 0
	for _, t := range tasks {
		if !t.Open() {
			settled++
		}
	}
	return part.Card(
		part.CardHead(l.T("task.of_meeting"), part.Tag(part.Plain, l.T("task.settled_of", "Settled", settled, "All", len(tasks)))),
		part.List(g.Map(tasks, func(t Task) g.Node { return line(l, t, names, now) })),
	)
}

// eventsNewestFirst turns a history round for reading.
func eventsNewestFirst(history []Event) []Event {
	history = slices.Clone(history)
	slices.Reverse(history)
	return history
}
