package care

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/member"
	"chibo/organization"
)

// tools lead to the other pages of care of a cell.
func tools(l locale.L, cell string) g.Node {
	return part.Actions(
		part.LinkButton(address("/care", cell, 0), l.T("care.hardships"), part.Small, part.IconHand),
		part.LinkButton(address("/care/families", cell, 0), l.T("care.family"), part.Small, part.IconHome),
		part.LinkButton(address("/care/residence", cell, 0), l.T("care.residence"), part.Small, part.IconPlace),
	)
}

// overviewView is what the committee of a cell sees.
type overviewView struct {
	Overview
	cells []organization.Organization
}

func (v overviewView) action(l locale.L) g.Node {
	return g.Group{
		part.LinkButton(address("/care/new", v.Cell.ID, 0), l.T("care.new.button"), part.Primary, part.IconPlus),
		part.LinkButton(address("/care/visits/new", v.Cell.ID, 0), l.T("care.visit.button"), part.IconPlus),
	}
}

func (v overviewView) body(l locale.L) g.Node {
	return g.Group{
		unitTabs(l, v.cells, v.Cell.ID),
		part.Cols(
			part.Stack(v.hardships(l), v.deeds(l)),
			part.Stack(
				part.Note(part.Info, g.Text(l.T("care.few"))),
				part.Card(part.CardHead(l.T("care.more")), part.List(
					part.LinkEntry(address("/care/families", v.Cell.ID, 0), l.T("care.family"), l.T("care.family.small")),
					part.LinkEntry(address("/care/residence", v.Cell.ID, 0), l.T("care.residence"), l.T("care.residence.small")),
					part.LinkEntry("/care/mine", l.T("care.mine.title"), l.T("care.mine.small")),
				)),
			)),
	}
}

// unitTabs switch between the cells that somebody leads, where there are several.
func unitTabs(l locale.L, cells []organization.Organization, current string) g.Node {
	if len(cells) < 2 {
		return nil
	}
	tabs := make([]part.Tab, len(cells))
	for i, o := range cells {
		tabs[i] = part.Tab{Text: o.Name, URL: address("/care", o.ID, 0), Current: o.ID == current}
	}
	return part.Tabs(l.T("care.cells"), tabs...)
}

func (v overviewView) hardships(l locale.L) g.Node {
	if len(v.Hardships) == 0 {
		return part.Card(part.CardHead(l.T("care.hardships")), part.Empty(l.T("care.none.title"), l.T("care.none.text")))
	}
	return part.Card(part.CardHead(l.T("care.hardships")), part.List(g.Map(v.Hardships, func(x Hardship) g.Node {
		return part.LinkEntry(x.Path(), v.Names[x.Member], hardshipLine(l, x), hardshipTag(l, x))
	})))
}

func hardshipLine(l locale.L, x Hardship) string {
	return l.Of("care.kind", string(x.Kind)) + " · " + l.T("care.since", "Day", x.Since.Slashed())
}

func hardshipTag(l locale.L, x Hardship) g.Node {
	if x.Open() {
		return part.Tag(part.Warn, l.T("care.open"))
	}
	return part.Tag(part.OK, l.T("care.closed", "Day", x.ClosedOn.Slashed()))
}

func (v overviewView) deeds(l locale.L) g.Node {
	done, amount := Sums(v.Deeds)
	head := part.CardHead(l.T("care.deeds", "Year", v.Year), part.Link(address("/care", v.Cell.ID, v.Year-1), g.Text(l.T("care.year_before", "Year", v.Year-1))))
	if len(v.Deeds) == 0 {
		return part.Card(head, part.Muted(g.Text(l.T("care.deeds.none"))))
	}
	return part.Card(head,
		part.Muted(g.Text(l.T("care.deeds.sum", "Count", done, "Amount", l.Number(int(amount))))),
		part.List(g.Map(v.Deeds, func(d Deed) g.Node { return deedEntry(l, d, v.Names[d.Member], true) })))
}

// deedEntry is one line of what is decided or done, with the name before it where the
// list is of several people.
func deedEntry(l locale.L, d Deed, name string, leads bool) g.Node {
	title := l.Of("care.occasion", string(d.Occasion)) + ": " + d.What
	if name != "" {
		title = name + " · " + title
	}
	small := l.T("care.decided", "Day", d.DecidedOn.Slashed())
	if d.Amount > 0 {
		small += " · " + l.T("care.amount", "Amount", l.Number(int(d.Amount)))
	}
	if d.Giver != "" {
		small += " · " + d.Giver
	}
	if d.Given() {
		return part.Entry(title, small, part.Tag(part.OK, l.T("care.given", "Day", d.GivenOn.Slashed())))
	}
	if !leads {
		return part.Entry(title, small, part.Tag(part.Warn, l.T("care.not_given")))
	}
	return part.Entry(title, small, part.Beside(
		part.PostButton("/care/deeds/"+d.ID+"/given", l.T("care.give"), part.Small, part.IconCheck, h.Aria("label", l.T("care.give_what", "What", title))),
		part.PostButton("/care/deeds/"+d.ID+"/drop", l.T("care.drop"), part.Small,
			part.Confirm(l, l.T("care.drop_ask", "What", d.What), l.T("care.drop"))),
	))
}

// people are the options of the members of a roll.
func people(l locale.L, roll []member.Entry) []part.Option {
	out := []part.Option{{Text: l.T("care.choose")}}
	for _, e := range roll {
		out = append(out, part.Option{Value: e.ID, Text: e.FullName})
	}
	return out
}

func hardshipForm(l locale.L, f web.Form, cell string, roll []member.Entry) g.Node {
	kinds := make([]part.Option, len(Kinds))
	for i, k := range Kinds {
		kinds[i] = part.Option{Value: string(k), Text: l.Of("care.kind", string(k))}
	}
	return part.Card(part.Post("/care", part.Guard(),
		f.Summary(l), part.HiddenValue("organization", cell),
		f.Select("member", l.T("care.field.member"), people(l, roll), part.Required),
		f.Radios("kind", l.T("care.field.kind"), kinds, part.Required, part.Line),
		f.Textarea("what", l.T("care.field.hardship"), part.Required, part.Help(l.T("care.field.hardship_help")), h.Rows("3")),
		f.Date("since", l.T("care.field.since"), part.Required),
		part.Note(part.Info, g.Text(l.T("care.few"))),
		part.Actions(part.Button(l.T("care.new.send"), part.Primary), part.LinkButton(address("/care", cell, 0), l.T("care.cancel"))),
	))
}

// deedFields are what is asked of every help, visit or gift.
func deedFields(l locale.L, f web.Form) g.Node {
	return g.Group{
		f.Input("what", l.T("care.field.what"), part.Required, part.Help(l.T("care.field.what_help"))),
		part.Fields(
			f.Number("amount", l.T("care.field.amount"), h.Min("0")),
			f.Input("giver", l.T("care.field.giver")),
		),
		part.Fields(
			f.Date("decided_on", l.T("care.field.decided_on"), part.Required),
			f.Date("given_on", l.T("care.field.given_on"), part.Help(l.T("care.field.given_help"))),
		),
	}
}

func visitForm(l locale.L, f web.Form, cell string, roll []member.Entry) g.Node {
	occasions := make([]part.Option, len(Occasions))
	for i, o := range Occasions {
		occasions[i] = part.Option{Value: string(o), Text: l.Of("care.occasion", string(o))}
	}
	return part.Card(part.Post("/care/visits", part.Guard(),
		f.Summary(l), part.HiddenValue("organization", cell),
		f.Select("member", l.T("care.field.member"), people(l, roll), part.Required),
		f.Radios("occasion", l.T("care.field.occasion"), occasions, part.Required, part.Line),
		deedFields(l, f),
		part.Actions(part.Button(l.T("care.visit.send"), part.Primary), part.LinkButton(address("/care", cell, 0), l.T("care.cancel"))),
	))
}

// sheetView is the page of a hardship.
type sheetView struct {
	Sheet
	forms sheetForms
}

func (v sheetView) body(l locale.L) g.Node {
	return part.Cols(part.Stack(v.facts(l), v.done(l)), part.Stack(v.helpForm(l), v.closeForm(l), v.looks(l)))
}

func (v sheetView) facts(l locale.L) g.Node {
	return part.Card(
		part.CardHead(l.Of("care.kind", string(v.Kind)), hardshipTag(l, v.Hardship)),
		h.P(g.Text(v.What)),
		part.DescriptionList(
			part.Is(l.T("care.field.since"), g.Text(l.Day(v.Since))),
			part.Is(l.T("care.field.entered"), g.Text(l.Moment(v.EnteredAt))),
		),
		g.If(!v.Open(), part.Note(part.OK, g.Text(v.Outcome))),
	)
}

func (v sheetView) done(l locale.L) g.Node {
	head := part.CardHead(l.T("care.helped"))
	if len(v.Deeds) == 0 {
		return part.Card(head, part.Muted(g.Text(l.T("care.helped.none"))))
	}
	return part.Card(head, part.List(g.Map(v.Deeds, func(d Deed) g.Node { return deedEntry(l, d, "", v.Leads) })))
}

func (v sheetView) helpForm(l locale.L) g.Node {
	if !v.Leads || !v.Open() {
		return nil
	}
	f := v.forms.help
	f.ID = "help"
	return part.Card(part.CardHead(l.T("care.help.title")),
		part.Post(v.Path()+"/deeds", f.Summary(l), deedFields(l, f), part.Actions(part.Button(l.T("care.help.send"), part.Primary))))
}

func (v sheetView) closeForm(l locale.L) g.Node {
	if !v.Leads || !v.Open() {
		return nil
	}
	f := v.forms.close
	f.ID = "close"
	return part.Card(part.Details(l.T("care.close.title"), g.If(f.Wrong(), g.Attr("open")),
		part.Post(v.Path()+"/close", f.Summary(l),
			f.Textarea("outcome", l.T("care.close.outcome"), part.Required, h.Rows("2")),
			f.Date("on", l.T("care.close.on"), part.Required),
			part.Actions(part.Button(l.T("care.close.send"), part.IconCheck)))))
}

func (v sheetView) looks(l locale.L) g.Node {
	if len(v.Looks) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("care.looks")), part.List(g.Map(v.Looks, func(k Look) g.Node { return part.Entry(k.Name, l.Moment(k.At)) })))
}

// ownBody is all that is written of the reader.
func ownBody(l locale.L, v Own) g.Node {
	var visits []g.Node
	for _, d := range v.Deeds {
		if d.Hardship == "" {
			visits = append(visits, deedEntry(l, d, "", false))
		}
	}
	hard := g.Map(v.Hardships, func(x Hardship) g.Node {
		return part.LinkEntry(x.Path(), l.Of("care.kind", string(x.Kind)), l.T("care.since", "Day", x.Since.Slashed()), hardshipTag(l, x))
	})
	return part.Cols(
		part.Stack(
			listCard(l.T("care.hardships"), l.T("care.mine.no_hardship"), hard),
			listCard(l.T("care.mine.visits"), l.T("care.mine.no_visit"), visits),
		),
		part.Stack(
			listCard(l.T("care.mine.comments"), l.T("care.mine.no_comment"), g.Map(v.Comments, func(k Comment) g.Node { return commentEntry(l, k) })),
			listCard(l.T("care.family"), l.T("care.mine.no_family"), g.Map(v.Families, func(f FamilyYear) g.Node {
				return part.Entry(strconv.Itoa(f.Year), "", familyTag(l, f.Cultured))
			})),
			part.Note(part.Info, g.Text(l.T("care.mine.who"))),
		))
}

// listCard is a card with a list, or with what to say where there is nothing.
func listCard(title, empty string, items []g.Node) g.Node {
	if len(items) == 0 {
		return part.Card(part.CardHead(title), part.Muted(g.Text(empty)))
	}
	return part.Card(part.CardHead(title), part.List(items...))
}

func familyTag(l locale.L, cultured bool) g.Node {
	if cultured {
		return part.Tag(part.OK, l.T("care.family.yes"))
	}
	return part.Tag(part.Plain, l.T("care.family.no"))
}

// familiesBody lets the committee tick whose family was recognised.
func familiesBody(l locale.L, v Year, today int) g.Node {
	options := make([]part.Option, len(v.Roll))
	f := web.Form{Values: map[string][]string{}}
	n := 0
	for i, e := range v.Roll {
		options[i] = part.Option{Value: e.ID, Text: e.FullName}
		if v.Families[e.ID] {
			f.Values["cultured"] = append(f.Values["cultured"], e.ID)
			n++
		}
	}
	var tabs []part.Tab
	for year := today; year > today-4; year-- {
		tabs = append(tabs, part.Tab{Text: strconv.Itoa(year), URL: address("/care/families", v.Cell.ID, year), Current: year == v.Year})
	}
	state := part.Tag(part.Plain, l.T("care.family.unknown"))
	if len(v.Families) > 0 {
		state = part.Tag(part.OK, l.T("care.family.share", "Count", n, "Of", len(v.Roll), "Share", l.Percent(n, len(v.Roll))))
	}
	return g.Group{
		part.Tabs(l.T("care.family.years"), tabs...),
		part.Card(part.CardHead(l.T("care.family"), state), part.Muted(g.Text(l.T("care.family.help"))),
			part.Post("/care/families", part.Guard(),
				part.HiddenValue("organization", v.Cell.ID), part.HiddenValue("year", strconv.Itoa(v.Year)),
				f.Checks("cultured", l.T("care.family.who"), options, part.Line),
				part.Actions(part.Button(l.T("care.family.send"), part.Primary)),
			)),
	}
}

// homeCard tells a committee what waits, in figures.
func homeCard(l locale.L, n Waiting) g.Node {
	return part.Card(
		part.CardHead(l.T("care.title")),
		g.If(n.Deeds > 0, h.P(g.Text(l.T("care.home.deeds", "Count", n.Deeds)))),
		g.If(n.Comments > 0, h.P(g.Text(l.T("care.home.comments", "Count", n.Comments)))),
		part.LinkButton("/care", l.T("care.home.open"), part.Wide),
	)
}

// yearCard stands beside the rating of a year.
func yearCard(l locale.L, year int, said []Comment, families []FamilyYear) g.Node {
	var items []g.Node
	for _, k := range said {
		if k.Year == year {
			items = append(items, commentEntry(l, k))
		}
	}
	for _, f := range families {
		if f.Year == year {
			items = append(items, part.Entry(l.T("care.family"), "", familyTag(l, f.Cultured)))
		}
	}
	if len(items) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("care.beside", "Year", year)), part.List(items...))
}
