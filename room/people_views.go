package room

import (
	"fmt"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
)

// people is the right column: who speaks, the roll in numbers, name by name, guests,
// and for the chair who has not spoken.
func (p screen) people() g.Node {
	return g.Group{p.speakingCard(), p.rollCard(), p.guestCard(), p.silentCard()}
}

func (p screen) rollCard() g.Node {
	t := p.s.Tally()
	return part.Card(h.ID("room-roll"),
		part.CardHead(p.t("room.roll"), p.share(t)),
		h.Div(part.Big(fmt.Sprint(t.Here)), h.Span(h.Class("muted"), g.Text(p.t("room.roll.of", "Listed", t.Listed, "Entitled", t.Entitled)))),
		p.rollMeter(t),
		h.Small(g.Text(p.rollWords(t))),
		p.warnings(t),
		h.Ul(h.Class("list room-roll"), g.Map(p.s.Roll, p.member)),
	)
}

// share is the share of those counted in attendance who came.
func (p screen) share(t Tally) g.Node {
	kind := part.OK
	if 10*t.CountedCame < 9*t.Counted {
		kind = part.Warn
	}
	return part.Tag(kind, p.t("room.roll.share", "Share", p.l.Percent(t.CountedCame, t.Counted)))
}

func (p screen) rollMeter(t Tally) g.Node {
	if t.Listed == 0 {
		return nil
	}
	of := func(n int) float64 { return float64(n) * 100 / float64(t.Listed) }
	return part.Meter(p.rollWords(t),
		part.Share{Kind: part.OK, Percent: of(t.Here)},
		part.Share{Kind: part.Info, Percent: of(t.Left)},
		part.Share{Kind: part.Warn, Percent: of(t.Excused)},
		part.Share{Kind: part.Bad, Percent: of(t.Unexcused)})
}

// rollWords says the roll in words, without what is nought.
func (p screen) rollWords(t Tally) string {
	probationary := 0
	for _, a := range p.s.Roll {
		if a.Here() && !a.Votes {
			probationary++
		}
	}
	var words []string
	for _, w := range []struct {
		n    int
		text string
	}{
		{t.Late, p.t("room.roll.late", "Number", t.Late)},
		{t.Left, p.t("room.roll.left", "Number", t.Left)},
		{t.Excused, p.t("room.roll.excused", "Number", t.Excused)},
		{t.Unexcused, p.t("room.roll.unexcused", "Number", t.Unexcused)},
		{t.Unmarked, p.t("room.roll.unmarked", "Number", t.Unmarked)},
		{probationary, p.t("room.roll.voteless", "Number", probationary)},
	} {
		if w.n > 0 {
			words = append(words, w.text)
		}
	}
	return strings.Join(append(words, p.t("room.roll.base", "Base", t.Base)), " · ")
}

func (p screen) warnings(t Tally) g.Node {
	return g.Group{
		g.If(t.TooFew(), part.Note(part.Warn, g.Text(p.t("room.warn.too_few")))),
		g.If(t.Low() && !t.TooFew() && p.s.Phase != Waiting, part.Note(part.Warn, g.Text(p.t("room.warn.low", "Entitled", t.Entitled, "Base", t.Base)))),
	}
}

// member is one line of the roll: one press says present, what is rarer is behind
// a second.
func (p screen) member(a Attendee) g.Node {
	return h.Li(h.ID("member-"+a.ID),
		part.Grow(
			h.B(g.Text(a.Name)),
			h.Small(g.Text(p.memberWords(a)))),
		g.If(a.Status != Unmarked, part.Tag(statusKind(a.Status), statusText(p.l, a.Status))),
		g.If(p.takes(KindAttendance), p.memberKeys(a)),
	)
}

func statusKind(s Status) part.Kind {
	switch s {
	case Present:
		return part.OK
	case Late, Left:
		return part.Info
	case Excused:
		return part.Warn
	case Unexcused:
		return part.Bad
	}
	return part.Plain
}

func (p screen) memberWords(a Attendee) string {
	var words []string
	if !a.Votes {
		words = append(words, p.t("room.roll.no_vote"))
	}
	if a.Status == Unmarked && a.Excuse != "" && p.may {
		words = append(words, p.t("room.roll.asked", "Reason", reasonText(p.l, a.Excuse)))
	}
	if a.Reason != "" && a.Status == Excused {
		words = append(words, reasonText(p.l, a.Reason))
	}
	if !p.s.Opening.Paper && !a.Arrived.IsZero() {
		words = append(words, p.t("room.roll.came_at", "Time", a.Arrived.HHMM()))
	}
	if !p.s.Opening.Paper && !a.LeftAt.IsZero() {
		words = append(words, p.t("room.roll.left_at", "Time", a.LeftAt.HHMM()))
	}
	return strings.Join(words, " · ")
}

// memberKeys is one form: the button pressed says the status.
func (p screen) memberKeys(a Attendee) g.Node {
	f := with("m-"+a.ID, "member", a.ID, "reason", a.Excuse)
	w := writer{l: p.l, s: p.s, f: f}
	key := func(s Status, text string, looks ...g.Node) g.Node {
		return part.Button(text, append(looks, part.Small, h.Name("status"), h.Value(string(s)), h.Aria("label", text+": "+a.Name))...)
	}
	return h.Form(h.Class("room-keys"), h.Method("post"), h.Action(p.path("/form/"+string(KindAttendance))),
		press(), f.Hidden("member"),
		g.If(!a.Here(), key(Present, p.t("room.key.present"), part.IconCheck)),
		part.Details(p.t("room.key.more"), h.ID("keys-"+a.ID), h.Aria("label", p.t("room.key.more")+": "+a.Name),
			part.Beside(
				key(Late, p.t("room.key.late")), g.If(a.Here(), key(Left, p.t("room.key.left"))), key(Unexcused, p.t("room.key.unexcused")),
				g.If(a.Status != Unmarked, key(Unmarked, p.t("room.key.undo"), part.IconUndo))),
			f.Select("reason", p.t("room.field.reason_code"), w.reasons()),
			key(Excused, p.t("room.key.excused"))),
	)
}

func (p screen) guestCard() g.Node {
	return part.Card(
		part.CardHead(p.t("room.guests")),
		g.If(len(p.s.Guests) == 0, part.Muted(g.Text(p.t("room.guests.none")))),
		part.List(g.Map(p.s.Guests, p.guest)),
		p.more(KindGuest, "", p.t("room.guests.add"), p.t("room.guests.add_button"), part.Form{ID: "guest-add"}),
	)
}

func (p screen) guest(v Guest) g.Node {
	return h.Li(h.ID("guest-"+v.ID),
		part.Grow(h.B(g.Text(v.Name)), h.Small(g.Text(strings.Trim(v.Office+", "+v.Organisation, ", ")))),
		g.If(v.Here, part.Tag(part.OK, p.t("room.guests.here"))),
		g.If(!v.Here && p.takes(KindGuest), p.key(KindGuest, p.t("room.key.present"), "guest", v.ID, part.Small, part.IconCheck)),
		p.mend(v.Entry))
}
