package feedback

import (
	"slices"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// alonePage is a page for somebody who may have no account: nothing of the program stands
// around it.
func alonePage(l locale.L, body ...g.Node) web.Page {
	title := l.T("feedback.give.title")
	return web.Page{Title: title, Bare: true, Body: g.Group{
		h.Meta(h.Name("robots"), h.Content("noindex")),
		part.Alone(part.Small, part.Brand("CB", l.T("kit.brand"), ""), h.H1(g.Text(title)), g.Group(body)),
	}}
}

func askView(l locale.L, f web.Form) web.Page {
	return alonePage(l, part.Card(part.Post("/y", f.Summary(l),
		f.Input("code", l.T("feedback.give.code"), part.Required, part.Help(l.T("feedback.give.code_help")),
			h.AutoComplete("off"), g.Attr("autocapitalize", "none"), g.Attr("spellcheck", "false"), g.Attr("autofocus")),
		part.Button(l.T("feedback.give.code_do"), part.Primary, part.Wide, part.IconRight))))
}

// about says of what feedback is given.
func (v visit) about(l locale.L) g.Node {
	return part.Note(part.Plain, h.B(g.Text(v.Sitting.Title)), h.Br(), g.Text(v.Unit), h.Br(), g.Text(l.Moment(v.Sitting.StartsAt)+" · "+v.Sitting.Venue))
}

// promise says in plain words who reads what is given and what is kept.
func (v visit) promise(l locale.L) g.Node {
	if v.Round.Named {
		return part.Note(part.Info, h.B(g.Text(l.T("feedback.promise.named"))), h.Br(), g.Text(l.T("feedback.promise.named_who", "Unit", v.Unit)))
	}
	return part.Note(part.Info, h.B(g.Text(l.T("feedback.promise.nameless"))), h.Br(),
		g.Text(l.T("feedback.promise.nameless_what", "Unit", v.Unit)), h.Br(), g.Text(l.T("feedback.promise.nameless_care")))
}

// formView is the form: three phases, four heads each.
type formView struct {
	locale.L
	visit
	form      web.Form
	state     State
	sending   string
	byAccount bool
}

func (v formView) page() web.Page {
	if v.state != Open {
		return alonePage(v.L, v.about(v.L), part.Note(part.Warn, g.Text(v.closedText())))
	}
	return alonePage(v.L, v.about(v.L), v.promise(v.L),
		part.Post(v.Base, h.ID("feedback"), h.Data("feedback", v.Round.Sitting),
			h.Data("restored", v.T("feedback.give.restored")), h.Data("waiting", v.T("feedback.give.waiting")), h.Data("full", v.T("part.keep.full")),
			v.form.Summary(v.L),
			part.HiddenValue("sending", v.sending),
			v.giver(),
			g.Map(Phases, v.phase),
			h.Div(h.ID("feedback-line"), h.Role("status"), h.Hidden("hidden"), part.Note(part.Warn)),
			v.steps(),
			part.Button(v.T("feedback.give.send"), part.Primary, part.Wide, part.IconCheck, h.Data("last", "")),
		),
		h.Script(h.Src(assets.URL("feedback.js")), h.Type("module")),
	)
}

func (v formView) closedText() string {
	if v.state == Waiting {
		return v.T("feedback.give.opens", "Time", v.Moment(v.Round.OpensAt))
	}
	return v.T("feedback.give.closed", "Time", v.Moment(v.Round.ClosesAt))
}

// giver asks for the name where it is kept and not known.
func (v formView) giver() g.Node {
	switch {
	case !v.Round.Named:
		return nil
	case v.Giver.known():
		return h.P(g.Text(v.T("feedback.give.as", "Name", v.Name, "Unit", v.From)))
	case v.Given:
		return nil
	}
	return g.Group{
		v.form.Input("name", v.T("feedback.give.name"), part.Required, h.MaxLength(strconv.Itoa(shortName)), h.AutoComplete("name")),
		v.form.Input("unit", v.T("feedback.give.unit"), h.MaxLength(strconv.Itoa(shortName))),
		part.Muted(part.Link(v.Round.Path()+"/me", g.Text(v.T("feedback.give.by_account")))),
	}
}

func (v formView) phase(x Phase) g.Node {
	var items g.Node
	if x != Preparation && len(v.Items) > 0 {
		options := []part.Option{{Text: v.T("feedback.give.item_none")}}
		for _, i := range v.Items {
			options = append(options, part.Option{Value: i, Text: i})
		}
		items = v.form.Select(itemField(x), v.T("feedback.give.item"), options)
	}
	return h.Div(h.Data("phase", string(x)), part.FieldSet(v.T("feedback.give.step", "N", slices.Index(Phases, x)+1, "Of", len(Phases), "Phase", v.Of("feedback.phase", string(x))),
		part.Muted(g.Text(v.Of("feedback.phase.means", string(x)))),
		g.Map(Heads, func(y Head) g.Node { return v.head(Cell{x, y}) }), items))
}

// head is the fields of one cell: one to begin with, the others unfold.
func (v formView) head(x Cell) g.Node {
	area := func(n int, label string, more ...g.Node) g.Node {
		return v.form.Textarea(fieldOf(x, n), label, append(more, h.Rows("2"), h.MaxLength(strconv.Itoa(longest)))...)
	}
	name := v.Of("feedback.head", string(x.Head))
	var more g.Group
	open := g.Node(nil)
	for n := 2; n <= perHead; n++ {
		more = append(more, area(n, v.T("feedback.give.another", "Head", name, "N", n)))
		if v.form.Value(fieldOf(x, n)) != "" {
			open = g.Attr("open")
		}
	}
	return g.Group{area(1, name, part.Help(v.Of("feedback.head.means", string(x.Head)))), part.Details(v.T("feedback.give.more"), open, more)}
}

// steps are the buttons by which a device with JavaScript goes from phase to phase.
func (v formView) steps() g.Node {
	return h.Div(h.Data("steps", ""), h.Hidden("hidden"), part.Actions(
		part.Button(v.T("feedback.give.back"), h.Type("button"), h.Data("back", ""), part.IconLeft),
		part.Button(v.T("feedback.give.next"), h.Type("button"), h.Data("next", ""), part.Primary, part.IconRight)))
}

// sentView says that it has arrived, and lets it be mended for a while.
type sentView struct {
	locale.L
	visit
}

func (v sentView) page() web.Page {
	until := v.T("feedback.sent.until_closed")
	if !v.Until.IsZero() {
		until = v.T("feedback.sent.until", "Time", when.At(v.Until).HHMM())
	}
	var next g.Node
	if !v.Giver.known() {
		next = part.PostButton(v.Round.Path()+"/leave", v.T("feedback.sent.next"), part.Wide)
	}
	return alonePage(v.L,
		part.Note(part.OK, h.Role("status"), h.H2(g.Text(v.T("feedback.sent.thanks"))), g.Text(v.T("feedback.sent.count", "Count", len(v.Remarks)))),
		v.about(v.L),
		part.Card(part.CardHead(v.T("feedback.sent.what")), part.List(g.Map(v.Remarks, func(r Remark) g.Node {
			return part.Entry(r.Text, v.Of("feedback.phase", string(r.Phase))+" · "+v.Of("feedback.head", string(r.Head)))
		}))),
		part.Muted(g.Text(until)),
		part.LinkButton(v.Base+"?more=1", v.T("feedback.sent.more"), part.Primary, part.Wide, part.IconPlus),
		part.PostButton(v.Base+"/take-back", v.T("feedback.sent.take_back"), part.Wide, part.Confirm(v.L, v.T("feedback.sent.take_back_ask"), v.T("feedback.sent.take_back"))),
		next,
	)
}
