package report

import (
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// yearView is the page of a cell's year.
type yearView struct {
	Year
	L            locale.L
	Today        when.Date
	Now          when.Instant
	Books        []bookView
	Binds, Opens bool
}

func (v yearView) body() g.Node {
	return part.Stack(years(v.L, v.Year.Year, func(y int) string { return yearURL(v.Cell.ID, y) }), v.books(), chartCards(v.L, v.monthly()), v.table())
}

// years are the tabs of the year before, the year and the year after.
func years(l locale.L, year int, url func(int) string) g.Node {
	tabs := make([]part.Tab, 3)
	for i := range tabs {
		y := year - 1 + i
		tabs[i] = part.Tab{Text: strconv.Itoa(y), URL: url(y), Current: y == year}
	}
	return part.Tabs(l.T("report.years"), tabs...)
}

// chartCards are the charts of twelve months; a note where nothing is known yet.
func chartCards(l locale.L, months []Sum) g.Node {
	all := charts(l, months)
	if len(all) == 0 {
		return part.Card(part.Empty(l.T("report.empty"), l.T("report.empty_help")))
	}
	cards := make([]g.Node, len(all))
	for i, c := range all {
		cards[i] = part.Card(part.CardHead(c.Title), c.SVG())
	}
	return part.Stack(part.Charts(cards...), part.Muted(g.Text(l.T("report.chart_help"))))
}

func (v yearView) table() g.Node {
	l := v.L
	var rows []part.Row
	for _, m := range v.Months {
		if len(m.Evenings) == 0 {
			if m.Month.First().Before(v.Today) && m.Month.Compare(v.Since) >= 0 {
				rows = append(rows, part.Row{g.Text(m.Month.Slashed()), part.Tag(part.Warn, l.T("report.no_meeting")), nil, nil, nil, nil, nil})
			}
			continue
		}
		for _, e := range m.Evenings {
			rows = append(rows, v.row(m, e))
		}
	}
	download := part.LinkButton(yearURL(v.Cell.ID, v.Year.Year)+"/table.xlsx", l.T("report.excel"), part.Small, part.IconDownload)
	if len(rows) == 0 {
		return nil
	}
	s := v.Sum()
	rows = append(rows, part.Row{h.B(g.Text(l.T("report.whole"))), nil, g.Text(s.Attended.words(l)), g.Text(s.Spoke.words(l)), g.Text(s.Targets.words(l)), g.Text(s.score(l)), nil})
	return part.Card(part.CardHead(l.T("report.months"), part.NoPrint(download)),
		part.Table(l.T("report.months"), part.Heads(
			l.Of("report.col", "month"), l.Of("report.col", "meeting"), l.Of("report.col", "attended"), l.Of("report.col", "spoke"), l.Of("report.col", "targets"), l.Of("report.col", "score"), l.Of("report.col", "papers"),
		), rows...))
}

func (v yearView) row(m Month, e Evening) part.Row {
	l, s := v.L, e.sum()
	papers, score := g.Node(g.Text("–")), g.Node(g.Text(s.score(l)))
	if s.Scores > 0 {
		score = part.Link(e.Path()+"/quality", score)
	}
	if e.papers() != "" {
		papers = part.Link("/meetings/"+e.ID+"/minutes", g.Text(e.papers()))
	} else if e.State == meeting.Closed {
		papers = part.Tag(part.Warn, l.T("report.unsealed"))
	}
	if !e.Held() {
		papers = part.Tag(part.Plain, l.Of("meeting.state", string(e.State)))
	}
	return part.Row{
		g.Text(m.Month.Slashed()), part.Link(e.Path(), g.Text(e.Title)), g.Text(s.Attended.words(l)), g.Text(s.Spoke.words(l)),
		g.Text(s.Targets.words(l)), score, papers,
	}
}

// books are the cards of the year books, what is missing before them.
func (v yearView) books() g.Node {
	if len(v.Books) == 0 {
		return nil
	}
	cards := []g.Node{v.missing()}
	for _, b := range v.Books {
		cards = append(cards, b.card())
	}
	return h.Section(h.ID("books"), part.NoPrint(part.Charts(cards...)))
}

// missing lists what the year lacks, to be mended before a book is bound.
func (v yearView) missing() g.Node {
	l := v.L
	gaps := v.Gaps(v.Today)
	if !v.Binds {
		return nil
	}
	if len(gaps) == 0 {
		return part.Card(part.OK, part.CardHead(l.T("report.missing")), h.P(g.Text(l.T("report.nothing_missing"))))
	}
	lines := make([]g.Node, len(gaps))
	for i, gap := range gaps {
		lines[i] = part.Entry(gap.words(l), "")
		if gap.Meeting != "" {
			lines[i] = part.LinkEntry(gap.url(), gap.words(l), "")
		}
	}
	const few = 4
	list := g.Node(part.List(lines...))
	if len(lines) > few {
		list = g.Group{part.List(lines[:few]...), part.Details(l.T("report.more_missing", "Count", len(lines)-few), part.List(lines[few:]...))}
	}
	return part.Card(part.Bad, part.CardHead(l.T("report.missing_count", "Count", len(gaps))), part.Muted(g.Text(l.T("report.missing_help"))), list)
}

// url leads to where a gap is closed.
func (g Gap) url() string {
	base := "/meetings/" + g.Meeting
	switch g.Kind {
	case Unsealed:
		return base + "/minutes"
	case Unscored:
		return base + "/quality"
	case NotHeld, NoMeeting:
	}
	return base
}

// homeCard calls for the binding of a year.
func homeCard(l locale.L, y Year, gaps int) g.Node {
	text := l.T("report.home_ready")
	if gaps > 0 {
		text = l.T("report.missing_count", "Count", gaps)
	}
	return part.Card(part.CardHead(l.T("report.home", "Year", y.Year)), h.P(g.Text(text)),
		part.LinkButton(yearURL(y.Cell.ID, y.Year)+"#books", l.T("report.home_go"), part.Primary, part.Wide))
}

func unitCard(l locale.L, o organization.Organization, year int) g.Node {
	return part.Card(part.CardHead(l.T("report.title", "Year", year)), part.Muted(g.Text(l.T("report.unit_help"))),
		part.LinkButton(yearURL(o.ID, year), l.T("report.unit_go"), part.Small, part.IconNotebook))
}
