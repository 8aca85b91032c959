package rating

import (
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/locale"
	"chibo/kit/web/part"
)

// summaryView is the summary of the level that decides, group by group.
type summaryView struct {
	Summary
	form    part.Form
	periods []Period
	decides bool // the reader settles the cap
}

func (v summaryView) body(l locale.L) g.Node {
	var groups g.Group
	for _, of := range Groups {
		if len(v.Of(of)) > 0 {
			groups = append(groups, v.group(l, of))
		}
	}
	if len(groups) == 0 {
		groups = g.Group{part.Card(part.Empty(l.T("rating.summary.empty"), l.T("rating.summary.empty_help")))}
	}
	return part.Stack(v.tabs(l), v.came(l), groups, g.If(v.decides, v.policy(l)), v.papers(l))
}

func (v summaryView) tabs(l locale.L) g.Node {
	tabs := make([]part.Tab, len(v.periods))
	for i, p := range v.periods {
		tabs[i] = part.Tab{Text: capital(p.Name()), URL: summaryPath(v.Organization.ID) + p.query(), Current: p == v.Period}
	}
	return part.Tabs(l.T("rating.summary.periods"), tabs...)
}

// came says whose lists are in the sums.
func (v summaryView) came(l locale.L) g.Node {
	kind := part.OK
	if len(v.Missing) > 0 {
		kind = part.Warn
	}
	return part.Card(
		part.Note(kind, g.Text(l.T("rating.summary.came", "Came", len(v.Came), "All", len(v.Came)+len(v.Missing)))),
		g.If(len(v.Missing) > 0, part.Details(l.T("rating.summary.missing", "Count", len(v.Missing)), g.Text(strings.Join(v.Missing, ", ")+"."))),
		part.Muted(g.Text(l.T("rating.list.noted"))),
	)
}

// group is the cap of one group with its sum, and the lines it counts.
func (v summaryView) group(l locale.L, of Group) g.Node {
	kind := part.OK
	if v.Policy.Over(v.Count(of)) > 0 {
		kind = part.Bad
	}
	columns := part.Heads(l.T("rating.column.who"), l.T("rating.cell"), l.T("rating.column.proposal"), l.T("rating.column.level"))
	if of == Cells {
		columns = part.Heads(l.T("rating.cell"), l.T("rating.column.proposal"), l.T("rating.column.level"))
	}
	var rows []part.Row
	for _, line := range v.Of(of) {
		row := part.Row{part.Link(line.Path(), g.Text(line.Name)), g.Text(line.Unit), shortTag(l, line.Proposal), shortTag(l, line.Level)}
		if of == Cells {
			row = append(row[:1], row[2:]...)
		}
		rows = append(rows, row)
	}
	table := part.Table(l.Of("rating.group", string(of)), columns, rows...)
	if len(rows) > 12 {
		table = part.Details(l.T("rating.summary.lines", "Count", len(rows)), table)
	}
	return part.Card(part.Long, part.CardHead(l.Of("rating.group", string(of))), part.Note(kind, g.Text(v.Words(of))), table)
}

// policy is how the committee counts the cap.
func (v summaryView) policy(l locale.L) g.Node {
	f := v.form
	return part.Card(part.CardHead(l.T("rating.summary.policy")), part.Muted(g.Text(l.T("rating.summary.policy_help"))),
		part.Post(summaryPath(v.Organization.ID)+"/cap", f.Summary(l), f.Hidden("span"), f.Hidden("month"), capFields(l, f),
			part.Actions(part.Button(l.T("rating.settings.send")))))
}

func (v summaryView) papers(l locale.L) g.Node {
	path := summaryPath(v.Organization.ID) + "/papers/" + string(Results)
	return part.Card(part.CardHead(l.T("rating.papers")), part.Actions(
		part.LinkButton(path+".docx"+v.Period.query(), l.T("rating.paper.summary")+" (Word)", part.Small, part.IconDownload),
		part.LinkButton(path+".pdf"+v.Period.query(), l.T("rating.paper.summary")+" (PDF)", part.Small, part.IconPrinter)))
}

// capFields are the fields of a policy on the cap.
func capFields(l locale.L, f part.Form) g.Node {
	return g.Group{
		f.Radios("reading", l.T("rating.field.reading"), []part.Option{
			{Value: string(Within), Text: l.T("rating.reading.within"), Small: l.T("rating.reading.within_small")},
			{Value: string(Beside), Text: l.T("rating.reading.beside"), Small: l.T("rating.reading.beside_small")},
		}),
		f.Radios("share", l.T("rating.field.share"), []part.Option{{Value: "20", Text: "20%"}, {Value: "25", Text: "25%", Small: l.T("rating.share.wider")}}, part.Line),
		f.Input("source", l.T("rating.field.source"), part.Help(l.T("rating.help.source"))),
	}
}
