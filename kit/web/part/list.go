package part

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// List is a list with lines between its items.
func List(items ...g.Node) g.Node { return h.Ul(class("list"), g.Group(items)) }

// Item is one line of a List. Put what takes the room into Grow.
func Item(children ...g.Node) g.Node { return h.Li(g.Group(children)) }

// Grow takes the room that the others in its line leave.
func Grow(children ...g.Node) g.Node { return h.Div(class("grow"), g.Group(children)) }

// Entry is an Item of a title, a line in small letters under it (may be empty) and
// what stands at the right.
func Entry(title, small string, aside ...g.Node) g.Node {
	return Item(titled(title, small), g.Group(aside))
}

// LinkEntry is an Entry whose title opens url.
func LinkEntry(url, title, small string, aside ...g.Node) g.Node {
	return Item(Grow(h.B(Link(url, g.Text(title))), smallLine(small)), g.Group(aside))
}

// TallEntry is a LinkEntry with what belongs to it under its lines, for long texts and
// narrow columns; an empty url leaves the title plain.
func TallEntry(url, title, small string, under ...g.Node) g.Node {
	name := g.Node(g.Text(title))
	if url != "" {
		name = Link(url, name)
	}
	return Item(Grow(h.B(name), smallLine(small), Beside(under...)))
}

// PersonEntry is an Entry that begins with the initials of a person.
func PersonEntry(name, small string, aside ...g.Node) g.Node {
	return Item(Avatar(name), titled(name, small), g.Group(aside))
}

// MarkEntry is an Entry that begins with the Mark of kind; said names the mark.
func MarkEntry(kind Kind, said, title, small string, aside ...g.Node) g.Node {
	return Item(Mark(kind, said), Grow(g.Text(title), smallLine(small)), g.Group(aside))
}

func titled(title, small string) g.Node { return Grow(h.B(g.Text(title)), smallLine(small)) }

func smallLine(text string) g.Node { return g.If(text != "", h.Small(g.Text(text))) }

// Steps is a numbered list of what to do.
func Steps(steps ...string) g.Node {
	return h.Ol(class("steps"), g.Map(steps, func(s string) g.Node { return h.Li(g.Text(s)) }))
}

// Stage is how far a Step of the road is.
type Stage string

// The stages.
const (
	Later Stage = ""
	Now   Stage = "now"
	Done  Stage = "done"
)

// Step is one station of a Road.
type Step struct {
	Title string
	Small string // a word on it: "trước 30/11"
	Stage Stage
	URL   string // may be empty
}

// Road is the picture of where a thing stands on its way.
func Road(l Words, steps ...Step) g.Node {
	return h.Ol(class("road"), g.Map(steps, func(s Step) g.Node {
		title := g.Text(s.Title)
		if s.URL != "" {
			title = Link(s.URL, title)
		}
		return h.Li(
			g.If(s.Stage != Later, class(string(s.Stage))),
			g.If(s.Stage == Now, h.Aria("current", "step")),
			title,
			g.If(s.Stage == Done, Said(l.T("part.road.done"))),
			smallLine(s.Small),
		)
	}))
}
