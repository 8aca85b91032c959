package task

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// tableView is the ledger as it is printed and taken away.
type tableView struct {
	unit  string // name
	want  Query
	tasks []Task
	names map[string]string
	now   when.Instant
}

func (v tableView) lead(l locale.L) string {
	return v.unit + " · " + l.Of("task.view", string(v.want.View)) + " · " + l.T("task.table.on", "Day", v.now.Date().Slashed())
}

func (v tableView) header(l locale.L) []string {
	return []string{
		l.T("task.table.number"), l.T("task.field.title"), l.T("task.field.owners"), l.T("task.field.due"), l.T("task.field.target"),
		l.T("task.table.reached"), l.T("task.table.standing"), l.T("task.field.origin"), l.T("task.field.given"), l.T("task.difficulty"),
	}
}

// cells are what the columns of the header say of one task.
func (v tableView) cells(l locale.L, t Task) []string {
	target, reached := "", ""
	if t.Target > 0 {
		target, reached = strconv.Itoa(t.Target)+" "+t.Unit, strconv.Itoa(t.Reached)
	}
	_, stands := standing(l, t, v.now)
	if t.CarriedTimes > 0 {
		stands += " (" + l.T("task.carried", "Times", t.CarriedTimes) + ")"
	}
	origin := l.Of("task.origin", string(t.Origin))
	if t.Source != "" {
		origin += ": " + t.Source
	}
	return []string{t.Title, ownerNames(t, v.names), t.DueText(), target, reached, stands, origin, t.GivenAt.Date().Slashed(), t.Difficulty}
}

func (v tableView) body(l locale.L) g.Node {
	rows := make([]part.Row, len(v.tasks))
	for i, t := range v.tasks {
		rows[i] = part.Cells(append([]string{strconv.Itoa(i + 1)}, v.cells(l, t)...)...)
	}
	return g.Group{
		part.Actions(part.PrintButton(l.T("task.table.print"), part.Primary), part.LinkButton("/tasks", l.T("task.back"))),
		part.Card(part.Table(l.T("task.table.title"), part.Heads(v.header(l)...), rows...)),
	}
}

func (v tableView) workbook(l locale.L) sheet.Table {
	t := sheet.Table{
		Name: l.T("task.title"), Titles: []string{l.T("task.table.title"), v.lead(l)}, Header: v.header(l),
		Widths: []float64{6, 44, 28, 18, 14, 10, 24, 32, 14, 32},
	}
	for i, task := range v.tasks {
		row := []any{i + 1}
		for _, cell := range v.cells(l, task) {
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// peopleView is the list of open tasks a person, in large type, for those without a
// telephone.
type peopleView struct {
	unit   string // name
	people []part.Option
	tasks  []Task
	now    when.Instant
}

func (v peopleView) body(l locale.L) g.Node {
	var sheets g.Group
	for _, p := range v.people {
		var own []Task
		for _, t := range v.tasks {
			if t.OwnedBy(p.Value) {
				own = append(own, t)
			}
		}
		if len(own) > 0 {
			sheets = append(sheets, v.person(l, p.Text, own))
		}
	}
	if len(sheets) == 0 {
		return part.Card(part.Empty(l.Of("task.empty", string(FilterOpen)), l.T("task.empty.text")))
	}
	return g.Group{
		part.NoPrint(part.Stack(
			part.Note(part.Plain, g.Text(l.T("task.people.help"))),
			part.Actions(part.PrintButton(l.T("task.people.print"), part.Primary), part.LinkButton("/tasks", l.T("task.back"))),
		)),
		h.Div(h.Class("slips stack"), sheets),
	}
}

// person is the part of the list that is cut off and handed to one person.
func (v peopleView) person(l locale.L, name string, own []Task) g.Node {
	return part.Sheet(part.Card(
		h.H2(g.Text(l.T("task.people.of", "Name", name))),
		h.P(g.Text(v.unit+" · "+l.T("task.table.on", "Day", v.now.Date().Slashed()))),
		h.Ol(g.Map(own, func(t Task) g.Node {
			return h.Li(h.P(h.B(g.Text(t.Title))), h.P(g.Text(v.due(l, t))), g.If(t.DoneWhen != "", h.P(g.Text(l.T("task.field.done_when")+": "+t.DoneWhen))))
		})),
	))
}

func (v peopleView) due(l locale.L, t Task) string {
	text := l.T("task.no_due")
	if !t.Due.IsZero() {
		text = l.T("task.due", "Day", t.DueText())
	}
	if t.Overdue(v.now) {
		_, stands := standing(l, t, v.now)
		text += " (" + stands + ")"
	}
	if t.Target > 0 {
		text += " · " + l.T("task.reached", "Reached", l.Number(t.Reached), "Target", l.Number(t.Target), "Unit", t.Unit)
	}
	return text
}
