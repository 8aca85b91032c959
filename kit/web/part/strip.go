package part

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Square is one of equal steps, such as a month: its name, a sign that is read without
// colour, and the same in words.
type Square struct {
	Name string // "5"
	Sign string // "✓", "19/24"
	Said string // "Tháng 5: đã họp 03/05, biên bản đã niêm phong"
	Kind Kind
	URL  string // may be empty
}

// Strip sets up to twelve squares beside each other, as narrow as they must be on a phone.
func Strip(squares ...Square) g.Node {
	return h.Ul(class("strip"), g.Map(squares, func(s Square) g.Node {
		name, _ := classes("square", []g.Node{s.Kind})
		inside := g.Group{
			h.Small(h.Aria("hidden", "true"), g.Text(s.Name)), h.Span(h.Aria("hidden", "true"), g.Text(s.Sign)), Said(s.Said),
		}
		if s.URL == "" {
			return h.Li(h.Span(h.Class(name), h.Title(s.Said), inside))
		}
		return h.Li(h.A(h.Class(name), Href(s.URL), h.Title(s.Said), inside))
	}))
}
