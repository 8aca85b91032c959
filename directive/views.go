package directive

import (
	"net/url"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/organization"
)

func stageTag(l locale.L, d Directive, p Placed, today when.Date) g.Node {
	if d.Withdrawn() {
		return part.Tag(part.Plain, l.T("directive.withdrawn"))
	}
	stage := p.Stage()
	kind := map[Stage]part.Kind{Waiting: part.Warn, Laid: part.Info, Working: part.Info, Met: part.Info, Handled: part.OK}[stage]
	if stage != Handled && !d.Due.IsZero() && d.Due.Before(today) {
		return part.Tag(part.Bad, l.T("directive.late", "Stage", l.Of("directive.stage", string(stage))))
	}
	return part.Tag(kind, l.Of("directive.stage", string(stage)))
}

func dueText(l locale.L, d Directive) string {
	if d.Due.IsZero() {
		return ""
	}
	return l.T("directive.due", "Day", d.Due.Slashed())
}

// listView is what a cell has received and a committee has sent.
type listView struct {
	today    when.Date
	cell     organization.Organization
	receives bool
	received []Received
	sends    bool
	sent     []sent
	progress map[string]Progress
}

func (v listView) action(l locale.L) g.Node {
	if !v.sends {
		return nil
	}
	return g.Group{
		part.LinkButton("/directives/new", l.T("directive.new.button"), part.Primary, part.IconPlus),
		part.LinkButton("/library", l.T("directive.library"), part.IconBook),
	}
}

func (v listView) body(l locale.L) g.Node {
	var cards g.Group
	if v.sends {
		cards = append(cards, v.sentCard(l))
	}
	if v.receives {
		cards = append(cards, v.receivedCard(l))
	}
	if len(cards) == 0 {
		cards = append(cards, part.Card(part.Empty(l.T("directive.none.title"), l.T("directive.none.text"))))
	}
	return part.Stack(cards...)
}

func (v listView) receivedCard(l locale.L) g.Node {
	if len(v.received) == 0 {
		return part.Card(part.CardHead(l.T("directive.received")), part.Empty(l.T("directive.none.title"), l.T("directive.none.text")))
	}
	return part.Card(part.CardHead(l.T("directive.received")), part.Muted(g.Text(v.cell.Name)),
		part.List(g.Map(v.received, func(r Received) g.Node { return receivedLine(l, r, v.today) })))
}

func receivedLine(l locale.L, r Received, today when.Date) g.Node {
	return part.LinkEntry(r.Path(), r.Title, text.Joined(r.Citation, dueText(l, r.Directive)), stageTag(l, r.Directive, r.Placed, today))
}

func (v listView) sentCard(l locale.L) g.Node {
	if len(v.sent) == 0 {
		return part.Card(part.CardHead(l.T("directive.sent")), part.Empty(l.T("directive.sent_none.title"), l.T("directive.sent_none.text"), v.action(l)))
	}
	heads := part.Heads(l.T("directive.field.title"), l.T("directive.column.read"), l.T("directive.column.laid"), l.T("directive.column.handled"))
	rows := make([]part.Row, len(v.sent))
	for i, d := range v.sent {
		p := v.progress[d.ID]
		rows[i] = part.Row{
			g.Group{h.B(part.Link(d.Directive.Path(), g.Text(d.Title))), h.Small(g.Text(text.Joined(l.Of("directive.origin", string(d.Origin)), dueText(l, d.Directive))))},
			of(l, p.Read, p.Sent), of(l, p.Laid, p.Sent), of(l, p.Handled, p.Sent),
		}
		if d.Withdrawn() {
			rows[i][3] = part.Tag(part.Plain, l.T("directive.withdrawn"))
		}
	}
	return part.Card(part.CardHead(l.T("directive.sent")), part.Table(l.T("directive.sent"), heads, rows...))
}

func of(l locale.L, n, all int) g.Node {
	return part.Number(l.T("directive.of", "N", n, "Of", all))
}

// homeView is what of the directives is due on the home page.
type homeView struct {
	today    when.Date
	received []Received
	sent     []sent
	progress map[string]Progress
}

// homeLine says in small letters how far the cell has come; a mark stands where something
// is to be done.
func homeLine(l locale.L, r Received, today when.Date) g.Node {
	stage := r.Placed.Stage()
	late := !r.Due.IsZero() && r.Due.Before(today)
	return part.LinkEntry(r.Path(), r.Title, text.Joined(l.Of("directive.stage", string(stage)), dueText(l, r.Directive)),
		g.If(stage == Waiting || late, stageTag(l, r.Directive, r.Placed, today)))
}

// mostAtHome is how many directives the home page names.
const mostAtHome = 3

func (v homeView) card(l locale.L) g.Node {
	var lines g.Group
	for _, r := range v.received[:min(len(v.received), mostAtHome)] {
		lines = append(lines, homeLine(l, r, v.today))
	}
	for _, d := range v.sent[:min(len(v.sent), mostAtHome)] {
		p := v.progress[d.ID]
		lines = append(lines, part.LinkEntry(d.Directive.Path(), d.Title, dueText(l, d.Directive),
			part.Tag(part.Info, l.T("directive.home.handled", "N", p.Handled, "Of", p.Sent))))
	}
	if len(lines) == 0 {
		return nil
	}
	return part.Card(part.CardHead(l.T("directive.home.title"), part.Link("/directives", g.Text(l.T("directive.home.all")))), part.List(lines...))
}

// meetingView is what stands on the agenda of a meeting, and what could.
type meetingView struct {
	here, waiting []Received
	takes         bool
}

func (v meetingView) card(l locale.L) g.Node {
	if len(v.here)+len(v.waiting) == 0 {
		return nil
	}
	var lines g.Group
	for _, r := range v.here {
		lines = append(lines, part.LinkEntry(r.Path(), r.Title, r.Citation, part.Tag(part.OK, l.T("directive.panel.here"))))
	}
	for _, r := range v.waiting {
		lines = append(lines, part.LinkEntry(r.Path(), r.Title, r.Citation,
			g.If(v.takes, part.PostButton(r.Path()+"/take", l.T("directive.take.agenda"), part.Small, part.IconPlus, h.Aria("label", l.T("directive.take.agenda")+": "+r.Title)))))
	}
	return part.Card(h.ID("directives"), part.CardHead(l.T("directive.panel.title")), part.List(lines...))
}

// documentCard is what was sent down from a document, with the way to send more.
func documentCard(l locale.L, d library.Document, all []sent, sends bool) g.Node {
	if len(all) == 0 && !sends {
		return nil
	}
	var lines g.Group
	for _, x := range all {
		lines = append(lines, part.LinkEntry(x.Directive.Path(), x.Title, text.Joined(x.SentAt.Date().Slashed(), dueText(l, x.Directive))))
	}
	return part.Card(part.CardHead(l.T("directive.document.title")),
		g.If(len(lines) > 0, part.List(lines...)),
		g.If(len(lines) == 0, part.Muted(g.Text(l.T("directive.document.none")))),
		g.If(sends, part.LinkButton("/directives/new?"+url.Values{"document": {d.ID}}.Encode(), l.T("directive.new.button"), part.IconPlus)))
}
