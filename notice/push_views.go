package notice

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
)

// push is where the person asks to be called on this device, and sees on which ones
// they are. The browser asks for its permission after a press, never unbidden; where it
// cannot be called, or runs no scripts, it says so.
func (v inboxView) push(l locale.L) g.Node {
	if v.pushKey == "" {
		return nil
	}
	return part.Card(h.ID("push"),
		part.CardHead(l.T("notice.push.title")),
		part.Muted(g.Text(l.T("notice.push.what"))),
		part.Post("/inbox/push", h.Data("push", v.pushKey), h.Data("push-refused", l.T("notice.push.refused")), h.Data("push-failed", l.T("notice.push.failed")),
			part.HiddenValue("endpoint", ""), part.HiddenValue("p256dh", ""), part.HiddenValue("auth", ""),
			part.Button(l.T("notice.push.turn_on"), part.Wide, part.IconBell, h.Hidden("")),
			h.P(h.Data("push-cannot", ""), g.Text(l.T("notice.push.cannot"))),
		),
		g.If(len(v.devices) > 0, part.List(g.Map(v.devices, func(d Device) g.Node { return deviceEntry(l, d) }))),
	)
}

func deviceEntry(l locale.L, d Device) g.Node {
	name := d.Name
	if name == "" {
		name = l.T("notice.push.device")
	}
	return part.Entry(name, l.T("notice.push.since", "Day", d.MadeAt.Date().Slashed()),
		part.PostButton("/inbox/push/"+d.ID+"/drop", l.T("notice.push.turn_off"), part.Small, h.Aria("label", l.T("notice.push.turn_off_what", "Name", name))))
}
