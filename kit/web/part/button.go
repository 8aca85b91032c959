package part

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Button is a button that sends its form. Among children: looks, icons (drawn
// before the text) and attributes, such as Name and Value, or h.Type("button").
func Button(text string, children ...g.Node) g.Node {
	class, rest := classes("btn", children)
	attributes, icons := split(rest)
	return h.Button(h.Class(class), kindOfButton(attributes), attributes, icons, g.Text(text))
}

// kindOfButton makes a button send its form unless attributes say otherwise.
func kindOfButton(attributes g.Group) g.Node {
	for _, a := range attributes {
		if s, ok := a.(interface{ String() string }); ok && len(s.String()) > 6 && s.String()[:6] == " type=" {
			return nil
		}
	}
	return h.Type("submit")
}

// LinkButton is a link that looks like a button.
func LinkButton(url, text string, children ...g.Node) g.Node {
	class, rest := classes("btn", children)
	attributes, icons := split(rest)
	return h.A(h.Class(class), Href(url), attributes, icons, g.Text(text))
}

// PostButton is a form of one button, for an act that needs no fields. Among
// children: what Button reads; HiddenValue and Confirm go to the form.
func PostButton(url, text string, children ...g.Node) g.Node {
	var form, button []g.Node
	for _, c := range children {
		switch c.(type) {
		case hidden, confirm:
			form = append(form, c)
		default:
			button = append(button, c)
		}
	}
	return h.Form(h.Method("post"), h.Action(safe(url)), press{}, g.Group(form), Button(text, button...))
}

// hidden is a value that a form carries along.
type hidden struct{ g.Node }

// HiddenValue is a value that a form carries along unseen.
func HiddenValue(name, value string) g.Node {
	return hidden{h.Input(h.Type("hidden"), h.Name(name), h.Value(value))}
}

// PrintButton prints the page.
func PrintButton(text string, children ...g.Node) g.Node {
	return Button(text, append([]g.Node{IconPrinter, h.Type("button"), g.Attr("data-print")}, children...)...)
}

// CopyButton puts value on the clipboard and says so.
func CopyButton(l Words, text, value string, children ...g.Node) g.Node {
	return Button(text, append([]g.Node{
		IconCopy, h.Type("button"), h.Data("copy", value), h.Data("copied", l.T("part.copy.done")),
	}, children...)...)
}

// VoiceButton reads what stands in the element with the id of aloud, by the voice of
// the device; pressed again it stops. Where the device has no voice for the language
// of that element, the button says so.
func VoiceButton(l Words, text, of string, children ...g.Node) g.Node {
	return Button(text, append([]g.Node{
		IconSpeech, h.Type("button"), h.Data("voice", of), h.Data("stop", l.T("part.voice.stop")), h.Data("none", l.T("part.voice.none")),
	}, children...)...)
}

// confirm is the group of attributes that ask a question before a form is sent.
type confirm struct{ attributes }

// Confirm asks question before its form is sent; yes names the act, as in "Xóa".
// It stands among the children of Post or PostButton.
func Confirm(l Words, question, yes string) g.Node {
	return confirm{attributes{
		h.Data("confirm", question), h.Data("confirm-yes", yes), h.Data("confirm-no", l.T("part.confirm.no")),
	}}
}
