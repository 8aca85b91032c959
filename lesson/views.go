package lesson

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// indexView is the list of cards: those of the committee with how far they have come, and
// those of a cell.
type indexView struct {
	l                locale.L
	today            when.Date
	oversees, writes bool
	sent             []Counted
	cell             organization.Organization
	hasCell          bool
	held             []Held
}

func (v indexView) action() g.Node {
	if !v.writes {
		return nil
	}
	return part.LinkButton("/lessons/new", v.l.T("lesson.new.button"), part.Primary, part.IconPlus)
}

func (v indexView) body() g.Node {
	return part.Stack(v.ofCommittee(), v.ofCell())
}

func (v indexView) ofCommittee() g.Node {
	if !v.oversees {
		return nil
	}
	if len(v.sent) == 0 {
		return part.Card(part.CardHead(v.l.T("lesson.sent")), part.Empty(v.l.T("lesson.none.title"), v.l.T("lesson.none.text")))
	}
	return part.Card(part.CardHead(v.l.T("lesson.sent")), part.List(g.Map(v.sent, v.sentLine)))
}

// sentLine is a card of the committee with its count.
func (v indexView) sentLine(k Counted) g.Node {
	small := k.WrittenAt.Date().Slashed()
	if k.Place != "" {
		small = k.Place + " · " + small
	}
	return part.LinkEntry(k.Path(), k.Seen, small, countTag(v.l, k.Count()))
}

// countTag is the count of a card: "17/24".
func countTag(l locale.L, n Count) g.Node {
	switch {
	case n.Of == 0:
		return part.Tag(part.Plain, l.T("lesson.unsent"))
	case n.Full():
		return part.Tag(part.OK, l.T("lesson.count", "Learned", n.Learned, "Of", n.Of))
	}
	return part.Tag(part.Warn, l.T("lesson.count", "Learned", n.Learned, "Of", n.Of))
}

func (v indexView) ofCell() g.Node {
	if !v.hasCell {
		return nil
	}
	head := part.CardHead(v.l.T("lesson.cell", "Cell", v.cell.Name))
	if len(v.held) == 0 {
		return part.Card(head, part.Empty(v.l.T("lesson.cell.none.title"), v.l.T("lesson.cell.none.text")))
	}
	return part.Card(head, part.List(g.Map(v.held, func(k Held) g.Node { return heldLine(v.l, k) })))
}

// heldLine is a card in a cell: whether it waits or when it was ticked.
func heldLine(l locale.L, k Held) g.Node {
	small := l.T("lesson.act_line", "Act", k.Act)
	if k.Own() {
		small = l.T("lesson.own") + " · " + small
	}
	tag := part.Tag(part.Warn, l.T("lesson.waits"))
	if !k.Carry.Open() {
		tag = part.Tag(part.OK, l.T("lesson.ticked", "Day", k.Carry.DoneAt.Date().Slashed()))
	}
	return part.LinkEntry(k.Path(), k.Seen, small, tag)
}

func (v indexView) homeCard() g.Node {
	var out g.Group
	if len(v.sent) > 0 {
		out = append(out, part.Card(part.CardHead(v.l.T("lesson.home.sent")), part.List(g.Map(v.sent, v.sentLine)),
			part.LinkButton("/lessons", v.l.T("lesson.home.open"), part.Wide)))
	}
	if len(v.held) > 0 {
		out = append(out, part.Card(part.CardHead(v.l.T("lesson.home.waiting"), part.Tag(part.Warn, v.l.Number(len(v.held)))),
			part.List(g.Map(v.held[:min(newest, len(v.held))], func(k Held) g.Node { return heldLine(v.l, k) })),
			part.LinkButton("/lessons", v.l.T("lesson.home.open"), part.Wide)))
	}
	if out == nil {
		return nil
	}
	return out
}

func unitCard(l locale.L, url string) g.Node {
	return part.Card(part.CardHead(l.T("lesson.title")), part.LinkButton(url, l.T("lesson.home.open"), part.Wide, part.IconNotebook))
}

// formView is the form of a card.
type formView struct {
	l            locale.L
	form         web.Form
	action, back string
	meeting      string // id, where a cell writes for itself
	units        []organization.Organization
}

func (v formView) body() g.Node {
	l, f := v.l, v.form
	var from g.Node
	switch {
	case v.meeting != "":
		from = part.HiddenValue("meeting", v.meeting)
	case len(v.units) == 1:
		from = part.HiddenValue("organization", v.units[0].ID)
	case len(v.units) > 1:
		options := make([]part.Option, len(v.units))
		for i, o := range v.units {
			options[i] = part.Option{Value: o.ID, Text: o.Name}
		}
		from = f.Select("organization", l.T("lesson.field.unit"), options, part.Required)
	}
	return part.Card(part.Post(v.action, part.Guard(), f.Summary(l), from,
		f.Textarea("seen", l.T("lesson.field.seen"), part.Required, part.Help(l.T("lesson.field.seen_help")), h.Rows("3")),
		f.Textarea("why", l.T("lesson.field.why"), part.Required, part.Help(l.T("lesson.field.why_help")), h.Rows("3")),
		f.Textarea("act", l.T("lesson.field.act"), part.Required, part.Help(l.T("lesson.field.act_help")), h.Rows("3")),
		g.If(v.meeting == "", f.Input("place", l.T("lesson.field.place"), part.Help(l.T("lesson.field.place_help")))),
		part.Actions(part.Button(l.T("lesson.keep"), part.Primary), part.LinkButton(v.back, l.T("lesson.cancel"))),
	))
}

// sheetView is the page of a card.
type sheetView struct {
	Sheet
	forms

	l        locale.L
	below    []organization.Organization // units below the committee
	meetings map[string][]meeting.Meeting
}

func (v sheetView) action() g.Node {
	if !v.Writes || v.Count().Learned > 0 {
		return nil
	}
	return part.LinkButton(v.Path()+"/edit", v.l.T("lesson.edit"), part.IconEdit)
}

func (v sheetView) body() g.Node {
	return part.Cols(part.Stack(words(v.l, v.Lesson), v.progress()), part.Stack(v.ticking(), v.sending(), v.dropping()))
}

// words are the three lines of a card.
func words(l locale.L, k Lesson) g.Node {
	line := func(key, text string) part.Term {
		if text == "" {
			text = l.T("lesson.unwritten")
		}
		return part.Is(l.T(key), g.Text(text))
	}
	terms := []part.Term{line("lesson.field.seen", k.Seen), line("lesson.field.why", k.Why), line("lesson.field.act", k.Act)}
	if k.Place != "" {
		terms = append(terms, part.Is(l.T("lesson.field.place"), g.Text(k.Place)))
	}
	return part.Card(part.DescriptionList(terms...))
}

// ticking lets the cells of the reader say at which meeting they have taken the card up.
func (v sheetView) ticking() g.Node {
	var out g.Group
	for _, k := range v.Cells {
		if !v.Ticks[k.Organization] {
			continue
		}
		if !k.Open() {
			out = append(out, part.Card(part.CardHead(k.Name, doneTag(v.l, k)), g.If(k.Note != "", h.P(g.Text(k.Note))),
				part.PostButton(v.Path()+"/tick", v.l.T("lesson.untick"), part.Small, part.IconUndo, part.HiddenValue("cell", k.Organization))))
			continue
		}
		f := web.Form{ID: "tick"}
		if v.cell == k.Organization {
			f = v.tick
		}
		out = append(out, part.Card(part.CardHead(v.l.T("lesson.tick.title"), part.Tag(part.Warn, v.l.T("lesson.waits"))),
			tickForm(v.l, v.Path()+"/tick", f, k.Organization, v.meetings[k.Organization])))
	}
	return out
}

// tickForm asks at which meeting a cell has taken a card up.
func tickForm(l locale.L, url string, f web.Form, cell string, held []meeting.Meeting) g.Node {
	if len(held) == 0 {
		return part.Muted(g.Text(l.T("lesson.tick.no_meeting")))
	}
	options := make([]part.Option, len(held))
	for i, m := range held {
		options[i] = part.Option{Value: m.ID, Text: m.Title + ", " + m.Day().Slashed()}
	}
	return part.Post(url, f.Summary(l), part.HiddenValue("cell", cell),
		f.Select("meeting", l.T("lesson.tick.meeting"), options, part.Required),
		f.Textarea("note", l.T("lesson.tick.note"), part.Help(l.T("lesson.tick.note_help")), h.Rows("2")),
		part.Actions(part.Button(l.T("lesson.tick.send"), part.Primary, part.IconCheck)))
}

func doneTag(l locale.L, k cellCarry) g.Node {
	day := k.DoneAt.Date()
	if !k.StartsAt.IsZero() {
		day = k.StartsAt.Date()
	}
	return part.Tag(part.OK, l.T("lesson.ticked", "Day", day.Slashed()))
}

// progress is how far the card has come, cell by cell.
func (v sheetView) progress() g.Node {
	n := v.Count()
	if !v.Oversees || n.Of == 0 {
		return nil
	}
	share := 100 * float64(n.Learned) / float64(n.Of)
	text := v.l.T("lesson.progress", "Learned", n.Learned, "Of", n.Of)
	var lines []g.Node
	for _, k := range v.Cells {
		tag := part.Tag(part.Warn, v.l.T("lesson.waits"))
		if !k.Open() {
			tag = doneTag(v.l, k)
		}
		lines = append(lines, part.Entry(k.Name, k.Note, tag))
	}
	return part.Card(part.CardHead(v.l.T("lesson.progress.title"), countTag(v.l, n)),
		part.Meter(text, part.Share{Percent: share, Kind: part.OK}), part.List(lines...))
}

// sending chooses the cells to which the card goes.
func (v sheetView) sending() g.Node {
	if !v.Writes || v.Own() {
		return nil
	}
	kinds, cells := v.choices()
	if len(cells) <= len(v.Cells) {
		return nil // all have it
	}
	l, f := v.l, v.send
	head := part.CardHead(l.T("lesson.send.title"))
	if !v.Whole() {
		return part.Card(head, part.Note(part.Warn, g.Text(l.T("lesson.send.unwritten"))),
			part.LinkButton(v.Path()+"/edit", l.T("lesson.send.complete"), part.Primary, part.Wide))
	}
	if f.Values == nil {
		f.Values = map[string][]string{"reach": {string(ToAll)}}
	}
	reaches := make([]part.Option, len(Reaches))
	for i, r := range Reaches {
		reaches[i] = part.Option{Value: string(r), Text: l.Of("lesson.reach", string(r))}
	}
	return part.Card(head, part.Post(v.Path()+"/send", f.Summary(l),
		f.Radios("reach", l.T("lesson.send.reach"), reaches, part.Required),
		part.Details(l.T("lesson.send.kinds"), g.If(f.Problems["kinds"] != "", g.Attr("open")), f.Checks("kinds", l.T("lesson.send.kinds"), kinds)),
		part.Details(l.T("lesson.send.cells"), g.If(f.Problems["cells"] != "", g.Attr("open")), f.Checks("cells", l.T("lesson.send.cells"), cells)),
		part.Actions(part.Button(l.T("lesson.send.do"), part.Primary, part.IconBell))))
}

// choices are the kinds of cells below the committee, and the cells.
func (v sheetView) choices() (kinds, cells []part.Option) {
	seen := map[organization.Kind]bool{}
	for _, o := range v.below {
		if o.Level != organization.Cell {
			continue
		}
		cells = append(cells, part.Option{Value: o.ID, Text: o.Name})
		if !seen[o.Kind] {
			seen[o.Kind] = true
			kinds = append(kinds, part.Option{Value: string(o.Kind), Text: v.l.Of("organization.kind", string(o.Kind))})
		}
	}
	return kinds, cells
}

func (v sheetView) dropping() g.Node {
	if !v.Writes || v.Count().Learned > 0 {
		return nil
	}
	return part.PostButton(v.Path()+"/drop", v.l.T("lesson.drop"), part.Small, part.IconTrash,
		part.Confirm(v.l, v.l.T("lesson.drop_ask"), v.l.T("lesson.drop")))
}

// panelView is the card on the page of a meeting.
type panelView struct {
	l       locale.L
	meeting meeting.Meeting
	held    []Held
	learns  bool
}

func (v panelView) card() g.Node {
	begun := v.meeting.State.Reached(meeting.Open)
	var lines g.Group
	for _, k := range v.held {
		switch {
		case k.Carry.Open():
			lines = append(lines, v.waiting(k))
		case k.Carry.Meeting == v.meeting.ID:
			lines = append(lines, heldLine(v.l, k))
		}
	}
	write := begun && v.learns
	if len(lines) == 0 && !write {
		return nil
	}
	return part.Card(h.ID("lessons"), part.CardHead(v.l.T("lesson.panel")), g.If(len(lines) > 0, part.List(lines)),
		g.If(write, part.LinkButton("/lessons/new?meeting="+v.meeting.ID, v.l.T("lesson.own.button"), part.Wide, part.IconPlus)))
}

// waiting is a card that waits; those who lead the cell tick it once the meeting has begun.
func (v panelView) waiting(k Held) g.Node {
	var tick g.Node
	if v.learns && k.Carry.reaches(v.meeting) && k.Subject != v.meeting.ID {
		tick = part.PostButton(k.Path()+"/tick?back="+v.meeting.ID, v.l.T("lesson.tick.here"), part.Small, part.IconCheck,
			h.Aria("label", v.l.T("lesson.tick.here")+": "+short(k.Seen)),
			part.HiddenValue("cell", k.Carry.Organization), part.HiddenValue("meeting", v.meeting.ID))
	}
	small := v.l.T("lesson.act_line", "Act", k.Act)
	if k.Own() {
		small = v.l.T("lesson.own") + " · " + small
	}
	return part.Item(part.Grow(part.Link(k.Path(), h.B(g.Text(k.Seen))), h.Br(), h.Small(g.Text(small)), tick))
}
