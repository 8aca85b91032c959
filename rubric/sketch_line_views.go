package rubric

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// lineView is the form of one line of a sheet that is being written.
type lineView struct {
	L    locale.L
	Path string
	Spot lineSpot
	// Line is what is kept now; zero for a new one.
	Line Line
	// Above and Below are its neighbours; empty at the edge.
	Above, Below string
	Form         web.Form
	Findings     []Finding
}

func (v lineView) body() g.Node {
	l := v.L
	form := part.Post(v.Path+"/line", part.Guard(), part.SwapPost(v.Path+"/line/look", "#line-said"), part.On("input changed delay:600ms"), part.SwapOuter(),
		v.hidden(), v.fields(),
		part.Actions(part.Button(l.T("rubric.keep"), part.Primary), part.LinkButton(v.Path, l.T("rubric.back"))))
	return part.Cols(part.Stack(v.Form.Summary(l), part.Card(form)), part.Stack(v.said(), v.around()))
}

func (v lineView) hidden() g.Node {
	return g.Group{
		h.Input(h.Type("hidden"), h.Name("at"), h.Value(strconv.Itoa(v.Spot.At))),
		h.Input(h.Type("hidden"), h.Name("was"), h.Value(v.Spot.Was)),
		h.Input(h.Type("hidden"), h.Name("new"), h.Value(v.Spot.New)),
	}
}

// fields are those of the way of scoring that is chosen.
func (v lineView) fields() g.Node {
	l, f := v.L, v.Form
	head := g.Group{
		part.Fields(f.Input("id", l.T("rubric.field.id"), part.Required, part.Short), f.Number("max", l.T("rubric.field.max"), part.Required, decimalKeys)),
		f.Textarea("text", l.T("rubric.field.text"), part.Required, h.Rows("2")),
	}
	note := f.Textarea("note", l.T("rubric.field.note"), h.Rows("2"))
	if len(v.Line.Lines) > 0 {
		group := part.Note(part.Info, g.Text(l.T("rubric.line_group", "Count", len(v.Line.Lines), "Sum", sumOf(v.Line.Lines).Text(l))))
		return part.Stack(h.ID("line-fields"), head, group, note)
	}
	forms := make([]part.Option, len(Forms))
	for i, form := range Forms {
		forms[i] = part.Option{Value: string(form), Text: l.Of("rubric.form", string(form)), Small: l.Of("rubric.form_help", string(form))}
	}
	way := f.Radios("way", l.T("rubric.field.form"), forms, part.SwapPost(v.Path+"/line/look?part=fields", "#line-fields"), part.SwapOuter())
	unscripted := h.NoScript(part.Muted(g.Text(l.T("rubric.form_unscripted"))))
	return part.Stack(h.ID("line-fields"), head, way, unscripted, v.way(), kindsField(l, f, "counts", l.T("rubric.field.counts"), l.T("rubric.field.counts_help")), note)
}

// way are the fields of the way of scoring.
func (v lineView) way() g.Node {
	l, f := v.L, v.Form
	floor := f.Number("floor", l.T("rubric.field.floor"), part.Help(l.T("rubric.field.floor_help")), decimalKeys)
	switch Form(f.Value("way")) {
	case Steps:
		return g.Group{
			floor, v.fact("fact", l.T("rubric.field.fact")),
			rowsField(l, f, bands, func(row string) g.Node {
				return g.Group{part.Beside(v.bounds(row), f.Number(row+"points", l.T("rubric.field.points"), part.Figure, decimalKeys)), f.Input(row+"text", l.T("rubric.field.words"))}
			}),
			rowsField(l, f, caps, func(row string) g.Node {
				return g.Group{
					v.fact(row+"fact", l.T("rubric.field.if")),
					part.Beside(v.bounds(row), f.Number(row+"points", l.T("rubric.field.points_most"), part.Figure, decimalKeys)),
					f.Input(row+"text", l.T("rubric.field.words")),
				}
			}),
		}
	case Choices:
		return g.Group{floor, rowsField(l, f, choices, func(row string) g.Node {
			return part.Fields(f.Input(row+"text", l.T("rubric.field.words")), f.Number(row+"points", l.T("rubric.field.points"), decimalKeys))
		}), v.conditions()}
	case Slider:
		return g.Group{part.Fields(floor, f.Number("step", l.T("rubric.field.step"), decimalKeys)), v.conditions()}
	case Either, Bonus, Group:
	}
	return g.Group{floor, v.conditions()}
}

// conditions say which facts give the points; none where people judge.
func (v lineView) conditions() g.Node {
	return rowsField(v.L, v.Form, conditions, func(row string) g.Node {
		return g.Group{v.fact(row+"fact", v.L.T("rubric.field.fact")), part.Beside(v.bounds(row))}
	})
}

func (v lineView) fact(name, label string) g.Node {
	options := []part.Option{{Text: "–"}}
	for _, f := range Facts {
		options = append(options, part.Option{Value: string(f), Text: v.L.Of("rubric.fact", string(f)) + " (" + v.L.Of("rubric.unit", string(f.Unit())) + ")"})
	}
	return v.Form.Select(name, label, options)
}

// bounds are the fields of a range.
func (v lineView) bounds(row string) g.Node {
	l, f := v.L, v.Form
	edge := func(name, first, second string) g.Node {
		return f.Select(row+name, l.Of("rubric.edge", name), []part.Option{{Value: first, Text: l.Of("rubric.edge", first)}, {Value: second, Text: l.Of("rubric.edge", second)}}, part.Figure)
	}
	value := func(name string) g.Node {
		return f.Number(row+name, l.Of("rubric.edge", name), part.Figure, decimalKeys)
	}
	return g.Group{edge(fieldLow, lowFrom, lowAbove), value(fieldLowAt), edge(fieldHigh, highUnder, highTo), value(fieldHighAt)}
}

// said is what Check says of the line as it is typed.
func (v lineView) said() g.Node {
	l := v.L
	if len(v.Findings) == 0 && v.Spot.New != "" && v.Form.Value("text") == "" {
		return part.Card(h.ID("line-said"), part.CardHead(l.T("rubric.line_check")), part.Muted(g.Text(l.T("rubric.line_check_later"))))
	}
	if len(v.Findings) == 0 {
		return part.Card(h.ID("line-said"), h.Aria("live", "polite"), part.CardHead(l.T("rubric.line_check")), part.Note(part.OK, g.Text(l.T("rubric.line_sound"))))
	}
	return part.Card(h.ID("line-said"), h.Aria("live", "polite"), part.Bad, part.CardHead(l.T("rubric.line_check")),
		findingsList(l, v.Findings, func(Finding) string { return "" }))
}

// around adds lines beside the one that is shown, moves it and takes it out.
func (v lineView) around() g.Node {
	if v.Spot.New != "" {
		return nil
	}
	l := v.L
	to := v.Path + "/line" + v.Spot.query()
	return part.Card(part.CardHead(l.T("rubric.line_around")), part.Actions(
		part.LinkButton(to+"&new="+inside, l.T("rubric.line_inside"), part.Small, part.IconPlus),
		part.LinkButton(to+"&new="+behind, l.T("rubric.line_behind"), part.Small, part.IconPlus),
		g.If(v.Above != "", v.change("/line/move", l.T("rubric.line_up", "Line", v.Above), part.IconUp, part.HiddenValue("to", "up"))),
		g.If(v.Below != "", v.change("/line/move", l.T("rubric.line_down", "Line", v.Below), part.IconDown, part.HiddenValue("to", "down"))),
		v.change("/line/remove", l.T("rubric.line_remove"), part.IconTrash,
			part.Confirm(l, l.T("rubric.line_remove_ask", "Line", v.Spot.Was), l.T("rubric.line_remove")))))
}

// change is a button that does something with the line of the form.
func (v lineView) change(to, text string, children ...g.Node) g.Node {
	return part.PostButton(v.Path+to, text, append(children, part.Small,
		part.HiddenValue("at", strconv.Itoa(v.Spot.At)), part.HiddenValue("was", v.Spot.Was))...)
}
