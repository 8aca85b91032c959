package pilot

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
)

// newView is the form of a series.
type newView struct {
	l     locale.L
	form  web.Form
	units []organization.Organization
	unit  organization.Organization
	cells []organization.Organization
	staff []Person
}

func (v newView) body() g.Node {
	l, f := v.l, v.form
	var other g.Node
	if len(v.units) > 1 {
		tabs := make([]part.Tab, len(v.units))
		for i, o := range v.units {
			tabs[i] = part.Tab{Text: o.Name, URL: "/pilots/new?unit=" + o.ID, Current: o.ID == v.unit.ID}
		}
		other = part.Tabs(l.T("pilot.units"), tabs...)
	}
	people := make([]part.Option, len(v.staff))
	for i, p := range v.staff {
		people[i] = part.Option{Value: p.Member, Text: p.Name, Small: l.Of("organization.post", string(p.Post))}
	}
	return g.Group{other, part.Card(part.Post("/pilots", part.Guard(), f.Summary(l), part.HiddenValue("organization", v.unit.ID),
		seriesFields(l, f), hostFields(l, f, v.cells),
		f.Checks("appraisers", l.T("pilot.field.appraisers"), people, part.Required, part.Help(l.T("pilot.field.appraisers_help"))),
		part.Actions(part.Button(l.T("pilot.new.do"), part.Primary), part.LinkButton("/pilots", l.T("pilot.back")))))}
}

func seriesFields(l locale.L, f web.Form) g.Node {
	return g.Group{
		f.Input("title", l.T("pilot.field.title"), part.Required, part.Help(l.T("pilot.field.title_help"))),
		f.Textarea("purpose", l.T("pilot.field.purpose"), part.Required, part.Help(l.T("pilot.field.purpose_help")), h.Rows("3")),
		part.Fields(f.Date("from", l.T("pilot.field.from"), part.Required), f.Date("until", l.T("pilot.field.until"), part.Required)),
	}
}

// hostFields choose the cells of one kind of meeting.
func hostFields(l locale.L, f web.Form, cells []organization.Organization) g.Node {
	kinds := make([]part.Option, len(Kinds))
	for i, k := range Kinds {
		kinds[i] = part.Option{Value: string(k), Text: l.Of("pilot.kind", string(k))}
	}
	options := make([]part.Option, len(cells))
	for i, o := range cells {
		options[i] = part.Option{Value: o.ID, Text: o.Name, Small: l.Of("organization.kind", string(o.Kind))}
	}
	return g.Group{
		f.Radios("kind", l.T("pilot.field.kind"), kinds, part.Required, part.Line),
		f.Checks("hosts", l.T("pilot.field.hosts"), options, part.Required, part.Help(l.T("pilot.field.hosts_help"))),
	}
}

// seriesView is the page of a series.
type seriesView struct {
	Sheet

	l           locale.L
	cells       []organization.Organization
	card        string
	refused     web.Form
	edit, judge web.Form // as they stand
}

func (v seriesView) form(card string, stands web.Form) web.Form {
	f := stands
	if v.card == card {
		f = v.refused
	}
	f.ID = card
	return f
}

func (v seriesView) lead() string { return v.Unit.Name + " · " + days(v.l, v.Series) }

func (v seriesView) action() g.Node {
	if !v.Directs {
		return nil
	}
	return g.Group{
		part.LinkButton(v.Path()+"/paper/docx", v.l.T("pilot.docx"), part.IconDownload),
		part.LinkButton(v.Path()+"/paper/pdf", v.l.T("pilot.pdf"), part.IconPrinter),
	}
}

func (v seriesView) body() g.Node {
	return part.Stack(v.figures(), part.Cols(part.Stack(v.pilots(), v.choosing()), part.Stack(v.facts(), v.assessing(), v.editing())))
}

func (v seriesView) figures() g.Node {
	l, n := v.l, v.Figures()
	share := func(a, b int) string { return l.T("pilot.share", "Part", a, "Of", b) }
	learned := g.If(n.Learned.Of > 0, part.Stat(l.T("pilot.stat.learned"), share(n.Learned.Learned, n.Learned.Of)))
	return part.Grid(
		part.Stat(l.T("pilot.stat.held"), share(n.Held, n.Pilots)),
		part.Stat(l.T("pilot.stat.came"), share(n.Came, n.Guests)),
		part.Stat(l.T("pilot.stat.comments"), l.Number(n.Comments)),
		part.Stat(l.T("pilot.stat.lessons"), l.Number(n.Lessons)),
		learned,
	)
}

func (v seriesView) pilots() g.Node {
	list := indexView{l: v.l}
	return part.Card(part.CardHead(v.l.T("pilot.hosts")), part.List(g.Map(v.Pilots, list.line)))
}

func (v seriesView) facts() g.Node {
	names := make([]string, len(v.Naming))
	for i, m := range v.Naming {
		names[i] = v.Names[m]
	}
	terms := []part.Term{
		part.Is(v.l.T("pilot.field.purpose"), g.Text(v.Purpose)),
		part.Is(v.l.T("pilot.field.appraisers"), g.Text(strings.Join(names, ", "))),
	}
	if !v.AssessedAt.IsZero() && v.Directs {
		for _, x := range []struct{ key, text string }{{"pilot.field.merits", v.Merits}, {"pilot.field.faults", v.Faults}, {"pilot.field.direction", v.Direction}} {
			if x.text != "" {
				terms = append(terms, part.Is(v.l.T(x.key), g.Text(x.text)))
			}
		}
	}
	return part.Card(part.CardHead(v.l.T("pilot.facts")), part.DescriptionList(terms...))
}

func (v seriesView) choosing() g.Node {
	if !v.Directs {
		return nil
	}
	f := v.form("hosts", web.Form{})
	return part.Details(v.l.T("pilot.more_hosts"), g.If(f.Wrong(), g.Attr("open")), part.Card(part.Post(v.Path()+"/hosts", f.Summary(v.l), hostFields(v.l, f, v.cells),
		part.Actions(part.Button(v.l.T("pilot.choose"), part.IconPlus)))))
}

func (v seriesView) editing() g.Node {
	f := v.form("edit", v.edit)
	return part.Details(v.l.T("pilot.edit"), g.If(f.Wrong(), g.Attr("open")), part.Card(part.Post(v.Path()+"/edit", f.Summary(v.l), seriesFields(v.l, f),
		part.Actions(part.Button(v.l.T("pilot.save"))))))
}

func (v seriesView) assessing() g.Node {
	if !v.Directs {
		return nil
	}
	l, f := v.l, v.form("assess", v.judge)
	return part.Details(l.T("pilot.assess"), g.If(f.Wrong(), g.Attr("open")), part.Card(part.Post(v.Path()+"/assess", part.Guard(), f.Summary(l),
		f.Textarea("merits", l.T("pilot.field.merits"), part.Required, h.Rows("4")),
		f.Textarea("faults", l.T("pilot.field.faults"), h.Rows("4")),
		f.Textarea("direction", l.T("pilot.field.direction"), h.Rows("4")),
		part.Actions(part.Button(l.T("pilot.save"), part.Primary)))))
}
