package member

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
)

// wholeView is what the page on all sheets of an upload shows.
type wholeView struct {
	Whole
	message string // of which cells a confirmation has written nothing
}

func (v wholeView) body(l locale.L) g.Node {
	var refused g.Node
	if v.message != "" {
		refused = part.Flash(part.Warn, v.message)
	}
	return part.Stack(refused, v.press(l), v.cells(l), v.strays(l), v.bare(l))
}

// press is the button that takes all in, or says that all is done.
func (v wholeView) press(l locale.L) g.Node {
	waiting, done := v.Waiting(), len(v.Parts)-v.Waiting()
	back := part.LinkButton("/members/import", l.T("member.preview.other"), part.IconUpload)
	if waiting == 0 {
		refused := 0
		for _, p := range v.Parts {
			refused += p.Report.Refused
		}
		if refused > 0 {
			return part.Card(part.Note(part.Warn, g.Text(l.T("member.whole.done_some", "Cells", done, "Refused", refused))), part.Actions(back))
		}
		return part.Card(part.Note(part.OK, g.Text(l.T("member.whole.done_all", "Cells", done))), part.Actions(back))
	}
	said := part.Note(part.Plain, g.Text(l.T("member.whole.unwritten")))
	if done > 0 {
		said = part.Note(part.Warn, g.Text(l.T("member.whole.rest", "Done", done, "Waiting", waiting)))
	}
	if v.Writes() == 0 && done == 0 {
		return part.Card(part.Note(part.Info, g.Text(l.T("member.whole.nothing"))), part.Actions(back))
	}
	var seen g.Group
	added, changed := 0, 0
	for _, p := range v.Parts {
		if p.Report == nil {
			seen = append(seen, part.HiddenValue("cell", p.SheetOf.ID), part.HiddenValue("digest", p.Plan.Digest()))
			added, changed = added+p.Plan.Count(Add), changed+p.Plan.Count(Change)
		}
	}
	return part.Card(said, part.Post("/members/import/all", part.HiddenValue("id", v.ID), seen,
		part.Actions(part.Button(l.T("member.whole.confirm", "Cells", waiting, "Added", added, "Changed", changed), part.Primary, part.IconCheck), back)))
}

func (v wholeView) cells(l locale.L) g.Node {
	columns := part.Heads(l.T("member.whole.cell"), l.T("member.whole.sheet"))
	for _, d := range Deeds {
		columns = append(columns, part.Column{Title: l.Of("member.deed", string(d)), Right: true})
	}
	columns = append(columns, part.Heads(l.T("member.whole.state"))...)
	rows := make([]part.Row, len(v.Parts))
	for i, p := range v.Parts {
		row := part.Row{h.B(part.Link(p.url(), g.Text(p.Name))), g.Text(p.Sheet)}
		counts := p.Counts()
		for _, d := range Deeds {
			row = append(row, part.Number(l.Number(counts[d])))
		}
		rows[i] = append(row, p.state(l))
	}
	return part.Card(part.CardHead(l.T("member.whole.cells"), part.Tag(part.Plain, l.Number(len(v.Parts)))),
		part.Muted(g.Text(l.T("member.whole.cells_text"))), part.Table(l.T("member.whole.cells"), columns, rows...))
}

// url is the address of a part: its sheet for its cell, or what was done.
func (p Part) url() string {
	if p.Report != nil {
		return importURL(p.ID)
	}
	return sheetURL(p.ID, p.Sheet)
}

func (p Part) state(l locale.L) g.Node {
	counts := p.Counts()
	kind, key := part.Plain, "member.whole.waits"
	switch {
	case p.Report == nil && counts[Add]+counts[Change] == 0 && counts[Refuse] > 0:
		kind, key = part.Bad, "member.whole.none"
	case p.Report == nil:
	case p.Report.Refused == p.Report.Rows:
		kind, key = part.Bad, "member.whole.none"
	case p.Report.Refused > 0:
		kind, key = part.Warn, "member.whole.partly"
	default:
		kind, key = part.OK, "member.whole.taken"
	}
	return part.Tag(kind, l.T(key))
}

func (v wholeView) strays(l locale.L) g.Node {
	if len(v.Shares.Strays) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("member.whole.strays"), part.Tag(part.Warn, l.Number(len(v.Shares.Strays)))),
		part.Muted(g.Text(l.T("member.whole.strays_text"))),
		part.List(g.Map(v.Shares.Strays, func(s Stray) g.Node {
			return part.Entry(s.Sheet, l.T(map[string]string{"unknown": "member.whole.unknown", "foreign": "member.whole.foreign", "second": "member.whole.second"}[s.Why], "Cell", s.Unit))
		})))
}

func (v wholeView) bare(l locale.L) g.Node {
	if len(v.Shares.Bare) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("member.whole.bare"), part.Tag(part.Plain, l.Number(len(v.Shares.Bare)))),
		part.Muted(g.Text(l.T("member.whole.bare_text"))),
		part.List(g.Map(v.Shares.Bare, func(u Unit) g.Node {
			return part.LinkEntry("/members/import?organization="+u.ID, u.Name, "")
		})))
}
