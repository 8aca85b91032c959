// Package part holds what pages are put together from: cards, lists, tables,
// fields, the road of a meeting.
//
// A part is typed Go that gives one piece of HTML; the look stands in the style
// sheets of kit/web/assets and nowhere else, and no feature writes class names.
// Parts know nothing of meetings and nothing of requests, so that the same ones
// draw a page on the server and in the browser of a room without network:
//
//	part.Card(
//		part.CardHead("Nội dung", part.Tag(part.OK, "đã thống nhất")),
//		part.Table("Nội dung", part.Heads("Phần", "Phút"), rows...),
//		part.Actions(part.Button("Gửi thông báo", part.Primary, part.IconBell)),
//	)
//
// Three kinds of value may stand among the children of a part and are read by it:
// a Kind (what the colour means), a Look (how a button or field stands out) and an
// Icon. Every other child is HTML: an attribute goes to the part's own element,
// anything else inside it.
//
// Texts come in ready words. The few words a part has of its own are read from
// the Words it is given.
package part

import (
	"io"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Words gives the text of a message key in the reader's language; kit/locale has
// it. args are pairs of placeholder name and value.
type Words interface {
	T(key string, args ...any) string
}

// Kind says what a thing means; its colour only repeats it.
type Kind string

// The kinds.
const (
	Plain Kind = ""
	OK    Kind = "ok"   // done, as it should be
	Warn  Kind = "warn" // needs a look
	Bad   Kind = "bad"  // wrong, missing, or happening now
	Info  Kind = "info" // good to know
)

// Render writes nothing: the part that k stands in reads it.
func (k Kind) Render(io.Writer) error { return nil }

// sign returns the mark that says k without colour.
func (k Kind) sign() string {
	switch k {
	case OK:
		return "✓"
	case Warn:
		return "!"
	case Bad:
		return "✕"
	case Info:
		return "i"
	}
	return "·"
}

// Look says how a button, card or field stands out.
type Look string

// The looks. A screen has one Primary button, named by what it does.
const (
	Primary Look = "primary" // button: the one thing to do here
	Danger  Look = "danger"  // button: cannot be undone
	Quiet   Look = "quiet"   // button: beside the matter
	Small   Look = "small"   // button: inside a card or row
	Wide    Look = "wide"    // button: as wide as its card
	Short   Look = "short"   // field: for a number or a date
	Figure  Look = "figure"  // field: for a few digits or a short word
	Line    Look = "line"    // choices: beside each other
	Huge    Look = "huge"    // choices: each as large as a finger can want
	Long    Look = "long"    // card: may be broken over two sheets of paper
)

// Render writes nothing: the part that k stands in reads it.
func (k Look) Render(io.Writer) error { return nil }

// classes joins name with the kinds and looks among children, and returns the
// other children.
func classes(name string, children []g.Node) (class string, rest []g.Node) {
	all := []string{name}
	for _, c := range children {
		switch v := c.(type) {
		case Kind:
			if v != Plain {
				all = append(all, string(v))
			}
		case Look:
			all = append(all, string(v))
		default:
			rest = append(rest, c)
		}
	}
	return strings.Join(all, " "), rest
}

// split parts attributes from contents.
func split(children []g.Node) (attributes, contents g.Group) {
	for _, c := range children {
		if isAttribute(c) {
			attributes = append(attributes, c)
		} else {
			contents = append(contents, c)
		}
	}
	return attributes, contents
}

func isAttribute(n g.Node) bool {
	typed, ok := n.(interface{ Type() g.NodeType })
	return ok && typed.Type() == g.AttributeType
}

// class is the attribute of one class name.
func class(name string) g.Node { return h.Class(name) }

// Said returns text that is read aloud and not shown.
func Said(text string) g.Node { return h.Span(class("said"), g.Text(text)) }

// Muted returns text in the second ink.
func Muted(children ...g.Node) g.Node { return h.P(class("muted"), g.Group(children)) }

// Number returns figures that stand under each other.
func Number(text string) g.Node { return h.Span(class("num"), g.Text(text)) }

// Hour returns a time of day at the beginning of a line: what stands after it begins at one
// place in all lines.
func Hour(text string) g.Node { return h.Span(class("num hour"), g.Text(text)) }

// Big returns a figure that is the picture of its card.
func Big(text string) g.Node { return h.Span(class("big num"), g.Text(text)) }

// NoPrint keeps its children off paper; PrintOnly keeps them off the screen.
func NoPrint(children ...g.Node) g.Node { return h.Div(class("no-print"), g.Group(children)) }

// PrintOnly shows its children on paper only.
func PrintOnly(children ...g.Node) g.Node { return h.Div(class("print-only"), g.Group(children)) }

// Sheet is a piece of paper's content that is not broken over two pages.
func Sheet(children ...g.Node) g.Node { return h.Section(class("sheet stack"), g.Group(children)) }

// PageBreak begins a new sheet of paper.
func PageBreak() g.Node { return h.Div(class("page-break")) }

// Giant shows its children in letters for the whole room: minutes read back.
func Giant(children ...g.Node) g.Node { return h.Article(class("giant"), g.Group(children)) }

// safe returns url when a page may link to it: a place in this program, the web,
// mail or telephone. Anything else, such as javascript:, gives "#".
func safe(url string) string {
	if strings.ContainsAny(url, "\x00\t\r\n\\") {
		return "#"
	}
	if strings.HasPrefix(url, "/") && !strings.HasPrefix(url, "//") || strings.HasPrefix(url, "?") || strings.HasPrefix(url, "#") {
		return url
	}
	for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
		if strings.HasPrefix(url, scheme) {
			return url
		}
	}
	return "#"
}

// Href is the href attribute of a link; a URL that could run code becomes "#".
func Href(url string) g.Node { return h.Href(safe(url)) }

// Link is a plain link in running text.
func Link(url string, children ...g.Node) g.Node { return h.A(Href(url), g.Group(children)) }
