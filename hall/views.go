package hall

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/member"
)

// alone is a page for somebody who may have no account: nothing of the program stands
// around it.
func alone(l locale.L, title string, body ...g.Node) web.Page {
	return web.Page{Title: title, Bare: true, Body: part.Alone(part.Small, part.Brand("CB", l.T("kit.brand"), ""), h.H1(g.Text(title)), g.Group(body))}
}

// place is all that is told of a meeting.
func place(l locale.L, e Entrance) g.Node {
	return part.Note(part.Plain, h.B(g.Text(e.Title)), h.Br(), g.Text(e.Cell), h.Br(), g.Text(l.Moment(e.StartsAt)+" · "+e.Place))
}

// knockView asks for six digits; again says that the last ones have run out.
func knockView(l locale.L, f web.Form, again bool) web.Page {
	return alone(l, l.T("hall.title"),
		g.If(again, part.Note(part.Warn, g.Text(l.T("hall.code.again")))),
		part.Card(part.Post("/vao",
			f.Summary(l),
			f.Input("code", l.T("hall.code"), part.Help(l.T("hall.code.help")), part.Required,
				h.AutoComplete("one-time-code"), g.Attr("inputmode", "numeric"), g.Attr("autofocus")),
			part.Button(l.T("hall.code.do"), part.Primary, part.Wide),
		)),
		part.Muted(g.Text(l.T("hall.code.camera"))),
		part.Muted(g.Text(l.T("hall.free"))),
	)
}

// namesView is where people find their own name.
type namesView struct {
	locale.L
	e        Entrance
	me       member.Entry // who has signed in, when of this roll
	typed    string
	found    []member.Entry
	more     bool
	problem  error
	alike    map[string]bool // names that several people have
	signedIn bool
}

func (v namesView) page() web.Page {
	return alone(v.L, v.T("hall.title"),
		place(v.L, v.e),
		v.own(),
		part.Card(
			v.search(),
			h.Div(h.ID("names"), h.Aria("live", "polite"), v.list())),
		part.Muted(g.Text(v.T("hall.free"))),
	)
}

// search narrows the names while one is being typed, and works by its button without
// JavaScript.
func (v namesView) search() g.Node {
	f := web.Form{ID: "search", Values: url.Values{"q": {v.typed}}}
	return part.Ask("/vao/ten", part.Swap("/vao/ten", "#names"), part.On("input changed delay:250ms from:#search-q, submit"),
		f.Input("q", v.T("hall.name"), part.Help(v.T("hall.name.help")), h.Type("search"), h.AutoComplete("off"), g.Attr("autofocus")),
		part.Actions(part.Button(v.T("hall.name.find"), part.Small, part.IconSearch)))
}

// own is the one button of somebody who has signed in.
func (v namesView) own() g.Node {
	if v.me.ID == "" {
		return nil
	}
	return part.Card(part.OK, part.CardHead(v.T("hall.own", "Name", v.me.FullName)),
		part.PostButton("/vao/ten/"+v.me.ID, v.T("hall.own.do"), part.Primary, part.Wide, part.IconCheck))
}

func (v namesView) list() g.Node {
	switch {
	case v.typed == "":
		return nil
	case v.problem != nil:
		e := fault.Of(v.problem)
		return part.Note(part.Info, g.Text(v.Fill(e.Key, e.Args)))
	case len(v.found) == 0:
		return part.Note(part.Warn, g.Text(v.T("hall.name.none")))
	}
	return g.Group{
		part.List(g.Map(v.found, func(e member.Entry) g.Node { return part.LinkEntry("/vao/ten/"+e.ID, e.FullName, v.told(e.Member)) })),
		g.If(v.more, part.Note(part.Info, g.Text(v.T("hall.name.more")))),
	}
}

// told tells people of one name apart by the year of birth; of others nothing is told.
func (v namesView) told(m member.Member) string {
	if !v.alike[m.Folded] || m.BornOn.IsZero() {
		return ""
	}
	return v.T("hall.name.born", "Year", strconv.Itoa(m.BornOn.Year))
}

// alike returns the names, folded, that several people of the roll have.
func alike(roll []member.Entry) map[string]bool {
	seen, twice := map[string]bool{}, map[string]bool{}
	for _, e := range roll {
		twice[e.Folded] = seen[e.Folded]
		seen[e.Folded] = true
	}
	return twice
}

// askView asks whoever chose a name for the last digits.
type askView struct {
	locale.L
	e          Entrance
	who        member.Member
	form       web.Form
	own        bool // has signed in as this member
	numberless bool // the roll knows neither card nor telephone
	over       bool // trying again does not help
}

func (v askView) page() web.Page {
	back := part.LinkButton("/vao/ten", v.T("hall.ask.other"), part.Wide, part.IconLeft)
	if v.numberless && !v.own {
		return alone(v.L, v.T("hall.ask", "Name", v.who.FullName), part.Note(part.Warn, g.Text(v.T("hall.problem.no_number"))), back)
	}
	if v.over {
		return alone(v.L, v.T("hall.ask", "Name", v.who.FullName), v.form.Summary(v.L), back)
	}
	return alone(v.L, v.T("hall.ask", "Name", v.who.FullName),
		place(v.L, v.e),
		part.Card(part.Post("/vao/ten/"+v.who.ID,
			v.form.Summary(v.L),
			g.If(!v.own, v.form.Input("digits", v.T("hall.ask.digits"), part.Help(v.T("hall.ask.help")), part.Required,
				h.AutoComplete("off"), g.Attr("inputmode", "numeric"), h.MaxLength("8"), g.Attr("autofocus"))),
			g.If(v.e.Shared, v.form.Check("shared", v.T("hall.ask.shared"), part.Help(v.T("hall.ask.shared_help")))),
			part.Button(v.T("hall.own.do"), part.Primary, part.Wide, part.IconCheck),
		)),
		back)
}

// doneView says that the roll has somebody.
type doneView struct {
	locale.L
	e        Entrance
	in       Checkin
	name     string
	here     bool
	since    when.Instant
	signedIn bool
}

func (v doneView) page() web.Page {
	said := part.Note(part.OK, h.Role("status"), h.H2(g.Text(v.T("hall.done", "Name", v.name, "Time", v.since.HHMM()))))
	if !v.here {
		said = part.Note(part.Warn, h.Role("status"), h.H2(g.Text(v.T("hall.done.changed", "Name", v.name))))
	}
	return alone(v.L, v.T("hall.title"), said, place(v.L, v.e), v.onward())
}

// onward says what a check-in is not, and where the rest is.
func (v doneView) onward() g.Node {
	switch {
	case v.in.Shared:
		return g.Group{
			part.Muted(g.Text(v.T("hall.done.shared"))),
			part.LinkButton("/vao/tiep", v.T("hall.done.next"), part.Primary, part.Wide, part.IconRight),
		}
	case v.signedIn:
		return part.LinkButton("/phones/"+v.e.Meeting, v.T("hall.done.follow"), part.Primary, part.Wide, part.IconPhone)
	}
	return g.Group{
		h.P(g.Text(v.T("hall.done.only"))),
		part.LinkButton("/sign-in?next=/phones/"+v.e.Meeting, v.T("hall.done.sign_in"), part.Wide, part.IconKey),
		g.If(v.e.Shared, part.LinkButton("/vao/tiep", v.T("hall.done.next"), part.Wide)),
		g.If(!v.e.Shared, part.Muted(g.Text(v.T("hall.done.one")))),
	}
}
