package feedback

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// indexView lists the sittings of a conference with how their feedback stands.
type indexView struct {
	l   locale.L
	all []standing
	now when.Instant
}

func (v indexView) body() g.Node { return part.Card(v.list()) }

func (v indexView) card() g.Node {
	return part.Card(part.CardHead(v.l.T("feedback.title")), v.list())
}

func (v indexView) list() g.Node {
	if len(v.all) == 0 {
		return part.Empty(v.l.T("feedback.none.title"), v.l.T("feedback.none.text"))
	}
	return part.List(g.Map(v.all, func(x standing) g.Node {
		if !x.Opened {
			return part.LinkEntry(x.Path(), x.Sitting.Title, v.l.T("feedback.unopened"), part.Tag(part.Plain, v.l.T("feedback.to_open")))
		}
		return part.LinkEntry(x.Path(), x.Sitting.Title, countText(v.l, x.Counted), stateTag(v.l, x.Round.StateAt(v.now)))
	}))
}

// countText says how much has come, and what waits.
func countText(l locale.L, n Counted) string {
	text := l.T("feedback.count", "Sheets", l.Number(n.Sheets), "Remarks", l.Number(n.Remarks))
	if n.Alone > 0 {
		text += " · " + l.T("feedback.count_alone", "Count", l.Number(n.Alone))
	}
	return text
}

func stateTag(l locale.L, s State) g.Node {
	kind := map[State]part.Kind{Waiting: part.Plain, Open: part.OK, Closed: part.Info}[s]
	return part.Tag(kind, l.Of("feedback.state", string(s)))
}

// meetingCard stands on the page of the meeting that is performed.
func meetingCard(l locale.L, n Counted, url string) g.Node {
	return part.Card(part.CardHead(l.T("feedback.title")), h.P(g.Text(l.T("feedback.count", "Sheets", l.Number(n.Sheets), "Remarks", l.Number(n.Remarks)))),
		g.If(url != "", part.LinkButton(url, l.T("feedback.panel.open"), part.Wide)))
}

// fileView is the page of a sitting.
type fileView struct {
	File
	locale.L
	now  when.Instant
	base string
	form web.Form
}

func (v fileView) action() g.Node {
	if !v.Opened {
		return nil
	}
	return part.LinkButton(v.Path()+"/conclusions", v.T("feedback.to_conclusions"), part.Primary, part.IconFlag)
}

func (v fileView) body() g.Node {
	if !v.Opened {
		return part.Card(part.CardHead(v.T("feedback.open")), v.opening(v.T("feedback.open_do")))
	}
	return part.Cols(
		part.Stack(
			part.Card(part.CardHead(v.T("feedback.matrix"), stateTag(v.L, v.Round.StateAt(v.now))), h.P(g.Text(countText(v.L, v.Counted))), matrix(v.L, v.File),
				g.If(v.Counted.Alone > 0, part.Muted(g.Text(v.T("feedback.matrix.tag")))),
				g.If(v.Counted.Aside > 0, h.P(part.Link(v.Path()+"/aside", g.Text(v.T("feedback.aside.count", "Count", v.Number(v.Counted.Aside))))))),
			v.papers()),
		part.Stack(v.invite(), v.settings()))
}

// matrix counts the remarks by phase and head; each number leads to its remarks.
func matrix(l locale.L, f File) g.Node {
	columns := []part.Column{{Title: l.T("feedback.head")}}
	for _, p := range Phases {
		columns = append(columns, part.Column{Title: l.Of("feedback.phase", string(p)), Right: true})
	}
	rows := make([]part.Row, 0, len(Heads))
	for _, y := range Heads {
		row := part.Row{g.Text(l.Of("feedback.head", string(y)))}
		for _, p := range Phases {
			b := f.Block(Cell{p, y})
			to := part.Link(f.cellPath(b.Cell), part.Number(l.Number(b.Count())), part.Said(l.Of("feedback.phase", string(p))+", "+l.Of("feedback.head", string(y))))
			row = append(row, g.Group{to, g.If(len(b.Alone) > 0, g.Group{g.Text(" "), part.Tag(part.Warn, l.Number(len(b.Alone))), part.Said(l.T("feedback.matrix.alone"))})})
		}
		rows = append(rows, row)
	}
	return part.Table(l.T("feedback.matrix"), columns, rows...)
}

// cellPath is the address at which the remarks of a cell are put together.
func (p Place) cellPath(x Cell) string {
	return p.Path() + "/cells/" + string(x.Phase) + "/" + string(x.Head)
}

func (v fileView) papers() g.Node {
	return part.Card(part.CardHead(v.T("feedback.papers")), part.Beside(
		part.LinkButton(v.Path()+"/document/docx", v.T("feedback.docx"), part.IconDownload),
		part.LinkButton(v.Path()+"/document/pdf", v.T("feedback.pdf"), part.IconPrinter),
		part.LinkButton(v.Path()+"/document/xlsx", v.T("feedback.xlsx"), part.IconDownload)))
}

// invite is by what people come to the form.
func (v fileView) invite() g.Node {
	return part.Card(part.CardHead(v.T("feedback.invite")),
		part.Beside(part.QR(v.base+v.Round.Path(), v.T("feedback.qr")), h.Div(part.Big(v.Round.Grouped()), part.Muted(g.Text(typed(v.base)+"/y")))),
		part.LinkButton(v.Path()+"/wall", v.T("feedback.wall.open"), part.IconScreen, part.Wide, h.Target("_blank")),
		part.LinkButton(v.Path()+"/form", v.T("feedback.blank.open"), part.IconPrinter, part.Wide),
		part.LinkButton(v.Path()+"/slips", v.T("feedback.slip.print"), part.IconPrinter, part.Wide),
		part.LinkButton(v.Path()+"/paper", v.T("feedback.paper.open"), part.IconEdit, part.Wide),
		part.PostButton(v.Path()+"/rotate", v.T("feedback.rotate"), part.Small, part.IconKey, part.Confirm(v.L, v.T("feedback.rotate_ask"), v.T("feedback.rotate"))))
}

func (v fileView) settings() g.Node {
	open := g.Node(nil)
	if v.form.Wrong() {
		open = g.Attr("open")
	}
	return part.Card(part.Details(v.T("feedback.settings"), open, v.opening(v.T("feedback.settings_do"))))
}

// opening is the form of a round. Named or not is not asked for again once somebody has
// answered to what was promised.
func (v fileView) opening(button string) g.Node {
	fixed := v.Opened && v.Counted.Given() > 0
	naming := v.form.Radios("named", v.T("feedback.named"), []part.Option{
		{Value: namelessChoice, Text: v.T("feedback.named.no"), Small: v.T("feedback.named.no_means"), Disabled: fixed && v.Round.Named},
		{Value: namedChoice, Text: v.T("feedback.named.yes"), Small: v.T("feedback.named.yes_means"), Disabled: fixed && !v.Round.Named},
	})
	return part.Post(v.Path()+"/open", v.form.Summary(v.L), naming,
		g.If(fixed, part.Muted(g.Text(v.T("feedback.named.fixed")))),
		v.form.DateTime("opens_at", v.T("feedback.opens_at"), part.Required),
		v.form.DateTime("closes_at", v.T("feedback.closes_at"), part.Required),
		part.Actions(part.Button(button, part.Primary)))
}

// typed is an address as it is typed.
func typed(base string) string {
	if _, rest, found := strings.Cut(base, "://"); found {
		return rest
	}
	return base
}

// wallView is what the projector shows.
type wallView struct {
	locale.L
	Place
	counted Counted
	base    string
	now     when.Instant
}

func (v wallView) body() g.Node {
	return g.Group{h.Link(h.Rel("stylesheet"), h.Href(assets.URL("feedback.css"))), v.live()}
}

// live asks for itself again.
func (v wallView) live() g.Node {
	return h.Div(h.ID("feedback-wall"), h.Class("feedback-wall"), part.Swap(v.Path()+"/wall", "#feedback-wall"), part.On("every 4s"), part.SwapOuter(),
		part.QR(v.base+v.Round.Path(), v.T("feedback.qr")),
		h.Div(
			h.H1(g.Text(v.T("feedback.give.title"))),
			h.P(g.Text(v.Sitting.Title)),
			h.P(g.Text(v.T("feedback.wall.how", "Site", typed(v.base)+"/y"))),
			h.P(h.Class("feedback-code num"), g.Text(v.Round.Grouped())),
			h.P(g.Text(v.naming())),
			h.P(h.Class("feedback-count"), g.Text(v.T("feedback.wall.count", "Count", v.Number(v.counted.Sheets))))))
}

func (v wallView) naming() string {
	if v.Round.Named {
		return v.T("feedback.promise.named")
	}
	return v.T("feedback.promise.nameless")
}
