package rating

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// stateKind says by its look whether a round waits or is over.
func stateKind(s State) part.Kind {
	switch s {
	case SelfRating, Discussion, Voting:
		return part.Info
	case Proposed, Decided:
		return part.Warn
	case Told:
	}
	return part.OK
}

func stateTag(l locale.L, s State) g.Node {
	return part.Tag(stateKind(s), l.Of("rating.state", string(s)))
}

// levelTag names a level; colour only repeats it.
func levelTag(l locale.L, of Level) g.Node {
	if of == "" {
		return nil
	}
	return part.Tag(levelKind(of), l.Of("rating.level", string(of)))
}

// shortTag names a level in one word, for tables.
func shortTag(l locale.L, of Level) g.Node {
	if of == "" {
		return nil
	}
	return part.Tag(levelKind(of), l.Of("rating.short", string(of)))
}

func levelKind(of Level) part.Kind {
	switch of {
	case Done:
		return part.Info
	case NotDone:
		return part.Bad
	case Excellent, Good:
	}
	return part.OK
}

// band says between which points a level lies.
func band(l locale.L, of Level) string {
	most := MaxPoints
	for _, better := range Levels {
		if better == of {
			break
		}
		most = better.Least() - 1
	}
	return l.T("rating.band", "Least", of.Least(), "Most", most)
}

// choose lists levels for a field, best first.
func choose(l locale.L, small bool) []part.Option {
	options := make([]part.Option, len(Levels))
	for i, of := range Levels {
		options[i] = part.Option{Value: string(of), Text: l.Of("rating.level", string(of))}
		if small {
			options[i].Small = band(l, of)
		}
	}
	return options
}

// indexView is the front page of the feature.
type indexView struct {
	own    []own
	rounds []Round
	leads  []organization.Organization
	cells  []organization.Organization
	above  []organization.Organization // committees for which the reader decides
	today  when.Date
	member string
}

func (v indexView) body(l locale.L) g.Node {
	rest := []g.Node{g.If(len(v.above) > 0, v.summaries(l)), g.If(len(v.rounds) > 0, v.list(l))}
	for _, o := range v.leads {
		rest = append(rest, toolsCard(l, o.Name, o.ID, g.If(len(v.leads) > 1, part.LinkButton("/ratings/new?unit="+o.ID, l.T("rating.open"), part.Small))))
	}
	if len(v.own) == 0 && len(v.rounds) == 0 {
		return part.Stack(append([]g.Node{part.Empty(l.T("rating.empty"), l.T("rating.empty_help"))}, rest...)...)
	}
	return part.Stack(append([]g.Node{g.If(len(v.own) > 0, v.mine(l))}, rest...)...)
}

func (v indexView) mine(l locale.L) g.Node {
	return part.Card(
		part.CardHead(l.T("rating.mine")),
		part.List(g.Map(v.own, func(r own) g.Node {
			small := l.Of("rating.state", string(r.State))
			switch {
			case !r.Case.Rated():
				small = l.Of("rating.case", string(r.Case))
			case r.State == SelfRating && r.SelfAt == 0:
				small = l.T("rating.mine.due", "Day", l.Day(r.SelfBy))
			}
			return part.LinkEntry(Rating{Round: r.ID, Subject: r.Subject}.Path(), capital(r.Period().Name()), small,
				g.If(r.State == SelfRating && r.Case.Rated() && r.SelfAt == 0, part.Tag(part.Warn, l.T("rating.mine.waits"))))
		})),
	)
}

func (v indexView) list(l locale.L) g.Node {
	names := map[string]string{}
	for _, o := range v.cells {
		names[o.ID] = o.Name
	}
	return part.Card(
		part.CardHead(l.T("rating.rounds")),
		part.List(g.Map(v.rounds, func(r Round) g.Node {
			return part.LinkEntry(r.Path(), capital(r.Period().Name()), names[r.Organization], stateTag(l, r.State))
		})),
	)
}

// summaries leads those who decide to the lists of all their cells together.
func (v indexView) summaries(l locale.L) g.Node {
	return part.Card(part.CardHead(l.T("rating.summary.head")), part.List(g.Map(v.above, func(o organization.Organization) g.Node {
		return part.LinkEntry(summaryPath(o.ID), o.Name, l.T("rating.summary.small"))
	})))
}

// toolsCard leads to what the committee of a cell settles.
func toolsCard(l locale.L, title, cell string, first g.Node) g.Node {
	return part.Card(
		part.CardHead(title),
		part.Actions(
			first,
			part.LinkButton(registerURL(cell), l.T("rating.register"), part.Small, part.IconBook),
			part.LinkButton("/ratings/settings?unit="+cell, l.T("rating.settings"), part.Small, part.IconGear),
		),
	)
}

// homeCard asks the reader to rate themselves.
func homeCard(l locale.L, r own, today when.Date) g.Node {
	kind := part.Info
	if r.SelfBy.Before(today) {
		kind = part.Warn
	}
	return part.Card(kind,
		part.CardHead(l.T("rating.home", "Period", r.Period().Name())),
		part.Muted(g.Text(l.T("rating.mine.due", "Day", l.Day(r.SelfBy)))),
		part.LinkButton(Rating{Round: r.ID, Subject: r.Subject}.Path(), l.T("rating.home.go"), part.Primary, part.Wide),
	)
}

// openingView is the form that opens a round.
type openingView struct {
	form   part.Form
	cells  []organization.Organization
	cell   organization.Organization
	policy Policy
	law    Law
}

func (v openingView) body(l locale.L) g.Node {
	var spans []part.Option
	for _, s := range Spans {
		if s != Monthly || v.policy.Monthly {
			spans = append(spans, part.Option{Value: string(s), Text: l.Of("rating.span", string(s))})
		}
	}
	cells := make([]part.Option, len(v.cells))
	for i, o := range v.cells {
		cells[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	unit := v.form.Hidden("organization")
	if len(cells) > 1 {
		unit = v.form.Select("organization", l.T("rating.cell"), cells)
	}
	return part.Card(part.Post("/ratings",
		v.form.Summary(l), unit,
		v.form.Radios("span", l.T("rating.field.span"), spans, part.Line, part.Required),
		v.form.Month("month", l.T("rating.field.month"), part.Help(l.T("rating.help.month")), part.Required),
		part.Fields(
			v.form.Date("self_by", l.T("rating.field.self_by"), part.Help(l.T("rating.help.self_by")), part.Required),
			v.form.Date("review_on", l.T("rating.field.review_on"), part.Required),
		),
		part.Muted(g.Text(l.T("rating.open.law", "Law", v.law.Number))),
		part.Actions(part.Button(l.T("rating.open.send"), part.Primary), part.LinkButton("/ratings/settings?unit="+v.cell.ID, l.T("rating.settings"))),
	))
}

// settingsView is the form of the policy of a cell.
type settingsView struct {
	form   part.Form
	policy Policy
}

func (v settingsView) body(l locale.L) g.Node {
	f := v.form
	return part.Post("/ratings/settings",
		f.Summary(l), f.Hidden("unit"),
		part.Card(
			part.CardHead(l.T("rating.settings.cap")),
			capFields(l, f),
		),
		part.Card(
			part.CardHead(l.T("rating.settings.rounds")),
			f.Check("monthly", l.T("rating.field.monthly"), part.Help(l.T("rating.help.monthly"))),
			f.Check("in_cell", l.T("rating.field.in_cell"), part.Help(l.T("rating.help.in_cell"))),
		),
		part.Card(
			part.CardHead(l.T("rating.settings.points")),
			part.Muted(g.Text(l.T("rating.settings.points_help"))),
			g.Map(Forms, func(of Form) g.Node { return v.points(l, of) }),
		),
		part.Actions(part.Button(l.T("rating.settings.send"), part.Primary)),
	)
}

// points are the fields of the criteria of one form.
func (v settingsView) points(l locale.L, of Form) g.Node {
	var fields []g.Node
	for i, line := range LinesOf(of, nil) {
		fields = append(fields, v.form.Number(pointField(of, i), l.Of("rating.line", line.Key)))
	}
	title := l.Of("rating.form", string(of))
	if v.policy.Scheme[of] == nil {
		title += " · " + l.T("rating.settings.even")
	}
	return part.FieldSet(title, v.form.Together("points_"+string(of), title, part.Fields(fields...)))
}

// strong is a short fact in bold before its text.
func strong(title, text string) g.Node {
	if text == "" {
		return nil
	}
	return h.P(h.B(g.Text(title+": ")), g.Text(text))
}

// papers are the buttons of a paper in both forms.
func papers(path, name string, p Paper) g.Node {
	return part.Actions(
		part.LinkButton(path+"/papers/"+string(p)+".docx", name+" (Word)", part.Small, part.IconDownload),
		part.LinkButton(path+"/papers/"+string(p)+".pdf", name+" (PDF)", part.Small, part.IconPrinter),
	)
}
