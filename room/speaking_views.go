package room

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// speakingCard is the discussion: who speaks and for how long, who has asked to,
// and after the meeting the turns. An evening typed in from paper has none of it.
func (p screen) speakingCard() g.Node {
	if p.s.Phase == proceedings.Waiting || p.s.Opening.Paper || p.s.Phase == proceedings.Closed && len(p.s.Turns) == 0 {
		return nil
	}
	queue := p.s.Queue()
	return part.Card(h.ID("room-speaking"),
		part.CardHead(p.t("room.speaking"), g.If(len(queue) > 0, part.Tag(part.Info, p.t("room.speaking.waiting", "Number", len(queue))))),
		p.floor(),
		p.queue(queue),
		g.If(p.s.Phase == proceedings.Open, p.more(proceedings.KindSpeakAsk, "", p.t("room.speaking.add"), p.t("room.speaking.add_button"), with("speak-ask", "item", p.currentItem("")))),
		p.turns())
}

// floor is whoever speaks now, with one button that ends the turn.
func (p screen) floor() g.Node {
	t, ok := p.s.Floor()
	if !ok {
		return nil
	}
	return h.Div(h.ID("act-"+t.ID), h.Class("room-floor"),
		h.Small(g.Text(p.t("room.speaking.now"))),
		h.B(g.Text(p.s.Name(t.Speaker))),
		p.turnClock(t),
		g.If(p.takes(proceedings.KindSpeakEnd), p.key(proceedings.KindSpeakEnd, p.t("room.speaking.end"), "turn", t.ID, part.Primary, part.IconStop)),
		p.mend(t.Entry))
}

func (p screen) turnClock(t proceedings.Turn) g.Node {
	return part.Clock(p.l, t.Lasted(p.now), p.s.Setup.SpeakingMinutes, t.Ended.IsZero())
}

// floorLine says beside what is being written who speaks, and leads to the card.
func (p screen) floorLine() g.Node {
	t, ok := p.s.Floor()
	if !ok || p.s.Opening.Paper {
		return nil
	}
	return h.P(h.Class("room-floor-line"), g.Text(p.t("room.speaking.now")+" "), part.Link("#room-speaking", h.B(g.Text(p.s.Name(t.Speaker)))), g.Text(" "), p.turnClock(t))
}

func (p screen) queue(queue []proceedings.Request) g.Node {
	if p.s.Phase != proceedings.Open {
		return nil
	}
	if len(queue) == 0 {
		return part.Muted(g.Text(p.t("room.speaking.nobody")))
	}
	first, _ := p.s.Suggested()
	_, busy := p.s.Floor()
	return h.Ol(h.Class("list room-queue"), g.Map(queue, func(r proceedings.Request) g.Node { return p.request(r, r.Act == first.Act && !busy) }))
}

// request is one raised hand. The one that the page suggests stands out while nobody
// speaks; any other may be called.
func (p screen) request(r proceedings.Request, suggested bool) g.Node {
	return h.Li(h.ID("act-"+r.Act),
		part.Grow(h.B(g.Text(p.s.Name(r.Speaker))), h.Small(g.Text(strings.Join(p.requestWords(r), " · ")))),
		g.If(p.takes(proceedings.KindSpeakStart), g.Group{
			part.PostButton(p.path("/form/"+string(proceedings.KindSpeakStart)), p.t("room.speaking.call"), g.If(suggested, part.Primary), part.IconSpeech,
				h.Aria("label", p.t("room.speaking.call")+": "+p.s.Name(r.Speaker)),
				press(), p.upTo(), part.HiddenValue("speaker", r.Speaker), part.HiddenValue("item", p.currentItem(r.Item)), part.HiddenValue("request", r.Act)),
			p.key(proceedings.KindSpeakWithdraw, p.t("room.speaking.withdraw"), "request", r.Act, part.Small, part.Quiet, h.Aria("label", p.t("room.speaking.withdraw")+": "+p.s.Name(r.Speaker))),
		}))
}

func (p screen) requestWords(r proceedings.Request) []string {
	words := []string{p.t("room.speaking.first")}
	if n := p.s.Times(r.Speaker); n > 0 {
		words[0] = p.t("room.speaking.times", "Number", n)
	}
	words = append(words, p.t("room.speaking.asked", "Time", r.At.HHMM()))
	if r.Item != "" && r.Item != p.currentItem(r.Item) {
		words = append(words, p.t("room.speaking.item", "Number", p.number(r.Item)))
	}
	return words
}

// currentItem is the item that runs, or the one given where none does.
func (p screen) currentItem(otherwise string) string {
	if i, ok := p.s.Current(); ok {
		return i.ID
	}
	return otherwise
}

// turns are the turns that are over, the last one first.
func (p screen) turns() g.Node {
	var lines []g.Node
	for n := len(p.s.Turns) - 1; n >= 0; n-- {
		t := p.s.Turns[n]
		if t.Ended.IsZero() {
			continue
		}
		small := t.At.HHMM()
		if at := p.number(t.Item); at > 0 {
			small += " · " + p.t("room.speaking.item", "Number", at)
		}
		lines = append(lines, h.Li(h.ID("act-"+t.ID), part.Grow(h.B(g.Text(p.s.Name(t.Speaker))), h.Small(g.Text(small))), p.turnClock(t), p.mend(t.Entry)))
	}
	if len(lines) == 0 {
		return nil
	}
	return part.Details(p.t("room.speaking.turns", "Number", len(lines)), h.ID("turns"), part.List(lines...))
}

// silentCard is for the chair alone: it is drawn for whoever holds the meeting,
// never for those who read along, and says nothing about anybody's worth.
func (p screen) silentCard() g.Node {
	silent := p.s.Silent()
	if !p.holds() || p.s.Phase != proceedings.Open || len(silent) == 0 {
		return nil
	}
	v := p.s.Voices()
	quiet := p.earlier.Quiet(silent)
	return part.Card(h.ID("room-silent"),
		part.CardHead(p.t("room.silent"), part.Tag(part.Plain, p.t("room.silent.spoke", "Spoke", len(v.Spoke), "Came", v.Came))),
		part.Details(p.t("room.silent.show", "Number", len(silent)), h.ID("silent"), h.P(g.Text(listed(silent)))),
		g.If(p.earlier.Meetings > 0 && len(quiet) > 0,
			part.Details(p.t("room.silent.quarter", "Number", len(quiet), "Meetings", p.earlier.Meetings+1), h.ID("quiet"), h.P(g.Text(listed(quiet))))),
		h.Small(g.Text(p.t("room.silent.note"))))
}

func listed(people []proceedings.Attendee) string {
	list := make([]string, len(people))
	for n, a := range people {
		list[n] = a.Name
	}
	return strings.Join(list, ", ") + "."
}

// voices is the share of those who came that have spoken, with its arithmetic.
func (p screen) voices() g.Node {
	v := p.s.Voices()
	if v.Came == 0 {
		return nil
	}
	return h.P(h.ID("voices"), part.IconSpeech, g.Text(" "+v.Words()+"."))
}

func (w writer) speakAsk() g.Node {
	return g.Group{w.item(), w.pickOne("speaker", w.t("room.field.asker"), w.speakers()[1:])}
}

func (w writer) speakStart() g.Node {
	return g.Group{w.item(), w.f.Hidden("request"), w.one("speaker", w.t("room.field.speaker"), w.speakers(), part.Required)}
}

func (w writer) speakEnd() g.Node { return w.f.Hidden("turn") }

func (w writer) speakWithdraw() g.Node { return w.f.Hidden("request") }
