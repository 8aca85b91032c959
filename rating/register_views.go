package rating

import (
	"slices"
	"strconv"

	g "maragu.dev/gomponents"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// registerView is the register of praise and of years of a cell.
type registerView struct {
	Register
	forms registerForms
	today when.Date
}

func (v registerView) body(l locale.L) g.Node {
	return part.Cols(
		part.Stack(v.runs(l), v.remarks(l), v.years(l)),
		part.Stack(v.sayForm(l), v.yearForm(l), v.titles(l), v.awards(l)),
	)
}

// runs names who may be proposed to the superior, with the years.
func (v registerView) runs(l locale.L) g.Node {
	var items []g.Node
	for _, subject := range v.order() {
		if run := v.Long[subject]; run != nil {
			items = append(items, part.MarkEntry(part.OK, l.T("rating.run.word"), v.Names[subject], l.T("rating.run", "Count", len(run), "From", run[0], "Until", run[len(run)-1])))
		}
	}
	if Long(v.Model) {
		items = append(items, part.MarkEntry(part.OK, l.T("rating.run.word"), l.T("rating.run.model"), l.T("rating.run", "Count", len(v.Model), "From", v.Model[0], "Until", v.Model[len(v.Model)-1])))
	}
	if len(items) == 0 {
		return nil
	}
	return part.Card(part.OK, part.CardHead(l.T("rating.runs")), part.Muted(g.Text(l.T("rating.runs.help"))), part.List(items...))
}

// order lists the subjects with years: the cell, then the roll, then who has left it.
func (v registerView) order() []string {
	out := []string{Cell}
	for _, e := range v.Roll {
		out = append(out, e.ID)
	}
	for subject := range v.Years {
		if !slices.Contains(out, subject) {
			out = append(out, subject)
		}
	}
	n := 1 + len(v.Roll)
	slices.Sort(out[n:])
	return slices.DeleteFunc(out, func(s string) bool { return len(v.Years[s]) == 0 })
}

func (v registerView) remarks(l locale.L) g.Node {
	head := part.CardHead(l.T("rating.register.remarks", "Year", v.Year), part.Link(registerURL(v.Cell.ID)+"&year="+strconv.Itoa(v.Year-1), g.Text(l.T("rating.register.before", "Year", v.Year-1))))
	if len(v.Remarks) == 0 {
		return part.Card(head, part.Muted(g.Text(l.T("rating.evidence.no_remarks"))))
	}
	return part.Card(head, part.List(g.Map(v.Remarks, func(r Remark) g.Node {
		var drop g.Node
		if r.Meeting == "" {
			drop = part.PostButton("/ratings/register/"+v.Cell.ID+"/"+r.ID+"/drop", l.T("rating.register.drop"), part.Small, part.Quiet)
		}
		return remarkEntry(l, r, v.Names[r.Member], v.Titles, drop)
	})))
}

func (v registerView) years(l locale.L) g.Node {
	const most = 6
	columns := []part.Column{{Title: l.T("rating.column.who")}}
	for n := range most {
		columns = append(columns, part.Column{Title: strconv.Itoa(v.today.Year - most + 1 + n)})
	}
	var rows []part.Row
	for _, subject := range v.order() {
		row := part.Row{g.Text(v.Names[subject])}
		for n := range most {
			row = append(row, v.level(l, subject, v.today.Year-most+1+n))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return part.Card(part.CardHead(l.T("rating.register.years")), part.Muted(g.Text(l.T("rating.register.no_years"))))
	}
	return part.Card(part.CardHead(l.T("rating.register.years")), part.WideTable(l.T("rating.register.years"), columns, rows...))
}

func (v registerView) level(l locale.L, subject string, year int) g.Node {
	for _, p := range v.Years[subject] {
		if p.Year == year {
			return g.Text(l.Of("rating.short", string(p.Level)))
		}
	}
	return nil
}

func (v registerView) people(cell string) []part.Option {
	var out []part.Option
	if cell != "" {
		out = append(out, part.Option{Value: Cell, Text: cell})
	}
	for _, e := range v.Roll {
		out = append(out, part.Option{Value: e.ID, Text: e.FullName})
	}
	return out
}

func (v registerView) sayForm(l locale.L) g.Node {
	f := v.forms.say
	f.ID = "say"
	forms := make([]part.Option, len(sayings))
	for i, of := range sayings {
		forms[i] = part.Option{Value: string(of), Text: l.Of("rating.remark", string(of))}
	}
	return part.Card(
		part.CardHead(l.T("rating.say")), part.Muted(g.Text(l.T("rating.say.help"))),
		part.Post("/ratings/register", f.Summary(l), f.Hidden("unit"),
			f.Radios("form", l.T("rating.field.saying"), forms, part.Line, part.Required),
			f.Select("member", l.T("rating.column.who"), v.people("")),
			f.Textarea("text", l.T("rating.field.said"), part.Required),
			f.Date("on", l.T("rating.field.on")),
			part.Actions(part.Button(l.T("rating.say.send"), part.Primary))),
	)
}

func (v registerView) yearForm(l locale.L) g.Node {
	f := v.forms.year
	f.ID = "year"
	form := part.Post("/ratings/register/years", f.Summary(l), f.Hidden("unit"),
		f.Select("subject", l.T("rating.column.who"), v.people(v.Cell.Name)),
		f.Number("year", l.T("rating.field.year")),
		f.Select("level", l.T("rating.column.level"), choose(l, false)),
		f.Input("source", l.T("rating.field.number"), part.Required),
		part.Actions(part.Button(l.T("rating.year.send"))))
	if f.Wrong() {
		return part.Card(part.CardHead(l.T("rating.year")), form)
	}
	return part.Card(part.Details(l.T("rating.year"), part.Muted(g.Text(l.T("rating.year.help"))), form))
}

func (v registerView) titles(l locale.L) g.Node {
	edit := part.Link("/organizations/"+v.Cell.ID, g.Text(l.T("rating.register.titles_edit")))
	if len(v.Given) == 0 {
		return part.Card(part.CardHead(l.T("rating.register.titles"), edit), part.Muted(g.Text(l.T("rating.evidence.no_remarks"))))
	}
	return part.Card(part.CardHead(l.T("rating.register.titles"), edit), part.List(g.Map(v.Given, func(t organization.Title) g.Node {
		return part.Entry(strconv.Itoa(t.Year)+" · "+t.Title, t.Giver)
	})))
}

func (v registerView) awards(l locale.L) g.Node {
	if len(v.Awards) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("rating.register.awards")), part.List(g.Map(v.Awards, func(a member.Award) g.Node {
		return part.LinkEntry("/members/"+a.Member, v.Names[a.Member]+" · "+a.Title, a.GivenOn.Slashed()+" · "+a.Giver)
	})))
}
