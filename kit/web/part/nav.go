package part

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Tab is one of several views of the same thing.
type Tab struct {
	Text    string
	URL     string
	Current bool
	Count   int // shown when more than 0
}

// Tabs switches between views; name says of what.
func Tabs(name string, tabs ...Tab) g.Node {
	return h.Nav(class("switch"), h.Aria("label", name), g.Map(tabs, func(t Tab) g.Node {
		return h.A(Href(t.URL), g.If(t.Current, h.Aria("current", "page")), g.Text(t.Text),
			g.If(t.Count > 0, Tag(Plain, strconv.Itoa(t.Count))))
	}))
}

// Pager leads through pages of a long list, numbered from 1; url gives the address
// of a page. A list of one page has none.
func Pager(l Words, page, pages int, url func(page int) string) g.Node {
	if pages < 2 {
		return nil
	}
	return h.Nav(class("pager"), h.Aria("label", l.T("part.pager.name")),
		turn(page > 1, url, page-1, l.T("part.pager.before"), IconLeft),
		h.Span(class("num"), g.Text(l.T("part.pager.where", "Page", page, "Pages", pages))),
		turn(page < pages, url, page+1, l.T("part.pager.after"), IconRight),
	)
}

func turn(there bool, url func(int) string, page int, text string, icon Icon) g.Node {
	if !there {
		return h.Span()
	}
	return LinkButton(url(page), text, Small, icon)
}

// SearchBox asks for words and shows the answer at url?name=words. Attributes
// among children go to the field.
func SearchBox(l Words, url, name, value, label string, children ...g.Node) g.Node {
	return h.Form(class("search"), h.Role("search"), h.Method("get"), h.Action(safe(url)),
		h.Input(h.Type("search"), h.Name(name), h.Value(value), h.Aria("label", label),
			h.Placeholder(label), h.AutoComplete("off"), g.Group(children)),
		Button(l.T("part.search"), IconSearch))
}
