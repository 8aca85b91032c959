package hall

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
)

// wallView is the code on the projector; nil shows none. It asks for the next twice in
// a window, and what it shows is covered from the moment at which it is no longer good,
// should nobody answer: see screen.js.
func wallView(l locale.L, meetingID string, code *Code, base string) g.Node {
	again := g.Group{h.ID("door-code"), part.Swap(doorPath(meetingID)+"/code", "#door-code"), part.On("every 15s"), part.SwapOuter()}
	if code == nil {
		return h.Div(again)
	}
	return h.Div(again, h.Class("door-code"), h.Data("until", strconv.FormatInt(int64(code.Until), 10)),
		part.QR(base+"/vao/"+code.Token, l.T("hall.qr")),
		h.Div(
			h.P(h.Class("wall-over"), g.Text(l.T("hall.title"))),
			h.P(h.Class("door-digits num"), g.Text(code.Grouped())),
			h.P(g.Text(l.T("hall.wall", "Site", short(base)+"/vao"))),
			h.P(g.Text(l.T("hall.wall.free")))))
}

// posterView is one sheet of A4. It says time and place and nothing of the contents:
// anybody may read it.
func posterView(l locale.L, e Entrance, code Code, base string) g.Node {
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("hall.css"))),
		part.Alone(
			part.NoPrint(part.Stack(
				h.H1(g.Text(l.T("hall.poster"))),
				part.Note(part.Warn, g.Text(l.T("hall.poster.warn"))),
				part.Actions(part.PrintButton(l.T("hall.poster.print"), part.Primary), part.LinkButton(doorPath(e.Meeting), l.T("hall.poster.back"))))),
			part.Sheet(h.Div(h.Class("stack poster"),
				h.P(h.Class("poster-cell"), g.Text(e.Cell)),
				h.H2(g.Text(e.Title)),
				h.P(h.B(g.Text(l.Moment(e.StartsAt))), h.Br(), g.Text(e.Place)),
				part.QR(base+"/vao/"+code.Token, l.T("hall.qr")),
				h.P(h.Class("poster-digits num"), g.Text(code.Grouped())),
				part.Steps(l.T("hall.poster.scan", "Site", short(base)+"/vao"), l.T("hall.poster.name"), l.T("hall.poster.free"))))),
	}
}

// short is an address as it is typed.
func short(base string) string {
	_, rest, found := strings.Cut(base, "://")
	if !found {
		return base
	}
	return rest
}
