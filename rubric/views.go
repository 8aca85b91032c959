package rubric

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// sheetsView lists the sheets.
type sheetsView struct {
	L    locale.L
	Kept []Kept
	// Sketches are those that the reader may go on writing.
	Sketches []Sketch
	Names    map[string]string
	Today    when.Date
	Owns     bool
}

func (v sheetsView) body() g.Node {
	l := v.L
	var own, ours g.Group
	for _, k := range v.Kept {
		own = append(own, part.LinkEntry("/rubrics/"+k.ID, k.Name, v.Names[k.Organization]+" · "+days(l, k.From, k.Until), v.force(k.From, k.Until)))
	}
	for _, r := range Sheets() {
		small := SourceText(l, r) + " · " + days(l, r.From, r.Until)
		tag := part.Tag(part.Plain, l.T("rubric.sheet_model"))
		if r.Owner == national {
			tag = v.force(r.From, r.Until)
		}
		ours = append(ours, part.LinkEntry("/rubrics/"+r.ID, r.Name, small, tag))
	}
	add := g.Node(nil)
	if v.Owns {
		add = part.Actions(part.LinkButton("/rubrics/new", l.T("rubric.sheet_new"), part.Primary, part.IconPlus))
	}
	mine := part.Empty(l.T("rubric.sheets_none"), l.T("rubric.sheets_none_help"))
	if len(own) > 0 {
		mine = part.List(own...)
	}
	return part.Stack(
		part.Card(part.CardHead(l.T("rubric.sheets_own")), mine, add),
		v.sketches(),
		part.Card(part.CardHead(l.T("rubric.sheets_given")), part.Muted(g.Text(l.T("rubric.sheets_given_help"))), part.List(ours...)),
	)
}

// sketches lists what is being written, nil where nothing is.
func (v sheetsView) sketches() g.Node {
	if len(v.Sketches) == 0 {
		return nil
	}
	l := v.L
	lines := make([]g.Node, len(v.Sketches))
	for i, k := range v.Sketches {
		name := l.T("rubric.sketch")
		if r, err := Parse([]byte(k.Sheet)); err == nil && r.Name != "" {
			name = r.Name
		}
		lines[i] = part.LinkEntry(k.Path(), name, v.Names[k.Organization]+" · "+l.T("rubric.sketch_changed", "When", l.Moment(k.At)))
	}
	return part.Card(part.CardHead(l.T("rubric.sketches")), part.List(lines...))
}

func (v sheetsView) force(from, until when.Date) g.Node {
	switch {
	case v.Today.Before(from):
		return part.Tag(part.Info, v.L.T("rubric.sheet_later"))
	case !until.IsZero() && until.Before(v.Today):
		return part.Tag(part.Plain, v.L.T("rubric.sheet_past"))
	}
	return part.Tag(part.OK, v.L.T("rubric.sheet_now"))
}

func days(l locale.L, from, until when.Date) string {
	if until.IsZero() {
		return l.T("rubric.sheet_from", "From", from.Slashed())
	}
	return l.T("rubric.sheet_between", "From", from.Slashed(), "Until", until.Slashed())
}

// sheetView shows one sheet with its lines, levels and what was decided.
func sheetView(l locale.L, r Rubric, id string, owns bool) g.Node {
	var levels g.Group
	for _, t := range r.Levels {
		from := g.Node(nil)
		if !r.Unpointed {
			from = g.Text(" " + l.T("rubric.level_from", "Points", t.From.Text(l)))
		}
		levels = append(levels, h.Li(LevelTag(l, t.Level), from))
	}
	var decided g.Group
	for _, d := range r.Decided {
		decided = append(decided, h.Li(g.Text(strings.TrimPrefix(d.Line+". "+d.Text, ". "))))
	}
	return part.Cols(
		part.Card(linesTable(l, r)),
		part.Stack(
			part.Card(part.CardHead(l.T("rubric.sheet.levels")), h.Ul(levels), part.Muted(g.Text(days(l, r.From, r.Until))), g.If(r.Note != "", h.P(g.Text(r.Note)))),
			g.If(len(decided) > 0, part.Card(part.CardHead(l.T("rubric.sheet.decided")), h.Ul(decided))),
			part.Card(part.Actions(part.LinkButton("/rubrics/"+id+"/sheet.yaml", l.T("rubric.sheet_download"), part.IconDownload),
				g.If(owns, part.LinkButton("/rubrics/new?from="+id, l.T("rubric.sheet_copy"), part.IconCopy)))),
		))
}

func linesTable(l locale.L, r Rubric) g.Node {
	var rows []part.Row
	var add func(lines []Line)
	add = func(lines []Line) {
		for _, line := range lines {
			title := g.Node(g.Text(line.ID + ". " + line.Text))
			if len(line.Lines) > 0 {
				title = h.B(title)
			}
			rows = append(rows, part.Row{title, g.Text(line.Max.Text(l)), g.Text(howText(l, line))})
			add(line.Lines)
		}
	}
	add(r.Lines)
	rows = append(rows, part.Row{h.B(g.Text(l.T("rubric.sheet_sum"))), h.B(g.Text(r.Total.Text(l))), nil})
	return part.Table(r.Name, part.Heads(l.T("rubric.col.line"), l.T("rubric.col.max"), l.T("rubric.col.how")), rows...)
}

// howText says how the points of a line are found.
func howText(l locale.L, line Line) string {
	if len(line.Lines) > 0 {
		return ""
	}
	words := []string{l.Of("rubric.form", string(line.Form))}
	for _, b := range line.Bands {
		if b.Text != "" {
			words = append(words, b.Text+": "+b.Points.Text(l))
		}
	}
	for _, c := range line.Choices {
		words = append(words, c.Text+": "+c.Points.Text(l))
	}
	if len(line.Facts()) > 0 {
		words = append(words, l.T("rubric.counted"))
	}
	return strings.Join(words, "; ")
}

// levels colour a level.
var levelKinds = map[Level]part.Kind{Good: part.OK, Fair: part.Info, Average: part.Warn, Poor: part.Bad}

// LevelTag shows a level in its colour; nothing where there is none.
func LevelTag(l locale.L, level Level) g.Node {
	if level == "" {
		return nil
	}
	return part.Tag(levelKinds[level], l.Of("rubric.level", string(level)))
}

// SourceText names the document of a sheet: number, body and date together.
func SourceText(l locale.L, r Rubric) string {
	return l.T("rubric.sheet.source", "Number", r.Source.Number, "Body", r.Source.Body, "Day", r.Source.Date.Slashed())
}
