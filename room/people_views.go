package room

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// people is the right column: who speaks, the roll in numbers, name by name, guests,
// and for the chair who has not spoken.
func (p screen) people() g.Node {
	return g.Group{p.speakingCard(), p.rollCard(), p.doorCard(), p.guestCard(), p.silentCard()}
}

// share is the share of those counted in attendance who came.
func (p screen) share(t proceedings.Tally) g.Node {
	kind := part.OK
	if !p.s.WellAttended() {
		kind = part.Warn
	}
	return part.Tag(kind, p.t("room.roll.share", "Share", p.l.Percent(t.CountedCame, t.Counted)))
}

func (p screen) rollMeter(t proceedings.Tally) g.Node {
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
func (p screen) rollWords(t proceedings.Tally) string {
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

func statusKind(s proceedings.Status) part.Kind {
	switch s {
	case proceedings.Present:
		return part.OK
	case proceedings.Late, proceedings.Left:
		return part.Info
	case proceedings.Excused:
		return part.Warn
	case proceedings.Unexcused:
		return part.Bad
	}
	return part.Plain
}

func (p screen) memberWords(a proceedings.Attendee) string {
	var words []string
	if !a.Votes {
		words = append(words, p.t("room.roll.no_vote"))
	}
	if a.Status == proceedings.Unmarked && a.Excuse != "" && p.may {
		words = append(words, p.t("room.roll.asked", "Reason", reasonText(p.l, a.Excuse)))
	}
	if a.Reason != "" && a.Status == proceedings.Excused {
		words = append(words, reasonText(p.l, a.Reason))
	}
	if !p.s.Opening.Paper && !a.Arrived.IsZero() {
		words = append(words, p.t("room.roll.came_at", "Time", a.Arrived.HHMM()))
	}
	if !p.s.Opening.Paper && !a.LeftAt.IsZero() {
		words = append(words, p.t("room.roll.left_at", "Time", a.LeftAt.HHMM()))
	}
	return strings.Join(append(words, p.viaWords(a)...), " · ")
}

func (p screen) guestCard() g.Node {
	return part.Card(
		part.CardHead(p.t("room.guests")),
		g.If(len(p.s.Guests) == 0, part.Muted(g.Text(p.t("room.guests.none")))),
		part.List(g.Map(p.s.Guests, p.guest)),
		p.more(proceedings.KindGuest, "", p.t("room.guests.add"), p.t("room.guests.add_button"), part.Form{ID: "guest-add"}),
	)
}

func (p screen) guest(v proceedings.Guest) g.Node {
	return h.Li(h.ID("guest-"+v.ID),
		part.Grow(h.B(g.Text(v.Name)), h.Small(g.Text(strings.Trim(v.Office+", "+v.Organisation, ", ")))),
		g.If(v.Here, part.Tag(part.OK, p.t("room.guests.here"))),
		g.If(!v.Here && p.takes(proceedings.KindGuest), p.key(proceedings.KindGuest, p.t("room.key.present"), "guest", v.ID, part.Small, part.IconCheck)),
		p.mend(v.Entry))
}
