package rubric

import (
	"slices"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
)

// newView asks how a new sheet begins.
type newView struct {
	L      locale.L
	Owners []organization.Organization
	Kept   []Kept
	Form   web.Form
}

func (v newView) body() g.Node {
	l := v.L
	owners := make([]part.Option, len(v.Owners))
	for i, o := range v.Owners {
		owners[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	from := make([]part.Option, 0, len(v.Kept)+len(embedded())+1)
	for _, k := range v.Kept {
		from = append(from, part.Option{Value: k.ID, Text: k.Name, Small: days(l, k.From, k.Until)})
	}
	for _, r := range slices.Backward(Sheets()) {
		from = append(from, part.Option{Value: r.ID, Text: r.Name, Small: SourceText(l, r)})
	}
	from = append(from, part.Option{Text: l.T("rubric.sheet_blank"), Small: l.T("rubric.sheet_blank_help")})
	file := part.Form{ID: "load", Values: v.Form.Values, Problems: v.Form.Problems}
	return part.Stack(v.Form.Summary(l),
		part.Card(part.Post("/sketches",
			v.Form.Select("organization", l.T("rubric.field.owner"), owners),
			v.Form.Radios("from", l.T("rubric.field.begin"), from),
			part.Actions(part.Button(l.T("rubric.sheet_begin"), part.Primary)))),
		part.Card(part.CardHead(l.T("rubric.sheet_load")), part.Upload("/rubrics/load",
			file.Select("organization", l.T("rubric.field.owner"), owners),
			file.File("file", l.T("rubric.field.file"), ".yaml,.yml"),
			part.Actions(part.Button(l.T("rubric.sheet_load"), part.IconUpload)))))
}

// sketchView shows a sheet that is being written.
type sketchView struct {
	L        locale.L
	Sketch   Sketch
	Rubric   Rubric
	Findings []Finding
	Trials   []Trial
}

func (v sketchView) body() g.Node {
	return part.Cols(part.Stack(v.head(), v.lines(), v.levels()), part.Stack(v.checked(), v.trials(), v.actions()))
}

func (v sketchView) head() g.Node {
	l, r := v.L, v.Rubric
	source := g.Node(nil)
	if r.Source != (Source{}) {
		source = g.Text(SourceText(l, r))
	}
	return part.Card(part.CardHead(l.Of("rubric.part", "head"), v.edit("head")), part.DescriptionList(
		part.Is(l.T("rubric.field.name"), orDash(r.Name)),
		part.Is(l.T("rubric.field.owner"), g.Text(r.Owner)),
		part.Is(l.T("rubric.field.in_force"), g.Text(days(l, r.From, r.Until))),
		part.Is(l.T("rubric.sheet.source_title"), source),
		part.Is(l.T("rubric.field.kinds"), g.Text(kindsText(l, r.Kinds))),
		part.Is(l.T("rubric.field.total"), g.Text(r.Total.Text(l)))))
}

func (v sketchView) edit(name string) g.Node {
	return part.LinkButton(v.Sketch.Path()+"/"+name, v.L.T("rubric.edit"), part.Small, part.IconEdit, h.Aria("label", v.L.T("rubric.edit")+": "+v.L.Of("rubric.part", name)))
}

func orDash(text string) g.Node {
	if text == "" {
		text = "–"
	}
	return g.Text(text)
}

// kindsText names the kinds of meetings; none means all.
func kindsText(l locale.L, of []string) string {
	if len(of) == 0 {
		return l.T("rubric.kinds_all")
	}
	names := make([]string, len(of))
	for i, k := range of {
		names[i] = l.Of("meeting.kind", k)
	}
	return strings.Join(names, ", ")
}

func (v sketchView) lines() g.Node {
	l := v.L
	path := v.Sketch.Path() + "/line"
	add := part.LinkButton(path+"?at=-1&new="+behind, l.T("rubric.line_add"), part.IconPlus)
	if len(v.Rubric.Lines) == 0 {
		return part.Card(h.ID("lines"), part.CardHead(l.T("rubric.lines")), part.Empty(l.T("rubric.lines_none"), l.T("rubric.lines_none_help")), part.Actions(add))
	}
	var rows []part.Row
	for _, line := range v.Rubric.Placed() {
		rows = append(rows, v.row(line))
	}
	rows = append(rows, part.Row{h.B(g.Text(l.T("rubric.sheet_sum"))), h.B(g.Text(sumOf(v.Rubric.Lines).Text(l))), nil})
	heads := part.Heads(l.T("rubric.col.line"), l.T("rubric.col.max"), l.T("rubric.col.how"))
	return part.Card(h.ID("lines"), part.CardHead(l.T("rubric.lines")), part.Table(l.T("rubric.lines"), heads, rows...), part.Actions(add))
}

func sumOf(lines []Line) Points {
	var sum Points
	for _, line := range lines {
		sum += line.Max
	}
	return sum
}

// row is a line, which opens its form, with what Check says of it.
func (v sketchView) row(line Placed) part.Row {
	title := g.Node(part.Link(v.Sketch.Path()+"/line"+Spot{line.At, line.ID}.query(), g.Text(line.ID+". "+line.Text)))
	if len(line.Lines) > 0 {
		title = h.B(title)
	}
	how := g.Node(nil) // an empty cell is left out on a phone
	if text := howText(v.L, line.Line); text != "" {
		how = g.Text(text)
	}
	return part.Row{g.Group{title, problemsOf(v.L, v.Findings, line.ID)}, g.Text(line.Max.Text(v.L)), how}
}

// problemsOf says under a line what is wrong with it.
func problemsOf(l locale.L, all []Finding, line string) g.Node {
	var said g.Group
	for _, f := range Wrong(all) {
		if f.Line == line && line != "" {
			said = append(said, part.Note(part.Bad, g.Text(l.Fill("rubric.check."+f.Key, f.Args))))
		}
	}
	return said
}

func (v sketchView) levels() g.Node {
	l, r := v.L, v.Rubric
	var said g.Group
	for _, t := range r.Levels {
		from := ""
		if !r.Unpointed {
			from = " " + l.T("rubric.level_from", "Points", t.From.Text(l))
		}
		said = append(said, h.Li(LevelTag(l, t.Level), g.Text(from)))
	}
	return part.Card(part.CardHead(l.Of("rubric.part", "levels"), v.edit("levels")), h.Ul(said), part.Muted(g.Text(
		l.T("rubric.levels_more", "Gates", len(r.Gates), "Years", len(r.Year), "Decided", len(r.Decided)))))
}

// checked says what Check found; each finding leads to where it is mended.
func (v sketchView) checked() g.Node {
	l := v.L
	wrong := len(Wrong(v.Findings))
	if wrong == 0 {
		sound := part.Note(part.OK, g.Text(l.T("rubric.sheet_sound", "Total", v.Rubric.Total.Text(l))))
		return part.Card(part.CardHead(l.T("rubric.sheet_check")), sound, findingsList(l, v.Findings, v.place))
	}
	return part.Card(part.Bad, part.CardHead(l.T("rubric.sheet_check")), h.P(g.Text(l.T("rubric.check.refused", "Count", wrong))), findingsList(l, v.Findings, v.place))
}

// findingsList lists findings; where says on which page one is mended.
func findingsList(l locale.L, all []Finding, where func(Finding) string) g.Node {
	if len(all) == 0 {
		return nil
	}
	lines := make([]g.Node, len(all))
	for i, f := range all {
		kind, said := part.Bad, l.T("rubric.finding_wrong")
		if f.Open {
			kind, said = part.Info, l.T("rubric.finding_open")
		}
		text := g.Node(g.Text(f.Text(l)))
		if to := where(f); to != "" {
			text = part.Link(to, text)
		}
		lines[i] = part.Item(part.Mark(kind, said), part.Grow(text))
	}
	return part.List(lines...)
}

// atLevels are the findings that are mended where the levels stand.
var atLevels = []string{"levels", "level", "threshold", "level_order", "level_hole", "gate", "year_count", "year_also"}

// place returns the page on which a finding is mended.
func (v sketchView) place(f Finding) string {
	for _, line := range v.Rubric.Placed() {
		if f.Line == line.ID && f.Line != "" {
			return v.Sketch.Path() + "/line" + Spot{line.At, line.ID}.query()
		}
	}
	if slices.Contains(atLevels, f.Key) {
		return v.Sketch.Path() + "/levels"
	}
	return v.Sketch.Path() + "/head"
}

// trials show what the sheet would make of meetings that were held; their scores stay.
func (v sketchView) trials() g.Node {
	l := v.L
	if len(v.Trials) == 0 {
		return nil
	}
	lines := make([]g.Node, len(v.Trials))
	for i, t := range v.Trials {
		given := l.T("rubric.trial_none")
		if t.Given != nil {
			given = l.T("rubric.trial_given", "Points", t.Given.Text(l))
		}
		lines[i] = part.Entry(t.Cell+" · "+l.Month(t.Meeting.Month),
			l.T("rubric.trial", "Points", t.Sum.Points.Text(l), "Of", t.Sum.Of.Text(l), "Open", len(t.Sum.Open))+" "+given)
	}
	return part.Card(part.CardHead(l.T("rubric.trials")), part.Muted(g.Text(l.T("rubric.trials_help"))), part.List(lines...))
}

func (v sketchView) actions() g.Node {
	l := v.L
	adopt := g.Node(part.Muted(g.Text(l.T("rubric.adopt_not_yet"))))
	if len(Wrong(v.Findings)) == 0 {
		adopt = part.PostButton(v.Sketch.Path()+"/adopt", l.T("rubric.sheet_add"), part.Primary, part.Wide,
			part.Confirm(l, l.T("rubric.adopt_ask", "Day", v.Rubric.From.Slashed()), l.T("rubric.sheet_add")))
	}
	return part.Card(part.CardHead(l.T("rubric.adopt")), adopt, part.Actions(
		part.LinkButton(v.Sketch.Path()+"/text", l.Of("rubric.part", "text"), part.Small, part.IconPaper),
		part.LinkButton(v.Sketch.Path()+"/sheet.yaml", l.T("rubric.sheet_download"), part.Small, part.IconDownload),
		part.PostButton(v.Sketch.Path()+"/drop", l.T("rubric.sketch_drop"), part.Small, part.IconTrash,
			part.Confirm(l, l.T("rubric.sketch_drop_ask"), l.T("rubric.sketch_drop")))))
}
