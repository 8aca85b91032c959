package notebook

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
	"chibo/task"
)

// pageView is the page of the notebook for a meeting.
type pageView struct {
	L    locale.L
	Page Page // of somebody who has left the cell: the meeting alone
	Lock Lock
	Note Note
	Form web.Form // the note as it was refused
}

func (v pageView) body() g.Node {
	return part.Cols(
		part.Stack(v.note(), v.opinions(), v.conclusions(), v.resolution()),
		part.Stack(v.meeting(), v.tasks(), v.agenda()),
	)
}

// note is the member's own, under its lock.
func (v pageView) note() g.Node {
	l, here := v.L, path(v.Page.Meeting.ID)
	if v.Lock != Opened {
		return g.Group{v.Form.Summary(l), lockView{L: l, Lock: v.Lock, Next: here}.card()}
	}
	f := v.Form
	if !f.Wrong() {
		f = web.Form{Values: map[string][]string{"text": {v.Note.Text}}}
	}
	saved := part.Muted(g.Text(l.T("notebook.note.unwritten")))
	if !v.Note.ChangedAt.IsZero() {
		saved = savedLine(l, v.Note.ChangedAt)
	}
	return part.Card(part.CardHead(l.T("notebook.note.title"), part.IconLock),
		part.Post(here, part.Keep(l, "notebook:"+v.Page.Meeting.ID), part.SwapPost(here, "#note-saved"), part.On("input delay:1500ms"),
			f.Summary(l), v.elsewhere(f), part.HiddenValue("base", strconv.FormatInt(int64(v.Note.ChangedAt), 10)),
			f.Textarea("text", l.T("notebook.note.text"), part.Help(l.T("notebook.note.help")), h.Rows("12")),
			h.Div(h.ID("note-saved"), h.Role("status"), saved),
			part.Actions(part.Button(l.T("notebook.note.save"), part.Primary, part.IconCheck))),
		g.If(!v.Note.Empty(), part.PostButton(here+"/delete", l.T("notebook.note.delete"), part.Small, part.IconTrash,
			part.Confirm(l, l.T("notebook.note.delete_ask"), l.T("notebook.note.delete")))))
}

// elsewhere shows what another device has written, when the note was refused for it:
// sent again, the form writes over it.
func (v pageView) elsewhere(f web.Form) g.Node {
	if !f.Wrong() || v.Note.Empty() || f.Value("text") == v.Note.Text {
		return nil
	}
	return part.Details(v.L.T("notebook.note.elsewhere"), g.Attr("open"), part.Sheet(g.Map(strings.Split(v.Note.Text, "\n"), func(line string) g.Node { return h.P(g.Text(line)) })))
}

// savedLine says when the note was kept.
func savedLine(l locale.L, at when.Instant) g.Node {
	return part.Muted(g.Text(l.T("notebook.note.saved", "When", l.Moment(at))))
}

func (v pageView) meeting() g.Node {
	l, m := v.L, v.Page.Meeting
	noticed := part.Is(l.T("notebook.page.noticed"))
	if !v.Page.NoticedAt.IsZero() {
		noticed = part.Is(l.T("notebook.page.noticed"), g.Text(l.Moment(v.Page.NoticedAt)))
	}
	where := part.Is(l.T("notebook.page.place"))
	if m.Place != "" {
		where = part.Is(l.T("notebook.page.place"), g.Text(m.Place))
	}
	open := part.LinkButton(m.Path(), l.T("notebook.page.meeting"), part.IconCalendar)
	if v.Page.Cell == "" {
		open = part.Muted(g.Text(l.T("notebook.page.left")))
	}
	return part.Card(part.CardHead(l.T("notebook.page.notice")),
		part.DescriptionList(part.Is(l.T("notebook.page.starts"), g.Text(l.Moment(m.StartsAt))), where, noticed), open)
}

func (v pageView) agenda() g.Node {
	if len(v.Page.Agenda) == 0 {
		return nil
	}
	return part.Card(part.CardHead(v.L.T("notebook.page.agenda")), h.Ol(g.Map(v.Page.Agenda, func(i meeting.Item) g.Node { return h.Li(g.Text(i.Title)) })))
}

func (v pageView) tasks() g.Node {
	l := v.L
	var entries []g.Node
	for _, j := range v.Page.Judged {
		entries = append(entries, part.LinkEntry("/tasks/"+j.ID, j.Title, l.T("notebook.page.judged"), part.Tag(part.Info, judgedText(l, j))))
	}
	for _, t := range v.Page.Given {
		entries = append(entries, part.LinkEntry("/tasks/"+t.ID, t.Title, dueText(l, t), part.Tag(part.Plain, l.T("notebook.page.given"))))
	}
	if len(entries) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("notebook.page.tasks")), part.List(entries...))
}

func dueText(l locale.L, t task.Task) string {
	if t.Due.IsZero() {
		return ""
	}
	return l.T("notebook.page.due", "Day", t.Due.Slashed())
}

func (v pageView) opinions() g.Node {
	if len(v.Page.Opinions) == 0 {
		return nil
	}
	return part.Card(part.CardHead(v.L.T("notebook.page.opinions")), part.List(g.Map(v.Page.Opinions, func(o proceedings.Opinion) g.Node {
		return part.Entry(o.Text+destiny(v.L, o), v.Page.Topics[o.Item])
	})))
}

func (v pageView) conclusions() g.Node {
	if len(v.Page.Conclusions) == 0 {
		return nil
	}
	return part.Card(part.CardHead(v.L.T("notebook.page.conclusions")), part.List(g.Map(v.Page.Conclusions, func(c proceedings.Conclusion) g.Node {
		return part.Entry(c.Text, v.Page.Topics[c.Item])
	})))
}

func (v pageView) resolution() g.Node {
	if v.Page.Resolution == "" {
		return nil
	}
	return part.Card(part.CardHead(v.L.T("notebook.page.resolution")), part.Details(v.L.T("notebook.page.read"), document.BodyHTML(document.Markdown(v.Page.Resolution))))
}
