package staging

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// conveningView is the form that sets a rehearsal.
type conveningView struct {
	Sheet

	l    locale.L
	id   string // empty: a new one
	form web.Form
}

func (v conveningView) body() g.Node {
	l, f, to, back := v.l, v.form, v.Path()+"/rehearsals", v.Path()
	if v.id != "" {
		to += "/" + v.id
		back = to
		to += "/edit"
	}
	return part.Card(part.Post(to, part.Guard(), f.Summary(l),
		part.Fields(f.Date("day", l.T("staging.field.rehearsal_day"), part.Required), f.Time("clock", l.T("staging.field.clock"), part.Required)),
		f.Input("place", l.T("staging.field.rehearsal_place"), part.Required),
		f.Input("chair", l.T("staging.field.chair"), part.Help(l.T("staging.field.chair_help"))),
		f.Textarea("people", l.T("staging.field.people"), part.Help(l.T("staging.field.people_help")), h.Rows("5")),
		part.Actions(part.Button(l.T("conference.save"), part.Primary), part.LinkButton(back, l.T("conference.back")))))
}

// rehearsalView is the record of a rehearsal as one reader sees it.
type rehearsalView struct {
	Rehearsing

	l       locale.L
	now     when.Instant
	people  []Person // who can be put in charge
	card    string   // whose form was refused
	refused web.Form
}

// form is the form of a card: as it was refused, else with values.
func (v rehearsalView) form(card string, values map[string][]string) web.Form {
	if v.card == card && v.refused.Values != nil {
		return v.refused
	}
	return web.Form{ID: card, Values: values}
}

func (v rehearsalView) action() g.Node {
	paper := v.Path() + "/paper/"
	return part.NoPrint(part.Actions(
		part.LinkButton(paper+"pdf", v.l.T("staging.pdf"), part.IconPrinter),
		part.LinkButton(paper+"docx", v.l.T("staging.docx"), part.IconDownload)))
}

func (v rehearsalView) body() g.Node {
	if len(v.Runs) == 0 {
		return part.Stack(v.facts(), part.Card(part.Empty(v.l.T("staging.cards"), v.l.T("staging.rehearsal.no_cards"), part.LinkButton(v.Sheet.Path(), v.l.T("staging.script"), part.Primary))))
	}
	return part.Cols(part.Stack(v.runs(), v.remarks()), part.Stack(v.facts(), v.conclusion()))
}

// facts are when and where it is and who takes part.
func (v rehearsalView) facts() g.Node {
	l := v.l
	terms := []part.Term{part.Fact(l.T("staging.rehearsal.when"), l.Moment(v.StartsAt)), part.Fact(l.T("staging.field.rehearsal_place"), v.Place)}
	if v.Chair != "" {
		terms = append(terms, part.Fact(l.T("staging.field.chair"), v.Chair))
	}
	if v.People != "" {
		terms = append(terms, part.Is(l.T("staging.field.people"), g.Map(strings.Split(v.People, "\n"), func(s string) g.Node { return g.Group{g.Text(s), h.Br()} })))
	}
	var edit g.Node
	if v.Edits() {
		edit = part.Actions(part.LinkButton(v.Path()+"/edit", l.T("staging.rehearsal.edit"), part.Small, part.IconEdit),
			part.PostButton(v.Path()+"/drop", l.T("staging.rehearsal.drop"), part.Small, part.IconTrash, part.Confirm(l, l.T("staging.rehearsal.drop_ask"), l.T("staging.rehearsal.drop"))))
	}
	return part.Card(part.CardHead(l.T("staging.rehearsal"), outcomeTag(l, v.Rehearsal)), part.DescriptionList(terms...), edit)
}

// outcomeTag says how a rehearsal stands.
func outcomeTag(l locale.L, r Rehearsal) g.Node {
	switch r.Outcome {
	case Passed:
		return part.Tag(part.OK, l.Of("staging.outcome", string(r.Outcome)))
	case Again:
		return part.Tag(part.Bad, l.Of("staging.outcome", string(r.Outcome)))
	}
	return part.Tag(part.Plain, l.T("staging.rehearsal.open"))
}

// runs are the cards with the minutes planned and the minutes that they took.
func (v rehearsalView) runs() g.Node {
	l := v.l
	if !v.Edits() {
		return part.Card(part.CardHead(l.T("staging.rehearsal.runs")), v.sum(), part.List(g.Map(v.Runs, v.run)))
	}
	values := map[string][]string{}
	for _, x := range v.Runs {
		if x.Took > 0 {
			values[tookField(x.Card)] = []string{strconv.Itoa(x.Took)}
		}
	}
	f := v.form("times", values)
	return part.Card(part.CardHead(l.T("staging.rehearsal.runs")), v.sum(), part.Post(v.Path()+"/times", part.Guard(), f.Summary(l),
		part.List(g.Map(v.Runs, func(x Run) g.Node {
			return part.Item(part.Grow(h.B(g.Text(x.Title)), h.Small(g.Text(l.T("staging.rehearsal.planned", "N", x.Minutes)))),
				f.Number(tookField(x.Card), l.T("staging.rehearsal.took"), part.Figure, h.Aria("label", l.T("staging.rehearsal.took_of", "Title", x.Title)), h.Min("0"), h.Max(strconv.Itoa(longestRun))))
		})),
		part.Actions(part.Button(l.T("staging.rehearsal.save"), part.Primary))))
}

// run is a card of a record that is only read.
func (v rehearsalView) run(x Run) g.Node {
	l := v.l
	took := part.Tag(part.Plain, l.T("staging.rehearsal.not_run"))
	switch {
	case x.Took > x.Minutes:
		took = part.Tag(part.Warn, l.T("staging.card.minutes", "N", x.Took))
	case x.Took > 0:
		took = part.Tag(part.OK, l.T("staging.card.minutes", "N", x.Took))
	}
	return part.Item(part.Grow(h.B(g.Text(x.Title)), h.Small(g.Text(l.T("staging.rehearsal.planned", "N", x.Minutes))),
		g.Map(x.Remarks, func(r Remark) g.Node { return h.P(g.Text(v.said(r))) })), took)
}

func (v rehearsalView) said(r Remark) string {
	return v.l.T("staging.rehearsal.said", "What", r.What, "Charge", r.Charge, "Due", v.l.Moment(r.Due))
}

// sum says how long all took against the plan, and what was not run through.
func (v rehearsalView) sum() g.Node {
	l := v.l
	planned, took := v.Runs.Sum()
	if took == 0 {
		return part.Muted(g.Text(l.T("staging.rehearsal.none_run")))
	}
	text, kind := l.T("staging.rehearsal.sum", "Took", took, "Planned", planned), part.OK
	if took > planned {
		kind = part.Warn
	}
	if left := v.Runs.Left(); left > 0 {
		text += " " + l.T("staging.rehearsal.left", "N", left)
	}
	return part.Note(kind, g.Text(text))
}

// remarks are the duties that came of it as they stand now, and the form of another.
func (v rehearsalView) remarks() g.Node {
	l := v.l
	card := g.Group{part.CardHead(l.T("staging.rehearsal.remarks"))}
	if len(v.Remarks) == 0 {
		card = append(card, part.Muted(g.Text(l.T("staging.rehearsal.no_remarks"))))
	}
	work := workView{Work: Work{Conference: v.Sheet.Of, Names: v.Names, Keeps: v.Sheet.Keeps, Hosts: v.Sheet.Hosts}, l: l, now: v.now}
	titles := map[string]string{}
	for _, x := range v.Runs {
		titles[x.Card] = x.Title
	}
	card = append(card, part.List(g.Map(v.Remarks, func(d Duty) g.Node { return work.remark(d, titles[d.Card]) })))
	if v.Edits() {
		form := v.remarking()
		if len(v.Remarks) > 0 && v.card != "remark" {
			form = part.Details(l.T("staging.rehearsal.add"), form)
		}
		card = append(card, form)
	}
	return part.Card(card)
}

// remark is a duty under the title of the card of which it was said.
func (v workView) remark(d Duty, of string) g.Node {
	tag := part.Tag(part.Plain, v.l.T("staging.state.open"))
	switch d.StateAt(v.now) {
	case Done:
		tag = part.Tag(part.OK, v.l.T("staging.state.done"))
	case Late:
		tag = part.Tag(part.Bad, v.l.T("staging.state.late"))
	}
	small := of + " · " + v.Charge(d) + " · " + v.l.Moment(d.DueAt)
	if !v.Keeps && !v.Hosts {
		return part.Entry(d.What, small, tag)
	}
	return part.LinkEntry(Path(d.Conference)+"#duty-"+d.ID, d.What, small, tag)
}

// remarking is the form of what is to be changed, by whom, until when.
func (v rehearsalView) remarking() g.Node {
	l := v.l
	due := v.Sheet.At.StartsAt.Date().AddDays(-1)
	f := v.form("remark", map[string][]string{"day": {due.String()}, "clock": {"16:00"}})
	cards := make([]part.Option, len(v.Runs))
	for i, x := range v.Runs {
		cards[i] = part.Option{Value: x.Card, Text: strconv.Itoa(i+1) + ". " + x.Title}
	}
	return part.Post(v.Path()+"/remarks", part.Guard(), f.Summary(l),
		f.Select("card", l.T("staging.rehearsal.card"), cards, part.Required),
		f.Textarea("what", l.T("staging.rehearsal.what"), part.Required, h.Rows("2")),
		f.Input("charge", l.T("staging.field.charge"), part.Help(l.T("staging.field.charge_help"))),
		f.Select("person", l.T("staging.field.person"), choices(l, v.people), part.Help(l.T("staging.field.person_help"))),
		part.Fields(f.Date("day", l.T("staging.field.day"), part.Required), f.Time("clock", l.T("staging.field.clock"), part.Required)),
		part.Actions(part.Button(l.T("staging.rehearsal.add"))))
}

// choices are those who can be put in charge, and nobody.
func choices(l locale.L, people []Person) []part.Option {
	out := []part.Option{{Text: l.T("staging.field.nobody")}}
	for _, p := range people {
		out = append(out, part.Option{Value: p.Key(), Text: p.Name + " – " + p.Unit})
	}
	return out
}

// conclusion is what the rehearsal came to, or the form that says so.
func (v rehearsalView) conclusion() g.Node {
	l := v.l
	head := part.CardHead(l.T("staging.rehearsal.conclusion"))
	switch {
	case v.Concluded():
		again := g.Node(nil)
		if v.Outcome == Again && v.Sheet.Keeps && v.Sheet.Open() {
			again = part.LinkButton(v.Sheet.Path()+"/rehearsals/new", l.T("staging.rehearsal.again"), part.Wide)
		}
		return part.Card(head, h.P(outcomeTag(l, v.Rehearsal)), g.If(v.Words != "", h.P(g.Text(v.Words))), part.Muted(g.Text(l.Moment(v.ConcludedAt))), again)
	case !v.Edits():
		return part.Card(head, part.Muted(g.Text(l.T("staging.rehearsal.open"))))
	}
	f := v.form("conclude", map[string][]string{"outcome": {string(Passed)}})
	outcomes := make([]part.Option, len(Outcomes))
	for i, o := range Outcomes {
		outcomes[i] = part.Option{Value: string(o), Text: l.Of("staging.outcome", string(o))}
	}
	return part.Card(head, part.Muted(g.Text(l.T("staging.rehearsal.conclude_help"))), part.Post(v.Path()+"/conclude", f.Summary(l),
		f.Radios("outcome", l.T("staging.rehearsal.outcome"), outcomes, part.Required),
		f.Textarea("words", l.T("staging.rehearsal.words"), h.Rows("3")),
		part.Actions(part.Button(l.T("staging.rehearsal.conclude"), part.Primary))))
}

// rehearsals is the card of the rehearsals on the page of the script.
func (v scriptView) rehearsals() g.Node {
	l := v.l
	card := g.Group{part.CardHead(l.T("staging.rehearsal"))}
	if len(v.Rehearsals) == 0 {
		card = append(card, part.Muted(g.Text(l.T("staging.rehearsal.none"))))
	}
	card = append(card, part.List(g.Map(v.Rehearsals, v.rehearsalLine)))
	if v.Keeps && v.Open() {
		card = append(card, part.LinkButton(v.Path()+"/rehearsals/new", l.T("staging.rehearsal.new"), part.Wide, part.IconPlus))
	}
	return part.Card(card)
}

func (v scriptView) rehearsalLine(r Rehearsal) g.Node {
	return part.LinkEntry(r.Path(), v.l.T("staging.rehearsal"), v.l.Moment(r.StartsAt)+" · "+r.Place, outcomeTag(v.l, r))
}
