package room

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// agenda is the left column: the items with what has become of them.
func (p screen) agenda() g.Node {
	return part.Card(
		part.CardHead(p.t("room.agenda")),
		h.Ol(h.Class("list room-items"), g.Map(indexed(p.s.Items), p.agendaItem)),
		p.more(proceedings.KindItemAdd, "", p.t("room.item.add"), p.t("room.item.add_button"), part.Form{ID: "item-add"}),
	)
}

type numbered struct {
	n int
	proceedings.Item
}

func indexed(items []proceedings.Item) []numbered {
	list := make([]numbered, len(items))
	for n, i := range items {
		list[n] = numbered{n + 1, i}
	}
	return list
}

func (p screen) agendaItem(i numbered) g.Node {
	current := i.ID == p.focus
	return h.Li(h.ID("item-"+i.ID), g.If(current, h.Class("now")),
		p.progress(i),
		part.Grow(
			h.A(h.Href(p.path("?item="+i.ID)+"#room-work"), g.If(current, h.Aria("current", "true")), g.Text(i.Title)),
			h.Small(h.Class("num"), p.spent(i.Item)),
			g.If(i.Reason != "", h.Small(g.Text(i.Reason)))),
	)
}

func (p screen) progress(i numbered) g.Node {
	switch i.Progress {
	case proceedings.Running:
		return h.Span(h.Class("tag bad"), h.Span(h.Aria("hidden", "true"), g.Text("●")), part.Said(p.t("room.item.running")))
	case proceedings.Done:
		return part.Mark(part.OK, p.t("room.item.done"))
	case proceedings.Skipped:
		return part.Mark(part.Warn, p.t("room.item.skipped"))
	}
	return part.Tag(part.Plain, strconv.Itoa(i.n))
}

// spent is the clock of an item: the time taken and the time planned.
func (p screen) spent(i proceedings.Item) g.Node {
	if p.s.Opening.Paper || i.Progress == proceedings.Skipped {
		return nil
	}
	if i.Progress == proceedings.Ahead {
		return g.If(i.Minutes > 0, g.Text(p.t("room.item.planned", "Minutes", i.Minutes)))
	}
	return part.Clock(p.l, i.Spent(p.now), i.Minutes, i.Progress == proceedings.Running)
}

// itemKeys start the item in focus out of order, or leave it out.
func (p screen) itemKeys(i proceedings.Item) g.Node {
	if !p.takes(proceedings.KindItemStart) || i.ID == "" || i.Progress == proceedings.Running {
		return nil
	}
	start := p.key(proceedings.KindItemStart, p.startText(i), "item", i.ID, part.IconPlay)
	if i.Progress != proceedings.Ahead {
		return start
	}
	return g.Group{start, part.Details(p.t("room.item.skip"), h.ID("skip-item"),
		p.write(proceedings.KindItemSkip, i.ID, p.t("room.item.skip"), with("skip", "item", i.ID)))}
}

func (p screen) startText(i proceedings.Item) string {
	if i.Progress == proceedings.Ahead {
		return p.t("room.item.start")
	}
	return p.t("room.item.again")
}
