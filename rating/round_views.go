package rating

import (
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	g "maragu.dev/gomponents"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// roundView is how far a round has come. It shows no level: whoever wants to see them
// opens the list, and that is noted.
type roundView struct {
	Overview
	form   part.Form
	today  when.Date
	sentBy when.Date
}

func (v roundView) body(l locale.L) g.Node {
	return part.Stack(
		v.road(l),
		v.step(l),
		v.people(l),
		part.Card(
			part.CardHead(l.T("rating.list.head")),
			part.Muted(g.Text(l.T("rating.list.noted"))),
			part.Actions(part.LinkButton(v.Round.Path()+"/list", l.T("rating.list.go"), part.IconPaper)),
		),
		g.If(v.back() != "" && v.mayStepBack(), part.Card(part.Details(l.T("rating.back.title"),
			part.Muted(g.Text(l.T("rating.back.help"))),
			part.PostButton(v.Round.Path()+"/back", l.T("rating.back.send", "State", l.Of("rating.state", string(v.back()))), part.Quiet),
		))),
		g.If(v.Leads && v.Round.State == SelfRating && !slices.ContainsFunc(v.Lines, Rating.Said), part.Card(part.Details(l.T("rating.drop.title"),
			part.Post(v.Round.Path()+"/drop", part.Confirm(l, l.T("rating.drop.ask"), l.T("rating.drop.send")),
				part.Actions(part.Button(l.T("rating.drop.send"), part.Danger))),
		))),
	)
}

// back is the state one step before, empty where there is none.
func (v roundView) back() State {
	return map[State]State{Discussion: SelfRating, Voting: Discussion, Proposed: Voting}[v.Round.State]
}

func (v roundView) mayStepBack() bool {
	return !slices.ContainsFunc(v.Lines, func(r Rating) bool { return r.Level != "" })
}

func (v roundView) road(l locale.L) g.Node {
	var steps []part.Step
	for _, s := range States {
		stage := part.Later
		switch {
		case s == v.Round.State && s != Told:
			stage = part.Now
		case v.Round.State.Reached(s):
			stage = part.Done
		}
		small := ""
		switch s {
		case SelfRating:
			small = l.T("rating.until", "Day", v.Round.SelfBy.Slashed())
		case Discussion:
			small = v.Round.ReviewOn.Slashed()
		case Voting, Proposed, Decided, Told:
		}
		steps = append(steps, part.Step{Title: l.Of("rating.state", string(s)), Small: small, Stage: stage})
	}
	return part.Card(part.Road(l, steps...))
}

// step is the card of what is to be done now.
func (v roundView) step(l locale.L) g.Node {
	left := 0
	for _, r := range v.Lines {
		if r.waits(v.Round.State) {
			left++
		}
	}
	card := func(children ...g.Node) g.Node {
		head := []g.Node{
			part.Info, part.CardHead(l.T("rating.step.title"), g.If(left > 0, part.Tag(part.Warn, l.T("rating.left", "Left", left)))),
			v.form.Summary(l), part.Muted(g.Text(l.Of("rating.now", string(v.Round.State)))),
		}
		return part.Card(append(head, children...)...)
	}
	if !v.Leads {
		return card(part.Actions(part.LinkButton(v.Round.Path()+"/list", l.T("rating.list.go"), part.Primary)))
	}
	move := func(to, label string) g.Node {
		return part.PostButton(v.Round.Path()+to, l.T(label), part.Primary)
	}
	switch v.Round.State {
	case SelfRating:
		return card(part.Muted(g.Text(l.T("rating.sent_by", "Day", l.Day(v.sentBy)))), part.Actions(move("/review", "rating.step.review")))
	case Discussion:
		return card(v.gathering(l))
	case Voting:
		return card(part.Muted(g.Text(l.T("rating.base", "Base", v.Round.Base))), part.Actions(move("/propose", "rating.step.propose")))
	case Proposed:
		return card(part.Actions(part.LinkButton(v.Round.Path()+"/list", l.T("rating.list.go"), part.Primary)))
	case Decided:
		return card(part.Actions(move("/tell", "rating.step.tell")))
	case Told:
	}
	return card()
}

// gathering asks for the sitting whose votes are entered next.
func (v roundView) gathering(l locale.L) g.Node {
	f := v.form
	return part.Post(v.Round.Path()+"/vote",
		part.Fields(f.Input("chair", l.T("rating.field.chair"), part.Required), f.Input("taker", l.T("rating.field.taker"), part.Required)),
		f.Input("place", l.T("rating.field.place"), part.Required),
		part.Fields(
			f.Number("present", l.T("rating.field.present"), part.Required),
			f.Number("exempt_present", l.T("rating.field.exempt_present"), part.Help(l.T("rating.help.exempt_present"))),
		),
		f.Textarea("course", l.T("rating.field.course"), part.Help(l.T("rating.help.course"))),
		part.Actions(part.Button(l.T("rating.step.vote"), part.Primary)),
	)
}

// people lists who is rated, with how far each line is and without any level.
func (v roundView) people(l locale.L) g.Node {
	return part.Card(
		part.CardHead(l.T("rating.people")),
		part.List(g.Map(v.Lines, func(r Rating) g.Node {
			return part.LinkEntry(r.Path(), v.Names[r.Subject], v.small(l, r), v.mark(l, r))
		})),
	)
}

func (v roundView) small(l locale.L, r Rating) string {
	if r.Case != Ordinary {
		return l.Of("rating.case", string(r.Case))
	}
	return l.Of("rating.form", string(r.Form))
}

func (v roundView) mark(l locale.L, r Rating) g.Node {
	complained := slices.ContainsFunc(v.Complaints, func(c Complaint) bool { return c.Subject == r.Subject && !c.Answered() })
	switch {
	case !r.Rated():
		return nil
	case complained:
		return part.Tag(part.Bad, l.T("rating.mark.complaint"))
	case r.waits(v.Round.State):
		return part.Tag(part.Warn, l.T("rating.mark.waits"))
	}
	return part.Mark(part.OK, l.T("rating.mark.done"))
}

// listView is the whole list with its levels, the cap and the decision.
type listView struct {
	Overview
	form part.Form
}

func (v listView) body(l locale.L) g.Node {
	return part.Stack(
		v.cap(l),
		g.If(v.Round.State == Proposed, v.decision(l)),
		v.table(l),
		part.Card(
			part.CardHead(l.T("rating.papers")),
			papers(v.Round.Path(), l.T("rating.paper.list"), Results),
			g.If(v.Round.State.Reached(Voting), papers(v.Round.Path(), l.T("rating.paper.minutes"), Minutes)),
		),
	)
}

// current is the level that stands in the list: the decided one, else the proposed.
func current(r Rating) Level {
	if r.Level != "" {
		return r.Level
	}
	return r.Proposal
}

func (v listView) cap(l locale.L) g.Node {
	n := CountOf(v.Lines, current)
	kind := part.OK
	if v.Round.Over(n) > 0 {
		kind = part.Warn
	}
	return part.Card(
		part.CardHead(l.T("rating.cap")),
		part.Note(kind, g.Text(v.Round.Cap.Words(n))),
		part.Muted(g.Text(l.Of("rating.cap_reading", string(v.Round.Reading)))),
	)
}

func (v listView) table(l locale.L) g.Node {
	columns := []part.Column{
		{Title: l.T("rating.column.who")},
		{Title: l.T("rating.column.points"), Right: true},
		{Title: l.T("rating.column.self")},
		{Title: l.T("rating.column.vote"), Right: true},
		{Title: l.T("rating.column.proposal")},
		{Title: l.T("rating.column.level")},
	}
	rows := make([]part.Row, len(v.Lines))
	for i, r := range v.Lines {
		who := part.Link(r.Path(), g.Text(v.Names[r.Subject]))
		if !r.Rated() {
			rows[i] = part.Row{who, nil, g.Text(l.Of("rating.case", string(r.Case))), nil, nil, nil}
			continue
		}
		points := g.Node(nil) // an empty cell is left out on a phone
		if r.Said() {
			general, results := Sums(v.Round.Lines(r.Form), r.Points)
			points = g.Text(strconv.Itoa(general + results))
		}
		rows[i] = part.Row{who, points, shortTag(l, r.Claim), g.Text(v.votes(r)), shortTag(l, r.Proposal), shortTag(l, r.Level)}
	}
	return part.Card(part.Long, part.CardHead(l.T("rating.list.head")), part.Table(l.T("rating.list.head"), columns, rows...))
}

// decision is the form of the level that decides; the proposal of the cell is what
// stands in it first.
func (v listView) decision(l locale.L) g.Node {
	if slices.ContainsFunc(v.Complaints, func(c Complaint) bool { return !c.Answered() }) {
		return part.Card(part.CardHead(l.T("rating.decision")), v.form.Summary(l), part.Note(part.Warn, g.Text(l.T("rating.refused.complaint"))))
	}
	options := append([]part.Option{{Value: "", Text: l.T("rating.decision.later")}}, choose(l, false)...)
	var fields []g.Node
	for _, r := range v.Lines {
		if r.Rated() && r.Level == "" {
			fields = append(fields, v.form.Select(levelField(r.Subject), v.Names[r.Subject], options))
		}
	}
	help := "rating.decision.help"
	if v.Round.InCell {
		help = "rating.decision.help_in_cell"
	}
	return part.Card(
		part.CardHead(l.T("rating.decision")), part.Muted(g.Text(l.T(help))),
		part.Post(v.Round.Path()+"/decision",
			v.form.Summary(l),
			part.Fields(
				v.form.Input("number", l.T("rating.field.number"), part.Required),
				v.form.Date("on", l.T("rating.field.on"), part.Required),
			),
			v.form.Input("body", l.T("rating.field.body"), part.Help(l.T("rating.help.body")), part.Required),
			part.Details(l.T("rating.decision.levels", "Count", len(fields)), part.Fields(fields...)),
			part.Actions(part.Button(l.T("rating.decision.send"), part.Primary)),
		),
	)
}

// capital writes the first letter large.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
