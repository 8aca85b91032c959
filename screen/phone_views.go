package screen

import (
	"fmt"
	"strconv"

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
	"chibo/task"
)

// phoneView is a meeting as one member follows it.
type phoneView struct {
	L      locale.L
	p      Picture
	member string
	now    when.Instant
	papers []meeting.Paper
	tasks  []task.Task
	panels []g.Node // of other features
}

func (v phoneView) t(key string, args ...any) string { return v.L.T(key, args...) }

func (v phoneView) page() g.Node {
	at := "/phones/" + v.p.State.Setup.Meeting
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("screen.css"))),
		lost(v.L, v.now),
		h.Div(h.ID("phone"), h.Data("live", at+"/live"), h.Data("page", at), h.Data("again", ""), h.Data("now", strconv.FormatInt(int64(v.now), 10)),
			h.Div(h.ID("picture"), v.whole())),
		h.Script(h.Src(assets.URL("screen.js")), h.Type("module")),
	}
}

// whole is what is fetched again.
func (v phoneView) whole() g.Node {
	return part.Stack(
		v.speaking(),
		g.Group(v.panels),
		v.standing(),
		v.common(),
		v.ownTasks(),
		v.readPapers(),
	)
}

// common is what everybody sees.
func (v phoneView) common() g.Node {
	return g.Group{v.running(), v.agenda(), v.draft(), g.Map(v.p.Polls, func(t ballot.Underway) g.Node { return h.Span(h.Data("poll", t.ID)) })}
}

// standing says how the reader stands on the roll.
func (v phoneView) standing() g.Node {
	a, listed := find(v.p.State.Roll, v.member)
	if !listed {
		return nil
	}
	kind := part.Warn
	if a.Here() {
		kind = part.OK
	}
	return part.Note(kind, g.If(!a.Came(), h.Data("waits", "")), g.Text(v.L.Of("screen.standing", string(a.Status))))
}

// running is the item that runs and the vote on it.
func (v phoneView) running() g.Node {
	switch v.p.Stage {
	case Waiting:
		return part.Card(part.CardHead(v.t("screen.waiting")), part.Muted(g.Text(v.t("screen.waiting.at", "Time", v.p.State.Setup.StartsAt.HHMM(), "Place", v.p.State.Setup.Place))))
	case Reading:
		return part.Card(part.CardHead(v.t("screen.reading")), part.Muted(g.Text(v.t("screen.reading.help"))))
	case Closed:
		return part.Card(part.CardHead(v.t("screen.closed")), part.Muted(g.Text(v.t("screen.closed.at", "Time", v.p.State.Closing.Ended.HHMM()))))
	case Voting, Decided:
		return g.Group{v.item(), v.vote()}
	}
	return v.item()
}

func (v phoneView) item() g.Node {
	if v.p.Item.ID == "" {
		return part.Card(part.CardHead(v.t("screen.between")))
	}
	return part.Card(part.Info, part.Muted(g.Text(v.t("screen.running"))), part.CardHead(v.p.Item.Title),
		v.floor(),
		g.If(v.p.Floor.ID == "" && v.p.Spoke != "", part.Muted(g.Text(v.t("screen.spoke")+" "+v.p.Spoke))))
}

func (v phoneView) vote() g.Node {
	q := v.p.Vote
	if q.ID == "" {
		return nil // the panel of the ballots leads there
	}
	hall := hallView{L: v.L, p: v.p}
	kind, words := part.Bad, v.t("screen.vote.raise")
	switch {
	case q.IsClosed() && q.Result.Passed:
		kind, words = part.OK, v.p.State.Words(q)
	case q.IsClosed():
		kind, words = part.Warn, v.p.State.Words(q)
	case v.p.Hidden():
		words = v.t("screen.vote.paper")
	}
	// The page keeps this card as it is while the vote runs: it is said aloud once.
	return part.Card(h.ID("vote"), h.Data("current", ""), g.If(!q.IsClosed(), h.Role("alert")), kind,
		part.CardHead(v.L.Of("screen.vote", hall.outcome())), h.P(h.B(g.Text(q.Question))), h.P(g.Text(words)))
}

func (v phoneView) agenda() g.Node {
	return part.Card(part.CardHead(v.t("screen.agenda")), part.List(g.Map(v.p.State.Items, func(i proceedings.Item) g.Node {
		small := ""
		if i.Minutes > 0 {
			small = v.t("screen.minutes", "Count", i.Minutes)
		}
		kind := map[proceedings.Progress]part.Kind{proceedings.Done: part.OK, proceedings.Running: part.Bad, proceedings.Skipped: part.Warn, proceedings.Ahead: part.Plain}[i.Progress]
		return part.Entry(i.Title, small, part.Tag(kind, v.L.Of("screen.progress", string(i.Progress))))
	})))
}

func (v phoneView) draft() g.Node {
	text := v.p.State.Resolution.Text
	if text == "" {
		return nil
	}
	return part.Card(part.CardHead(v.t("screen.draft")), part.Details(v.t("screen.draft.open"), h.ID("draft"), document.BodyHTML(document.Markdown(text))))
}

func (v phoneView) ownTasks() g.Node {
	if len(v.tasks) == 0 {
		return nil
	}
	return part.Card(part.CardHead(v.t("screen.tasks")), part.List(g.Map(v.tasks, func(t task.Task) g.Node {
		small := ""
		if !t.Due.IsZero() {
			small = v.t("screen.due", "Day", v.L.Day(t.Due))
		}
		return part.LinkEntry("/tasks/"+t.ID, t.Title, small)
	})))
}

func (v phoneView) readPapers() g.Node {
	if len(v.papers) == 0 {
		return nil
	}
	return part.Card(part.CardHead(v.t("screen.papers"), part.Tag(part.Plain, fmt.Sprint(len(v.papers)))), part.List(g.Map(v.papers, func(p meeting.Paper) g.Node {
		if p.File == "" {
			return part.Item(part.Grow(g.Text(p.Title)))
		}
		return part.LinkEntry("/files/"+p.File, p.Title, "")
	})))
}
