package reception

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/assets"
	"chibo/kit/when"
)

// wallPage is the frame of the projector, which stays, with the figures in it.
func (v boardView) wallPage(seen string, now when.Instant) g.Node {
	path := boardPath(v.Sitting)
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("screen.css"))),
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("reception.css"))),
		h.Main(h.ID("main"), h.Class("wall"), h.Data("live", path+"/live?screen=1"), h.Data("page", path+"/screen"), h.Data("seen", seen),
			h.Data("now", strconv.FormatInt(int64(now), 10)),
			h.Div(h.ID("picture"), v.wall()),
			lost(v.L, now)),
		h.Script(h.Src(assets.URL("screen.js")), h.Type("module")),
	}
}

// wall is what the hall sees: figures and no name.
func (v boardView) wall() g.Node {
	return h.Div(h.Class("hall"), h.H1(h.Class("said"), g.Text(v.t("wall"))),
		h.Header(h.B(h.Class("wall-cell"), g.Text(v.Conference.Title)), h.Span(h.Class("num wall-clock"), h.Data("clock", ""))),
		h.Div(h.Class("reception-wall"),
			h.Div(h.P(h.Class("wall-over"), g.Text(v.t("stat.present"))),
				h.P(h.Class("wall-figure num"), g.Text(number(v.Total.Present()))),
				h.P(g.Text(v.t("count", "Of", v.Total.Due)))),
			h.Ul(g.Map(v.Lines, func(l Line) g.Node {
				return h.Li(h.Span(g.Text(l.Title)), h.B(h.Class("num"), g.Text(number(l.Present())+"/"+number(l.Due))), v.meter(l))
			}))),
		h.Footer(h.Span(g.Text(v.Sitting.Title)), h.Span(g.Text(v.t("welcome")))))
}
