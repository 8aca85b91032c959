package account

import (
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// delegationsView is what the page of handing over shows.
type delegationsView struct {
	me      string
	today   when.Date
	all     []toldDelegation
	offices []handable
	form    web.Form
}

func (v delegationsView) body(l locale.L) g.Node {
	var forms g.Group
	for _, o := range v.offices {
		forms = append(forms, v.handForm(l, o))
	}
	if len(forms) == 0 {
		forms = append(forms, part.Card(part.Empty(l.T("account.delegation.nothing"), l.T("account.delegation.nothing_help"))))
	}
	return part.Cols(part.Stack(forms), part.Stack(v.list(l)))
}

// list shows what was given and what was received.
func (v delegationsView) list(l locale.L) g.Node {
	head := part.CardHead(l.T("account.delegation.all"))
	if len(v.all) == 0 {
		return part.Card(head, part.Muted(g.Text(l.T("account.delegation.none"))))
	}
	return part.Card(head, part.List(g.Map(v.all, func(d toldDelegation) g.Node { return v.line(l, d) })))
}

func (v delegationsView) line(l locale.L, d toldDelegation) g.Node {
	small := strings.Join([]string{l.Of("account.role", string(d.Role)), d.Unit, l.T("account.delegation.span", "From", d.From.Slashed(), "Until", d.Until.Slashed()), v.parts(l, d)}, " · ")
	title := l.T("account.delegation.pair", "Giver", d.GiverName, "Receiver", d.ReceiverName)
	if !d.EndedAt.IsZero() || d.Until.Before(v.today) {
		return part.TallEntry("", title, small, part.Tag(part.Plain, l.T("account.delegation.over")))
	}
	kind, state := part.OK, l.T("account.delegation.runs")
	if v.today.Before(d.From) {
		kind, state = part.Info, l.T("account.delegation.comes")
	}
	return part.TallEntry("", title, small, part.Tag(kind, state), part.PostButton("/delegations/"+d.ID+"/end", l.T("account.delegation.end"), part.Small,
		part.Confirm(l, l.T("account.delegation.end_ask"), l.T("account.delegation.end"))))
}

// parts says what is handed over.
func (v delegationsView) parts(l locale.L, d toldDelegation) string {
	if len(d.Parts) == 0 {
		return l.T("account.delegation.whole")
	}
	names := make([]string, len(d.Parts))
	for n, p := range d.Parts {
		names[n] = l.Of("account.part", string(p))
	}
	return strings.Join(names, "; ")
}

// handForm is the form in which what belongs to one office is handed over.
func (v delegationsView) handForm(l locale.L, o handable) g.Node {
	f := web.Form{Values: map[string][]string{"from": {v.today.String()}, "until": {v.today.AddDays(7).String()}}}
	if v.form.Value("role")+"."+v.form.Value("organization") == o.name() {
		f = v.form
	}
	f.ID = "hand-" + o.name()
	title := l.T("account.delegation.office", "Role", l.Of("account.role", string(o.grant.Role)), "Unit", o.grant.Name)
	if len(o.people) == 0 {
		return part.Card(part.CardHead(title), part.Muted(g.Text(l.T("account.delegation.nobody"))))
	}
	people := []part.Option{{Text: l.T("account.delegation.choose")}}
	for _, one := range o.people {
		people = append(people, part.Option{Value: one.Member, Text: one.FullName})
	}
	parts := make([]part.Option, len(Parts))
	for n, p := range Parts {
		parts[n] = part.Option{Value: string(p), Text: l.Of("account.part", string(p))}
	}
	form := part.Post("/delegations", part.Guard(), f.Summary(l),
		part.HiddenValue("role", string(o.grant.Role)), part.HiddenValue("organization", o.grant.Organization),
		f.Select("receiver", l.T("account.delegation.receiver"), people, part.Required),
		part.Fields(f.Date("from", l.T("account.delegation.from"), part.Required), f.Date("until", l.T("account.delegation.until"), part.Required)),
		f.Checks("parts", l.T("account.delegation.parts"), parts, part.Help(l.T("account.delegation.parts_help"))),
		f.Input("reason", l.T("account.delegation.reason")),
		part.Note(part.Info, g.Text(l.T("account.delegation.note"))),
		part.Actions(part.Button(l.T("account.delegation.send"), part.Primary)))
	return part.Card(part.CardHead(title), part.Details(l.T("account.delegation.open"), g.If(f.Wrong() || len(v.offices) == 1, g.Attr("open")), form))
}

// homeCard says to the receiver what is entrusted to them today.
func (v delegationsView) homeCard(l locale.L) g.Node {
	return part.Card(
		part.CardHead(l.T("account.delegation.home"), part.Tag(part.Info, l.T("account.delegation.runs"))),
		part.List(g.Map(v.all, func(d toldDelegation) g.Node {
			small := strings.Join([]string{l.Of("account.role", string(d.Role)), d.Unit, l.T("account.delegation.span", "From", d.From.Slashed(), "Until", d.Until.Slashed()), v.parts(l, d)}, " · ")
			return part.LinkEntry("/delegations", l.T("account.delegation.for", "Name", d.GiverName), small)
		})))
}

// unitCard says on the page of a unit who stands in for whom.
func (v delegationsView) unitCard(l locale.L, mine bool) g.Node {
	list := part.Muted(g.Text(l.T("account.delegation.none")))
	if len(v.all) > 0 {
		list = part.List(g.Map(v.all, func(d toldDelegation) g.Node {
			return part.Entry(l.T("account.delegation.pair", "Giver", d.GiverName, "Receiver", d.ReceiverName),
				l.Of("account.role", string(d.Role))+" · "+l.T("account.delegation.span", "From", d.From.Slashed(), "Until", d.Until.Slashed()))
		}))
	}
	return part.Card(part.CardHead(l.T("account.delegation.title")), list,
		g.If(mine, part.LinkButton("/delegations", l.T("account.delegation.hand"), part.Wide)))
}

// delegationsCard leads from the page of a person to handing over.
func delegationsCard(l locale.L) g.Node {
	return part.Card(part.CardHead(l.T("account.delegation.title")), part.Muted(g.Text(l.T("account.delegation.lead"))),
		part.LinkButton("/delegations", l.T("account.delegation.hand"), part.Wide))
}
