package document

import (
	"fmt"

	g "maragu.dev/gomponents"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
)

func bookView(l locale.L, b Book, start, blank web.Form, may bool) g.Node {
	work := part.Stack(nextCard(l, b), numbersCard(l, b))
	if !may {
		return work
	}
	return part.Cols(work, part.Stack(startCard(l, b, start), blankCard(l, b, blank)))
}

// nextCard lists the next number of each kind.
func nextCard(l locale.L, b Book) g.Node {
	rows := make([]part.Row, 0, len(b.Registers))
	for _, r := range b.Registers {
		n := Number{N: r.Next, Symbol: SymbolOf(r.Kind, b.Organization.Level)}
		rows = append(rows, part.Cells(r.Kind.Name(), n.String()))
	}
	return part.Card(
		part.CardHead(l.T("document.numbers.next"), part.Tag(part.Info, termName(l, b.Term))),
		part.Muted(g.Text(l.T("document.numbers.rule"))),
		part.Table(l.T("document.numbers.next"), part.Heads(l.T("document.numbers.kind"), l.T("document.numbers.number")), rows...),
	)
}

func termName(l locale.L, t organization.Term) string {
	if t.ID == "" {
		return l.T("document.numbers.no_term")
	}
	return l.T("document.numbers.term", "Name", t.Name)
}

// numbersCard lists the numbers that were taken.
func numbersCard(l locale.L, b Book) g.Node {
	if len(b.Numbers) == 0 {
		return part.Card(part.CardHead(l.T("document.numbers.taken")), part.Empty(l.T("document.numbers.none"), l.T("document.numbers.none_why")))
	}
	rows := make([]part.Row, 0, len(b.Numbers))
	for _, n := range b.Numbers {
		what := g.Text(n.Subject)
		if n.Link != "" {
			what = part.Link(n.Link, g.Text(n.Subject))
		}
		if n.Blank {
			what = g.Group{part.Tag(part.Warn, l.T("document.numbers.blank")), g.Text(" " + n.Subject)}
		}
		rows = append(rows, part.Row{part.Number(n.String()), g.Text(n.Date.Slashed()), what})
	}
	return part.Card(part.Long, part.CardHead(l.T("document.numbers.taken")),
		part.Table(l.T("document.numbers.taken"), part.Heads(l.T("document.numbers.number"), l.T("document.numbers.date"), l.T("document.numbers.subject")), rows...))
}

func kindOptions(b Book) []part.Option {
	out := make([]part.Option, 0, len(b.Registers))
	for _, r := range b.Registers {
		out = append(out, part.Option{Value: string(r.Kind), Text: fmt.Sprintf("%s (%s)", r.Kind.Name(), r.Kind.Symbol())})
	}
	return out
}

func startCard(l locale.L, b Book, f web.Form) g.Node {
	return part.Card(part.CardHead(l.T("document.numbers.set_start")),
		part.Muted(g.Text(l.T("document.numbers.set_start_why"))),
		part.Post(address(b.Organization.ID)+"/start", f.Summary(l),
			f.Select("kind", l.T("document.numbers.kind"), kindOptions(b)),
			f.Number("next", l.T("document.numbers.next_is")),
			part.Actions(part.Button(l.T("document.numbers.save_start")))))
}

func blankCard(l locale.L, b Book, f web.Form) g.Node {
	return part.Card(part.CardHead(l.T("document.numbers.leave_blank")),
		part.Muted(g.Text(l.T("document.numbers.leave_blank_why"))),
		part.Post(address(b.Organization.ID)+"/blank", f.Summary(l),
			f.Select("kind", l.T("document.numbers.kind"), kindOptions(b)),
			f.Input("reason", l.T("document.numbers.reason")),
			part.Actions(part.Button(l.T("document.numbers.do_blank"))),
			part.Confirm(l, l.T("document.numbers.confirm_blank"), l.T("document.numbers.do_blank"))))
}
