package briefing

import (
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web/part"
	"chibo/meeting"
	"chibo/organization"
)

// wheelView is the wheel of a cell.
type wheelView struct {
	L        locale.L
	Cell     organization.Organization
	Sessions []Session
	Places   []Place
	Ahead    []turn
	Excuses  []Excuse
	Names    map[string]string
	Arranges bool
	Reader   string
	Form     part.Form // of an excuse
}

func (v wheelView) body() g.Node {
	rule := part.Note(part.Plain, h.B(g.Text(v.L.T("briefing.rule.title"))), g.Text(" "+v.L.T("briefing.rule.text")))
	return part.Stack(part.Cols(part.Stack(v.ahead(), rule), part.Stack(v.links(), v.excuses())), v.order())
}

func (v wheelView) links() g.Node {
	return part.Card(part.CardHead(v.L.T("briefing.links")), part.Actions(
		part.LinkButton("/briefings/mine?cell="+v.Cell.ID, v.L.T("briefing.mine.title"), part.IconEdit),
		part.LinkButton("/briefings/past?cell="+v.Cell.ID, v.L.T("briefing.past.title"), part.IconSearch)))
}

// ahead lists the turns to come.
func (v wheelView) ahead() g.Node {
	l := v.L
	lines := make([]g.Node, len(v.Ahead))
	for i, t := range v.Ahead {
		name, small := v.Names[t.Who], l.Day(t.Day)
		if name == "" {
			name = l.T("briefing.nobody")
		}
		if other := v.Names[t.For()]; t.Meeting != "" && other != "" {
			small += " · " + l.T("briefing.for", "Name", other)
		}
		title := g.Node(h.B(g.Text(name)))
		if t.Meeting != "" && (v.Arranges || t.Who == v.Reader && v.Reader != "") {
			title = part.Link(t.Path(), h.B(g.Text(name)))
		}
		lines[i] = part.Item(part.Avatar(name), part.Grow(title, h.Small(g.Text(small))), v.tag(t, i))
	}
	return part.Card(part.CardHead(l.T("briefing.ahead")), part.List(lines...))
}

func (v wheelView) tag(t turn, n int) g.Node {
	switch {
	case t.Meeting != "" && t.Prepared():
		return part.Tag(part.OK, v.L.T("briefing.tag.prepared"))
	case n == 0:
		return part.Tag(part.Warn, v.L.T("briefing.tag.next"))
	case t.Meeting == "":
		return part.Tag(part.Plain, v.L.T("briefing.tag.expected"))
	}
	return part.Tag(part.Info, v.L.T("briefing.tag.named"))
}

// order shows the whole wheel: when everybody last told, and why somebody is passed
// over. Of the names that stand under each other none is better: there is no count.
func (v wheelView) order() g.Node {
	l := v.L
	rows := make([]part.Row, len(v.Places))
	for i, p := range v.Places {
		last := g.Node(g.Text(p.Last.Slashed()))
		if p.Last.IsZero() {
			last = g.Group{g.Text(l.T("briefing.never")), h.Small(g.Text(" " + l.T("briefing.joined", "Day", p.Joined.Slashed())))}
		}
		rows[i] = part.Row{g.Group{h.B(g.Text(v.Names[p.Member])), v.owes(p.Member)}, last, v.skip(p.Turner)}
	}
	return part.Card(part.CardHead(l.T("briefing.order")), part.Muted(g.Text(l.T("briefing.order_help"))),
		part.Table(l.T("briefing.order"), part.Heads(l.T("briefing.who"), l.T("briefing.when"), l.T("briefing.skip")), rows...))
}

// owes says whose turn was taken by another and has not been made up since.
func (v wheelView) owes(member string) g.Node {
	for _, s := range slices.Backward(v.Sessions) {
		switch {
		case s.Member() == member:
			return nil
		case s.over() && s.For() == member:
			return h.Small(g.Text(v.L.T("briefing.owes", "Name", v.Names[s.Member()], "Month", s.Month.Slashed())))
		}
	}
	return nil
}

func (v wheelView) skip(t Turner) g.Node {
	if t.Skip == "" {
		return nil
	}
	text := v.L.Of("briefing.skip", string(t.Skip))
	if !t.Until.IsZero() {
		text = v.L.T("briefing.until", "Day", t.Until.Slashed())
	}
	return part.Tag(part.Plain, text)
}

// excuses lists who is not called for a time. The reason is for the committee of the
// cell and the member.
func (v wheelView) excuses() g.Node {
	l := v.L
	var lines g.Group
	for _, e := range v.Excuses {
		if v.Arranges || e.Member == v.Reader {
			lines = append(lines, excuseEntry(l, e, v.Names[e.Member], ""))
		}
	}
	options := []part.Option{{Text: l.T("briefing.choose")}}
	for _, p := range v.Places {
		options = append(options, part.Option{Value: p.Member, Text: v.Names[p.Member]})
	}
	return g.If(v.Arranges, part.Card(h.ID("excuses"), part.CardHead(l.T("briefing.excuse.title")), part.Muted(g.Text(l.T("briefing.excuse.help"))),
		g.If(len(lines) > 0, part.List(lines...)),
		part.Details(l.T("briefing.excuse.add"), g.If(v.Form.Wrong(), g.Attr("open")),
			excuseForms(l, v.Form, v.Cell.ID, "", v.Form.Select("member", l.T("briefing.who"), options)))))
}

func excuseEntry(l locale.L, e Excuse, name, back string) g.Node {
	end := part.PostButton("/briefings/excuses/"+e.ID+"/end", l.T("briefing.excuse.end"), part.Small,
		part.HiddenValue("cell", e.Organization), part.HiddenValue("back", back), h.Aria("label", l.T("briefing.excuse.end")+": "+name))
	return part.Entry(name, l.T("briefing.until", "Day", e.Until.Slashed())+" · "+e.Reason, end)
}

func excuseForms(l locale.L, f part.Form, cell, back string, who g.Node) g.Node {
	return part.Post("/briefings/excuses", f.Summary(l), part.HiddenValue("cell", cell), part.HiddenValue("back", back),
		who,
		f.Date("until", l.T("briefing.excuse.until"), part.Required),
		f.Input("reason", l.T("briefing.excuse.reason"), part.Required, part.Help(l.T("briefing.excuse.reason_help"))),
		part.Actions(part.Button(l.T("briefing.excuse.send"))))
}

// pastView lists what was told.
type pastView struct {
	L     locale.L
	Cell  organization.Organization
	Asked string
	Found []Session
	Names map[string]string
}

func (v pastView) body() g.Node {
	l := v.L
	f := part.Form{Values: map[string][]string{"q": {v.Asked}, "cell": {v.Cell.ID}}}
	ask := part.Card(part.Ask("/briefings/past", f.Hidden("cell"), f.Input("q", l.T("briefing.past.ask"), h.Type("search"), part.Help(l.T("briefing.past.ask_help"))),
		part.Actions(part.Button(l.T("briefing.past.search"), part.IconSearch))))
	if len(v.Found) == 0 {
		text := l.T("briefing.past.none_text")
		if v.Asked != "" {
			text = l.T("briefing.past.not_found", "Words", v.Asked)
		}
		return part.Stack(ask, part.Card(part.Empty(l.T("briefing.past.none"), text)))
	}
	lines := make([]g.Node, len(v.Found))
	for i, s := range v.Found {
		lines[i] = part.LinkEntry(s.Path(), s.Title, text.Joined(v.Names[s.Member()], l.Day(s.StartsAt.Date())))
	}
	return part.Stack(ask, part.Card(part.CardHead(l.T("briefing.past.count", "Count", len(v.Found))), part.List(lines...)))
}

// mineView is the reader's own turns.
type mineView struct {
	L       locale.L
	Cell    organization.Organization
	Coming  []Session
	Told    []Session
	Excuses []Excuse
	Form    part.Form
}

func (v mineView) body() g.Node {
	l := v.L
	var cards g.Group
	for _, s := range v.Coming {
		cards = append(cards, homeCard(l, s))
	}
	if len(cards) == 0 {
		cards = append(cards, part.Card(part.Empty(l.T("briefing.mine.none"), l.T("briefing.mine.none_text"),
			part.LinkButton("/briefings?cell="+v.Cell.ID, l.T("briefing.wheel.title")))))
	}
	return part.Cols(part.Stack(cards, v.told()), v.excuses())
}

// told shows what was said to the own turns: how one learns.
func (v mineView) told() g.Node {
	l := v.L
	if len(v.Told) == 0 {
		return nil
	}
	lines := make([]g.Node, len(v.Told))
	for i, s := range v.Told {
		remark := s.Remark
		if remark == "" {
			remark = l.T("briefing.mine.no_remark")
		}
		lines[i] = part.LinkEntry(s.Path(), s.Title, remark)
	}
	return part.Card(part.CardHead(l.T("briefing.mine.told")), part.Muted(g.Text(l.T("briefing.mine.told_help"))), part.List(lines...))
}

func (v mineView) excuses() g.Node {
	l := v.L
	var lines g.Group
	for _, e := range v.Excuses {
		lines = append(lines, excuseEntry(l, e, l.T("briefing.excuse.own"), "mine"))
	}
	return part.Card(h.ID("excuses"), part.CardHead(l.T("briefing.excuse.mine")), part.Muted(g.Text(l.T("briefing.excuse.mine_help"))),
		g.If(len(lines) > 0, part.List(lines...)),
		g.If(len(lines) == 0, part.Details(l.T("briefing.excuse.ask"), g.If(v.Form.Wrong(), g.Attr("open")), excuseForms(l, v.Form, v.Cell.ID, "mine", nil))))
}

// homeCard tells a member that the turn is theirs.
func homeCard(l locale.L, s Session) g.Node {
	tag, button := part.Tag(part.Warn, l.T("briefing.tag.empty")), l.T("briefing.write")
	if s.Prepared() {
		tag, button = part.Tag(part.OK, l.T("briefing.tag.prepared")), l.T("briefing.write_on")
	}
	return part.Card(part.Warn, part.CardHead(l.T("briefing.turn.yours"), tag),
		h.P(g.Text(l.T("briefing.turn.when", "Meeting", s.Title, "When", l.Moment(s.StartsAt)))),
		part.Muted(g.Text(l.T("briefing.turn.help"))),
		part.LinkButton(s.Path()+"/edit", button, part.Primary, part.IconEdit))
}

// closedTo reports whether a briefing can no longer be written.
func (v sessionView) closedTo() bool { return v.State == meeting.Sealed }
