package organization

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// treeView is what the page of the tree shows.
type treeView struct {
	roots []*node
	count int
}

func (v treeView) body(l locale.L) g.Node {
	if v.count == 0 {
		return part.Card(part.Empty(l.T("organization.empty.title"), l.T("organization.empty.text")))
	}
	var alone []*node // units under nobody whom the reader sees, without units below
	var cards []g.Node
	for _, n := range v.roots {
		if len(n.below) == 0 {
			alone = append(alone, n)
		} else {
			cards = append(cards, branches(l, n, "")...)
		}
	}
	if len(alone) > 0 {
		cards = append(cards, part.Card(part.CardHead(l.T("organization.tree.units")), entries(l, alone)))
	}
	return part.Stack(cards...)
}

// branches returns a card of each unit that has units below it, from the top.
func branches(l locale.L, n *node, above string) []g.Node {
	small := sortOf(l, n.Organization)
	if above != "" {
		small += " · " + l.T("organization.new.under", "Name", above)
	}
	cards := []g.Node{part.Card(
		part.CardHead(n.Name, part.Tag(part.Plain, l.Number(len(n.below)))),
		part.Muted(g.Text(small+" · "), part.Link(unitURL(n.ID), g.Text(l.T("organization.tree.open", "Name", n.Name)))),
		entries(l, n.below),
	)}
	for _, child := range n.below {
		if len(child.below) > 0 {
			cards = append(cards, branches(l, child, n.Name)...)
		}
	}
	return cards
}

func entries(l locale.L, nodes []*node) g.Node {
	return part.List(g.Map(nodes, func(n *node) g.Node { return part.LinkEntry(unitURL(n.ID), n.Name, sortOf(l, n.Organization)) }))
}

// sortOf says what a unit is: "Chi bộ · Trường học".
func sortOf(l locale.L, o Organization) string {
	text := l.Of("organization.level", string(o.Level))
	if o.Kind != "" {
		text += " · " + l.Of("organization.kind", string(o.Kind))
	}
	return text
}

// unitView is what the page of a unit shows.
type unitView struct {
	Organization
	today            when.Date
	settings         Settings
	allSettings      []Settings
	terms            []Term
	term             when.Date // from which a new term is asked for, zero for none
	offices          []Office
	titles           []Title
	below            []Organization
	people           []Person
	names            map[string]string
	manages, settles bool
	// entrusts: decides what the clerks read. clerkReads: they read minutes.
	entrusts, clerkReads bool
	departments          []Department
	refused              map[string]web.Form
	panels               []g.Node
}

func (v unitView) page(c *web.Ctx) web.Page {
	page := web.Page{Title: v.Name, Lead: sortOf(c.L, v.Organization), Section: "organizations", Crumbs: crumbs(c), Body: v.body(c.L)}
	if v.manages {
		page.Action = part.LinkButton(unitURL(v.ID)+"/edit", c.L.T("organization.unit.edit"), part.IconEdit)
	}
	return page
}

// form returns the form called name: as it was refused, else with values.
func (v unitView) form(name string, values map[string][]string) web.Form {
	if f, ok := v.refused[name]; ok {
		return f
	}
	return web.Form{ID: name, Values: values}
}

func (v unitView) body(l locale.L) g.Node {
	var habits g.Node
	if v.Level == Cell {
		habits = v.habits(l)
	}
	return part.Cols(
		part.Stack(v.facts(l), v.heldOffices(l), v.departmentsCard(l), habits, v.clerk(l)),
		part.Stack(g.Group(v.panels), v.children(l), v.heldTerms(l), v.givenTitles(l)),
	)
}

func (v unitView) facts(l locale.L) g.Node {
	var closed g.Node
	if !v.ClosedOn.IsZero() {
		closed = part.Note(part.Warn, g.Text(l.T("organization.unit.closed", "Day", v.ClosedOn.Slashed())))
	}
	return part.Card(part.CardHead(l.T("organization.unit.facts")), closed, part.DescriptionList(
		part.Is(l.T("organization.fact.sort"), g.Text(sortOf(l, v.Organization))),
		part.Fact(l.T("organization.fact.superior"), v.Superior), part.Fact(l.T("organization.fact.town"), v.Town), part.Fact(l.T("organization.fact.code"), v.Code),
	))
}

// What the clerks of a committee read, as it stands in the form.
const (
	clerkReadsForm = "form"
	clerkReadsAll  = "all"
)

// clerk says what the clerks of a committee read in the cells below; the committee
// decides it there.
func (v unitView) clerk(l locale.L) g.Node {
	if !v.Level.Committee() {
		return nil
	}
	now := clerkReadsForm
	if v.clerkReads {
		now = clerkReadsAll
	}
	head := part.CardHead(l.T("organization.clerk.title"))
	if !v.entrusts {
		return part.Card(head, h.P(g.Text(l.Of("organization.clerk.reads", now))), part.Muted(g.Text(l.T("organization.clerk.help"))))
	}
	f := v.form("clerk", map[string][]string{"reads": {now}})
	options := []part.Option{
		{Value: clerkReadsForm, Text: l.Of("organization.clerk.reads", clerkReadsForm)},
		{Value: clerkReadsAll, Text: l.Of("organization.clerk.reads", clerkReadsAll)},
	}
	return part.Card(head, part.Muted(g.Text(l.T("organization.clerk.help"))), part.Post(unitURL(v.ID)+"/clerk",
		f.Radios("reads", l.T("organization.clerk.field"), options), part.Actions(part.Button(l.T("organization.clerk.send"), part.Small))))
}

func (v unitView) children(l locale.L) g.Node {
	var add, list g.Node
	if v.manages && v.Level != PartyGroup {
		add = part.LinkButton(newURL(v.ID), l.T("organization.unit.add"), part.Small, part.IconPlus)
	}
	switch {
	case len(v.below) > 0:
		list = part.List(g.Map(v.below, func(o Organization) g.Node { return part.LinkEntry(unitURL(o.ID), o.Name, sortOf(l, o)) }))
	case add == nil:
		return nil
	default:
		list = part.Muted(g.Text(l.T("organization.unit.none_below")))
	}
	return part.Card(part.CardHead(l.T("organization.unit.below")), list, add)
}

func (v unitView) heldOffices(l locale.L) g.Node {
	var now, past g.Group
	for _, o := range v.offices {
		if o.Holds(v.today) || v.today.Before(o.From) {
			now = append(now, v.office(l, o))
		} else {
			past = append(past, part.Entry(v.names[o.Member], l.Of("organization.post", string(o.Post))+" · "+span(l, o.From, o.Until)))
		}
	}
	return tenureCard(l, l.T("organization.office.title"), l.T("organization.office.none"), now, past, v.appointForm(l))
}

// tenureCard is the card of people who hold something, with those who did, and a form for the
// next.
func tenureCard(l locale.L, title, nobody string, now, past g.Group, form g.Node) g.Node {
	list := part.Muted(g.Text(nobody))
	if len(now) > 0 {
		list = part.List(now...)
	}
	var before g.Node
	if len(past) > 0 {
		before = part.Details(l.T("organization.office.past"), part.List(past...))
	}
	return part.Card(part.CardHead(title), list, before, form)
}

func (v unitView) office(l locale.L, o Office) g.Node {
	var release g.Node
	if v.manages && o.Until.IsZero() {
		f := v.form("release-"+o.ID, map[string][]string{"until": {v.today.String()}})
		release = part.Details(l.T("organization.office.release"), g.If(f.Wrong(), g.Attr("open")),
			part.Post(unitURL(v.ID)+"/offices/"+o.ID+"/release", f.Summary(l),
				f.Date("until", l.T("organization.office.until"), part.Required),
				part.Actions(part.Button(l.T("organization.office.release"), part.Small))))
	}
	return part.Item(part.Avatar(v.names[o.Member]), part.Grow(
		h.B(g.Text(v.names[o.Member])), h.Small(g.Text(l.Of("organization.post", string(o.Post))+" · "+span(l, o.From, o.Until))), release))
}

// span writes a range of days; one without an end as its beginning.
func span(l locale.L, from, until when.Date) string {
	if until.IsZero() {
		return l.T("organization.form.since", "Day", from.Slashed())
	}
	return from.Slashed() + " – " + until.Slashed()
}

func (v unitView) appointForm(l locale.L) g.Node {
	if !v.manages {
		return nil
	}
	f := v.form("office", map[string][]string{"from": {v.today.String()}})
	posts := []part.Option{{Text: l.T("organization.form.choose")}}
	for _, p := range PostsOf(v.Level) {
		posts = append(posts, part.Option{Value: string(p), Text: l.Of("organization.post", string(p))})
	}
	people := []part.Option{{Text: l.T("organization.form.choose")}}
	for _, one := range v.people {
		people = append(people, part.Option{Value: one.ID, Text: one.Name + " · " + one.Unit})
	}
	return part.Details(l.T("organization.office.appoint"), g.If(f.Wrong(), g.Attr("open")),
		part.Post(unitURL(v.ID)+"/offices", f.Summary(l),
			part.Fields(f.Select("post", l.T("organization.office.post"), posts, part.Required),
				f.Select("member", l.T("organization.office.person"), people, part.Required, part.Help(l.T("organization.office.person_help")))),
			f.Date("from", l.T("organization.form.from"), part.Required, part.Help(l.T("organization.office.from_help"))),
			part.Actions(part.Button(l.T("organization.office.appoint"), part.IconCheck))))
}

func (v unitView) habits(l locale.L) g.Node {
	s := v.settings
	var since g.Node
	if s.From.IsZero() {
		since = part.Tag(part.Plain, l.T("organization.settings.default"))
	} else {
		since = h.Small(g.Text(l.T("organization.settings.since", "Day", s.From.Slashed())))
	}
	days := func(n int) string { return l.T("organization.settings.days", "Days", n) }
	return part.Card(part.CardHead(l.T("organization.settings.title"), since),
		part.DescriptionList(
			part.Fact(l.T("organization.settings.day"), l.T("organization.settings.day_of", "Day", s.MeetingDay)+" · "+l.Of("organization.day_rule", string(s.DayRule))),
			part.Fact(l.T("organization.settings.start"), s.Start), part.Fact(l.T("organization.settings.place"), s.Place),
			part.Fact(l.T("organization.settings.notice"), days(s.NoticeDays)), part.Fact(l.T("organization.settings.document"), days(s.DocumentDays)),
			part.Fact(l.T("organization.settings.filing"), days(s.FilingDays)),
			part.Fact(l.T("organization.settings.min"), l.T("organization.settings.minutes", "Minutes", s.MinMinutes)),
			part.Fact(l.T("organization.settings.speaking"), speaking(l, s)),
			part.Fact(l.T("organization.settings.sealed"), sealedVotes(l, s)),
			part.Fact(l.T("organization.settings.discipline"), wayOfVoting(l, s.DisciplineByHand)),
			part.Fact(l.T("organization.settings.rating"), wayOfVoting(l, s.RatingByHand)+" · "+ratingShare(l, s)),
		),
		v.settingsForm(l), v.pastSettings(l))
}

// speaking says how long a speaker has.
func speaking(l locale.L, s Settings) string {
	if s.SpeakingMinutes == 0 {
		return l.T("organization.settings.speaking_none")
	}
	return l.T("organization.settings.minutes", "Minutes", s.SpeakingMinutes)
}

// sealedVotes says whether the cell votes in secret by phone, and by which decision.
func sealedVotes(l locale.L, s Settings) string {
	if !s.SealedVotes {
		return l.T("organization.settings.sealed_no")
	}
	return l.T("organization.settings.sealed_yes", "Source", s.SealedVotesSource)
}

func wayOfVoting(l locale.L, byHand bool) string {
	if byHand {
		return l.T("organization.settings.by_hand")
	}
	return l.T("organization.settings.by_ballot")
}

func ratingShare(l locale.L, s Settings) string {
	if s.RatingTwoThirds {
		return l.T("organization.settings.two_thirds")
	}
	return l.T("organization.settings.half")
}

func (v unitView) pastSettings(l locale.L) g.Node {
	if len(v.allSettings) < 2 {
		return nil
	}
	return part.Details(l.T("organization.settings.past"), part.List(g.Map(v.allSettings, func(s Settings) g.Node {
		return part.Entry(l.T("organization.settings.since", "Day", s.From.Slashed()),
			l.T("organization.settings.day_of", "Day", s.MeetingDay)+" · "+s.Start+" · "+s.Place)
	})))
}

func (v unitView) settingsForm(l locale.L) g.Node {
	if !v.settles {
		return nil
	}
	s := v.settings
	number := func(n int) []string { return []string{strconv.Itoa(n)} }
	f := v.form("settings", map[string][]string{
		"from": {v.today.String()}, "meeting_day": number(s.MeetingDay), "day_rule": {string(s.DayRule)}, "start": {s.Start}, "place": {s.Place},
		"notice_days": number(s.NoticeDays), "document_days": number(s.DocumentDays), "filing_days": number(s.FilingDays), "min_minutes": number(s.MinMinutes), "speaking_minutes": number(s.SpeakingMinutes),
		"sealed_votes": ticked(s.SealedVotes), "sealed_votes_source": {s.SealedVotesSource}, "few_votes_shown": ticked(s.FewVotesShown),
		"discipline_by_hand": ticked(s.DisciplineByHand), "rating_by_hand": ticked(s.RatingByHand), "rating_two_thirds": ticked(s.RatingTwoThirds),
	})
	rules := make([]part.Option, len(DayRules))
	for i, r := range DayRules {
		rules[i] = part.Option{Value: string(r), Text: l.Of("organization.day_rule", string(r))}
	}
	return part.Details(l.T("organization.settings.change"), g.If(f.Wrong(), g.Attr("open")),
		part.Post(unitURL(v.ID)+"/settings", f.Summary(l),
			f.Date("from", l.T("organization.form.from"), part.Required, part.Help(l.T("organization.settings.from_help"))),
			part.Fields(f.Number("meeting_day", l.T("organization.settings.day"), part.Required, part.Help(l.T("organization.settings.day_help"))),
				f.Time("start", l.T("organization.settings.start"), part.Required)),
			f.Radios("day_rule", l.T("organization.settings.rule"), rules),
			f.Input("place", l.T("organization.settings.place")),
			part.Fields(
				f.Number("notice_days", l.T("organization.settings.notice"), part.Help(l.T("organization.settings.notice_help"))),
				f.Number("document_days", l.T("organization.settings.document")),
				f.Number("filing_days", l.T("organization.settings.filing")),
				f.Number("min_minutes", l.T("organization.settings.min"), part.Help(l.T("organization.settings.min_help"))),
				f.Number("speaking_minutes", l.T("organization.settings.speaking"), part.Help(l.T("organization.settings.speaking_help")))),
			part.FieldSet(l.T("organization.settings.sealed"),
				f.Check("sealed_votes", l.T("organization.settings.sealed_allow"), part.Help(l.T("organization.settings.sealed_help"))),
				f.Input("sealed_votes_source", l.T("organization.settings.sealed_source"), part.Help(l.T("organization.settings.sealed_source_help"))),
				f.Check("few_votes_shown", l.T("organization.settings.few_shown"), part.Help(l.T("organization.settings.few_shown_help")))),
			part.FieldSet(l.T("organization.settings.open"),
				part.Muted(g.Text(l.T("organization.settings.open_help"))),
				f.Check("discipline_by_hand", l.T("organization.settings.discipline_by_hand")),
				f.Check("rating_by_hand", l.T("organization.settings.rating_by_hand")),
				f.Check("rating_two_thirds", l.T("organization.settings.rating_two_thirds"))),
			part.Actions(part.Button(l.T("organization.settings.save"), part.IconCheck))))
}

// ticked is a box as a form holds it.
func ticked(yes bool) []string {
	if !yes {
		return nil
	}
	return []string{"true"}
}

func (v unitView) heldTerms(l locale.L) g.Node {
	list := part.Muted(g.Text(l.T("organization.term.none")))
	if len(v.terms) > 0 {
		list = part.List(g.Map(v.terms, func(t Term) g.Node {
			var now g.Node
			if t.Holds(v.today) {
				now = part.Tag(part.OK, l.T("organization.term.now"))
			}
			return part.Entry(t.Name, span(l, t.From, t.Until), now)
		}))
	}
	var form g.Node
	if v.manages {
		f := v.form("term", nil)
		if !f.Wrong() && !v.term.IsZero() {
			f.Values = map[string][]string{"from": {v.term.String()}}
		}
		form = part.Details(l.T("organization.term.add"), g.If(f.Wrong() || !v.term.IsZero(), g.Attr("open")),
			part.Post(unitURL(v.ID)+"/terms", f.Summary(l),
				f.Input("name", l.T("organization.term.name"), part.Required, part.Help(l.T("organization.term.name_help"))),
				part.Fields(f.Date("from", l.T("organization.form.from"), part.Required),
					f.Date("until", l.T("organization.term.until"), part.Help(l.T("organization.term.until_help")))),
				part.Actions(part.Button(l.T("organization.term.add"), part.IconPlus))))
	}
	return part.Card(h.ID("term"), part.CardHead(l.T("organization.term.title")), list, form)
}

func (v unitView) givenTitles(l locale.L) g.Node {
	list := part.Muted(g.Text(l.T("organization.title.none")))
	if len(v.titles) > 0 {
		list = part.List(g.Map(v.titles, func(t Title) g.Node { return v.givenTitle(l, t) }))
	}
	var form g.Node
	if v.settles {
		f := v.form("title", nil)
		form = part.Details(l.T("organization.title.add"), g.If(f.Wrong(), g.Attr("open")),
			part.Post(unitURL(v.ID)+"/titles", f.Summary(l),
				part.Fields(f.Number("year", l.T("organization.title.year"), part.Required), f.Input("giver", l.T("organization.title.giver"))),
				f.Input("title", l.T("organization.title.what"), part.Required, part.Help(l.T("organization.title.what_help"))),
				part.Actions(part.Button(l.T("organization.title.add"), part.IconPlus))))
	}
	return part.Card(part.CardHead(l.T("organization.title.title")), list, form)
}

func (v unitView) givenTitle(l locale.L, t Title) g.Node {
	var drop g.Node
	if v.settles {
		drop = part.PostButton(unitURL(v.ID)+"/titles/"+t.ID+"/drop", l.T("organization.title.drop"), part.Small,
			part.Confirm(l, l.T("organization.title.drop_ask", "Title", t.Title), l.T("organization.title.drop")))
	}
	small := strconv.Itoa(t.Year)
	if t.Giver != "" {
		small += " · " + t.Giver
	}
	return part.Entry(t.Title, small, drop)
}

func newBody(l locale.L, f web.Form, parent Organization) g.Node {
	levels := []part.Option{}
	for _, level := range Levels {
		if level.MayStandUnder(parent.Level) {
			levels = append(levels, part.Option{Value: string(level), Text: l.Of("organization.level", string(level))})
		}
	}
	return part.Post("/organizations", f.Summary(l), f.Hidden("parent"),
		part.Card(f.Radios("level", l.T("organization.fact.level"), levels, part.Required), kindField(l, f), names(l, f)),
		part.Actions(part.Button(l.T("organization.new.send"), part.Primary, part.IconCheck), part.LinkButton(unitURL(parent.ID), l.T("organization.form.cancel"))))
}

func editBody(l locale.L, f web.Form, o Organization) g.Node {
	var kind g.Node
	if o.Level == Cell {
		kind = kindField(l, f)
	}
	return part.Post(unitURL(o.ID), f.Summary(l), part.Guard(),
		part.Card(kind, names(l, f), f.Date("closed_on", l.T("organization.fact.closed_on"), part.Help(l.T("organization.fact.closed_on_help")))),
		part.Actions(part.Button(l.T("organization.edit.send"), part.Primary, part.IconCheck), part.LinkButton(unitURL(o.ID), l.T("organization.form.cancel"))))
}

func kindField(l locale.L, f web.Form) g.Node {
	kinds := []part.Option{{Text: l.T("organization.form.choose")}}
	for _, k := range Kinds {
		kinds = append(kinds, part.Option{Value: string(k), Text: l.Of("organization.kind", string(k))})
	}
	return f.Select("kind", l.T("organization.fact.kind"), kinds, part.Help(l.T("organization.fact.kind_help")))
}

// names are the fields of what a unit is called.
func names(l locale.L, f web.Form) g.Node {
	return g.Group{
		f.Input("name", l.T("organization.fact.name"), part.Required, part.Help(l.T("organization.fact.name_help"))),
		f.Input("superior", l.T("organization.fact.superior"), part.Help(l.T("organization.fact.superior_help"))),
		part.Fields(f.Input("town", l.T("organization.fact.town"), part.Help(l.T("organization.fact.town_help"))),
			f.Input("code", l.T("organization.fact.code"))),
	}
}
