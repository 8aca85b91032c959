package member

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
)

func uploadBody(l locale.L, f web.Form, cells []organization.Organization, cell organization.Organization) g.Node {
	which := part.HiddenValue("organization", cell.ID)
	if len(cells) > 1 {
		which = chooser(l, cells, cell.ID)
	}
	return part.Cols(
		part.Card(part.CardHead(l.T("member.upload.title")),
			part.Upload("/members/import", f.Summary(l), which,
				f.File("file", l.T("member.upload.file"), tables.Accept(), part.Required, part.Help(l.T("member.upload.file_help"))),
				part.Actions(part.Button(l.T("member.upload.send"), part.Primary, part.IconUpload)),
			)),
		part.Card(part.CardHead(l.T("member.upload.how")),
			part.Steps(l.T("member.upload.step1"), l.T("member.upload.step2"), l.T("member.upload.step3")),
			part.Muted(g.Text(l.T("member.upload.any"))),
			part.LinkButton("/members/template.xlsx?organization="+cell.ID, l.T("member.upload.template"), part.Small, part.IconDownload)),
	)
}

// previewView is what the page of an upload shows.
type previewView struct {
	Preview
	private bool   // private facts that would be overwritten may be shown
	message string // why a confirmation was refused
}

func (v previewView) body(l locale.L) g.Node {
	if v.Report != nil {
		return v.done(l)
	}
	var refused g.Node
	if v.message != "" {
		refused = part.Flash(part.Warn, v.message)
	}
	return part.Stack(refused, v.figures(l), v.sheets(l), v.confirm(l), v.problems(l), v.steps(l), v.columns(l), v.missing(l))
}

func (v previewView) figures(l locale.L) g.Node {
	stats := make([]g.Node, len(Deeds))
	for i, d := range Deeds {
		stats[i] = part.Stat(l.Of("member.deed", string(d)), l.Number(v.Plan.Count(d)))
	}
	return part.Stack(part.Muted(g.Text(l.T("member.preview.file", "Name", v.Name, "Rows", len(v.Plan.Steps)))), part.Grid(stats...))
}

// sheets says which sheet of a file with several is shown, and leads to the others.
func (v previewView) sheets(l locale.L) g.Node {
	all, shown := v.Plan.Roll.Sheets, v.Plan.Roll.Sheet
	if len(all) == 0 {
		return nil
	}
	text := "member.preview.sheets_text"
	if v.Whole != "" {
		text = "member.whole.sheets_text"
	}
	return part.Card(part.CardHead(l.T("member.preview.sheets"), part.Tag(part.Warn, l.Number(len(all)))),
		g.El("p", g.Text(l.T("member.preview.sheet", "Sheet", shown, "Cell", v.Cell.Name))),
		v.all(l),
		part.Muted(g.Text(l.T(text))),
		part.Actions(g.Map(all, func(name string) g.Node {
			if name == shown {
				return part.Tag(part.Info, name)
			}
			return part.LinkButton(sheetURL(v.ID, name), name, part.Small)
		})))
}

// all leads to the page on all sheets, where they go to two or more cells.
func (v previewView) all(l locale.L) g.Node {
	if v.Whole == "" {
		return nil
	}
	return part.Stack(g.El("p", g.Text(l.T("member.whole.offer_text", "Sheets", v.Sheets))),
		part.Actions(part.LinkButton(wholeURL(v.Whole), l.T("member.whole.offer", "Sheets", v.Sheets), part.IconPeople)))
}

func (v previewView) confirm(l locale.L) g.Node {
	back := part.LinkButton("/members/import?organization="+v.Cell.ID, l.T("member.preview.other"), part.IconUpload)
	if v.Plan.Count(Add)+v.Plan.Count(Change) == 0 {
		return part.Card(part.Note(part.Info, g.Text(l.T("member.preview.nothing"))), part.Actions(back))
	}
	return part.Card(
		part.Note(part.Plain, g.Text(l.T("member.preview.unwritten"))),
		part.Post("/members/import/confirm", part.HiddenValue("id", v.ID), part.HiddenValue("sheet", v.Plan.Roll.Sheet), part.HiddenValue("digest", v.Plan.Digest()),
			part.Actions(part.Button(l.T("member.preview.confirm", "Added", v.Plan.Count(Add), "Changed", v.Plan.Count(Change)), part.Primary, part.IconCheck), back)))
}

func (v previewView) problems(l locale.L) g.Node {
	all := v.Plan.Problems()
	if len(all) == 0 {
		return nil
	}
	shown := all[:min(len(all), mostShown)]
	return part.Card(part.CardHead(l.T("member.preview.problems"), part.Tag(part.Warn, l.Number(len(all)))), some(l, "member.preview.some_problems", len(shown), len(all)),
		part.List(g.Map(shown, func(p Problem) g.Node { return problemEntry(l, p, l.Fill(p.Key, p.Args)) })))
}

// mostShown is how many lines and problems a page shows: of a table of twenty thousand lines no
// telephone draws them all, and nobody reads them.
const mostShown = 1000

// some says that a page shows not all, nothing where it does.
func some(l locale.L, key string, shown, all int) g.Node {
	if shown == all {
		return nil
	}
	return part.Muted(g.Text(l.T(key, "Shown", l.Number(shown), "All", l.Number(all))))
}

// shown returns the steps that the page shows, in the order of their lines: where there are too
// many, those that are refused or change somebody before the others.
func (p Plan) shown(most int) []*Step {
	urgent := min(p.Count(Refuse)+p.Count(Change), most)
	others := min(len(p.Steps)-p.Count(Refuse)-p.Count(Change), most-urgent)
	shown := make([]*Step, 0, urgent+others)
	for i := range p.Steps {
		s, left := &p.Steps[i], &others
		if s.Deed == Refuse || s.Deed == Change {
			left = &urgent
		}
		if *left > 0 {
			*left--
			shown = append(shown, s)
		}
	}
	return shown
}

func problemEntry(l locale.L, p Problem, message string) g.Node {
	kind := part.Warn
	if p.Severity == Refusal {
		kind = part.Bad
	}
	where := l.T("member.preview.whole")
	if p.Cell != "" {
		where = l.T("member.preview.cell", "Cell", p.Cell)
	}
	return part.MarkEntry(kind, l.Of("member.severity", string(p.Severity)), message, where)
}

func (v previewView) steps(l locale.L) g.Node {
	columns := part.Heads(l.T("member.preview.row"), l.T("member.fact.full_name"), l.T("member.fact.born_on"), l.T("member.fact.standing"), l.T("member.preview.deed"))
	standings, deeds := map[Standing]g.Node{}, map[Deed]g.Node{} // one for all lines
	shown := v.Plan.shown(mostShown)
	rows := make([]part.Row, len(shown))
	for i, s := range shown {
		if standings[s.Line.Standing] == nil && s.Line.Standing != "" {
			standings[s.Line.Standing] = standingTag(l, s.Line.Standing)
		}
		if deeds[s.Deed] == nil {
			deeds[s.Deed] = deedTag(l, s.Deed)
		}
		rows[i] = part.Row{
			part.Number(l.Number(s.Row)), h.B(g.Text(s.FullName)), part.Number(s.Born()), standings[s.Line.Standing],
			g.Group{deeds[s.Deed], v.changes(l, s)},
		}
	}
	return part.Card(part.CardHead(l.T("member.preview.people")), some(l, "member.preview.some_people", len(shown), len(v.Plan.Steps)), part.Table(l.T("member.preview.people"), columns, rows...))
}

func deedTag(l locale.L, d Deed) g.Node {
	kind := map[Deed]part.Kind{Add: part.OK, Change: part.Info, Leave: part.Plain, Refuse: part.Bad}[d]
	return part.Tag(kind, l.Of("member.deed", string(d)))
}

// changes shows what a line changes, nothing for most lines.
func (v previewView) changes(l locale.L, s *Step) g.Node {
	if len(s.Differences) == 0 {
		return nil
	}
	return g.Group{h.Br(), h.Small(g.Text(v.differences(l, s)))}
}

// differences says what a line changes. What stands there now is left out where
// the reader may not see it.
func (v previewView) differences(l locale.L, s *Step) string {
	var all []string
	for _, d := range s.Differences {
		from, to := d.From, d.To
		switch {
		case d.Column == ColStanding:
			from, to = l.Of("member.standing", from), l.Of("member.standing", to)
		case d.Column == ColSex:
			from, to = sexWords[Sex(from)], sexWords[Sex(to)]
		case privateColumn(d.Column) && !v.private && from != "":
			from = "…"
		}
		if from == "" {
			from = "–"
		}
		all = append(all, l.Of("member.fact", string(d.Column))+": "+from+" → "+to)
	}
	return strings.Join(all, "; ")
}

func privateColumn(c Column) bool {
	for _, s := range sheetColumns {
		if s.column == c {
			return s.private
		}
	}
	return false
}

func (v previewView) columns(l locale.L) g.Node {
	heads := part.Heads(l.T("member.preview.column"), l.T("member.preview.header"), l.T("member.preview.understood"))
	var rows []part.Row
	for _, c := range v.Plan.Roll.Columns {
		if c.Header == "" {
			continue
		}
		read := part.Tag(part.Warn, l.T("member.preview.ignored"))
		if c.Column != "" {
			read = g.Text(l.Of("member.fact", string(c.Column)))
		}
		rows = append(rows, part.Row{part.Number(c.Letter), g.Text(c.Header), read})
	}
	return part.Card(part.CardHead(l.T("member.preview.columns")), part.Table(l.T("member.preview.columns"), heads, rows...))
}

func (v previewView) missing(l locale.L) g.Node {
	if len(v.Plan.Missing) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("member.preview.missing"), part.Tag(part.Plain, l.Number(len(v.Plan.Missing)))),
		part.Muted(g.Text(l.T("member.preview.missing_text"))),
		part.List(g.Map(v.Plan.Missing, func(e Entry) g.Node { return part.PersonEntry(e.FullName, e.Born(), standingTag(l, e.Standing)) })))
}

// done is the report of an import that was carried out.
func (v previewView) done(l locale.L) g.Node {
	r := v.Report
	counts := map[Deed]int{Add: r.Added, Change: r.Changed, Leave: r.Unchanged, Refuse: r.Refused}
	stats := make([]g.Node, len(Deeds))
	for i, d := range Deeds {
		stats[i] = part.Stat(l.Of("member.deed", string(d)), l.Number(counts[d]))
	}
	kind, text := part.OK, l.T("member.report.all", "Rows", r.Rows)
	if r.Refused > 0 {
		kind, text = part.Warn, l.T("member.report.some", "Rows", r.Rows, "Stored", r.Rows-r.Refused, "Refused", r.Refused)
	}
	var problems g.Node
	if len(r.Problems) > 0 {
		shown := r.Problems[:min(len(r.Problems), mostShown)]
		problems = part.Card(part.CardHead(l.T("member.preview.problems")), some(l, "member.preview.some_problems", len(shown), len(r.Problems)),
			part.List(g.Map(shown, func(p Problem) g.Node { return problemEntry(l, p, p.Message) })))
	}
	var whole g.Node
	if v.Whole != "" {
		whole = part.LinkButton(wholeURL(v.Whole), l.T("member.whole.back"))
	}
	return part.Stack(
		part.Note(kind, g.Text(text)), part.Grid(stats...), problems,
		part.Actions(part.LinkButton(listURL(v.Cell.ID), l.T("member.report.roll"), part.Primary, part.IconPeople), whole),
	)
}
