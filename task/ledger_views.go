package task

import (
	"net/url"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// listView is what the page of tasks shows.
type listView struct {
	units       []organization.Organization
	unit        string // id
	view        string
	want        Query
	tasks       []Task
	hidden      int // tasks that the page has no room for
	resolutions []Resolution
	given       []Resolution // that the ledger can be narrowed to
	people      []part.Option
	tally       Tally
	names       map[string]string
	mayGive     bool
	now         when.Instant
}

func (v listView) action(l locale.L) g.Node {
	if !v.mayGive {
		return nil
	}
	return part.LinkButton("/tasks/new?unit="+v.unit, l.T("task.new.button"), part.Primary, part.IconPlus)
}

func (v listView) body(l locale.L) g.Node {
	if v.view == viewResolutions {
		return g.Group{v.chooseUnit(l), v.tabs(l), v.shares(l)}
	}
	return g.Group{
		v.chooseUnit(l),
		v.tabs(l),
		v.narrow(l),
		v.figures(l),
		v.list(l),
		v.papers(l),
	}
}

// query is the query of an address that asks for what v shows.
func (v listView) query() string {
	q := url.Values{"unit": {v.unit}, "view": {v.view}}
	for name, value := range map[string]string{"owner": v.want.Owner, "meeting": v.want.Meeting, "origin": string(v.want.Origin), "q": v.want.Words} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "?" + q.Encode()
}

// narrow are the fields that narrow the ledger.
func (v listView) narrow(l locale.L) g.Node {
	if v.view == viewMine {
		return nil
	}
	f := part.Form{Values: url.Values{
		"unit": {v.unit}, "view": {v.view}, "q": {v.want.Words}, "owner": {v.want.Owner}, "origin": {string(v.want.Origin)}, "meeting": {v.want.Meeting},
	}}
	whatever := part.Option{Text: l.T("task.find.any")}
	origins, meetings := []part.Option{whatever}, []part.Option{whatever}
	for _, o := range Origins {
		origins = append(origins, part.Option{Value: string(o), Text: l.Of("task.origin", string(o))})
	}
	for _, r := range v.given {
		meetings = append(meetings, part.Option{Value: r.Meeting, Text: l.T("task.find.meeting_of", "Day", r.Day.Slashed())})
	}
	form := part.Ask("/tasks", f.Hidden("unit"), f.Hidden("view"),
		f.Input("q", l.T("task.find.words"), part.Help(l.T("task.find.words_help"))),
		part.Fields(
			f.Select("owner", l.T("task.field.owners"), append([]part.Option{whatever}, v.people...)),
			f.Select("origin", l.T("task.field.origin"), origins),
			f.Select("meeting", l.T("task.find.meeting"), meetings),
		),
		part.Actions(part.Button(l.T("task.find.send"), part.IconSearch)))
	narrowed := v.want.Words+v.want.Owner+v.want.Meeting+string(v.want.Origin) != ""
	return part.Card(part.Details(l.T("task.find.title"), g.If(narrowed, g.Attr("open")), form))
}

// papers are the ways to take the ledger away.
func (v listView) papers(l locale.L) g.Node {
	if v.view == viewMine {
		return nil
	}
	return part.Actions(
		part.LinkButton("/tasks/table"+v.query(), l.T("task.table.print"), part.IconPaper),
		part.LinkButton("/tasks/ledger.xlsx"+v.query(), l.T("task.table.excel"), part.IconCopy),
		g.If(v.mayGive, part.LinkButton("/tasks/people?unit="+v.unit, l.T("task.people.link"), part.IconPeople)),
	)
}

// shares lists the meetings that gave tasks with the share of those done.
func (v listView) shares(l locale.L) g.Node {
	if len(v.resolutions) == 0 {
		return part.Card(part.Empty(l.Of("task.empty", viewResolutions), l.T("task.empty.text")))
	}
	return part.Card(
		part.Muted(g.Text(l.T("task.resolution.help"))),
		part.List(g.Map(v.resolutions, func(r Resolution) g.Node {
			list := listView{unit: v.unit, view: string(FilterAll), want: Query{Meeting: r.Meeting}}
			text, aside := l.T("task.resolution.none", "All", r.All), g.Node(nil)
			if r.Of > 0 {
				text = l.T("task.resolution.share", "Done", r.Done, "Of", r.Of, "All", r.All)
				aside = part.Big(l.Percent(r.Done, r.Of))
			}
			return part.LinkEntry("/tasks"+list.query(), l.T("task.find.meeting_of", "Day", r.Day.Slashed()), text, aside)
		})))
}

// figures sum up the ledger of the unit.
func (v listView) figures(l locale.L) g.Node {
	if v.view == viewMine {
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
	views := append(append([]string{viewMine}, filterNames()...), viewResolutions)
	tabs := make([]part.Tab, len(views))
	for i, name := range views {
		tabs[i] = part.Tab{Text: l.Of("task.view", name), URL: "/tasks?view=" + name + "&unit=" + v.unit, Current: name == v.view}
		if name == string(FilterOverdue) {
			tabs[i].Count = v.tally.Overdue
		}
	}
	tabs = append(tabs, part.Tab{Text: l.T("task.charge.tab"), URL: "/tasks/charges?unit=" + v.unit})
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
	return part.Card(
		part.List(g.Map(v.tasks, func(t Task) g.Node { return line(l, t, v.names, v.now) })),
		g.If(v.hidden > 0, part.Muted(g.Text(l.T("task.hidden", "Count", l.Number(v.hidden))))),
	)
}
