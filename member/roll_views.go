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
	return part.Stack(refused, v.figures(l), v.confirm(l), v.problems(l), v.steps(l), v.columns(l), v.missing(l))
}

func (v previewView) figures(l locale.L) g.Node {
	stats := make([]g.Node, len(Deeds))
	for i, d := range Deeds {
		stats[i] = part.Stat(l.Of("member.deed", string(d)), l.Number(v.Plan.Count(d)))
	}
	return part.Stack(part.Muted(g.Text(l.T("member.preview.file", "Name", v.Name, "Rows", len(v.Plan.Steps)))), part.Grid(stats...))
}

func (v previewView) confirm(l locale.L) g.Node {
	back := part.LinkButton("/members/import?organization="+v.Cell.ID, l.T("member.preview.other"), part.IconUpload)
	if v.Plan.Count(Add)+v.Plan.Count(Change) == 0 {
		return part.Card(part.Note(part.Info, g.Text(l.T("member.preview.nothing"))), part.Actions(back))
	}
	return part.Card(
		part.Note(part.Plain, g.Text(l.T("member.preview.unwritten"))),
		part.Post("/members/import/confirm", part.HiddenValue("id", v.ID), part.HiddenValue("digest", v.Plan.Digest()),
			part.Actions(part.Button(l.T("member.preview.confirm", "Added", v.Plan.Count(Add), "Changed", v.Plan.Count(Change)), part.Primary, part.IconCheck), back)))
}

func (v previewView) problems(l locale.L) g.Node {
	all := v.Plan.Problems()
	if len(all) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("member.preview.problems"), part.Tag(part.Warn, l.Number(len(all)))),
		part.List(g.Map(all, func(p Problem) g.Node { return problemEntry(l, p, l.Fill(p.Key, p.Args)) })))
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
	rows := make([]part.Row, len(v.Plan.Steps))
	for i, s := range v.Plan.Steps {
		var standing g.Node
		if s.Line.Standing != "" {
			standing = standingTag(l, s.Line.Standing)
		}
		rows[i] = part.Row{
			part.Number(l.Number(s.Row)), h.B(g.Text(s.FullName)), part.Number(s.Born()), standing,
			g.Group{deedTag(l, s.Deed), h.Br(), h.Small(g.Text(v.differences(l, s)))},
		}
	}
	return part.Card(part.CardHead(l.T("member.preview.people")), part.Table(l.T("member.preview.people"), columns, rows...))
}

func deedTag(l locale.L, d Deed) g.Node {
	kind := map[Deed]part.Kind{Add: part.OK, Change: part.Info, Leave: part.Plain, Refuse: part.Bad}[d]
	return part.Tag(kind, l.Of("member.deed", string(d)))
}

// differences says what a line changes. What stands there now is left out where
// the reader may not see it.
func (v previewView) differences(l locale.L, s Step) string {
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
		problems = part.Card(part.CardHead(l.T("member.preview.problems")),
			part.List(g.Map(r.Problems, func(p Problem) g.Node { return problemEntry(l, p, p.Message) })))
	}
	return part.Stack(
		part.Note(kind, g.Text(text)), part.Grid(stats...), problems,
		part.Actions(part.LinkButton(listURL(v.Cell.ID), l.T("member.report.roll"), part.Primary, part.IconPeople)),
	)
}
