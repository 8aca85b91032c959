package staging

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/pilot"
)

// scriptView is the page of a script as one reader sees it.
type scriptView struct {
	Sheet

	l      locale.L
	master web.Form
	people []Person
	// appraisers are who can be named to appraise, where nobody was yet.
	appraisers []pilot.Person
}

func (v scriptView) action() g.Node {
	if v.Version == 0 {
		return nil
	}
	return part.LinkButton(v.Path()+"/run", v.l.T("staging.run"), part.Primary, part.IconPlay)
}

func (v scriptView) body() g.Node {
	return part.Cols(part.Stack(v.changes(), v.cards()), part.Stack(v.appraisal(), v.rehearsals(), v.approval(), v.naming()))
}

// changes says what was changed since the script was approved, and what has changed on the
// agenda since the cards were drafted.
func (v scriptView) changes() g.Node {
	l := v.l
	var out g.Group
	if len(v.Changes) > 0 {
		out = append(out, part.Card(part.Warn, part.CardHead(l.T("staging.changes")), part.Muted(g.Text(l.T("staging.changes_help", "When", l.Moment(v.ApprovedAt)))),
			part.List(g.Map(v.Changes, func(k Change) g.Node {
				return part.Entry(k.Title, "", part.Tag(part.Plain, l.Of("staging.difference", string(k.What))))
			}))))
	}
	if len(v.Stale) > 0 && v.Keeps && v.Open() {
		out = append(out, part.Card(part.Warn, part.CardHead(l.T("staging.stale")), part.Muted(g.Text(strings.Join(v.Stale, "; "))),
			part.PostButton(v.Path()+"/draft", l.T("staging.renew"), part.Wide)))
	}
	return out
}

// cards are the cards as they are being written.
func (v scriptView) cards() g.Node {
	l := v.l
	edits := v.Keeps && v.Open()
	if len(v.Deck) == 0 {
		return part.Card(part.CardHead(l.T("staging.cards")), part.Muted(g.Text(l.T("staging.cards.none"))),
			g.If(edits, part.PostButton(v.Path()+"/draft", l.T("staging.draft"), part.Primary)))
	}
	starts, end := v.Deck.Starts(v.At.StartsAt)
	var out g.Group
	for i, k := range v.Deck {
		small := l.T("staging.card.minutes", "N", k.Minutes)
		if k.Speaker != "" {
			small += " · " + k.Speaker
		}
		title := g.Node(g.Text(k.Title))
		if edits {
			title = part.Link(v.Path()+"/cards/"+k.ID, title)
		}
		out = append(out, part.Item(part.Grow(h.B(part.Number(starts[i].HHMM()), g.Text(" "), title), h.Small(g.Text(small)), h.P(g.Text(k.Words)))))
	}
	var over g.Node
	if end > v.At.EndsAt {
		over = part.Note(part.Warn, g.Text(l.T("staging.too_long", "N", int(end.Sub(v.At.EndsAt).Minutes()))))
	}
	return part.Card(part.CardHead(l.T("staging.cards"), g.If(edits, part.LinkButton(v.Path()+"/cards/new", l.T("staging.card.new"), part.Small, part.IconPlus))),
		over, part.List(out))
}

// appraisal says how far the contents of the host are appraised, and lets the committee name
// who does it.
func (v scriptView) appraisal() g.Node {
	if v.At.Host == "" || !v.Keeps && !v.Hosts {
		return nil
	}
	l, a := v.l, v.Appraisal
	head := part.CardHead(l.T("staging.appraisal"))
	switch {
	case a.Asked:
		var open g.Node
		if a.Path != "" {
			open = part.LinkButton(a.Path, l.T("staging.appraisal.open"), part.Wide)
		}
		return part.Card(part.CardHead(l.T("staging.appraisal"), pilot.StageTag(l, a.Stage)),
			h.P(g.Text(l.T("staging.appraisal.agreed", "Agreed", a.Agreed, "Of", a.Of))), open)
	case v.At.Meeting == "":
		return part.Card(head, part.Muted(g.Text(l.T("staging.appraisal.unnamed"))))
	case !v.Directs || !v.Open():
		return part.Card(head, part.Muted(g.Text(l.T("staging.appraisal.none"))))
	}
	people := make([]part.Option, len(v.appraisers))
	for i, p := range v.appraisers {
		people[i] = part.Option{Value: p.Member, Text: p.Name, Small: l.Of("organization.post", string(p.Post))}
	}
	return part.Card(head, part.Muted(g.Text(l.T("staging.appraisal.none"))), part.Post(v.Path()+"/appraisal",
		v.master.Checks("appraisers", l.T("staging.appraisal.by"), people, part.Required),
		part.Actions(part.Button(l.T("staging.appraisal.ask")))))
}

// approval says which version is approved, and lets the committee approve.
func (v scriptView) approval() g.Node {
	l := v.l
	text := l.T("staging.approved.none")
	if v.Version > 0 {
		text = l.T("staging.approved.at", "N", v.Version, "When", l.Moment(v.ApprovedAt))
	}
	var do, papers g.Node
	if v.Directs && v.Open() && len(v.Deck) > 0 && (v.Version == 0 || len(v.Changes) > 0) {
		do = part.PostButton(v.Path()+"/approve", l.T("staging.approve"), part.Primary, part.IconCheck)
	}
	if v.Version > 0 {
		papers = part.Actions(part.LinkButton(v.Path()+"/paper/docx", l.T("staging.docx"), part.Small, part.IconDownload),
			part.LinkButton(v.Path()+"/paper/pdf", l.T("staging.pdf"), part.Small, part.IconPrinter))
	}
	return part.Card(part.CardHead(l.T("staging.approved"), approvalTag(l, v.Version > 0)), part.Muted(g.Text(text)), do, papers)
}

// naming says who leads, and lets the office name them.
func (v scriptView) naming() g.Node {
	l, f := v.l, v.master
	head := part.CardHead(l.T("staging.master"))
	if !v.Keeps || !v.Open() {
		name := v.Named
		if name == "" {
			name = l.T("staging.master.none")
		}
		return part.Card(head, h.P(g.Text(name)))
	}
	return part.Card(head, part.Post(v.Path()+"/master", f.Summary(l),
		f.Select("person", l.T("staging.master.person"), choices(l, v.people), part.Help(l.T("staging.master.person_help"))),
		f.Input("master", l.T("staging.master.words"), part.Help(l.T("staging.master.words_help"))),
		part.Actions(part.Button(l.T("conference.save")))))
}

// line is the script in the list of those of a conference.
func (v scriptView) line() g.Node {
	small := v.l.T("staging.master.none")
	if v.Named != "" {
		small = v.l.T("staging.master.is", "Name", v.Named)
	}
	return part.LinkEntry(v.Path(), v.At.Title, small, approvalTag(v.l, v.Version > 0))
}

// cardView is the form of a card.
type cardView struct {
	Sheet

	l    locale.L
	id   string // empty: a new one
	form web.Form
}

func (v cardView) body() g.Node {
	l, f := v.l, v.form
	to := v.Path() + "/cards"
	var remove g.Node
	if v.id != "" {
		to += "/" + v.id
		remove = part.PostButton(to+"/remove", l.T("staging.card.remove"), part.Small, part.IconTrash, part.Confirm(l, l.T("staging.card.remove_ask"), l.T("staging.card.remove")))
	}
	return part.Stack(part.Card(part.Post(to, part.Guard(), f.Summary(l),
		f.Input("title", l.T("staging.card.title"), part.Required),
		f.Textarea("words", l.T("staging.card.words"), h.Rows("6")),
		f.Input("speaker", l.T("staging.card.speaker"), part.Help(l.T("staging.card.speaker_help"))),
		part.Fields(f.Number("minutes", l.T("staging.card.length")), f.Number("position", l.T("staging.card.position"))),
		part.Actions(part.Button(l.T("conference.save"), part.Primary), part.LinkButton(v.Path(), l.T("conference.back"))))), remove)
}
