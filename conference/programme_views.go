package conference

import (
	"strconv"
	"time"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// usual are the parts with which the programme of a sitting begins: what is performed takes
// the time that the others leave.
func usual(y Sitting) Programme {
	p := Programme{
		{Content: "Đón tiếp, ổn định tổ chức", Minutes: 15},
		{Content: "Tuyên bố lý do, giới thiệu đại biểu", Minutes: 10},
		{Content: "Nội dung chính"},
		{Content: "Đại biểu góp ý, rút kinh nghiệm", Minutes: 40},
		{Content: "Kết luận, bế mạc", Minutes: 15},
	}
	if y.Host != "" {
		p[2].Content = "Chi bộ thực hiện kỳ sinh hoạt mẫu"
	}
	p[2].Minutes = max(30, int(y.EndsAt.Sub(y.StartsAt)/time.Minute)-80)
	return p
}

// programmeView is the editor of a programme.
type programmeView struct {
	l    locale.L
	x    Conference
	y    Sitting
	form web.Form
}

func (v programmeView) body() g.Node {
	l, f := v.l, v.form
	return part.Card(part.Muted(g.Text(hours(l, v.y)+". "+l.T("conference.programme.help"))), part.Post(v.x.Path()+"/sittings/"+v.y.ID+"/programme", part.Guard(), f.Summary(l),
		v.rows(),
		part.Keep(l, "programme-"+v.y.ID),
		part.Actions(part.Button(l.T("conference.save"), part.Primary), part.LinkButton(v.x.Path(), l.T("conference.back")))))
}

// rows are the fields of the parts, with three empty ones at the end. Each says when it
// begins as the programme was when the page was asked for.
func (v programmeView) rows() g.Node {
	l, f := v.l, v.form
	last := 0
	for n := range mostParts {
		if f.Value(partField("content", n)) != "" || f.Value(partField("minutes", n)) != "" || f.Value(partField("person", n)) != "" {
			last = n + 1
		}
	}
	starts, _ := programmeFrom(f.Values).Starts(v.y.StartsAt)
	var out g.Group
	for n := range min(last+3, mostParts) {
		name := l.T("conference.programme.more")
		if n < last && n < len(starts) {
			name = l.T("conference.programme.at", "N", n+1, "Time", l.Clock(starts[n]))
		}
		position := f
		if f.Value(partField("position", n)) == "" {
			position.Values = map[string][]string{partField("position", n): {strconv.Itoa(n + 1)}}
		}
		out = append(out, part.FieldSet(name, f.Hidden(partField("id", n)),
			part.Fields(f.Input(partField("content", n), l.T("conference.field.content")), f.Input(partField("person", n), l.T("conference.field.person"))),
			part.Fields(f.Number(partField("minutes", n), l.T("conference.field.minutes")), position.Number(partField("position", n), l.T("conference.field.position")))))
	}
	return out
}

// programme is the programme of a sitting on the page of the conference.
func (v fileView) programme(y Staged) g.Node {
	l := v.l
	path := v.Path() + "/sittings/" + y.ID + "/programme"
	edits := v.Keeps && v.Open()
	if len(y.Programme) == 0 {
		if !edits {
			return nil
		}
		return part.NoPrint(part.LinkButton(path, l.T("conference.programme.make"), part.Wide, part.IconClock))
	}
	starts, _ := y.Programme.Starts(y.StartsAt)
	var rows g.Group
	for n, x := range y.Programme {
		rows = append(rows, part.Item(part.Hour(starts[n].HHMM()), part.Grow(g.Text(x.Content), g.If(x.Person != "", h.Small(g.Text(x.Person))))))
	}
	var over g.Node
	if minutes := y.Programme.Over(y.Sitting); minutes > 0 && edits {
		over = part.Note(part.Warn, g.Text(l.T("conference.programme.over", "Minutes", minutes)))
	}
	return g.Group{
		h.H3(g.Text(l.T("conference.programme"))),
		over,
		part.List(rows...),
		part.NoPrint(part.Actions(
			g.If(edits, part.LinkButton(path, l.T("conference.programme.edit"), part.Small, part.IconEdit)),
			part.LinkButton(path+"/docx", l.T("conference.docx"), part.Small, part.IconDownload),
			part.LinkButton(path+"/pdf", l.T("conference.pdf"), part.Small, part.IconPrinter))),
	}
}

// naming lets the host name the meeting that it performs.
func (v fileView) naming(y Staged) g.Node {
	if !y.Hosts || !v.Open() || y.Performed.ID != "" && !y.Performed.Editable() {
		return nil
	}
	l, f, choices := v.l, v.form, v.choices[y.ID]
	if len(choices) == 0 {
		return part.NoPrint(part.Note(part.Info, g.Text(l.T("conference.meeting.none"))), part.LinkButton("/meetings", l.T("conference.meeting.calendar"), part.Wide, part.IconCalendar))
	}
	if f.Values == nil {
		f.Values = map[string][]string{"meeting": {y.Sitting.Meeting}}
	}
	f.ID = "meeting-" + y.ID
	options := []part.Option{{Text: l.T("conference.meeting.choose")}}
	for _, m := range choices {
		options = append(options, part.Option{Value: m.ID, Text: m.Title + ", " + m.Day().Slashed()})
	}
	form := part.Post(v.Path()+"/sittings/"+y.ID+"/meeting", f.Summary(l), f.Select("meeting", l.T("conference.meeting.which"), options, part.Required),
		part.Actions(part.Button(l.T("conference.meeting.do"))))
	if y.Performed.ID != "" {
		return part.NoPrint(part.Details(l.T("conference.meeting.change"), form))
	}
	return part.NoPrint(form)
}
