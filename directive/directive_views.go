package directive

import (
	"net/url"
	"slices"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/organization"
)

// composeView is the form in which a paragraph is marked and sent.
type composeView struct {
	order      Order
	form       part.Form
	today      when.Date
	senders    []organization.Organization
	cells      []organization.Organization
	documents  []library.Document
	source     library.Source
	paragraphs []string
	typed      bool // no paragraph is marked: the writer types
}

func (v composeView) body(l locale.L) g.Node {
	switch {
	case v.source.Number == "":
		return v.choose(l)
	case v.order.Text == "" && len(v.paragraphs) > 0 && !v.typed && !v.form.Wrong():
		return v.marking(l)
	}
	f := v.form
	return part.Cols(
		part.Card(part.Post("/directives", f.Summary(l), v.warning(l), v.hidden(), v.sender(l),
			f.Textarea("text", l.T("directive.field.text"), h.Rows("8"), part.Required, part.Help(l.T("directive.field.text_help"))),
			f.Input("title", l.T("directive.field.title"), part.Required, part.Help(l.T("directive.field.title_help"))),
			f.Radios("origin", l.T("directive.field.origin"), options(l, "directive.origin", Origins), part.Required),
			f.Radios("form", l.T("directive.field.form"), options(l, "directive.form", Forms), part.Required),
			part.Fields(
				f.Month("month", l.T("directive.field.month"), part.Help(l.T("directive.field.month_help"))),
				f.Date("due", l.T("directive.field.due"), part.Help(l.T("directive.field.due_help")))),
			v.addressees(l),
			part.Actions(part.Button(l.T("directive.send"), part.Primary), part.LinkButton("/directives", l.T("directive.cancel"))))),
		part.Stack(v.sourceCard(l)))
}

// options offers the values of a list under the texts of a key.
func options[T ~string](l locale.L, key string, all []T) []part.Option {
	out := make([]part.Option, len(all))
	for i, x := range all {
		out[i] = part.Option{Value: string(x), Text: l.Of(key, string(x))}
	}
	return out
}

// choose asks which document the directive rests on.
func (v composeView) choose(l locale.L) g.Node {
	var lines g.Group
	for _, d := range v.documents {
		lines = append(lines, part.LinkEntry("/directives/new?document="+d.ID, d.String(), d.Title))
	}
	for _, s := range library.InForce(v.today) {
		lines = append(lines, part.LinkEntry("/directives/new?"+url.Values{"number": {s.Number}, "date": {s.Date.String()}}.Encode(), s.String(), s.Title))
	}
	return part.Card(part.CardHead(l.T("directive.choose")), part.Muted(g.Text(l.T("directive.choose_help"))),
		part.Actions(part.LinkButton("/library/documents/new", l.T("directive.choose_new"), part.Primary, part.IconPlus)),
		v.form.Summary(l), part.List(lines...))
}

func (v composeView) hidden() g.Node {
	hide := func(name, value string) g.Node { return h.Input(h.Type("hidden"), h.Name(name), h.Value(value)) }
	if v.order.Document != "" {
		return hide("document", v.order.Document)
	}
	return g.Group{hide("number", v.order.Number), hide("date", v.order.Date.String())}
}

// warning says that the document is not in force.
func (v composeView) warning(l locale.L) g.Node {
	if v.source.InForce(v.today) {
		return nil
	}
	return part.Note(part.Warn, g.Text(l.T("directive.out_of_force", "Number", v.source.Number)))
}

// sourceCard is the document beside the form.
func (v composeView) sourceCard(l locale.L) g.Node {
	return part.Card(part.CardHead(l.T("directive.source")), h.P(h.B(g.Text(v.source.String()))), part.Muted(g.Text(v.source.Title)),
		g.If(len(v.paragraphs) > 0, part.LinkButton(v.address(), l.T("directive.mark_other"), part.Small, part.IconLeft)))
}

// address is the page on which a paragraph of the document is marked.
func (v composeView) address() string {
	return "/directives/new?" + url.Values{"document": {v.order.Document}}.Encode()
}

// marking lets one paragraph of the pasted text be marked.
func (v composeView) marking(l locale.L) g.Node {
	var lines g.Group
	for i, p := range v.paragraphs {
		lines = append(lines, part.Item(part.Grow(h.P(g.Text(p)),
			part.LinkButton(v.address()+"&mark="+strconv.Itoa(i), l.T("directive.mark"), part.Small, part.IconCheck, h.Aria("label", l.T("directive.mark")+": "+clipped(p, maxTitle))))))
	}
	return part.Card(part.CardHead(v.source.String()), part.Muted(g.Text(l.T("directive.paragraphs_help"))), part.List(lines...),
		part.Actions(part.LinkButton(v.address()+"&mark="+strconv.Itoa(len(v.paragraphs)), l.T("directive.mark_own"), part.IconEdit)))
}

// addressees asks for kinds of cell and for cells by name.
func (v composeView) addressees(l locale.L) g.Node {
	count := map[organization.Kind]int{}
	cells := make([]part.Option, len(v.cells))
	for i, o := range v.cells {
		count[o.Kind]++
		cells[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	var kinds []part.Option
	for _, k := range organization.Kinds {
		if count[k] > 0 {
			kinds = append(kinds, part.Option{Value: string(k), Text: l.Of("organization.kind", string(k)), Small: l.T("directive.cells", "Count", count[k])})
		}
	}
	return g.Group{
		v.form.Checks("kinds", l.T("directive.field.kinds"), kinds),
		part.Details(l.T("directive.field.cells_more"), v.form.Checks("cells", l.T("directive.field.cells"), cells)),
	}
}

func (v composeView) sender(l locale.L) g.Node {
	if len(v.senders) == 1 {
		return h.Input(h.Type("hidden"), h.Name("organization"), h.Value(v.senders[0].ID))
	}
	units := make([]part.Option, len(v.senders))
	for i, o := range v.senders {
		units[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	return v.form.Select("organization", l.T("directive.field.sender"), units)
}

// directiveView is the page of a directive: for whoever sent it the cells, for a cell what
// it has to do.
type directiveView struct {
	sent
	sends, isOwn, takes bool
	own                 Placed
	all                 []Placed
	readers             []reader
	names               map[string]string
	form                part.Form
	today               when.Date
}

func (v directiveView) action(l locale.L) g.Node {
	if v.sends && !v.Withdrawn() && v.behind() > 0 {
		return part.PostButton(v.Directive.Path()+"/remind", l.T("directive.remind", "Count", v.behind()), part.Primary, part.IconBell)
	}
	if v.takes && !v.Withdrawn() && v.own.Stage() == Waiting {
		return part.PostButton(v.Directive.Path()+"/take", l.Of("directive.take", string(v.Form)), part.Primary, part.IconPlus)
	}
	return nil
}

// behind counts the cells that have not handled the directive.
func (v directiveView) behind() int {
	p := ProgressOf(v.all)
	return p.Sent - p.Handled
}

func (v directiveView) body(l locale.L) g.Node {
	work := part.Stack(v.paragraph(l), g.If(v.sends, v.cells(l)))
	return part.Cols(work, part.Stack(v.facts(l), v.reading(l), v.withdrawing(l)))
}

func (v directiveView) paragraph(l locale.L) g.Node {
	cite := g.Node(g.Text(v.Citation))
	if v.Document != "" {
		cite = part.Link("/library/documents/"+v.Document, cite)
	}
	return part.Card(part.CardHead(l.T("directive.asked")),
		g.If(v.Withdrawn(), part.Note(part.Warn, g.Text(l.T("directive.withdrawn_because", "Day", v.WithdrawnAt.Date().Slashed(), "Reason", v.Reason)))),
		h.P(g.Text(v.Text)), part.Muted(g.Text(l.T("directive.under")+" "), cite))
}

func (v directiveView) facts(l locale.L) g.Node {
	terms := []part.Term{
		part.Is(l.T("directive.term.origin"), g.Text(l.Of("directive.origin", string(v.Origin)))),
		part.Is(l.T("directive.term.form"), g.Text(l.Of("directive.form", string(v.Form)))),
		part.Is(l.T("directive.term.sent"), g.Text(v.SentAt.Date().Slashed())),
	}
	if !v.Month.IsZero() {
		terms = append(terms, part.Is(l.T("directive.field.month"), g.Text(l.Month(v.Month))))
	}
	if !v.Due.IsZero() {
		terms = append(terms, part.Is(l.T("directive.field.due"), g.Text(v.Due.Slashed())))
	}
	if v.isOwn {
		terms = append(terms, part.Is(l.T("directive.term.own"), g.Group{g.Text(l.Of("directive.stage", string(v.own.Stage())) + " "), place(l, v.own)}))
	}
	return part.Card(part.DescriptionList(terms...))
}

// place leads to where a directive stands in a cell.
func place(l locale.L, p Placed) g.Node {
	switch {
	case p.Task != "" && p.TaskState != "":
		return part.Link("/tasks/"+p.Task, g.Text(l.T("directive.open_task")))
	case p.OnAgenda:
		return part.Link("/meetings/"+p.Meeting, g.Text(l.T("directive.open_meeting", "Day", p.MeetAt.Date().Slashed())))
	}
	return nil
}

// reading names who of the own cell has opened the directive.
func (v directiveView) reading(l locale.L) g.Node {
	if !v.takes {
		return nil
	}
	return part.Card(part.CardHead(l.T("directive.readers"), part.Tag(part.Plain, strconv.Itoa(len(v.readers)))),
		part.List(g.Map(v.readers, func(r reader) g.Node { return part.Entry(v.names[r.Member], l.Moment(r.ReadAt)) })))
}

// cells is the table of the committee: who has it, has read it, has it on an agenda, has
// handled it.
func (v directiveView) cells(l locale.L) g.Node {
	p := ProgressOf(v.all)
	heads := part.Heads(l.T("directive.column.cell"), l.T("directive.column.read"), l.T("directive.column.stage"))
	rows := make([]part.Row, len(v.all))
	for i, x := range behindFirst(v.all) {
		opened := g.Node(part.Tag(part.Warn, l.T("directive.unread")))
		if x.Readers > 0 {
			opened = g.Group{g.Text(x.ReadAt.Date().Slashed()), h.Small(g.Text(l.T("directive.readers_count", "Count", x.Readers)))}
		}
		state := g.Group{stageTag(l, v.Directive, x, v.today)}
		if !x.RemindedAt.IsZero() && x.Stage() != Handled {
			state = append(state, h.Small(g.Text(l.T("directive.reminded", "Day", x.RemindedAt.Date().Slashed()))))
		}
		if x.OnAgenda {
			state = append(state, h.Small(g.Text(l.T("directive.meets", "Day", x.MeetAt.Date().Slashed()))))
		}
		rows[i] = part.Row{h.B(g.Text(x.Cell)), opened, state}
	}
	return part.Card(h.ID("cells"), part.CardHead(l.T("directive.of_cells")),
		part.Grid(
			part.Stat(l.T("directive.column.sent"), strconv.Itoa(p.Sent)),
			part.Stat(l.T("directive.column.read"), strconv.Itoa(p.Read)),
			part.Stat(l.T("directive.column.laid"), strconv.Itoa(p.Laid)),
			part.Stat(l.T("directive.column.handled"), strconv.Itoa(p.Handled))),
		part.Table(l.T("directive.of_cells"), heads, rows...))
}

// behindFirst returns the cells with those first that have still to handle the directive.
func behindFirst(all []Placed) []Placed {
	return slices.SortedStableFunc(slices.Values(all), func(a, b Placed) int { return rank(a) - rank(b) })
}

func rank(p Placed) int {
	return slices.Index([]Stage{Waiting, Laid, Working, Met, Handled}, p.Stage())
}

func (v directiveView) withdrawing(l locale.L) g.Node {
	if !v.sends || v.Withdrawn() {
		return nil
	}
	f := v.form
	return part.Card(part.Details(l.T("directive.withdraw"),
		part.Post(v.Directive.Path()+"/withdraw", f.Summary(l),
			f.Textarea("reason", l.T("directive.field.reason"), h.Rows("2"), part.Required),
			part.Actions(part.Button(l.T("directive.withdraw"), part.Danger,
				part.Confirm(l, l.T("directive.withdraw_ask"), l.T("directive.withdraw")))))))
}
