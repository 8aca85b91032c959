package room

import (
	"fmt"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web/part"
	"chibo/proceedings"
)

// work is the middle column: the item that is treated, and everything the meeting
// decides.
func (p screen) work() g.Node {
	if p.s.Phase == proceedings.Waiting {
		return g.Group{p.openingCard(), p.draftCard()}
	}
	return g.Group{
		p.itemCard(),
		p.votesCard(),
		p.electionCard(),
		p.carriedCard(),
		p.judgedCard(),
		p.tasksCard(),
		p.wordsCard(),
		p.draftCard(),
		p.photosCard(),
		p.closingCard(),
	}
}

func (p screen) openingCard() g.Node {
	if !p.may {
		return part.Card(part.Empty(p.t("room.waiting.title"), p.t("room.waiting.text")))
	}
	f := with("open", "chair", p.s.Setup.Chair, "minute_taker", p.s.Setup.MinuteTaker, "place", p.s.Setup.Place)
	w := writer{l: p.l, s: p.s, f: f}
	return part.Card(h.ID("room-open"),
		part.CardHead(p.t("room.open.title")),
		part.Muted(g.Text(p.t("room.open.text"))),
		p.form(proceedings.KindOpen, "", w.fields(proceedings.KindOpen), part.Actions(part.Button(p.t("room.open.button"), part.Primary, part.IconPlay))),
	)
}

// itemCard is the item in focus: what was said, noted and concluded under it.
func (p screen) itemCard() g.Node {
	i, ok := p.s.Item(p.focus)
	title, clock := p.t("room.no_item"), g.Node(nil)
	if ok {
		title = fmt.Sprintf("%d. %s", p.number(i.ID), i.Title)
		clock = h.Span(h.Class("num muted"), p.spent(i))
	}
	return part.Card(h.ID("room-item"),
		part.CardHead(title, clock),
		g.If(i.Presenter != "", part.Muted(g.Text(p.t("room.item.presenter", "Name", i.Presenter)))),
		p.itemPage(i),
		g.If(i.Note != "", part.Muted(g.Text(i.Note))),
		p.duesLines(i),
		part.List(
			g.Map(p.s.Opinions, func(o proceedings.Opinion) g.Node { return g.If(p.under(o.Item), p.opinion(o)) }),
			g.Map(p.s.Notes, func(n proceedings.Note) g.Node { return g.If(p.under(n.Item), p.note(n)) }),
			g.Map(p.s.Conclusions, func(c proceedings.Conclusion) g.Node { return g.If(p.under(c.Item), p.conclusion(c)) }),
		),
		p.itemKeys(i),
		p.itemForms(i),
	)
}

// itemPage leads to what was prepared for an item elsewhere: the briefing, the theme.
func (p screen) itemPage(i proceedings.Item) g.Node {
	page := map[string]string{"information": "briefing", "theme": "theme"}[i.Kind]
	if page == "" || !p.may {
		return nil
	}
	return part.LinkButton("/meetings/"+p.s.Setup.Meeting+"/"+page, p.t("room.item.page"), part.Small)
}

// under reports whether what belongs to an item is shown now. What was said before the
// first item began is shown under it.
func (p screen) under(item string) bool {
	return item == p.focus || item == "" && p.number(p.focus) == 1
}

func (p screen) number(item string) int {
	for n, i := range p.s.Items {
		if i.ID == item {
			return n + 1
		}
	}
	return 0
}

func (p screen) itemForms(i proceedings.Item) g.Node {
	if !p.takes(proceedings.KindOpinion) {
		return nil
	}
	opening := i.Kind == "opening" || p.focus == ""
	floor, _ := p.s.Floor()
	opinion := with("opinion", "item", i.ID, "speaker", floor.Speaker)
	return g.Group{
		g.If(!opening, g.Group{
			h.H3(g.Text(p.t("room.opinion.add"))),
			p.floorLine(),
			p.write(proceedings.KindOpinion, i.ID, p.t("room.opinion.button"), opinion),
		}),
		g.If(opening, p.more(proceedings.KindOpinion, i.ID, p.t("room.opinion.add"), p.t("room.opinion.button"), opinion)),
		p.more(proceedings.KindDues, "", p.t("room.dues.add"), p.t("room.save"), part.Form{ID: "dues"}),
		p.more(proceedings.KindNote, i.ID, p.t("room.note.add"), p.t("room.save"), with("note", "item", i.ID)),
		p.more(proceedings.KindConclude, i.ID, p.t("room.conclude.add"), p.t("room.conclude.button"), with("conclude", "item", i.ID)),
	}
}

// duesLines shows the dues under the opening, where the order of a meeting has
// them.
func (p screen) duesLines(i proceedings.Item) g.Node {
	if i.Kind != "opening" && p.focus != "" {
		return nil
	}
	return g.Map(p.s.Dues, func(d proceedings.Dues) g.Node {
		return h.P(g.Text(p.t("room.dues.line", "Paid", d.Paid, "Owing", d.Owing)+" "+d.Text+" "), p.stamp(d.Entry), p.mend(d.Entry))
	})
}

func (p screen) opinion(o proceedings.Opinion) g.Node {
	return h.Li(h.ID("act-"+o.Act),
		part.Avatar(p.s.Name(o.Speaker)),
		part.Grow(
			h.P(h.B(g.Text(p.s.Name(o.Speaker))), g.Text(" "), part.Tag(stanceKind(o.Stance), stanceText(p.l, o.Stance)), g.Text(" "), p.stamp(o.Entry), p.mend(o.Entry)),
			words(o.Text),
			p.destiny(o.Act, o.Destiny, o.Stance.NeedsAnswer())))
}

func stanceKind(s proceedings.Stance) part.Kind {
	switch s {
	case proceedings.Agree:
		return part.OK
	case proceedings.Differ:
		return part.Warn
	case proceedings.Propose, proceedings.Ask:
		return part.Info
	}
	return part.Plain
}

// destiny shows what became of an opinion, or asks for it where the meeting owes
// an answer.
func (p screen) destiny(act string, d proceedings.Destiny, owed bool) g.Node {
	if d.Fate != "" {
		return h.P(h.Class("room-destiny"), h.B(g.Text(fateText(p.l, d.Fate)+": ")), g.Text(p.destinyWords(d)+" "), p.mend(d.Entry))
	}
	if !owed || !p.takes(proceedings.KindDestiny) {
		return nil
	}
	f := with("destiny-"+act, "opinion", act)
	return part.Details(p.t("room.destiny.add"), h.ID("more-"+f.ID), h.Class("room-orphan"),
		p.write(proceedings.KindDestiny, act, p.t("room.destiny.button"), f))
}

// carriedCard holds what earlier meetings have left to this one.
func (p screen) carriedCard() g.Node {
	if len(p.s.Carried) == 0 {
		return nil
	}
	return part.Card(h.ID("room-carried"),
		part.CardHead(p.t("room.carried"), part.Tag(part.Plain, strconv.Itoa(len(p.s.Carried)))),
		part.List(g.Map(p.s.Carried, func(m proceedings.CarriedMatter) g.Node {
			asked := proceedings.Destiny{Who: m.Member, Due: m.Due}
			return h.Li(h.ID("carried-"+m.Subject),
				part.Grow(words(m.Text), h.Small(g.Text(p.destinyWords(asked))), p.destiny(m.Subject, m.Destiny, true)))
		})))
}

func (p screen) destinyWords(d proceedings.Destiny) string {
	var parts []string
	if d.Text != "" {
		parts = append(parts, d.Text)
	}
	if d.Who != "" {
		parts = append(parts, p.t("room.destiny.who", "Name", p.s.Name(d.Who)))
	}
	if !d.Due.IsZero() {
		parts = append(parts, p.t("room.destiny.due", "Day", d.Due.Slashed()))
	}
	return strings.Join(parts, " ")
}

func (p screen) note(n proceedings.Note) g.Node {
	return h.Li(h.ID("act-"+n.Act), part.IconNotebook, part.Grow(words(n.Text), p.stamp(n.Entry)), p.mend(n.Entry))
}

func (p screen) conclusion(c proceedings.Conclusion) g.Node {
	return h.Li(h.ID("act-"+c.Act), part.IconFlag,
		part.Grow(h.B(g.Text(p.t("room.conclude.word"))), words(c.Text), p.stamp(c.Entry)), p.mend(c.Entry))
}

// words are lines as they were typed.
func words(text string) g.Node { return h.P(h.Class("room-words"), g.Text(text)) }

// judgedCard holds last month's tasks and the verdicts on them.
func (p screen) judgedCard() g.Node {
	if len(p.s.Judged) == 0 {
		return nil
	}
	open := 0
	for _, j := range p.s.Judged {
		if j.Verdict == "" {
			open++
		}
	}
	kind := part.OK
	if open > 0 {
		kind = part.Warn
	}
	return part.Card(h.ID("room-tasks-due"),
		part.CardHead(p.t("room.judged"), part.Tag(kind, p.t("room.judged.done", "Done", len(p.s.Judged)-open, "All", len(p.s.Judged)))),
		part.List(g.Map(p.s.Judged, p.judged)))
}

func (p screen) judged(j proceedings.Judged) g.Node {
	f := with("verdict-"+j.ID, "task", j.ID, "reached", positive(j.Reached))
	return h.Li(h.ID("task-"+j.ID),
		part.Grow(
			h.B(g.Text(j.Title)),
			h.Small(g.Text(strings.Join(nonEmpty(p.names(j.Owners), p.dueText(j), p.counted(j)), " · "))),
			g.If(j.Verdict != "", h.P(h.Class("room-destiny"), g.Text(strings.Join(nonEmpty(j.Report, j.Cause, j.Remedy), " · ")+" "), p.mend(j.Entry))),
			g.If(j.Verdict == "" && p.takes(proceedings.KindVerdict), part.Details(p.t("room.judged.add"), h.ID("more-"+f.ID), p.write(proceedings.KindVerdict, j.ID, p.t("room.judged.button"), f)))),
		g.If(j.Verdict != "", part.Tag(verdictKind(j.Verdict), verdictText(p.l, j.Verdict))))
}

func verdictKind(v proceedings.Verdict) part.Kind {
	switch v {
	case proceedings.DoneWell, proceedings.DoneFine:
		return part.OK
	case proceedings.DoneLate:
		return part.Warn
	}
	return part.Bad
}

func (p screen) dueText(j proceedings.Judged) string {
	if j.Due.IsZero() {
		return ""
	}
	return p.t("room.task.due", "Day", j.Due.Slashed())
}

func (p screen) counted(j proceedings.Judged) string {
	if j.Target == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d %s", j.Reached, j.Target, j.Unit)
}

func (p screen) names(ids []string) string {
	list := make([]string, len(ids))
	for n, id := range ids {
		list[n] = p.s.Name(id)
	}
	return strings.Join(list, ", ")
}

// tasksCard holds the tasks given tonight.
func (p screen) tasksCard() g.Node {
	if len(p.s.Tasks) == 0 && !p.takes(proceedings.KindTask) {
		return nil
	}
	var rows []part.Row
	for _, t := range p.s.Tasks {
		rows = append(rows, part.Row{
			h.ID("act-" + t.Act), g.Text(t.Title), g.Text(p.names(t.Owners)), part.Number(t.Due.Slashed()),
			g.Group{g.Text(strings.Join(nonEmpty(t.DoneWhen, target(t), t.Source), " · ")), p.mend(t.Entry)},
		})
	}
	return part.Card(h.ID("room-tasks"),
		part.CardHead(p.t("room.tasks"), part.Tag(part.Plain, strconv.Itoa(len(p.s.Tasks)))),
		g.If(len(rows) > 0, part.Table(p.t("room.tasks"),
			part.Heads(p.t("room.field.work"), p.t("room.field.owners"), p.t("room.field.deadline"), p.t("room.field.done_when")), rows...)),
		p.more(proceedings.KindTask, p.focus, p.t("room.task.add"), p.t("room.task.button"), with("task-add", "item", p.focus)))
}

func target(t proceedings.Given) string {
	if t.Target == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", t.Target, t.Unit)
}

// wordsCard holds praise, reminders and the guidance of the superior.
func (p screen) wordsCard() g.Node {
	if len(p.s.Commended)+len(p.s.Guidance) == 0 && !p.takes(proceedings.KindGuidance) {
		return nil
	}
	return part.Card(h.ID("room-words"),
		part.CardHead(p.t("room.words")),
		part.List(
			g.Map(p.s.Commended, func(c proceedings.Commendation) g.Node {
				kind := part.Warn
				if c.Form == proceedings.Praise {
					kind = part.OK
				}
				return h.Li(h.ID("act-"+c.Act), part.Tag(kind, formText(p.l, c.Form)),
					part.Grow(h.B(g.Text(p.s.Name(c.Member))), words(c.Text), p.stamp(c.Entry)), p.mend(c.Entry))
			}),
			g.Map(p.s.Guidance, func(w proceedings.Guidance) g.Node {
				return h.Li(h.ID("act-"+w.Act), part.IconSpeech,
					part.Grow(h.B(g.Text(p.s.Name(w.Speaker))), words(w.Text), p.stamp(w.Entry)), p.mend(w.Entry))
			})),
		p.more(proceedings.KindCommend, "", p.t("room.commend.add"), p.t("room.save"), part.Form{ID: "commend"}),
		p.more(proceedings.KindGuidance, "", p.t("room.guidance.add"), p.t("room.save"), part.Form{ID: "guidance"}))
}

// draftCard holds the draft resolution as it stands.
func (p screen) draftCard() g.Node {
	r := p.s.Resolution
	if r.Text == "" && !p.takes(proceedings.KindResolution) {
		return nil
	}
	amended := g.Node(nil)
	if r.Amended {
		amended = part.Tag(part.Info, p.t("room.resolution.amended", "Time", r.At.HHMM()))
	}
	edit := p.more(proceedings.KindResolution, "", p.t("room.resolution.edit"), p.t("room.save"), with("resolution", "text", r.Text))
	return part.Card(h.ID("room-resolution"),
		part.CardHead(p.t("room.resolution"), amended),
		g.If(r.Text == "", part.Muted(g.Text(p.t("room.resolution.none")))),
		g.If(r.Text != "", part.Details(p.t("room.resolution.show"), h.ID("resolution-text"), words(r.Text))),
		edit)
}

func (p screen) photosCard() g.Node {
	f := part.Form{ID: "photo"}
	var upload g.Node
	if p.takes(proceedings.KindPhoto) {
		upload = part.Details(p.t("room.photo.add"), h.ID("more-photo"),
			part.Upload(p.path("/photo"), h.Data("upload", p.t("room.photo.offline")),
				with("photo", "item", p.focus).Hidden("item"),
				f.File("file", p.t("room.field.photo"), "image/jpeg,image/png", g.Attr("capture", "environment")),
				f.Input("caption", p.t("room.field.caption")),
				f.Check("unmarked", p.t("room.field.unmarked"), part.Required),
				part.Actions(part.Button(p.t("room.photo.button"), part.IconCamera))))
	}
	if upload == nil && len(p.s.Photos) == 0 {
		return nil
	}
	return part.Card(h.ID("room-photos"),
		part.CardHead(p.t("room.photos"), part.Tag(part.Plain, strconv.Itoa(len(p.s.Photos)))),
		part.List(g.Map(p.s.Photos, func(ph proceedings.Photo) g.Node {
			title := caption(ph.Caption, p.t("room.photo.untitled"))
			if local, ok := strings.CutPrefix(ph.File, localFile); ok {
				return h.Li(h.ID("act-"+ph.Act), h.Img(h.Class("room-photo"), h.Data("local", local), h.Alt(title)),
					part.Grow(g.Text(title), h.Br(), h.Small(g.Text(p.t("room.photo.waiting")))))
			}
			return h.Li(h.ID("act-"+ph.Act), part.IconCamera,
				part.Grow(part.Link("/files/"+ph.File, g.Text(title)), h.Br(), p.stamp(ph.Entry)), p.mend(ph.Entry))
		})), upload)
}

// localFile begins the name of a picture that is only on the device on which it was
// taken; the id of its act follows.
const localFile = "local:"

func caption(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func nonEmpty(texts ...string) []string {
	var list []string
	for _, t := range texts {
		if t != "" {
			list = append(list, t)
		}
	}
	return list
}
