package quality

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/rubric"
)

func yearURL(organization string, year int) string {
	return "/quality/" + organization + "/" + strconv.Itoa(year)
}

// scoreCard says on the page of a meeting, and on the home page, where its score stands
// and what to do next.
func scoreCard(l locale.L, m meeting.Meeting, s Score, works bool) g.Node {
	url := m.Path() + "/quality"
	number := g.Node(nil)
	if s.State != Draft {
		v := s.Own
		if s.State.Decided() {
			v = s.Decision
		}
		number = h.P(part.Big(l.T("quality.total", "Points", v.Points.Text(l), "Of", s.Of.Text(l))), g.Text(" "), rubric.LevelTag(l, v.Level))
	}
	button := part.LinkButton(url, l.T("quality.look"), part.Wide)
	kind := part.Plain
	if next := nextKey(s.State); works && next != "" {
		button, kind = part.LinkButton(url, l.T(next), part.Primary, part.Wide), part.Bad
	}
	return part.Card(kind, part.CardHead(l.T("quality.title"), stateTag(l, s.State)), part.Muted(part.Link(m.Path(), g.Text(m.Title))), number,
		h.P(g.Text(l.Of("quality.next", string(s.State)))), button)
}

// nextKey is the text of what the cell does next; empty where it waits for others.
func nextKey(s State) string {
	switch s {
	case Draft:
		return "quality.work.draft"
	case SelfScored:
		return "quality.work.vote"
	case Voted:
		return "quality.submit"
	case Submitted, Confirmed, Adjusted:
	}
	return ""
}

func waitingCard(l locale.L, n int) g.Node {
	return part.Card(part.Bad, part.CardHead(l.T("quality.waiting")), h.P(g.Text(l.T("quality.waiting_count", "Count", n))),
		part.LinkButton("/scores", l.T("quality.waiting_open"), part.Primary, part.Wide))
}

func remediesCard(l locale.L, open []Remedy, names map[string]string, today when.Date, meetingID string) g.Node {
	lines := make([]g.Node, len(open))
	for i, r := range open {
		lines[i] = remedyLine(l, r, names, today, true, meetingID)
	}
	return part.Card(part.CardHead(l.T("quality.to_mend")), part.Muted(g.Text(l.T("quality.to_mend_help"))), part.List(lines...))
}

// shownPassages is how many of the passages that stand in both minutes are shown.
const shownPassages = 5

func copiedCard(l locale.L, c Likeness) g.Node {
	var lines g.Group
	for _, p := range c.Passages[:min(shownPassages, len(c.Passages))] {
		lines = append(lines, h.Li(g.Text("«"+p+"»")))
	}
	return part.Note(part.Info, h.P(h.B(g.Text(l.T("quality.copied", "Percent", c.Percent)))),
		h.P(g.Text(l.T("quality.copied_help"))), part.Details(l.T("quality.copied_passages"), h.Ul(lines)))
}

// yearView is the year of a cell.
type yearView struct {
	L         locale.L
	Cell      organization.Organization
	Year      int
	Today     when.Date
	Meetings  []meeting.Meeting
	ByMeeting map[string]Score
	Rubric    rubric.Rubric
	Remedies  []Remedy
	Names     map[string]string
	Scores    bool
}

func (v yearView) body() g.Node {
	return part.Cols(part.Stack(v.years(), v.table()), part.Stack(v.judged(), v.mend(), v.sheetCard()))
}

func (v yearView) years() g.Node {
	return part.Tabs(v.L.T("quality.years"),
		part.Tab{Text: strconv.Itoa(v.Year - 1), URL: yearURL(v.Cell.ID, v.Year-1)},
		part.Tab{Text: strconv.Itoa(v.Year), URL: yearURL(v.Cell.ID, v.Year), Current: true},
		part.Tab{Text: strconv.Itoa(v.Year + 1), URL: yearURL(v.Cell.ID, v.Year+1)})
}

func (v yearView) table() g.Node {
	l := v.L
	if len(v.Meetings) == 0 {
		return part.Card(part.Empty(l.T("quality.year_empty"), l.T("quality.year_empty_help")))
	}
	var rows []part.Row
	for _, m := range v.Meetings {
		s, begun := v.ByMeeting[m.ID]
		own, above := g.Node(g.Text("–")), g.Node(g.Text("–"))
		if !begun {
			s.State = Draft
		}
		if s.State != Draft {
			own = g.Group{g.Text(s.Own.Points.Text(l) + " "), rubric.LevelTag(l, s.Own.Level)}
		}
		if s.State.Decided() {
			above = g.Group{g.Text(s.Decision.Points.Text(l) + " "), rubric.LevelTag(l, s.Decision.Level)}
		}
		rows = append(rows, part.Row{part.Link(m.Path()+"/quality", g.Text(m.Title)), own, above, stateTag(l, s.State)})
	}
	return part.Card(part.Table(l.T("quality.year", "Year", v.Year), part.Heads(l.T("quality.col.meeting"), l.T("quality.hand.cell"), l.T("quality.hand.above"), l.T("quality.col.state")), rows...))
}

// judged shows the rule of the year with its arithmetic.
func (v yearView) judged() g.Node {
	l := v.L
	var levels []rubric.Level
	undecided := 0
	for _, m := range v.Meetings {
		s := v.ByMeeting[m.ID]
		if !m.Kind.Monthly() {
			continue
		}
		if !s.State.Decided() {
			undecided++
			continue
		}
		levels = append(levels, s.Decision.Level)
	}
	if len(v.Rubric.Year) == 0 {
		return part.Card(part.CardHead(l.T("quality.year_rule")), part.Muted(g.Text(l.T("quality.year_no_rule"))))
	}
	result := v.Rubric.JudgeYear(levels)
	var lines []g.Node
	for _, line := range result.Lines {
		kind, said := part.Warn, l.T("quality.holds_not")
		if line.Holds {
			kind, said = part.OK, l.T("quality.holds")
		}
		lines = append(lines, part.MarkEntry(kind, said, v.rule(line), v.arithmetic(line)))
	}
	return part.Card(part.CardHead(l.T("quality.year_rule"), rubric.LevelTag(l, result.Level)), part.List(lines...),
		g.If(undecided > 0, part.Muted(g.Text(l.T("quality.year_undecided", "Count", undecided)))),
		g.If(result.Also != "", part.Note(part.Warn, g.Text(l.T("quality.year_also", "Text", result.Also)))))
}

func (v yearView) rule(line rubric.YearLine) string {
	l, r := v.L, line.Rule
	level := func(x rubric.Level) string { return l.Of("rubric.level", string(x)) }
	if r.Count > 0 {
		return l.T("quality.year_rule_count", "Level", level(r.Level), "All", level(r.All), "Count", r.Count, "Reach", level(r.Reach))
	}
	return l.T("quality.year_rule_all", "Level", level(r.Level), "All", level(r.All))
}

func (v yearView) arithmetic(line rubric.YearLine) string {
	l, r := v.L, line.Rule
	text := l.T("quality.year_all", "N", line.AllReach, "Of", line.Meetings, "Level", l.Of("rubric.level", string(r.All)))
	if r.Count > 0 {
		text += "; " + l.T("quality.year_reach", "N", line.Reached, "Count", r.Count, "Level", l.Of("rubric.level", string(r.Reach)))
	}
	return text
}

func (v yearView) mend() g.Node {
	if len(v.Remedies) == 0 {
		return nil
	}
	lines := make([]g.Node, len(v.Remedies))
	for i, r := range v.Remedies {
		lines[i] = remedyLine(v.L, r, v.Names, v.Today, v.Scores, "")
	}
	return part.Card(part.CardHead(v.L.T("quality.to_mend")), part.List(lines...))
}

func (v yearView) sheetCard() g.Node {
	r := v.Rubric
	return part.Card(part.CardHead(v.L.T("quality.sheet.title")), h.P(h.B(g.Text(r.Name))), part.Muted(g.Text(rubric.SourceText(v.L, r))),
		h.P(part.Link("/rubrics", g.Text(v.L.T("rubric.sheets")))))
}

// boardView shows a superior the cells by month, and what waits for a decision.
type boardView struct {
	L      locale.L
	Cells  []organization.Organization
	Year   int
	Today  when.Date
	Scores map[string]map[when.Month][]Dated
	// Waiting is how many scores wait for the reader, where the reader Confirms.
	Waiting  int
	Confirms bool
}

func (v boardView) body() g.Node { return part.Stack(v.above(), v.board()) }

// above leads whoever confirms to what waits and to the table of the month.
func (v boardView) above() g.Node {
	if !v.Confirms {
		return nil
	}
	return part.Beside(
		part.LinkButton("/scores", v.L.T("quality.queue.open", "Count", v.Waiting), g.If(v.Waiting > 0, part.Primary), part.IconCheck),
		part.LinkButton("/scores/month", v.L.T("quality.rolled"), part.IconPaper))
}

// board is one row a cell and one column a month. The level stands in words: nothing is
// told by colour alone.
func (v boardView) board() g.Node {
	l := v.L
	heads := []string{l.T("quality.col.cell")}
	for n := range 12 {
		heads = append(heads, strconv.Itoa(n+1))
	}
	var rows []part.Row
	for _, o := range v.Cells {
		row := part.Row{part.Link(yearURL(o.ID, v.Year), g.Text(o.Name))}
		for n := range 12 {
			row = append(row, v.field(v.Scores[o.ID][when.Month{Year: v.Year, Month: 1}.Add(n)]))
		}
		rows = append(rows, row)
	}
	year := func(n int) part.Tab {
		return part.Tab{Text: strconv.Itoa(n), URL: "/quality?year=" + strconv.Itoa(n), Current: n == v.Year}
	}
	return part.Card(part.CardHead(l.T("quality.year", "Year", v.Year), part.Link("/rubrics", g.Text(l.T("rubric.sheets")))), part.Tabs(l.T("quality.years"), year(v.Year-1), year(v.Year), year(v.Year+1)),
		part.WideTable(l.T("quality.board"), part.Heads(heads...), rows...))
}

// field shows the scores of a month; where there are several, each under the kind of its
// meeting.
func (v boardView) field(month []Dated) g.Node {
	if len(month) == 0 {
		return g.Text("–")
	}
	var out g.Group
	for _, s := range month {
		tag := stateTag(v.L, s.State)
		if s.State.Decided() {
			tag = rubric.LevelTag(v.L, s.Decision.Level)
		}
		said := g.Node(nil)
		if len(month) > 1 {
			said = h.Small(g.Text(v.L.Of("quality.kind_short", string(s.Kind))))
		}
		out = append(out, h.Div(said, part.Link("/meetings/"+s.Meeting+"/quality", tag)))
	}
	return out
}
