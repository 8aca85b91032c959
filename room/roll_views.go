package room

import (
	"fmt"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// rollCard is the roll: in numbers, then name by name. What stands above the names
// has the same height whoever comes, so that no name moves away under a finger.
func (p screen) rollCard() g.Node {
	t := p.s.Tally()
	return part.Card(h.ID("room-roll"),
		part.CardHead(p.t("room.roll"), p.share(t)),
		h.Div(part.Big(fmt.Sprint(t.Here)), h.Span(h.Class("muted"), g.Text(p.t("room.roll.of", "Listed", t.Listed, "Entitled", t.Entitled)))),
		p.rollMeter(t),
		h.Small(h.Class("room-roll-words"), g.Text(p.rollWords(t))),
		p.enough(t),
		p.lastMark(),
		p.rollFinder(t),
		p.rollNames(),
	)
}

// enough says in one line, from the opening on, whether something can pass.
func (p screen) enough(t proceedings.Tally) g.Node {
	if q, asked := p.s.Quorum(); asked {
		return p.quorum(q)
	}
	switch {
	case p.s.Beside(): // what its own statutes ask for is not known here
		return nil
	case p.s.TooFew():
		return part.Note(part.Warn, g.Text(p.t("room.warn.too_few")))
	case p.s.Phase == proceedings.Waiting:
		return nil
	case t.Low():
		return part.Note(part.Warn, h.P(h.Class("room-enough"), g.Text(p.t("room.warn.low", "Entitled", t.Entitled, "Base", t.Base))))
	}
	return part.Note(part.OK, h.P(h.Class("room-enough"), g.Text(p.t("room.roll.enough", "Entitled", t.Entitled, "Base", t.Base))))
}

// quorum says whether a congress is valid with those who are in the room, and how many
// it lacks.
func (p screen) quorum(q proceedings.Quorum) g.Node {
	if q.Met() {
		return part.Note(part.OK, h.P(h.Class("room-enough"), g.Text(p.t("room.congress.met", "Here", q.Here, "Base", q.Base, "Needed", q.Needed))))
	}
	return part.Note(part.Warn, h.P(h.Class("room-enough"), g.Text(p.t("room.congress.lacks", "Here", q.Here, "Base", q.Base, "Needed", q.Needed, "Lacking", q.Needed-q.Here))))
}

// lastMark tells what was marked last on this account, and takes it back.
func (p screen) lastMark() g.Node {
	if !p.takes(proceedings.KindAttendance) {
		return nil
	}
	a, marked := lastMark(p.s.Roll, p.account)
	return h.Div(h.Class("room-last"), h.Role("status"),
		g.Iff(!marked, func() g.Node { return part.Muted(g.Text(p.t("room.roll.none_marked"))) }),
		g.Iff(marked, func() g.Node {
			return g.Group{
				part.Grow(g.Text(p.t("room.roll.last", "Name", a.Name, "Status", statusText(p.l, a.Status), "Time", a.At.HHMM()))),
				part.PostButton(p.path("/form/"+string(proceedings.KindCorrect))+p.roll.query(), p.t("room.roll.undo"), part.Small, part.IconUndo,
					press(), p.upTo(), part.HiddenValue("corrects", a.Act), part.HiddenValue("void", "true"), h.Aria("label", p.t("room.roll.undo")+": "+a.Name)),
			}
		}))
}

// rollFinder leads to a part of a long roll: by name, by letter, by group, those
// who are missing.
func (p screen) rollFinder(t proceedings.Tally) g.Node {
	if t.Listed <= fewOnRoll {
		return nil
	}
	link := func(v rollView, text string, current bool) g.Node {
		return h.A(part.Href(p.path(v.query())+"#room-roll"), g.If(current, h.Aria("current", "true")), g.Text(text))
	}
	groups := groupsOf(p.s.Roll)
	return h.Div(h.Class("room-finder"),
		part.SearchBox(p.l, p.path("")+"#room-roll", "q", p.roll.Words, p.t("room.roll.find"), h.ID("roll-find")),
		h.Nav(h.Class("room-picks"), h.Aria("label", p.t("room.roll.parts")),
			link(rollView{}, p.t("room.roll.all", "Listed", t.Listed), p.roll == rollView{From: p.roll.From}),
			link(rollView{Since: p.now}, p.t("room.roll.missing", "Number", t.Unmarked), p.roll.Since > 0),
			g.Map(groups, func(o groupTally) g.Node {
				return link(rollView{Group: o.Name}, p.t("room.roll.group", "Name", o.Name, "Here", o.Here, "Listed", o.Listed), p.roll.Group == o.Name)
			})),
		h.Nav(h.Class("room-picks letters"), h.Aria("label", p.t("room.roll.letters")),
			g.Map(lettersOf(p.s.Roll), func(l string) g.Node { return link(rollView{Letter: l}, l, p.roll.Letter == l) })),
	)
}

// rollNames is the part of the roll that is asked for, a page of it.
func (p screen) rollNames() g.Node {
	chosen := p.roll.choose(p.s.Roll)
	if len(p.s.Roll) > 0 && len(chosen) == 0 {
		return part.Muted(g.Text(p.t("room.roll.nobody")))
	}
	from, all := 0, len(chosen)
	if all > pageOfRoll {
		from = min(p.roll.From, all-1) / pageOfRoll * pageOfRoll
		chosen = chosen[from:min(from+pageOfRoll, all)]
	}
	return g.Group{
		h.Ul(h.Class("list room-roll"), g.Map(chosen, p.member)),
		part.Pager(p.l, from/pageOfRoll+1, (all+pageOfRoll-1)/pageOfRoll, func(page int) string {
			v := p.roll
			v.From = (page - 1) * pageOfRoll
			return p.path(v.query()) + "#room-roll"
		}),
	}
}

// member is one line of the roll: one press says present, what is rarer is behind
// a second. The place of the key is that of the mark.
func (p screen) member(a proceedings.Attendee) g.Node {
	return h.Li(h.ID("member-"+a.ID),
		part.Grow(
			h.B(g.Text(a.Name)),
			h.Small(g.Text(p.memberWords(a)))),
		g.If(!p.takes(proceedings.KindAttendance), p.mark(a)),
		g.Iff(p.takes(proceedings.KindAttendance), func() g.Node { return p.memberKeys(a) }),
	)
}

func (p screen) mark(a proceedings.Attendee) g.Node {
	return g.If(a.Status != proceedings.Unmarked, part.Tag(statusKind(a.Status), statusText(p.l, a.Status)))
}

// memberKeys is one form: the button pressed says the status.
func (p screen) memberKeys(a proceedings.Attendee) g.Node {
	f := with("m-"+a.ID, "member", a.ID, "reason", a.Excuse)
	w := writer{l: p.l, s: p.s, f: f}
	key := func(s proceedings.Status, text string, looks ...g.Node) g.Node {
		return part.Button(text, append(looks, part.Small, h.Name("status"), h.Value(string(s)), h.Aria("label", text+": "+a.Name))...)
	}
	return h.Form(h.Class("room-keys"), h.Method("post"), h.Action(p.path("/form/"+string(proceedings.KindAttendance))+p.roll.query()),
		press(), p.upTo(), f.Hidden("member"),
		h.Span(h.Class("room-mark"), p.mark(a), g.If(a.Status == proceedings.Unmarked, key(proceedings.Present, p.t("room.key.present")))),
		part.Details(p.t("room.key.more"), h.ID("keys-"+a.ID), h.Aria("label", p.t("room.key.more")+": "+a.Name),
			part.Beside(
				g.If(a.Status != proceedings.Unmarked && !a.Here(), key(proceedings.Present, p.t("room.key.present"), part.IconCheck)),
				key(proceedings.Late, p.t("room.key.late")), g.If(a.Here(), key(proceedings.Left, p.t("room.key.left"))), key(proceedings.Unexcused, p.t("room.key.unexcused")),
				g.If(a.Status != proceedings.Unmarked, key(proceedings.Unmarked, p.t("room.key.undo"), part.IconUndo))),
			f.Select("reason", p.t("room.field.reason_code"), w.reasons()),
			key(proceedings.Excused, p.t("room.key.excused"))),
	)
}
