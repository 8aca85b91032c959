package rubric

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// partView is the page of one part of a sheet that is being written.
type partView struct {
	L      locale.L
	Part   sheetPart
	Path   string
	Rubric Rubric
	Form   web.Form
}

func (v partView) body() g.Node {
	return part.Stack(v.Form.Summary(v.L), part.Card(part.Post(v.Path+"/"+v.Part.name, part.Guard(), v.Part.show(v),
		part.Actions(part.Button(v.L.T("rubric.keep"), part.Primary), part.LinkButton(v.Path, v.L.T("rubric.back"))))))
}

func (v partView) text() g.Node {
	return v.Form.Textarea("sheet", v.L.T("rubric.field.sheet"), part.Help(v.L.T("rubric.field.sheet_help")), h.Rows("30"), g.Attr("spellcheck", "false"))
}

func (v partView) head() g.Node {
	l, f := v.L, v.Form
	policies := []part.Option{{Text: l.T("rubric.policy.none"), Small: l.T("rubric.policy_help.none")}}
	for _, p := range Policies {
		policies = append(policies, part.Option{Value: string(p), Text: l.Of("rubric.policy", string(p)), Small: l.Of("rubric.policy_help", string(p))})
	}
	takers := []part.Option{{Text: "–"}}
	Leaves(v.Rubric.Lines, func(line Line) {
		takers = append(takers, part.Option{Value: line.ID, Text: text.Short(line.ID+". "+line.Text, 50)})
	})
	return g.Group{
		f.Input("name", l.T("rubric.field.name"), part.Required, part.Help(l.T("rubric.field.name_help"))),
		part.Fields(f.Date("from", l.T("rubric.field.from"), part.Required), f.Date("until", l.T("rubric.field.until"), part.Help(l.T("rubric.field.until_help")))),
		part.FieldSet(l.T("rubric.sheet.source_title"), part.Fields(
			f.Input("number", l.T("rubric.field.number"), part.Required), f.Input("body", l.T("rubric.field.body"), part.Required),
			f.Date("date", l.T("rubric.field.date"), part.Required), f.Input("title", l.T("rubric.field.source_title")))),
		f.Number("total", l.T("rubric.field.total"), part.Required, decimalKeys),
		kindsField(l, f, "kinds", l.T("rubric.field.kinds"), l.T("rubric.field.kinds_help")),
		part.FieldSet(l.T("rubric.field.missing"), part.Muted(g.Text(l.T("rubric.field.missing_help"))),
			f.Radios("policy", l.T("rubric.field.policy"), policies), f.Select("taker", l.T("rubric.field.taker"), takers)),
		f.Check("unpointed", l.T("rubric.field.unpointed"), part.Help(l.T("rubric.field.unpointed_help"))),
		f.Textarea("note", l.T("rubric.field.note"), h.Rows("3")),
	}
}

// decimalKeys asks a phone for a keypad with a comma.
var decimalKeys = g.Attr("inputmode", "decimal")

func kindsField(l locale.L, f web.Form, name, label, help string) g.Node {
	options := make([]part.Option, len(kinds))
	for i, k := range kinds {
		options[i] = part.Option{Value: k, Text: l.Of("meeting.kind", k)}
	}
	return f.Checks(name, label, options, part.Help(help))
}

func (v partView) levels() g.Node {
	l, f := v.L, v.Form
	var least g.Group
	for _, of := range Levels {
		least = append(least, f.Number("from_"+string(of), l.T("rubric.field.least", "Level", l.Of("rubric.level", string(of))), decimalKeys))
	}
	return g.Group{
		part.FieldSet(l.T("rubric.sheet.levels"), part.Muted(g.Text(l.T("rubric.field.least_help"))), part.Fields(least)),
		rowsField(l, f, gates, func(row string) g.Node {
			return part.Fields(v.choose(row+"level", l.T("rubric.field.gate_level")), f.Input(row+"full", l.T("rubric.field.gate_full")), f.Input(row+"text", l.T("rubric.field.words")))
		}),
		rowsField(l, f, years, func(row string) g.Node {
			return part.Fields(v.choose(row+"level", l.T("rubric.field.year_level")), v.choose(row+"all", l.T("rubric.field.year_all")),
				f.Number(row+"count", l.T("rubric.field.year_count")), v.choose(row+"reach", l.T("rubric.field.year_reach")), f.Input(row+"also", l.T("rubric.field.year_also")))
		}),
		rowsField(l, f, decisions, func(row string) g.Node {
			return g.Group{f.Input(row+"line", l.T("rubric.field.decided_line"), part.Short), f.Textarea(row+"text", l.T("rubric.field.decided"), h.Rows("3"))}
		}),
	}
}

// choose offers the levels, or none.
func (v partView) choose(name, label string) g.Node {
	options := []part.Option{{Text: "–"}}
	for _, of := range Levels {
		options = append(options, part.Option{Value: string(of), Text: v.L.Of("rubric.level", string(of))})
	}
	return v.Form.Select(name, label, options)
}

// rowsField is a list of rows in a form: those that are typed, an empty one, and a button
// that asks for more. An emptied row is left out.
func rowsField(l locale.L, f web.Form, list string, row func(name string) g.Node) g.Node {
	var rows g.Group
	for i := range shown(f.Values, list) {
		rows = append(rows, part.FieldSet(l.Of("rubric.row", list)+" "+strconv.Itoa(i+1), row(rowName(list, i))))
	}
	return part.Stack(h.H3(g.Text(l.Of("rubric.rows", list))), part.Muted(g.Text(l.Of("rubric.rows_help", list))), rows,
		part.Actions(part.Button(l.T("rubric.more"), part.Small, part.IconPlus, h.Name("more"), h.Value(list))))
}
