package visit

import (
	"strconv"
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

var stateKinds = map[State]part.Kind{Assigned: part.Info, Refused: part.Warn, Recalled: part.Plain, Finished: part.OK}

func stateTag(l locale.L, s State) g.Node {
	return part.Tag(stateKinds[s], l.Of("visit.state", string(s)))
}

// monthView is the month of a committee: which meetings are attended by whom.
type monthView struct {
	Charge
	L     locale.L
	Month when.Month
	Today when.Date
	// Meetings are those of the month, CellNames beside them; Visits are by meeting.
	Meetings  []meeting.Meeting
	CellNames []string
	Visits    map[string][]Entry
	// Arranges: may send visitors. Writes: may be one.
	Arranges, Writes bool
}

func (v monthView) t(key string, args ...any) string { return v.L.T("visit."+key, args...) }

func (v monthView) action() g.Node {
	return g.Group{
		g.If(v.Writes, part.LinkButton("/visits/mine", v.t("mine"), part.Primary, part.IconCalendar)),
		part.LinkButton(address("/visits/charge", v.Unit.ID, when.Month{}), v.t("charge"), part.IconPeople),
		part.PrintButton(v.t("print")),
	}
}

func (v monthView) body() g.Node {
	return part.Stack(part.NoPrint(part.Stack(unitTabs(v.L, v.Charge, v.Month), v.months(), v.stats())), v.loadCard(), v.table())
}

// unitTabs are the committees of which the reader may see the visits.
func unitTabs(l locale.L, c Charge, month when.Month) g.Node {
	if len(c.Units) < 2 {
		return nil
	}
	tabs := make([]part.Tab, len(c.Units))
	for i, o := range c.Units {
		tabs[i] = part.Tab{Text: o.Name, URL: address("/visits", o.ID, month), Current: o.ID == c.Unit.ID}
	}
	return part.Tabs(l.T("visit.units"), tabs...)
}

func (v monthView) months() g.Node {
	tabs := make([]part.Tab, 3)
	for i := range tabs {
		m := v.Month.Add(i - 1)
		tabs[i] = part.Tab{Text: v.t("month", "Month", m.Slashed()), URL: address("/visits", v.Unit.ID, m), Current: i == 1}
	}
	return part.Tabs(v.t("months"), tabs...)
}

// attended returns how many meetings of the month somebody attends.
func (v monthView) attended() int {
	n := 0
	for _, m := range v.Meetings {
		if len(standing(v.Visits[m.ID])) > 0 {
			n++
		}
	}
	return n
}

// standing leaves out what was refused or called back.
func standing(all []Entry) []Entry {
	var out []Entry
	for _, e := range all {
		if e.State.Stands() {
			out = append(out, e)
		}
	}
	return out
}

func (v monthView) stats() g.Node {
	return part.Grid(
		part.Stat(v.t("stat.meetings"), strconv.Itoa(len(v.Meetings))),
		part.Stat(v.t("stat.attended"), strconv.Itoa(v.attended())),
		part.Stat(v.t("stat.open"), strconv.Itoa(len(v.Meetings)-v.attended())),
		part.Stat(v.t("stat.gaps"), strconv.Itoa(len(v.Gaps)),
			h.P(part.Link(address("/visits/charge", v.Unit.ID, when.Month{}), g.Text(v.t("charge"))))),
	)
}

func (v monthView) table() g.Node {
	head := part.CardHead(v.t("month_title", "Month", v.Month.Slashed()))
	if len(v.Meetings) == 0 {
		return part.Card(head, part.Empty(v.t("none"), v.t("none_help")))
	}
	rows := make([]part.Row, len(v.Meetings))
	for i, m := range v.Meetings {
		rows[i] = part.Row{
			h.B(g.Text(v.CellNames[i])), g.Group{g.Text(v.L.Moment(m.StartsAt)), h.Br(), h.Small(g.Text(m.Place))}, v.visitors(m), v.send(m),
		}
	}
	return part.Card(head, part.Table(v.t("month_title", "Month", v.Month.Slashed()), part.Heads(v.t("cell"), v.t("time"), v.t("visitor"), ""), rows...))
}

func (v monthView) visitors(m meeting.Meeting) g.Node {
	all := v.Visits[m.ID]
	if len(all) == 0 {
		return part.Tag(part.Warn, v.t("nobody"))
	}
	var out g.Group
	for _, e := range all {
		out = append(out, h.Div(part.Link(e.Path(), g.Text(v.Names[e.Member])), g.Text(" "), stateTag(v.L, e.State)))
	}
	return out
}

func (v monthView) send(m meeting.Meeting) g.Node {
	if !v.Arranges || m.State.Reached(meeting.Closed) {
		return nil
	}
	return part.NoPrint(part.LinkButton("/visits/new?meeting="+m.ID, v.t("assign"), part.Small, part.IconPlus))
}

// loadCard says how much each member of the committee carries.
func (v monthView) loadCard() g.Node {
	var lines g.Group
	for _, l := range v.Loads {
		lines = append(lines, part.PersonEntry(v.Names[l.Member], v.t("load", "Cells", len(l.Cells), "Visits", l.Visits)))
	}
	return part.Card(part.Details(v.t("loads"), part.Muted(g.Text(v.t("loads_help"))), part.List(lines...)))
}

// cellView is the visits of a cell, for those who lead it.
type cellView struct {
	L      locale.L
	Cell   organization.Organization
	Cells  []organization.Organization
	Visits []Entry
	Names  map[string]string
}

func (v cellView) body() g.Node {
	var tabs []part.Tab
	for _, o := range v.Cells {
		tabs = append(tabs, part.Tab{Text: o.Name, URL: address("/visits", o.ID, when.Month{}), Current: o.ID == v.Cell.ID})
	}
	if len(v.Visits) == 0 {
		return part.Card(part.Empty(v.L.T("visit.cell.none"), v.L.T("visit.cell.none_help")))
	}
	var lines g.Group
	for _, e := range v.Visits {
		lines = append(lines, part.LinkEntry(e.Path(), v.L.Moment(e.StartsAt)+" · "+v.Names[e.Member], e.Title, stateTag(v.L, e.State)))
	}
	return part.Stack(g.If(len(tabs) > 1, part.Tabs(v.L.T("visit.units"), tabs...)), part.Card(part.List(lines...)))
}

// mineView is one's own schedule.
type mineView struct {
	L      locale.L
	Visits []Entry
	Now    when.Instant
}

func (v mineView) body() g.Node {
	var coming, write, past g.Group
	for _, e := range v.Visits {
		switch line := v.line(e); {
		case e.State == Finished:
			past = append(g.Group{line}, past...)
		case e.StartsAt <= v.Now:
			write = append(write, line)
		default:
			coming = append(coming, line)
		}
	}
	if len(v.Visits) == 0 {
		return part.Card(part.Empty(v.L.T("visit.mine.none"), v.L.T("visit.mine.none_help")), h.P(part.Link("/inbox", g.Text(v.L.T("visit.mine.feed")))))
	}
	card := func(key string, kind part.Kind, lines g.Group) g.Node {
		if len(lines) == 0 {
			return nil
		}
		return part.Card(kind, part.CardHead(v.L.T(key)), part.List(lines...))
	}
	return part.Stack(card("visit.mine.write", part.Warn, write), card("visit.mine.coming", part.Plain, coming), card("visit.mine.past", part.Plain, past),
		part.Muted(part.Link("/inbox", g.Text(v.L.T("visit.mine.feed")))))
}

func (v mineView) line(e Entry) g.Node {
	return part.LinkEntry(e.Path(), e.Cell, v.L.Moment(e.StartsAt)+" · "+e.Place, stateTag(v.L, e.State))
}

// assignView chooses who attends a meeting.
type assignView struct {
	Charge
	L       locale.L
	Meeting meeting.Meeting
	Cell    organization.Organization
	There   []Entry
	form    web.Form
}

func (v assignView) body() g.Node {
	l, f := v.L, v.form
	options := make([]part.Option, len(v.Loads))
	for i, x := range v.Loads {
		small := []string{l.T("visit.load", "Cells", len(x.Cells), "Visits", x.Visits)}
		for _, o := range x.Cells {
			if o.ID == v.Cell.ID {
				small = append([]string{l.T("visit.follows")}, small...)
			}
		}
		options[i] = part.Option{Value: x.Member, Text: v.Names[x.Member], Small: strings.Join(small, " · ")}
	}
	var there g.Node
	if len(v.There) > 0 {
		var lines g.Group
		for _, e := range v.There {
			lines = append(lines, part.LinkEntry(e.Path(), v.Names[e.Member], "", stateTag(l, e.State)))
		}
		there = part.Card(part.CardHead(l.T("visit.there")), part.List(lines...))
	}
	return part.Stack(there, part.Card(part.Post("/visits", part.Guard(), f.Summary(l), part.HiddenValue("meeting", v.Meeting.ID),
		f.Radios("member", l.T("visit.field.member"), options, part.Required),
		f.Textarea("note", l.T("visit.field.note"), part.Help(l.T("visit.field.note_help")), h.Rows("3")),
		part.Actions(part.Button(l.T("visit.assign.send"), part.Primary), part.LinkButton(address("/visits", v.Unit.ID, v.Meeting.Day().In()), l.T("visit.cancel"))))))
}
