package screen

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/proceedings"
)

// announced is how many of those who wait to speak the hall is told by name.
const announced = 2

// floor says to the hall who speaks, for how long, and who is next.
func (v hallView) floor() g.Node {
	speaks, waits := v.p.Floor.ID != "", v.p.State.Queue()
	if !speaks && len(waits) == 0 {
		return nil
	}
	return h.Section(h.Class("wall-floor"),
		g.If(speaks, h.P(h.Class("wall-speaker"), g.Text(v.t("screen.speaks")+" "), h.B(g.Text(v.p.State.Name(v.p.Floor.Speaker))), g.Text(" "), turnClock(v.L, v.p))),
		g.If(len(waits) > 0, h.P(g.Text(v.t("screen.speaks.next")+" "+nextNames(v.L, v.p.State, waits)))))
}

// turnClock is the clock of whoever speaks.
func turnClock(l locale.L, p Picture) g.Node {
	return part.ClockSince(l, int64(p.Floor.At), p.State.Setup.SpeakingMinutes)
}

// nextNames are those who are called next, if they are called in the order in which
// they asked, and how many more there are.
func nextNames(l locale.L, s proceedings.State, waits []proceedings.Request) string {
	var names []string
	for _, r := range waits[:min(announced, len(waits))] {
		names = append(names, s.Name(r.Speaker))
	}
	text := strings.Join(names, ", ")
	if more := len(waits) - announced; more > 0 {
		text += " " + l.T("screen.speaks.more", "Number", more)
	}
	return text
}

// watched is what phones are told to read again for: what everybody sees, and who
// waits to speak, since each phone says its own place.
func (v phoneView) watched() g.Node {
	var waits g.Group
	for _, r := range v.p.State.Queue() {
		waits = append(waits, g.Text(r.Act))
	}
	return g.Group{v.common(), waits}
}

// floor says on a phone who speaks; whoever speaks is told so elsewhere.
func (v phoneView) floor() g.Node {
	if v.p.Floor.ID == "" || v.p.Floor.Speaker == v.member {
		return nil
	}
	return h.P(h.Class("phone-floor"), g.Text(v.t("screen.speaks")+" "), h.B(g.Text(v.p.State.Name(v.p.Floor.Speaker))), g.Text(" "), turnClock(v.L, v.p))
}

// speaking is the reader's own part in the discussion: one button to ask to speak,
// the place among those who wait, and word that the turn has come.
func (v phoneView) speaking() g.Node {
	s := v.p.State
	a, listed := find(s.Roll, v.member)
	if !listed || s.Phase != proceedings.Open || s.Opening.Paper {
		return nil
	}
	if v.p.Floor.ID != "" && v.p.Floor.Speaker == v.member {
		return part.Card(h.ID("speak"), part.OK,
			h.Div(h.Role("status"), part.CardHead(v.t("screen.speak.turn"))), h.Div(h.Class("phone-turn"), turnClock(v.L, v.p)))
	}
	waits := s.Queue()
	for n, r := range waits {
		if r.Speaker == v.member {
			return part.Card(h.ID("speak"), part.Info, h.Role("status"),
				part.CardHead(v.t("screen.speak.waiting", "Place", n+1, "Of", len(waits))),
				part.Muted(g.Text(v.t("screen.speak.order"))),
				part.PostButton(v.path("/withdraw"), v.t("screen.speak.withdraw"), part.Wide))
		}
	}
	if !a.Here() && a.Status != proceedings.Unmarked {
		return nil
	}
	words := v.t("screen.speak.nobody")
	if len(waits) > 0 {
		words = v.t("screen.speak.others", "Number", len(waits))
	}
	return part.Card(h.ID("speak"), part.Muted(g.Text(words)),
		part.PostButton(v.path("/ask"), v.t("screen.speak.ask"), part.Primary, part.Wide, part.IconSpeech))
}

func (v phoneView) path(rest string) string { return "/phones/" + v.p.State.Setup.Meeting + rest }

// find is the line of a member on the roll.
func find(roll []proceedings.Attendee, member string) (proceedings.Attendee, bool) {
	for _, a := range roll {
		if a.ID == member {
			return a, true
		}
	}
	return proceedings.Attendee{}, false
}
