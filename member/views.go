package member

import (
	"net/url"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// listView is what the page of a roll shows.
type listView struct {
	cells     []organization.Organization
	cell      organization.Organization
	counts    Counts
	structure Structure
	roll      []Entry // those that the search leaves
	all       int
	query     string
	posts     map[string][]organization.Post
	writable  bool
	today     when.Date
}

func (v listView) url(path string) string {
	return path + "?organization=" + url.QueryEscape(v.cell.ID)
}

func (v listView) action(l locale.L) g.Node {
	if !v.writable {
		return nil
	}
	return part.LinkButton(v.url("/members/new"), l.T("member.list.add"), part.Primary, part.IconPlus)
}

func (v listView) body(l locale.L) g.Node {
	if v.all == 0 {
		return part.Stack(v.choose(l), part.Card(v.empty(l)))
	}
	return part.Stack(
		v.choose(l),
		v.figures(l),
		part.Card(
			part.CardHead(l.T("member.list.roll"), v.files(l)),
			v.search(l),
			h.Div(h.ID("roll"), v.table(l)),
		),
		part.Card(part.Details(l.T("member.structure.title"), v.makeUp(l))),
	)
}

func (v listView) empty(l locale.L) g.Node {
	if !v.writable {
		return part.Empty(l.T("member.empty.title"), l.T("member.empty.text"))
	}
	return part.Empty(l.T("member.empty.title"), l.T("member.empty.how"),
		part.LinkButton(v.url("/members/import"), l.T("member.list.import"), part.IconUpload))
}

// choose lets a clerk choose the cell; who has one cell sees nothing.
func (v listView) choose(l locale.L) g.Node {
	if len(v.cells) < 2 {
		return nil
	}
	return part.Card(part.Ask("/members", chooser(l, v.cells, v.cell.ID), part.Actions(part.Button(l.T("member.list.choose")))))
}

func chooser(l locale.L, cells []organization.Organization, chosen string) g.Node {
	f := part.Form{Values: url.Values{"organization": {chosen}}}
	options := make([]part.Option, len(cells))
	for i, o := range cells {
		options[i] = part.Option{Value: o.ID, Text: o.Name}
	}
	return f.Select("organization", l.T("member.list.cell"), options)
}

func (v listView) figures(l locale.L) g.Node {
	n := v.counts
	var parts []string
	for _, p := range []struct {
		standing Standing
		count    int
	}{{Official, n.Official}, {Probationary, n.Probationary}, {Exempt, n.Exempt}, {Away, n.Away}, {Suspended, n.Suspended}, {Here, n.Here}} {
		if p.count > 0 {
			parts = append(parts, l.Of("member.standing", string(p.standing))+": "+l.Number(p.count))
		}
	}
	return part.Grid(
		part.Stat(l.T("member.count.all"), l.Number(n.HeadCount), h.Small(g.Text(strings.Join(parts, " · ")))),
		part.Stat(l.T("member.count.voters"), l.Number(n.Voters), h.Small(g.Text(l.T("member.count.voters_why")))),
		part.Stat(l.T("member.count.expected"), l.Number(n.Expected), h.Small(g.Text(l.T("member.count.expected_why")))),
	)
}

// makeUp says how many are women and have which learning.
func (v listView) makeUp(l locale.L) g.Node {
	share := func(n int) g.Node { return g.Text(l.Number(n) + " · " + l.Percent(n, v.structure.All)) }
	terms := []part.Term{part.Is(l.T("member.structure.women"), share(v.structure.Women))}
	for _, d := range Degrees {
		if n := v.structure.Degrees[d]; n > 0 {
			terms = append(terms, part.Is(l.Of("member.degree", string(d)), share(n)))
		}
	}
	for _, t := range TheoryLevels {
		if n := v.structure.Theories[t]; n > 0 {
			terms = append(terms, part.Is(l.Of("member.theory", string(t)), share(n)))
		}
	}
	return part.DescriptionList(terms...)
}

func (v listView) files(l locale.L) g.Node {
	if !v.writable {
		return nil
	}
	return part.NoPrint(part.Beside(
		part.LinkButton(v.url("/members/import"), l.T("member.list.import"), part.Small, part.IconUpload),
		part.LinkButton(v.url("/members/export.xlsx"), l.T("member.list.excel"), part.Small, part.IconDownload),
		part.LinkButton(v.url("/members/export.csv"), l.T("member.list.csv"), part.Small, part.IconDownload),
	))
}

// search narrows the roll while a name is being typed, and works by its button
// without JavaScript.
func (v listView) search(l locale.L) g.Node {
	f := part.Form{ID: "search", Values: url.Values{"organization": {v.cell.ID}, "q": {v.query}}}
	return part.NoPrint(part.Ask("/members", f.Hidden("organization"), part.Swap("/members", "#roll"), part.On("input changed delay:250ms from:#search-q, submit"),
		f.Input("q", l.T("member.list.search"), part.Help(l.T("member.list.search_help")), h.Type("search"), h.AutoComplete("off")),
		part.Actions(part.Button(l.T("member.list.find"), part.Small, part.IconSearch)),
	))
}

func (v listView) table(l locale.L) g.Node {
	if len(v.roll) == 0 {
		return part.Empty(l.T("member.list.nobody"), l.T("member.list.nobody_text", "Words", v.query))
	}
	columns := part.Heads(l.T("member.fact.full_name"), l.T("member.fact.born_on"), l.T("member.fact.admitted_on"),
		l.T("member.list.duties"), l.T("member.fact.standing"))
	rows := make([]part.Row, len(v.roll))
	for i, e := range v.roll {
		rows[i] = part.Row{
			h.B(part.Link("/members/"+e.ID, g.Text(e.FullName))),
			known(e.Born()), known(e.Admitted()), known(duties(l, e.Member, v.posts[e.ID])), standingTag(l, e.Standing),
		}
	}
	return part.Table(l.T("member.list.roll"), columns, rows...)
}

// known returns the text of a cell, a dash where nothing is known.
func known(text string) g.Node {
	if text == "" {
		return g.Text("–")
	}
	return part.Number(text)
}

// duties says what a person does in and for the cell.
func duties(l locale.L, m Member, posts []organization.Post) string {
	var all []string
	for _, p := range posts {
		all = append(all, l.Of("organization.post", string(p)))
	}
	for _, text := range []string{m.Field, m.Area} {
		if text != "" {
			all = append(all, text)
		}
	}
	return strings.Join(all, ", ")
}

// standingTag says how a person stands; colour only repeats it.
func standingTag(l locale.L, s Standing) g.Node {
	kind := part.Plain
	switch s {
	case Official:
		kind = part.OK
	case Probationary, Here:
		kind = part.Info
	case Exempt, Away:
		kind = part.Warn
	case Suspended, Moved, Removed, Died:
		kind = part.Bad
	}
	return part.Tag(kind, l.Of("member.standing", string(s)))
}
