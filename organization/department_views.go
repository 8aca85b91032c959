package organization

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// departmentsCard lists the departments on the page of a committee, which sets up
// others there.
func (v unitView) departmentsCard(l locale.L) g.Node {
	if !v.Level.Committee() || len(v.departments) == 0 && !v.entrusts {
		return nil
	}
	list := part.Muted(g.Text(l.T("organization.department.none")))
	if len(v.departments) > 0 {
		list = part.List(g.Map(v.departments, func(d Department) g.Node { return part.LinkEntry(d.Path(), d.Name, dutyNames(l, d.Duties)) }))
	}
	var add g.Node
	if v.entrusts {
		f := v.form("department", nil)
		kinds := []part.Option{{Text: l.T("organization.form.choose")}}
		for _, k := range DepartmentKinds {
			kinds = append(kinds, part.Option{Value: string(k), Text: l.Of("organization.department.kind", string(k))})
		}
		add = part.Details(l.T("organization.department.add"), g.If(f.Wrong(), g.Attr("open")),
			part.Post(unitURL(v.ID)+"/departments", f.Summary(l),
				f.Select("kind", l.T("organization.department.sort"), kinds, part.Required),
				f.Input("name", l.T("organization.department.name"), part.Help(l.T("organization.department.name_help"))),
				part.Actions(part.Button(l.T("organization.department.add"), part.Small))))
	}
	return part.Card(part.CardHead(l.T("organization.department.title")), part.Muted(g.Text(l.T("organization.department.help"))), list, add)
}

// dutyNames writes duties in a line.
func dutyNames(l locale.L, duties Duties) string {
	text := ""
	for n, d := range duties {
		if n > 0 {
			text += "; "
		}
		text += l.Of("organization.duty", string(d))
	}
	return text
}

// departmentView is what the page of a department shows.
type departmentView struct {
	Department
	unit     Organization
	seats    []Seat
	names    map[string]string
	people   []Person
	today    when.Date
	entrusts bool // the reader hands out duties
	refused  map[string]web.Form
}

func (v departmentView) form(name string, values map[string][]string) web.Form {
	if f, ok := v.refused[name]; ok {
		return f
	}
	return web.Form{ID: name, Values: values}
}

func (v departmentView) page(c *web.Ctx) web.Page {
	return web.Page{
		Title: v.Name, Lead: v.unit.Name, Section: "organizations",
		Crumbs: append(crumbs(c), web.Crumb{Text: v.unit.Name, URL: unitURL(v.unit.ID)}),
		Body:   part.Cols(part.Stack(v.staff(c.L)), part.Stack(v.duties(c.L))),
	}
}

// staff lists who works there, and who did.
func (v departmentView) staff(l locale.L) g.Node {
	var now, past g.Group
	for _, s := range v.seats {
		if s.Holds(v.today) || v.today.Before(s.From) {
			now = append(now, v.seat(l, s))
		} else {
			past = append(past, part.Entry(v.names[s.Member], l.Of("organization.rank", string(s.Rank))+" · "+span(l, s.From, s.Until)))
		}
	}
	return tenureCard(l, l.T("organization.department.people"), l.T("organization.department.nobody"), now, past, v.placeForm(l))
}

func (v departmentView) seat(l locale.L, s Seat) g.Node {
	var end g.Node
	if v.entrusts && s.Until.IsZero() {
		f := v.form("seat-"+s.ID, map[string][]string{"until": {v.today.String()}})
		end = part.Details(l.T("organization.seat.end"), g.If(f.Wrong(), g.Attr("open")),
			part.Post(v.Path()+"/seats/"+s.ID+"/end", f.Summary(l),
				f.Date("until", l.T("organization.office.until"), part.Required),
				part.Actions(part.Button(l.T("organization.seat.end"), part.Small))))
	}
	return part.Item(part.Avatar(v.names[s.Member]), part.Grow(
		h.B(g.Text(v.names[s.Member])), h.Small(g.Text(l.Of("organization.rank", string(s.Rank))+" · "+span(l, s.From, s.Until))), end))
}

func (v departmentView) placeForm(l locale.L) g.Node {
	if !v.entrusts {
		return nil
	}
	f := v.form("seat", map[string][]string{"from": {v.today.String()}})
	people := []part.Option{{Text: l.T("organization.form.choose")}}
	for _, one := range v.people {
		people = append(people, part.Option{Value: one.ID, Text: one.Name + " (" + one.Unit + ")"})
	}
	ranks := []part.Option{{Text: l.T("organization.form.choose")}}
	for _, r := range Ranks {
		ranks = append(ranks, part.Option{Value: string(r), Text: l.Of("organization.rank", string(r))})
	}
	return part.Details(l.T("organization.seat.add"), g.If(f.Wrong(), g.Attr("open")),
		part.Post(v.Path()+"/seats", f.Summary(l),
			f.Select("member", l.T("organization.seat.member"), people, part.Required),
			f.Select("rank", l.T("organization.seat.rank"), ranks, part.Required),
			f.Date("from", l.T("organization.seat.from"), part.Required),
			part.Actions(part.Button(l.T("organization.seat.add"), part.Primary))))
}

// duties says what the department does; the committee changes it there.
func (v departmentView) duties(l locale.L) g.Node {
	head := part.CardHead(l.T("organization.department.duties"))
	if !v.entrusts {
		return part.Card(head, part.List(g.Map(v.Duties, func(d Duty) g.Node { return part.Entry(l.Of("organization.duty", string(d)), "") })))
	}
	values := map[string][]string{"name": {v.Name}, "closed_on": {v.ClosedOn.String()}}
	for _, d := range v.Duties {
		values["duties"] = append(values["duties"], string(d))
	}
	f := v.form("define", values)
	options := make([]part.Option, len(AllDuties))
	for n, d := range AllDuties {
		options[n] = part.Option{Value: string(d), Text: l.Of("organization.duty", string(d))}
	}
	return part.Card(head, part.Muted(g.Text(l.T("organization.department.duties_help"))), part.Post(v.Path(), f.Summary(l),
		f.Input("name", l.T("organization.department.name"), part.Required),
		f.Checks("duties", l.T("organization.department.duties"), options, part.Required),
		f.Date("closed_on", l.T("organization.department.closed")),
		part.Actions(part.Button(l.T("organization.department.save")))))
}
