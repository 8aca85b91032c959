package web

import (
	"net/http"
	"net/url"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
)

// LargeCookie is set to "1" on devices of people who want larger letters.
const LargeCookie = "large"

// Large reports whether the device that asks wants larger letters.
func (c *Ctx) Large() bool {
	k, err := c.Request.Cookie(LargeCookie)
	return err == nil && k.Value == "1"
}

// SetLarge sets the device that asks to larger letters, or back to the usual ones.
func (c *Ctx) SetLarge(large bool) {
	const aYear = 365 * 24 * 3600
	if large {
		c.Cookie(LargeCookie, "1", aYear)
	} else {
		c.Cookie(LargeCookie, "", -1)
	}
}

// foot stands under every page, at the same place of each (WCAG 2.2, 3.2.6): the size of
// the letters, and whom to ask. Sheets of paper and walls for a hall have none.
func foot(c *Ctx) g.Node {
	value, text := "1", c.L.T("kit.letters.large")
	if c.Large() {
		value, text = "0", c.L.T("kit.letters.usual")
	}
	return h.Footer(h.Class("foot"),
		h.Details(h.Summary(part.IconInfo, h.Span(g.Text(c.L.T("kit.help")))),
			h.Div(h.Class("inside"),
				h.P(g.Text(c.L.T("kit.help.ask"))),
				h.P(g.Text(c.L.T("kit.help.letters"))),
				h.P(g.Text(c.L.T("kit.help.keys"))))),
		part.PostButton("/letters", text, part.IconLetters, part.HiddenValue("value", value), part.HiddenValue("next", c.here())),
	)
}

// here is the address to come back to: that of the page, or where a form came back with
// problems, that of the page on which it stands.
func (c *Ctx) here() string {
	if c.Request.URL == nil {
		return "/"
	}
	if c.Request.Method == http.MethodGet {
		return c.Request.URL.RequestURI()
	}
	from, err := url.Parse(c.Request.Referer())
	if err != nil || !Local(from.Path) {
		return "/"
	}
	return from.RequestURI()
}
