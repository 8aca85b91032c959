package visit

import (
	"strconv"
	"strings"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/quality"
)

var markKinds = map[Mark]part.Kind{Good: part.OK, Limited: part.Warn, Wrong: part.Bad, Missing: part.Info}

// ofHead returns the remarks of one head.
func ofHead(all []Remark, head Head) []Remark {
	var out []Remark
	for _, r := range all {
		if r.Head == head {
			out = append(out, r)
		}
	}
	return out
}

// remarkItem is a remark in a list; aside stands under it.
func remarkItem(l locale.L, r Remark, aside ...g.Node) g.Node {
	var remedy g.Node
	if r.Mends() {
		remedy = h.P(h.B(g.Text(l.T("visit.remedy")+": ")), g.Text(r.Remedy), g.Text(" "), part.Tag(part.Plain, l.T("visit.due", "Day", r.Due.Slashed())))
	}
	return part.Item(part.Grow(part.Tag(markKinds[r.Mark], l.Of("visit.mark", string(r.Mark))), h.P(g.Text(r.Text)), remedy, g.Group(aside)))
}

// sheetView is the sheet while it is written, on a phone and without a network.
type sheetView struct {
	Sheet
	L       locale.L
	Account string
	form    web.Form      // a remark that was refused
	Fresh   func() string // makes the id of a remark that is sent without a script
}

func (v sheetView) t(key string, args ...any) string { return v.L.T("visit."+key, args...) }

func (v sheetView) body() g.Node {
	heads := make(g.Group, len(Heads))
	for i, head := range Heads {
		heads[i] = v.head(head)
	}
	return h.Div(h.ID("visit"), h.Class("stack"), h.Data("visit", v.Path()), h.Data("account", v.Account),
		part.Note(part.Info, g.Text(v.t("sheet.help"))),
		h.P(h.ID("visit-kept"), h.Role("status"), h.Class("muted"), g.Attr("hidden"),
			h.Data("waiting", v.t("sheet.waiting")), h.Data("sent", v.t("sheet.sent")), h.Data("full", v.t("sheet.full")), h.Data("signin", v.t("sheet.sign_in"))),
		heads,
		part.Card(part.CardHead(v.t("sheet.ready")), part.Muted(g.Text(v.t("sheet.ready_help"))),
			part.Actions(part.LinkButton(v.Path()+"/finish", v.t("finish"), part.Primary, h.ID("visit-finish")),
				part.LinkButton(v.Path()+"/before", v.t("before"), part.IconPaper))),
		v.pending(),
		h.Script(h.Src(assets.URL("visit.js")), h.Type("module")))
}

// head is one head of the sheet: what stands there, and the form for more.
func (v sheetView) head(head Head) g.Node {
	l := v.L
	lines := g.Map(ofHead(v.Remarks, head), func(r Remark) g.Node {
		return remarkItem(l, r, part.PostButton(v.Path()+"/remarks/"+r.ID+"/strike", v.t("strike"), part.Small, part.IconTrash,
			part.Confirm(l, v.t("strike_ask"), v.t("strike"))))
	})
	f := web.Form{ID: string(head)}
	if v.form.Value("head") == string(head) {
		f = v.form
		f.ID = string(head)
	}
	marks := make([]part.Option, len(Marks))
	for i, m := range Marks {
		marks[i] = part.Option{Value: string(m), Text: l.Of("visit.mark", string(m))}
	}
	return part.Card(h.ID("head-"+string(head)), part.CardHead(l.Of("visit.head", string(head))), part.Muted(g.Text(l.Of("visit.head_help", string(head)))),
		h.Ul(h.Class("list"), h.Data("remarks", string(head)), lines),
		h.Ul(h.Class("list"), h.Data("pending", string(head))),
		part.Post(v.Path()+"/remarks", part.Keep(l, "visit:"+v.ID+":"+string(head)), h.Data("head", string(head)), f.Summary(l),
			part.HiddenValue("id", v.Fresh()), part.HiddenValue("head", string(head)),
			f.Radios("mark", v.t("field.mark"), marks, part.Line, part.Required),
			f.Textarea("text", v.t("field.text"), part.Required, h.Rows("3")),
			part.Details(v.t("field.mend"), g.If(f.Value("remedy") != "" || f.Problems["due"] != "" || f.Problems["remedy"] != "", g.Attr("open")),
				f.Textarea("remedy", v.t("remedy"), h.Rows("2")),
				f.Date("due", v.t("field.due"), part.Help(v.t("field.due_help")))),
			part.Actions(part.Button(v.t("note"), part.Primary, part.IconCheck))))
}

// pending is a remark that waits on the device, which the script fills.
func (v sheetView) pending() g.Node {
	return g.El("template", h.ID("visit-pending"), part.Item(part.Grow(
		part.Tag(part.Plain, ""), h.P(h.Data("text", "")), h.P(h.Data("remedy", ""), h.B(g.Text(v.t("remedy")+": ")), h.Span(), g.Text(" "), h.Small()),
		h.Small(h.Data("state", ""), h.Data("waits", v.t("sheet.waits"))),
		part.Actions(h.Button(h.Type("button"), h.Class("btn small"), g.Text(v.t("sheet.back")))))))
}

// finishView is the sheet once more before it goes to the cell.
type finishView struct {
	Sheet
	L      locale.L
	Echoes []Echo
	Now    when.Instant
}

func (v finishView) body() g.Node {
	l := v.L
	back := part.LinkButton(v.Path()+"/sheet", l.T("visit.finish.back"))
	if v.Now < v.StartsAt {
		return part.Stack(part.Note(part.Warn, g.Text(l.T("visit.problem.early"))), part.Actions(back), remarksCards(l, v.Remarks))
	}
	if len(v.Remarks) == 0 {
		return part.Stack(part.Note(part.Warn, g.Text(l.T("visit.problem.empty"))), part.Actions(back))
	}
	return part.Stack(v.echoes(), remarksCards(l, v.Remarks),
		part.Card(part.Bad, part.CardHead(l.T("visit.finish.send")), h.P(g.Text(l.T("visit.finish.help"))),
			part.Beside(part.PostButton(v.Path()+"/finish", l.T("visit.finish.send"), part.Primary), back)))
}

// echoes shows the writer what they have written word for word before.
func (v finishView) echoes() g.Node {
	if len(v.Echoes) == 0 {
		return nil
	}
	var lines g.Group
	for _, e := range v.Echoes {
		lines = append(lines, h.Li(g.Text("«"+e.Remark.Text+"» – "), h.Small(g.Text(v.L.T("visit.echo.before", "Cell", e.Before.Cell, "Day", e.Before.StartsAt.Date().Slashed())))))
	}
	return part.Note(part.Warn, h.P(h.B(g.Text(v.L.T("visit.echo.title", "Count", len(v.Echoes))))), h.P(g.Text(v.L.T("visit.echo.help"))), h.Ul(lines))
}

// remarksCards are the remarks to be read, head by head.
func remarksCards(l locale.L, all []Remark) g.Node {
	var out g.Group
	for _, head := range Heads {
		remarks := ofHead(all, head)
		if len(remarks) == 0 {
			continue
		}
		out = append(out, part.Card(part.CardHead(l.Of("visit.head", string(head))),
			part.List(g.Map(remarks, func(r Remark) g.Node { return remarkItem(l, r) }))))
	}
	return out
}

// visitView is the page of a visit, for whoever may see it.
type visitView struct {
	Sheet
	sent
	L     locale.L
	Names map[string]string
	Today when.Date
	// Arranges: of the committee above. Answers: of the committee of the cell.
	Arranges, Answers bool
}

func (v visitView) t(key string, args ...any) string { return v.L.T("visit."+key, args...) }

func (v visitView) body() g.Node {
	work := part.Stack(v.ownWork(), v.remarks(), v.answerCard())
	return part.Cols(work, part.Stack(v.facts(), v.remedies(), v.papers(), v.refuseForm(), v.recallForm()))
}

func (v visitView) facts() g.Node {
	terms := []part.Term{
		part.Is(v.t("visitor"), g.Text(v.Names[v.Member])), part.Is(v.t("time"), g.Text(v.L.Moment(v.StartsAt))), part.Is(v.t("place"), g.Text(v.Place)),
	}
	if v.Entry.Note != "" && (v.Own || v.Arranges) {
		terms = append(terms, part.Is(v.t("field.note"), g.Text(v.Entry.Note)))
	}
	if v.Reason != "" && (v.Own || v.Arranges) {
		terms = append(terms, part.Is(v.t("field.reason"), g.Text(v.Reason)))
	}
	return part.Card(part.CardHead(v.Cell, stateTag(v.L, v.State)), part.DescriptionList(terms...))
}

// ownWork is what the visitor does now.
func (v visitView) ownWork() g.Node {
	if !v.Own || v.State != Assigned {
		return g.If(v.State == Assigned, part.Card(h.P(g.Text(v.t("waits")))))
	}
	return part.Card(part.Bad, part.CardHead(v.t("own.title")), part.Muted(g.Text(v.t("own.help"))),
		part.Actions(
			part.LinkButton(v.Path()+"/before", v.t("before"), part.IconPaper),
			part.LinkButton(v.Path()+"/sheet", v.t("sheet.open"), part.Primary, part.IconEdit)))
}

func (v visitView) remarks() g.Node {
	if !v.Shown || v.State != Finished {
		return g.If(v.State == Finished, part.Card(h.P(g.Text(v.t("closed")))))
	}
	return remarksCards(v.L, v.Remarks)
}

func (v visitView) answerCard() g.Node {
	if !v.Shown || v.State != Finished {
		return nil
	}
	if v.Answer != "" {
		return part.Card(part.CardHead(v.t("answer")), h.P(g.Text(v.Answer)), h.Small(g.Text(v.Names[v.AnsweredBy]+" · "+v.L.Moment(v.AnsweredAt))))
	}
	if !v.Answers {
		return part.Card(part.CardHead(v.t("answer")), part.Muted(g.Text(v.t("answer_none"))))
	}
	f := v.answer
	f.ID = "answer"
	return part.Card(part.Bad, part.CardHead(v.t("answer")), part.Muted(g.Text(v.t("answer_help"))),
		part.Post(v.Path()+"/answer", part.Keep(v.L, "visit-answer:"+v.ID), f.Summary(v.L), f.Textarea("answer", v.t("field.answer"), part.Required),
			part.Actions(part.Button(v.t("answer_send"), part.Primary))))
}

// remedies says what has become of what is to be mended.
func (v visitView) remedies() g.Node {
	if len(v.Remedies) == 0 {
		return nil
	}
	lines := make([]g.Node, len(v.Remedies))
	for i, r := range v.Remedies {
		lines[i] = part.Entry(r.Remedy, remedySmall(v.L, r), remedyTag(v.L, r, v.Today))
	}
	return part.Card(part.CardHead(v.t("remedies")), part.List(lines...))
}

func remedySmall(l locale.L, r quality.Remedy) string {
	small := l.T("visit.due", "Day", r.Due.Slashed())
	if r.Outcome != "" {
		small += " · " + r.Outcome
	}
	return small
}

func remedyTag(l locale.L, r quality.Remedy, today when.Date) g.Node {
	switch {
	case !r.Open():
		return part.Tag(part.OK, l.T("visit.remedy_done"))
	case r.Overdue(today):
		return part.Tag(part.Bad, l.T("visit.remedy_late"))
	}
	return part.Tag(part.Warn, l.T("visit.remedy_open"))
}

func (v visitView) papers() g.Node {
	if !v.Shown || v.State != Finished {
		return nil
	}
	return part.Card(part.CardHead(v.t("papers")), part.Actions(
		part.LinkButton(v.Path()+"/sheet.docx", "Word", part.IconPaper), part.LinkButton(v.Path()+"/sheet.pdf", "PDF", part.IconPrinter)))
}

func (v visitView) refuseForm() g.Node {
	if !v.Own || v.State != Assigned {
		return nil
	}
	return v.reasonForm("refuse", v.refuse)
}

func (v visitView) recallForm() g.Node {
	if !v.Arranges || v.Own || v.State != Assigned {
		return nil
	}
	return v.reasonForm("recall", v.recall)
}

// reasonForm ends a visit, which needs a reason.
func (v visitView) reasonForm(what string, f web.Form) g.Node {
	f.ID = what
	return part.Card(part.Details(v.L.Of("visit.end", what), g.If(f.Wrong(), g.Attr("open")), part.Post(v.Path()+"/"+what, f.Summary(v.L),
		f.Textarea("reason", v.t("field.reason"), part.Required, part.Help(v.L.Of("visit.end_help", what)), h.Rows("2")),
		part.Actions(part.Button(v.L.Of("visit.end", what), part.Small)))))
}

// beforeView is the page that a visitor reads beforehand.
type beforeView struct {
	Before
	L     locale.L
	Today when.Date
}

func (v beforeView) t(key string, args ...any) string { return v.L.T("visit."+key, args...) }

func (v beforeView) action() g.Node {
	return g.Group{
		g.If(v.State == Assigned, part.LinkButton(v.Path()+"/sheet", v.t("sheet.open"), part.Primary, part.IconEdit)),
		part.PrintButton(v.t("print")),
	}
}

func (v beforeView) body() g.Node {
	return part.Stack(v.who(), v.evenings(), v.remedies(), v.tasks())
}

func (v beforeView) who() g.Node {
	return part.Card(part.DescriptionList(part.Is(v.t("before.secretary"), g.Text(v.Secretary)), part.Is(v.t("before.meeting"), g.Text(v.Title)), part.Is(v.t("place"), g.Text(v.Place))))
}

func (v beforeView) evenings() g.Node {
	head := part.CardHead(v.t("before.last"))
	if len(v.Evenings) == 0 {
		return part.Card(head, part.Muted(g.Text(v.t("before.none"))))
	}
	rows := make([]part.Row, len(v.Evenings))
	for i, e := range v.Evenings {
		title := g.Node(part.Link(e.Meeting.Path(), g.Text(e.Meeting.Title)))
		rows[i] = part.Row{
			g.Group{title, h.Br(), h.Small(g.Text(v.L.Moment(e.Meeting.StartsAt)))},
			g.Text(share(v.L, e.Came, e.Expected)), g.Text(v.t("before.minutes", "Count", int(e.Lasted/time.Minute))),
			g.Text(share(v.L, e.Spoke, e.Present)), v.score(e.Score), g.Text(dash(e.Theme)),
		}
	}
	return part.Card(head, part.Table(v.t("before.last"),
		part.Heads(v.t("before.meeting"), v.t("before.came"), v.t("before.length"), v.t("before.spoke"), v.t("before.score"), v.t("before.theme")), rows...))
}

func share(l locale.L, n, of int) string {
	if of == 0 {
		return "–"
	}
	return strconv.Itoa(n) + "/" + strconv.Itoa(of) + " (" + l.Percent(n, of) + ")"
}

func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// score is the decision, else what the cell gave itself.
func (v beforeView) score(s quality.Score) g.Node {
	if s.Meeting == "" {
		return g.Text("–")
	}
	given := s.Own
	if s.State.Decided() {
		given = s.Decision
	}
	words := []string{given.Points.Text(v.L)}
	if given.Level != "" {
		words = append(words, v.L.Of("rubric.level", string(given.Level)))
	}
	return g.Text(strings.Join(words, " · "))
}

func (v beforeView) remedies() g.Node {
	head := part.CardHead(v.t("before.remedies"), part.Tag(part.Plain, strconv.Itoa(len(v.Remedies))))
	if len(v.Remedies) == 0 {
		return part.Card(head, part.Muted(g.Text(v.t("before.no_remedies"))))
	}
	lines := make([]g.Node, len(v.Remedies))
	for i, r := range v.Remedies {
		lines[i] = part.Entry(r.Weakness, r.Remedy+" · "+remedySmall(v.L, r), remedyTag(v.L, r, v.Today))
	}
	return part.Card(head, part.List(lines...))
}

// mostTasks is how many open tasks the page names.
const mostTasks = 10

func (v beforeView) tasks() g.Node {
	head := part.CardHead(v.t("before.tasks"), part.Tag(part.Plain, strconv.Itoa(len(v.Tasks))))
	if len(v.Tasks) == 0 {
		return part.Card(head, part.Muted(g.Text(v.t("before.no_tasks"))))
	}
	var lines g.Group
	for _, t := range v.Tasks[:min(mostTasks, len(v.Tasks))] {
		var owners []string
		for _, o := range t.Owners {
			owners = append(owners, v.Names[o])
		}
		tag := g.Node(nil)
		if !t.Due.IsZero() && t.Due.Before(v.Today) {
			tag = part.Tag(part.Bad, v.t("remedy_late"))
		}
		lines = append(lines, part.Entry(t.Title, strings.Trim(strings.Join(owners, ", ")+" · "+v.t("due", "Day", t.DueText()), " ·"), tag))
	}
	more := g.Node(nil)
	if n := len(v.Tasks) - mostTasks; n > 0 {
		more = part.Muted(g.Text(v.t("before.more_tasks", "Count", n)))
	}
	return part.Card(head, part.List(lines...), more)
}
