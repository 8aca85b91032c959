package notebook

import (
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// indexView is the first page of the notebook: the meetings of a year.
type indexView struct {
	L        locale.L
	Cell     organization.Organization
	Year     int
	Today    when.Date
	Meetings []meeting.Meeting // the last first
	Lock     Lock
	Notes    map[string]Note // of those meetings, where the lock is open
	Words    string          // that were searched for
	Shown    []Inspection    // the reader's own, the last first
	Every    int             // months between two inspections
	Form     web.Form        // that was refused
}

func (v indexView) action(inspects bool) g.Node {
	if !inspects {
		return nil
	}
	return part.LinkButton(inspectionsURL(v.Cell.ID), v.L.T("notebook.inspection.title"), part.IconCheck)
}

func (v indexView) body() g.Node {
	lock := lockView{L: v.L, Lock: v.Lock, Form: v.Form, Next: "/notebook"}
	return part.Cols(
		part.Stack(g.If(v.Lock != Opened, lock.card()), v.search(), v.meetings()),
		part.Stack(v.bookletForm(), v.shown(), g.If(v.Lock == Opened, lock.keeping())),
	)
}

// search asks for words in the own notes. They are posted: what somebody looks for in
// private notes stands in no address.
func (v indexView) search() g.Node {
	if v.Lock != Opened {
		return nil
	}
	f := web.Form{Values: map[string][]string{"q": {v.Words}}}
	return part.Card(part.Post("/notebook/search",
		f.Input("q", v.L.T("notebook.search"), part.Help(v.L.T("notebook.search_help"))),
		part.Actions(part.Button(v.L.T("part.search"), part.IconSearch), g.If(v.Words != "", part.LinkButton("/notebook", v.L.T("notebook.search_all")))),
	))
}

func (v indexView) meetings() g.Node {
	l := v.L
	if v.Words != "" && len(v.Meetings) == 0 {
		return part.Empty(l.T("notebook.search_none", "Words", v.Words), l.T("notebook.search_none_text"))
	}
	var head g.Node = part.CardHead(l.T("notebook.found", "Count", len(v.Meetings)))
	if v.Words == "" {
		head = part.CardHead(l.T("notebook.year", "Year", v.Year), part.Beside(
			part.LinkButton("/notebook?year="+strconv.Itoa(v.Year-1), strconv.Itoa(v.Year-1), part.Small),
			g.If(v.Year < v.Today.Year+1, part.LinkButton("/notebook?year="+strconv.Itoa(v.Year+1), strconv.Itoa(v.Year+1), part.Small))))
	}
	if len(v.Meetings) == 0 {
		return part.Card(head, part.Muted(g.Text(l.T("notebook.none"))))
	}
	return part.Card(head, part.List(g.Map(v.Meetings, func(m meeting.Meeting) g.Node {
		small := l.Moment(m.StartsAt)
		n, written := v.Notes[m.ID]
		if written {
			small = preview(n.Text)
		}
		return part.LinkEntry(path(m.ID), m.Title, small, g.If(written, part.Tag(part.OK, l.T("notebook.written"))))
	})))
}

// longestPreview is how many letters of a note a list shows.
const longestPreview = 90

func preview(text string) string {
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) <= longestPreview {
		return string(line)
	}
	return string(line[:longestPreview]) + "…"
}

func (v indexView) bookletForm() g.Node {
	l := v.L
	f := web.Form{ID: "booklet", Values: map[string][]string{
		"from": {when.Month{Year: v.Year, Month: 1}.String()}, "to": {when.Month{Year: v.Year, Month: 12}.String()},
	}}
	return part.Card(part.CardHead(l.T("notebook.booklet.title"), part.IconPrinter), part.Muted(g.Text(l.T("notebook.booklet.text"))),
		part.Ask("/notebook/booklet",
			part.Fields(f.Month("from", l.T("notebook.booklet.from")), f.Month("to", l.T("notebook.booklet.to"))),
			g.If(v.Lock == Opened, f.Check("notes", l.T("notebook.booklet.notes"), part.Help(l.T("notebook.booklet.notes_help")))),
			f.Check("lines", l.T("notebook.booklet.lines")),
			part.Button(l.T("notebook.booklet.open"), part.IconBook)))
}

// bookletAction leads from the booklet on the screen to paper.
func bookletAction(l locale.L, query string) g.Node {
	return part.NoPrint(part.Actions(part.PrintButton(l.T("notebook.booklet.print")),
		part.LinkButton("/notebook/booklet.pdf?"+query, "PDF", part.IconDownload),
		part.LinkButton("/notebook/booklet.docx?"+query, "Word", part.IconDownload)))
}

// shown is what the cell keeps of the reader's notebook.
func (v indexView) shown() g.Node {
	l := v.L
	card := []g.Node{part.CardHead(l.T("notebook.inspection.own")), part.Muted(g.Text(l.T("notebook.inspection.own_text", "Count", v.Every)))}
	if len(v.Shown) == 0 {
		return part.Card(append(card, h.P(g.Text(l.T("notebook.inspection.never"))))...)
	}
	return part.Card(append(card, part.List(g.Map(v.Shown, func(i Inspection) g.Node {
		return part.Entry(l.Day(i.ShownOn), i.Remark, orderTag(l, i.InOrder))
	})))...)
}

func orderTag(l locale.L, inOrder bool) g.Node {
	kind := part.OK
	if !inOrder {
		kind = part.Warn
	}
	return part.Tag(kind, l.Of("notebook.order", yes(inOrder)))
}

// homeCard is the notebook on the home page.
func homeCard(l locale.L, m meeting.Meeting, due bool) g.Node {
	return part.Card(
		part.CardHead(l.T("notebook.home.title"), g.If(due, part.Tag(part.Warn, l.T("notebook.home.due")))),
		h.H3(part.Link(path(m.ID), g.Text(m.Title))),
		part.Muted(g.Text(l.T("notebook.home.text"))),
		part.LinkButton(path(m.ID), l.T("notebook.home.open"), part.Wide, part.IconNotebook))
}
