package delegation

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/member"
)

// unitView is where a unit names its delegates.
type unitView struct {
	Asked

	l        locale.L
	form     web.Form
	open     bool
	query    string
	people   []Delegate // of the unit, those who stand and those who are gone
	roll     []member.Entry
	sittings []Attended
}

func (v unitView) at() string { return unitPath(v.Conference.ID, v.Unit.ID) }

func (v unitView) body() g.Node {
	l := v.l
	note := part.Note(part.Info, g.Text(l.T("delegation.unit.until", "Day", l.Day(v.NamesBy))))
	switch {
	case v.Office:
		note = part.Note(part.Info, g.Text(l.T("delegation.unit.office")))
	case !v.open:
		note = part.Note(part.Warn, g.Text(l.T("delegation.unit.closed", "Day", l.Day(v.NamesBy))))
	}
	return part.Stack(part.Cols(part.Stack(note, g.Map(v.Shares, v.share)), v.facts()))
}

func (v unitView) facts() g.Node {
	l := v.l
	return part.Card(part.CardHead(v.Title), part.List(g.Map(v.sittings, func(y Attended) g.Node {
		return part.Entry(y.Title, l.Moment(y.StartsAt)+" · "+y.Venue+joined(", ", y.Address))
	})))
}

// joined puts sign before text where there is one.
func joined(sign, text string) string {
	if text == "" {
		return ""
	}
	return sign + text
}

// share is a line: who is named, and how to name the next.
func (v unitView) share(s Share) g.Node {
	l := v.l
	n := Count{Places: s.Places}
	var lines []g.Node
	for _, d := range v.people {
		if d.Category != s.Line.ID || !d.Stands() {
			continue
		}
		n = n.with(d)
		small := d.Post
		if d.Answer == Declined {
			small = l.T("delegation.unit.declined", "Reason", d.Reason) + joined(" "+l.T("delegation.proposed")+" ", d.Proposed)
		}
		lines = append(lines, part.LinkEntry(d.Path(), d.Name, small, numberTag(l, d), answerTag(l, d)))
	}
	var next g.Node
	if v.open && s.Names() && n.Missing() > 0 {
		next = v.naming(s)
	}
	return part.Card(part.CardHead(s.Line.Title, stand(l, n)),
		part.Muted(g.Text(l.T("delegation.unit.places", "Named", n.Named, "Places", n.Places))),
		g.If(len(lines) > 0, part.List(lines...)), next)
}

// naming offers the people of the roll whom a search leaves, and fields for anybody else.
func (v unitView) naming(s Share) g.Node {
	l := v.l
	f := web.Form{}
	mine := v.form.Value("category") == s.Line.ID
	if mine {
		f = v.form
	}
	f.ID = "line-" + s.Line.ID
	choose := part.Ask(v.at(), searchField(l, f.ID, v.query), part.Actions(part.Button(l.T("delegation.unit.find"), part.IconSearch)))
	return g.Group{
		g.If(mine, f.Summary(l)),
		choose, g.If(v.query != "", v.found(s)),
		part.Details(l.T("delegation.unit.type"), g.If(mine && f.Wrong(), g.Attr("open")), part.Post(v.at(),
			part.HiddenValue("category", s.Line.ID), personFields(l, f),
			part.Actions(part.Button(l.T("delegation.unit.name"), part.IconPlus)))),
	}
}

// found lists the people of the roll with a press each.
func (v unitView) found(s Share) g.Node {
	l := v.l
	if len(v.roll) == 0 {
		return part.Muted(g.Text(l.T("delegation.unit.nobody", "Query", v.query)))
	}
	return part.List(g.Map(v.roll, func(m member.Entry) g.Node {
		return part.PersonEntry(m.FullName, m.Position, part.PostButton(v.at(), l.T("delegation.unit.take"), part.Small,
			part.HiddenValue("category", s.Line.ID), part.HiddenValue("member", m.ID), h.Aria("label", l.T("delegation.unit.take_who", "Name", m.FullName))))
	}))
}

// personView is the page of one delegate.
type personView struct {
	Asked
	Invitation Invitation

	l             locale.L
	base          string
	open          bool
	before, after Delegate // whom they replace, who replaces them
	kept          g.Node   // for how long it is kept how they are reached
	card          string
	refused       web.Form
	amend         web.Form
}

func (v personView) body() g.Node {
	var head g.Node
	if v.card == "" && v.refused.Message != "" {
		head = part.Flash(part.Bad, v.refused.Message)
	}
	return part.Stack(head, part.Cols(part.Stack(v.facts(), v.replacing()), part.Stack(v.invitation(), v.amending(), v.withdrawing())))
}

func (v personView) delegate() Delegate { return v.Invitation.Delegate }

func (v personView) facts() g.Node {
	l, d := v.l, v.delegate()
	link := func(name string, o Delegate) part.Term {
		if o.ID == "" {
			return part.Is(name)
		}
		return part.Is(name, part.Link(o.Path(), g.Text(o.Name)))
	}
	return part.Card(part.CardHead(d.Name, numberTag(l, d), answerTag(l, d)), part.DescriptionList(
		part.Fact(l.T("delegation.field.post"), d.Post), part.Fact(l.T("delegation.field.unit"), d.Unit), part.Fact(l.T("delegation.field.line"), v.Invitation.Line.Title),
		part.Fact(l.T("delegation.field.phone"), d.Phone), part.Fact(l.T("delegation.field.email"), d.Email),
		part.Fact(l.T("delegation.field.seats"), v.seats()),
		part.Fact(l.T("delegation.field.reason"), d.Reason), part.Fact(l.T("delegation.field.proposed"), d.Proposed),
		link(l.T("delegation.replaces"), v.before), link(l.T("delegation.replaced_by"), v.after),
	), v.kept)
}

func (v personView) seats() string {
	var out []string
	for _, y := range v.Invitation.Attends {
		if y.Seat != "" {
			out = append(out, y.Seat+" ("+y.StartsAt.Date().Slashed()+")")
		}
	}
	return strings.Join(out, ", ")
}

// invitation says where the invitation is, and gives the office its file.
func (v personView) invitation() g.Node {
	l, d := v.l, v.delegate()
	if d.Number == 0 || !d.Stands() {
		return nil
	}
	day := func(key string, x Delegate) string {
		at := x.PrintedAt
		if key == "delegation.mailed_at" {
			at = x.MailedAt
		}
		if at.IsZero() {
			return ""
		}
		return l.Moment(at)
	}
	var file g.Node
	if v.Office {
		q := "?one=" + d.ID
		file = part.Beside(part.LinkButton(delegatesPath(d.Conference)+"/invitations.pdf"+q, l.T("delegation.print.one"), part.Small, part.IconPrinter),
			part.LinkButton(delegatesPath(d.Conference)+"/badges.pdf"+q, l.T("delegation.badge"), part.Small, part.IconPrinter))
	}
	return part.Card(part.CardHead(l.T("delegation.invitation.title")),
		part.DescriptionList(part.Fact(l.T("delegation.issued_at"), l.Moment(d.IssuedAt)), part.Fact(l.T("delegation.printed_at"), day("delegation.printed_at", d)), part.Fact(l.T("delegation.mailed_at"), day("delegation.mailed_at", d))),
		file, part.CopyButton(l, l.T("delegation.copy"), v.base+d.Invitation(), part.Small))
}

func (v personView) form(card string, stands web.Form) web.Form {
	f := stands
	if v.card == card {
		f = v.refused
	}
	f.ID = card
	return f
}

func (v personView) amending() g.Node {
	if !v.open {
		return nil
	}
	l, f, d := v.l, v.form("amend", v.amend), v.delegate()
	return part.Card(part.Details(l.T("delegation.amend"), g.If(v.card == "amend", g.Attr("open")), part.Post(d.Path(), f.Summary(l),
		g.If(d.Member == "", f.Input("name", l.T("delegation.field.name"), part.Required)),
		g.If(d.UnitID == "", f.Input("unit", l.T("delegation.field.unit"), part.Required)),
		f.Input("post", l.T("delegation.field.post")),
		part.Fields(f.Phone("phone", l.T("delegation.field.phone")), f.Email("email", l.T("delegation.field.email"))),
		part.Actions(part.Button(l.T("delegation.save"))))))
}

// replacing names somebody else; who was proposed stands in the field.
func (v personView) replacing() g.Node {
	if !v.open {
		return nil
	}
	l, d := v.l, v.delegate()
	f := v.form("replace", web.Form{Values: map[string][]string{"name": {d.Proposed}}})
	form := part.Post(d.Path()+"/replace", f.Summary(l), personFields(l, f), part.Actions(part.Button(l.T("delegation.replace.do"))))
	if d.Answer == Declined {
		return part.Card(part.Warn, part.CardHead(l.T("delegation.replace")), part.Muted(g.Text(l.T("delegation.replace.declined"))), form)
	}
	return part.Card(part.Details(l.T("delegation.replace"), g.If(v.card == "replace", g.Attr("open")), form))
}

func (v personView) withdrawing() g.Node {
	if !v.open {
		return nil
	}
	l, d := v.l, v.delegate()
	return part.PostButton(d.Path()+"/withdraw", l.T("delegation.withdraw"), part.Small, part.IconTrash,
		part.Confirm(l, l.T("delegation.withdraw.ask", "Name", d.Name), l.T("delegation.withdraw")))
}

// searchField asks for a name of the roll; accents do not matter.
func searchField(l locale.L, id, query string) g.Node {
	f := part.Form{ID: id + "-find", Values: map[string][]string{"q": {query}}}
	return f.Input("q", l.T("delegation.unit.search"), part.Help(l.T("delegation.unit.search_help")), h.AutoComplete("off"))
}
