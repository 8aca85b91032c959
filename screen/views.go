package screen

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/ballot"
	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// hallView is what the projector throws on the wall. It has nothing of whoever has signed in,
// and one link, which shows while somebody moves the mouse.
type hallView struct {
	L    locale.L
	p    Picture
	now  when.Instant
	back bool // leads who holds the meeting back into the room
}

func (v hallView) t(key string, args ...any) string { return v.L.T(key, args...) }

// page is the frame, which stays, with the hall in it, which is replaced.
func (v hallView) page(id string, door g.Node) g.Node {
	at := "/screens/" + v.p.State.Setup.Meeting
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("screen.css"))),
		h.Main(h.ID("main"), h.Class("wall"), h.Data("live", at+"/live"), h.Data("page", at), h.Data("seen", id),
			h.Data("now", strconv.FormatInt(int64(v.now), 10)),
			h.Div(h.ID("picture"), v.hall()),
			h.Div(h.ID("door"), h.Class("wall-door"), door),
			g.If(v.back, h.A(h.Class("wall-back"), h.Href("/rooms/"+v.p.State.Setup.Meeting), g.Text("‹ "+v.t("screen.back")))),
			lost(v.L, v.now)),
		h.Script(h.Src(assets.URL("screen.js")), h.Type("module")),
	}
}

// lost is the line that stands on a page which has lost the server.
func lost(l locale.L, now when.Instant) g.Node {
	return h.P(h.ID("lost"), h.Class("lost"), h.Role("alert"), g.Attr("hidden"),
		h.Data("words", l.T("screen.lost", "Time", "{time}")), h.Data("time", now.HHMM()))
}

func (v hallView) hall() g.Node {
	s := v.p.State
	return h.Div(h.Class("hall "+string(v.p.Stage)), h.Data("stage", string(v.p.Stage)),
		h.Header(h.B(h.Class("wall-cell"), g.Text(s.Setup.Cell)), h.Span(g.Text(s.Setup.Title)), h.Span(h.Class("num wall-clock"), h.Data("clock", ""))),
		h.Div(h.Class("wall-body"), v.body()),
		v.floor(),
		v.foot())
}

func (v hallView) body() g.Node {
	s := v.p.State
	switch v.p.Stage {
	case Waiting:
		return words("", v.t("screen.waiting"), v.t("screen.waiting.at", "Time", s.Setup.StartsAt.HHMM(), "Place", s.Setup.Place))
	case Reading:
		return words(v.t("screen.reading.over"), v.t("screen.reading"), v.t("screen.reading.help"))
	case Closed:
		return words("", v.t("screen.closed"), v.t("screen.closed.at", "Time", s.Closing.Ended.HHMM()))
	case Voting, Decided:
		return g.Group{v.matter(), v.vote()}
	}
	return v.matter()
}

// words are the whole of what a stage has to say.
func words(over, title, under string) g.Node {
	return h.Div(h.Class("wall-words"), g.If(over != "", h.P(h.Class("wall-over"), g.Text(over))), h.H1(g.Text(title)), h.P(g.Text(under)))
}

// matter is the item that runs and the text that is being decided.
func (v hallView) matter() g.Node {
	i := v.p.Item
	if i.ID == "" {
		next := ""
		if n, ok := v.p.State.Next(); ok {
			next = v.t("screen.next", "Title", n.Title)
		}
		return words("", v.t("screen.between"), next)
	}
	position := 0
	for n, item := range v.p.State.Items {
		if item.ID == i.ID {
			position = n + 1
		}
	}
	return h.Div(h.Class("wall-matter"),
		h.P(h.Class("wall-over"), g.Text(v.t("screen.item", "Number", position, "Of", len(v.p.State.Items)))),
		h.H1(g.Text(i.Title)),
		v.text())
}

// text is set smaller the longer it is, so that the hall sees all of it.
func (v hallView) text() g.Node {
	text := v.p.Text()
	if text == "" {
		return nil
	}
	size := "short"
	switch n := utf8.RuneCountInString(text); {
	case n > 1400:
		size = "long"
	case n > 500:
		size = "middle"
	}
	return h.Div(h.Class("wall-text "+size), document.BodyHTML(document.Markdown(text)))
}

func (v hallView) vote() g.Node {
	if v.p.Vote.ID == "" {
		return h.Section(h.Class("wall-vote"), g.Map(v.p.Polls, v.poll))
	}
	q := v.p.Vote
	return h.Section(h.Class("wall-vote "+v.outcome()),
		h.P(h.Class("wall-over"), g.Text(v.L.Of("screen.vote", v.outcome()))),
		h.H2(g.Text(q.Question)),
		v.figures())
}

// outcome is a word for how far a vote is: running, passed, failed; of an election
// that is over elected or unfilled.
func (v hallView) outcome() string {
	switch {
	case !v.p.Vote.IsClosed():
		return "running"
	case v.p.Vote.Race.Held() && v.p.Vote.Result.Passed:
		return "elected"
	case v.p.Vote.Race.Held():
		return "unfilled"
	case v.p.Vote.Result.Passed:
		return "passed"
	}
	return "failed"
}

func (v hallView) figures() g.Node {
	q, t := v.p.Vote, v.p.State.Tally()
	switch {
	case v.p.Hidden():
		return h.P(g.Text(v.t("screen.vote.paper")))
	case !q.Counted():
		return h.P(g.Text(v.t("screen.vote.needs", "Rule", q.Rule.Words(), "Needed", q.Rule.Needed(t.Base), "Base", t.Base)))
	case q.Race.Held():
		return h.P(h.Class("wall-result"), g.Text(v.p.State.Words(q)))
	}
	r := q.Result
	of := func(n int) float64 { return 100 * float64(max(0, n)) / float64(max(1, r.Base)) }
	return g.Group{
		h.Div(h.Class("wall-figure num"), g.Text(strconv.Itoa(r.For))),
		h.P(g.Text(v.t("screen.vote.for", "Base", r.Base))),
		part.Meter(v.t("screen.vote.meter", "For", r.For, "Against", r.Against, "Other", r.Other),
			part.Share{Kind: part.OK, Percent: of(r.For)}, part.Share{Kind: part.Bad, Percent: of(r.Against)}, part.Share{Kind: part.Warn, Percent: of(r.Other)}),
		h.P(h.Class("num"), g.Text(v.t("screen.vote.rest", "Against", r.Against, "Other", r.Other))),
		g.If(q.IsClosed(), h.P(h.Class("wall-result"), g.Text(v.p.State.Words(q)))),
		g.If(!q.IsClosed(), h.P(g.Text(v.t("screen.vote.needs", "Rule", r.Rule.Words(), "Needed", r.Needed, "Base", r.Base)))),
	}
}

// poll shows how many have voted, and nothing else.
func (v hallView) poll(t ballot.Underway) g.Node {
	return g.Group{
		h.P(h.Class("wall-over"), g.Text(v.t("screen.poll"))),
		h.H2(g.Text(t.Question)),
		h.Div(h.Class("wall-figure num"), g.Text(fmt.Sprintf("%d/%d", t.Cast, t.Of))),
		h.P(g.Text(v.t("screen.poll.voted"))),
	}
}

func (v hallView) foot() g.Node {
	t, i := v.p.State.Tally(), v.p.Item
	return h.Footer(
		h.Span(g.Text(v.t("screen.present")+" "), h.B(h.Class("num"), g.Text(fmt.Sprintf("%d/%d", t.Here, t.Listed)))),
		g.If(v.p.Floor.ID == "" && v.p.Spoke != "", h.Span(g.Text(v.t("screen.spoke")+" "), h.B(g.Text(v.p.Spoke)))),
		g.If(i.ID != "", v.spent(i)))
}

// spent is the clock of the item that runs. What stands in the page is the moment at
// which it would have begun without interruption, so that the page stays the same
// while nothing happens.
func (v hallView) spent(i proceedings.Item) g.Node {
	begun := v.now.Add(-i.Spent(v.now))
	return part.ClockSince(v.L, int64(begun), i.Minutes)
}

// panel leads to the phone and the projector.
func panel(l locale.L, m meeting.Meeting, phone, projector bool) g.Node {
	return part.Card(part.Info, part.CardHead(l.T("screen.panel"), part.Tag(part.Bad, l.T("screen.panel.now"))),
		part.Actions(
			g.If(phone, part.LinkButton("/phones/"+m.ID, l.T("screen.follow"), part.Primary, part.IconPhone)),
			g.If(projector, part.LinkButton("/screens/"+m.ID, l.T("screen.projector"), part.IconScreen, h.Target("_blank")))))
}
