package meeting

import (
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web/part"
)

// memberBody is what members see of a meeting once notice is given.
func (v meetingView) memberBody() g.Node {
	return part.Stack(
		v.road(),
		v.newTerm(),
		v.answerCard(),
		part.Cols(
			part.Stack(v.mine(), v.readAgenda(), v.readQuestions(), v.readDraft()),
			part.Stack(g.Group(v.Panels), v.guard(), v.readPapers(), v.readGuests(), v.facts()),
		),
	)
}

// mine says what the reader has been given to do at the meeting.
func (v meetingView) mine() g.Node {
	var lines g.Group
	for _, i := range v.Items {
		if i.Presenter == v.Reader && v.Reader != "" {
			lines = append(lines, part.Entry(i.Title, i.Note))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return part.Card(part.CardHead(v.L.T("meeting.mine")), part.List(lines...))
}

func (v meetingView) readAgenda() g.Node {
	l := v.L
	rows := make([]part.Row, len(v.Items))
	for i, item := range v.Items {
		rows[i] = v.agendaRow(item, false)
	}
	theme := g.If(v.Meeting.Theme != "", h.P(h.B(g.Text(l.T("meeting.field.theme")+": ")), g.Text(v.Meeting.Theme)))
	return part.Card(h.ID("agenda"), part.CardHead(l.T("meeting.agenda")), theme, part.Table(l.T("meeting.agenda"), agendaColumns(l), rows...),
		part.Actions(part.LinkButton(v.url("/notice.pdf"), l.T("meeting.notice.pdf"), part.Small, part.IconPaper)))
}

func (v meetingView) readQuestions() g.Node {
	if len(v.Focus) == 0 {
		return nil
	}
	var lines g.Group
	for _, f := range v.Focus {
		lines = append(lines, part.Item(part.Grow(g.Text(f.Text))))
	}
	return part.Card(part.CardHead(v.L.T("meeting.questions")), part.Muted(g.Text(v.L.T("meeting.questions_read"))), part.List(lines...))
}

func (v meetingView) readDraft() g.Node {
	if v.Draft.Version == 0 || v.Meeting.State.Reached(Closed) {
		return nil
	}
	return part.Card(part.CardHead(v.L.T("meeting.draft.title")), part.Muted(g.Text(v.L.T("meeting.draft.read"))),
		part.Details(v.L.T("meeting.draft.open"), document.BodyHTML(document.Markdown(v.Draft.Text))))
}

func (v meetingView) readPapers() g.Node {
	if len(v.Papers) == 0 {
		return nil
	}
	var lines g.Group
	for _, p := range v.Papers {
		lines = append(lines, part.Item(part.Grow(paperLink(p))))
	}
	return part.Card(part.CardHead(v.L.T("meeting.papers.title")), part.List(lines...))
}

func (v meetingView) readGuests() g.Node {
	if len(v.Guests) == 0 {
		return nil
	}
	var lines g.Group
	for _, guest := range v.Guests {
		lines = append(lines, part.PersonEntry(guest.Name, text.Joined(guest.Office, guest.Body)))
	}
	return part.Card(part.CardHead(v.L.T("meeting.guests")), part.List(lines...))
}

// answerCard lets the reader answer the notice, and shows what was answered.
func (v meetingView) answerCard() g.Node {
	if v.Meeting.State != Noticed {
		return nil
	}
	guest := slices.IndexFunc(v.Guests, func(x Guest) bool { return x.Member != "" && x.Member == v.Reader })
	if guest < 0 && !invites(v.Audience, v.Reader) {
		return nil
	}
	var r Response
	for _, a := range v.Answers {
		if a.Member == v.Reader {
			r = a
		}
	}
	if guest >= 0 {
		r.Reply = v.Guests[guest].Reply
	}
	return part.Card(h.ID("answer"), part.CardHead(v.L.T("meeting.answer.title"), replyTag(v.L, r)),
		answerButtons(v.L, v.Meeting, r, v.form("answer")))
}

func replyTag(l locale.L, r Response) g.Node {
	switch {
	case r.Reply == Coming:
		return part.Tag(part.OK, l.T("meeting.answer.coming"))
	case r.Excused():
		return part.Tag(part.Info, l.T("meeting.answer.excused"))
	case r.Reply == Away:
		return part.Tag(part.Warn, l.T("meeting.answer.away"))
	}
	return part.Tag(part.Plain, l.T("meeting.answer.none"))
}

// answerButtons are the two answers; the second asks for its reason.
func answerButtons(l locale.L, m Meeting, r Response, f part.Form) g.Node {
	coming := part.PostButton(m.Path()+"/answer", l.T("meeting.answer.come"), part.Primary, part.Wide, part.IconCheck, part.HiddenValue("reply", string(Coming)))
	if r.Reply == Coming {
		coming = part.Muted(g.Text(l.T("meeting.answer.thanks")))
	}
	return g.Group{coming, part.Details(l.T("meeting.answer.stay_away"), g.If(f.Wrong(), g.Attr("open")),
		part.Post(m.Path()+"/answer", f.Summary(l), part.HiddenValue("reply", string(Away)),
			f.Radios("reason", l.T("meeting.answer.reason"), reasonOptions(l)),
			f.Textarea("note", l.T("meeting.answer.note"), part.Help(l.T("meeting.answer.note_help"))),
			part.Actions(part.Button(l.T("meeting.answer.send"), part.Wide)),
		))}
}

func reasonOptions(l locale.L) []part.Option {
	options := make([]part.Option, len(Reasons))
	for i, r := range Reasons {
		options[i] = part.Option{Value: string(r), Text: l.Of("meeting.reason", string(r))}
	}
	return options
}
