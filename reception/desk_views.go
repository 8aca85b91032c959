package reception

import (
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// chooseView is where a desk is opened.
type chooseView struct {
	L        locale.L
	x        conference.Conference
	sittings []conference.Sitting
	now      when.Instant
	helps    bool // without an account
}

func (v chooseView) t(key string, args ...any) string { return v.L.T("reception."+key, args...) }

func (v chooseView) body() g.Node {
	if len(v.sittings) == 0 {
		return part.Empty(v.t("no_sitting"), v.t("no_sitting_help"), part.LinkButton(v.x.Path(), v.t("to_conference")))
	}
	return part.Stack(
		g.Map(v.sittings, v.sitting),
		part.Card(part.CardHead(v.t("helpers")), part.Muted(g.Text(v.t("helpers.lead"))),
			part.Actions(part.LinkButton(helpersPath(v.x.ID), v.t("helpers.invite"), part.IconKey))),
		part.Card(part.CardHead(v.t("how")), part.Steps(v.t("how.open"), v.t("how.offline"), v.t("how.paper"))),
		part.Note(part.Info, h.P(h.B(g.Text(v.t("device")))), h.P(g.Text(v.t("device_help", "Days", keptDays)))))
}

func (v chooseView) sitting(y conference.Sitting) g.Node {
	f := web.Form{ID: y.ID, Values: url.Values{"desk": {v.t("desk.first")}}}
	return part.Card(part.CardHead(y.Title, g.If(y.EndsAt < v.now, part.Tag(part.Plain, v.t("past")))),
		part.Muted(g.Text(v.L.Moment(y.StartsAt)+" · "+y.Venue)),
		part.Ask(deskPath(y), f.Input("desk", v.t("field.desk"), part.Short, part.Help(v.t("field.desk_help"))),
			part.Actions(part.Button(v.t("open"), part.Primary, part.IconPeople))),
		g.If(!v.helps, part.Actions(part.LinkButton(boardPath(y), v.t("board"), part.IconChart))))
}

// deskView is one desk.
type deskView struct {
	Board
	L        locale.L
	desk     string // its name
	account  string
	helps    bool // whoever serves it has no account
	typed    string
	found    []Guest
	done     string // the event that was just written
	replaced Guest  // somebody comes in their place
	form     web.Form
	asides   g.Group // of other features
}

func (v deskView) t(key string, args ...any) string { return v.L.T("reception."+key, args...) }

func (v deskView) page() g.Node {
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("reception.css"))),
		part.Alone(h.Div(h.ID("desk"), h.Class("desk"), h.Data("desk", deskPath(v.Sitting)), h.Data("account", v.account), h.Data("name", v.desk), h.Data("reader", assets.URL("qr.js")), g.If(v.helps, h.Data("helps", "")),
			v.head(), v.search(), v.verdict(), v.list(), v.others(), v.asides, v.lately(), v.choices(), v.foot()),
			v.words(), v.patterns()),
		h.Script(h.Src(assets.URL("reception.js")), h.Type("module")),
	}
}

func (v deskView) head() g.Node {
	return h.Header(h.Class("desk-head"),
		h.Div(h.H1(h.Data("desk-name", ""), g.Text(v.desk)), h.P(h.Class("muted"), g.Text(v.Sitting.Title+" · "+v.L.Moment(v.Sitting.StartsAt)))),
		h.P(h.Class("desk-count"), h.B(h.Class("num"), h.Data("count", ""), g.Text(strconv.Itoa(v.Total.Present()))),
			h.Span(h.Data("of", ""), g.Text(v.t("count", "Of", v.Total.Due)))),
		h.Nav(h.Aria("label", v.t("desk.nav")), h.Class("row"),
			part.LinkButton("/conferences/"+v.Conference.ID+"/desk", v.t("change"), part.Small, part.IconLeft),
			g.If(!v.helps, part.LinkButton(boardPath(v.Sitting), v.t("board"), part.Small, part.IconChart))))
}

// search is the one field of the desk: names, numbers of invitations, and what a scanner
// types.
func (v deskView) search() g.Node {
	return h.Form(h.ID("desk-search"), h.Class("desk-search"), h.Role("search"), h.Method("get"), h.Action(deskPath(v.Sitting)),
		part.HiddenValue("desk", v.desk),
		h.Label(h.For("desk-q"), g.Text(v.t("search"))),
		h.Input(h.ID("desk-q"), h.Type("search"), h.Name("q"), h.Value(v.typed), h.AutoFocus(), h.AutoComplete("off"), g.Attr("autocapitalize", "none"),
			g.Attr("autocorrect", "off"), g.Attr("spellcheck", "false"), g.Attr("enterkeyhint", "search"), h.Aria("describedby", "desk-hint"), h.MaxLength("200")),
		h.Div(h.Class("row"),
			part.Button(v.t("find"), part.IconSearch),
			part.Button(v.t("camera"), h.Type("button"), h.ID("desk-camera"), g.Attr("hidden"), part.IconCamera)),
		h.Small(h.ID("desk-hint"), g.Text(v.t("search_help"))),
		h.Video(h.ID("desk-video"), h.Class("desk-video"), g.Attr("hidden"), g.Attr("muted"), g.Attr("playsinline"), h.Aria("label", v.t("camera"))))
}

// verdict says what became of the last press; without a script of the last form.
func (v deskView) verdict() g.Node {
	box := func(kind string, children ...g.Node) g.Node {
		return h.Section(h.ID("desk-verdict"), h.Class("desk-verdict "+kind), h.Role("status"), g.If(kind == "", g.Attr("hidden")), g.Group(children))
	}
	for _, p := range v.People {
		for _, e := range p.events() {
			if e.ID != v.done || v.done == "" {
				continue
			}
			kind, says := "ok", v.t("said.ok")
			if e.ID != p.Event.ID {
				kind, says = "warn", v.t("said.again", "Time", p.At.HHMM(), "Desk", p.Desk)
			}
			return box(kind, h.P(h.Class("desk-says"), g.Text(says)), h.H2(g.Text(p.Name)), h.P(g.Text(text.Joined(p.Post, p.Unit, p.Line))),
				g.If(p.Seat != "", h.P(h.Class("desk-seat"), g.Text(v.t("seat", "Seat", p.Seat)))), v.undo(e))
		}
	}
	return box("")
}

func (v deskView) undo(e Event) g.Node {
	return part.PostButton(deskPath(v.Sitting)+"/back", v.t("undo"), part.IconUndo, part.HiddenValue("of", e.ID), part.HiddenValue("desk", v.desk))
}

// list are the people who were found.
func (v deskView) list() g.Node {
	came := map[string]Present{}
	for _, p := range v.People {
		came[p.Person] = p
	}
	return g.Group{
		h.P(h.ID("desk-told"), h.Class("said"), h.Role("status")),
		h.Ul(h.ID("desk-found"), h.Class("desk-found"), h.Aria("label", v.t("found")), g.Map(v.found, func(x Guest) g.Node {
			p, here := came[x.ID]
			state := v.t("missing")
			if here {
				state = v.t("here", "Time", p.At.HHMM(), "Desk", p.Desk)
			}
			return h.Li(
				part.Post(deskPath(v.Sitting)+"/arrivals", v.hidden("delegate", x.ID),
					h.Button(h.Class("desk-person"), h.Name("way"), h.Value(string(ByName)), h.B(g.Text(x.Name)), h.Small(g.Text(text.Joined(x.Post, x.Unit, x.Line))), h.Small(g.Text(state)))),
				h.Div(h.Class("row"),
					part.LinkButton(deskPath(v.Sitting)+"?"+url.Values{"desk": {v.desk}, "replace": {x.ID}}.Encode()+"#f-replacement", v.t("replace"), part.Small),
					part.Post(deskPath(v.Sitting)+"/arrivals", v.hidden("delegate", x.ID), part.Button(v.t("from_paper"), part.Small, part.Quiet, h.Name("way"), h.Value(string(OnPaper))))))
		})),
		g.If(v.typed != "" && len(v.found) == 0, h.P(h.Class("muted"), g.Text(v.t("none", "Typed", v.typed)))),
	}
}

func (v deskView) hidden(name, value string) g.Node {
	return g.Group{part.HiddenValue("desk", v.desk), part.HiddenValue(name, value)}
}

// others are the forms for those who are not on the list.
func (v deskView) others() g.Node {
	options := []part.Option{{Value: "", Text: v.t("choose")}}
	for _, y := range v.Roster.Lines {
		options = append(options, part.Option{Value: y.ID, Text: y.Title})
	}
	form := func(id, way string) web.Form {
		f := web.Form{ID: id}
		if v.form.Value("way") == way {
			f = v.form
			f.ID = id
		}
		return f
	}
	walk, stand := form("f-walkin", string(WalkIn)), form("f-replacement", string(Replacement))
	if v.replaced.ID != "" && !stand.Wrong() {
		stand.Values = url.Values{"unit": {v.replaced.Unit}, "category": {v.replaced.Category}}
	}
	fields := func(f web.Form, way Way) g.Node {
		return g.Group{
			f.Summary(v.L), part.HiddenValue("desk", v.desk), part.HiddenValue("way", string(way)),
			f.Input("name", v.t("field.name"), part.Required, h.MaxLength("200"), h.AutoComplete("off")),
			f.Input("unit", v.t("field.unit"), part.Required, h.MaxLength("200"), h.AutoComplete("off"), h.List("desk-units")),
			f.Select("category", v.t("field.category"), options, part.Required),
		}
	}
	return h.Div(h.Class("desk-others"),
		part.Details(v.t("walk_in"), h.ID("walkin"), g.If(walk.Wrong(), g.Attr("open")),
			part.Muted(g.Text(v.t("walk_in_help"))),
			part.Post(deskPath(v.Sitting)+"/arrivals", h.ID("desk-walkin"), fields(walk, WalkIn), part.Actions(part.Button(v.t("write"), part.Primary, part.IconCheck)))),
		part.Details(v.t("replacement"), h.ID("f-replacement"), g.If(stand.Wrong() || v.replaced.ID != "", g.Attr("open")),
			h.P(h.Class("muted"), h.Data("whom", ""), g.Text(v.whom())),
			part.Post(deskPath(v.Sitting)+"/arrivals", h.ID("desk-replacement"), part.HiddenValue("replaces", v.replaced.ID), fields(stand, Replacement),
				part.Actions(part.Button(v.t("write"), part.Primary, part.IconCheck)))),
		h.DataList(h.ID("desk-units"), g.Map(v.Units, func(l Line) g.Node { return h.Option(h.Value(l.Title)) })))
}

// whom says who is replaced, or how to choose them.
func (v deskView) whom() string {
	if v.replaced.ID == "" {
		return v.t("replacement_help")
	}
	return v.t("replacement_of", "Name", v.replaced.Name, "Unit", v.replaced.Unit)
}

// lately is what this desk has written down last, which the script fills.
func (v deskView) lately() g.Node {
	return h.Section(h.ID("desk-lately"), h.Class("card"), g.Attr("hidden"), part.CardHead(v.t("lately")), h.Ul(h.Class("list")))
}

// choices are what a desk rarely changes; only the script reads them.
func (v deskView) choices() g.Node {
	return h.Div(h.Class("row"),
		h.Label(h.Class("desk-paper"), g.Attr("hidden"), h.Input(h.ID("desk-paper"), h.Type("checkbox")), g.Text(v.t("paper"))),
		part.Button(v.t("sound"), h.Type("button"), h.ID("desk-sound"), g.Attr("hidden"), h.Aria("pressed", "false"), part.Small, part.IconBell))
}

// foot are the two honest lines, and what this device keeps.
func (v deskView) foot() g.Node {
	return h.Footer(h.ID("desk-saved"), h.Class("room-saved"), h.Data("here", v.t("saved.here", "Time", "{time}")), h.Data("there", v.t("saved.there", "Time", "{time}")),
		h.Data("waiting", v.t("saved.waiting", "Count", "{n}")), h.Data("offline", v.t("saved.offline")),
		h.Span(h.Class("here")), h.Span(h.Class("there")), h.B(h.Class("waiting"), h.Role("status")),
		h.Span(h.ID("desk-list"), h.Data("text", v.t("saved.list", "Count", "{n}", "Time", "{time}")), h.Data("none", v.t("saved.none"))),
		part.Button(v.t("again"), h.Type("button"), h.ID("desk-again"), part.Small, part.Quiet, g.Attr("hidden")))
}

// words are what the script says.
func (v deskView) words() g.Node {
	out := g.Group{}
	for _, key := range []string{"ok", "again_js", "unknown", "unknown_help", "keyboard", "other", "other_help", "back", "full", "sign_in", "gone", "over", "refused", "matches", "stood_in", "walk_in", "uninvited", "replacement", "camera_no", "code_no"} {
		text := v.t("said."+key, "Time", "{time}", "Desk", "{desk}", "Count", "{n}", "Name", "{name}")
		out = append(out, h.Data(key, text))
	}
	return h.Div(h.ID("desk-words"), g.Attr("hidden"), out,
		h.Data("seat", v.t("seat", "Seat", "{seat}")), h.Data("here", v.t("here", "Time", "{time}", "Desk", "{desk}")), h.Data("missing", v.t("missing")),
		h.Data("count", v.t("count", "Of", "{n}")), h.Data("whom", v.t("replacement_of", "Name", "{name}", "Unit", "{unit}")), h.Data("whomhelp", v.t("replacement_help")))
}

// patterns are the pieces that the script fills.
func (v deskView) patterns() g.Node {
	return g.Group{
		g.El("template", h.ID("desk-row"), h.Li(
			h.Button(h.Type("button"), h.Class("desk-person"), h.B(), h.Small(h.Data("about", "")), h.Small(h.Data("state", ""))),
			h.Div(h.Class("row"), part.Button(v.t("replace"), h.Type("button"), part.Small, h.Data("replace", "")), part.Button(v.t("undo"), h.Type("button"), part.Small, h.Data("undo", ""))))),
		g.El("template", h.ID("desk-verdict-row"), h.P(h.Class("desk-says")), h.H2(), h.P(h.Data("about", "")), h.P(h.Class("desk-seat")), h.P(h.Data("help", "")),
			part.Button(v.t("undo"), h.Type("button"), part.IconUndo, h.Data("undo", ""))),
		g.El("template", h.ID("desk-late-row"), part.Item(part.Grow(h.B(), h.Small()), part.Button(v.t("undo"), h.Type("button"), part.Small, h.Data("undo", "")))),
	}
}

// declined reports whether a guest has said that they do not come.
func declined(x Guest) bool { return x.Answer == delegation.Declined }
