package task

import (
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// listView is what the page of tasks shows.
type listView struct {
	units   []organization.Organization
	unit    string
	view    string
	tasks   []Task
	tally   Tally
	names   map[string]string
	mayGive bool
	day     when.Date
}

func (v listView) action(l locale.L) g.Node {
	if !v.mayGive {
		return nil
	}
	return part.LinkButton("/tasks/new?unit="+v.unit, l.T("task.new.button"), part.Primary, part.IconPlus)
}

func (v listView) body(l locale.L) g.Node {
	return g.Group{
		v.chooseUnit(l),
		v.tabs(l),
		v.figures(l),
		v.list(l),
	}
}

// figures sum up the ledger of the unit.
func (v listView) figures(l locale.L) g.Node {
	if v.view == mine || v.unit == "" {
		return nil
	}
	overdue := part.OK
	if v.tally.Overdue > 0 {
		overdue = part.Bad
	}
	return part.Beside(
		part.Tag(part.Plain, l.T("task.tally.open", "Count", l.Number(v.tally.Open))),
		part.Tag(overdue, l.T("task.tally.overdue", "Count", l.Number(v.tally.Overdue))),
		part.Tag(part.Plain, l.T("task.tally.kept", "Share", l.Percent(v.tally.Kept, v.tally.Judged))),
	)
}

// chooseUnit lets those who see several cells choose one.
func (v listView) chooseUnit(l locale.L) g.Node {
	if len(v.units) < 2 {
		return nil
	}
	options := make([]part.Option, len(v.units))
	for i, o := range v.units {
		options[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	f := part.Form{Values: map[string][]string{"unit": {v.unit}}}
	return part.Ask("/tasks", part.Fields(f.Select("unit", l.T("task.unit"), options)),
		h.Input(h.Type("hidden"), h.Name("view"), h.Value(string(FilterOpen))),
		part.Actions(part.Button(l.T("task.show"))))
}

func (v listView) tabs(l locale.L) g.Node {
	views := append([]string{mine}, filterNames()...)
	tabs := make([]part.Tab, len(views))
	for i, name := range views {
		tabs[i] = part.Tab{Text: l.Of("task.view", name), URL: "/tasks?view=" + name + "&unit=" + v.unit, Current: name == v.view}
		if name == string(FilterOverdue) {
			tabs[i].Count = v.tally.Overdue
		}
	}
	return part.Tabs(l.T("task.views"), tabs...)
}

func filterNames() []string {
	names := make([]string, len(Filters))
	for i, f := range Filters {
		names[i] = string(f)
	}
	return names
}

func (v listView) list(l locale.L) g.Node {
	if len(v.tasks) == 0 {
		return part.Card(part.Empty(l.Of("task.empty", v.view), l.T("task.empty.text")))
	}
	return part.Card(part.List(g.Map(v.tasks, func(t Task) g.Node { return line(l, t, v.names, v.day) })))
}

// line is a task in a list. names may be nil where all tasks are the reader's own.
func line(l locale.L, t Task, names map[string]string, day when.Date) g.Node {
	return part.Item(
		part.Grow(
			h.B(part.Link(t.Path(), g.Text(t.Title))), h.Br(),
			h.Small(g.Text(strings.Join(facts(l, t, names), " · "))),
			meter(l, t),
		),
		tag(l, t, day),
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
		out = append(out, l.T("task.due", "Day", t.Due.Slashed()))
	}
	if t.Urgent() {
		out = append(out, l.Of("task.origin", string(ByLeader)))
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
func tag(l locale.L, t Task, day when.Date) g.Node {
	switch {
	case t.State == Judged:
		return part.Tag(kindOf(t.Verdict), l.Of("task.verdict", string(t.Verdict)))
	case t.State == Withdrawn:
		return part.Tag(part.Plain, l.Of("task.state", string(Withdrawn)))
	case t.State == DoneReported:
		return part.Tag(part.Info, l.Of("task.state", string(DoneReported)))
	case t.Overdue(day):
		return part.Tag(part.Bad, l.T("task.overdue_by", "Days", t.Due.DaysUntil(day)))
	case !t.Due.IsZero() && day.DaysUntil(t.Due) == 0:
		return part.Tag(part.Warn, l.T("task.today"))
	case !t.Due.IsZero() && day.DaysUntil(t.Due) <= soon:
		return part.Tag(part.Warn, l.T("task.days_left", "Days", day.DaysUntil(t.Due)))
	}
	return part.Tag(part.Plain, l.Of("task.state", string(t.State)))
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

// draftForm is the form of a task given between two meetings.
func draftForm(l locale.L, f part.Form, unit string, roll []member.Entry) g.Node {
	people := make([]part.Option, len(roll))
	for i, e := range roll {
		people[i] = part.Option{Value: e.ID, Text: e.FullName}
	}
	return part.Card(part.Post("/tasks", part.Keep(l, "task-new-"+unit), part.Guard(),
		f.Summary(l),
		h.Input(h.Type("hidden"), h.Name("organization"), h.Value(unit)),
		f.Textarea("title", l.T("task.field.title"), part.Required, part.Help(l.T("task.help.title")), h.Rows("2")),
		f.Checks("owners", l.T("task.field.owners"), people, part.Required, part.Line, part.Help(l.T("task.help.owners"))),
		part.Fields(
			f.Date("due", l.T("task.field.due"), part.Help(l.T("task.help.due"))),
			f.Number("target", l.T("task.field.target"), part.Help(l.T("task.help.target"))),
			f.Input("unit", l.T("task.field.unit"), part.Help(l.T("task.help.unit"))),
		),
		f.Textarea("done_when", l.T("task.field.done_when"), part.Help(l.T("task.help.done_when"))),
		part.Note(part.Info, g.Text(l.T("task.new.note"))),
		part.Actions(part.Button(l.T("task.new.send"), part.Primary), part.LinkButton("/tasks", l.T("task.cancel"))),
	))
}

// homeCard is the card of one's own tasks on the home page.
func homeCard(l locale.L, tasks []Task, day when.Date) g.Node {
	const most = 4
	if len(tasks) == 0 {
		return part.Card(part.CardHead(l.T("task.home")), part.Muted(g.Text(l.T("task.home.none"))))
	}
	return part.Card(
		part.CardHead(l.T("task.home"), part.Link("/tasks", g.Text(l.T("task.home.all", "Count", len(tasks))))),
		part.List(g.Map(tasks[:min(most, len(tasks))], func(t Task) g.Node { return line(l, t, nil, day) })),
		part.LinkButton(tasks[0].Path()+"#report", l.T("task.home.report"), part.Wide),
	)
}

// meetingCard is the card of the tasks that a meeting gave.
func meetingCard(l locale.L, tasks []Task, names map[string]string, day when.Date) g.Node {
	settled := 0
	for _, t := range tasks {
		if !t.Open() {
			settled++
		}
	}
	return part.Card(
		part.CardHead(l.T("task.of_meeting"), part.Tag(part.Plain, l.T("task.settled_of", "Settled", settled, "All", len(tasks)))),
		part.List(g.Map(tasks, func(t Task) g.Node { return line(l, t, names, day) })),
	)
}

// eventsNewestFirst turns a history round for reading.
func eventsNewestFirst(history []Event) []Event {
	history = slices.Clone(history)
	slices.Reverse(history)
	return history
}
