package library

import (
	"net/url"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// documentsView is what the list of governing documents shows.
type documentsView struct {
	Words   string
	On      when.Date // zero: whatever was ever in force
	Today   when.Date
	Sources []Source
	Entered []Document // by committees at or above the reader
}

func (v documentsView) body(l locale.L) g.Node {
	form := part.Form{Values: url.Values{"q": {v.Words}, "on": {v.On.String()}}}
	ask := part.Card(part.Ask("/library",
		part.Fields(
			form.Input("q", l.T("library.search"), h.Type("search")),
			form.Date("on", l.T("library.on"), part.Help(l.T("library.on_help"))),
		),
		part.Actions(part.Button(l.T("library.show"), part.IconSearch)),
	))
	if len(v.Sources)+len(v.Entered) == 0 {
		return part.Stack(ask, part.Card(part.Empty(l.T("library.none.title"), l.T("library.none.text"))))
	}
	return part.Stack(ask, g.Group(v.byLevel(l)), g.Group(v.bySubject(l)))
}

// byLevel draws the entered documents, one card for each level.
func (v documentsView) byLevel(l locale.L) []g.Node {
	var cards []g.Node
	for _, level := range Levels {
		var rows []part.Row
		for _, d := range v.Entered {
			if d.Level == level {
				row := v.row(l, d.Source)
				row[0] = g.Group{h.B(part.Link(d.Path(), g.Text(d.String()))), h.Small(g.Text(d.Title))}
				rows = append(rows, row)
			}
		}
		if len(rows) > 0 {
			name := l.Of("library.level", string(level))
			cards = append(cards, part.Card(part.CardHead(name),
				part.Table(name, part.Heads(l.T("library.document"), l.T("library.in_force"), ""), rows...)))
		}
	}
	return cards
}

// bySubject draws one card for each run of documents that follow each other.
func (v documentsView) bySubject(l locale.L) []g.Node {
	var cards []g.Node
	for i := 0; i < len(v.Sources); {
		subject := v.Sources[i].Subject
		var rows []part.Row
		for ; i < len(v.Sources) && v.Sources[i].Subject == subject; i++ {
			rows = append(rows, v.row(l, v.Sources[i]))
		}
		name := l.Of("library.subject", subject)
		cards = append(cards, part.Card(part.CardHead(name),
			part.Table(name, part.Heads(l.T("library.document"), l.T("library.in_force"), ""), rows...)))
	}
	return cards
}

func (v documentsView) row(l locale.L, s Source) part.Row {
	day := v.On
	if day.IsZero() {
		day = v.Today
	}
	return part.Row{
		g.Group{h.B(g.Text(s.String())), h.Small(g.Text(s.Title))},
		g.Group{part.Number(span(l, s)), g.If(s.ReplacedBy != "", h.Small(g.Text(l.T("library.replaced_by", "Number", s.ReplacedBy))))},
		standing(l, s, day),
	}
}

func span(l locale.L, s Source) string {
	if s.Until.IsZero() {
		return l.T("library.since", "From", s.From.Slashed())
	}
	return l.T("library.between", "From", s.From.Slashed(), "Until", s.Until.Slashed())
}

func standing(l locale.L, s Source, day when.Date) g.Node {
	switch {
	case s.InForce(day):
		return part.Tag(part.OK, l.T("library.standing.in_force"))
	case day.Before(s.From):
		return part.Tag(part.Info, l.T("library.standing.coming"))
	}
	return part.Tag(part.Plain, l.T("library.standing.over"))
}
