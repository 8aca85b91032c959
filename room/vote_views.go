package room

import (
	"fmt"
	"slices"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// votesCard holds the questions put to the meeting, the open ones first.
func (p screen) votesCard() g.Node {
	if len(p.s.Votes) == 0 && !p.takes(proceedings.KindVoteOpen) {
		return nil
	}
	votes := slices.Clone(p.s.Votes)
	slices.SortStableFunc(votes, func(a, b proceedings.Vote) int {
		if a.IsClosed() == b.IsClosed() {
			return 0
		}
		if b.IsClosed() {
			return -1
		}
		return 1
	})
	return part.Card(h.ID("room-votes"),
		part.CardHead(p.t("room.votes"), part.Tag(part.Plain, strconv.Itoa(len(votes)))),
		g.Map(votes, p.vote),
		g.If(p.takes(proceedings.KindVoteOpen) && p.s.Tally().Entitled == 0, part.Note(part.Warn, part.Link(p.path("#room-people"), g.Text(p.t("room.vote.nobody"))))),
		p.usual(),
		p.more(proceedings.KindVoteOpen, p.focus, p.t("room.vote.add"), p.t("room.vote.open"), with("vote-add", "item", p.focus, "method", "")))
}

// usual are the questions of nearly every meeting, each one press away until it was
// put. Their words go into the minutes and are Vietnamese whoever presses.
func (p screen) usual() g.Node {
	if !p.takes(proceedings.KindVoteOpen) {
		return nil
	}
	var keys g.Group
	for _, q := range []struct {
		matter   proceedings.Matter
		question string
		wanted   bool
	}{
		{proceedings.MatterProgramme, "Thông qua chương trình " + p.s.Gathering(), true},
		{proceedings.MatterResolution, "Thông qua dự thảo nghị quyết", p.s.Resolution.Text != ""},
	} {
		put := slices.ContainsFunc(p.s.Votes, func(v proceedings.Vote) bool { return v.Rule.Matter == q.matter })
		if _, ok := p.s.Rule(q.matter); ok && q.wanted && !put {
			keys = append(keys, p.key(proceedings.KindVoteOpen, q.question, "question", q.question, part.HiddenValue("matter", string(q.matter)), part.HiddenValue("item", p.focus)))
		}
	}
	return part.Beside(keys...)
}

func (p screen) vote(v proceedings.Vote) g.Node {
	return h.Article(h.ID("act-"+v.ID), h.Class("room-vote"),
		h.Header(h.H3(g.Text(v.Question)),
			part.Beside(part.Tag(part.Info, methodText(p.l, v.Method)), p.verdictTag(v), p.mend(v.Entry))),
		g.If(!v.Race.Held() || !v.Counted(), p.voteFigures(v)),
		g.If(v.Race.Held() && v.Counted(), p.ranks(v)),
		p.sheetLines(v.Last().Sheet),
		p.voteWords(v),
		g.If(!v.IsClosed() && p.takes(proceedings.KindVoteCount), p.voteForms(v)))
}

func (p screen) verdictTag(v proceedings.Vote) g.Node {
	switch {
	case !v.IsClosed():
		return part.Tag(part.Bad, p.t("room.vote.running"))
	case v.Race.Held() && v.Result.Passed:
		return part.Tag(part.OK, p.t("room.election.filled"))
	case v.Race.Held():
		return part.Tag(part.Warn, p.t("room.election.unfilled"))
	case v.Result.Passed:
		return part.Tag(part.OK, p.t("room.vote.passed"))
	}
	return part.Tag(part.Warn, p.t("room.vote.failed"))
}

func (p screen) voteFigures(v proceedings.Vote) g.Node {
	if !v.Counted() {
		t := p.s.Tally()
		return part.Muted(g.Text(p.t("room.vote.needs", "Needed", v.Rule.Needed(t.Base), "Base", t.Base, "Rule", v.Rule.Words(), "Entitled", t.Entitled)))
	}
	r := v.Result
	of := func(n int) float64 {
		if r.Base == 0 {
			return 0
		}
		return float64(max(0, n)) * 100 / float64(r.Base)
	}
	figure := func(n int, name string) g.Node { return h.Div(part.Big(strconv.Itoa(n)), h.Small(g.Text(name))) }
	return g.Group{
		h.Div(h.Class("room-figures"),
			figure(r.For, p.t("room.vote.for")), figure(r.Against, p.t("room.vote.against")), figure(r.Other, p.t("room.vote.others")),
			h.Div(h.Class("room-needed"), h.B(h.Class("num"), g.Text(fmt.Sprintf("%d/%d", r.For+r.Against+max(0, r.Other), r.Entitled))),
				h.Small(g.Text(p.t("room.vote.threshold", "Rule", r.Rule.Words(), "Base", r.Base, "Needed", r.Needed))))),
		part.Meter(p.t("room.vote.meter", "For", r.For, "Against", r.Against, "Other", r.Other),
			part.Share{Kind: part.OK, Percent: of(r.For)}, part.Share{Kind: part.Bad, Percent: of(r.Against)}, part.Share{Kind: part.Warn, Percent: of(r.Other)}),
		g.If(!v.Possible(), part.Note(part.Bad, g.Text(p.t("room.vote.impossible")))),
	}
}

// voteWords are the words of the minutes, with the names where the meeting wanted
// names and what the rule rests on.
func (p screen) voteWords(v proceedings.Vote) g.Node {
	if !v.Counted() {
		return nil
	}
	c := v.Last()
	return g.Group{
		p.minuted(v),
		p.countPapers(v),
		g.If(len(c.AgainstNames) > 0, h.P(g.Text(p.t("room.vote.against_names", "Names", p.names(c.AgainstNames))))),
		g.If(len(c.OtherNames) > 0, h.P(g.Text(p.t("room.vote.other_names", "Names", p.names(c.OtherNames))))),
		p.secondPerson(v),
		h.P(h.Small(g.Text(p.t("room.vote.source", "Source", v.Rule.Source)+" "), p.mend(c.Entry))),
	}
}

// minuted are the words of a closed vote as the minutes have them. Those of an
// election only say again what its table shows.
func (p screen) minuted(v proceedings.Vote) g.Node {
	if !v.IsClosed() {
		return nil
	}
	words := h.P(g.Text(p.s.Words(v)))
	if v.Race.Held() {
		return part.Details(p.t("room.vote.words"), h.ID("more-words-"+v.ID), words)
	}
	return words
}

func (p screen) voteForms(v proceedings.Vote) g.Node {
	if v.Method.Electronic() {
		return p.voteByPhone(v)
	}
	if v.Method == proceedings.Ballot {
		return p.byPaper(v)
	}
	f := with("count-"+v.ID, "vote", v.ID)
	closing := p.key(proceedings.KindVoteClose, p.t("room.vote.close"), "vote", v.ID, part.Primary, part.IconCheck)
	if !v.Counted() {
		return p.write(proceedings.KindVoteCount, v.ID, p.t("room.vote.count"), f)
	}
	return g.Group{
		g.If(v.Possible() && !p.s.Disputed(v.ID), closing),
		g.If(p.s.Disputed(v.ID), part.Note(part.Bad, part.Link(p.path("#room-conflicts"), g.Text(p.t("room.vote.disputed"))))),
		part.Details(p.t("room.vote.recount"), h.ID("more-"+f.ID), p.write(proceedings.KindVoteCount, v.ID, p.t("room.vote.count"), f)),
	}
}

// voteByPhone says how many have voted and ends the vote. What they chose is told
// to nobody before that.
func (p screen) voteByPhone(v proceedings.Vote) g.Node {
	if v.Seq == 0 { // only this device knows of it: nobody can vote yet
		return part.Note(part.Warn, g.Text(p.t("room.vote.phone.waiting")))
	}
	return g.Group{
		p.turnout(v, p.t("room.vote.turnout.unknown")),
		part.Muted(g.Text(p.t("room.vote.phone.how"))),
		part.Beside(
			part.LinkButton("/ballots/"+v.ID, p.t("room.vote.phone.own"), part.IconPhone),
			p.key(proceedings.KindVoteClose, p.t("room.vote.phone.close"), "vote", v.ID, part.Primary, part.IconCheck)),
	}
}

// turnout is asked for again when the stream of the room has news, and now and then
// where there is no stream.
func (p screen) turnout(v proceedings.Vote, words string) g.Node {
	id := "turnout-" + v.ID
	return h.P(h.ID(id), h.Class("room-turnout"), g.Attr("hx-morph-skip"), h.Aria("live", "polite"),
		part.Swap(p.path("/turnout/"+v.ID), "#"+id), part.On("load, room-news from:body, every 15s"), part.SwapOuter(), g.Text(words))
}

// closingCard lists what is missing and closes the meeting.
func (p screen) closingCard() g.Node {
	if p.s.Phase == proceedings.Closed {
		return p.closedCard()
	}
	if !p.holds() {
		return nil
	}
	gaps := p.s.Missing()
	_, blocked := p.s.Blocked()
	w := writer{l: p.l, s: p.s, f: part.Form{ID: "close"}}
	return part.Card(h.ID("room-close"),
		part.CardHead(p.t("room.close.title")),
		p.voices(),
		p.gaps(gaps),
		g.If(!blocked, g.Group{
			part.Muted(g.Text(p.t(p.closeKey()))),
			p.form(proceedings.KindClose, "", part.Confirm(p.l, p.t("room.close.confirm"), p.t("room.close.button")), w.fields(proceedings.KindClose),
				part.Actions(part.Button(p.t("room.close.button"), part.Danger, part.IconStop))),
		}))
}

func (p screen) gaps(gaps []proceedings.Gap) g.Node {
	if len(gaps) == 0 {
		return part.Note(part.OK, g.Text(p.t("room.gap.nothing")))
	}
	var blocking, open []g.Node
	for _, gap := range gaps {
		if gap.Blocks {
			blocking = append(blocking, p.gap(gap, part.Bad, p.t("room.gap.blocks")))
		} else {
			open = append(open, p.gap(gap, part.Warn, p.t("room.gap.open")))
		}
	}
	return g.Group{
		g.If(len(blocking) > 0, part.List(blocking...)),
		g.If(len(open) > 0, part.Details(p.t("room.gap.left", "Number", len(open)), h.ID("gaps"), part.List(open...))),
	}
}

// gap is one line of what is missing, which leads to where it is mended.
func (p screen) gap(gap proceedings.Gap, kind part.Kind, said string) g.Node {
	return part.Item(part.Mark(kind, said), part.Grow(part.Link(p.gapURL(gap), g.Text(gapText(p.l, gap)))))
}

// closeKey is the text that says what follows from the closing.
func (p screen) closeKey() string {
	if p.s.Beside() {
		return "room.close.text_beside"
	}
	return "room.close.text"
}

// gapURL leads to where a gap is mended.
func (p screen) gapURL(gap proceedings.Gap) string {
	switch gap.Kind {
	case "opinion":
		o, _ := p.s.Opinion(gap.Ref)
		return p.path("?item=" + o.Item + "#act-" + gap.Ref)
	case "vote", "sum":
		return "#act-" + gap.Ref
	case "disputed", "conflict":
		return p.path("#room-conflicts")
	case "item":
		return "#item-" + gap.Ref
	case "absent":
		return "#member-" + gap.Ref
	case "carried":
		return "#carried-" + gap.Ref
	case "task":
		return "#task-" + gap.Ref
	case "readback":
		return "/meetings/" + p.s.Setup.Meeting + "/minutes"
	}
	return "#room-roll"
}

func (p screen) closedCard() g.Node {
	c := p.s.Closing
	return part.Card(h.ID("room-close"), part.OK,
		part.CardHead(p.t("room.closed.title")),
		h.P(g.Text(p.t("room.closed.text", "Began", p.l.Clock(p.s.Opening.Began), "Ended", p.l.Clock(c.Ended), "Minutes", minutes(p.s.Lasted(p.now)))), g.Text(" "), p.mend(c.Entry)),
		p.voices(),
		p.gaps(p.s.Missing()),
		part.LinkButton("/meetings/"+p.s.Setup.Meeting+"/minutes", p.t("room.closed.minutes"), part.Primary, part.IconPaper))
}
