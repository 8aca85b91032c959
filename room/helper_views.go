package room

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
)

// cell leads to the meeting; a helper has the room alone.
func (p screen) cell() g.Node {
	if p.duty != "" {
		return h.Span(g.Text(p.s.Setup.Cell))
	}
	return part.Link(p.s.Setup.Page(), g.Text(p.s.Setup.Cell))
}

// helping tells a helper what this device is here for.
func (p screen) helping() g.Node {
	if p.duty == "" {
		return nil
	}
	return part.Note(part.Info, h.B(g.Text(p.writers[p.account])), h.Br(), g.Text(p.l.Of("room.duty.means", string(p.duty))))
}

// goneDialog tells a helper whose time is over; what is written down stays on the device
// until it is sent.
func (p screen) goneDialog() g.Node {
	return part.Dialog(p.l, "room-sign-in", p.t("room.helper.gone"),
		h.P(g.Text(p.t("room.helper.gone_text"))),
		part.Actions(part.LinkButton("/may-2", p.t("room.helper.gone_again"), part.Primary)))
}
