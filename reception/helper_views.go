package reception

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/conference"
	"chibo/helper"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// helpersView is the page on which the office lets people without an account to the desks.
type helpersView struct {
	L       locale.L
	x       conference.Conference
	helpers []Helper
	now     when.Instant
	base    string
	form    web.Form
}

func (v helpersView) t(key string, args ...any) string { return v.L.T("reception."+key, args...) }

func helpersPath(conferenceID string) string { return "/conferences/" + conferenceID + "/helpers" }

func (v helpersView) page() web.Page {
	return web.Page{
		Title: v.t("helpers"), Lead: v.t("helpers.lead"), Section: section,
		Crumbs: []web.Crumb{{Text: v.x.Title, URL: v.x.Path()}, {Text: v.t("desks"), URL: "/conferences/" + v.x.ID + "/desk"}},
		Body:   part.Cols(part.Stack(v.invited(), v.invitation()), v.words()),
	}
}

// invited lists who was invited. It asks for itself again until those who are awaited are in.
func (v helpersView) invited() g.Node {
	again := g.Node(nil)
	cards := make([]g.Node, len(v.helpers))
	for i, y := range v.helpers {
		state := y.StateAt(v.now, !v.x.Open())
		if state == helper.Invited {
			again = g.Group{part.Swap(helpersPath(v.x.ID), "#helpers"), part.On("every 3s"), part.SwapOuter()}
		}
		about := strings.Join(append([]string{y.Desk}, y.Times(v.L)...), " · ")
		cards[i] = helper.PassCard(v.L, y.Pass, state, y.Name, about, v.base, helpersPath(v.x.ID)+"/"+y.ID+"/remove")
	}
	return h.Div(h.ID("helpers"), h.Class("stack"), h.Aria("live", "polite"), again, g.Group(cards))
}

// invitation is the form that makes a code.
func (v helpersView) invitation() g.Node {
	if !v.x.Open() {
		return part.Note(part.Plain, g.Text(v.t("problem.closed")))
	}
	return part.Card(part.CardHead(v.t("helpers.invite")),
		part.Post(helpersPath(v.x.ID),
			v.form.Summary(v.L),
			v.form.Input("name", v.t("helpers.name"), part.Help(v.t("helpers.name_help")), part.Required, h.AutoComplete("off")),
			v.form.Input("desk", v.t("field.desk"), part.Help(v.t("field.desk_help")), part.Required, part.Short),
			part.Actions(part.Button(v.t("helpers.make"), part.Primary, part.IconKey))))
}

// words says what such a device can and cannot do.
func (v helpersView) words() g.Node {
	return part.Card(part.CardHead(v.t("helpers.know")), part.List(
		part.MarkEntry(part.OK, "", v.t("helpers.know.offline"), ""),
		part.MarkEntry(part.OK, "", v.t("helpers.know.named"), ""),
		part.MarkEntry(part.Warn, "", v.t("helpers.know.sees"), ""),
		part.MarkEntry(part.Warn, "", v.t("helpers.know.ends"), ""),
	))
}

// helperPage is where a helper chooses a sitting: the way to the desks and nothing else.
func (v chooseView) helperPage() web.Page {
	return web.Page{Title: v.t("desks"), Bare: true, Body: part.Alone(part.Small,
		part.Brand("CB", v.L.T("kit.brand"), ""), h.H1(g.Text(v.t("desks"))), part.Muted(g.Text(v.x.Title)),
		part.Stack(g.Map(v.sittings, v.sitting)), part.Note(part.Info, g.Text(v.t("helpers.here"))))}
}
