package part

import (
	"io"
	"maps"
	"net/url"
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Form is what a form shows: what stands in its fields, and what is wrong. The
// zero Form is an empty form.
type Form struct {
	// ID tells two forms of one page apart; it goes before the ids of the fields.
	ID string
	// Values holds what stands in the fields, as a browser would send it.
	Values url.Values
	// Problems maps a field to what is wrong with it, in words.
	Problems map[string]string
	// Message is what is wrong with the whole, in words.
	Message string
}

// Wrong reports whether the form came back with something to mend.
func (f Form) Wrong() bool { return f.Message != "" || len(f.Problems) > 0 }

// Value returns what stands in the field.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// fieldID returns the id of the control of a field.
func (f Form) fieldID(name string) string {
	if f.ID == "" {
		return "f-" + name
	}
	return f.ID + "-" + name
}

// Summary tells at the top of a form what is wrong, with a link to every field;
// it takes the focus. It is nothing when all is well.
func (f Form) Summary(l Words) g.Node {
	if !f.Wrong() {
		return nil
	}
	message := f.Message
	if message == "" {
		message = l.T("part.form.problems")
	}
	return h.Div(class("problems"), h.Role("alert"), h.TabIndex("-1"), h.AutoFocus(), g.Attr("data-problems"),
		h.P(h.B(g.Text(message))),
		g.If(len(f.Problems) > 0, h.Ul(g.Map(slices.Sorted(maps.Keys(f.Problems)), func(name string) g.Node {
			return h.Li(Link("#"+f.fieldID(name), g.Text(f.Problems[name])))
		}))),
	)
}

// Post is a form that changes something. The browser does not check it: the
// server's answers are in the reader's language and say what to do. Keep, Guard
// and Confirm may stand among the children.
func Post(url string, children ...g.Node) g.Node {
	return h.Form(class("form"), h.Method("post"), h.Action(safe(url)), g.Attr("novalidate"), press{}, g.Group(children))
}

// PressField is the hidden field by which the same press of a form is known again.
const PressField = "press"

// press is the key of a form, where the page is written by somebody who has one: io.Writer
// with FormKey() string.
type press struct{}

// Render writes the key.
func (press) Render(w io.Writer) error {
	k, ok := w.(interface{ FormKey() string })
	if !ok {
		return nil
	}
	return h.Input(h.Type("hidden"), h.Name(PressField), h.Value(k.FormKey())).Render(w)
}

// Upload is a Post that carries files.
func Upload(url string, children ...g.Node) g.Node {
	return Post(url, append([]g.Node{h.EncType("multipart/form-data")}, children...)...)
}

// Ask is a form that only asks: its fields become the query of url.
func Ask(url string, children ...g.Node) g.Node {
	return h.Form(class("form"), h.Method("get"), h.Action(safe(url)), g.Group(children))
}

// attributes is a group of attributes that counts as one attribute, so that a
// part can tell it from contents.
type attributes g.Group

// Type says that a is made of attributes.
func (attributes) Type() g.NodeType { return g.AttributeType }

// Render writes the attributes in their order.
func (a attributes) Render(w io.Writer) error {
	for _, n := range a {
		if n == nil {
			continue
		}
		if err := n.Render(w); err != nil {
			return err
		}
	}
	return nil
}

// Keep keeps what is typed into the form on the device until the server has it.
// name tells forms apart: name the thing that is written, with its id.
func Keep(l Words, name string) g.Node {
	return attributes{
		h.Data("keep", name), h.Data("kept", l.T("part.keep.restored")),
		h.Data("kept-drop", l.T("part.keep.drop")), h.Data("keep-full", l.T("part.keep.full")),
	}
}

// Guard asks before a page with typed but unsent text is left.
func Guard() g.Node { return g.Attr("data-guard") }

// Fields sets fields beside each other where there is room.
func Fields(children ...g.Node) g.Node { return h.Div(class("fields"), g.Group(children)) }

// FieldSet groups fields under a name.
func FieldSet(name string, children ...g.Node) g.Node {
	return h.FieldSet(class("group"), h.Legend(g.Text(name)), g.Group(children))
}

// Together groups fields of which something can be wrong that belongs to none of them alone:
// the problem of name. label is read aloud.
func (f Form) Together(name, label string, children ...g.Node) g.Node {
	d := f.field(name, label, nil)
	return h.Div(class("field"), h.ID(d.id), h.TabIndex("-1"), h.Role("group"), h.Aria("label", label), d.described(), d.lines(), g.Group(children))
}

// Actions is the line of buttons that ends a form or card.
func Actions(children ...g.Node) g.Node { return h.Div(class("actions"), g.Group(children)) }
