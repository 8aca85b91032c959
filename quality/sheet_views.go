package quality

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// sheetsView lists the sheets.
type sheetsView struct {
	L     locale.L
	Kept  []Kept
	Names map[string]string
	Today when.Date
	Owns  bool
}

func (v sheetsView) body() g.Node {
	l := v.L
	var own, ours g.Group
	for _, k := range v.Kept {
		own = append(own, part.LinkEntry("/rubrics/"+k.ID, k.Name, v.Names[k.Organization]+" · "+days(l, k.From, k.Until), v.force(k.From, k.Until)))
	}
	for _, r := range Sheets() {
		small := sourceText(l, r) + " · " + days(l, r.From, r.Until)
		tag := part.Tag(part.Plain, l.T("quality.sheet_model"))
		if r.Owner == national {
			tag = v.force(r.From, r.Until)
		}
		ours = append(ours, part.LinkEntry("/rubrics/"+r.ID, r.Name, small, tag))
	}
	add := g.Node(nil)
	if v.Owns {
		add = part.Actions(part.LinkButton("/rubrics/new", l.T("quality.sheet_new"), part.Primary, part.IconPlus))
	}
	mine := part.Empty(l.T("quality.sheets_none"), l.T("quality.sheets_none_help"))
	if len(own) > 0 {
		mine = part.List(own...)
	}
	return part.Stack(
		part.Card(part.CardHead(l.T("quality.sheets_own")), mine, add),
		part.Card(part.CardHead(l.T("quality.sheets_given")), part.Muted(g.Text(l.T("quality.sheets_given_help"))), part.List(ours...)),
	)
}

func (v sheetsView) force(from, until when.Date) g.Node {
	switch {
	case v.Today.Before(from):
		return part.Tag(part.Info, v.L.T("quality.sheet_later"))
	case !until.IsZero() && until.Before(v.Today):
		return part.Tag(part.Plain, v.L.T("quality.sheet_past"))
	}
	return part.Tag(part.OK, v.L.T("quality.sheet_now"))
}

func days(l locale.L, from, until when.Date) string {
	if until.IsZero() {
		return l.T("quality.sheet_from", "From", from.Slashed())
	}
	return l.T("quality.sheet_between", "From", from.Slashed(), "Until", until.Slashed())
}

// sheetView shows one sheet with its lines, levels and what was decided.
func sheetView(l locale.L, r Rubric, id string, owns bool) g.Node {
	var levels g.Group
	for _, t := range r.Levels {
		from := g.Node(nil)
		if !r.Unpointed {
			from = g.Text(" " + l.T("quality.level_from", "Points", t.From.Text(l)))
		}
		levels = append(levels, h.Li(levelTag(l, t.Level), from))
	}
	var decided g.Group
	for _, d := range r.Decided {
		decided = append(decided, h.Li(g.Text(strings.TrimPrefix(d.Line+". "+d.Text, ". "))))
	}
	return part.Cols(
		part.Card(linesTable(l, r)),
		part.Stack(
			part.Card(part.CardHead(l.T("quality.sheet.levels")), h.Ul(levels), part.Muted(g.Text(days(l, r.From, r.Until))), g.If(r.Note != "", h.P(g.Text(r.Note)))),
			g.If(len(decided) > 0, part.Card(part.CardHead(l.T("quality.sheet.decided")), h.Ul(decided))),
			part.Card(part.Actions(part.LinkButton("/rubrics/"+id+"/sheet.yaml", l.T("quality.sheet_download"), part.IconDownload),
				g.If(owns, part.LinkButton("/rubrics/new?from="+id, l.T("quality.sheet_copy"), part.IconCopy)))),
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
	rows = append(rows, part.Row{h.B(g.Text(l.T("quality.sheet_sum"))), h.B(g.Text(r.Total.Text(l))), nil})
	return part.Table(r.Name, part.Heads(l.T("quality.col.line"), l.T("quality.col.max"), l.T("quality.col.how")), rows...)
}

// howText says how the points of a line are found.
func howText(l locale.L, line Line) string {
	if len(line.Lines) > 0 {
		return ""
	}
	words := []string{l.Of("quality.form", string(line.Form))}
	for _, b := range line.Bands {
		if b.Text != "" {
			words = append(words, b.Text+": "+b.Points.Text(l))
		}
	}
	for _, c := range line.Choices {
		words = append(words, c.Text+": "+c.Points.Text(l))
	}
	if len(line.Facts()) > 0 {
		words = append(words, l.T("quality.counted"))
	}
	return strings.Join(words, "; ")
}

// editorView is a sheet being written.
type editorView struct {
	L        locale.L
	Owners   []organization.Organization
	Form     web.Form
	Read     bool
	Unread   *fault.Error
	Rubric   Rubric
	Findings []Finding
	Trials   []Trial
}

func (v editorView) body() g.Node {
	l := v.L
	options := make([]part.Option, len(v.Owners))
	for i, o := range v.Owners {
		options[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	return part.Cols(
		part.Stack(part.Card(part.Post("/rubrics/new", part.Guard(),
			v.Form.Select("organization", l.T("quality.field.owner"), options),
			v.Form.Textarea("sheet", l.T("quality.field.sheet"), part.Help(l.T("quality.field.sheet_help")), h.Rows("30"), g.Attr("spellcheck", "false")),
			part.Actions(part.Button(l.T("quality.sheet_try")), part.Button(l.T("quality.sheet_add"), part.Primary, h.Name("add"), h.Value("true"))))),
			part.Card(part.CardHead(l.T("quality.sheet_load")), part.Upload("/rubrics/load", part.Form{ID: "load"}.File("file", l.T("quality.field.file"), ".yaml,.yml"),
				part.Actions(part.Button(l.T("quality.sheet_load"), part.IconUpload))))),
		part.Stack(v.checked(), v.trials()))
}

func (v editorView) checked() g.Node {
	l := v.L
	if !v.Read {
		return part.Card(part.CardHead(l.T("quality.sheet_check")), part.Note(part.Bad, g.Text(l.Fill(v.Unread.Key, v.Unread.Args))))
	}
	if len(v.Findings) == 0 {
		return part.Card(part.CardHead(l.T("quality.sheet_check")), part.Note(part.OK, g.Text(l.T("quality.sheet_sound", "Total", v.Rubric.Total.Text(l)))))
	}
	lines := make([]g.Node, len(v.Findings))
	for i, f := range v.Findings {
		kind, said := part.Bad, l.T("quality.finding_wrong")
		if f.Open {
			kind, said = part.Info, l.T("quality.finding_open")
		}
		lines[i] = part.MarkEntry(kind, said, f.Text(l), "")
	}
	return part.Card(part.CardHead(l.T("quality.sheet_check")), part.List(lines...))
}

// trials show what the sheet would make of meetings that were held; their scores stay.
func (v editorView) trials() g.Node {
	l := v.L
	if len(v.Trials) == 0 {
		return nil
	}
	lines := make([]g.Node, len(v.Trials))
	for i, t := range v.Trials {
		given := l.T("quality.trial_none")
		if t.Given.State != "" && t.Given.State != Draft {
			given = l.T("quality.trial_given", "Points", t.Given.Own.Points.Text(l))
		}
		lines[i] = part.Entry(t.Cell+" · "+l.Month(t.Meeting.Month),
			l.T("quality.trial", "Points", t.Sum.Points.Text(l), "Of", t.Sum.Of.Text(l), "Open", len(t.Sum.Open))+" "+given)
	}
	return part.Card(part.CardHead(l.T("quality.trials")), part.Muted(g.Text(l.T("quality.trials_help"))), part.List(lines...))
}
