package notebook

import (
	"slices"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// inspectionsView is who of a cell has shown their notebook.
type inspectionsView struct {
	L      locale.L
	Cell   organization.Organization
	Year   int
	Today  when.Date
	Every  int
	Stands []Stand
	Shown  []Inspection // of the year, the last first
	Names  map[string]string
	Form   web.Form // that was refused
}

func (v inspectionsView) paper(form string) string {
	return "/notebook/inspections." + form + "?cell=" + v.Cell.ID + "&year=" + strconv.Itoa(v.Year)
}

func (v inspectionsView) action() g.Node {
	return part.Beside(part.LinkButton(v.paper("pdf"), v.L.T("notebook.inspection.print"), part.IconPrinter), part.LinkButton(v.paper("docx"), "Word", part.IconDownload))
}

func (v inspectionsView) body() g.Node {
	return part.Stack(
		part.Note(part.Info, g.Text(v.L.T("notebook.inspection.rule"))),
		part.Cols(part.Stack(v.roll(), v.form()), part.Stack(v.history(), v.setting())),
	)
}

// roll is how the notebook of everybody stands.
func (v inspectionsView) roll() g.Node {
	l := v.L
	months := "from=" + when.Month{Year: v.Year, Month: 1}.String() + "&to=" + when.Month{Year: v.Year, Month: 12}.String()
	f := web.Form{ID: "shown"}
	if v.Form.ID == "shown" {
		f = v.Form
	}
	return part.Card(part.CardHead(l.T("notebook.inspection.roll")), f.Together("members", l.T("notebook.inspection.roll"), part.List(g.Map(v.Stands, func(s Stand) g.Node {
		last := l.T("notebook.inspection.not_yet")
		if s.Last.ID != "" {
			last = l.T("notebook.inspection.last", "Day", s.Last.ShownOn.Slashed())
		}
		return part.Item(
			part.Grow(part.Box("shown-form", "members", s.ID, s.FullName, slices.Contains(v.Form.Values["members"], s.ID)), part.Muted(g.Text(last))),
			v.standTag(s),
			part.LinkButton("/notebook/of/"+s.ID+"/booklet.pdf?cell="+v.Cell.ID+"&"+months, l.T("notebook.inspection.booklet"), part.Small,
				h.Aria("label", l.T("notebook.inspection.booklet_of", "Name", s.FullName))),
		)
	}))))
}

func (v inspectionsView) standTag(s Stand) g.Node {
	switch {
	case s.Due:
		return part.Tag(part.Warn, v.L.T("notebook.inspection.due"))
	case s.Last.ID == "":
		return part.Tag(part.Plain, v.L.T("notebook.inspection.exempt"))
	}
	return orderTag(v.L, s.Last.InOrder)
}

// form enters who has shown theirs.
func (v inspectionsView) form() g.Node {
	l := v.L
	f := web.Form{ID: "shown", Values: map[string][]string{"shown_on": {v.Today.String()}, "in_order": {"yes"}}}
	if v.Form.ID == "shown" {
		f = v.Form
	}
	orders := []part.Option{{Value: "yes", Text: l.Of("notebook.order", "yes")}, {Value: "no", Text: l.Of("notebook.order", "no")}}
	return part.Card(part.CardHead(l.T("notebook.inspection.enter")), part.Muted(g.Text(l.T("notebook.inspection.enter_text"))),
		part.Post("/notebook/inspections", h.ID("shown-form"), f.Summary(l), part.HiddenValue("cell", v.Cell.ID),
			f.Date("shown_on", l.T("notebook.inspection.day"), part.Required),
			f.Radios("in_order", l.T("notebook.inspection.order"), orders, part.Line, part.Required),
			f.Input("remark", l.T("notebook.inspection.remark"), part.Help(l.T("notebook.inspection.remark_help"))),
			part.Button(l.T("notebook.inspection.save"), part.Primary, part.IconCheck)))
}

func (v inspectionsView) setting() g.Node {
	l := v.L
	f := web.Form{ID: "every", Values: map[string][]string{"every": {strconv.Itoa(v.Every)}}}
	if v.Form.ID == "every" {
		f = v.Form
	}
	return part.Card(part.CardHead(l.T("notebook.inspection.setting")), part.Muted(g.Text(l.T("notebook.inspection.setting_text"))),
		part.Post("/notebook/inspections/settings", f.Summary(l), part.HiddenValue("cell", v.Cell.ID),
			f.Number("every", l.T("notebook.inspection.every"), part.Short, part.Required), part.Button(l.T("notebook.inspection.settle"))))
}

// history is what was entered in a year.
func (v inspectionsView) history() g.Node {
	l := v.L
	year := func(n int) string { return inspectionsURL(v.Cell.ID) + "&year=" + strconv.Itoa(n) }
	head := part.CardHead(l.T("notebook.inspection.history", "Year", v.Year), part.Beside(
		part.LinkButton(year(v.Year-1), strconv.Itoa(v.Year-1), part.Small),
		g.If(v.Year < v.Today.Year, part.LinkButton(year(v.Year+1), strconv.Itoa(v.Year+1), part.Small))))
	if len(v.Shown) == 0 {
		return part.Card(head, part.Muted(g.Text(l.T("notebook.inspection.none"))))
	}
	return part.Card(head, part.Details(l.T("notebook.inspection.count", "Count", len(v.Shown)), part.List(g.Map(v.Shown, func(i Inspection) g.Node {
		small := l.T("notebook.inspection.entered", "Day", i.ShownOn.Slashed(), "Name", v.Names[i.EnteredBy])
		if i.Remark != "" {
			small += " · " + i.Remark
		}
		return part.Entry(v.Names[i.Member], small, orderTag(l, i.InOrder),
			part.PostButton("/notebook/inspections/"+i.ID+"/drop", l.T("notebook.inspection.drop"), part.Small,
				part.Confirm(l, l.T("notebook.inspection.drop_ask", "Name", v.Names[i.Member]), l.T("notebook.inspection.drop"))))
	}))))
}
