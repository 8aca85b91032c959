package training

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

var stateKinds = map[State]part.Kind{Invited: part.Info, Attended: part.OK, Absent: part.Warn}

func seatTag(l locale.L, s State) g.Node {
	return part.Tag(stateKinds[s], l.Of("training.state", string(s)))
}

// held is the days and the place of a course.
func held(l locale.L, c Course) string {
	return strings.Trim(l.T("training.days", "From", c.From.Slashed(), "Until", c.Until.Slashed())+" · "+c.Place, " ·")
}

// listView is the courses of a committee.
type listView struct {
	L       locale.L
	Courses []counted
	Today   when.Date
}

func (v listView) action() g.Node {
	return g.Group{
		part.LinkButton("/training/new", v.L.T("training.new"), part.Primary, part.IconPlus),
		part.LinkButton("/training/mine", v.L.T("training.mine"), part.IconPerson),
		part.LinkButton("/study/courses", v.L.T("training.due"), part.IconPeople),
	}
}

func (v listView) body() g.Node {
	if len(v.Courses) == 0 {
		return part.Card(part.Empty(v.L.T("training.none"), v.L.T("training.none_help")))
	}
	return part.Card(part.List(g.Map(v.Courses, func(k counted) g.Node {
		tag := part.Tag(part.Plain, v.L.T("training.counted", "Attended", k.Attended, "Invited", k.Invited))
		switch {
		case !k.Open():
			tag = part.Tag(part.Bad, v.L.T("training.cancelled"))
		case !k.Over(v.Today):
			tag = part.Tag(part.Info, v.L.T("training.coming", "Invited", k.Invited))
		}
		return part.LinkEntry(k.Path(), k.Title, k.Body+" · "+held(v.L, k.Course), tag)
	})))
}

// mineView is one's own courses.
type mineView struct {
	L       locale.L
	Courses []own
	Today   when.Date
}

func (v mineView) body() g.Node {
	record := part.LinkButton("/study/courses", v.L.T("training.record"), part.IconBook)
	if len(v.Courses) == 0 {
		return part.Stack(part.Card(part.Empty(v.L.T("training.mine.none"), v.L.T("training.mine.none_help"))), record)
	}
	return part.Stack(part.Card(part.List(g.Map(v.Courses, func(k own) g.Node {
		small := []string{k.Body, held(v.L, k.Course)}
		if k.Certificate != "" {
			small = append(small, v.L.T("training.certificate", "Number", k.Certificate))
		}
		if until := k.WorthUntil(); k.State == Attended && !until.IsZero() {
			small = append(small, v.L.T("training.worth", "Day", until.Slashed()))
		}
		tag := seatTag(v.L, k.State)
		if !k.Course.Open() {
			tag = part.Tag(part.Bad, v.L.T("training.cancelled"))
		}
		return part.Entry(k.Title, strings.Join(small, " · "), tag)
	}))), record)
}

// newView puts up a course.
type newView struct {
	L     locale.L
	Units []organization.Organization
	form  web.Form
}

func (v newView) body() g.Node {
	l, f := v.L, v.form
	units := make([]part.Option, len(v.Units))
	for i, o := range v.Units {
		units[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	posts := make([]part.Option, len(Posts))
	for i, p := range Posts {
		posts[i] = part.Option{Value: string(p), Text: l.Of("organization.post", string(p))}
	}
	return part.Card(part.Post("/training", part.Guard(), f.Summary(l),
		f.Select("organization", l.T("training.field.unit"), units, part.Required),
		f.Input("title", l.T("training.field.title"), part.Required),
		f.Input("body", l.T("training.field.body"), part.Required, part.Help(l.T("training.field.body_help"))),
		f.Input("place", l.T("training.field.place")),
		part.Fields(f.Date("from", l.T("training.field.from"), part.Required), f.Date("until", l.T("training.field.until"), part.Required)),
		f.Checks("posts", l.T("training.field.posts"), posts, part.Help(l.T("training.field.posts_help"))),
		f.Number("years", l.T("training.field.years"), h.Min("0"), h.Max(strconv.Itoa(mostYears)), part.Help(l.T("training.field.years_help"))),
		part.Actions(part.Button(l.T("training.new.send"), part.Primary), part.LinkButton("/training", l.T("training.cancel_form")))))
}

// courseView is the page of a course.
type courseView struct {
	Sheet
	L     locale.L
	Today when.Date
	form  web.Form
}

func (v courseView) t(key string, args ...any) string { return v.L.T("training."+key, args...) }

func (v courseView) action() g.Node {
	return part.LinkButton(v.Path()+"/list.xlsx", v.t("excel"), part.IconDownload)
}

func (v courseView) body() g.Node {
	return part.Cols(part.Stack(g.If(v.form.Message != "" && v.form.ID != markForm, part.Note(part.Bad, g.Text(v.form.Message))), v.seats(), v.inviteForm()), part.Stack(v.facts(), v.cancelButton()))
}

func (v courseView) facts() g.Node {
	posts := make([]string, len(v.Posts))
	for i, p := range v.Posts {
		posts[i] = v.L.Of("organization.post", string(p))
	}
	terms := []part.Term{part.Is(v.t("by"), g.Text(v.Body)), part.Is(v.t("when"), g.Text(held(v.L, v.Course)))}
	if len(posts) > 0 {
		terms = append(terms, part.Is(v.t("field.posts"), g.Text(strings.Join(posts, ", "))))
	}
	if until := v.WorthUntil(); !until.IsZero() {
		terms = append(terms, part.Is(v.t("field.years"), g.Text(v.t("worth", "Day", until.Slashed()))))
	}
	tag := g.Node(nil)
	if !v.Course.Open() {
		tag = part.Tag(part.Bad, v.t("cancelled"))
	}
	return part.Card(part.CardHead(v.t("about"), tag), part.DescriptionList(terms...))
}

// seats are those invited: a list before the course is over, then the form that marks
// who came.
func (v courseView) seats() g.Node {
	head := part.CardHead(v.t("seats"), part.Tag(part.Plain, strconv.Itoa(len(v.Seats))))
	if len(v.Seats) == 0 {
		return part.Card(head, part.Muted(g.Text(v.t("seats.none"))))
	}
	if !v.Course.Open() || !v.Over(v.Today) {
		return part.Card(head, part.List(g.Map(v.Seats, func(s Seat) g.Node {
			return part.PersonEntry(v.Names[s.Member], v.Cells[s.Organization], seatTag(v.L, s.State))
		})))
	}
	states := make([]part.Option, len(States))
	for i, s := range States {
		states[i] = part.Option{Value: string(s), Text: v.L.Of("training.state", string(s))}
	}
	refused := web.Form{}
	if v.form.ID == markForm {
		refused = v.form
	}
	rows := g.Map(v.Seats, func(s Seat) g.Node {
		f := web.Form{ID: markForm, Values: map[string][]string{stateField + s.Member: {string(s.State)}, certificateField + s.Member: {s.Certificate}}}
		if refused.Wrong() {
			f = refused
		}
		return part.FieldSet(v.Names[s.Member]+" · "+v.Cells[s.Organization],
			part.Fields(f.Select(stateField+s.Member, v.t("field.state"), states), f.Input(certificateField+s.Member, v.t("field.certificate"))))
	})
	return part.Card(head, part.Muted(g.Text(v.t("seats.help"))),
		part.Post(v.Path()+"/marks", part.Guard(), refused.Summary(v.L), rows, part.Actions(part.Button(v.t("seats.send"), part.Primary))))
}

func (v courseView) inviteForm() g.Node {
	if !v.Course.Open() {
		return nil
	}
	head := part.CardHead(v.t("gaps"), part.Tag(part.Plain, strconv.Itoa(len(v.Gaps))))
	if len(v.Gaps) == 0 {
		return part.Card(head, part.Muted(g.Text(v.t("gaps.none"))))
	}
	options := make([]part.Option, len(v.Gaps))
	for i, x := range v.Gaps {
		options[i] = part.Option{Value: x.Member, Text: v.Names[x.Member], Small: v.L.Of("organization.post", string(x.Post)) + " · " + v.Cells[x.Organization]}
	}
	f := web.Form{ID: "invite", Problems: v.form.Problems, Values: map[string][]string{}}
	if len(v.Posts) > 0 {
		for _, x := range v.Gaps {
			f.Values.Add("members", x.Member)
		}
	}
	return part.Card(head, part.Muted(g.Text(v.t("gaps.help"))),
		part.Post(v.Path()+"/invite", f.Checks("members", v.t("field.members"), options), part.Actions(part.Button(v.t("invite"), part.Primary))))
}

func (v courseView) cancelButton() g.Node {
	if !v.Course.Open() || v.Begun(v.Today) {
		return nil
	}
	return part.Card(part.PostButton(v.Path()+"/cancel", v.t("cancel"), part.Small, part.Confirm(v.L, v.t("cancel_ask"), v.t("cancel"))))
}

// table is the list of a course to be taken away: those invited, then those who lack it.
func (v courseView) table() sheet.Table {
	t := sheet.Table{
		Name: v.t("sheet"), Titles: []string{v.Title, v.Body + " · " + held(v.L, v.Course)},
		Header: []string{v.t("field.name"), v.t("field.cell"), v.t("field.state"), v.t("field.certificate")}, Widths: []float64{32, 36, 18, 20},
	}
	for _, s := range v.Seats {
		t.Rows = append(t.Rows, []any{v.Names[s.Member], v.Cells[s.Organization], v.L.Of("training.state", string(s.State)), s.Certificate})
	}
	if len(v.Posts) == 0 {
		return t
	}
	for _, x := range v.Gaps {
		t.Rows = append(t.Rows, []any{v.Names[x.Member], v.Cells[x.Organization], v.t("lacks"), ""})
	}
	return t
}
