package part

import (
	"io"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// help is a line under the label of a field.
type help string

// Render writes nothing: the field reads it.
func (help) Render(io.Writer) error { return nil }

// Help says under a field's label what to type, and why.
func Help(text string) g.Node { return help(text) }

// required marks a field that must not be empty.
type required struct{}

// Render writes nothing: the field reads it.
func (required) Render(io.Writer) error { return nil }

// Required marks a field that must not be empty.
var Required g.Node = required{}

// field is one field being put together.
type field struct {
	name, id, label, help, problem string
	must                           bool
	attributes                     g.Group // of the control
	looks                          []g.Node
	after                          g.Group // contents beside the control
}

func (f Form) field(name, label string, children []g.Node) field {
	d := field{name: name, id: f.fieldID(name), label: label, problem: f.Problems[name]}
	for _, c := range children {
		switch v := c.(type) {
		case nil:
		case help:
			d.help = string(v)
		case required:
			d.must = true
		case Look, Kind:
			d.looks = append(d.looks, c)
		default:
			if isAttribute(c) {
				d.attributes = append(d.attributes, c)
			} else {
				d.after = append(d.after, c)
			}
		}
	}
	return d
}

// common is what every control of the field carries: id, name, and the ids of the
// lines that describe it.
func (d field) common() g.Node {
	return append(attributes{h.ID(d.id), h.Name(d.name), d.described()}, d.attributes...)
}

func (d field) described() g.Node {
	by := ""
	if d.help != "" {
		by = d.id + "-help"
	}
	if d.problem != "" {
		by = d.id + "-problem " + by
	}
	return attributes{
		g.If(by != "", h.Aria("describedby", by)),
		g.If(d.problem != "", h.Aria("invalid", "true")),
		g.If(d.must, h.Aria("required", "true")),
	}
}

func (d field) lines() g.Node {
	return g.Group{
		g.If(d.help != "", h.Div(class("help"), h.ID(d.id+"-help"), g.Text(d.help))),
		g.If(d.problem != "", h.Div(class("problem"), h.ID(d.id+"-problem"), IconWarning, h.Span(g.Text(d.problem)))),
	}
}

// star says to the eye what aria-required says to the ear.
func (d field) star() g.Node {
	return g.If(d.must, h.Span(class("must"), h.Aria("hidden", "true"), g.Text(" *")))
}

// around puts label, help and problem above the control.
func (d field) around(control g.Node) g.Node {
	class, _ := classes("field", d.looks)
	return h.Div(h.Class(class), h.Label(h.For(d.id), g.Text(d.label), d.star()), d.lines(), control, d.after)
}

func (f Form) input(kind, name, label string, children []g.Node) g.Node {
	d := f.field(name, label, children)
	return d.around(h.Input(h.Type(kind), h.Value(f.Value(name)), d.common()))
}

// Input is a line of text. Children of every field: Help, Required, Short,
// attributes of the control, and contents that follow it.
func (f Form) Input(name, label string, children ...g.Node) g.Node {
	return f.input("text", name, label, children)
}

// Email is a mail address.
func (f Form) Email(name, label string, children ...g.Node) g.Node {
	return f.input("email", name, label, append(children, h.AutoComplete("email")))
}

// Phone is a telephone number.
func (f Form) Phone(name, label string, children ...g.Node) g.Node {
	return f.input("tel", name, label, append(children, h.AutoComplete("tel")))
}

// Date is a day; its value is 2026-12-03.
func (f Form) Date(name, label string, children ...g.Node) g.Node {
	return f.input("date", name, label, append(children, Short))
}

// Time is a time of day; its value is 19:30.
func (f Form) Time(name, label string, children ...g.Node) g.Node {
	return f.input("time", name, label, append(children, Short))
}

// DateTime is a day and a time; its value is 2026-12-03T19:30.
func (f Form) DateTime(name, label string, children ...g.Node) g.Node {
	return f.input("datetime-local", name, label, children)
}

// Month is a month; its value is 2026-12.
func (f Form) Month(name, label string, children ...g.Node) g.Node {
	return f.input("month", name, label, append(children, Short))
}

// Number is a whole number. It is a line of text with a keypad: the arrows and the
// wheel of a number field change figures unseen.
func (f Form) Number(name, label string, children ...g.Node) g.Node {
	return f.input("text", name, label, append(children, g.Attr("inputmode", "numeric"), h.AutoComplete("off"), Short))
}

// Textarea is a text of several lines.
func (f Form) Textarea(name, label string, children ...g.Node) g.Node {
	d := f.field(name, label, children)
	return d.around(h.Textarea(d.common(), g.Text("\n"+f.Value(name)))) // HTML drops the first line break
}

// File asks for a file of the kinds in accept, as in ".xlsx,.csv". It belongs into
// an Upload.
func (f Form) File(name, label, accept string, children ...g.Node) g.Node {
	d := f.field(name, label, children)
	return d.around(h.Input(h.Type("file"), h.Accept(accept), d.common()))
}

// Hidden carries a value along unseen.
func (f Form) Hidden(name string) g.Node {
	return h.Input(h.Type("hidden"), h.Name(name), h.Value(f.Value(name)))
}

// Password asks for a secret; it comes back empty, may be pasted and may be shown.
// complete is "current-password", "new-password" or "one-time-code".
func (f Form) Password(l Words, name, label, complete string, children ...g.Node) g.Node {
	d := f.field(name, label, children)
	show := Button(l.T("part.password.show"), h.Type("button"), h.Aria("pressed", "false"),
		h.Aria("controls", d.id), h.Data("show-password", d.id), h.Data("hide", l.T("part.password.hide")))
	return d.around(h.Div(class("with-button"),
		h.Input(h.Type("password"), h.AutoComplete(complete), g.Attr("autocapitalize", "none"),
			g.Attr("spellcheck", "false"), d.common()),
		show))
}

// Username tells password managers whose password a form asks for where the person
// does not type the name; it is neither seen nor read aloud.
func Username(name string) g.Node {
	return h.Input(class("said"), h.Type("text"), h.AutoComplete("username"), h.Value(name),
		h.ReadOnly(), h.TabIndex("-1"), h.Aria("hidden", "true"))
}
