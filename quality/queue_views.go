package quality

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
	"chibo/rubric"
)

// queueView is what waits for the committee above: what has to be looked at, then what may be
// confirmed together.
type queueView struct {
	L               locale.L
	Count           int // of all that wait, also of those not shown
	Doubtful, Clear []Waiting
}

func (v queueView) t(key string, args ...any) string { return v.L.T("quality.queue."+key, args...) }

func (v queueView) body() g.Node {
	if v.Count == 0 {
		return part.Stack(part.Card(part.Empty(v.t("empty"), v.t("empty_help"), part.LinkButton("/scores/month", v.L.T("quality.rolled"), part.IconPaper))))
	}
	var doubtful g.Group
	for _, w := range v.Doubtful {
		doubtful = append(doubtful, v.doubtful(w))
	}
	shown := len(v.Doubtful) + len(v.Clear)
	return part.Stack(
		part.Beside(part.LinkButton("/scores/month", v.L.T("quality.rolled"), part.IconPaper), part.LinkButton("/quality", v.L.T("quality.board"), part.IconChart)),
		g.If(shown < v.Count, part.Note(part.Info, g.Text(v.t("more", "Shown", shown, "Count", v.Count)))),
		doubtful, v.clear())
}

// head names a waiting score and its number.
func (v queueView) head(w Waiting) g.Node {
	l := v.L
	return part.DescriptionList(
		part.Is(l.T("quality.col.meeting"), part.Link(w.path(), g.Text(w.Title)), h.Small(g.Text(" "+w.Day().Slashed()))),
		part.Is(l.T("quality.hand.cell"), h.B(g.Text(l.T("quality.total", "Points", w.Own.Points.Text(l), "Of", w.Of.Text(l)))), g.Text(" "), rubric.LevelTag(l, w.Own.Level)),
		part.Is(l.T("quality.hand.members"), g.Text(l.T("quality.ballot", "For", w.Ballot.For, "Entitled", w.Ballot.Entitled, "Against", w.Ballot.Against, "Other", w.Ballot.Other()))),
	)
}

func (w Waiting) path() string { return "/meetings/" + w.Meeting + "/quality" }

// doubtful is the card of a score that has to be looked at by itself.
func (v queueView) doubtful(w Waiting) g.Node {
	tag := part.Tag(part.Warn, v.t("doubts", "Count", len(w.Doubts)))
	if len(w.Doubts) == 0 {
		tag = part.Tag(part.Plain, v.t("alone"))
	}
	work := g.Node(part.LinkButton(w.path(), v.t("look"), part.Wide))
	switch {
	case !w.Mine:
		work = part.Muted(g.Text(v.t("not_yours")))
	case !w.Rubric.Unpointed && len(w.Doubts) > 0:
		work = v.adjust(w)
	}
	return part.Card(part.Warn, part.CardHead(w.Cell.Name+" · "+v.L.Month(w.Month), tag), v.head(w),
		g.If(len(w.Doubts) > 0, v.lines(w, w.doubted())), v.others(w), work)
}

// doubted returns the lines that are in doubt.
func (w Waiting) doubted() []rubric.Line {
	out := make([]rubric.Line, len(w.Doubts))
	for i, d := range w.Doubts {
		out[i] = d.Line
	}
	return out
}

// others folds away all lines of a score.
func (v queueView) others(w Waiting) g.Node {
	all := w.Rubric.Counted(string(w.Kind))
	return part.Details(v.t("all_lines", "Count", len(all)), v.lines(w, all))
}

// lines puts side by side what the cell gave, what its receipts say and what these come to.
func (v queueView) lines(w Waiting, lines []rubric.Line) g.Node {
	l := v.L
	heads := []part.Column{{Title: l.T("rubric.col.line")}, {Title: l.T("quality.hand.cell"), Right: true}, {Title: v.t("by_facts"), Right: true}, {Title: v.t("receipts")}}
	var rows []part.Row
	for _, line := range lines {
		m := w.Marks[line.ID]
		measured, doubt := "–", g.Node(nil)
		if m.ByFacts {
			measured = m.Proposed.Text(l)
		}
		if m.Overrides() {
			doubt = part.Tag(part.Warn, "!")
		}
		rows = append(rows, part.Row{
			g.Text(line.ID + ". " + line.Text),
			g.Group{g.Text(m.Points.Text(l) + "/" + line.Max.Text(l) + " "), doubt},
			g.Text(measured),
			g.Group{v.said(w, line), g.If(m.Reason != "", h.Small(g.Text(l.T("quality.queue.reason", "Reason", m.Reason))))},
		})
	}
	return part.Table(v.t("lines"), heads, rows...)
}

// said is what the receipts of a line say, with the way to all that they rest on.
func (v queueView) said(w Waiting, line rubric.Line) g.Node {
	var out g.Group
	for _, r := range Of(line, w.Receipts) {
		out = append(out, h.Div(g.Text(r.Says.Text(v.L))))
	}
	if len(out) == 0 {
		return g.Text(v.t("judged"))
	}
	return out
}

// adjust gives the doubtful lines other points, with a reason; left as it is the form agrees
// with the cell.
func (v queueView) adjust(w Waiting) g.Node {
	l := v.L
	view := scoreView{File: File{Score: w.Score, Rubric: w.Rubric, Receipts: w.Receipts}, L: l}
	f := web.Form{ID: w.Meeting}
	var fields g.Group
	for _, d := range w.Doubts {
		fields = append(fields, view.points(f, d.Line, l.T("quality.as_cell", "Points", d.Mark.Points.Text(l))))
	}
	return part.Post(w.path()+"/decide", part.HiddenValue("queue", "true"), part.Fields(fields),
		f.Textarea("reason", l.T("quality.field.reason"), part.Help(v.t("reason_help"))),
		part.Actions(part.Button(v.t("decide", "Cell", w.Cell.Name), part.Primary), part.LinkButton(w.path(), v.t("look"))))
}

// clear are the scores in which nothing is in doubt, to be confirmed together.
func (v queueView) clear() g.Node {
	if len(v.Clear) == 0 {
		return nil
	}
	const form = "confirm"
	l := v.L
	heads := part.Heads(l.T("quality.col.cell"), l.T("quality.col.meeting"), l.T("quality.hand.cell"), v.t("receipts"))
	rows := make([]part.Row, len(v.Clear))
	for i, w := range v.Clear {
		unknown := v.t("borne_out")
		if w.Unknown > 0 {
			unknown = v.t("unknown", "Count", w.Unknown)
		}
		rows[i] = part.Row{
			part.Box(form, "meeting", w.Meeting, w.Cell.Name, true),
			g.Group{part.Link(w.path(), g.Text(w.Title)), h.Small(g.Text(" " + w.Day().Slashed()))},
			g.Group{g.Text(l.T("quality.total", "Points", w.Own.Points.Text(l), "Of", w.Of.Text(l)) + " "), rubric.LevelTag(l, w.Own.Level)},
			g.Group{g.Text(unknown), v.others(w)},
		}
	}
	return part.Card(part.CardHead(v.t("clear"), part.Tag(part.OK, l.Number(len(v.Clear)))), part.Muted(g.Text(v.t("clear_help"))),
		part.Table(v.t("clear"), heads, rows...),
		part.Post("/scores/confirm", h.ID(form), part.Actions(part.Button(v.t("confirm"), part.Primary, part.IconCheck))))
}

// scoredView lists meetings with their scores.
type scoredView struct {
	L      locale.L
	Cells  map[string]organization.Organization
	Scores []Dated
}

func (v scoredView) body() g.Node {
	var rows []part.Row
	for _, s := range v.Scores {
		if cell, open := v.Cells[s.Organization]; open {
			rows = append(rows, part.Row{
				g.Text(cell.Name), part.Link("/meetings/"+s.Meeting+"/quality", g.Text(s.Title)), g.Group{g.Text(s.Points().Text(v.L) + " "), rubric.LevelTag(v.L, s.Level())}, stateTag(v.L, s.State),
			})
		}
	}
	if len(rows) == 0 {
		return part.Card(part.Empty(v.L.T("quality.scored.empty"), v.L.T("quality.scored.empty_help")))
	}
	l := v.L
	return part.Card(part.Table(l.T("quality.col.meeting"), part.Heads(l.T("quality.col.cell"), l.T("quality.col.meeting"), l.T("rubric.field.points"), l.T("quality.col.state")), rows...))
}
