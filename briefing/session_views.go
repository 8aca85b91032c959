package briefing

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/library"
)

// sessionView is the briefing of a meeting as one reader sees it.
type sessionView struct {
	Session
	L     locale.L
	Files []library.File
	Names map[string]string
	// People take turns, for those who arrange; Gone says that the one who is named
	// cannot come, Proposed who steps in.
	People   []Turner
	Gone     bool
	Proposed string

	Arranges, Writes, Reads, Own bool
	Forms                        map[string]part.Form
}

func notFound() error { return fault.New(fault.NotFound, "fault.not_found") }

func (v sessionView) title() string { return v.L.T("briefing.title", "Month", v.Month.Slashed()) }

func (v sessionView) lead() string { return text.Joined(v.who(), v.L.Moment(v.StartsAt)) }

func (v sessionView) crumbs(c *web.Ctx) []web.Crumb {
	return append(crumbs(c, v.Organization), web.Crumb{Text: v.Session.Title, URL: "/meetings/" + v.Meeting})
}

func (v sessionView) form(name string) part.Form {
	f := v.Forms[name]
	f.ID = name
	return f
}

// who names the one who tells, and in whose place.
func (v sessionView) who() string {
	name := v.Names[v.Member()]
	if name == "" {
		return v.L.T("briefing.nobody")
	}
	if other := v.Names[v.For()]; other != "" {
		return name + " (" + v.L.T("briefing.for", "Name", other) + ")"
	}
	return name
}

func (v sessionView) action() g.Node {
	if !v.Writes || v.closedTo() {
		return nil
	}
	text := v.L.T("briefing.write")
	if v.Prepared() {
		text = v.L.T("briefing.write_on")
	}
	return part.LinkButton(v.Path()+"/edit", text, part.Primary, part.IconEdit)
}

func (v sessionView) body() g.Node {
	return part.Cols(part.Stack(v.parts(), v.files(false)), part.Stack(v.gone(), v.remark(), v.teller()))
}

// parts are the three parts as they are read aloud.
func (v sessionView) parts() g.Node {
	l := v.L
	if !v.Prepared() {
		return part.Card(part.Empty(l.T("briefing.empty"), l.T("briefing.empty_text")))
	}
	one := func(name, text string) g.Node {
		return g.If(text != "", part.Card(part.CardHead(name), document.BodyHTML(document.Markdown(text))))
	}
	return part.Stack(one(l.T("briefing.national"), v.National), one(l.T("briefing.international"), v.International), one(l.T("briefing.local"), v.Local))
}

// files lists the files beside the briefing; change lets them be taken away.
func (v sessionView) files(change bool) g.Node {
	l := v.L
	var lines g.Group
	for _, f := range v.Files {
		var remove g.Node
		if change {
			remove = part.PostButton(v.Path()+"/files/"+f.ID+"/remove", l.T("briefing.file.remove"), part.Small, part.IconTrash,
				h.Aria("label", l.T("briefing.file.remove")+": "+f.Name), part.Confirm(l, l.T("briefing.file.ask", "Name", f.Name), l.T("briefing.file.remove")))
		}
		lines = append(lines, part.Item(part.Grow(part.Link("/files/"+f.ID, g.Text(f.Name)), h.Small(g.Text(l.Size(f.Size)))), remove))
	}
	if len(lines) == 0 && !change {
		return nil
	}
	f := v.form("file")
	upload := part.Upload(v.Path()+"/files", f.Summary(l),
		f.File("file", l.T("briefing.file.choose"), library.Papers.Accept(), part.Required),
		f.Check("unmarked", l.T("briefing.file.unmarked")),
		part.Actions(part.Button(l.T("briefing.file.send"), part.IconUpload)))
	return part.Card(h.ID("files"), part.CardHead(l.T("briefing.file.title")), g.If(len(lines) > 0, part.List(lines...)), g.If(change, upload))
}

// editBody is the page on which the briefer writes.
func (v sessionView) editBody() g.Node {
	l := v.L
	if v.closedTo() {
		return part.Stack(part.Note(part.Plain, g.Text(l.T("briefing.problem.sealed"))), v.parts(), v.files(false))
	}
	f := v.form("parts")
	return part.Stack(
		part.Note(part.Plain, g.Text(l.T("briefing.edit_help"))),
		part.Card(part.Post(v.Path(),
			f.Summary(l),
			f.Textarea("national", l.T("briefing.national"), h.Rows("5")),
			f.Textarea("international", l.T("briefing.international"), h.Rows("5")),
			f.Textarea("local", l.T("briefing.local"), h.Rows("5"), part.Help(l.T("briefing.local_help"))),
			part.Keep(l, "briefing-"+v.Meeting),
			part.Actions(part.Button(l.T("briefing.save"), part.Primary), part.LinkButton("/briefings/mine?cell="+v.Organization, l.T("briefing.back"))),
		)),
		v.files(true))
}

// gone tells those who arrange that the one who is named does not come, and lets the
// next of the wheel step in at a press.
func (v sessionView) gone() g.Node {
	if !v.Arranges || !v.Gone {
		return nil
	}
	l := v.L
	say := l.T("briefing.gone.unknown")
	if name := v.Names[v.Member()]; name != "" {
		say = l.T("briefing.gone.absent", "Name", name)
	}
	if v.Proposed == "" {
		return part.Note(part.Warn, g.Text(say))
	}
	next := v.Names[v.Proposed]
	return part.Note(part.Warn, h.P(h.B(g.Text(say)), g.Text(" "+l.T("briefing.gone.next", "Name", next))),
		part.PostButton(v.Path()+"/teller", l.T("briefing.gone.step_in", "Name", next), part.HiddenValue("member", v.Proposed)))
}

// teller lets those who arrange name another.
func (v sessionView) teller() g.Node {
	if !v.Arranges {
		return nil
	}
	l, f := v.L, v.form("teller")
	options := make([]part.Option, len(v.People))
	for i, t := range v.People {
		options[i] = part.Option{Value: t.Member, Text: v.Names[t.Member]}
		if t.Skip != "" {
			options[i].Text += " (" + strings.ToLower(l.Of("briefing.skip", string(t.Skip))) + ")"
		}
	}
	if f.Values == nil {
		f.Values = map[string][]string{"member": {v.Member()}}
	}
	help := l.T("briefing.teller.help")
	return part.Card(h.ID("teller"), part.CardHead(l.T("briefing.teller.title")), part.Muted(g.Text(help)),
		part.Post(v.Path()+"/teller", f.Summary(l), f.Select("member", l.T("briefing.who"), options),
			part.Actions(part.Button(l.T("briefing.teller.save")))))
}

// remark is the line of thanks or advice: read by the briefer and those who arrange.
func (v sessionView) remark() g.Node {
	l := v.L
	if !v.over() || v.Member() == "" {
		return nil
	}
	shown := g.If(v.Remark != "", part.Note(part.OK, g.Text(v.Remark), h.Small(g.Text(" "+v.Names[v.RemarkBy]))))
	switch {
	case v.Arranges:
		f := v.form("remark")
		if f.Values == nil {
			f.Values = map[string][]string{"remark": {v.Remark}}
		}
		return part.Card(h.ID("remark"), part.CardHead(l.T("briefing.remark.title")), part.Muted(g.Text(l.T("briefing.remark.help"))),
			part.Post(v.Path()+"/remark", f.Summary(l), f.Input("remark", l.T("briefing.remark.text")),
				part.Actions(part.Button(l.T("briefing.remark.save")))))
	case v.Own && v.Remark != "":
		return part.Card(part.CardHead(l.T("briefing.remark.yours")), shown)
	}
	return nil
}

// panel is the briefing on the page of its meeting.
func (v sessionView) panel() g.Node {
	l := v.L
	tag := part.Tag(part.Plain, l.T("briefing.tag.empty"))
	if v.Prepared() {
		tag = part.Tag(part.OK, l.T("briefing.tag.prepared"))
	}
	links := g.Group{part.LinkButton("/briefings?cell="+v.Organization, l.T("briefing.wheel.title"), part.Small)}
	if v.Reads && (v.Prepared() || v.Arranges) {
		links = append(g.Group{part.LinkButton(v.Path(), l.T("briefing.read"), part.Small, part.IconPaper)}, links...)
	}
	if v.Writes && !v.over() {
		links = append(g.Group{part.LinkButton(v.Path()+"/edit", l.T("briefing.write"), part.Small, part.IconEdit)}, links...)
	}
	return part.Card(h.ID("briefing"), part.CardHead(l.T("briefing.panel"), g.If(v.Reads, tag)), h.P(h.B(g.Text(v.who()))), v.gone(), part.Actions(links...))
}
