package quality

import (
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/rubric"
)

// lines are the criteria with their points: to be filled, to be decided, or to be read.
func (v scoreView) lines() g.Node {
	var cards g.Group
	for _, l := range v.Rubric.Lines {
		if card := v.criterion(l); card != nil {
			cards = append(cards, card)
		}
	}
	switch {
	case v.Fills:
		return part.Post(v.Path(), part.Guard(), v.sent.lines.Summary(v.L), part.Stack(cards...), v.chosenLevel(v.sent.lines),
			part.Actions(part.Button(v.t("quality.save")),
				g.If(v.Scores, part.Button(v.t("quality.agree"), part.Primary, h.Name("agree"), h.Value("true")))))
	case v.Confirms:
		f := v.sent.decide
		return part.Post(v.Path()+"/decide", part.Guard(), f.Summary(v.L), part.Stack(cards...), v.chosenLevel(f),
			part.Card(f.Textarea("reason", v.t("quality.field.reason"), part.Help(v.t("quality.reason_help")))),
			part.Actions(part.Button(v.t("quality.decide"), part.Primary)))
	}
	return part.Stack(cards...)
}

// chosenLevel asks for the level where the sheet has no points.
func (v scoreView) chosenLevel(f part.Form) g.Node {
	if !v.Rubric.Unpointed {
		return nil
	}
	if f.Values == nil {
		f.Values = map[string][]string{"level": {string(v.Score.Own.Level)}}
	}
	options := make([]part.Option, len(rubric.Levels))
	for i, level := range rubric.Levels {
		options[i] = part.Option{Value: string(level), Text: v.L.Of("rubric.level", string(level))}
	}
	return part.Card(f.Radios("level", v.t("quality.field.level"), options))
}

// criterion is a line of the first rank with what stands under it; nil where nothing of
// it counts in this meeting.
func (v scoreView) criterion(l rubric.Line) g.Node {
	var rows g.Group
	var sum, most rubric.Points
	rubric.Leaves([]rubric.Line{l}, func(leaf rubric.Line) {
		counted, ok := v.Rubric.Line(v.Kind(), leaf.ID)
		if !ok {
			return
		}
		sum += v.Marks[leaf.ID].Points
		most += counted.Max
		rows = append(rows, v.line(counted, leaf.ID != l.ID))
	})
	if len(rows) == 0 {
		return nil
	}
	return part.Card(h.ID("line-"+l.ID), part.CardHead(l.ID+". "+l.Text, part.Tag(part.Plain, sum.Text(v.L)+"/"+most.Text(v.L))), rows)
}

// line is one line with its receipt.
func (v scoreView) line(l rubric.Line, titled bool) g.Node {
	m, given := v.Marks[l.ID]
	open := v.Fills && !given && l.Form != rubric.Bonus
	return part.Stack(
		g.If(titled, h.P(h.B(g.Text(l.ID+". "+l.Text)), g.Text(" ("+v.t("quality.most", "Points", l.Max.Text(v.L))+")"))),
		g.If(l.Note != "", part.Muted(g.Text(l.Note))),
		v.receipts(l),
		g.If(open, part.Note(part.Warn, g.Text(v.t("quality.line_open")))),
		v.control(l, m, given),
	)
}

func (v scoreView) control(l rubric.Line, m Mark, given bool) g.Node {
	switch {
	case v.Fills:
		return v.fill(l, m, given)
	case v.Confirms:
		return v.confirm(l, m)
	}
	return v.read(l, m, given)
}

// read shows the points of the hands.
func (v scoreView) read(l rubric.Line, m Mark, given bool) g.Node {
	if !given {
		return part.Muted(g.Text(v.t("quality.line_empty")))
	}
	cell := v.t("quality.points_cell", "Points", m.Points.Text(v.L), "Max", l.Max.Text(v.L))
	if v.Score.State == Draft {
		cell = v.t("quality.points_so_far", "Points", m.Points.Text(v.L), "Max", l.Max.Text(v.L))
	}
	above := g.Node(nil)
	if a, ok := v.Score.Above[l.ID]; ok {
		kind := part.Plain
		if a.Points != m.Points {
			kind = part.Warn
		}
		above = part.Tag(kind, v.t("quality.points_above", "Points", a.Points.Text(v.L)))
	}
	return g.Group{part.Beside(part.Tag(part.Plain, cell), above), v.override(m)}
}

// override keeps both numbers where people gave other points than the facts propose.
func (v scoreView) override(m Mark) g.Node {
	switch {
	case m.Overrides():
		return part.Note(part.Info, g.Text(v.t("quality.overridden", "Proposed", m.Proposed.Text(v.L), "Points", m.Points.Text(v.L), "Name", v.Names[m.By], "Reason", m.Reason)))
	case m.Reason != "":
		return part.Muted(g.Text(v.t("quality.remark", "Name", v.Names[m.By], "Reason", m.Reason)))
	}
	return nil
}

// filled returns the form with what stands in the record, unless it came back.
func (v scoreView) filled(f part.Form, l rubric.Line, m Mark, given bool) part.Form {
	if f.Values != nil {
		return f
	}
	f.Values = map[string][]string{ReasonField(l.ID): {m.Reason}}
	if given && (m.By != "" || !m.ByFacts) {
		f.Values.Set(Field(l.ID), m.Points.String())
	}
	return f
}

func (v scoreView) fill(l rubric.Line, m Mark, given bool) g.Node {
	f := v.filled(v.sent.lines, l, m, given)
	none := v.t("quality.choose_points")
	if p, ok := l.Propose(KnownOf(v.Receipts)); ok {
		none = v.t("quality.by_facts", "Points", p.Text(v.L))
	}
	label := v.t("quality.reason_line", "Line", l.ID)
	if len(l.Facts()) > 0 {
		label = v.t("quality.reason_facts", "Line", l.ID)
	}
	return part.Fields(v.points(f, l, none), f.Input(ReasonField(l.ID), label))
}

// points asks for the points of a line: a choice, or a figure where there are many.
func (v scoreView) points(f part.Form, l rubric.Line, none string) g.Node {
	label := v.t("quality.points_of", "Line", l.ID)
	offers := l.Offers()
	if offers == nil {
		return f.Input(Field(l.ID), label, g.Attr("inputmode", "decimal"), part.Help(none))
	}
	options := []part.Option{{Text: none}}
	for _, p := range offers {
		options = append(options, part.Option{Value: p.String(), Text: v.offer(l, p)})
	}
	return f.Select(Field(l.ID), label, options)
}

// offer names points by the words of their step.
func (v scoreView) offer(l rubric.Line, p rubric.Points) string {
	text := v.t("quality.points", "Points", p.Text(v.L))
	for _, c := range l.Choices {
		if c.Points == p {
			return text + " · " + c.Text
		}
	}
	for _, b := range l.Bands {
		if b.Points == p && b.Text != "" {
			return text + " · " + b.Text
		}
	}
	return text
}

func (v scoreView) confirm(l rubric.Line, m Mark) g.Node {
	f := v.sent.decide
	return g.Group{
		part.Beside(part.Tag(part.Plain, v.t("quality.points_cell", "Points", m.Points.Text(v.L), "Max", l.Max.Text(v.L)))), v.override(m),
		v.points(f, l, v.t("quality.as_cell", "Points", m.Points.Text(v.L))),
	}
}

// receipts say what the points of a line rest on, and open it.
func (v scoreView) receipts(l rubric.Line) g.Node {
	var said, opened g.Group
	n := 0
	for _, r := range Of(l, v.Receipts) {
		kind := part.Info
		if !r.Known {
			kind = part.Warn
		}
		said = append(said, part.Item(part.Tag(kind, v.t("quality.receipt_tag")), part.Grow(g.Text(r.Says.Text(v.L)))))
		opened = append(opened, v.evidence(r)...)
		n += len(r.Evidence)
	}
	if len(said) == 0 {
		return nil
	}
	return g.Group{part.List(said...), g.If(n > 0, part.Details(v.t("quality.receipt_open", "Count", n), part.List(opened...)))}
}

// evidence lists what a figure rests on, what speaks against it first.
func (v scoreView) evidence(r Receipt) []g.Node {
	all := slices.Clone(r.Evidence)
	slices.SortStableFunc(all, func(a, b Evidence) int {
		switch {
		case a.Against == b.Against:
			return 0
		case a.Against:
			return -1
		}
		return 1
	})
	out := make([]g.Node, len(all))
	for i, e := range all {
		small := ""
		if !e.At.IsZero() {
			small = v.L.Moment(e.At)
		}
		kind, said := part.OK, v.t("quality.for")
		if e.Against {
			kind, said = part.Warn, v.t("quality.against")
		}
		link := g.Node(nil)
		if e.URL != "" {
			link = part.LinkButton(e.URL, v.t("quality.open_it"), part.Small)
		}
		out[i] = part.MarkEntry(kind, said, e.Says.Text(v.L), small, link)
	}
	return out
}
