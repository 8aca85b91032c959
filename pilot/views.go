package pilot

import (
	"fmt"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/meeting"
)

// indexView is the list of pilot meetings that a reader finds.
type indexView struct {
	l       locale.L
	files   []File
	directs bool
}

func (v indexView) action() g.Node {
	if !v.directs {
		return nil
	}
	return part.LinkButton("/pilots/new", v.l.T("pilot.new.button"), part.Primary, part.IconPlus)
}

func (v indexView) body() g.Node {
	if len(v.files) == 0 {
		return part.Card(part.Empty(v.l.T("pilot.none.title"), v.l.T("pilot.none.text")))
	}
	var out g.Group
	for from := 0; from < len(v.files); {
		to := from
		for to < len(v.files) && v.files[to].Series.ID == v.files[from].Series.ID {
			to++
		}
		out = append(out, v.series(v.files[from:to]))
		from = to
	}
	return part.Stack(out)
}

// series is the card of the pilot meetings of one series.
func (v indexView) series(files []File) g.Node {
	s := files[0].Series
	var open g.Node
	if files[0].Keeps {
		open = part.LinkButton(s.Path(), v.l.T("pilot.series.open"), part.Small)
	}
	return part.Card(part.CardHead(s.Title, open), part.Muted(g.Text(days(v.l, s))), part.List(g.Map(files, v.line)))
}

func days(l locale.L, s Series) string {
	return l.T("pilot.days", "From", s.From.Slashed(), "Until", s.Until.Slashed())
}

// line is a pilot meeting in a list, with what the reader is to it.
func (v indexView) line(f File) g.Node {
	parts := []string{v.l.Of("pilot.kind", string(f.Kind))}
	if !f.Meeting.StartsAt.IsZero() {
		parts = append(parts, v.l.Moment(f.Meeting.StartsAt))
	}
	if agreed, of := f.Count(); f.Stage == Appraising || f.Stage == Changing {
		parts = append(parts, v.l.T("pilot.agreed", "Agreed", agreed, "Of", of))
	}
	if due := dueOf(f); due != "" {
		parts = append(parts, v.l.Of("pilot.due", due))
	}
	return part.LinkEntry(f.Path(), f.Host.Name, strings.Join(parts, " · "), StageTag(v.l, f.Stage))
}

// dueOf names what a reader has to do in a pilot meeting, empty where there is nothing.
func dueOf(f File) string {
	switch {
	case f.Hosts && f.Stage == Chosen:
		return "name"
	case f.Hosts && f.ahead(Preparing):
		return "send"
	case f.Hosts && f.ahead(Changing):
		return "change"
	case f.Appraises && f.ahead(Appraising):
		return "appraise"
	case f.Directs && f.Stage == Held:
		return "conclude"
	case f.Invited && f.Stage == Held:
		return "comment"
	case f.Invited && f.Stage != Concluded:
		return "attend"
	}
	return ""
}

func (v indexView) homeCard() g.Node {
	return part.Card(part.CardHead(v.l.T("pilot.title")), part.List(g.Map(v.files[:min(4, len(v.files))], v.line)),
		part.LinkButton("/pilots", v.l.T("pilot.all"), part.Wide))
}

// StageTag shows a stage in its colour.
func StageTag(l locale.L, s Stage) g.Node {
	kind := part.Plain
	switch s {
	case Appraising, Held:
		kind = part.Info
	case Changing:
		kind = part.Warn
	case Appraised, Concluded:
		kind = part.OK
	case Chosen, Preparing:
	}
	return part.Tag(kind, l.Of("pilot.stage", string(s)))
}

// fileView is the page of a pilot meeting as one reader sees it.
type fileView struct {
	File

	l         locale.L
	reader    string // id of the member
	choices   []meeting.Meeting
	invitable []Person
	card      string // whose form was refused
	refused   web.Form
}

// form returns the form of a card, as it was refused or empty.
func (v fileView) form(card string) web.Form {
	f := web.Form{}
	if v.card == card {
		f = v.refused
	}
	f.ID = card
	return f
}

func (v fileView) title() string { return v.l.T("pilot.of", "Cell", v.Host.Name) }

func (v fileView) lead() string {
	return v.l.Of("pilot.kind", string(v.Kind)) + " · " + v.Series.Title
}

func (v fileView) action() g.Node {
	if !v.Listens() {
		return nil
	}
	return g.Group{
		part.LinkButton(v.Path()+"/paper/docx", v.l.T("pilot.docx"), part.IconDownload),
		part.LinkButton(v.Path()+"/paper/pdf", v.l.T("pilot.pdf"), part.IconPrinter),
	}
}

func (v fileView) body() g.Node {
	return part.Stack(v.road(), part.Cols(
		part.Stack(v.naming(), v.appraisal(), v.comments(), v.commenting()),
		part.Stack(v.facts(), v.concluding(), v.guests(), v.cancelling())))
}

// stations says at which station of the road a stage is.
var stations = map[Stage]int{Chosen: 0, Preparing: 1, Appraising: 1, Changing: 1, Appraised: 2, Held: 3, Concluded: 5}

func (v fileView) road() g.Node {
	agreed, of := v.Count()
	steps := []part.Step{
		{Title: v.l.T("pilot.step.meeting"), Small: day(v.Meeting.StartsAt)},
		{Title: v.l.T("pilot.step.appraise")},
		{Title: v.l.T("pilot.step.hold")},
		{Title: v.l.T("pilot.step.comment")},
		{Title: v.l.T("pilot.step.conclude")},
	}
	if of > 0 {
		steps[1].Small = v.l.T("pilot.agreed", "Agreed", agreed, "Of", of)
	}
	for i := range steps {
		switch at := stations[v.Stage]; {
		case i < at:
			steps[i].Stage = part.Done
		case i == at:
			steps[i].Stage = part.Now
		}
	}
	if v.Stage == Held && agreed < of {
		steps[1].Stage = part.Later
	}
	return part.Card(part.Road(v.l, steps...))
}

func (v fileView) facts() g.Node {
	l := v.l
	var appraisers []string
	for _, a := range v.Appraisers {
		appraisers = append(appraisers, v.Names[a])
	}
	terms := []part.Term{
		part.Is(l.T("pilot.field.purpose"), g.Text(v.Series.Purpose)),
		part.Is(l.T("pilot.field.dates"), g.Text(days(l, v.Series))),
		part.Is(l.T("pilot.field.appraisers"), g.Text(strings.Join(appraisers, ", "))),
	}
	if !v.Meeting.StartsAt.IsZero() {
		terms = append(terms, part.Is(l.T("pilot.field.when"), g.Text(l.Moment(v.Meeting.StartsAt)+" · "+v.Meeting.Place)))
	}
	if v.Conclusion != "" && v.Listens() {
		terms = append(terms, part.Is(l.T("pilot.field.conclusion"), g.Text(v.Conclusion)))
	}
	var open g.Node
	if v.Hosts && v.Pilot.Meeting != "" {
		open = part.LinkButton(v.Meeting.Path(), l.T("pilot.meeting.open"), part.Wide, part.IconCalendar)
	}
	return part.Card(part.CardHead(l.T("pilot.facts"), StageTag(l, v.Stage)), part.DescriptionList(terms...), open)
}

// naming lets the host name its meeting, until the contents are sent in.
func (v fileView) naming() g.Node {
	if !v.Hosts || v.Round > 0 || v.Stage == Concluded {
		return nil
	}
	l, f := v.l, v.form("meeting")
	head := part.CardHead(l.T("pilot.meeting.title"))
	if len(v.choices) == 0 {
		return part.Card(head, part.Note(part.Warn, g.Text(l.T("pilot.meeting.none", "From", v.Series.From.Slashed(), "Until", v.Series.Until.Slashed()))),
			part.LinkButton("/meetings", l.T("pilot.meeting.calendar"), part.Wide, part.IconCalendar))
	}
	if f.Values == nil {
		f.Values = map[string][]string{"meeting": {v.Pilot.Meeting}}
	}
	options := []part.Option{}
	for _, m := range v.choices {
		options = append(options, part.Option{Value: m.ID, Text: m.Title + ", " + m.Day().Slashed()})
	}
	return part.Card(head, part.Post(v.Path()+"/meeting", f.Summary(l),
		f.Select("meeting", l.T("pilot.meeting.which"), options, part.Required),
		part.Actions(part.Button(l.T("pilot.meeting.do")))))
}

// comments is what was said of the meeting afterwards.
func (v fileView) comments() g.Node {
	if !v.Listens() || len(v.Comments) == 0 {
		return nil
	}
	return part.Card(h.ID("comments"), part.CardHead(v.l.T("pilot.comments"), part.Tag(part.Plain, v.l.Number(len(v.Comments)))),
		part.List(g.Map(v.Comments, v.comment)))
}

func (v fileView) comment(k Comment) g.Node {
	small := v.Names[k.SaidBy]
	if k.Item != "" {
		small += " · " + k.Item
	}
	var card g.Node
	switch known, is := v.Lessons[k.ID]; {
	case is && known.Sent > 0:
		card = part.Link(known.Path(), g.Text(v.l.T("pilot.lesson.sent", "Learned", known.Learned, "Of", known.Sent)))
	case is && v.Directs:
		card = part.Link(known.Path(), g.Text(v.l.T("pilot.lesson.unsent")))
	case v.Directs && v.Stage != Concluded:
		card = part.PostButton(v.Path()+"/comments/"+k.ID+"/lesson", v.l.T("pilot.lesson.make"), part.Small, part.IconFlag,
			h.Aria("label", v.l.T("pilot.lesson.make")+": "+k.Text))
	}
	return part.Item(part.Grow(commentTag(v.l, k.Kind), g.Text(" "), h.B(g.Text(k.Text)), h.Br(), h.Small(g.Text(small)), g.If(card != nil, h.Br()), card))
}

func commentTag(l locale.L, k CommentKind) g.Node {
	return part.Tag(map[CommentKind]part.Kind{Merit: part.OK, Fault: part.Warn, Advice: part.Info}[k], l.Of("pilot.comment", string(k)))
}

// commenting lets those who were there say what they think.
func (v fileView) commenting() g.Node {
	if !speaks(v.File) || !v.begun() || v.Stage == Concluded {
		return nil
	}
	l, f := v.l, v.form("comment")
	items := []part.Option{{Text: l.T("pilot.comment.whole")}}
	for i, x := range v.Items {
		items = append(items, part.Option{Value: x.ID, Text: fmt.Sprintf("%d. %s", i+1, x.Title)})
	}
	kinds := make([]part.Option, len(CommentKinds))
	for i, k := range CommentKinds {
		kinds[i] = part.Option{Value: string(k), Text: l.Of("pilot.comment", string(k))}
	}
	return part.Card(part.CardHead(l.T("pilot.comment.title")), part.Post(v.Path()+"/comments", f.Summary(l),
		f.Select("item", l.T("pilot.comment.item"), items),
		f.Radios("kind", l.T("pilot.comment.kind"), kinds, part.Required, part.Line),
		f.Textarea("text", l.T("pilot.comment.text"), part.Required, h.Rows("3")),
		part.Actions(part.Button(l.T("pilot.comment.send"), part.Primary))))
}

// guests is who is invited, with the boxes of those who came.
func (v fileView) guests() g.Node {
	if !v.Keeps && !v.Hosts {
		return nil
	}
	l := v.l
	var list, tick g.Node
	if len(v.Guests) > 0 {
		list = part.List(g.Map(v.Guests, func(x Guest) g.Node {
			return part.Entry(v.Names[x.Member], x.Unit, g.If(x.Came, part.Tag(part.OK, l.T("pilot.guest.came"))))
		}))
	}
	if v.Keeps && v.begun() && len(v.Guests) > 0 && v.Stage != Concluded {
		f := v.form("came")
		var options []part.Option
		came := []string{}
		for _, x := range v.Guests {
			options = append(options, part.Option{Value: x.Member, Text: v.Names[x.Member], Small: x.Unit})
			if x.Came {
				came = append(came, x.Member)
			}
		}
		f.Values = map[string][]string{"members": came}
		tick = part.Details(l.T("pilot.guest.tick"), part.Post(v.Path()+"/came", f.Checks("members", l.T("pilot.guest.who_came"), options),
			part.Actions(part.Button(l.T("pilot.guest.tick_do")))))
	}
	return part.Card(h.ID("guests"), part.CardHead(l.T("pilot.guests"), part.Tag(part.Plain, l.Number(len(v.Guests)))),
		g.If(len(v.Guests) == 0, part.Muted(g.Text(l.T("pilot.guests.none")))), list, tick, v.inviting())
}

func (v fileView) inviting() g.Node {
	if len(v.invitable) == 0 {
		return nil
	}
	l, f := v.l, v.form("guests")
	options := make([]part.Option, len(v.invitable))
	for i, x := range v.invitable {
		options[i] = part.Option{Value: x.Member, Text: x.Name, Small: l.Of("organization.post", string(x.Post)) + " · " + x.Unit}
	}
	return part.Details(l.T("pilot.guest.invite"), g.If(f.Wrong(), g.Attr("open")), part.Post(v.Path()+"/guests", f.Summary(l),
		f.Checks("members", l.T("pilot.guest.whom"), options),
		part.Actions(part.Button(l.T("pilot.guest.invite_do"), part.IconBell))))
}

// concluding ends the pilot meeting.
func (v fileView) concluding() g.Node {
	if !v.Directs || v.Stage != Held {
		return nil
	}
	l, f := v.l, v.form("conclude")
	return part.Card(part.CardHead(l.T("pilot.conclude.title")), part.Post(v.Path()+"/conclude", f.Summary(l),
		f.Textarea("conclusion", l.T("pilot.field.conclusion"), part.Required, part.Help(l.T("pilot.conclude.help")), h.Rows("4")),
		part.Actions(part.Button(l.T("pilot.conclude.do"), part.Confirm(l, l.T("pilot.conclude.ask"), l.T("pilot.conclude.do"))))))
}

func (v fileView) cancelling() g.Node {
	if !v.Directs || v.Round > 0 || len(v.Comments) > 0 || v.Stage == Concluded {
		return nil
	}
	return part.PostButton(v.Path()+"/cancel", v.l.T("pilot.cancel"), part.Small, part.IconTrash, part.Confirm(v.l, v.l.T("pilot.cancel_ask"), v.l.T("pilot.cancel")))
}
