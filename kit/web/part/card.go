package part

import (
	"strconv"
	"strings"
	"unicode/utf8"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Alone is the whole of a page without the program's frame: sign-in, the room, a
// sheet to be printed. With the look Small it is as narrow as a form.
func Alone(children ...g.Node) g.Node {
	class := "page alone"
	var rest []g.Node
	for _, c := range children {
		if c == Small {
			class += " narrow"
			continue
		}
		rest = append(rest, c)
	}
	return h.Main(h.ID("main"), h.Class(class), h.TabIndex("-1"), g.Group(rest))
}

// Brand is the program's mark of two letters with the name beside it and a line
// under the name.
func Brand(mark, name, small string) g.Node {
	return h.Div(class("brand"), h.Span(class("mark"), h.Aria("hidden", "true"), g.Text(mark)),
		h.Span(g.Text(name), g.If(small != "", h.Small(class("muted"), g.Text(small)))))
}

// Card is a sheet on the page. A Kind among children gives it a coloured border.
func Card(children ...g.Node) g.Node {
	class, rest := classes("card", children)
	return h.Section(h.Class(class), g.Group(rest))
}

// CardHead is the first line of a card: its title, and what stands beside it.
func CardHead(title string, aside ...g.Node) g.Node {
	return h.Header(h.H2(g.Text(title)), g.Group(aside))
}

// Cols puts the work on the left and what belongs to it on the right; on a phone
// the right follows below.
func Cols(work, aside g.Node) g.Node { return h.Div(class("cols"), work, aside) }

// ColsLed is Cols whose right begins with lead, what is to be done now: on a phone it comes
// before the work, which may be many screens long.
func ColsLed(lead, work, aside g.Node) g.Node {
	return h.Div(class("cols led"), Stack(lead), work, Stack(aside))
}

// Stack puts things under each other.
func Stack(children ...g.Node) g.Node { return h.Div(class("stack"), g.Group(children)) }

// Beside puts small things in a line that wraps.
func Beside(children ...g.Node) g.Node { return h.Div(class("row"), g.Group(children)) }

// Grid puts equal things, such as Stats, in as many columns as there is room for.
func Grid(children ...g.Node) g.Node { return h.Div(class("grid"), g.Group(children)) }

// Charts lays cards with charts side by side, as many as keep their figures readable.
func Charts(children ...g.Node) g.Node { return h.Div(class("charts"), g.Group(children)) }

// Tag is a short word in the colour of its kind.
func Tag(kind Kind, text string) g.Node {
	class, _ := classes("tag", []g.Node{kind})
	return h.Span(h.Class(class), g.Text(text))
}

// Mark is the sign of a kind (✓ ! ✕); text is read aloud and not shown.
func Mark(kind Kind, text string) g.Node {
	class, _ := classes("tag", []g.Node{kind})
	return h.Span(h.Class(class), h.Span(h.Aria("hidden", "true"), g.Text(kind.sign())), Said(text))
}

// Note is a rule or remark that stands where it bites.
func Note(kind Kind, children ...g.Node) g.Node {
	class, _ := classes("note", []g.Node{kind})
	return h.Div(h.Class(class), g.Group(children))
}

// Flash says what has just been done, or why not. It is read aloud at once.
func Flash(kind Kind, text string) g.Node {
	role, icon := "status", IconCheck
	if kind == Bad || kind == Warn {
		role, icon = "alert", IconWarning
	}
	class := "flash"
	if kind != OK && kind != Plain {
		class += " " + string(kind)
	}
	return h.Div(h.Class(class), h.Role(role), icon, h.Span(g.Text(text)))
}

// Empty says what will stand here and how it comes.
func Empty(title, text string, action ...g.Node) g.Node {
	return h.Div(class("empty"), h.H3(g.Text(title)), h.P(g.Text(text)), g.Group(action))
}

// Stat is a figure with its name, for a Grid.
func Stat(name, value string, children ...g.Node) g.Node {
	return h.Section(class("card"), h.Small(g.Text(name)), h.Div(Big(value)), g.Group(children))
}

// Share is one part of a Meter, in percent of the whole.
type Share struct {
	Kind    Kind
	Percent float64
}

// Meter draws shares of a whole as a bar; text says the same in words.
func Meter(text string, shares ...Share) g.Node {
	var bars g.Group
	var x float64
	for _, s := range shares {
		bars = append(bars, g.El("rect", g.If(s.Kind != Plain, h.Class(string(s.Kind))),
			g.Attr("x", decimal(x)), h.Width(decimal(s.Percent)), h.Height("1")))
		x += s.Percent
	}
	return h.SVG(class("meter"), g.Attr("viewBox", "0 0 100 1"), g.Attr("preserveAspectRatio", "none"),
		h.Role("img"), h.Aria("label", text), bars)
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// Avatar is a round sign with the initials of the family name and the given name:
// "ĐT" for Đỗ Văn Thành.
func Avatar(name string) g.Node {
	return h.Span(class("avatar"), h.Aria("hidden", "true"), g.Text(initials(name)))
}

func initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "·"
	}
	out := first(words[0])
	if len(words) > 1 {
		out += first(words[len(words)-1])
	}
	return strings.ToUpper(out)
}

func first(word string) string {
	_, size := utf8.DecodeRuneInString(word)
	return word[:size]
}

// Term is a term of a DescriptionList with what it says.
type Term struct {
	Name     string
	Contents []g.Node
}

// Is returns the term name with its contents.
func Is(name string, contents ...g.Node) Term { return Term{name, contents} }

// Fact returns the term name with a text; one without a text is left out of the list.
func Fact(name, text string) Term {
	if text == "" {
		return Is(name)
	}
	return Is(name, g.Text(text))
}

// DescriptionList lists facts by name; a term without contents is left out.
func DescriptionList(terms ...Term) g.Node {
	var rows g.Group
	for _, t := range terms {
		if len(t.Contents) > 0 {
			rows = append(rows, h.Dt(g.Text(t.Name)), h.Dd(g.Group(t.Contents)))
		}
	}
	return h.Dl(class("facts"), rows)
}

// Details hides what few need under a line of words.
func Details(summary string, children ...g.Node) g.Node {
	attributes, contents := split(children)
	return h.Details(attributes, h.Summary(g.Text(summary)), h.Div(class("inside"), contents))
}

// Dialog is a window over the page, opened by the script that finds a reason for it.
func Dialog(l Words, id, title string, children ...g.Node) g.Node {
	return h.Dialog(h.ID(id), h.Aria("labelledby", id+"-title"),
		h.Header(h.H2(h.ID(id+"-title"), g.Text(title)),
			h.Form(h.Method("dialog"), Button(l.T("part.dialog.close"), Small, IconClose))),
		g.Group(children))
}

// Kbd shows keys of the keyboard.
func Kbd(keys ...string) g.Node {
	return g.Map(keys, func(key string) g.Node { return h.Kbd(g.Text(key)) })
}
