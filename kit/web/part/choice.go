package part

import (
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Option is one of several things to choose.
type Option struct {
	Value    string
	Text     string
	Small    string // a line under it; a Select shows none
	Disabled bool
}

// Select offers one of many; for up to about seven, Radios are easier. An Option
// of empty value and text such as "Chọn…" comes first where nothing is chosen yet.
func (f Form) Select(name, label string, options []Option, children ...g.Node) g.Node {
	d := f.field(name, label, children)
	return d.around(h.Select(d.common(), g.Map(options, func(o Option) g.Node {
		return h.Option(h.Value(o.Value), g.If(f.has(name, o.Value), h.Selected()),
			g.If(o.Disabled, h.Disabled()), g.Text(o.Text))
	})))
}

// Radios offers one of a few, all seen at once.
func (f Form) Radios(name, label string, options []Option, children ...g.Node) g.Node {
	return f.choices("radio", name, label, options, children)
}

// Checks offers any of several; they are sent under one name.
func (f Form) Checks(name, label string, options []Option, children ...g.Node) g.Node {
	return f.choices("checkbox", name, label, options, children)
}

// Check is a yes or no; yes is sent as "true".
func (f Form) Check(name, label string, children ...g.Node) g.Node {
	d := f.field(name, label, children)
	box := h.Input(h.Type("checkbox"), h.Value("true"), g.If(f.has(name, "true"), h.Checked()), d.common())
	return h.Div(class("field"), h.Label(class("choice"), box, h.Span(g.Text(label))), d.lines(), d.after)
}

// Box is a box in the row of a table. It belongs to the form of the id given, which
// may stand elsewhere on the page.
func Box(form, name, value, label string, ticked bool) g.Node {
	return h.Label(class("choice"),
		h.Input(h.Type("checkbox"), h.FormAttr(form), h.Name(name), h.Value(value), g.If(ticked, h.Checked())),
		h.B(g.Text(label)))
}

func (f Form) choices(kind, name, label string, options []Option, children []g.Node) g.Node {
	d := f.field(name, label, children)
	look, _ := classes("choices", d.looks)
	var rows g.Group
	for i, o := range options {
		rows = append(rows, h.Label(class("choice"),
			h.Input(h.Type(kind), h.Name(name), h.Value(o.Value), g.If(i == 0, h.ID(d.id)),
				g.If(f.has(name, o.Value), h.Checked()), g.If(o.Disabled, h.Disabled()), d.attributes),
			h.Span(g.Text(o.Text), smallLine(o.Small))))
	}
	legend, role := h.Legend(g.Text(label), d.star()), "radiogroup"
	if kind == "checkbox" {
		role, d.must = "group", false // a group cannot be said to be required
	}
	return h.FieldSet(class("field"), h.Role(role), d.described(), legend, d.lines(), h.Div(h.Class(look), rows), d.after)
}

func (f Form) has(name, value string) bool { return slices.Contains(f.Values[name], value) }
