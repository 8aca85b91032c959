package meeting

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// yearView is the year of one cell.
type yearView struct {
	Cell     organization.Organization
	Year     int
	Slots    []Slot
	Today    when.Date
	Prepares bool
	Several  bool // the reader follows several cells
}

func (v yearView) url(year int) string {
	return "/meetings?" + url.Values{"cell": {v.Cell.ID}, "year": {strconv.Itoa(year)}}.Encode()
}

// action opens the next month that has no meeting yet.
func (v yearView) action(l locale.L) g.Node {
	if next, ok := v.next(); ok && v.Prepares {
		return v.openButton(l, next, l.T("meeting.open_month", "Month", next.Month.Slashed()), part.Primary)
	}
	return nil
}

func (v yearView) next() (Slot, bool) {
	for _, s := range v.Slots {
		if !s.Opened() && !s.StartsAt.Date().Before(v.Today) {
			return s, true
		}
	}
	return Slot{}, false
}

func (v yearView) openButton(l locale.L, s Slot, text string, look part.Look) g.Node {
	return part.PostButton("/meetings", text, look, part.IconPlus, h.Aria("label", text+": "+sentence(l.Month(s.Month))),
		part.HiddenValue("cell", v.Cell.ID), part.HiddenValue("kind", string(Ordinary)), part.HiddenValue("month", s.Month.String()))
}

func (v yearView) body(l locale.L) g.Node {
	rows := make([]part.Row, 0, len(v.Slots))
	for _, s := range v.Slots {
		rows = append(rows, v.row(l, s))
		for _, m := range s.Others {
			rows = append(rows, part.Row{g.Text(sentence(l.Month(s.Month))), part.Number(l.Day(m.Day())), part.Link(m.Path(), g.Text(m.Title)), stateTag(l, m.State)})
		}
	}
	columns := part.Heads(l.T("meeting.month"), l.T("meeting.day"), l.T("meeting.meeting"), l.T("meeting.road"))
	name := l.T("meeting.year", "Year", v.Year)
	return part.Stack(
		part.Beside(
			part.LinkButton(v.url(v.Year-1), strconv.Itoa(v.Year-1), part.Small, part.IconLeft),
			part.LinkButton(v.url(v.Year+1), strconv.Itoa(v.Year+1), part.Small, part.IconRight),
			g.If(v.Several, part.LinkButton("/meetings/cells", l.T("meeting.other_cells"), part.Small, part.IconTree)),
			g.If(v.Prepares, part.LinkButton("/meetings/new?cell="+v.Cell.ID, l.T("meeting.new.other"), part.Small, part.IconPlus)),
		),
		v.underWay(l),
		part.Card(part.Table(name, columns, rows...)),
	)
}

// underWay is what is being prepared, held or written, which else stands far down among the
// months.
func (v yearView) underWay(l locale.L) g.Node {
	var entries []g.Node
	for _, s := range v.Slots {
		for _, m := range append([]Meeting{s.Meeting}, s.Others...) {
			if m.ID != "" && m.State != Sealed {
				entries = append(entries, part.LinkEntry(m.Path(), m.Title, l.Moment(m.StartsAt), stateTag(l, m.State)))
			}
		}
	}
	if entries == nil {
		return nil
	}
	return part.Card(part.CardHead(l.T("meeting.under_way")), part.List(entries...))
}

func (v yearView) row(l locale.L, s Slot) part.Row {
	month := g.Group{h.B(g.Text(sentence(l.Month(s.Month)))), g.If(s.ThemeDue, g.Group{h.Br(), part.Tag(part.Warn, l.T("meeting.theme_due"))})}
	if s.Opened() {
		day := g.Group{part.Number(l.Day(s.Meeting.Day())), g.If(s.OffDay(), h.Small(g.Text(l.T("meeting.off_day", "Day", s.StartsAt.Date().Slashed()))))}
		return part.Row{month, day, part.Link(s.Meeting.Path(), g.Text(s.Meeting.Title)), stateTag(l, s.Meeting.State)}
	}
	day := g.Group{part.Number(l.Day(s.StartsAt.Date())), g.If(s.Moved, h.Small(g.Text(l.T("meeting.moved_day"))))}
	var open g.Node = h.Span(h.Small(g.Text(l.T("meeting.none"))))
	if next, ok := v.next(); v.Prepares && !(ok && next.Month == s.Month) {
		open = v.openButton(l, s, l.T("meeting.open_this", "Month", l.Month(s.Month)), part.Small)
	}
	return part.Row{month, day, open, g.Text("–")}
}

func stateTag(l locale.L, s State) g.Node {
	kind := part.Plain
	switch s {
	case Noticed:
		kind = part.Info
	case Open:
		kind = part.Bad
	case Closed:
		kind = part.Warn
	case Sealed:
		kind = part.OK
	case Draft:
	}
	return part.Tag(kind, l.Of("meeting.state", string(s)))
}

// cellsView is the month of all cells that the reader follows.
type cellsView struct {
	Month    when.Month
	Cells    []organization.Organization
	Meetings map[string]Meeting
	Prepares map[string]bool
}

func (v cellsView) body(l locale.L) g.Node {
	if len(v.Cells) == 0 {
		return part.Card(part.Empty(l.T("meeting.no_cells.title"), l.T("meeting.no_cells.text")))
	}
	rows := make([]part.Row, len(v.Cells))
	for i, o := range v.Cells {
		rows[i] = part.Row{part.Link("/meetings?cell="+o.ID, g.Text(o.Name)), g.Text("–"), g.Text(l.T("meeting.none"))}
		if m, ok := v.Meetings[o.ID]; ok && (m.State != Draft || v.Prepares[o.ID]) {
			rows[i][1], rows[i][2] = part.Number(l.Moment(m.StartsAt)), stateTag(l, m.State)
		}
	}
	step := func(by int, icon part.Icon) g.Node {
		to := v.Month.Add(by)
		return part.LinkButton("/meetings/cells?month="+to.String(), sentence(l.Month(to)), part.Small, icon)
	}
	return part.Stack(
		part.Beside(step(-1, part.IconLeft), step(+1, part.IconRight)),
		part.Card(part.Table(l.T("meeting.cells"), part.Heads(l.T("meeting.cell"), l.T("meeting.day"), l.T("meeting.road")), rows...)),
	)
}

// newView is the form that opens a meeting besides the one of the month.
func newView(l locale.L, f part.Form) g.Node {
	return part.Card(part.Post("/meetings",
		f.Summary(l),
		f.Hidden("cell"),
		f.Radios("kind", l.T("meeting.field.kind"), kindOptions(l)),
		part.Fields(
			f.Month("month", l.T("meeting.field.month"), part.Required),
			f.DateTime("starts_at", l.T("meeting.field.starts_at"), part.Help(l.T("meeting.field.starts_at_help"))),
		),
		f.Input("theme", l.T("meeting.field.theme"), part.Help(l.T("meeting.field.theme_help"))),
		part.Actions(part.Button(l.T("meeting.new.do"), part.Primary)),
	))
}

func kindOptions(l locale.L) []part.Option {
	options := make([]part.Option, len(Kinds))
	for i, k := range Kinds {
		options[i] = part.Option{Value: string(k), Text: l.Of("meeting.kind", string(k)), Small: l.Of("meeting.kind_help", string(k))}
	}
	return options
}

// editView is the form of time, place and people.
func editView(l locale.L, m Meeting, f part.Form, people []member.Entry) g.Node {
	when := part.Note(part.Info, g.Text(l.T("meeting.edit.noticed")))
	if m.State == Draft {
		when = g.Group{
			f.Radios("kind", l.T("meeting.field.kind"), kindOptions(l), part.Help(l.T("meeting.field.kind_help"))),
			part.Fields(
				f.DateTime("starts_at", l.T("meeting.field.starts_at"), part.Required),
				f.Input("place", l.T("meeting.field.place"), part.Required),
			),
		}
	}
	options := peopleOptions(l, people)
	return part.Card(part.Post(m.Path()+"/edit",
		f.Summary(l),
		f.Input("title", l.T("meeting.field.title"), part.Required),
		when,
		f.Input("theme", l.T("meeting.field.theme"), part.Help(l.T("meeting.field.theme_help"))),
		part.Fields(
			f.Select("chair", l.T("meeting.field.chair"), options),
			f.Select("minute_taker", l.T("meeting.field.minute_taker"), options),
			f.Select("preparer", l.T("meeting.field.preparer"), options, part.Help(l.T("meeting.field.preparer_help"))),
		),
		part.Actions(part.Button(l.T("meeting.save"), part.Primary), part.LinkButton(m.Path(), l.T("meeting.back"))),
	))
}

func peopleOptions(l locale.L, people []member.Entry) []part.Option {
	options := []part.Option{{Text: l.T("meeting.nobody")}}
	for _, e := range people {
		options = append(options, part.Option{Value: e.ID, Text: e.FullName})
	}
	return options
}
