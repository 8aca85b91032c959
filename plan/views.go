package plan

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// indexView is the list of plans with how they stand today.
type indexView struct {
	l      locale.L
	makes  bool
	today  when.Date
	plans  []Plan
	states [][]State // by plan
}

func (v indexView) action() g.Node {
	if !v.makes {
		return nil
	}
	return part.LinkButton("/plans/new", v.l.T("plan.new.button"), part.Primary, part.IconPlus)
}

func (v indexView) body() g.Node {
	if len(v.plans) == 0 {
		return part.Card(part.Empty(v.l.T("plan.none.title"), v.l.T("plan.none.text")))
	}
	var lines g.Group
	for i, p := range v.plans {
		lines = append(lines, v.line(p, v.states[i]))
	}
	return part.Card(part.List(lines))
}

func (v indexView) line(p Plan, states []State) g.Node {
	n := Count(states)
	tag := part.Tag(part.OK, v.l.T("plan.count", "Done", n[Done], "Of", len(states)))
	small := v.l.T("plan.days", "From", p.From.Slashed(), "Until", p.Until.Slashed())
	if n[Late] > 0 {
		tag = part.Tag(part.Warn, v.l.T("plan.count", "Done", n[Done], "Of", len(states)))
		small += " · " + v.l.T("plan.late", "Count", n[Late])
	}
	return part.LinkEntry(p.Path(), p.Title, small, tag)
}

// homeCard shows plans on the home page.
func (v indexView) homeCard() g.Node {
	var lines g.Group
	for i, p := range v.plans {
		lines = append(lines, v.line(p, v.states[i]))
	}
	return part.Card(part.CardHead(v.l.T("plan.home")), part.List(lines))
}

// newView is the form of a plan.
type newView struct {
	l      locale.L
	form   web.Form
	units  []organization.Organization
	before []Plan
}

func (v newView) body() g.Node {
	l, f := v.l, v.form
	units := make([]part.Option, len(v.units))
	for i, o := range v.units {
		units[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	before := []part.Option{{Text: l.T("plan.before.none")}}
	for _, p := range v.before {
		before = append(before, part.Option{Value: p.ID, Text: p.Title})
	}
	return part.Card(part.Post("/plans", part.Guard(), f.Summary(l),
		f.Select("organization", l.T("plan.field.unit"), units, part.Required),
		f.Input("title", l.T("plan.field.title"), part.Required, part.Help(l.T("plan.field.title_help"))),
		f.Textarea("goal", l.T("plan.field.goal"), part.Required, h.Rows("3")),
		f.Textarea("basis", l.T("plan.field.basis"), part.Help(l.T("plan.field.basis_help")), h.Rows("3")),
		part.Fields(f.Date("from", l.T("plan.field.from"), part.Required), f.Date("until", l.T("plan.field.until"), part.Required)),
		f.Select("before", l.T("plan.field.before"), before, part.Help(l.T("plan.field.before_help"))),
		part.Actions(part.Button(l.T("plan.new.do"), part.Primary), part.LinkButton("/plans", l.T("plan.back")))))
}

// sheetView is the page of a plan as it stood on a day.
type sheetView struct {
	Sheet

	l       locale.L
	today   when.Date
	card    string
	refused web.Form
}

func (v sheetView) form(card string) web.Form {
	f := web.Form{}
	if v.card == card {
		f = v.refused
	}
	f.ID = card
	return f
}

func (v sheetView) lead() string {
	return v.Unit.Name + " · " + v.l.T("plan.days", "From", v.From.Slashed(), "Until", v.Until.Slashed())
}

func (v sheetView) action() g.Node {
	if !v.Makes {
		return nil
	}
	return g.Group{
		part.LinkButton(address(v.ID, "/report", v.On), v.l.T("plan.report.open"), part.IconPaper),
		part.LinkButton("/plans/new?before="+v.ID, v.l.T("plan.next"), part.IconRight),
	}
}

func (v sheetView) body() g.Node {
	return part.Stack(v.figures(), part.Cols(part.Stack(v.steps(), v.adding()), part.Stack(v.asking(), v.facts(), v.noting())))
}

func (v sheetView) figures() g.Node {
	n := Count(v.States)
	var out g.Group
	for _, s := range Standings {
		out = append(out, part.Stat(v.l.Of("plan.standing", string(s)), v.l.Number(n[s])))
	}
	return part.Stack(part.Muted(g.Text(v.l.T("plan.on", "Day", v.On.Slashed()))), part.Grid(out))
}

func (v sheetView) steps() g.Node {
	if len(v.States) == 0 {
		return part.Card(part.Empty(v.l.T("plan.no_steps.title"), v.l.T("plan.no_steps.text")))
	}
	return part.Card(part.CardHead(v.l.T("plan.steps")), part.List(g.Map(v.States, v.step)))
}

func (v sheetView) step(x State) g.Node {
	parts := []string{x.Owner, v.l.T("plan.days", "From", x.From.Slashed(), "Until", x.Until.Slashed())}
	if x.Target > 0 {
		parts = append(parts, v.l.T("plan.reached", "Reached", x.Reached, "Target", x.Target, "Unit", x.Unit))
	}
	small := strings.Join(parts, " · ")
	var last g.Node
	if x.Last.Text != "" {
		last = g.Group{h.Br(), g.Text(x.Last.On.Slashed() + ": " + x.Last.Text)}
	}
	kind := map[Standing]part.Kind{Done: part.OK, Late: part.Bad, Running: part.Info, Ahead: part.Plain}[x.Standing]
	return part.Item(part.Grow(h.B(g.Text(x.What)), h.Br(), h.Small(g.Text(small)), last), part.Tag(kind, v.l.Of("plan.standing", string(x.Standing))))
}

// asking lets the reader see the plan as it stood on another day.
func (v sheetView) asking() g.Node {
	f := web.Form{ID: "on", Values: map[string][]string{"on": {v.On.String()}}}
	return part.Card(part.Ask(v.Path(), f.Date("on", v.l.T("plan.ask")), part.Actions(part.Button(v.l.T("plan.ask.do")))))
}

func (v sheetView) facts() g.Node {
	terms := []part.Term{part.Is(v.l.T("plan.field.goal"), g.Text(v.Goal))}
	if v.Basis != "" {
		terms = append(terms, part.Is(v.l.T("plan.field.basis"), g.Text(v.Basis)))
	}
	if v.Makes && len(v.Reports) > 0 {
		terms = append(terms, part.Is(v.l.T("plan.reports"), g.Map(v.Reports, func(d when.Date) g.Node {
			return g.Group{part.Link(address(v.ID, "/report", d), g.Text(d.Slashed())), g.Text(" ")}
		})))
	}
	return part.Card(part.DescriptionList(terms...))
}

func (v sheetView) noting() g.Node {
	if len(v.States) == 0 {
		return nil
	}
	l, f := v.l, v.form("progress")
	if f.Values == nil {
		f.Values = map[string][]string{"on": {v.today.String()}}
	}
	options := make([]part.Option, len(v.States))
	for i, x := range v.States {
		options[i] = part.Option{Value: x.ID, Text: x.What}
	}
	return part.Card(part.CardHead(l.T("plan.progress")), part.Post(v.Path()+"/progress", f.Summary(l),
		f.Select("step", l.T("plan.field.step"), options, part.Required),
		f.Date("on", l.T("plan.field.on"), part.Required),
		f.Number("reached", l.T("plan.field.reached")),
		f.Textarea("text", l.T("plan.field.text"), h.Rows("2")),
		f.Check("done", l.T("plan.field.done")),
		part.Actions(part.Button(l.T("plan.progress.do")))))
}

func (v sheetView) adding() g.Node {
	if !v.Makes {
		return nil
	}
	l, f := v.l, v.form("step")
	return part.Details(l.T("plan.add"), g.If(f.Wrong() || len(v.States) == 0, g.Attr("open")), part.Card(part.Post(v.Path()+"/steps", f.Summary(l),
		f.Textarea("what", l.T("plan.field.what"), part.Required, h.Rows("2")),
		f.Input("owner", l.T("plan.field.owner"), part.Required, part.Help(l.T("plan.field.owner_help"))),
		part.Fields(f.Date("from", l.T("plan.field.from"), part.Required), f.Date("until", l.T("plan.field.until"), part.Required)),
		part.Fields(f.Number("target", l.T("plan.field.target"), part.Help(l.T("plan.field.target_help"))), f.Input("unit", l.T("plan.field.of"))),
		part.Actions(part.Button(l.T("plan.add.do"), part.IconPlus)))))
}

// reportView is the page on which a report is worded.
type reportView struct {
	Sheet

	l    locale.L
	form web.Form
}

func (v reportView) body() g.Node {
	l, f := v.l, v.form
	say := l.T("plan.report.composed")
	if !v.Report.WrittenAt.IsZero() {
		say = l.T("plan.report.worded", "When", l.Moment(v.Report.WrittenAt))
	}
	return part.Card(part.Muted(g.Text(say)), part.Post(v.Path()+"/report", part.Guard(), f.Summary(l), part.HiddenValue("on", v.On.String()),
		f.Textarea("results", l.T("plan.field.results"), part.Required, h.Rows("8")),
		f.Textarea("faults", l.T("plan.field.faults"), h.Rows("5")),
		f.Textarea("direction", l.T("plan.field.direction"), h.Rows("6")),
		part.Actions(part.Button(l.T("plan.report.save"), part.Primary),
			part.LinkButton(address(v.ID, "/paper/docx", v.On), l.T("plan.docx"), part.IconDownload),
			part.LinkButton(address(v.ID, "/paper/pdf", v.On), l.T("plan.pdf"), part.IconPrinter))))
}
