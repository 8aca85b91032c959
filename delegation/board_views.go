package delegation

import (
	"net/url"
	"slices"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/conference"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// boardView is the page of the office: line by line, unit by unit, who is named.
type boardView struct {
	conference.Conference

	l        locale.L
	lines    []Line
	sittings []conference.Sitting
	today    when.Date
	card     string
	refused  web.Form
	// mails says that the program has a mail server, unmailed how many invitations with an
	// address it was not handed yet.
	mails    bool
	unmailed int
	note     Note
}

func (v boardView) at(more string) string { return delegatesPath(v.ID) + more }

// form is the form of a card, as it was refused or empty.
func (v boardView) form(card string) web.Form {
	f := web.Form{}
	if v.card == card {
		f = v.refused
	}
	f.ID = card
	return f
}

func (v boardView) action() g.Node {
	list := part.LinkButton(v.at("/list"), v.l.T("delegation.list"), part.IconPeople)
	if !v.Open() {
		return list
	}
	return g.Group{list, part.LinkButton(v.at("/import"), v.l.T("delegation.import"), part.IconUpload)}
}

func (v boardView) body() g.Node {
	if len(v.lines) == 0 {
		return part.Card(part.Empty(v.l.T("delegation.empty.title"), v.l.T("delegation.empty.text"), part.LinkButton(v.Path(), v.l.T("delegation.empty.open"))))
	}
	var head g.Node
	if v.card == "" && v.refused.Message != "" {
		head = part.Flash(part.Bad, v.refused.Message)
	}
	if !v.Open() {
		return part.Stack(head, part.Note(part.Plain, g.Text(v.l.T("conference.problem.closed"))), figures(v.l, sum(v.lines)), g.Map(v.lines, v.line), v.seating())
	}
	return part.Stack(head, figures(v.l, sum(v.lines)), part.Cols(
		part.Stack(g.Map(v.lines, v.line)),
		part.Stack(v.deadline(), v.noting(), v.issuing(), v.mailing(), v.printing(), v.seating(), v.entering())))
}

// figures are the sums of all lines.
func figures(l locale.L, n Count) g.Node {
	return part.Grid(
		part.Stat(l.T("delegation.count.places"), l.Number(n.Places)),
		part.Stat(l.T("delegation.count.named"), l.Number(n.Named)),
		part.Stat(l.T("delegation.count.coming"), l.Number(n.Coming)),
		part.Stat(l.T("delegation.count.declined"), l.Number(n.Declined)),
		part.Stat(l.T("delegation.count.waiting"), l.Number(n.Waiting())),
		part.Stat(l.T("delegation.count.issued"), l.Number(n.Issued)),
	)
}

// line is the card of a line: a row a unit, or one row where the office names.
func (v boardView) line(y Line) g.Node {
	l := v.l
	var take g.Node
	if y.Source == conference.FromHosts && y.Missing() > 0 && v.Open() {
		take = part.PostButton(v.at("/hosts"), l.T("delegation.hosts.take"), part.Small, part.IconPeople)
	}
	rows := make([]part.Row, len(y.Units))
	for i, u := range y.Units {
		rows[i] = v.unit(u)
	}
	table := part.Table(y.Title, []part.Column{
		{Title: l.T("delegation.column.unit")},
		{Title: l.T("delegation.column.places"), Right: true},
		{Title: l.T("delegation.column.named"), Right: true},
		{Title: l.T("delegation.column.answered"), Right: true},
		{Title: l.T("delegation.column.missing"), Right: true},
		{},
	}, rows...)
	var body g.Node = table
	if len(rows) == 0 {
		body = part.Muted(g.Text(l.T("delegation.line.none")))
	} else if len(rows) > 12 {
		body = part.Details(l.T("delegation.line.units", "Count", len(rows)), g.If(v.changing(y), g.Attr("open")), table)
	}
	return part.Card(part.CardHead(y.Title, stand(l, y.Count)), part.Muted(g.Text(l.Of("delegation.source", string(y.Source)))), body, take)
}

// changing reports whether a quota of the line was refused and is shown again.
func (v boardView) changing(y Line) bool {
	return slices.ContainsFunc(y.Units, func(u Sent) bool { return v.card == quotaCard(u.Share) })
}

func quotaCard(s Share) string { return "quota-" + s.Line.ID + "-" + s.Unit.ID }

// stand says in a word how far a count is.
func stand(l locale.L, n Count) g.Node {
	if n.Missing() > 0 {
		return part.Tag(part.Warn, l.T("delegation.stand.missing", "Count", n.Missing()))
	}
	if n.Named > n.Places {
		return part.Tag(part.Info, l.T("delegation.stand.over", "Count", n.Named-n.Places))
	}
	return part.Tag(part.OK, l.T("delegation.stand.full"))
}

func (v boardView) unit(u Sent) part.Row {
	l := v.l
	name := g.Text(u.Unit.Name)
	if u.Unit.ID == "" && !u.Names() {
		name = g.Text(l.T("delegation.office"))
	}
	title := g.Node(name)
	if u.Names() && u.Unit.ID != "" {
		title = part.Link(unitPath(v.ID, u.Unit.ID), name)
	}
	missing := g.Node(part.Number(l.Number(u.Missing())))
	if u.Missing() > 0 {
		missing = part.Tag(part.Warn, l.Number(u.Missing()))
	}
	return part.Row{
		g.Group{title, g.If(u.Reason != "", h.Small(h.Br(), g.Text(l.T("delegation.quota.by_hand", "Reason", u.Reason))))},
		part.Number(l.Number(u.Count.Places)), part.Number(l.Number(u.Named)), part.Number(l.Number(u.Coming + u.Declined)), missing, v.quota(u),
	}
}

// quota changes how many a unit sends.
func (v boardView) quota(u Sent) g.Node {
	if !v.Open() {
		return nil
	}
	l, card := v.l, quotaCard(u.Share)
	f := v.form(card)
	if f.Values == nil {
		f.Values = url.Values{"places": {l.Number(u.Count.Places)}, "reason": {u.Reason}}
	}
	return part.Details(l.T("delegation.quota.change"), g.If(f.Wrong(), g.Attr("open")), part.Post(v.at("/quota"), f.Summary(l),
		part.HiddenValue("category", u.Line.ID), part.HiddenValue("unit", u.Unit.ID),
		f.Number("places", l.T("delegation.field.places"), part.Required, part.Figure),
		f.Input("reason", l.T("delegation.field.quota_reason"), part.Required),
		part.Actions(part.Button(l.T("delegation.save"), part.Small, h.Aria("label", l.T("delegation.quota.save", "Unit", u.Unit.Name))))))
}

// deadline says until when names are awaited and who has not named all, and reminds them.
func (v boardView) deadline() g.Node {
	l := v.l
	head := part.CardHead(l.T("delegation.deadline"))
	if v.NamesBy.IsZero() {
		return part.Card(head, part.Note(part.Warn, g.Text(l.T("delegation.deadline.none"))), part.LinkButton(v.Path(), l.T("delegation.empty.open"), part.Wide))
	}
	var late []g.Node
	for _, y := range v.lines {
		for _, u := range y.Units {
			if u.Names() && u.Missing() > 0 {
				late = append(late, part.LinkEntry(unitPath(v.ID, u.Unit.ID), u.Unit.Name, y.Title, part.Tag(part.Warn, l.T("delegation.stand.missing", "Count", u.Missing()))))
			}
		}
	}
	text, kind := l.T("delegation.deadline.until", "Day", l.Day(v.NamesBy)), part.Info
	if v.NamesBy.Before(v.today) {
		text, kind = l.T("delegation.deadline.over", "Day", l.Day(v.NamesBy)), part.Warn
	}
	var remind g.Node
	if len(late) > 0 {
		remind = g.Group{
			part.Details(l.T("delegation.deadline.late", "Count", len(late)), part.List(late...)),
			part.PostButton(v.at("/remind"), l.T("delegation.remind"), part.Wide, part.IconBell),
		}
	}
	return part.Card(head, part.Note(kind, g.Text(text)), remind)
}

// noting is what stands on all invitations beside the programme.
func (v boardView) noting() g.Node {
	l, f := v.l, v.form("note")
	if f.Values == nil {
		f.Values = url.Values{"answer_by": {v.note.AnswerBy.String()}, "words": {v.note.Words}}
	}
	return part.Card(part.CardHead(l.T("delegation.note")), part.Muted(g.Text(l.T("delegation.note.help"))), part.Post(v.at("/note"), part.Guard(), f.Summary(l),
		f.Date("answer_by", l.T("delegation.field.answer_by")),
		f.Textarea("words", l.T("delegation.field.words"), part.Help(l.T("delegation.field.words_help")), h.Rows("3")),
		part.Actions(part.Button(l.T("delegation.save")))))
}

// issuing gives the invitations their numbers.
func (v boardView) issuing() g.Node {
	l, n := v.l, sum(v.lines)
	left := n.Named - n.Issued
	var do g.Node = part.Muted(g.Text(l.T("delegation.issue.none")))
	if left > 0 {
		do = part.PostButton(v.at("/issue"), l.T("delegation.issue.do", "Count", left), part.Wide, part.Primary, part.IconPaper,
			part.Confirm(l, l.T("delegation.issue.ask", "Count", left), l.T("delegation.issue.yes")))
	}
	return part.Card(part.CardHead(l.T("delegation.issue"), part.Tag(part.Plain, l.T("delegation.issue.count", "Issued", n.Issued, "Of", n.Named))), do)
}

// mailing sends invitations to those with an address, where the program has a mail server.
func (v boardView) mailing() g.Node {
	if !v.mails || sum(v.lines).Issued == 0 {
		return nil
	}
	l := v.l
	do := part.Muted(g.Text(l.T("delegation.mail.none")))
	if v.unmailed > 0 {
		do = part.PostButton(v.at("/mail"), l.T("delegation.mail.do", "Count", v.unmailed), part.Wide, part.IconMail,
			part.Confirm(l, l.T("delegation.mail.ask", "Count", v.unmailed), l.T("delegation.mail.yes")))
	}
	return part.Card(part.CardHead(l.T("delegation.mail")), do)
}

// printing makes files of invitations and badges, of all, of one line or of one unit.
func (v boardView) printing() g.Node {
	l := v.l
	if sum(v.lines).Issued == 0 {
		return nil
	}
	f := v.form("print")
	lines := []part.Option{{Text: l.T("delegation.print.all")}}
	for _, y := range v.lines {
		if y.Issued > 0 {
			lines = append(lines, part.Option{Value: y.ID, Text: y.Title})
		}
	}
	units := []part.Option{{Text: l.T("delegation.print.all_units")}}
	for _, name := range v.sent() {
		units = append(units, part.Option{Value: name, Text: name})
	}
	choose := g.Group{f.Select("line", l.T("delegation.field.line"), lines), f.Select("unit", l.T("delegation.column.unit"), units)}
	return part.Card(part.CardHead(l.T("delegation.print")),
		part.Post(v.at("/print"), f.Summary(l), choose, part.Actions(part.Button(l.T("delegation.print.do"), part.IconPrinter))),
		part.Beside(
			part.LinkButton(v.at("/badges.pdf"), l.T("delegation.badges"), part.Small, part.IconPrinter),
			part.LinkButton(v.at("/badges.pdf?large=true"), l.T("delegation.badges.large"), part.Small, part.IconPrinter)))
}

// sent returns the names of the units of which somebody has an invitation, in their order.
func (v boardView) sent() []string {
	var out []string
	for _, y := range v.lines {
		for _, u := range y.Units {
			if u.Issued > 0 && u.Unit.Name != "" && !slices.Contains(out, u.Unit.Name) {
				out = append(out, u.Unit.Name)
			}
		}
	}
	return out
}

func (v boardView) seating() g.Node {
	if len(v.sittings) == 0 {
		return nil
	}
	return part.Card(part.CardHead(v.l.T("delegation.seats.title")), part.List(g.Map(v.sittings, func(y conference.Sitting) g.Node {
		return part.LinkEntry(seatsPath(v.ID, y.ID), y.Title, v.l.Moment(y.StartsAt)+" · "+y.Venue)
	})))
}

// entering adds somebody by the office: a guest, the press, a name that came by telephone.
func (v boardView) entering() g.Node {
	l, f := v.l, v.form("enter")
	lines := make([]part.Option, len(v.lines))
	for i, y := range v.lines {
		lines[i] = part.Option{Value: y.ID, Text: y.Title}
	}
	return part.Card(h.ID("enter-card"), part.CardHead(l.T("delegation.enter")), part.Post(v.at(""), f.Summary(l),
		f.Select("category", l.T("delegation.field.line"), lines, part.Required),
		f.Input("unit", l.T("delegation.field.unit"), part.Required, part.Help(l.T("delegation.field.unit_help"))),
		personFields(l, f),
		part.Actions(part.Button(l.T("delegation.enter.do"), part.IconPlus))))
}

// personFields are what is typed of a person.
func personFields(l locale.L, f web.Form) g.Node {
	return g.Group{
		f.Input("name", l.T("delegation.field.name"), part.Required),
		f.Input("post", l.T("delegation.field.post")),
		part.Fields(f.Phone("phone", l.T("delegation.field.phone")), f.Email("email", l.T("delegation.field.email"))),
	}
}

// listView is the list of people.
type listView struct {
	conference.Conference

	l      locale.L
	lines  []conference.Category
	people []Delegate
	query  string
	pick   Pick
	state  string
	kept   g.Node // for how long it is kept how they are reached
}

// states are the views of the list.
var states = []string{"standing", "waiting", "coming", "declined", "unissued", "gone"}

// shows reports whether somebody belongs to the view of the list.
func (v listView) shows(d Delegate) bool {
	switch v.state {
	case "waiting":
		return d.Stands() && d.Answer == ""
	case "coming":
		return d.Stands() && d.Answer == Coming
	case "declined":
		return d.Stands() && d.Answer == Declined
	case "unissued":
		return d.Stands() && d.Number == 0
	case "gone":
		return !d.Stands()
	}
	return d.Stands()
}

func (v listView) body() g.Node {
	l, to := v.l, delegatesPath(v.ID)+"/list"
	tabs := make([]part.Tab, len(states))
	for i, s := range states {
		tabs[i] = part.Tab{Text: l.Of("delegation.view", s), URL: to + "?state=" + s, Current: s == v.state || i == 0 && v.state == ""}
	}
	var more g.Node
	shown := v.people
	if len(shown) > most {
		shown, more = shown[:most], part.Muted(g.Text(l.T("delegation.list.more", "Count", len(v.people)-most)))
	}
	var list g.Node = part.Muted(g.Text(l.T("delegation.list.none")))
	if len(shown) > 0 {
		list = part.List(g.Map(shown, v.person))
	}
	return part.Stack(part.Tabs(l.T("delegation.list"), tabs...),
		part.Card(part.CardHead(l.Of("delegation.view", orFirst(v.state)), part.Tag(part.Plain, l.Number(len(v.people))),
			part.LinkButton(to+".xlsx", l.T("delegation.list.xlsx"), part.Small, part.IconDownload)),
			part.SearchBox(l, to, "q", v.query, l.T("delegation.list.search")), list, more), v.kept)
}

func orFirst(state string) string {
	if state == "" {
		return states[0]
	}
	return state
}

func (v listView) person(d Delegate) g.Node {
	n := slices.IndexFunc(v.lines, func(y conference.Category) bool { return y.ID == d.Category })
	small := d.Unit
	if n >= 0 {
		small += " · " + v.lines[n].Title
	}
	return part.LinkEntry(d.Path(), d.Name, small, numberTag(v.l, d), answerTag(v.l, d))
}

func numberTag(l locale.L, d Delegate) g.Node {
	if d.Number == 0 {
		return nil
	}
	return part.Tag(part.Plain, l.T("delegation.number", "Number", d.Number))
}

// answerTag says how somebody stands.
func answerTag(l locale.L, d Delegate) g.Node {
	switch {
	case !d.Stands():
		return part.Tag(part.Plain, l.T("delegation.state.gone"))
	case d.Answer == Coming:
		return part.Tag(part.OK, l.Of("delegation.answer", string(Coming)))
	case d.Answer == Declined:
		return part.Tag(part.Bad, l.Of("delegation.answer", string(Declined)))
	case d.WalkedIn:
		return part.Tag(part.Info, l.T("delegation.state.walked_in"))
	}
	return part.Tag(part.Warn, l.T("delegation.state.waiting"))
}

// panelView is the card on the page of a conference.
type panelView struct {
	l locale.L
	conference.Conference
	Count
}

func (v panelView) card() g.Node {
	l := v.l
	return part.Card(part.CardHead(l.T("delegation.title"), stand(l, v.Count)),
		part.Muted(g.Text(l.T("delegation.panel", "Named", v.Named, "Places", v.Places, "Coming", v.Coming, "Issued", v.Issued))),
		part.LinkButton(delegatesPath(v.ID), l.T("delegation.panel.open"), part.Wide, part.IconPeople))
}

// unitsView is that card for those who name for a unit.
type unitsView struct {
	l     locale.L
	asked []homeAsked
}

func (v unitsView) card() g.Node {
	if len(v.asked) == 0 {
		return nil
	}
	return part.Card(part.CardHead(v.l.T("delegation.panel.name")), part.List(g.Map(v.asked, func(a homeAsked) g.Node {
		return part.LinkEntry(unitPath(a.Conference.ID, a.Unit.ID), a.Unit.Name, a.Line.Title, stand(v.l, a.Count))
	})))
}

// homeAsked is a share that somebody has still to fill.
type homeAsked struct {
	conference.Conference
	Sent
}

// homeView is what the home page says of conferences.
type homeView struct {
	l     locale.L
	asked []homeAsked
	mine  []Invitation
}

func (v homeView) cards() g.Node {
	if len(v.asked)+len(v.mine) == 0 {
		return nil
	}
	l := v.l
	var out []g.Node
	for _, a := range v.asked {
		out = append(out, part.LinkEntry(unitPath(a.Conference.ID, a.Unit.ID), a.Conference.Title,
			l.T("delegation.home.asked", "Unit", a.Unit.Name, "Count", a.Missing(), "Day", a.NamesBy.Slashed()), part.Tag(part.Warn, l.T("delegation.home.name"))))
	}
	for _, m := range v.mine {
		small := ""
		if len(m.Attends) > 0 {
			small = l.Moment(m.Attends[0].StartsAt) + " · " + m.Attends[0].Venue
		}
		out = append(out, part.LinkEntry("/invitations/"+m.Delegate.ID, l.T("delegation.home.invited", "Title", occasion(m.Conference)), small, answerTag(l, m.Delegate)))
	}
	return part.Card(part.CardHead(l.T("delegation.home")), part.List(out...))
}
