package news

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/library"
	"chibo/member"
)

// listView is what the list of pieces shows.
type listView struct{ all []placed }

func (v listView) body(l locale.L) g.Node {
	if len(v.all) == 0 {
		return part.Card(part.Empty(l.T("news.empty"), l.T("news.empty_text")))
	}
	return part.Card(part.List(g.Map(v.all, func(i placed) g.Node {
		return part.LinkEntry(i.Item.Path(), i.Title, i.Cell+" · "+i.CreatedAt.Date().Slashed(), stateTag(l, i.State))
	})))
}

func stateTag(l locale.L, s State) g.Node {
	kind := part.Warn
	switch s {
	case Published:
		kind = part.OK
	case Withdrawn:
		kind = part.Plain
	case Draft:
	}
	return part.Tag(kind, l.Of("news.state", string(s)))
}

// itemView is what the page of a piece shows.
type itemView struct {
	placed
	pictures []Picture
	roll     []member.Entry
	names    map[string]string
	papers   []library.File // pictures of the meeting that may be taken
	writes   bool
	refused  string // the name of the form that was refused
	form     web.Form
}

func (v itemView) formOf(name string, values map[string][]string) web.Form {
	f := web.Form{Values: values}
	if name == v.refused {
		f = v.form
	}
	f.ID = name
	return f
}

func (v itemView) body(l locale.L) g.Node {
	if !v.writes || v.State == Published {
		return part.Cols(part.Stack(v.reading(l)), part.Stack(v.state(l)))
	}
	return part.Cols(part.Stack(v.words(l), v.pictureCards(l), v.addCard(l)), part.Stack(v.state(l)))
}

// reading is the piece as it is read.
func (v itemView) reading(l locale.L) g.Node {
	var pictures g.Group
	for _, p := range v.pictures {
		if p.Gap() == "" {
			pictures = append(pictures, part.Photo(v.Item.Path()+"/pictures/"+p.ID, p.Caption))
		}
	}
	return part.Card(h.H2(g.Text(v.Title)), paragraphs(v.Body), pictures, part.Muted(g.Text(l.T("news.source_is", "Source", v.Source))))
}

func paragraphs(body string) g.Node {
	var out g.Group
	for text := range strings.SplitSeq(body, "\n") {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, h.P(g.Text(text)))
		}
	}
	return out
}

// state says where the piece stands and leads on.
func (v itemView) state(l locale.L) g.Node {
	head := part.CardHead(l.T("news.state"), stateTag(l, v.State))
	word := part.LinkButton(v.Item.Path()+"/item.docx", l.T("news.docx"), part.IconDownload, part.Wide)
	if v.State == Published {
		open := part.LinkButton(v.Public(), l.T("news.open"), part.Wide)
		if !v.writes {
			return part.Card(head, open, word)
		}
		f := v.formOf("withdraw", nil)
		return part.Card(head, part.Muted(g.Text(l.T("news.published_help"))), open, word,
			part.Details(l.T("news.withdraw"), g.If(f.Wrong(), g.Attr("open")), part.Post(v.Item.Path()+"/withdraw", f.Summary(l),
				f.Input("reason", l.T("news.reason"), part.Required), part.Actions(part.Button(l.T("news.withdraw"), part.Danger)))))
	}
	var back g.Node
	if v.State == Withdrawn {
		reason := v.Reason
		if reason == "" {
			reason = l.T("news.withdrawn_consent")
		}
		back = part.Note(part.Warn, g.Text(l.T("news.withdrawn", "Day", v.WithdrawnAt.Date().Slashed(), "Reason", reason)))
	}
	if !Ready(v.pictures) {
		return part.Card(head, back, part.Note(part.Info, g.Text(l.T("news.not_ready"))), word)
	}
	return part.Card(head, back, part.Muted(g.Text(l.T("news.ready"))),
		part.PostButton(v.Item.Path()+"/publish", l.T("news.publish"), part.Primary, part.Wide, part.Confirm(l, l.T("news.publish_ask"), l.T("news.publish"))), word)
}

func (v itemView) words(l locale.L) g.Node {
	f := v.formOf("words", map[string][]string{"title": {v.Title}, "body": {v.Body}, "source": {v.Source}})
	return part.Card(part.CardHead(l.T("news.words")), part.Muted(g.Text(l.T("news.words_help"))),
		part.Post(v.Item.Path(), part.Keep(l, "news-"+v.ID), part.Guard(), f.Summary(l),
			f.Input("title", l.T("news.field.title"), part.Required),
			f.Textarea("body", l.T("news.field.body"), part.Required, h.Rows("8")),
			f.Input("source", l.T("news.field.source"), part.Required),
			part.Actions(part.Button(l.T("news.save")))))
}

// pictureCards are the pictures, each with who is in it.
func (v itemView) pictureCards(l locale.L) g.Node {
	return g.Map(v.pictures, func(p Picture) g.Node { return v.pictureCard(l, p) })
}

func (v itemView) pictureCard(l locale.L, p Picture) g.Node {
	url := v.Item.Path() + "/pictures/" + p.ID
	values := map[string][]string{"caption": {p.Caption}}
	if p.Nobody {
		values["nobody"] = []string{"true"}
	}
	for _, one := range p.People {
		values["people"] = append(values["people"], one.Member)
	}
	f := v.formOf("people-"+p.ID, values)
	people := make([]part.Option, len(v.roll))
	for n, e := range v.roll {
		people[n] = part.Option{Value: e.ID, Text: e.FullName}
	}
	kind, gap := part.OK, l.T("news.gap.none")
	if g := p.Gap(); g != "" {
		kind, gap = part.Warn, l.Of("news.gap", string(g))
		if g == Refused {
			kind = part.Bad
		}
	}
	return part.Card(
		part.CardHead(l.T("news.picture"), part.Tag(kind, gap)), part.Photo(url, p.Caption), v.answers(l, p),
		part.Post(url, f.Summary(l),
			f.Input("caption", l.T("news.field.caption")),
			part.Details(l.T("news.field.people"), g.If(p.Gap() == Unsaid || f.Wrong(), g.Attr("open")),
				f.Checks("people", l.T("news.field.people"), people, part.Line, part.Help(l.T("news.field.people_help"))),
				f.Check("nobody", l.T("news.field.nobody"))),
			part.Actions(part.Button(l.T("news.ask")))),
		part.PostButton(url+"/drop", l.T("news.drop"), part.Small, part.Confirm(l, l.T("news.drop_ask"), l.T("news.drop"))),
	)
}

// answers lists who is in a picture and what they say.
func (v itemView) answers(l locale.L, p Picture) g.Node {
	if len(p.People) == 0 {
		return nil
	}
	return part.List(g.Map(p.People, func(one Person) g.Node {
		kind, text := part.Warn, l.T("news.answer.none")
		switch one.Answer {
		case Yes:
			kind, text = part.OK, l.Of("news.answer", string(Yes))
		case No:
			kind, text = part.Bad, l.Of("news.answer", string(No))
		}
		return part.PersonEntry(v.names[one.Member], "", part.Tag(kind, text))
	}))
}

// addCard takes another picture.
func (v itemView) addCard(l locale.L) g.Node {
	if len(v.pictures) >= maxPictures {
		return nil
	}
	f := v.formOf("picture", nil)
	var papers g.Node
	if len(v.papers) > 0 {
		options := make([]part.Option, len(v.papers))
		for n, file := range v.papers {
			options[n] = part.Option{Value: file.ID, Text: file.Name}
		}
		pf := v.formOf("paper", nil)
		papers = part.Post(v.Item.Path()+"/papers", pf.Summary(l), pf.Select("paper", l.T("news.field.paper"), options), part.Actions(part.Button(l.T("news.take"), part.Small)))
	}
	return part.Card(part.CardHead(l.T("news.add")), part.Muted(g.Text(l.T("news.add_help"))), papers,
		part.Upload(v.Item.Path()+"/pictures", f.Summary(l),
			f.File("file", l.T("news.field.file"), "image/jpeg,image/png", part.Required),
			f.Input("caption", l.T("news.field.caption")),
			part.Actions(part.Button(l.T("news.add")))))
}

// consentsView is what somebody in pictures is asked.
type consentsView struct{ all []asked }

func (v consentsView) body(l locale.L) g.Node {
	if len(v.all) == 0 {
		return part.Card(part.Empty(l.T("news.consents_none"), l.T("news.consents_none_text")))
	}
	return part.Stack(g.Map(v.all, func(q asked) g.Node {
		url := "/news/consents/" + q.Picture
		kind, text := part.Warn, l.T("news.answer.none")
		switch q.Answer {
		case Yes:
			kind, text = part.OK, l.Of("news.answer", string(Yes))
		case No:
			kind, text = part.Bad, l.Of("news.answer", string(No))
		}
		var yes, no g.Node
		if q.Answer != Yes {
			yes = part.PostButton(url, l.T("news.yes"), part.HiddenValue("answer", string(Yes)), part.Primary)
		}
		if q.Answer != No {
			no = part.PostButton(url, l.T("news.no"), part.HiddenValue("answer", string(No)))
		}
		return part.Card(part.CardHead(q.Title, part.Tag(kind, text)), part.Muted(g.Text(l.T("news.consent_help", "Cell", q.Cell))),
			part.Photo(url, q.Caption), part.Actions(yes, no))
	})...)
}

// askedCard asks on the home page.
func askedCard(l locale.L, n int) g.Node {
	return part.Card(part.CardHead(l.T("news.home"), part.Tag(part.Warn, l.T("news.home_count", "Count", n))),
		part.Muted(g.Text(l.T("news.home_text"))), part.LinkButton("/news/consents", l.T("news.home_open"), part.Wide))
}

// meetingCard leads from a meeting to the piece about it.
func meetingCard(l locale.L, meetingID string, i Item, there bool) g.Node {
	if there {
		return part.Card(part.CardHead(l.T("news.of_meeting"), stateTag(l, i.State)), part.LinkButton(i.Path(), l.T("news.to_item"), part.Wide))
	}
	return part.Card(part.CardHead(l.T("news.of_meeting")), part.Muted(g.Text(l.T("news.of_meeting_help"))),
		part.PostButton("/news", l.T("news.begin"), part.HiddenValue("meeting", meetingID), part.Wide))
}

// publicView is the page that everybody may read.
type publicView struct {
	Item
	pictures []Picture
}

func (v publicView) body(l locale.L) g.Node {
	return part.Alone(part.Stack(
		h.H1(g.Text(v.Title)),
		part.Muted(g.Text(l.Day(v.PublishedAt.Date()))),
		paragraphs(v.Body),
		g.Map(v.pictures, func(p Picture) g.Node { return part.Photo(v.Public()+"/"+p.ID, p.Caption) }),
		h.P(h.B(g.Text(l.T("news.source_is", "Source", v.Source)))),
		part.Muted(g.Text(l.T("news.public_note"))),
	))
}
