package room

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// secondPerson says who stands by the count beside the one who entered it, and how
// that is known; while nobody has done so with a secret, it asks for one.
func (p screen) secondPerson(v proceedings.Vote) g.Node {
	c := v.Last()
	switch {
	case c.Confirmed.Given():
		return h.P(part.Mark(part.OK, p.t("room.confirm.mark")), g.Text(" "+p.t("room.confirm.given", "Name", p.s.Name(c.Confirmed.Member), "Time", c.Confirmed.At.HHMM())+" "), p.mend(c.Confirmed.Entry))
	case v.Method.Electronic() || !p.holds() || len(p.s.MayConfirm(v)) == 0:
		return p.named(c)
	case c.Seq == 0: // only this device knows of the count
		return g.Group{p.named(c), part.Muted(g.Text(p.t("room.confirm.waiting")))}
	}
	f := with("confirm-"+v.ID, "count", c.Act, "member", c.ConfirmedBy)
	if c.Sheet != nil {
		f.Values.Set("member", c.Sheet.Head)
	}
	return g.Group{p.named(c), part.Details(p.t("room.confirm.open"), h.ID("more-"+f.ID), p.confirmForm(v, f))}
}

// named is the second person of whom there is a name and nothing else.
func (p screen) named(c proceedings.Count) g.Node {
	if c.ConfirmedBy == "" {
		return nil
	}
	return h.P(g.Text(p.t("room.confirm.named", "Name", p.s.Name(c.ConfirmedBy))))
}

// confirmForm asks a second person for their own secret. It goes to the server at
// once: what a device writes down for later holds no secrets.
func (p screen) confirmForm(v proceedings.Vote, f part.Form) g.Node {
	people := []part.Option{{Text: p.t("room.field.choose")}}
	for _, a := range p.s.MayConfirm(v) {
		people = append(people, part.Option{Value: a.ID, Text: a.Name})
	}
	f.Values.Del("secret")
	return part.Post(p.path("/votes/"+v.ID+"/confirm"), h.Data("online", p.t("room.confirm.offline")), f.Summary(p.l),
		part.Muted(g.Text(p.t("room.confirm.how"))),
		f.Hidden("count"),
		f.Select("member", p.t("room.confirm.member"), people, part.Required),
		f.Password(p.l, "secret", p.t("room.confirm.secret"), "one-time-code"),
		part.Actions(part.Button(p.t("room.confirm.button"), part.IconKey)))
}

// confirmPage is where a second person tries again.
func (p screen) confirmPage(v proceedings.Vote, f part.Form) g.Node {
	return part.Card(h.H2(g.Text(v.Question)), g.If(!v.Race.Held(), p.voteFigures(v)), g.If(v.Race.Held(), p.ranks(v)), p.sheetLines(v.Last().Sheet),
		p.confirmForm(v, f), part.LinkButton(p.path("#act-"+v.ID), p.t("room.back"), part.Quiet))
}
