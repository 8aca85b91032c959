package reception

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/conference"
	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web/assets"
	"chibo/kit/web/part"
	"chibo/kit/when"
)

// boardView is a sitting as it stands, for the office.
type boardView struct {
	Board
	L        locale.L
	sittings []conference.Sitting
}

func (v boardView) t(key string, args ...any) string { return v.L.T("reception."+key, args...) }

// body is the page: the figures, which are replaced while people come in, and the names.
func (v boardView) body(seen string, now when.Instant) g.Node {
	path := boardPath(v.Sitting)
	tabs := make([]part.Tab, len(v.sittings))
	for i, y := range v.sittings {
		tabs[i] = part.Tab{Text: y.Title, URL: boardPath(y), Current: y.ID == v.Sitting.ID}
	}
	return g.Group{
		h.Link(h.Rel("stylesheet"), h.Href(assets.URL("reception.css"))),
		part.Stack(
			g.If(len(tabs) > 1, part.Tabs(v.t("sittings"), tabs...)),
			v.doubts(),
			h.Div(h.Data("live", path+"/live"), h.Data("page", path), h.Data("seen", seen), h.Data("now", strconv.FormatInt(int64(now), 10)),
				h.Div(h.ID("picture"), v.figures()),
				lost(v.L, now)),
			v.missing(), v.people(), v.papers()),
		h.Script(h.Src(assets.URL("screen.js")), h.Type("module")),
	}
}

// lost is the line that stands on a page which has lost the server.
func lost(l locale.L, now when.Instant) g.Node {
	return h.P(h.ID("lost"), h.Class("lost"), h.Role("alert"), g.Attr("hidden"),
		h.Data("words", l.T("reception.lost", "Time", "{time}")), h.Data("time", now.HHMM()))
}

func number(n int) string { return strconv.Itoa(n) }

// figures is all that can be told in numbers.
func (v boardView) figures() g.Node {
	return part.Stack(
		part.Grid(
			part.Stat(v.t("stat.present"), v.L.Number(v.Total.Present()), v.meter(v.Total)),
			part.Stat(v.t("stat.due"), v.L.Number(v.Total.Due)),
			part.Stat(v.t("stat.missing"), v.L.Number(v.Absent()), g.If(v.Declined() > 0, part.Muted(g.Text(v.t("stat.declined", "Count", v.Declined()))))),
			part.Stat(v.t("stat.beyond"), v.L.Number(v.Total.Beyond))),
		h.Div(h.Class("reception-cols"),
			part.Stack(
				part.Card(part.CardHead(v.t("by_line")), v.table(v.t("by_line"), v.t("field.category"), v.Lines)),
				part.Card(part.CardHead(v.t("by_desk")), v.desks(), h.H3(g.Text(v.t("by_time"))), v.slots())),
			part.Card(part.CardHead(v.t("by_unit")), v.table(v.t("by_unit"), v.t("field.unit"), v.Units))))
}

func (v boardView) meter(l Line) g.Node {
	of := max(l.Due, l.Present(), 1)
	return part.Meter(v.t("meter", "Came", l.Came, "Due", l.Due, "Beyond", l.Beyond),
		part.Share{Kind: part.OK, Percent: 100 * float64(l.Came) / float64(of)},
		part.Share{Kind: part.Warn, Percent: 100 * float64(l.Beyond) / float64(of)})
}

func (v boardView) table(caption, what string, lines []Line) g.Node {
	columns := []part.Column{{Title: what}, {Title: v.t("col.due"), Right: true}, {Title: v.t("col.came"), Right: true}, {Title: v.t("col.replaced"), Right: true}, {Title: v.t("col.beyond"), Right: true}, {Title: v.t("col.missing"), Right: true}}
	rows := make([]part.Row, len(lines))
	for i, l := range lines {
		rows[i] = part.Cells(l.Title, number(l.Due), number(l.Came), number(l.Replaced), number(l.Beyond), number(l.Due-l.Came-l.Replaced))
	}
	return part.WideTable(caption, columns, rows...)
}

func (v boardView) desks() g.Node {
	if len(v.Desks) == 0 {
		return part.Muted(g.Text(v.t("nobody")))
	}
	return part.List(g.Map(v.Desks, func(l Line) g.Node { return part.Entry(l.Title, "", part.Number(number(l.Came))) })...)
}

// slots draws how many came in each five minutes.
func (v boardView) slots() g.Node {
	most := 1
	for _, s := range v.Slots {
		most = max(most, s.Came)
	}
	return h.Ol(h.Class("reception-slots"), g.Map(v.Slots, func(s Slot) g.Node {
		return h.Li(h.Span(h.Class("num"), g.Text(s.From.HHMM())),
			part.Meter(v.t("slot", "Count", s.Came, "Time", s.From.HHMM()), part.Share{Kind: part.Info, Percent: 100 * float64(s.Came) / float64(most)}),
			h.B(h.Class("num"), g.Text(number(s.Came))))
	}))
}

// doubts are pairs of people of whom somebody has to say whether they are one.
func (v boardView) doubts() g.Node {
	if len(v.Settle) == 0 {
		return nil
	}
	guests := v.byID()
	return part.Card(part.Warn, h.ID("doubts"), part.CardHead(v.t("doubts", "Count", len(v.Settle))), part.Muted(g.Text(v.t("doubts_help"))),
		part.List(g.Map(v.Settle, func(d Doubt) g.Node {
			a, b := presentOf(d.A, guests, v.Roster), Present{}
			other := part.HiddenValue("with", d.B.Person)
			if d.Why == Listed || d.Why == BothCame {
				x := guests[d.Delegate]
				b = Present{Name: x.Name, Unit: x.Unit}
				other = part.HiddenValue("delegate", d.Delegate)
			} else {
				b = presentOf(d.B, guests, v.Roster)
			}
			says := v.L.Of("reception.why", string(d.Why))
			if d.B.Person != "" {
				says += " " + v.t("came_at", "Time", d.B.At.HHMM(), "Desk", v.where(d.B.Event))
			}
			settle := func(kind Kind, text string, look part.Look) g.Node {
				return part.PostButton(boardPath(v.Sitting)+"/settle", text, look, part.HiddenValue("kind", string(kind)), part.HiddenValue("of", d.A.Event.ID), other)
			}
			return part.Item(part.Grow(
				h.B(g.Text(a.Name+" – "+a.Unit)), h.Small(g.Text(" "+v.t("came_at", "Time", a.At.HHMM(), "Desk", v.where(a.Event)))),
				h.P(g.Text(b.Name+" – "+b.Unit)), h.Small(g.Text(says)),
				part.Beside(settle(Same, v.t("same"), part.Primary), settle(Apart, v.t("apart"), part.Small))))
		})...))
}

// fewMissing is how many are shown without being asked for.
const fewMissing = 40

// missing are those who should come and have not, by unit, with the telephone at which
// the office can ask.
func (v boardView) missing() g.Node {
	head := part.CardHead(v.t("who_missing"), part.Tag(part.Plain, number(v.Absent())))
	if v.Absent() == 0 {
		return part.Card(part.OK, head, part.Muted(g.Text(v.t("none_missing"))))
	}
	return part.Card(h.ID("missing"), part.Long, head, g.Map(v.Missing, func(m Absent) g.Node {
		return part.Details(v.t("unit_missing", "Unit", m.Unit, "Count", len(m.Guests)), g.If(v.Absent() <= fewMissing, g.Attr("open")), part.List(g.Map(m.Guests, func(x Guest) g.Node {
			var call, tag g.Node
			if x.Phone != "" {
				call = part.LinkButton("tel:"+x.Phone, x.Phone, part.Small, part.IconPhone)
			}
			if declined(x) {
				tag = part.Tag(part.Plain, v.t("declined"))
			}
			return part.Entry(x.Name, text.Joined(x.Post, x.Line), g.Group{tag, call})
		})...))
	}))
}

// people is the roll: who came, when, by which way.
func (v boardView) people() g.Node {
	if len(v.People) == 0 {
		return nil
	}
	rows := make([]part.Row, len(v.People))
	for i, p := range v.People {
		rows[i] = part.Cells(number(i+1), p.Name, p.Unit, p.Line, p.At.HHMM(), v.way(p), v.where(p.Event), v.also(p))
	}
	heads := part.Heads("", v.t("field.name"), v.t("field.unit"), v.t("field.category"), v.t("col.time"), v.t("col.way"), v.t("field.desk"), v.t("col.again"))
	return part.Card(part.Long, part.CardHead(v.t("who_came"), part.Tag(part.Plain, number(len(v.People)))),
		part.Details(v.t("show_roll"), part.Table(v.t("who_came"), heads, rows...)))
}

// way says how somebody was known, and for whom they came.
func (v boardView) way(p Present) string {
	text := v.L.Of("reception.way", string(p.Way))
	if p.For != "" {
		text += " " + v.t("for", "Name", p.For)
	}
	return text
}

// also says where else somebody was seen.
func (v boardView) also(p Present) string {
	out := ""
	for _, e := range p.Again {
		out = text.Joined(out, e.At.HHMM()+" "+v.where(e))
	}
	return out
}

// papers lead to the projector, the roll-call and the list for a desk without a device.
func (v boardView) papers() g.Node {
	path := boardPath(v.Sitting)
	return g.Group{
		part.Actions(part.LinkButton(path+"/screen", v.t("wall"), part.IconScreen, h.Target("_blank")),
			part.LinkButton(path+"/roll.docx", v.t("roll.docx"), part.IconDownload),
			part.LinkButton(path+"/roll.pdf", v.t("roll.pdf"), part.IconPrinter, h.Target("_blank")),
			part.LinkButton(path+"/roll.xlsx", v.t("roll.xlsx"), part.IconDownload)),
		part.Card(part.CardHead(v.t("list")), part.Muted(g.Text(v.t("list_help"))),
			part.Actions(part.LinkButton(path+"/list.pdf", v.t("list.pdf"), part.IconPrinter, h.Target("_blank")), part.LinkButton(path+"/list.docx", v.t("list.docx"), part.IconDownload))),
	}
}
