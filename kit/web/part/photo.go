package part

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"
)

// Photo is a photograph as wide as its column, with a line under it (may be empty). Who
// cannot see it reads the line.
func Photo(url, caption string) g.Node {
	return h.Figure(class("photo"), h.Img(h.Src(safe(url)), h.Alt(caption), h.Loading("lazy")), g.If(caption != "", h.FigCaption(g.Text(caption))))
}
