//go:build !js

package minutes

import (
	"fmt"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/meeting"
)

func crumbs(l locale.L, d Dossier) []web.Crumb {
	if d.Record.Beside {
		return []web.Crumb{{Text: d.Meeting.Title, URL: "/collectives/meetings/" + d.Meeting.ID}}
	}
	return []web.Crumb{
		{Text: l.T("minutes.register.title"), URL: registerAddress(d.Organization.ID)},
		{Text: d.Meeting.Title, URL: "/meetings/" + d.Meeting.ID},
	}
}

// section is where the page stands in the menu.
func section(d Dossier) string {
	if d.Record.Beside {
		return "collectives"
	}
	return "minutes"
}

// dossierView is the page of one meeting's minutes: what is to be done first,
// then the papers, their files and their seal beside them.
func dossierView(l locale.L, d Dossier, papers []document.Doc, counts []BallotCount, f sent, may bool) g.Node {
	paper := h.Div(h.ID("papers"), live(d), part.Stack(paperCards(l, d, papers, may)...))
	files := filesCard(l, d, papers, counts)
	switch {
	case d.Sealed():
		return part.Stack(part.Cols(files, sealCard(l, d)), part.Cols(paper, additionsCard(l, d, f.add, may)))
	case may:
		return part.Stack(stepsCard(l, d, f), part.Cols(paper, files))
	default:
		return part.Cols(paper, files)
	}
}

// live fetches the papers again and again while people are in the room.
func live(d Dossier) g.Node {
	if d.Meeting.State != meeting.Open {
		return nil
	}
	return g.Group{part.Swap(address(d.Meeting.ID), "#papers"), part.On("every 15s"), part.SwapOuter(), g.Attr("hx-select", "#papers")}
}

// paperCards shows the papers as they are printed.
func paperCards(l locale.L, d Dossier, papers []document.Doc, may bool) []g.Node {
	var out []g.Node
	for i, p := range papers {
		var aside g.Node
		switch {
		case d.Sealed():
			aside = part.Tag(part.OK, l.T("minutes.state.sealed"))
		case i == 0 && may:
			aside = part.LinkButton(address(d.Meeting.ID)+"/words", l.T("minutes.words.open"), part.Small, part.IconEdit)
		default:
			aside = part.Tag(part.Warn, l.T("minutes.state.draft"))
		}
		out = append(out, part.Card(part.Long, part.CardHead(p.Kind.Name(), aside), p.HTML()))
	}
	return out
}

// filesCard offers the papers as files.
func filesCard(l locale.L, d Dossier, papers []document.Doc, counts []BallotCount) g.Node {
	var rows []g.Node
	for i, p := range papers {
		paper := []Paper{Minutes, Resolution}[i]
		link := func(f Form) g.Node {
			return part.LinkButton(fmt.Sprintf("/meetings/%s/%s.%s", d.Meeting.ID, paper, f), l.T("minutes.files."+string(f)), part.Small, part.IconDownload,
				h.Aria("label", l.T("minutes.files."+string(f)+"_of", "Paper", p.Kind.Name())))
		}
		rows = append(rows, part.Item(part.Grow(h.B(g.Text(p.Kind.Name())), g.Text(" "), part.Number(p.Number), part.Beside(link(DOCX), link(PDF)))))
	}
	for _, b := range counts {
		link := func(f Form) g.Node {
			return part.LinkButton(countAddress(d.Meeting.ID, b.Vote, f), l.T("minutes.files."+string(f)), part.Small, part.IconDownload,
				h.Aria("label", l.T("minutes.files."+string(f)+"_of", "Paper", l.T("minutes.files.count", "Subject", b.Subject))))
		}
		rows = append(rows, part.Item(part.Grow(h.B(g.Text(l.T("minutes.files.count", "Subject", b.Subject))), part.Beside(link(DOCX), link(PDF)))))
	}
	note := l.T("minutes.files.draft")
	if d.Record.Beside {
		note = l.T("minutes.files.draft_beside")
	}
	if d.Sealed() {
		note = l.T("minutes.files.sealed")
	}
	return part.Card(part.CardHead(l.T("minutes.files.title")), part.Muted(g.Text(note)), part.List(rows...),
		g.If(len(counts) > 0 && !d.Sealed(), part.Muted(g.Text(l.T("minutes.files.count_note")))))
}

func countAddress(meeting, vote string, f Form) string {
	return fmt.Sprintf("%s/counts/%s/%s", address(meeting), vote, f)
}

// stepsCard lists what stands between the minutes and their seal, each with how
// to do it.
func stepsCard(l locale.L, d Dossier, f sent) g.Node {
	missing := map[Step]bool{}
	for _, s := range d.Missing {
		missing[s] = true
	}
	var rows []g.Node
	var act g.Node // of the first step that is missing
	for _, s := range stepsOf(d.Record) {
		kind, said := part.OK, l.T("minutes.step.done")
		if missing[s] {
			kind, said = part.Warn, l.T("minutes.step.missing")
			if act == nil {
				act = stepForm(l, d, s, f)
			}
		}
		rows = append(rows, part.MarkEntry(kind, said, l.Of("minutes.step", string(s)), stepNote(l, d, s)))
	}
	if act == nil {
		act = sealForm(l, d, f.seal)
	}
	return part.Card(part.CardHead(l.T("minutes.step.title")), part.Cols(part.List(rows...), act))
}

// stepsOf are the steps of a meeting: beside the cell the two sign the printed paper.
func stepsOf(r Record) []Step {
	steps := []Step{StepClosed, StepRead, StepAdopted, StepMinuteHand, StepChairHand}
	if r.Beside {
		return steps[:3]
	}
	return steps
}

func sealHow(r Record) string {
	if r.Beside {
		return "minutes.seal.how_beside"
	}
	return "minutes.seal.how"
}

// stepNote says who has signed, and when.
func stepNote(l locale.L, d Dossier, s Step) string {
	signs := map[Step]Part{StepMinuteHand: MinuteTaker, StepChairHand: Chair}[s]
	for _, sign := range d.Signatures {
		if sign.Part == signs && sign.Digest != d.Record.Digest() {
			return l.T("minutes.sign.stale", "Name", sign.Name)
		}
		if sign.Part == signs {
			return sign.Name + ", " + l.Moment(sign.At)
		}
	}
	switch s {
	case StepMinuteHand:
		return d.Record.TakerName
	case StepChairHand:
		return d.Record.ChairName
	default:
		return ""
	}
}

// stepForm is how the next step is done.
func stepForm(l locale.L, d Dossier, s Step, f sent) g.Node {
	here := address(d.Meeting.ID)
	switch s {
	case StepClosed:
		return part.Stack(
			part.Note(part.Warn, g.Text(l.T("minutes.step.close_first"))),
			part.LinkButton("/rooms/"+d.Meeting.ID, l.T("minutes.step.to_room"), part.Primary, part.IconScreen),
		)
	case StepRead:
		return part.LinkButton(readAddress(d.Meeting.ID, 1), l.T("minutes.read.open"), part.Primary, part.IconSpeech)
	case StepAdopted:
		return adoptForm(l, d, f.adopt)
	case StepMinuteHand:
		return signForm(l, here, MinuteTaker, d.Record.TakerName, f)
	case StepChairHand:
		return signForm(l, here, Chair, d.Record.ChairName, f)
	}
	return nil
}

func adoptForm(l locale.L, d Dossier, f web.Form) g.Node {
	f.ID = "adopt"
	return part.Post(address(d.Meeting.ID)+"/adopt", f.Summary(l),
		part.Muted(g.Text(l.T("minutes.adopt.how"))),
		part.Fields(
			f.Number("for", l.T("minutes.adopt.for")),
			f.Number("against", l.T("minutes.adopt.against")),
		),
		part.Actions(
			part.Button(l.T("minutes.adopt.do"), part.Primary, part.IconHand),
			part.LinkButton(readAddress(d.Meeting.ID, 1), l.T("minutes.read.again"), part.IconSpeech),
		))
}

// signForm asks one of the two for their own secret on the device of the other.
func signForm(l locale.L, here string, p Part, name string, f sent) g.Node {
	form := web.Form{}
	if f.part == p {
		form = f.sign
	}
	form.ID = "sign-" + string(p)
	return part.Post(here+"/sign", form.Summary(l),
		part.Muted(g.Text(l.T("minutes.sign.how", "Name", name))),
		part.HiddenValue("part", string(p)),
		form.Password(l, "secret", l.T("minutes.sign.secret"), "one-time-code"),
		part.Actions(part.Button(l.T("minutes.sign.do", "Name", name), part.Primary, part.IconKey)))
}

func sealForm(l locale.L, d Dossier, f web.Form) g.Node {
	f.ID = "seal"
	children := []g.Node{f.Summary(l), part.Muted(g.Text(l.T(sealHow(d.Record))))}
	if _, ok := d.Record.Second(); ok && !d.Record.Congress {
		var options []part.Option
		for _, s := range signFors {
			options = append(options, part.Option{Value: s, Text: s})
		}
		children = append(children, f.Select("sign_for", l.T("minutes.seal.sign_for"), options))
	}
	children = append(children,
		part.Confirm(l, l.T("minutes.seal.confirm"), l.T("minutes.seal.do")),
		part.Actions(part.Button(l.T("minutes.seal.do"), part.Primary, part.IconLock)))
	return part.Post(address(d.Meeting.ID)+"/seal", children...)
}

// sealCard shows the code of the seal.
func sealCard(l locale.L, d Dossier) g.Node {
	s := d.Seals[0]
	return part.Card(part.OK, part.CardHead(l.T("minutes.seal.title"), part.Tag(part.OK, l.T("minutes.state.sealed"))),
		part.DescriptionList(
			part.Is(l.T("minutes.seal.code"), part.Number(ShowCode(s.Code))),
			part.Is(l.T("minutes.seal.at"), g.Text(l.Moment(s.At))),
		),
		part.Muted(g.Text(l.T("minutes.seal.what"))),
		part.Actions(
			part.LinkButton("/check/"+s.Code, l.T("minutes.seal.check"), part.Small, part.IconCheck),
			part.CopyButton(l, l.T("minutes.seal.copy"), ShowCode(s.Code), part.Small),
		))
}

// additionsCard lists the additions and, for who may, asks for another.
func additionsCard(l locale.L, d Dossier, f web.Form, may bool) g.Node {
	var rows []g.Node
	for _, s := range d.Seals[1:] {
		link := func(form Form) g.Node {
			return part.LinkButton(fmt.Sprintf("%s/additions/%d/%s", address(d.Meeting.ID), s.N, form), l.T("minutes.files."+string(form)), part.Small, part.IconDownload)
		}
		rows = append(rows, part.Item(part.Grow(h.B(g.Text(l.T("minutes.add.number", "N", s.N))), h.Small(g.Text(l.Moment(s.At)+" · "+ShowCode(s.Code))), part.Beside(link(DOCX), link(PDF)))))
	}
	children := []g.Node{part.CardHead(l.T("minutes.add.title")), part.Muted(g.Text(l.T("minutes.add.what")))}
	if len(rows) > 0 {
		children = append(children, part.List(rows...))
	}
	if may {
		f.ID = "add"
		children = append(children, part.Details(l.T("minutes.add.open"), g.If(f.Wrong(), g.Attr("open")),
			part.Post(address(d.Meeting.ID)+"/additions", part.Keep(l, "minutes-add-"+d.Meeting.ID), f.Summary(l),
				f.Textarea("text", l.T("minutes.add.text")),
				f.Input("reason", l.T("minutes.add.reason")),
				f.Password(l, "secret", l.T("minutes.add.secret"), "one-time-code"),
				part.Confirm(l, l.T("minutes.add.confirm"), l.T("minutes.add.do")),
				part.Actions(part.Button(l.T("minutes.add.do"), part.IconLock)))))
	}
	return part.Card(children...)
}
