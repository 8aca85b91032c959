package theme

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/document"
	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// themeView is the page of a theme as one reader sees it.
type themeView struct {
	Entry
	L     locale.L
	Cell  organization.Organization
	Files []library.File
	Names map[string]string
	Today when.Date
	// Committee says that the cell has one, Approves that the reader may enter what it
	// approved; Opens that the reader may open the report, Sends that the reader may
	// send it; Takes that a draft of the month can take the theme.
	Committee, Arranges, Approves, Opens, Sends, Takes bool
	Forms                                              map[string]part.Form
}

func (v themeView) form(name string) part.Form {
	f := v.Forms[name]
	f.ID = name
	return f
}

func (v themeView) lead() string {
	return text.Joined(v.L.Month(v.Month), v.L.Of("theme.kind", string(v.Kind)), presenter(v.L, v.Entry, v.Names))
}

func (v themeView) action() g.Node {
	switch {
	case v.Arranges && v.Takes:
		return part.PostButton(v.Path()+"/take", v.L.T("theme.take"), part.Primary, part.IconPlus,
			part.Confirm(v.L, v.L.T("theme.take_ask"), v.L.T("theme.take")))
	case v.Meeting != "":
		return part.LinkButton("/meetings/"+v.Meeting, v.L.T("theme.meeting"), part.IconCalendar)
	}
	return nil
}

func (v themeView) body() g.Node {
	return part.Stack(v.trouble(), part.Cols(
		part.Stack(v.questions(), v.report(), v.judgement()),
		part.Stack(v.facts(), v.approval(), v.arranging())))
}

func (v themeView) trouble() g.Node {
	if f, ok := v.Forms[""]; ok {
		return part.Flash(part.Bad, f.Message)
	}
	return nil
}

func (v themeView) facts() g.Node {
	l := v.L
	terms := []part.Term{
		part.Is(l.T("theme.field.stage"), stageTag(l, v.Entry)),
		part.Is(l.T("theme.field.presenter"), g.Text(presenter(l, v.Entry, v.Names))),
		part.Is(l.T("theme.field.due"), g.Text(v.Due.Slashed())),
	}
	if !v.StartsAt.IsZero() {
		terms = append(terms, part.Is(l.T("theme.field.meeting"), g.Text(l.Moment(v.StartsAt))))
	}
	return part.Card(part.DescriptionList(terms...))
}

func (v themeView) questions() g.Node {
	l := v.L
	var lines g.Group
	for _, q := range v.Asked() {
		lines = append(lines, part.Item(part.Grow(g.Text(q))))
	}
	if len(lines) == 0 {
		return part.Card(part.CardHead(l.T("theme.questions")), part.Muted(g.Text(l.T("theme.questions_none"))))
	}
	return part.Card(part.CardHead(l.T("theme.questions")), part.Muted(g.Text(l.T("theme.questions_help"))), part.List(lines...))
}

// report is the file of the report, and where its presenter sends it.
func (v themeView) report() g.Node {
	l := v.L
	var lines g.Group
	for _, f := range v.Files {
		name := g.Node(g.Text(f.Name))
		if v.Opens {
			name = part.Link("/files/"+f.ID, name)
		}
		var remove g.Node
		if v.Sends && !v.State.Reached(meeting.Open) {
			remove = part.PostButton(v.Path()+"/files/"+f.ID+"/remove", l.T("theme.report.remove"), part.Small, part.IconTrash,
				h.Aria("label", l.T("theme.report.remove")+": "+f.Name), part.Confirm(l, l.T("theme.report.ask", "Name", f.Name), l.T("theme.report.remove")))
		}
		lines = append(lines, part.Item(part.Grow(name, h.Small(g.Text(text.Joined(l.Moment(f.KeptAt), l.Size(f.Size))))), remove))
	}
	say := reportLine(l, v.Entry, v.Today)
	if len(lines) > 0 {
		say = ""
	}
	f := v.form("file")
	return part.Card(h.ID("report"), part.CardHead(l.T("theme.report.title")), g.If(say != "", part.Muted(g.Text(say))), g.If(len(lines) > 0, part.List(lines...)),
		g.If(v.Sends, part.Upload(v.Path()+"/files", f.Summary(l),
			f.File("file", l.T("theme.report.choose"), library.Papers.Accept(), part.Required),
			f.Check("unmarked", l.T("theme.report.unmarked")),
			part.Actions(part.Button(l.T("theme.report.send"), part.IconUpload)))))
}

// approval says who has approved the theme, or lets it be entered.
func (v themeView) approval() g.Node {
	l := v.L
	waits, done := "theme.approval.waits.secretary", "theme.approval.done.secretary"
	if v.Committee {
		waits, done = "theme.approval.waits.committee", "theme.approval.done.committee"
	}
	if v.Approved() {
		return part.Card(part.CardHead(l.T("theme.approval.title"), part.Tag(part.OK, l.Of("theme.stage", string(Approved)))),
			h.P(g.Text(l.T(done, "Day", v.ApprovedOn.Slashed()))),
			part.Muted(g.Text(l.T("theme.approval.entered", "Name", v.Names[v.ApprovedBy], "When", l.Moment(v.ApprovedAt)))))
	}
	if !v.Approves {
		return part.Card(part.CardHead(l.T("theme.approval.title")), part.Muted(g.Text(l.T(waits))))
	}
	f := v.form("approve")
	if f.Values == nil {
		f.Values = map[string][]string{"approved_on": {v.Today.String()}}
	}
	return part.Card(h.ID("approve"), part.CardHead(l.T("theme.approval.title")), part.Muted(g.Text(l.T(waits))),
		part.Post(v.Path()+"/approve", f.Summary(l), f.Date("approved_on", l.T("theme.field.approved_on"), part.Required),
			part.Actions(part.Button(l.T("theme.approval.do"), part.IconCheck))))
}

// judgement is what the cell says of the theme after its meeting.
func (v themeView) judgement() g.Node {
	l := v.L
	if !v.Treated() {
		return nil
	}
	if !v.Arranges {
		if v.Rating == "" {
			return nil
		}
		return part.Card(part.CardHead(l.T("theme.rating.title"), part.Tag(part.Info, l.Of("theme.rating", string(v.Rating)))),
			g.If(v.Remark != "", h.P(g.Text(v.Remark))), g.If(v.Result != "", g.Group{h.H3(g.Text(l.T("theme.field.result"))), document.BodyHTML(document.Markdown(v.Result))}))
	}
	f := v.form("rating")
	if f.Values == nil {
		f.Values = map[string][]string{"rating": {string(v.Rating)}, "remark": {v.Remark}, "result": {v.Result}}
	}
	options := make([]part.Option, len(Ratings))
	for i, r := range Ratings {
		options[i] = part.Option{Value: string(r), Text: l.Of("theme.rating", string(r))}
	}
	return part.Card(h.ID("rating"), part.CardHead(l.T("theme.rating.title")), part.Muted(g.Text(l.T("theme.rating.help"))),
		part.Post(v.Path()+"/rating", f.Summary(l),
			f.Radios("rating", l.T("theme.field.rating"), options, part.Required),
			f.Input("remark", l.T("theme.field.remark")),
			f.Textarea("result", l.T("theme.field.result"), h.Rows("4"), part.Help(l.T("theme.field.result_help"))),
			part.Actions(part.Button(l.T("theme.rating.save"), part.Primary))))
}

// arranging holds what is rarely needed.
func (v themeView) arranging() g.Node {
	if !v.Arranges || v.Treated() {
		return nil
	}
	l := v.L
	return part.Beside(
		part.LinkButton(v.Path()+"/edit", l.T("theme.edit"), part.Small, part.IconEdit),
		g.If(v.Meeting == "", part.PostButton(v.Path()+"/delete", l.T("theme.delete"), part.Small, part.Danger, part.IconTrash,
			part.Confirm(l, l.T("theme.delete_ask"), l.T("theme.delete")))))
}

// formView is the form of a theme.
type formView struct {
	L      locale.L
	Cell   organization.Organization
	Entry  Entry // the zero Entry is new
	People []member.Entry
	Form   part.Form
}

func (v formView) title() string {
	if v.Entry.ID == "" {
		return v.L.T("theme.add")
	}
	return v.L.T("theme.edit")
}

func (v formView) crumbs(c *web.Ctx, year int) []web.Crumb {
	if v.Entry.ID == "" {
		return crumbs(c, v.Cell.ID, year)
	}
	return append(crumbs(c, v.Cell.ID, v.Entry.Month.Year), web.Crumb{Text: v.Entry.Title, URL: v.Entry.Path()})
}

func (v formView) body() g.Node {
	l, f := v.L, v.Form
	action, back := "/themes?cell="+v.Cell.ID, "/themes?cell="+v.Cell.ID
	if v.Entry.ID != "" {
		action, back = v.Entry.Path()+"/edit", v.Entry.Path()
	}
	people := []part.Option{{Text: l.T("theme.nobody")}}
	for _, e := range v.People {
		people = append(people, part.Option{Value: e.ID, Text: e.FullName})
	}
	kinds := []part.Option{
		{Value: string(meeting.Combined), Text: l.Of("theme.kind", string(meeting.Combined))},
		{Value: string(meeting.Thematic), Text: l.Of("theme.kind", string(meeting.Thematic))},
	}
	fixed := v.Entry.Meeting != "" // the meeting says title, month and kind
	what := g.Group{
		f.Input("title", l.T("theme.field.title"), part.Required, part.Help(l.T("theme.field.title_help"))),
		part.Fields(f.Month("month", l.T("theme.field.month"), part.Required), f.Radios("kind", l.T("theme.field.kind"), kinds)),
	}
	if fixed {
		what = g.Group{part.Note(part.Plain, g.Text(l.T("theme.fixed"))), f.Hidden("title"), f.Hidden("month"), f.Hidden("kind")}
	}
	return part.Card(part.Post(action, f.Summary(l), what,
		part.Fields(f.Select("presenter", l.T("theme.field.presenter"), people), f.Date("due", l.T("theme.field.due"), part.Help(l.T("theme.field.due_help")))),
		f.Textarea("questions", l.T("theme.questions"), h.Rows("5"), part.Help(l.T("theme.field.questions_help"))),
		g.If(v.Entry.Approved(), part.Note(part.Warn, g.Text(l.T("theme.approval.lost")))),
		part.Actions(part.Button(l.T("theme.save"), part.Primary), part.LinkButton(back, l.T("theme.back")))))
}

// panel is a theme on the page of a meeting; waits says that the meeting could treat
// it and does not.
func panel(l locale.L, e Entry, names map[string]string, waits bool, today when.Date) g.Node {
	if waits {
		return part.Card(part.Warn, part.CardHead(l.T("theme.panel.waits")), h.P(h.B(g.Text(e.Title))),
			part.PostButton(e.Path()+"/take", l.T("theme.take"), part.Small, part.IconPlus, part.Confirm(l, l.T("theme.take_ask"), l.T("theme.take"))))
	}
	return part.Card(h.ID("theme"), part.CardHead(l.T("theme.panel.title"), stageTag(l, e)), h.P(part.Link(e.Path(), h.B(g.Text(e.Title)))),
		part.Muted(g.Text(text.Joined(presenter(l, e, names), reportLine(l, e, today)))))
}
