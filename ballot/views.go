package ballot

import (
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// pollView is what the page of a poll shows to one of its voters.
type pollView struct {
	locale.L
	Poll
	form            web.Form
	voted, entitled int
	confirms        bool     // the choice is made and waits to be confirmed
	own             []string // what the reader has chosen in an open poll
}

func (v pollView) page() web.Page {
	return web.Page{Title: v.Question, Lead: v.kind(), Section: "meetings", Body: part.Stack(v.body(), v.promise())}
}

func (v pollView) kind() string {
	if v.Secret {
		return v.T("ballot.secret")
	}
	return v.T("ballot.open")
}

func (v pollView) body() g.Node {
	switch {
	case v.Poll.Voted:
		return v.receipt()
	case v.State == Withdrawn:
		return part.Card(part.CardHead(v.T("ballot.withdrawn.title")), h.P(g.Text(v.T("ballot.withdrawn.text"))), v.back())
	case v.State == Closed:
		return part.Card(part.CardHead(v.T("ballot.closed.title")), h.P(g.Text(v.T("ballot.closed.text"))), v.back())
	case v.confirms:
		return v.confirmation()
	}
	return v.paper()
}

// turnout is all that anybody is told while the poll runs.
func (v pollView) turnout() g.Node {
	return part.Tag(part.Info, v.T("ballot.turnout", "Voted", v.Number(v.voted), "Entitled", v.Number(v.entitled)))
}

// paper is the ballot to be filled in.
func (v pollView) paper() g.Node {
	var fields g.Group
	if v.Choose == 1 {
		options := make([]part.Option, len(v.Options), len(v.Options)+1)
		for i, o := range v.Options {
			options[i] = part.Option{Value: choiceValue(i), Text: o.Text}
		}
		options = append(options, part.Option{Value: blank, Text: v.T("ballot.blank"), Small: v.T("ballot.blank_help")})
		fields = append(fields, v.form.Radios(choiceField, v.T("ballot.choose_one"), options, part.Huge))
	} else {
		answers := []part.Option{{Value: yes, Text: v.T("ballot.yes")}, {Value: no, Text: v.T("ballot.no")}}
		fields = append(fields, h.P(h.B(g.Text(v.T("ballot.choose_most", "Count", v.Choose)))))
		for i, o := range v.Options {
			fields = append(fields, v.form.Radios(optionField(i), o.Text, answers, part.Huge, part.Line))
		}
	}
	return part.Card(part.Bad, part.CardHead(v.T("ballot.paper"), v.turnout()),
		part.Post(v.Path(), v.form.Summary(v.L), fields, part.HiddenValue(stepField, stepLook),
			part.Actions(part.Button(v.T("ballot.go_on"), part.Primary, part.Wide))))
}

// confirmation shows the filled-in ballot once more. Every option is there, and beside
// it an empty line; one of the two is hidden, so that the page is equally long
// whatever was chosen.
func (v pollView) confirmation() g.Node {
	carried := g.Group{}
	if v.Choose == 1 {
		carried = append(carried, v.form.Hidden(choiceField))
	}
	lines := v.eitherWay(v.form.Value(choiceField) == blank || v.Choose > 1 && !slices.Contains(v.answers(), yes),
		part.Note(part.Warn, h.H3(g.Text(v.T("ballot.blank"))), g.Text(v.T("ballot.blank_help"))))
	for i, o := range v.Options {
		chosen := v.form.Value(choiceField) == choiceValue(i)
		if v.Choose > 1 {
			carried = append(carried, v.form.Hidden(optionField(i)))
			chosen = v.form.Value(optionField(i)) == yes
		}
		lines = append(lines, v.eitherWay(chosen, part.Note(part.OK, h.H3(g.Text(o.Text))))...)
	}
	return part.Card(part.Bad, part.CardHead(v.T("ballot.confirm.title")),
		h.P(g.Text(v.T("ballot.chosen"))), h.Div(h.Aria("live", "polite"), lines),
		part.Post(v.Path(), carried, h.P(g.Text(v.T("ballot.confirm.text"))),
			part.Actions(
				part.Button(v.T("ballot.confirm.yes"), part.Primary, part.Wide, part.IconCheck, h.Name(stepField), h.Value(stepCast)),
				part.Button(v.T("ballot.confirm.no"), part.Wide, h.Name(stepField), h.Value(stepEdit)))))
}

// answers are the answers to each name.
func (v pollView) answers() []string {
	all := make([]string, len(v.Options))
	for i := range v.Options {
		all[i] = v.form.Value(optionField(i))
	}
	return all
}

// eitherWay draws n where it was chosen, and is equally long where it was not.
func (v pollView) eitherWay(chosen bool, n g.Node) g.Group {
	line := func(shown bool, n g.Node) g.Node { return h.Div(g.If(!shown, g.Attr("hidden")), n) }
	return g.Group{line(chosen, n), line(!chosen, nil)}
}

// receipt says that the ballot is in the box.
func (v pollView) receipt() g.Node {
	text := v.T("ballot.receipt.secret")
	var own g.Group
	if !v.Secret {
		text = v.T("ballot.receipt.open")
		for _, o := range v.Options {
			if slices.Contains(v.own, o.ID) {
				own = append(own, part.MarkEntry(part.OK, v.T("ballot.chosen"), o.Text, ""))
			}
		}
		if len(own) == 0 {
			own = append(own, part.MarkEntry(part.Warn, v.T("ballot.chosen"), v.T("ballot.blank"), ""))
		}
	}
	state := v.turnout()
	if v.State != Running {
		state = part.Tag(part.Plain, v.T("ballot.closed.title"))
	}
	return part.Card(part.OK, part.CardHead(v.T("ballot.receipt.title"), state), h.P(g.Text(text)),
		g.If(len(own) > 0, part.List(own...)), v.back())
}

// back leads on: whoever has voted by phone follows the meeting on it.
func (v pollView) back() g.Node {
	return part.LinkButton("/phones/"+v.Meeting, v.T("ballot.receipt.back"), part.Wide)
}

// promise says in plain words who can learn what, and what nothing guards against.
func (v pollView) promise() g.Node {
	if !v.Secret {
		return part.Note(part.Info, g.Text(v.T("ballot.promise.open")))
	}
	return part.Card(part.CardHead(v.T("ballot.promise.title")),
		part.List(
			part.MarkEntry(part.OK, "", v.T("ballot.promise.seen"), ""),
			part.MarkEntry(part.OK, "", v.T("ballot.promise.sealed"), ""),
			part.MarkEntry(part.OK, "", v.T("ballot.promise.after"), ""),
			part.MarkEntry(part.Warn, "", v.T("ballot.promise.server"), ""),
			part.MarkEntry(part.Warn, "", v.T("ballot.promise.screen"), ""),
		),
		part.Muted(g.Text(v.T("ballot.promise.paper"))))
}

// panel leads to polls that run.
func panel(l locale.L, polls []Poll) g.Node {
	waits := slices.ContainsFunc(polls, func(p Poll) bool { return !p.Voted })
	// A page that keeps itself up to date says it aloud once, when the card comes.
	return part.Card(part.Bad, h.ID("ballots"), g.If(waits, h.Role("alert")), part.CardHead(l.T("ballot.panel")), part.List(g.Map(polls, func(p Poll) g.Node {
		if p.Voted {
			return part.Entry(p.Question, pollView{L: l, Poll: p}.kind(), part.Tag(part.OK, l.T("ballot.receipt.title")))
		}
		return part.Item(part.Grow(h.B(g.Text(p.Question)), h.Br(), h.Small(g.Text(pollView{L: l, Poll: p}.kind())),
			part.LinkButton(p.Path(), l.T("ballot.panel_vote"), part.Primary, part.Wide)))
	})))
}
