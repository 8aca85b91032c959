package account

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
)

// waitingCard lists the new codes that wait for a second person.
func waitingCard(l locale.L, all []asked) g.Node {
	if len(all) == 0 {
		return nil
	}
	return part.Card(part.Warn,
		part.CardHead(l.T("account.recovery.title")),
		part.Muted(g.Text(l.T("account.recovery.text"))),
		part.List(g.Map(all, func(r asked) g.Node {
			small := l.T("account.recovery.by", "Name", r.AskedName, "When", l.Moment(r.AskedAt))
			if r.Drops {
				small += " · " + l.T("account.recovery.drops_too")
			}
			button := g.Node(part.Tag(part.Plain, l.T("account.recovery.waits")))
			if r.May {
				ask := l.T("account.recovery.confirm_ask", "Name", r.FullName)
				if r.Drops {
					ask += " " + l.T("account.recovery.confirm_drops")
				}
				button = part.PostButton("/accounts/recoveries/"+r.ID+"/confirm", l.T("account.recovery.confirm"), part.Small, part.Primary,
					h.Aria("label", l.T("account.recovery.confirm")+": "+r.FullName),
					part.Confirm(l, ask, l.T("account.recovery.confirm")))
			}
			return part.TallEntry("", r.FullName, small, button)
		})))
}

func recoveryWarning(l locale.L, lately []Recovery) g.Node {
	return part.Card(part.Warn,
		part.CardHead(l.T("account.recovery.warning")),
		g.Map(lately, func(r Recovery) g.Node {
			text := l.T("account.recovery.by", "Name", r.AskedName, "When", l.Moment(r.AskedAt))
			if r.ConfirmedBy != "" {
				text += " · " + l.T("account.recovery.done")
			}
			return h.P(g.Text(text))
		}),
		part.Muted(g.Text(l.T("account.recovery.warning_text"))))
}
