package study

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/member"
	"chibo/organization"
)

// yearView is what a cell has studied in a year.
type yearView struct {
	Year
	cells  []organization.Organization
	reader string // id of the member
}

func (v yearView) action(l locale.L) g.Node {
	if !v.Leads {
		return part.LinkButton("/study/courses", l.T("study.courses"), part.IconStar)
	}
	return g.Group{
		part.LinkButton(address("/study/new", v.Cell.ID, 0), l.T("study.new.button"), part.Primary, part.IconPlus),
		part.LinkButton("/study/courses", l.T("study.courses"), part.IconStar),
	}
}

func (v yearView) body(l locale.L) g.Node {
	work := part.Stack(v.sessions(l))
	aside := part.Stack(v.own(l), v.people(l))
	if len(v.cells) < 2 {
		return part.Cols(work, aside)
	}
	tabs := make([]part.Tab, len(v.cells))
	for i, o := range v.cells {
		tabs[i] = part.Tab{Text: o.Name, URL: address("/study", o.ID, 0), Current: o.ID == v.Cell.ID}
	}
	return g.Group{part.Tabs(l.T("study.cells"), tabs...), part.Cols(work, aside)}
}

func (v yearView) sessions(l locale.L) g.Node {
	head := part.CardHead(l.T("study.year", "Year", v.Year.Year), part.Link(address("/study", v.Cell.ID, v.Year.Year-1), g.Text(l.T("study.year_before", "Year", v.Year.Year-1))))
	if len(v.Sessions) == 0 {
		return part.Card(head, part.Empty(l.T("study.none.title"), l.T("study.none.text")))
	}
	return part.Card(head, part.List(g.Map(v.Sessions, func(x Session) g.Node {
		var tag g.Node
		if mine, there := v.Mine[x.ID]; there {
			tag = attendanceTag(l, mine)
		}
		return part.LinkEntry(x.Path(), x.Subject, x.On.Slashed()+" · "+l.Of("study.kind", string(x.Kind)), tag)
	})))
}

// attendanceTag says how somebody stood.
func attendanceTag(l locale.L, a Attendance) g.Node {
	switch {
	case a.MadeUp():
		return part.Tag(part.OK, l.T("study.made_up", "Day", a.MadeUpOn.Slashed()))
	case a.State == Came:
		return part.Tag(part.OK, l.Of("study.presence", string(a.State)))
	case a.State == Absent:
		return part.Tag(part.Bad, l.Of("study.presence", string(a.State)))
	case a.State == Excused:
		return part.Tag(part.Warn, l.Of("study.presence", string(a.State)))
	}
	return part.Tag(part.Plain, l.Of("study.presence", string(NotExpected)))
}

func shareText(l locale.L, s Share) string {
	text := l.T("study.share", "Studied", s.Studied, "Of", s.Of, "Share", l.Percent(s.Studied, s.Of))
	if s.MadeUp > 0 {
		text += " · " + l.T("study.share.made_up", "Count", s.MadeUp)
	}
	return text
}

func shareTag(l locale.L, s Share) g.Node {
	text := l.T("study.share.short", "Studied", s.Studied, "Of", s.Of)
	if s.Full() {
		return part.Tag(part.OK, text)
	}
	return part.Tag(part.Warn, text)
}

func (v yearView) own(l locale.L) g.Node {
	s := v.Shares[v.reader]
	if s.Of == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("study.own", "Year", v.Year.Year), shareTag(l, s)), h.P(g.Text(shareText(l, s))))
}

func (v yearView) people(l locale.L) g.Node {
	if !v.Leads || len(v.Sessions) == 0 {
		return nil
	}
	var items []g.Node
	full := 0
	for _, e := range v.Roll {
		s := v.Shares[e.ID]
		if s.Of == 0 {
			continue
		}
		if s.Full() {
			full++
			continue
		}
		items = append(items, part.Entry(e.FullName, "", shareTag(l, s)))
	}
	return part.Card(part.CardHead(l.T("study.people")),
		part.Muted(g.Text(l.T("study.people.full", "Count", full))),
		g.If(len(items) > 0, part.List(items...)))
}

func sessionForm(l locale.L, f web.Form, cell string, today when.Date) g.Node {
	kinds := make([]part.Option, len(Kinds))
	for i, k := range Kinds {
		kinds[i] = part.Option{Value: string(k), Text: l.Of("study.kind", string(k))}
	}
	return part.Card(part.Post("/study", part.Guard(), f.Summary(l), part.HiddenValue("organization", cell),
		f.Input("subject", l.T("study.field.subject"), part.Required, part.Help(l.T("study.field.subject_help"))),
		f.Radios("kind", l.T("study.field.kind"), kinds, part.Required, part.Line),
		f.Input("document", l.T("study.field.document"), part.Help(l.T("study.field.document_help")), h.List("documents")),
		h.DataList(h.ID("documents"), g.Map(library.InForce(today), func(s library.Source) g.Node { return h.Option(h.Value(s.Number), g.Text(s.Title)) })),
		part.Fields(f.Date("on", l.T("study.field.on"), part.Required), f.Input("place", l.T("study.field.place"))),
		f.Input("organizer", l.T("study.field.organizer"), part.Help(l.T("study.field.organizer_help"))),
		part.Note(part.Info, g.Text(l.T("study.new.note"))),
		part.Actions(part.Button(l.T("study.new.send"), part.Primary), part.LinkButton(address("/study", cell, 0), l.T("study.cancel"))),
	))
}

// sheetView is the page of a session.
type sheetView struct {
	Sheet
	form web.Form // of who has made it up
}

func (v sheetView) body(l locale.L) g.Node {
	return part.Cols(part.Stack(v.attendance(l), v.mine(l)), part.Stack(v.facts(l), v.makeUpForm(l), v.dropButton(l)))
}

// document names what was studied, with its title where the library has it.
func (v sheetView) document() string {
	if all := library.Numbered(v.Document); len(all) > 0 {
		return all[0].String()
	}
	return v.Document
}

func (v sheetView) facts(l locale.L) g.Node {
	is := func(key, text string) part.Term {
		if text == "" {
			return part.Is(l.T(key))
		}
		return part.Is(l.T(key), g.Text(text))
	}
	return part.Card(part.CardHead(l.Of("study.kind", string(v.Kind))), part.DescriptionList(
		is("study.field.on", l.Day(v.On)), is("study.field.document", v.document()),
		is("study.field.organizer", v.Organizer), is("study.field.place", v.Place),
	))
}

func (v sheetView) mine(l locale.L) g.Node {
	if v.Mine.Member == "" || v.Leads {
		return nil
	}
	return part.Card(part.CardHead(l.T("study.mine"), attendanceTag(l, v.Mine)))
}

func (v sheetView) attendance(l locale.L) g.Node {
	if !v.Leads {
		return nil
	}
	if len(v.People) == 0 {
		return part.Card(part.CardHead(l.T("study.attendance")), part.Muted(g.Text(l.T("study.attendance.nobody"))))
	}
	all := make([]Attendance, len(v.People))
	states := make([]part.Option, len(Presences))
	for i, p := range Presences {
		states[i] = part.Option{Value: string(p), Text: l.Of("study.presence", string(p))}
	}
	selects := make([]g.Node, len(v.People))
	for i, p := range v.People {
		all[i] = p.Attendance
		f := web.Form{ID: "mark", Values: map[string][]string{presence + p.Member: {string(p.State)}}}
		var made g.Node
		if p.MadeUp() {
			made = part.Help(l.T("study.made_up", "Day", p.MadeUpOn.Slashed()))
		}
		selects[i] = f.Select(presence+p.Member, p.Name, states, made)
	}
	s := ShareOf(all)
	return part.Card(part.CardHead(l.T("study.attendance"), shareTag(l, s)),
		part.Muted(g.Text(l.T("study.attendance.help"))),
		part.Post(v.Path()+"/attendance", part.Guard(),
			part.Fields(selects...),
			part.Actions(part.Button(l.T("study.attendance.send"), part.Primary))))
}

func (v sheetView) makeUpForm(l locale.L) g.Node {
	options := []part.Option{{Text: l.T("study.choose")}}
	for _, p := range v.People {
		if !p.MadeUp() && (p.State == Excused || p.State == Absent) {
			options = append(options, part.Option{Value: p.Member, Text: p.Name})
		}
	}
	if len(options) == 1 {
		return nil
	}
	f := v.form
	f.ID = "made-up"
	return part.Card(part.CardHead(l.T("study.make_up")),
		part.Post(v.Path()+"/made-up", f.Summary(l),
			f.Select("member", l.T("study.name"), options, part.Required),
			f.Date("on", l.T("study.make_up.on"), part.Required),
			part.Actions(part.Button(l.T("study.make_up.send"), part.IconCheck))))
}

func (v sheetView) dropButton(l locale.L) g.Node {
	if !v.Leads {
		return nil
	}
	return part.Card(part.PostButton(v.Path()+"/drop", l.T("study.drop"), part.Small, part.IconTrash, part.Confirm(l, l.T("study.drop_ask"), l.T("study.drop"))))
}

// coursesView is one's own courses, and for those who lead or oversee the list of who
// is due.
type coursesView struct {
	Training
	own   []Course
	cell  organization.Organization // the one the reader leads
	roll  []member.Entry
	units []unitYears
	form  web.Form
	today when.Date
	leads bool
}

func (v coursesView) body(l locale.L) g.Node {
	return part.Cols(part.Stack(v.due(l), v.all(l), v.mine(l)), part.Stack(v.add(l), v.settings(l)))
}

func (v coursesView) due(l locale.L) g.Node {
	if len(v.Leaders) == 0 {
		return nil
	}
	rows := make([]part.Row, len(v.Leaders))
	for i, d := range v.Leaders {
		last := l.T("study.due.never")
		if !d.Last.IsZero() {
			last = d.Last.Slashed()
		}
		tag := part.Tag(part.OK, l.T("study.due.fine"))
		if v.Due[i] {
			tag = part.Tag(part.Warn, l.T("study.due.due"))
		}
		rows[i] = part.Row{g.Text(v.Names[d.Member]), g.Text(l.Of("study.post", string(d.Post)) + " · " + d.Cell.Name), g.Text(last), tag}
	}
	return part.Card(part.CardHead(l.T("study.due"), part.Tag(part.Plain, l.T("study.due.count", "Count", count(v.Due)))),
		part.Muted(g.Text(l.T("study.due.help"))),
		part.Table(l.T("study.due"), part.Heads(l.T("study.name"), l.T("study.due.post"), l.T("study.due.last"), l.T("study.state")), rows...))
}

func courseLine(l locale.L, k Course) string {
	small := l.Of("study.course", string(k.Kind)) + " · " + k.From.Slashed() + " – " + k.Until.Slashed()
	if k.Organizer != "" {
		small += " · " + k.Organizer
	}
	if k.Certificate != "" {
		small += " · " + l.T("study.certificate", "Number", k.Certificate)
	}
	return small
}

func (v coursesView) all(l locale.L) g.Node {
	if len(v.Courses) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("study.courses.all")), part.List(g.Map(v.Courses, func(k Course) g.Node {
		var drop g.Node
		if v.leads && k.Organization == v.cell.ID {
			drop = part.PostButton("/study/courses/"+k.ID+"/drop", l.T("study.course.drop"), part.Small,
				part.Confirm(l, l.T("study.course.drop_ask", "Name", k.Name), l.T("study.course.drop")))
		}
		return part.Entry(v.Names[k.Member]+" · "+k.Name, courseLine(l, k), drop)
	})))
}

func (v coursesView) mine(l locale.L) g.Node {
	if len(v.own) == 0 {
		return part.Card(part.CardHead(l.T("study.courses.own")), part.Muted(g.Text(l.T("study.courses.none"))))
	}
	return part.Card(part.CardHead(l.T("study.courses.own")), part.List(g.Map(v.own, func(k Course) g.Node { return part.Entry(k.Name, courseLine(l, k)) })))
}

func (v coursesView) add(l locale.L) g.Node {
	if !v.leads {
		return nil
	}
	people := []part.Option{{Text: l.T("study.choose")}}
	for _, e := range v.roll {
		people = append(people, part.Option{Value: e.ID, Text: e.FullName})
	}
	kinds := make([]part.Option, len(CourseKinds))
	for i, k := range CourseKinds {
		kinds[i] = part.Option{Value: string(k), Text: l.Of("study.course", string(k))}
	}
	f := v.form
	if strings.HasPrefix(f.ID, yearsForm) {
		f = web.Form{}
	}
	return part.Card(part.CardHead(l.T("study.course.add")),
		part.Post("/study/courses", f.Summary(l), part.HiddenValue("organization", v.cell.ID),
			f.Select("member", l.T("study.name"), people, part.Required),
			f.Select("kind", l.T("study.field.course_kind"), kinds, part.Required),
			f.Input("name", l.T("study.field.name"), part.Required),
			f.Input("organizer", l.T("study.field.organizer")),
			part.Fields(f.Date("from", l.T("study.field.from"), part.Required), f.Date("until", l.T("study.field.until"), part.Required)),
			f.Input("certificate", l.T("study.field.certificate")),
			part.Actions(part.Button(l.T("study.course.send"), part.Primary))))
}

// yearsForm begins the name of the form that sets the years of a unit.
const yearsForm = "years-"

func (v coursesView) settings(l locale.L) g.Node {
	if len(v.units) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("study.settings")), part.Muted(g.Text(l.T("study.settings.help"))),
		g.Group(g.Map(v.units, func(u unitYears) g.Node {
			f := web.Form{ID: yearsForm + u.ID, Values: map[string][]string{"years": {strconv.Itoa(u.Years)}}}
			if v.form.ID == f.ID {
				f = v.form
			}
			return part.Post("/study/settings", f.Summary(l), part.HiddenValue("organization", u.ID),
				f.Number("years", l.T("study.settings.years", "Unit", u.Name), h.Min(strconv.Itoa(fewest)), h.Max(strconv.Itoa(manyest))),
				part.Actions(part.Button(l.T("study.settings.send"))))
		})))
}
