package matter

import (
	g "maragu.dev/gomponents"

	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/web/part"
)

// waitingWith returns how many matters get the answer that is given to this one.
func (v matterView) waitingWith() int {
	n := 0
	for _, m := range v.bundle {
		if m.State == Waiting {
			n++
		}
	}
	return n
}

// bundleCard says what is treated as one with the matter: to the committee which, to a
// cell how many others ask the same.
func (v matterView) bundleCard(l locale.L) g.Node {
	if len(v.bundle) < 2 {
		return nil
	}
	if !v.answers {
		return part.Card(part.CardHead(l.T("matter.bundle")), part.Muted(g.Text(l.T("matter.bundle.cell", "Count", len(v.bundle)-1))))
	}
	lines := g.Map(v.bundle, func(m placed) g.Node {
		var out g.Node
		if m.State == Waiting {
			out = part.PostButton(m.Matter.Path()+"/part", l.T("matter.part"), part.Small, part.Quiet,
				part.Confirm(l, l.T("matter.part.question", "Cell", m.Cell), l.T("matter.part")))
		}
		title, small := m.Cell, l.T("matter.line", "Name", m.Entered(), "Text", m.Text)
		url := m.Matter.Path()
		if m.ID == v.ID {
			url = "" // this page
		}
		return part.TallEntry(url, title, small, out)
	})
	return part.Card(
		part.CardHead(l.T("matter.bundle"), part.Tag(part.Info, l.T("matter.merged", "Count", len(v.bundle)))),
		part.Muted(g.Text(l.T("matter.bundle.help"))), part.List(lines),
	)
}

// mergeForm offers the matters that wait beside this one: first those that seem to be
// about the same.
func (v matterView) mergeForm(l locale.L) g.Node {
	if len(v.likely)+len(v.others) == 0 {
		return nil
	}
	f := v.forms.merge
	f.ID = "merge"
	offer := func(label string, all []placed) g.Node {
		options := make([]part.Option, len(all))
		for n, m := range all {
			options[n] = part.Option{Value: m.ID, Text: l.T("matter.offer", "Cell", m.Cell, "Text", m.Text)}
		}
		return f.Checks("with", label, options)
	}
	var fields g.Group
	if len(v.likely) > 0 {
		fields = append(fields, offer(l.T("matter.merge.likely"), v.likely))
	}
	if len(v.others) > 0 {
		f.ID = "merge-others"
		fields = append(fields, part.Details(l.T("matter.merge.others", "Count", len(v.others)), g.If(v.forms.merge.Wrong(), g.Attr("open")), offer(l.T("matter.merge.waiting"), v.others)))
	}
	return part.Card(
		part.CardHead(l.T("matter.merge")), part.Muted(g.Text(l.T("matter.merge.help"))),
		part.Post(v.Matter.Path()+"/merge", v.forms.merge.Summary(l), fields, part.Actions(part.Button(l.T("matter.merge.send")))),
	)
}

// table is the list as a table: the book of the committee.
func (v listView) table(l locale.L) sheet.Table {
	col := func(name string) string { return l.Of("matter.column", name) }
	t := sheet.Table{
		Name: l.T("matter.title"), Titles: []string{l.T("matter.title"), l.Of("matter.view", string(v.view)), v.cell.Name, l.Day(v.day)},
		Header: []string{col("entered"), col("cell"), col("number"), col("sent"), col("raiser"), col("text"), col("by"), col("left"), col("state"), col("answered"), col("answer"), col("bundle")},
		Widths: []float64{12, 28, 12, 13, 13, 60, 13, 16, 16, 13, 60, 16},
	}
	bundles := map[string]int{}
	for _, m := range v.matters {
		left, bundle := any(""), any("")
		if m.State == Waiting {
			left = m.Left(v.day)
		}
		if m.Bundle != "" {
			if bundles[m.Bundle] == 0 {
				bundles[m.Bundle] = len(bundles) + 1
			}
			bundle = bundles[m.Bundle]
		}
		t.Rows = append(t.Rows, []any{
			m.Entered(), m.Cell, m.Name(), m.SentAt.Date().Slashed(), l.Of("matter.raiser", string(m.Raiser)), m.Text, m.AnswerBy.Slashed(), left,
			l.Of("matter.state", string(m.State)), m.AnsweredOn.Slashed(), m.Answer, bundle,
		})
	}
	return t
}
