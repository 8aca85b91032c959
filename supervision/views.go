package supervision

import (
	"fmt"
	"net/url"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/rubric"
	"chibo/theme"
)

// signs are the marks of the standings, read without colour; kinds their colours.
var (
	signs = map[Standing]string{Met: "✓", Late: "!", Missed: "✕", Planned: "·", Nothing: "–"}
	kinds = map[Standing]part.Kind{Met: part.OK, Late: part.Warn, Missed: part.Bad, Planned: part.Info}
)

var romans = [...]string{"I", "II", "III", "IV"}

// boardView is what the page of a board shows.
type boardView struct {
	Board
	L     locale.L
	Ask   Query
	Above []organization.Organization // committees that the reader oversees too

	panels g.Group
}

func (v boardView) t(key string, args ...any) string { return v.L.T("supervision."+key, args...) }

func (v boardView) lead() string {
	if v.Unit.ID == "" {
		return v.t("lead_own")
	}
	return v.Unit.Name + " · " + v.t("cells", "Count", v.Sum().Cells)
}

func (v boardView) crumbs() []web.Crumb {
	var all []web.Crumb
	for _, o := range v.Above {
		all = append(all, web.Crumb{Text: o.Name, URL: Query{Unit: o.ID, Year: v.Ask.Year}.address("")})
	}
	return all
}

func (v boardView) action() g.Node {
	return g.Group{
		part.LinkButton(v.Ask.address(".xlsx"), v.t("excel"), part.IconDownload),
		part.PrintButton(v.t("print")),
	}
}

func (v boardView) body() g.Node {
	if len(v.Rows) == 0 {
		return g.Group{v.filter(), part.Card(part.Empty(v.t("empty"), v.t("empty_help")))}
	}
	return g.Group{part.NoPrint(part.Stack(v.years(), v.stats(), v.filter())), v.grid(), v.legend()}
}

func (v boardView) years() g.Node {
	tabs := make([]part.Tab, 3)
	for i := range tabs {
		ask := v.Ask
		ask.Year = v.Year - 1 + i
		tabs[i] = part.Tab{Text: strconv.Itoa(ask.Year), URL: ask.address(""), Current: i == 1}
	}
	return part.Tabs(v.t("years"), tabs...)
}

// only is the address of the same board with other rows.
func (v boardView) only(s Show) string {
	ask := v.Ask
	ask.Show = s
	return ask.address("")
}

func (v boardView) stats() g.Node {
	sum, m := v.Sum(), v.Month()
	month, quarter := sum.Months[m.Month-1], sum.Themes[m.Quarter().N-1]
	open := func(url, text string) g.Node { return h.P(part.Link(url, g.Text(text))) }
	return part.Grid(
		part.Stat(v.t("stat.held", "Month", m.Slashed()), fmt.Sprintf("%d/%d", month.Held(), month.Cells),
			h.Small(g.Text(v.t("stat.planned", "Count", month.Planned))), open("/meetings/cells?month="+m.String(), v.t("stat.calendar"))),
		part.Stat(v.t("stat.theme", "Quarter", romans[m.Quarter().N-1]), fmt.Sprintf("%d/%d", quarter.Done, quarter.Cells),
			open("/themes/cells?year="+strconv.Itoa(v.Year), v.t("stat.themes"))),
		part.Stat(v.t("stat.unfiled"), strconv.Itoa(sum.Unfiled()), open(v.only(ShowFile), v.t("stat.which"))),
		part.Stat(v.t("stat.missed"), strconv.Itoa(sum.Missed()), open(v.only(ShowMiss), v.t("stat.which"))),
		g.If(sum.SeesScores, part.Stat(v.t("stat.remedies"), strconv.Itoa(sum.Cell.Remedies), open(v.only(ShowMend), v.t("stat.which")))),
		g.If(sum.SeesMatters, part.Stat(v.t("stat.matters"), strconv.Itoa(sum.Cell.Matters), open("/matters", v.t("stat.list")))),
	)
}

func (v boardView) filter() g.Node {
	f := part.Form{ID: "filter", Values: map[string][]string{
		"kind": {string(v.Kind)}, "show": {string(v.Show)}, "unit": {v.Ask.Unit}, "year": {strconv.Itoa(v.Year)},
	}}
	kinds := []part.Option{{Text: v.t("kind.all")}}
	for _, k := range organization.Kinds {
		kinds = append(kinds, part.Option{Value: string(k), Text: v.L.Of("organization.kind", string(k))})
	}
	shows := make([]part.Option, len(Shows))
	for i, s := range Shows {
		name := string(s)
		if s == All {
			name = "all"
		}
		shows[i] = part.Option{Value: string(s), Text: v.L.Of("supervision.show", name)}
	}
	return part.Card(part.Ask("/board", g.If(v.Ask.Unit != "", f.Hidden("unit")), f.Hidden("year"),
		part.Fields(f.Select("kind", v.t("kind"), kinds), f.Select("show", v.t("show"), shows)),
		part.Actions(part.Button(v.t("filter"), part.IconSearch))))
}

// grid is the table of units and months.
func (v boardView) grid() g.Node {
	if len(v.Shown) == 0 {
		return part.Card(part.Empty(v.t("none"), v.t("none_help")))
	}
	var heads []string
	rows := make([]part.Row, len(v.Shown))
	for _, c := range v.columns() {
		heads = append(heads, v.L.Of("supervision.col", c.key))
		for i, r := range v.Shown {
			rows[i] = append(rows[i], c.draw(r))
		}
	}
	return part.Card(part.Long, part.CardHead(v.t("grid")), part.Table(v.t("grid"), part.Heads(heads...), rows...))
}

// column draws one figure of every row.
type column struct {
	key  string
	draw func(Row) g.Node
}

// columns are those that the reader may see.
func (v boardView) columns() []column {
	sum := v.Sum()
	all := []column{{"unit", v.name}, {"months", v.strip}, {"unfiled", v.unfiled}, {"themes", v.themes}}
	if sum.SeesScores {
		all = append(all, column{"score", v.score}, column{"remedies", v.remedies})
	}
	if sum.SeesMatters {
		all = append(all, column{"matters", v.matters})
	}
	return all
}

// name opens the board of a committee, and the year of a cell.
func (v boardView) name(r Row) g.Node {
	address := "/meetings?cell=" + r.Unit.ID + "&year=" + strconv.Itoa(v.Year)
	small := v.L.Of("organization.kind", string(r.Unit.Kind))
	if !r.Single() {
		ask := v.Ask
		ask.Unit = r.Unit.ID
		address, small = ask.address(""), v.t("cells", "Count", r.Cells)
	}
	return g.Group{part.Link(address, h.B(g.Text(r.Unit.Name))), h.Small(g.Text(small)), g.If(r.Unknown > 0, h.Small(g.Text(v.t("unknown", "Count", r.Unknown))))}
}

func (v boardView) strip(r Row) g.Node {
	squares := make([]part.Square, 12)
	for i, t := range r.Months {
		squares[i] = v.square(r, i, t)
	}
	return part.Strip(squares...)
}

func (v boardView) square(r Row, i int, t Tally) part.Square {
	month := when.Month{Year: v.Year, Month: 1}.Add(i)
	s := part.Square{Name: strconv.Itoa(i + 1)}
	if r.Single() {
		s.Sign, s.Kind, s.Said = signs[t.Standing()], kinds[t.Standing()], v.said(month, t)
		switch {
		case t.Month.Meeting != "":
			s.URL = "/meetings/" + t.Month.Meeting
		case t.Standing() == Missed:
			s.URL = "/meetings?cell=" + r.Unit.ID + "&year=" + strconv.Itoa(v.Year)
		}
		return s
	}
	s.Sign, s.Said = "–", v.t("said.nothing", "Month", month.Slashed())
	if t.Held()+t.Missed+t.Planned > 0 {
		ask := v.Ask
		ask.Unit = r.Unit.ID
		s.URL, s.Sign = ask.address(""), fmt.Sprintf("%d/%d", t.Held(), t.Cells)
		s.Said = v.t("said.sum", "Month", month.Slashed(), "Held", t.Held(), "Cells", t.Cells, "Late", t.Late, "Missed", t.Missed, "Planned", t.Planned)
	}
	switch {
	case t.Missed > 0:
		s.Kind = part.Bad
	case t.Late > 0:
		s.Kind = part.Warn
	case t.Cells > 0 && t.Met == t.Cells:
		s.Kind = part.OK
	case t.Planned > 0:
		s.Kind = part.Info
	}
	return s
}

// said is a month of a cell in words, with why it counts as late.
func (v boardView) said(month when.Month, t Tally) string {
	m, standing := t.Month, t.Standing()
	text := v.t("said.month", "Month", month.Slashed(), "Standing", v.standing(standing))
	if !m.Day.IsZero() {
		text += ", " + m.Day.Slashed()
	}
	for _, why := range []struct {
		is  bool
		key string
	}{{m.NoticeLate, "notice"}, {m.HeldLate, "held"}, {m.FiledLate(), "filed"}, {m.Unfiled(v.Today), "unfiled"}, {!m.SealedOn.IsZero() && !m.FiledLate(), "sealed"}} {
		if why.is {
			text += "; " + v.L.Of("supervision.why", why.key)
		}
	}
	return text
}

func (v boardView) standing(s Standing) string {
	if s == Nothing {
		return v.L.Of("supervision.standing", "nothing")
	}
	return v.L.Of("supervision.standing", string(s))
}

// dash stands for nothing to count.
func dash() g.Node { return g.Text("–") }

// unfiled opens the first meeting whose minutes are missing.
func (v boardView) unfiled(r Row) g.Node {
	n := r.Unfiled()
	if n == 0 {
		return dash()
	}
	address := "/meetings?cell=" + r.Unit.ID + "&year=" + strconv.Itoa(v.Year)
	if !r.Single() {
		ask := v.Ask
		ask.Unit, ask.Show = r.Unit.ID, ShowFile
		address = ask.address("")
	}
	for _, t := range r.Months {
		if n == 1 && t.Unfiled == 1 && t.Month.Meeting != "" {
			address = "/meetings/" + t.Month.Meeting
		}
	}
	return part.Link(address, part.Tag(part.Bad, strconv.Itoa(n)), part.Said(v.L.Of("supervision.col", "unfiled")))
}

func (v boardView) themes(r Row) g.Node {
	address := "/themes/cells?year=" + strconv.Itoa(v.Year)
	if !r.Single() {
		ask := v.Ask
		ask.Unit = r.Unit.ID
		address = ask.address("")
	}
	squares := make([]part.Square, 4)
	for i, d := range r.Themes {
		sign, kind := dutySign(d, r.Single())
		squares[i] = part.Square{
			Name: romans[i], Sign: sign, Kind: kind, URL: address,
			Said: v.t("stat.theme", "Quarter", romans[i]) + ": " + v.themeText(d, r.Single()),
		}
	}
	return part.Strip(squares...)
}

func dutySign(d Duty, single bool) (string, part.Kind) {
	kind := map[theme.Duty]part.Kind{theme.Done: part.OK, theme.Missed: part.Bad, theme.Set: part.Info}[d.State()]
	if !single {
		if d.Lacking() > 0 {
			kind = part.Bad
		}
		return fmt.Sprintf("%d/%d", d.Done, d.Cells), kind
	}
	return map[theme.Duty]string{theme.Done: "✓", theme.Missed: "✕", theme.Set: "·", theme.Open: "–"}[d.State()], kind
}

// themeText is how a quarter stands, in words for a cell and in numbers for a committee.
func (v boardView) themeText(d Duty, single bool) string {
	if !single {
		return fmt.Sprintf("%d/%d", d.Done, d.Cells)
	}
	return v.L.Of("theme.duty", string(d.State()))
}

var levelKinds = map[rubric.Level]part.Kind{rubric.Good: part.OK, rubric.Fair: part.Info, rubric.Average: part.Warn, rubric.Poor: part.Bad}

// score is the newest score of a cell, the levels of the year of a committee; nothing for
// whoever may not see scores.
func (v boardView) score(r Row) g.Node {
	if !r.SeesScores {
		return nil
	}
	if !r.Single() {
		var out g.Group
		for _, level := range rubric.Levels {
			if n := r.Levels()[level]; n > 0 {
				out = append(out, part.Link(v.scored(r, level), part.Tag(levelKinds[level], v.L.Of("rubric.level", string(level))+" "+strconv.Itoa(n))), g.Text(" "))
			}
		}
		if len(out) == 0 {
			return dash()
		}
		return out
	}
	m := r.Score()
	if m.Meeting == "" {
		return dash()
	}
	tag := g.Node(nil)
	if m.Level != "" {
		tag = part.Tag(levelKinds[m.Level], v.L.Of("rubric.level", string(m.Level)))
	}
	small := v.t("score.month", "Month", int(m.Month.Month))
	if !m.Decided {
		small += ", " + v.t("score.own")
	}
	return g.Group{part.Link("/quality/"+r.Unit.ID+"/"+strconv.Itoa(v.Year), h.B(g.Text(m.Points.Text(v.L)))), g.Text(" "), tag, h.Small(g.Text(small))}
}

// scored lists the meetings of a committee's year that have a level.
func (v boardView) scored(r Row, level rubric.Level) string {
	q := url.Values{"unit": {r.Unit.ID}, "year": {strconv.Itoa(v.Year)}, "level": {string(level)}}
	return "/scores/list?" + q.Encode()
}

func (v boardView) remedies(r Row) g.Node {
	if !r.SeesScores {
		return nil
	}
	return v.count(r, r.Remedies(), r.Cell.RemedyDue, ShowMend, "/quality/"+r.Unit.ID+"/"+strconv.Itoa(v.Today.Year))
}

func (v boardView) matters(r Row) g.Node {
	if !r.SeesMatters {
		return nil
	}
	return v.count(r, r.Matters(), r.Cell.MatterDue, ShowWait, "/matters?cell="+r.Unit.ID)
}

// count is a number that opens what it counts, red once the earliest day has passed.
func (v boardView) count(r Row, n int, due when.Date, show Show, address string) g.Node {
	if n == 0 {
		return dash()
	}
	if !r.Single() {
		ask := v.Ask
		ask.Unit, ask.Show = r.Unit.ID, show
		address = ask.address("")
	}
	if due.Before(v.Today) {
		return part.Link(address, part.Tag(part.Bad, strconv.Itoa(n)+" !"), part.Said(v.t("overdue")))
	}
	return part.Link(address, part.Tag(part.Plain, strconv.Itoa(n)))
}

// legend says what the marks mean.
func (v boardView) legend() g.Node {
	var out g.Group
	for _, s := range Standings {
		out = append(out, part.Tag(kinds[s], signs[s]+" "+v.standing(s)), g.Text(" "))
	}
	return part.Note(part.Plain, h.P(out), h.P(g.Text(v.t("legend"))))
}

// homeCard is the board on the home page.
func (v boardView) homeCard() g.Node {
	if len(v.Rows) == 0 {
		return nil
	}
	sum, m := v.Sum(), v.Month()
	month := sum.Months[m.Month-1]
	return part.Card(part.CardHead(v.t("title")),
		h.P(part.Big(fmt.Sprintf("%d/%d", month.Held(), month.Cells)), g.Text(" "+v.t("home.held", "Month", m.Slashed()))),
		part.Muted(g.Text(v.t("home.lack", "Unfiled", sum.Unfiled(), "Missed", sum.Missed()))),
		part.LinkButton("/board", v.t("open"), part.Primary, part.Wide, part.IconChart))
}
