package rating

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
)

// cardView is the page of one line: what the person says, what the meetings have
// shown, what the cell says, what was decided.
type cardView struct {
	Card
	forms  cardForms
	asides g.Group // cards of other features
}

func (v cardView) body(l locale.L) g.Node {
	if !v.Line.Rated() {
		return part.Stack(part.Note(part.Info, g.Text(l.T("rating.not_rated", "Case", l.Of("rating.case", string(v.Line.Case))))), g.If(v.mayTreat(), v.treat(l)), v.looks(l))
	}
	return part.Cols(
		part.Stack(v.result(l), v.self(l), v.discussion(l), v.votes(l), v.complaints(l), g.If(v.mayTreat(), v.treat(l))),
		part.Stack(v.evidence(l), v.asides, v.conditions(l), v.remark(l), v.file(l), v.looks(l)),
	)
}

// url is the address of a form; whoever leads goes on to the next line that waits,
// except from the self-rating of their own.
func (v cardView) url(what string) string {
	u := v.Line.Path() + what
	if v.Leads && v.Next != "" && (!v.Own || what != "/self") {
		u += "?next=" + v.Next
	}
	return u
}

func (v cardView) mayTreat() bool {
	return v.Leads && v.Line.Person() && !v.Round.State.Reached(Voting)
}

func (v cardView) result(l locale.L) g.Node {
	r := v.Line
	if r.Level == "" {
		return part.Note(part.Info, g.Text(l.Of("rating.stage", string(v.Round.State))))
	}
	return part.Card(part.OK,
		part.CardHead(l.T("rating.result")),
		h.P(part.Big(l.Of("rating.level", string(r.Level)))),
		part.Muted(g.Text(l.T("rating.result.by", "Number", r.Number, "Day", r.On.Slashed(), "Body", r.Body))),
	)
}

// maySelf reports whether the reader may write the self-rating now.
func (v cardView) maySelf() bool {
	switch v.Round.State {
	case SelfRating:
		return v.Own || v.Leads
	case Discussion:
		return v.Leads
	case Voting, Proposed, Decided, Told:
	}
	return false
}

func (v cardView) self(l locale.L) g.Node {
	if !v.maySelf() {
		return v.said(l)
	}
	if v.Line.Said() && !v.forms.self.Wrong() {
		return part.Stack(v.said(l), part.Card(part.Details(l.T("rating.self.again"), v.selfForm(l))))
	}
	if !v.Own && v.Line.Person() && !v.forms.self.Wrong() {
		return part.Card(part.Details(l.T("rating.self.from_paper"), v.selfForm(l)))
	}
	return part.Card(part.CardHead(l.T("rating.self")), v.selfForm(l))
}

func (v cardView) selfForm(l locale.L) g.Node {
	f := v.forms.self
	f.ID = "self"
	section := func(title string, general bool) g.Node {
		var fields []g.Node
		for _, line := range v.Round.Lines(v.Line.Form) {
			if line.General == general {
				fields = append(fields, f.Number("p_"+line.Key, l.Of("rating.line", line.Key), part.Help(l.T("rating.line.max", "Max", line.Max))))
			}
		}
		return part.FieldSet(title, fields...)
	}
	return part.Post(v.url("/self"), part.Keep(l, "rating-"+v.Round.ID+"-"+v.Line.Subject), part.Guard(),
		f.Summary(l),
		section(l.T("rating.general"), true), section(l.T("rating.results"), false),
		g.If(v.Round.Scheme[v.Line.Form] == nil, part.Muted(g.Text(l.T("rating.even")))),
		f.Radios("claim", l.T("rating.field.claim"), choose(l, true), part.Huge, part.Required),
		f.Textarea("strengths", l.T("rating.field.strengths")),
		g.If(v.Line.Person(), f.Textarea("observance", l.T("rating.field.observance"), part.Help(l.T("rating.help.observance")))),
		f.Textarea("faults", l.T("rating.field.faults")),
		f.Textarea("causes", l.T("rating.field.causes")),
		f.Textarea("remedies", l.T("rating.field.remedies")),
		g.If(v.Own, f.Textarea("remark", l.T("rating.field.remark"), part.Help(l.T("rating.help.remark")))),
		part.Actions(part.Button(l.T("rating.self.send"), part.Primary, part.Wide)),
	)
}

func (v cardView) said(l locale.L) g.Node {
	r := v.Line
	if !r.Said() {
		return part.Card(part.CardHead(l.T("rating.self")), part.Muted(g.Text(l.T("rating.self.none"))))
	}
	lines := v.Round.Lines(r.Form)
	general, results := Sums(lines, r.Points)
	var rows []part.Row
	for i, line := range lines {
		rows = append(rows, part.Cells(l.Of("rating.line", line.Key), strconv.Itoa(r.Points[i])+"/"+strconv.Itoa(line.Max)))
	}
	return part.Card(
		part.CardHead(l.T("rating.self"), levelTag(l, r.Claim)),
		h.P(part.Big(l.T("rating.sum", "Sum", general+results)), g.Text(" "+l.T("rating.sums", "General", general, "Results", results))),
		part.Table(l.T("rating.self"), []part.Column{{Title: l.T("rating.column.line")}, {Title: l.T("rating.column.points"), Right: true}}, rows...),
		strong(l.T("rating.field.strengths"), r.Strengths), strong(l.T("rating.field.observance"), r.Observance), strong(l.T("rating.field.faults"), r.Faults),
		strong(l.T("rating.field.causes"), r.Causes), strong(l.T("rating.field.remedies"), r.Remedies),
		papers(r.Path(), l.T("rating.paper.review"), SelfReview),
		g.If(r.Person(), papers(r.Path(), l.T("rating.paper.sheet"), SelfSheet)),
	)
}

// file are the papers of the file, for those who keep it.
func (v cardView) file(l locale.L) g.Node {
	r := v.Line
	if !r.Rated() || !v.Reads {
		return nil
	}
	return part.Card(part.CardHead(l.T("rating.file")), part.Muted(g.Text(l.T("rating.file_help"))),
		papers(r.Path(), l.T("rating.paper.file"), FileList),
		g.If(r.Level != "", papers(r.Path(), l.T("rating.paper.again"), Again)))
}

func (v cardView) discussion(l locale.L) g.Node {
	f := v.forms.discuss
	f.ID = "discuss"
	if v.Leads && (v.Round.State == Discussion || v.Round.State == Voting) {
		return part.Card(
			part.CardHead(l.T("rating.discussed")),
			part.Post(v.url("/discussed"), f.Summary(l),
				f.Textarea("discussed", l.T("rating.field.discussed"), part.Help(l.T("rating.help.discussed")), part.Required),
				part.Actions(part.Button(l.T("rating.discussed.send"), onlyIn(v.Round.State, Discussion)))),
		)
	}
	if v.Line.Discussed == "" {
		return nil
	}
	return part.Card(part.CardHead(l.T("rating.discussed")), h.P(g.Text(v.Line.Discussed)))
}

// onlyIn makes a button the primary one in a state.
func onlyIn(s, state State) g.Node {
	if s == state {
		return part.Primary
	}
	return nil
}

func (v cardView) votes(l locale.L) g.Node {
	r := v.Line
	if v.Leads && v.Round.State == Voting {
		return part.Card(part.CardHead(l.T("rating.vote")), v.taking(l), g.If(r.Cast() > 0, part.Note(part.Info, g.Text(capital(v.Round.Rule().Words(r.Votes))))), v.votedIn(l), v.votesForm(l))
	}
	if r.Proposal == "" {
		return nil
	}
	return part.Card(
		part.CardHead(l.T("rating.vote"), levelTag(l, r.Proposal)),
		h.P(g.Text(capital(v.Round.Rule().Words(r.Votes)))), v.votedIn(l),
		strong(l.T("rating.field.proposal"), l.Of("rating.level", string(r.Proposal))),
		strong(l.T("rating.field.reason"), r.Reason),
	)
}

// votedIn names the meeting in whose room the figures were counted.
func (v cardView) votedIn(l locale.L) g.Node {
	if v.VotedIn == "" {
		return nil
	}
	return part.Muted(g.Text(l.T("rating.vote.room", "Title", v.VotedIn)))
}

// taking offers the votes of the room, nil where there is none.
func (v cardView) taking(l locale.L) g.Node {
	if len(v.Held) == 0 {
		return nil
	}
	f := v.forms.take
	f.ID = "take"
	votes := make([]part.Option, len(v.Held))
	for i, held := range v.Held {
		votes[i] = part.Option{Value: held.ID, Text: held.Question, Small: l.T("rating.take.small", "For", held.For, "Of", held.Of, "Against", held.Against, "Title", held.Meeting.Title)}
	}
	return part.Details(l.T("rating.take.title", "Count", len(votes)), g.If(v.Line.Cast() == 0, g.Attr("open")), part.Post(v.Line.Path()+"/votes/taken",
		f.Summary(l), part.Muted(g.Text(l.T("rating.take.help"))),
		f.Radios("vote", l.T("rating.field.room_vote"), votes), f.Radios("level", l.T("rating.field.room_level"), choose(l, false)),
		part.Actions(part.Button(l.T("rating.take.send"), part.Small))))
}

func (v cardView) votesForm(l locale.L) g.Node {
	f := v.forms.votes
	f.ID = "votes"
	how := "rating.vote.secret"
	if v.Round.Hand {
		how = "rating.vote.hand"
	}
	var figures []g.Node
	for _, of := range Levels {
		figures = append(figures, f.Number(string(of), l.Of("rating.level", string(of))))
	}
	return part.Post(v.url("/votes"),
		part.Muted(g.Text(l.T(how, "Base", v.Round.Base, "Needed", v.Round.Rule().Needed()))),
		f.Summary(l),
		part.Fields(append(figures, f.Number("invalid", l.T("rating.field.invalid")))...),
		f.Radios("proposal", l.T("rating.field.proposal"), choose(l, false), part.Required),
		f.Textarea("reason", l.T("rating.field.reason"), part.Help(l.T("rating.help.reason")), h.Rows("2")),
		part.Actions(part.Button(l.T("rating.vote.send"), part.Primary)),
	)
}

func (v cardView) complaints(l locale.L) g.Node {
	if v.Round.State != Proposed && len(v.Complaints) == 0 {
		return nil
	}
	f := v.forms.complain
	f.ID = "complain"
	children := []g.Node{part.CardHead(l.T("rating.complaints"))}
	for _, c := range v.Complaints {
		children = append(children, h.P(g.Text(c.Text)), part.Muted(g.Text(l.Moment(c.At))))
		switch {
		case c.Answered():
			children = append(children, strong(l.T("rating.answer"), c.Answer))
		case (v.Leads || v.Decides) && !v.Own && v.Round.State == Proposed:
			children = append(children, v.answerForm(l, c))
		default:
			children = append(children, part.Tag(part.Warn, l.T("rating.answer.waits")))
		}
	}
	if v.Round.State == Proposed && (v.Own || v.Leads) && v.Line.Level == "" {
		children = append(children, part.Post(v.Line.Path()+"/complaints",
			f.Summary(l), f.Textarea("text", l.T("rating.field.complaint"), part.Help(l.T("rating.help.complaint"))),
			part.Actions(part.Button(l.T("rating.complain")))))
	}
	return part.Card(children...)
}

func (v cardView) answerForm(l locale.L, c Complaint) g.Node {
	f := part.Form{}
	if v.forms.answering == c.ID {
		f = v.forms.answer
	}
	f.ID = "answer-" + c.ID
	return part.Post(v.Line.Path()+"/complaints/"+c.ID,
		f.Summary(l), f.Textarea("answer", l.T("rating.field.answer"), part.Required),
		part.Actions(part.Button(l.T("rating.answer.send"), part.Primary)))
}

// treat lets the committee say which form and which case hold.
func (v cardView) treat(l locale.L) g.Node {
	f := v.forms.treat
	f.ID = "treat"
	forms := make([]part.Option, len(PersonForms))
	for i, of := range PersonForms {
		forms[i] = part.Option{Value: string(of), Text: l.Of("rating.form", string(of))}
	}
	cases := make([]part.Option, len(Cases))
	for i, c := range Cases {
		cases[i] = part.Option{Value: string(c), Text: caseName(l, c)}
	}
	form := part.Post(v.Line.Path()+"/case", f.Summary(l),
		f.Select("form", l.T("rating.field.form"), forms, part.Help(l.T("rating.help.form"))),
		f.Select("case", l.T("rating.field.case"), cases),
		f.Textarea("note", l.T("rating.field.note"), part.Help(l.T("rating.help.note")), h.Rows("2")),
		part.Actions(part.Button(l.T("rating.case.send"))),
	)
	if f.Wrong() {
		return part.Card(part.CardHead(l.T("rating.case.title")), form)
	}
	return part.Card(part.Details(l.T("rating.case.title"), form))
}

func caseName(l locale.L, c Case) string {
	if c == Ordinary {
		return l.T("rating.case_none")
	}
	return l.Of("rating.case", string(c))
}

// looks tells a person who else has looked at their rating.
func (v cardView) looks(l locale.L) g.Node {
	if !v.Own {
		return part.Muted(g.Text(l.T("rating.look.noted")))
	}
	if len(v.Looks) == 0 {
		return part.Card(part.CardHead(l.T("rating.looks")), part.Muted(g.Text(l.T("rating.looks.none"))))
	}
	return part.Card(part.CardHead(l.T("rating.looks")), part.List(g.Map(v.Looks, func(k Look) g.Node {
		return part.PersonEntry(k.Name, l.Moment(k.At))
	})))
}
