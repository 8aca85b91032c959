package theme

import (
	"fmt"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

func yearURL(cell string, year int) string {
	return fmt.Sprintf("/themes?cell=%s&year=%d", cell, year)
}

// yearView is the plan of a year of a cell.
type yearView struct {
	L        locale.L
	Cell     organization.Organization
	Year     int
	Entries  []Entry
	Quarters []Quarter
	Names    map[string]string
	Today    when.Date
	Arranges bool
	Several  bool // the reader follows other cells too
}

func (v yearView) action() g.Node {
	if !v.Arranges {
		return nil
	}
	return part.LinkButton("/themes/new?cell="+v.Cell.ID, v.L.T("theme.add"), part.Primary, part.IconPlus)
}

func (v yearView) body() g.Node {
	l := v.L
	stats := make([]g.Node, len(v.Quarters))
	for i, q := range v.Quarters {
		stats[i] = quarterCard(l, q)
	}
	papers := g.If(len(v.Entries) > 0, part.Actions(
		part.LinkButton(fmt.Sprintf("/themes/plan.pdf?cell=%s&year=%d", v.Cell.ID, v.Year), l.T("theme.plan_pdf"), part.Small, part.IconPrinter),
		part.LinkButton(fmt.Sprintf("/themes/plan.docx?cell=%s&year=%d", v.Cell.ID, v.Year), l.T("theme.plan_docx"), part.Small, part.IconDownload)))
	return part.Stack(
		part.Grid(stats...),
		part.Cols(v.list(), part.Stack(
			part.Card(part.CardHead(l.T("theme.plan")), years(l, func(year int) string { return yearURL(v.Cell.ID, year) }, v.Year), papers,
				g.If(v.Several, part.LinkButton(fmt.Sprintf("/themes/cells?year=%d", v.Year), l.T("theme.cells", "Year", v.Year), part.Small))),
			part.Note(part.Plain, g.Text(l.T("theme.rule"))))))
}

// years leads to the year before and the year after.
func years(l locale.L, url func(int) string, year int) g.Node {
	return part.Beside(
		part.LinkButton(url(year-1), fmt.Sprint(year-1), part.Small, part.IconLeft),
		part.LinkButton(url(year+1), fmt.Sprint(year+1), part.Small, part.IconRight))
}

var romans = [...]string{"", "I", "II", "III", "IV"}

func quarterCard(l locale.L, q Quarter) g.Node {
	return part.Card(part.CardHead(l.T("theme.quarter", "Quarter", romans[q.Quarter.N])), part.Beside(dutyTag(l, q)),
		g.If(dated(l, q) != "", h.Small(g.Text(" "+dated(l, q)))))
}

// dated says when a quarter's theme was treated, or is to be.
func dated(l locale.L, q Quarter) string {
	switch {
	case !q.On.IsZero():
		return q.On.Slashed()
	case !q.Month.IsZero():
		return l.Month(q.Month)
	}
	return ""
}

func dutyTag(l locale.L, q Quarter) g.Node {
	kind := map[Duty]part.Kind{Done: part.OK, Set: part.Info, Open: part.Warn, Missed: part.Bad}[q.Duty]
	return part.Tag(kind, l.Of("theme.duty", string(q.Duty)))
}

func (v yearView) list() g.Node {
	l := v.L
	if len(v.Entries) == 0 {
		text := l.T("theme.none_text")
		return part.Card(part.Empty(l.T("theme.none", "Year", v.Year), text, g.If(v.Arranges, v.action())))
	}
	lines := make([]g.Node, len(v.Entries))
	for i, e := range v.Entries {
		lines[i] = entryLine(l, e, v.Names, v.Today)
	}
	return part.Card(part.CardHead(l.T("theme.list")), part.List(lines...))
}

func entryLine(l locale.L, e Entry, names map[string]string, today when.Date) g.Node {
	return part.LinkEntry(e.Path(), e.Title, text.Joined(l.Month(e.Month), presenter(l, e, names), reportLine(l, e, today)), stageTag(l, e))
}

func presenter(l locale.L, e Entry, names map[string]string) string {
	if name := names[e.Presenter]; name != "" {
		return name
	}
	return l.T("theme.nobody")
}

// reportLine says whether the report is there, or by when it should be.
func reportLine(l locale.L, e Entry, today when.Date) string {
	switch {
	case e.Reports > 0:
		return l.T("theme.report.there")
	case e.Treated() || e.Due.IsZero():
		return ""
	case e.Late(today):
		return l.T("theme.report.late", "Day", e.Due.Slashed())
	}
	return l.T("theme.report.due", "Day", e.Due.Slashed())
}

func stageTag(l locale.L, e Entry) g.Node {
	kind := map[Stage]part.Kind{Planned: part.Warn, Approved: part.Info, Treated: part.Warn, Rated: part.OK}[e.Stage()]
	return part.Tag(kind, l.Of("theme.stage", string(e.Stage())))
}

// cellsView shows the quarters of several cells.
type cellsView struct {
	L        locale.L
	Year     int
	Cells    []organization.Organization
	Quarters map[string][]Quarter
	Reads    map[string]bool
}

func (v cellsView) body() g.Node {
	l := v.L
	heads := []string{l.T("theme.cell")}
	for n := 1; n <= 4; n++ {
		heads = append(heads, l.T("theme.quarter", "Quarter", romans[n]))
	}
	met := 0
	rows := make([]part.Row, len(v.Cells))
	for i, o := range v.Cells {
		name := g.Node(h.B(g.Text(o.Name)))
		if v.Reads[o.ID] {
			name = part.Link(yearURL(o.ID, v.Year), name)
		}
		rows[i] = part.Row{name}
		for _, q := range v.Quarters[o.ID] {
			rows[i] = append(rows[i], g.Group{dutyTag(l, q), g.If(dated(l, q) != "", h.Small(g.Text(" "+dated(l, q))))})
			if q.Duty == Missed {
				met++
			}
		}
	}
	url := func(year int) string { return fmt.Sprintf("/themes/cells?year=%d", year) }
	if len(rows) == 0 {
		return part.Card(part.Empty(l.T("theme.no_cells"), l.T("theme.no_cells_text")))
	}
	return part.Stack(
		part.Beside(years(l, url, v.Year), g.If(met > 0, part.Tag(part.Bad, l.T("theme.missed_count", "Count", met)))),
		part.Card(part.Table(l.T("theme.cells", "Year", v.Year), part.Heads(heads...), rows...)),
		part.Note(part.Plain, g.Text(l.T("theme.rule"))))
}

// homeView is what of the themes is due on the home page.
type homeView struct {
	L        locale.L
	Cell     string
	Quarter  Quarter
	Own      []Entry
	Today    when.Date
	Arranges bool
}

func (v homeView) card() g.Node {
	l := v.L
	var out g.Group
	for _, e := range v.Own {
		tag := part.Tag(part.Warn, reportLine(l, e, v.Today))
		if e.Reports > 0 {
			tag = part.Tag(part.OK, reportLine(l, e, v.Today))
		}
		out = append(out, part.Card(part.Warn, part.CardHead(l.T("theme.home.yours"), tag), h.P(h.B(g.Text(e.Title))),
			part.Muted(g.Text(l.T("theme.home.when", "Month", e.Month.Slashed()))),
			part.LinkButton(e.Path(), l.T("theme.home.go"), part.IconUpload)))
	}
	if v.Quarter.Duty == Open {
		link := part.LinkButton("/themes?cell="+v.Cell, l.T("theme.plan"), part.Small)
		if v.Arranges {
			link = part.LinkButton("/themes/new?cell="+v.Cell, l.T("theme.add"), part.Small, part.IconPlus)
		}
		out = append(out, part.Card(part.CardHead(l.T("theme.home.open", "Quarter", romans[v.Quarter.Quarter.N])), part.Muted(g.Text(l.T("theme.rule"))), part.Actions(link)))
	}
	if len(out) == 0 {
		return nil
	}
	return part.Stack(out...)
}
