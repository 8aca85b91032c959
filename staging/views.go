package staging

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/conference"
	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// workView is the list of duties as one reader sees it.
type workView struct {
	Work

	l   locale.L
	now when.Instant
}

func (v workView) action() g.Node {
	return part.NoPrint(part.Actions(
		g.If(v.Keeps && v.Open() && len(v.Sittings) > 0, part.LinkButton(Path(v.ID)+"/new", v.l.T("staging.new"), part.Primary, part.IconPlus)),
		g.If(len(v.Duties) > 0, part.LinkButton(Path(v.ID)+"/sheet.xlsx", v.l.T("staging.xlsx"), part.IconDownload)),
		part.PrintButton(v.l.T("staging.print"))))
}

func (v workView) body() g.Node {
	if len(v.Sittings) == 0 {
		return part.Card(part.Empty(v.l.T("staging.none.title"), v.l.T("staging.none.sittings")))
	}
	return g.Group{
		part.NoPrint(part.Stack(v.late(), g.Map(v.Sittings, v.sitting))),
		part.PrintOnly(g.Map(v.Sittings, v.paper)),
	}
}

// late stands on top: what is late and with whom.
func (v workView) late() g.Node {
	late := v.Late(v.now)
	if len(late) == 0 {
		return nil
	}
	return part.Card(part.Warn, part.CardHead(v.l.T("staging.late", "N", len(late))), part.List(g.Map(late, v.line)))
}

// sitting is the card of the duties of a sitting, by day.
func (v workView) sitting(y conference.Sitting) g.Node {
	duties := v.Of(y.ID)
	if len(duties) == 0 && !v.Keeps {
		return nil
	}
	card := g.Group{part.CardHead(y.Title, part.Tag(part.Plain, v.l.Moment(y.StartsAt)))}
	if len(duties) == 0 {
		return part.Card(card, part.Muted(g.Text(v.l.T("staging.none.text"))), g.If(v.Open(), part.Actions(
			part.PostButton(Path(v.ID)+"/standard", v.l.T("staging.standard"), part.Primary, part.HiddenValue("sitting", y.ID)),
			part.LinkButton(Path(v.ID)+"/new?sitting="+y.ID, v.l.T("staging.new"), part.IconPlus))))
	}
	card = append(card, v.meter(duties), v.moved(y, duties))
	for from := 0; from < len(duties); {
		to := from
		for to < len(duties) && duties[to].DueAt.Date() == duties[from].DueAt.Date() {
			to++
		}
		card = append(card, h.H3(g.Text(v.l.Day(duties[from].DueAt.Date()))), part.List(g.Map(duties[from:to], v.line)))
		from = to
	}
	return part.Card(h.ID("sitting-"+y.ID), card)
}

func (v workView) meter(duties []Duty) g.Node {
	done, of := Work{Duties: duties}.Count()
	text := v.l.T("staging.count", "Done", done, "Of", of)
	return g.Group{part.Muted(g.Text(text)), part.Meter(text, part.Share{Kind: part.OK, Percent: 100 * float64(done) / float64(of)})}
}

// moved offers to move what is open along with a sitting whose start was changed.
func (v workView) moved(y conference.Sitting, duties []Duty) g.Node {
	for _, d := range duties {
		if d.DoneAt.IsZero() && d.PlannedFor != y.StartsAt && v.Keeps && v.Open() {
			return part.Note(part.Warn, g.Text(v.l.T("staging.moved", "Was", v.l.Moment(d.PlannedFor))),
				part.PostButton(Path(v.ID)+"/move", v.l.T("staging.move"), part.Small, part.HiddenValue("sitting", y.ID)))
		}
	}
	return nil
}

// line is a duty with the button by which it is ticked.
func (v workView) line(d Duty) g.Node {
	l, to := v.l, Path(v.ID)+"/"+d.ID
	small := []string{v.Charge(d)}
	for _, s := range []string{d.Place, d.Gear} {
		if s != "" {
			small = append(small, s)
		}
	}
	title := g.Node(g.Text(d.What))
	if v.Keeps && v.Open() {
		title = part.Link(to, title)
	}
	state := d.StateAt(v.now)
	tick := part.PostButton(to+"/done", l.T("staging.tick"), part.IconCheck, h.Aria("label", l.T("staging.tick_of", "What", d.What)))
	if state == Done {
		tick = part.PostButton(to+"/undone", l.T("staging.untick"), part.Small, part.IconUndo, h.Aria("label", l.T("staging.untick_of", "What", d.What)))
	}
	return part.Item(h.ID("duty-"+d.ID), g.If(state == Done, part.Mark(part.OK, l.T("staging.state.done"))),
		part.Grow(h.B(part.Number(l.Clock(d.DueAt)), g.Text(" "), title), h.Small(g.Text(strings.Join(small, " · "))),
			g.If(state == Late, part.Tag(part.Bad, l.T("staging.state.late_since", "When", l.Moment(d.DueAt))))),
		g.If(v.Open(), tick))
}

// paper is the printed list of a sitting.
func (v workView) paper(y conference.Sitting) g.Node {
	duties := v.Of(y.ID)
	if len(duties) == 0 {
		return nil
	}
	l := v.l
	rows := make([]part.Row, len(duties))
	for i, d := range duties {
		box := "☐"
		if d.StateAt(v.now) == Done {
			box = "☑"
		}
		where := strings.Trim(d.Place+"; "+d.Gear, "; ")
		rows[i] = part.Cells(d.DueAt.HHMM()+" "+d.DueAt.Date().Slashed(), d.What, v.Charge(d), where, box)
	}
	head := y.Title + ", " + l.Moment(y.StartsAt)
	columns := part.Heads(l.T("staging.head.due"), l.T("staging.head.what"), l.T("staging.head.charge"), l.T("staging.head.where"), l.T("staging.head.done"))
	return g.Group{h.H2(g.Text(head)), part.Table(head, columns, rows...)}
}

// heads are the columns of the spreadsheet.
func heads(l locale.L) []string {
	return []string{l.T("staging.head.due"), l.T("staging.head.what"), l.T("staging.head.charge"), l.T("staging.head.place"), l.T("staging.head.gear"), l.T("staging.head.done")}
}

// table is the list for a spreadsheet.
func table(l locale.L, w Work, now when.Instant) sheet.Table {
	t := sheet.Table{
		Name: l.T("staging.title"), Titles: []string{w.Title}, Header: append([]string{l.T("staging.head.sitting")}, heads(l)...),
		Widths: []float64{30, 18, 50, 30, 25, 30, 14},
	}
	for _, y := range w.Sittings {
		for _, d := range w.Of(y.ID) {
			t.Rows = append(t.Rows, []any{y.Title, l.Moment(d.DueAt), d.What, w.Charge(d), d.Place, d.Gear, l.Of("staging.state", string(d.StateAt(now)))})
		}
	}
	return t
}

// panel is the card on the page of the conference.
func (v workView) panel() g.Node {
	l := v.l
	head := part.CardHead(l.T("staging.title"))
	open := part.LinkButton(Path(v.ID), l.T("staging.open"), part.Wide)
	if len(v.Duties) == 0 {
		return part.Card(head, part.Muted(g.Text(l.T("staging.none.text"))), open)
	}
	late := v.Late(v.now)
	return part.Card(head, v.meter(v.Duties),
		g.If(len(late) > 0, part.Note(part.Warn, g.Text(l.T("staging.late", "N", len(late))))),
		part.List(g.Map(v.next(late), func(d Duty) g.Node { return part.Entry(d.What, v.Charge(d)+" · "+l.Moment(d.DueAt)) })), open)
}

// next returns what is named on the page of the conference: what is late, else what comes
// next.
func (v workView) next(late []Duty) []Duty {
	if len(late) == 0 {
		for i, d := range v.Duties {
			if d.DoneAt.IsZero() {
				return v.Duties[i : i+1]
			}
		}
	}
	return late[:min(3, len(late))]
}

func (v workView) homeLine(d Duty) g.Node {
	tag := g.Node(nil)
	if d.StateAt(v.now) == Late {
		tag = part.Tag(part.Bad, v.l.T("staging.state.late"))
	}
	return part.LinkEntry(Path(d.Conference)+"#duty-"+d.ID, d.What, v.l.Moment(d.DueAt), tag)
}

// ledLine is a sitting that the reader leads.
func (v workView) ledLine(y Led) g.Node {
	return part.LinkEntry(ScriptPath(y.Conference, y.Sitting), y.Title, v.l.Moment(y.StartsAt), approvalTag(v.l, !y.ApprovedAt.IsZero()))
}

func approvalTag(l locale.L, approved bool) g.Node {
	if approved {
		return part.Tag(part.OK, l.T("staging.approved.is"))
	}
	return part.Tag(part.Warn, l.T("staging.approved.not"))
}

// dutyView is the form of a duty.
type dutyView struct {
	l        locale.L
	x        conference.Conference
	id       string // empty: a new one
	form     web.Form
	sittings []conference.Sitting
	people   []Person
}

func (v dutyView) body() g.Node {
	l, f := v.l, v.form
	to := Path(v.x.ID)
	if v.id != "" {
		to += "/" + v.id
	}
	sittings := make([]part.Option, len(v.sittings))
	for i, y := range v.sittings {
		sittings[i] = part.Option{Value: y.ID, Text: y.Title + ", " + l.Moment(y.StartsAt)}
	}
	var remove g.Node
	if v.id != "" {
		remove = part.PostButton(to+"/remove", l.T("staging.remove"), part.Small, part.IconTrash, part.Confirm(l, l.T("staging.remove_ask"), l.T("staging.remove")))
	}
	return part.Stack(part.Card(part.Post(to, part.Guard(), f.Summary(l),
		f.Textarea("what", l.T("staging.head.what"), part.Required, h.Rows("2")),
		f.Select("sitting", l.T("staging.head.sitting"), sittings),
		part.Fields(f.Date("day", l.T("staging.field.day"), part.Required), f.Time("clock", l.T("staging.field.clock"), part.Required)),
		f.Input("charge", l.T("staging.field.charge"), part.Help(l.T("staging.field.charge_help"))),
		f.Select("person", l.T("staging.field.person"), choices(l, v.people), part.Help(l.T("staging.field.person_help"))),
		f.Input("place", l.T("staging.field.place")),
		f.Input("gear", l.T("staging.field.gear"), part.Help(l.T("staging.field.gear_help"))),
		part.Actions(part.Button(l.T("conference.save"), part.Primary), part.LinkButton(Path(v.x.ID), l.T("conference.back"))))), remove)
}
