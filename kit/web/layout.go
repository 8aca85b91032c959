package web

import (
	"net/http"
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
)

// Page is what a handler shows.
type Page struct {
	Title   string
	Crumbs  []Crumb // the way from the home page, without the page itself
	Section string  // key of the Link that is current, "meetings"
	Action  g.Node  // the page's one primary action, beside its title
	Lead    string  // a line under the title
	Bare    bool    // no navigation, and the body draws its own heading: room, projector, print sheets, sign-in
	Sheet   bool    // of a Bare page: a sheet of paper or a wall for a hall, nothing stands under it
	Wide    bool    // uses the whole width
	Device  bool    // runs our own program in the browser (cmd/device)
	Body    g.Node
}

// Crumb is one step of the way to a page.
type Crumb struct{ Text, URL string }

// Nav is what stands around every page.
type Nav struct {
	Brand, Unit string // "Chi bộ", "Tổ dân phố 17"
	Mark        string // two letters
	Groups      []Group
	Tabs        []Link // at most four, at the thumb on a phone; the others unfold beside them
}

// Group is a named part of the navigation.
type Group struct {
	Title string
	Links []Link
}

// Link is one place of the navigation.
type Link struct {
	Section, Text, URL string
	Icon               part.Icon
	Badge              int // what waits there; 0 shows nothing
}

func (c *Ctx) render(status int, p Page) error {
	if p.Device {
		c.Writer.Header().Set("Content-Security-Policy", policyDevice)
	}
	c.flash = c.takeFlash()
	if c.HX() && c.Request.Header.Get("HX-Boosted") == "" && p.Bare {
		return c.html(status, p.Body)
	}
	var nav Nav
	if !p.Bare {
		nav = c.server.Nav(c)
	}
	return c.html(status, document(c, p, nav))
}

func document(c *Ctx, p Page, nav Nav) g.Node {
	// data-who keeps what one person has half typed from the next on a shared device, where
	// data-shared ends a session that nobody uses; a wall in a hall is used by being seen.
	return h.Doctype(h.HTML(h.Lang(c.L.Tag()), g.If(c.Large(), h.Class("large")), g.If(c.Who.Account != "", h.Data("who", c.Who.Account)),
		g.If(c.Who.Shared && !p.Sheet, h.Data("shared", "")),
		h.Head(
			h.Meta(h.Charset("utf-8")),
			h.Meta(h.Name("viewport"), h.Content("width=device-width, initial-scale=1")),
			h.TitleEl(g.Text(p.Title+" · "+c.L.T("kit.brand"))),
			h.Link(h.Rel("manifest"), h.Href(manifestPath)),
			h.Meta(h.Name("theme-color"), h.Content("#b01c2e")),
			h.Link(h.Rel("icon"), h.Type("image/svg+xml"), h.Href(assets.URL("icon.svg"))),
			h.Link(h.Rel("apple-touch-icon"), h.Href(assets.URL("icon180.png"))),
			h.Link(h.Rel("stylesheet"), h.Href(assets.URL("app.css"))),
			h.Script(h.Src(assets.URL("app.js")), h.Type("module")),
		),
		h.Body(frame(c, p, nav)),
	))
}

func frame(c *Ctx, p Page, nav Nav) g.Node {
	if p.Bare {
		return g.Group{flash(c), p.Body, g.If(!p.Sheet, foot(c))}
	}
	main := "page"
	if p.Wide {
		main = "page wide"
	}
	return g.Group{
		h.A(h.Class("skip"), h.Href("#main"), g.Text(c.L.T("kit.skip"))),
		h.Div(h.Class("shell"),
			rail(c, p, nav),
			h.Main(h.Class(main), h.ID("main"), h.TabIndex("-1"),
				flash(c),
				crumbs(c.L, p.Crumbs),
				h.Div(h.Class("head"),
					h.Div(h.H1(g.Text(p.Title)), g.If(p.Lead != "", h.P(h.Class("muted"), g.Text(p.Lead)))),
					p.Action),
				p.Body,
			),
			foot(c),
		),
		tabs(c, p, nav),
	}
}

func rail(c *Ctx, p Page, nav Nav) g.Node {
	return h.Nav(h.Class("rail"), h.Aria("label", c.L.T("kit.nav")),
		h.A(h.Class("brand"), h.Href("/"),
			h.Span(h.Class("mark"), h.Aria("hidden", "true"), g.Text(nav.Mark)),
			h.Span(g.Text(nav.Brand), h.Small(h.Class("muted"), g.Text(nav.Unit)))),
		g.Map(nav.Groups, func(group Group) g.Node {
			return g.Group{
				g.If(group.Title != "", h.Div(h.Class("group"), g.Text(group.Title))),
				g.Map(group.Links, func(l Link) g.Node { return link(l, p.Section) }),
			}
		}),
		signOut(c),
	)
}

func link(l Link, section string) g.Node {
	return h.A(h.Href(l.URL), g.If(l.Section == section && section != "", h.Aria("current", "page")),
		l.Icon, h.Span(h.Class("grow"), g.Text(l.Text)),
		g.If(l.Badge > 0, h.Span(h.Class("badge num"), g.Textf("%d", l.Badge))))
}

// tabs are the places at the thumb on a phone; the last of them unfolds all the
// others, so that nothing is out of reach there.
func tabs(c *Ctx, p Page, nav Nav) g.Node {
	if len(nav.Tabs) == 0 {
		return nil
	}
	var others []Link
	for _, group := range nav.Groups {
		for _, l := range group.Links {
			if !slices.ContainsFunc(nav.Tabs, func(t Link) bool { return t.URL == l.URL }) {
				others = append(others, l)
			}
		}
	}
	within := slices.ContainsFunc(others, func(l Link) bool { return l.Section == p.Section && p.Section != "" })
	return h.Nav(h.Class("tabs"), h.Aria("label", c.L.T("kit.nav")),
		g.Map(nav.Tabs, func(t Link) g.Node { return link(t, p.Section) }),
		g.If(len(others) > 0, h.Details(
			h.Summary(g.If(within, h.Aria("current", "true")), part.IconMenu, h.Span(g.Text(c.L.T("kit.nav.others")))),
			h.Div(h.Class("others"), g.Map(others, func(l Link) g.Node { return link(l, p.Section) }), signOut(c)))))
}

func signOut(c *Ctx) g.Node {
	return g.If(c.Who.SignedIn(), SignOut(c, part.Small, part.Wide))
}

// SignOut is the button that ends the session of this device. Where the device has
// written down what the server does not have, it asks first (lib/forget.js).
func SignOut(c *Ctx, look ...g.Node) g.Node {
	l := c.L
	return h.Form(h.Class("out"), h.Method("post"), h.Action("/sign-out"),
		h.Data("waiting", l.T("kit.sign_out.waiting", "Count", "{n}")),
		h.Data("waiting-yes", l.T("kit.sign_out.leave")), h.Data("waiting-no", l.T("kit.sign_out.stay")),
		part.Button(l.T("kit.sign_out"), look...))
}

func crumbs(l locale.L, steps []Crumb) g.Node {
	if len(steps) == 0 {
		return nil
	}
	return h.Nav(h.Class("crumbs"), h.Aria("label", l.T("kit.crumbs")), h.Ol(
		g.Map(steps, func(s Crumb) g.Node { return h.Li(h.A(h.Href(s.URL), g.Text(s.Text))) })))
}

func flash(c *Ctx) g.Node {
	if c.flash == "" {
		return nil
	}
	return h.Div(h.Class("flash"), h.Role("status"), part.IconCheck, h.Span(g.Text(c.flash)))
}

// failure is the body of every error page. Whoever helps at a meeting or a
// desk has that for a home.
func failure(c *Ctx, message string, internal bool) g.Node {
	home, back := "/", c.L.T("kit.back_home")
	if c.Who.Helps() {
		home, back = c.Who.Seat.Place, c.L.T("kit.back_seat")
	}
	return h.Section(h.Class("card failure"), h.Role("alert"),
		h.P(h.Class("lead"), g.Text(message)),
		g.If(internal, h.P(h.Class("muted num"), g.Text(c.L.T("fault.request", "ID", c.id)))),
		h.P(h.A(h.Class("btn primary"), h.Href(home), g.Text(back))))
}

// asset serves the browser's files.
func (s *Server) asset() http.Handler { return http.StripPrefix("/a/", assets.Handler()) }
