//go:build !js

package minutes

import (
	"fmt"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/meeting"
)

// registerView is the register of a year, or what a search found.
func registerView(l locale.L, b Book) g.Node {
	here := registerAddress(b.Organization.ID)
	var tabs []part.Tab
	for _, y := range b.Years {
		tabs = append(tabs, part.Tab{Text: strconv.Itoa(y), URL: fmt.Sprintf("%s?year=%d", here, y), Current: y == b.Year && b.Words == ""})
	}
	work := []g.Node{
		part.SearchBox(l, here, "q", b.Words, l.T("minutes.register.search")),
		part.Tabs(l.T("minutes.register.years"), tabs...),
	}
	if len(b.Open) > 0 {
		work = append(work, openCard(l, b.Open))
	}
	return part.Stack(append(work, entriesCard(l, b))...)
}

// openCard lists meetings whose minutes wait to be sealed, with the way there.
func openCard(l locale.L, meetings []meeting.Meeting) g.Node {
	var rows []g.Node
	for _, m := range meetings {
		state, text := part.Warn, l.T("minutes.register.to_seal")
		if m.State == meeting.Open {
			state, text = part.Bad, l.T("minutes.register.to_close")
		}
		rows = append(rows, part.LinkEntry(address(m.ID), m.Title, l.Day(m.Day()), part.Tag(state, text)))
	}
	return part.Card(part.Warn, part.CardHead(l.T("minutes.register.open")), part.List(rows...))
}

func entriesCard(l locale.L, b Book) g.Node {
	title := l.T("minutes.register.of_year", "Year", strconv.Itoa(b.Year))
	if b.Words != "" {
		title = l.T("minutes.register.found", "Count", len(b.Entries), "Words", b.Words)
	}
	if len(b.Entries) == 0 {
		return part.Card(part.CardHead(title), part.Empty(l.T("minutes.register.none"), l.T("minutes.register.none_why")))
	}
	var bundle g.Node
	if b.Words == "" {
		bundle = part.LinkButton(fmt.Sprintf("%s/%d/bundle.zip", registerAddress(b.Organization.ID), b.Year), l.T("minutes.register.bundle"), part.Small, part.IconDownload)
	}
	rows := make([]part.Row, 0, len(b.Entries))
	for _, e := range b.Entries {
		rows = append(rows, part.Row{
			g.Text(e.Day.Slashed()), part.Link(address(e.Meeting), g.Text(capital(e.Title))),
			fileLinks(l, e, Minutes, e.Number), fileLinks(l, e, Resolution, e.Second), part.Tag(part.OK, l.T("minutes.state.sealed")),
		})
	}
	return part.Card(part.Long, part.CardHead(title, bundle), part.Table(title, part.Heads(
		l.T("minutes.register.day"), l.T("minutes.register.meeting"), l.T("minutes.register.minutes"), l.T("minutes.register.second"), l.T("minutes.register.state"),
	), rows...))
}

// fileLinks is the number of a paper with the ways to its files.
func fileLinks(l locale.L, e Entry, p Paper, number string) g.Node {
	if number == "" {
		return g.Text("–")
	}
	link := func(f Form) g.Node {
		return part.LinkButton(fmt.Sprintf("/meetings/%s/%s.%s", e.Meeting, p, f), l.T("minutes.files."+string(f)), part.Small,
			h.Aria("label", l.T("minutes.files."+string(f)+"_of", "Paper", number)))
	}
	return part.Beside(part.Number(number), link(DOCX), link(PDF))
}
