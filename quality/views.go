package quality

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/rubric"
)

// scoreView is the page of the score of one meeting.
type scoreView struct {
	File
	sent
	L     locale.L
	Names map[string]string
	Today when.Date
	// Scores: belongs to the cell committee. Fills: may fill the lines. Confirms: it waits
	// for the reader. Shown: the reader may see the points.
	Scores, Fills, Confirms, Shown bool
}

func (v scoreView) t(key string, args ...any) string { return v.L.T(key, args...) }

func (v scoreView) body() g.Node {
	if !v.Shown {
		return part.Cols(part.Stack(v.head(), v.work()), part.Stack(v.remedies(), v.sheet()))
	}
	return part.Cols(
		part.Stack(v.head(), v.work(), v.lines()),
		part.Stack(v.numbers(), v.remedies(), v.sheet(), v.papers()),
	)
}

func stateTag(l locale.L, s State) g.Node {
	kind := part.Warn
	switch s {
	case Confirmed, Adjusted:
		kind = part.OK
	case Submitted, Voted:
		kind = part.Info
	case Draft, SelfScored:
	}
	return part.Tag(kind, l.Of("quality.state", string(s)))
}

// total writes "86,5/100 điểm", or "7/8 tiêu chí" for a sheet without points.
func (v scoreView) total(p rubric.Points) string {
	key := "quality.total"
	if v.Rubric.Unpointed {
		key = "quality.met"
	}
	return v.t(key, "Points", p.Text(v.L), "Of", v.Sum.Of.Text(v.L))
}

// head shows where the score stands on its road.
func (v scoreView) head() g.Node {
	s := v.Score
	steps := []part.Step{
		{Title: v.t("quality.step.draft")},
		{Title: v.t("quality.step.self_scored")},
		{Title: v.t("quality.step.voted")},
		{Title: v.t("quality.step.submitted")},
		{Title: v.t("quality.step.decided")},
	}
	at := map[State]int{Draft: 0, SelfScored: 2, Voted: 3, Submitted: 4, Confirmed: 5, Adjusted: 5}[s.State]
	for i := range steps {
		switch {
		case i < at:
			steps[i].Stage = part.Done
		case i == at:
			steps[i].Stage = part.Now
		}
	}
	return part.Card(part.Road(v.L, steps...))
}

// numbers puts the numbers of the hands side by side.
func (v scoreView) numbers() g.Node {
	s := v.Score
	if s.State == Draft {
		open := v.t("quality.open_none")
		if n := len(v.Sum.Open); n > 0 {
			open = v.t("quality.open", "Count", n)
		}
		return part.Card(part.CardHead(v.t("quality.so_far"), rubric.LevelTag(v.L, v.Sum.Level)),
			h.P(part.Big(v.total(v.Sum.Points))), part.Muted(g.Text(open)), v.held())
	}
	own := part.Is(v.t("quality.hand.cell"), h.B(g.Text(v.total(s.Own.Points))), g.Text(" "), rubric.LevelTag(v.L, s.Own.Level), v.by(s.Own.By, s.Own.At))
	terms := []part.Term{own}
	if b := s.Ballot; !b.At.IsZero() {
		terms = append(terms, part.Is(v.t("quality.hand.members"),
			g.Text(v.t("quality.ballot", "For", b.For, "Entitled", b.Entitled, "Against", b.Against, "Other", b.Other())), v.by(b.By, b.At)))
	}
	if s.State.Decided() {
		terms = append(terms, part.Is(v.t("quality.hand.above"), h.B(g.Text(v.total(s.Decision.Points))), g.Text(" "), rubric.LevelTag(v.L, s.Decision.Level), v.by(s.Decision.By, s.Decision.At)))
		if s.Reason != "" {
			terms = append(terms, part.Is(v.t("quality.field.reason"), g.Text(s.Reason)))
		}
	}
	return part.Card(part.CardHead(v.t("quality.hands"), stateTag(v.L, s.State)), part.DescriptionList(terms...), v.held())
}

// held says why a sum that would be enough has not the better level.
func (v scoreView) held() g.Node {
	if v.Sum.Held == nil {
		return nil
	}
	return part.Note(part.Warn, g.Text(v.t("quality.held", "Level", v.L.Of("rubric.level", string(v.Sum.Held.Level)), "Lines", strings.Join(v.Sum.Held.Full, ", "), "Text", v.Sum.Held.Text)))
}

func (v scoreView) by(member string, at when.Instant) g.Node {
	return h.Small(h.Class("muted"), h.Br(), g.Text(strings.Trim(v.Names[member]+" · "+v.L.Moment(at), " ·")))
}

// sheet names the sheet, its document and what was decided in it.
func (v scoreView) sheet() g.Node {
	r := v.Rubric
	var decided g.Group
	for _, d := range r.Decided {
		text := d.Text
		if d.Line != "" {
			text = v.t("rubric.check.line", "Line", d.Line, "Text", d.Text)
		}
		decided = append(decided, h.Li(g.Text(text)))
	}
	return part.Card(part.CardHead(v.t("quality.sheet.title")), h.P(h.B(g.Text(r.Name))), part.Muted(g.Text(rubric.SourceText(v.L, r))),
		g.If(r.Note != "", h.P(g.Text(r.Note))),
		h.P(part.Link("/rubrics", g.Text(v.t("rubric.sheets")))),
		g.If(len(decided) > 0, part.Details(v.t("rubric.sheet.decided"), h.Ul(decided))))
}

func (v scoreView) papers() g.Node {
	return part.Card(part.CardHead(v.t("quality.papers")),
		part.Actions(
			part.LinkButton(v.Path()+".docx", v.t("quality.docx"), part.IconPaper),
			part.LinkButton(v.Path()+".pdf", v.t("quality.pdf"), part.IconPrinter)),
		part.Muted(g.Text(v.t("quality.papers_help"))))
}

// work is the one thing to do now.
func (v scoreView) work() g.Node {
	switch {
	case v.Score.State == Draft && v.Fills:
		return v.draftWork()
	case v.Score.State == SelfScored && v.Scores:
		return v.voteWork()
	case v.Score.State == Voted && v.Scores:
		return part.Card(part.Bad, part.CardHead(v.t("quality.submit")), h.P(g.Text(v.t("quality.submit_help"))),
			part.Beside(part.PostButton(v.Path()+"/submit", v.t("quality.submit"), part.Primary), v.reopenButton()))
	case v.Confirms:
		return part.Card(part.Bad, part.CardHead(v.t("quality.decide")), h.P(g.Text(v.t("quality.decide_help"))))
	case v.Score.State == Draft:
		return part.Card(h.P(g.Text(v.t("quality.not_yet"))))
	}
	return nil
}

func (v scoreView) reopenButton() g.Node {
	return part.PostButton(v.Path()+"/reopen", v.t("quality.reopen"), part.Confirm(v.L, v.t("quality.reopen_ask"), v.t("quality.reopen")))
}

func (v scoreView) draftWork() g.Node {
	failed := g.Node(nil)
	if b := v.Score.Ballot; !b.At.IsZero() {
		failed = part.Note(part.Warn, g.Text(v.t("quality.not_passed", "For", b.For, "Entitled", b.Entitled)))
	}
	scorer := v.Names[v.Score.Scorer]
	if scorer == "" {
		scorer = v.t("quality.scorer_none")
	}
	return part.Card(part.Bad, part.CardHead(v.t("quality.work.draft")), h.P(g.Text(v.t("quality.work.draft_help"))), failed,
		part.DescriptionList(part.Is(v.t("quality.scorer"), g.Text(scorer))),
		g.If(v.Scores, part.Details(v.t("quality.scorer_assign"), g.If(v.scorer.Wrong(), g.Attr("open")),
			part.Post(v.Path()+"/scorer", v.scorer.Summary(v.L), v.people(v.scorer, "scorer", v.t("quality.scorer")), part.Actions(part.Button(v.t("quality.assign"), part.Small))))))
}

// people offers the members of the roll.
func (v scoreView) people(f web.Form, name, label string) g.Node {
	options := []part.Option{{Text: v.t("quality.choose")}}
	for _, a := range v.Roll {
		options = append(options, part.Option{Value: a.ID, Text: a.Name})
	}
	return f.Select(name, label, options)
}

func (v scoreView) voteWork() g.Node {
	f := v.sent.vote
	f.ID = "vote"
	fromRoom := g.Node(nil)
	if v.Vote.ID != "" {
		r := v.Vote.Result
		fromRoom = part.Note(part.Info, h.P(g.Text(v.t("quality.vote_room", "Question", v.Vote.Question, "For", r.For, "Entitled", r.Entitled))),
			part.PostButton(v.Path()+"/vote", v.t("quality.vote_take"), part.Primary, part.HiddenValue("room", "true")))
	}
	return part.Card(part.Bad, part.CardHead(v.t("quality.work.vote")), h.P(g.Text(v.t("quality.work.vote_help", "Entitled", v.Entitled))), fromRoom,
		part.Post(v.Path()+"/vote", f.Summary(v.L),
			part.Fields(f.Number("for", v.t("quality.field.for"), part.Required), f.Number("against", v.t("quality.field.against"))),
			part.Actions(part.Button(v.t("quality.vote_enter"), part.Primary))),
		v.reopenButton())
}

// remedies are the weak points that the meeting found.
func (v scoreView) remedies() g.Node {
	var lines g.Group
	for _, r := range v.Remedies {
		lines = append(lines, remedyLine(v.L, r, v.Names, v.Today, v.Scores, ""))
	}
	return part.Card(h.ID("remedies"), part.CardHead(v.t("quality.remedies")), part.Muted(g.Text(v.t("quality.remedies_help"))),
		g.If(len(lines) > 0, part.List(lines...)), g.If(v.Scores, v.remedyForm()))
}

func (v scoreView) remedyForm() g.Node {
	f := v.remedy
	f.ID = "remedy"
	options := []part.Option{{Text: v.t("quality.whole")}}
	for _, l := range v.Rubric.Counted(v.Kind()) {
		options = append(options, part.Option{Value: l.ID, Text: l.ID + ". " + text.Short(l.Text, 50)})
	}
	return part.Details(v.t("quality.remedy_add"), g.If(f.Wrong(), g.Attr("open")),
		part.Post("/meetings/"+v.Meeting.ID+"/remedies", f.Summary(v.L),
			f.Textarea("weakness", v.t("quality.field.weakness"), part.Required),
			f.Textarea("remedy", v.t("quality.field.remedy"), part.Required),
			f.Date("due", v.t("quality.field.due"), part.Required),
			g.If(len(v.Roll) > 0, v.people(f, "member", v.t("quality.field.member"))),
			f.Select("line", v.t("quality.field.line"), options),
			part.Actions(part.Button(v.t("quality.remedy_note"), part.Small))))
}

// remedyLine is a remedy in a list; on the page of the meeting back it can be ticked
// from there.
func remedyLine(l locale.L, r Remedy, names map[string]string, today when.Date, ticks bool, back string) g.Node {
	small := []string{l.T("quality.due", "Day", r.Due.Slashed())}
	if r.Visit != "" {
		small = append(small, l.T("quality.by_visit"))
	}
	if names[r.Member] != "" {
		small = append([]string{names[r.Member]}, small...)
	}
	tag := part.Tag(part.Warn, l.T("quality.remedy_open"))
	switch {
	case !r.Open():
		tag = part.Tag(part.OK, l.T("quality.remedy_done"))
	case r.Overdue(today):
		tag = part.Tag(part.Bad, l.T("quality.remedy_late"))
	}
	var form g.Node
	if ticks && r.Open() {
		f := part.Form{ID: "tick-" + r.ID}
		form = part.Details(l.T("quality.tick"), part.Post("/remedies/"+r.ID+"/done",
			f.Input("outcome", l.T("quality.field.outcome")), h.Input(h.Type("hidden"), h.Name("meeting"), h.Value(back)),
			part.Actions(part.Button(l.T("quality.tick"), part.Small, part.IconCheck))))
	}
	return part.Item(part.Grow(h.B(g.Text(r.Weakness)), h.Br(), g.Text(r.Remedy), h.Br(), h.Small(g.Text(strings.Join(small, " · "))),
		g.If(r.Outcome != "", h.Small(h.Br(), g.Text(l.T("quality.outcome", "Text", r.Outcome)))), form), tag)
}
