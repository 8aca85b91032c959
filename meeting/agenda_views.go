package meeting

import (
	"fmt"
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/library"
	"chibo/member"
	"chibo/task"
)

// agenda is the card of the agenda for those who prepare it.
func (v meetingView) agenda() g.Node {
	l, editable := v.L, v.Meeting.Editable()
	columns := agendaColumns(l)
	if editable {
		columns = append(columns, part.Column{})
	}
	rows := make([]part.Row, len(v.Items))
	for i, item := range v.Items {
		rows[i] = v.agendaRow(item, editable)
	}
	card := g.Group{
		h.ID("agenda"),
		part.CardHead(l.T("meeting.agenda"), h.Small(g.Text(v.agendaLine()))),
		part.Table(l.T("meeting.agenda"), columns, rows...),
	}
	arrange := part.LinkButton(v.url("?arrange=1#agenda"), l.T("meeting.item.arrange"), part.Small, part.IconDown)
	if v.Arrange {
		arrange = part.LinkButton(v.url("#agenda"), l.T("meeting.item.arranged"), part.Small, part.IconCheck)
	}
	return part.Card(card, part.Actions(
		g.If(editable, g.Group{part.LinkButton(v.url("/items/new"), l.T("meeting.item.add"), part.Small, part.IconPlus), arrange}),
		part.LinkButton(v.url("/agenda.pdf"), l.T("meeting.agenda_pdf"), part.Small, part.IconPrinter),
		part.LinkButton(v.url("/agenda.docx"), l.T("meeting.agenda_docx"), part.Small, part.IconDownload),
	))
}

func agendaColumns(l locale.L) []part.Column {
	columns := part.Heads(l.T("meeting.item.part"), l.T("meeting.item.presenter"), l.T("meeting.item.minutes"))
	columns[2].Right = true
	return columns
}

// agendaLine says how long it takes and on what order of proceedings it rests.
func (v meetingView) agendaLine() string {
	template := TemplateOn(v.Meeting.Kind, v.Cell.Kind, v.Meeting.Day())
	return v.L.T("meeting.agenda_line", "Minutes", Total(v.Items), "Source", template.Source.Number+" ("+library.Short(template.Source.Date)+")")
}

func (v meetingView) agendaRow(i Item, editable bool) part.Row {
	l := v.L
	who := g.Text(v.presenter(i))
	if i.Kind == Information {
		who = g.Group{who, g.Text(" "), part.Tag(part.Plain, l.T("meeting.item.turn"))}
	}
	what := g.Group{h.B(g.Textf("%d. %s", i.Position, i.Title)), v.itemTags(i)}
	if !v.Arrange {
		what = append(what, g.If(i.Note != "", h.Small(g.Text(i.Note))), v.itemLines(i))
	}
	row := part.Row{what, who, g.Text(fmt.Sprint(i.Minutes))}
	switch {
	case editable && v.Arrange:
		row = append(row, v.arrangeButtons(i))
	case editable:
		row = append(row, part.Link(v.url("/items/"+i.ID), h.Aria("label", v.L.T("meeting.item.edit_which", "Title", i.Title)), g.Text(v.L.T("meeting.item.edit"))))
	}
	return row
}

func (v meetingView) presenter(i Item) string {
	switch {
	case i.Presenter != "":
		return v.Names[i.Presenter]
	case i.Kind.needsPresenter():
		return v.L.T("meeting.nobody")
	}
	return v.L.T("meeting.item.whole_cell")
}

func (v meetingView) arrangeButtons(i Item) g.Node {
	l, at := v.L, v.url("/items/"+i.ID)
	return part.Beside(
		part.PostButton(at+"/up", l.T("meeting.item.up"), part.Small, part.IconUp, h.Aria("label", l.T("meeting.item.up_which", "Title", i.Title))),
		part.PostButton(at+"/down", l.T("meeting.item.down"), part.Small, part.IconDown, h.Aria("label", l.T("meeting.item.down_which", "Title", i.Title))),
		part.PostButton(at+"/remove", l.T("meeting.item.remove"), part.Small, part.IconTrash,
			part.Confirm(l, l.T("meeting.item.remove_ask", "Title", i.Title), l.T("meeting.item.remove"))),
	)
}

// itemTags says in a word what belongs to an item: papers, tasks to be judged.
func (v meetingView) itemTags(i Item) g.Node {
	var out g.Group
	if n := len(v.papersOf(i.ID)); n > 0 {
		out = append(out, g.Text(" "), part.Tag(part.Info, v.L.T("meeting.item.papers", "Count", n)))
	}
	if i.Kind == Review && len(v.Tasks) > 0 {
		out = append(out, g.Text(" "), part.Tag(part.Warn, v.L.T("meeting.item.tasks", "Count", len(v.due()))))
	}
	return out
}

func (v meetingView) papersOf(item string) []Paper {
	return slices.DeleteFunc(slices.Clone(v.Papers), func(p Paper) bool { return p.Item != item })
}

// due returns the open tasks that should be done by the day of the meeting.
func (v meetingView) due() []task.Task {
	return slices.DeleteFunc(slices.Clone(v.Tasks), func(t task.Task) bool {
		return !t.Due.IsZero() && v.Meeting.Day().Before(t.Due)
	})
}

// itemLines lists under an item the papers it goes through and the tasks it
// judges.
func (v meetingView) itemLines(i Item) g.Node {
	var out g.Group
	for _, p := range v.papersOf(i.ID) {
		out = append(out, h.Small(paperLink(p)))
	}
	if i.Kind != Review || len(v.Tasks) == 0 {
		return out
	}
	lines := make([]g.Node, 0, len(v.Tasks))
	for _, t := range v.Tasks {
		lines = append(lines, part.LinkEntry(t.Path(), t.Title, v.taskLine(t), taskTag(v.L, t, v)))
	}
	return append(out, part.Details(v.L.T("meeting.item.tasks_all", "Count", len(v.Tasks)), part.List(lines...)))
}

func (v meetingView) taskLine(t task.Task) string {
	var owners []string
	for _, o := range t.Owners {
		owners = append(owners, v.Names[o])
	}
	line := strings.Join(owners, ", ")
	if !t.Due.IsZero() {
		line += " · " + v.L.T("meeting.task.due", "Day", t.Due.Slashed())
	}
	if t.Target > 0 {
		line += fmt.Sprintf(" · %d/%d %s", t.Reached, t.Target, t.Unit)
	}
	return line
}

func taskTag(l locale.L, t task.Task, v meetingView) g.Node {
	switch {
	case t.State == task.DoneReported:
		return part.Tag(part.OK, l.T("meeting.task.done"))
	case t.Overdue(v.Now):
		return part.Tag(part.Bad, l.T("meeting.task.late"))
	case t.State == task.Doing:
		return part.Tag(part.Info, l.T("meeting.task.doing"))
	}
	return part.Tag(part.Plain, l.T("meeting.task.open"))
}

func paperLink(p Paper) g.Node {
	if p.File == "" {
		return g.Text(p.Title)
	}
	return part.Link("/files/"+p.File, g.Text(p.Title))
}

// itemView is the form of one item.
func itemView(l locale.L, m Meeting, itemID string, f part.Form, people []member.Entry) g.Node {
	action := m.Path() + "/items"
	if itemID != "" {
		action += "/" + itemID
	}
	kinds := make([]part.Option, len(ItemKinds))
	for i, k := range ItemKinds {
		kinds[i] = part.Option{Value: string(k), Text: l.Of("meeting.item_kind", string(k))}
	}
	options := peopleOptions(l, people)
	options[0].Text = l.T("meeting.item.whole_cell")
	return part.Card(part.Post(action,
		f.Summary(l),
		f.Input("title", l.T("meeting.item.title"), part.Required),
		part.Fields(
			f.Select("kind", l.T("meeting.item.kind"), kinds, part.Help(l.T("meeting.item.kind_help"))),
			f.Number("minutes", l.T("meeting.item.minutes"), part.Required),
			f.Select("presenter", l.T("meeting.item.presenter"), options),
		),
		f.Textarea("note", l.T("meeting.item.note"), part.Help(l.T("meeting.item.note_help"))),
		part.Actions(part.Button(l.T("meeting.save"), part.Primary), part.LinkButton(m.Path()+"#agenda", l.T("meeting.back"))),
	))
}
