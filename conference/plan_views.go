package conference

import (
	"fmt"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
)

// planView is the page of the plan: the paper, how far it is, and for those who keep it
// what it lacks and its versions.
type planView struct {
	File

	l       locale.L
	shown   Version
	today   when.Date
	doubts  []library.Doubt
	changes []meeting.Line
	names   map[string]string
	form    web.Form // of the committee, as it was refused
}

func (v planView) paperPath(form string) string {
	return fmt.Sprintf("%s/paper/%s?version=%d", v.PlanPath(), form, v.shown.N)
}

func (v planView) action() g.Node {
	return g.Group{
		part.LinkButton(v.paperPath("docx"), v.l.T("conference.docx"), part.IconDownload),
		part.LinkButton(v.paperPath("pdf"), v.l.T("conference.pdf"), part.IconPrinter),
	}
}

func (v planView) body() g.Node {
	paper := part.Card(v.Plan.Paper(v.shown, v.today).HTML())
	if !v.Keeps {
		return paper
	}
	return part.Cols(part.Stack(v.warnings(), paper, v.comparison()), part.Stack(v.state(), v.versions()))
}

// warnings say what the plan lacks and which facts do not hold.
func (v planView) warnings() g.Node {
	l := v.l
	var out g.Group
	for _, s := range Weekdays(v.shown.Facts.texts()) {
		out = append(out, part.Note(part.Warn, g.Text(l.T("conference.slip", "Cited", s.Cited, "Day", s.Day.Slashed(), "Right", s.Right))))
	}
	for _, d := range v.doubts {
		text := l.T("conference.doubt.over", "Cited", d.Cited)
		if d.Right.Number != "" {
			text = l.T("conference.doubt."+string(d.Kind), "Cited", d.Cited, "Right", d.Right.String())
		}
		out = append(out, part.Note(part.Warn, g.Text(text)))
	}
	return out
}

// state is how far the plan is, and what the reader may do with it now.
func (v planView) state() g.Node {
	l, last := v.l, v.Plan.Latest()
	stage := last.Stage()
	at := map[Stage]int{Writing: 0, SentBack: 0, Sent: 1, ToIssue: 2, IssuedNow: 4}[stage]
	steps := []part.Step{{Title: l.T("conference.step.write")}, {Title: l.T("conference.step.approve")}, {Title: l.T("conference.step.issue"), Small: last.Number}}
	for i := range steps {
		switch {
		case i < at:
			steps[i].Stage = part.Done
		case i == at:
			steps[i].Stage = part.Now
		}
	}
	return part.Card(part.CardHead(l.T("conference.plan.state"), stageTag(l, stage)), part.Road(l, steps...), v.said(last), v.gaps(last), v.doing(last))
}

func stageTag(l locale.L, s Stage) g.Node {
	kind := map[Stage]part.Kind{Writing: part.Plain, Sent: part.Info, SentBack: part.Warn, ToIssue: part.OK, IssuedNow: part.OK}[s]
	return part.Tag(kind, l.Of("conference.stage", string(s)))
}

// said is what the committee has answered, and what is in force besides.
func (v planView) said(last Version) g.Node {
	l := v.l
	var out g.Group
	if last.Answer == Returned {
		out = append(out, part.Note(part.Warn, h.B(g.Text(l.T("conference.plan.returned", "Name", v.names[last.AnsweredBy]))), g.Text(" "+last.Note)))
	}
	if old, is := v.Plan.issuedBefore(last.N); is && last.Stage() != IssuedNow {
		out = append(out, part.Note(part.Info, g.Text(l.T("conference.plan.amends", "Number", old.Number))))
	}
	return out
}

func (v planView) gaps(last Version) g.Node {
	gaps := last.Facts.Gaps()
	if len(gaps) == 0 || last.Stage() != Writing {
		return nil
	}
	return part.Note(part.Info, g.Text(v.l.T("conference.plan.gaps")), h.Ul(g.Map(gaps, func(gap string) g.Node { return h.Li(g.Text(v.l.Of("conference.gap", gap))) })))
}

// doing is what the reader may do with the latest version.
func (v planView) doing(last Version) g.Node {
	l := v.l
	if !v.Open() {
		return nil
	}
	version := part.HiddenValue("version", fmt.Sprint(last.N))
	edit := part.LinkButton(v.PlanPath()+"/edit", l.T("conference.plan.edit"), part.Wide, part.IconEdit)
	switch stage := last.Stage(); {
	case stage == Writing && len(last.Facts.Gaps()) == 0:
		return g.Group{edit, part.PostButton(v.PlanPath()+"/send", l.T("conference.plan.send"), part.Primary, part.Wide, part.IconUp, version)}
	case stage == Sent && v.Directs:
		return g.Group{v.answering(version), edit}
	case stage == ToIssue && v.Directs:
		return g.Group{part.PostButton(v.PlanPath()+"/issue", l.T("conference.plan.issue"), part.Primary, part.Wide, part.IconCheck, version,
			part.Confirm(l, l.T("conference.plan.issue_ask"), l.T("conference.plan.issue_do"))), edit}
	}
	return edit
}

func (v planView) answering(version g.Node) g.Node {
	l, f := v.l, v.form
	f.ID = "answer"
	options := []part.Option{{Value: string(Approved), Text: l.T("conference.answer.approve")}, {Value: string(Returned), Text: l.T("conference.answer.return")}}
	return part.Post(v.PlanPath()+"/answer", f.Summary(l), version,
		f.Radios("answer", l.T("conference.field.answer"), options, part.Required),
		f.Textarea("note", l.T("conference.field.note"), part.Help(l.T("conference.field.note_help")), h.Rows("3")),
		part.Actions(part.Button(l.T("conference.answer.do"), part.Primary)))
}

// versions lists who saved what and when, the newest first.
func (v planView) versions() g.Node {
	l := v.l
	var out g.Group
	for i := len(v.Plan) - 1; i >= 0; i-- {
		x := v.Plan[i]
		tag := g.Node(nil)
		if x.Stage() != Writing {
			tag = stageTag(l, x.Stage())
		}
		small := l.Moment(x.SavedAt)
		if name := v.names[x.SavedBy]; name != "" {
			small = name + " · " + small
		}
		if x.Number != "" {
			small += " · " + l.T("conference.plan.number", "Number", x.Number)
		}
		out = append(out, part.LinkEntry(fmt.Sprintf("%s?version=%d", v.PlanPath(), x.N), l.T("conference.plan.version", "N", x.N), small, tag))
	}
	return part.Card(part.CardHead(l.T("conference.plan.versions")), part.List(out...))
}

// comparison lays the version that is shown beside the one before it: a sign and an element
// say what was put in and taken out, not the colour alone.
func (v planView) comparison() g.Node {
	var out g.Group
	for _, x := range v.changes {
		switch x.Kind {
		case meeting.Added:
			out = append(out, h.P(g.Text("+ "), h.Ins(g.Text(x.Text))))
		case meeting.Removed:
			out = append(out, h.P(g.Text("− "), h.Del(g.Text(x.Text))))
		case meeting.Same:
		}
	}
	if len(out) == 0 {
		return nil
	}
	return part.NoPrint(part.Details(v.l.T("conference.plan.changes", "N", v.shown.N, "Before", v.shown.N-1), out))
}

// editorView is the editor of the words of a plan.
type editorView struct {
	l         locale.L
	x         Conference
	today     when.Date
	form      web.Form
	known     []library.Source
	committee []string // names
}

func (v editorView) body() g.Node {
	l, f := v.l, v.form
	var names g.Group
	for _, n := range v.committee {
		names = append(names, h.Option(h.Value(n)))
	}
	return part.Card(part.Muted(g.Text(l.T("conference.plan.edit_help"))), part.Post(v.x.PlanPath()+"/edit", part.Guard(), f.Summary(l), f.Hidden("version"),
		f.Input("issuer", l.T("conference.field.issuer"), part.Required),
		f.Textarea("bases", l.T("conference.field.bases"), part.Help(l.T("conference.field.bases_help")), h.Rows("5")),
		v.picker(),
		f.Textarea("purpose", l.T("conference.field.purpose"), part.Help(l.T("conference.field.purpose_help")), h.Rows("8")),
		v.duties(),
		f.Textarea("recipients", l.T("conference.field.recipients"), part.Help(l.T("conference.field.recipients_help")), h.Rows("6")),
		part.Fields(f.Input("for", l.T("conference.field.for")), f.Input("as", l.T("conference.field.as"))),
		f.Input("name", l.T("conference.field.signer"), part.Help(l.T("conference.field.signer_help")), g.Attr("list", "committee")),
		h.DataList(h.ID("committee"), names),
		part.Keep(l, "conference-"+v.x.ID),
		part.Actions(part.Button(l.T("conference.save"), part.Primary), part.LinkButton(v.x.PlanPath(), l.T("conference.back")))))
}

// picker offers the documents of the library that are in force today.
func (v editorView) picker() g.Node {
	var options []part.Option
	for _, s := range v.known {
		if s.InForce(v.today) {
			options = append(options, part.Option{Value: s.Key(), Text: s.String(), Small: s.Title})
		}
	}
	return part.Details(v.l.T("conference.bases.pick"), v.form.Checks("keys", v.l.T("conference.bases.pick_help"), options))
}

// duties are the fields of what each body does, with two empty ones at the end.
func (v editorView) duties() g.Node {
	l, f := v.l, v.form
	last := 0
	for n := range mostDuties {
		if f.Value(bodyField(n)) != "" || f.Value(linesField(n)) != "" {
			last = n + 1
		}
	}
	var out g.Group
	for n := range min(last+2, mostDuties) {
		out = append(out, part.FieldSet(l.T("conference.duty", "N", n+1),
			f.Input(bodyField(n), l.T("conference.field.body"), part.Help(l.T("conference.field.body_help"))),
			f.Textarea(linesField(n), l.T("conference.field.lines"), h.Rows("4"))))
	}
	return out
}

// planCard leads from the page of a conference to its plan; nil where the reader finds none.
func (v fileView) planCard() g.Node {
	l := v.l
	issued, is := v.Plan.Issued()
	if !is && !v.Keeps {
		return nil
	}
	text := l.T("conference.plan.none")
	if is {
		text = l.T("conference.plan.issued", "Number", issued.Number, "Day", issued.Dated.Slashed())
	}
	var tag g.Node
	if v.Keeps {
		tag = stageTag(l, v.Plan.Latest().Stage())
	}
	return part.Card(part.CardHead(l.T("conference.plan"), tag), part.Muted(g.Text(text)), part.LinkButton(v.PlanPath(), l.T("conference.plan.open"), part.Wide, part.IconPaper))
}
