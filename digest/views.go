package digest

import (
	"net/url"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
	"chibo/quality"
)

// listView is the list of reports with the form of a new one.
type listView struct {
	L     locale.L
	Form  web.Form
	Units []organization.Organization
	Forms []Shipped
	All   []Named
}

func (v listView) body() g.Node { return part.Cols(v.list(), v.start()) }

func stateTag(l locale.L, d Digest) g.Node {
	if d.State == Issued {
		return part.Tag(part.OK, d.Number)
	}
	return part.Tag(part.Warn, l.Of("digest.state", string(d.State)))
}

func (v listView) list() g.Node {
	if len(v.All) == 0 {
		return part.Card(part.Empty(v.L.T("digest.empty"), v.L.T("digest.empty_help")))
	}
	entries := make([]g.Node, len(v.All))
	for i, d := range v.All {
		entries[i] = part.LinkEntry(d.Path(), d.Name+" · "+d.Period().Text(), d.Unit, stateTag(v.L, d.Digest))
	}
	return part.Card(part.CardHead(v.L.T("digest.all")), part.List(entries...))
}

func (v listView) start() g.Node {
	f := v.Form
	var units, forms []part.Option
	for _, o := range v.Units {
		units = append(units, part.Option{Value: o.ID, Text: o.Name})
	}
	for _, form := range v.Forms {
		forms = append(forms, part.Option{Value: form.ID, Text: form.Template.Name, Small: v.L.Of("digest.span", string(form.Template.Span))})
	}
	return part.Card(part.CardHead(v.L.T("digest.new")),
		part.Post("/digests", f.Summary(v.L), f.Select("unit", v.L.T("digest.field.unit"), units), f.Radios("form", v.L.T("digest.field.form"), forms),
			f.Month("month", v.L.T("digest.field.month"), part.Required, part.Help(v.L.T("digest.field.month_help"))),
			part.Actions(part.Button(v.L.T("digest.begin"), part.Primary))),
		h.P(part.Link("/digests/forms", g.Text(v.L.T("digest.forms")))))
}

// digestView is one report: the paper with numbers that open what they count.
type digestView struct {
	Report
	L      locale.L
	Sent   web.Form
	Offers []string
}

func (v digestView) t(key string, args ...any) string { return v.L.T("digest."+key, args...) }

func (v digestView) body() g.Node {
	var parts g.Group
	for i, s := range v.Form.Section {
		parts = append(parts, part.Card(part.CardHead(strconv.Itoa(i+1)+". "+s.Title), v.paragraph(v.Texts[i]), v.rows(s), v.cells(s)))
	}
	if v.State == Draft {
		return part.Cols(part.Stack(parts, v.edit()), part.Stack(v.work(), v.help()))
	}
	return part.Cols(part.Stack(parts), part.Stack(v.work()))
}

// figureURL is the list of what a figure counts.
func (r Report) figureURL(name, cell string) string {
	q := url.Values{"name": {name}}
	if cell != "" {
		q.Set("cell", cell)
	}
	return r.Path() + "/figures?" + q.Encode()
}

// number is a figure that opens what it counts.
func (v digestView) number(name, cell string) g.Node {
	value := v.Sheet.Value(name, cell)
	text := value.Text(v.L)
	if text == "" || value.Entries == 0 && cell != "" {
		return g.Text("–")
	}
	return part.Link(v.figureURL(name, cell), g.Text(text))
}

// paragraph is a text with its figures filled in.
func (v digestView) paragraph(text string) g.Node {
	if text == "" {
		return nil
	}
	var out g.Group
	for _, line := range strings.Split(text, "\n") {
		var p g.Group
		for i, piece := range tokens(line) {
			switch {
			case i%2 == 0:
				p = append(p, g.Text(piece))
			case piece == period:
				p = append(p, g.Text(v.Period().Text()))
			default:
				p = append(p, v.number(piece, ""))
			}
		}
		out = append(out, h.P(p))
	}
	return out
}

func (v digestView) rows(s Section) g.Node {
	if len(s.Row) == 0 {
		return nil
	}
	rows := make([]part.Row, len(s.Row))
	for i, r := range s.Row {
		rows[i] = part.Row{g.Text(r.Title), v.number(r.Figure, "")}
	}
	return part.Table(s.Title, []part.Column{{Title: v.t("col.what")}, {Title: v.t("col.number"), Right: true}}, rows...)
}

// cells is the table of the cells, with all together in its last line.
func (v digestView) cells(s Section) g.Node {
	if len(s.Column) == 0 {
		return nil
	}
	heads := []part.Column{{Title: v.t("col.cell")}}
	for _, c := range s.Column {
		f, _ := figureOf(c.Figure)
		heads = append(heads, part.Column{Title: c.Title, Right: f.kind != words})
	}
	var rows []part.Row
	for _, cell := range v.Sheet.Cells {
		row := part.Row{g.Text(cell.Name)}
		for _, c := range s.Column {
			row = append(row, v.number(c.Figure, cell.ID))
		}
		rows = append(rows, row)
	}
	last := part.Row{h.B(g.Text(v.t("sum")))}
	for _, c := range s.Column {
		if f, _ := figureOf(c.Figure); f.kind == words {
			last = append(last, g.Text(""))
			continue
		}
		last = append(last, h.B(v.number(c.Figure, "")))
	}
	return part.WideTable(s.Title, heads, append(rows, last)...)
}

// work is where the report stands and what may be done with it.
func (v digestView) work() g.Node {
	var more g.Node
	if v.State == Draft {
		seq := part.HiddenValue("seq", strconv.Itoa(v.Seq))
		more = g.Group{
			part.PostButton(v.Path()+"/issue", v.t("issue"), part.Primary, part.Wide, seq, part.Confirm(v.L, v.t("issue_ask"), v.t("issue"))),
			part.Muted(g.Text(v.t("issue_help"))),
			part.PostButton(v.Path()+"/drop", v.t("drop"), part.Confirm(v.L, v.t("drop_ask"), v.t("drop"))),
		}
	} else {
		more = part.DescriptionList(part.Is(v.t("number"), h.B(g.Text(v.Number))), part.Is(v.t("issued_on"), g.Text(v.IssuedOn.Slashed())), part.Is(v.t("frozen"), g.Text(v.t("frozen_help"))))
	}
	return part.Card(part.CardHead(v.L.Of("digest.state", string(v.State)), stateTag(v.L, v.Digest)), v.Sent.Summary(v.L), more,
		part.Actions(
			part.LinkButton(v.Path()+"/paper.docx", v.t("docx"), part.IconPaper),
			part.LinkButton(v.Path()+"/paper.pdf", v.t("pdf"), part.IconPrinter),
			part.LinkButton(v.Path()+"/paper.xlsx", v.t("excel"), part.IconDownload)),
		g.If(v.Form.Source != "", part.Muted(g.Text(v.Form.Source))))
}

// edit is the form of the paragraphs.
func (v digestView) edit() g.Node {
	f := v.Sent
	if f.Values == nil {
		f.Values = url.Values{}
		for i, text := range v.Texts {
			f.Values.Set(TextField(i), text)
		}
	}
	var fields g.Group
	for i, s := range v.Form.Section {
		fields = append(fields, f.Textarea(TextField(i), strconv.Itoa(i+1)+". "+s.Title))
	}
	return part.Card(h.ID("edit"), part.CardHead(v.t("edit")), part.Muted(g.Text(v.t("edit_help"))),
		part.Post(v.Path(), part.HiddenValue("seq", strconv.Itoa(v.Seq)), fields, part.Actions(part.Button(v.t("save"), part.Primary))))
}

// help lists the figures that a text may name.
func (v digestView) help() g.Node { return tokenCard(v.L, v.Offers) }

func tokenCard(l locale.L, offers []string) g.Node {
	items := g.Group{h.Li(g.Text("{" + period + "}"))}
	for _, name := range offers {
		items = append(items, h.Li(g.Text("{"+name+"}")))
	}
	return part.Card(part.CardHead(l.T("digest.tokens")), part.Muted(g.Text(l.T("digest.tokens_help"))), part.Details(l.T("digest.tokens_all"), h.Ul(items)))
}

// figureView lists what a number counts.
type figureView struct {
	Report
	L      locale.L
	Figure figure
	Cell   string
}

func (v figureView) lead() string {
	when := v.L.T("digest.counted_now")
	if v.State == Issued {
		when = v.L.T("digest.counted_on", "Day", v.IssuedOn.Slashed(), "Number", v.Number)
	}
	if v.Cell != "" {
		return v.Sheet.Name(v.Cell) + " · " + when
	}
	return when
}

func (v figureView) body() g.Node {
	var rows []part.Row
	for _, e := range v.Sheet.Entries[v.Figure.name] {
		if v.Cell != "" && e.Cell != v.Cell {
			continue
		}
		month := "–"
		if !e.Month.IsZero() {
			month = e.Month.Slashed()
		}
		one := valueOf(v.Figure, []Entry{e}, "").Text(v.L)
		if v.Figure.kind == count && e.Text != "" {
			one = e.Text
		}
		rows = append(rows, part.Row{g.Text(v.Sheet.Name(e.Cell)), g.Text(month), part.Link(v.address(e), g.Text(one))})
	}
	if len(rows) == 0 {
		return part.Card(part.Empty(v.L.T("digest.nothing"), v.L.T("digest.nothing_help")), part.LinkButton(v.Path(), v.L.T("digest.back")))
	}
	return part.Stack(part.Card(part.Table(v.Figure.name, part.Heads(v.L.T("digest.col.cell"), v.L.T("digest.col.month"), v.L.T("digest.col.number")), rows...)),
		part.LinkButton(v.Path(), v.L.T("digest.back")))
}

// address opens what an entry speaks of.
func (v figureView) address(e Entry) string {
	switch {
	case e.Meeting != "" && v.Figure.need == quality.MayRead:
		return "/meetings/" + e.Meeting + "/quality"
	case e.Meeting != "":
		return "/meetings/" + e.Meeting
	case v.Figure.need == quality.MayRead:
		return "/quality/" + e.Cell + "/" + strconv.Itoa(v.First.Year)
	}
	return "/meetings?cell=" + e.Cell + "&year=" + strconv.Itoa(v.First.Year)
}

func (v formsView) body() g.Node {
	l := v.L
	var cards g.Group
	for _, f := range v.Forms {
		drop := g.Node(nil)
		if v.Own[f.ID] {
			drop = part.PostButton("/digests/forms/"+f.ID+"/drop", l.T("digest.form_drop"), part.HiddenValue("unit", v.Unit.ID), part.Confirm(l, l.T("digest.form_drop_ask"), l.T("digest.form_drop")))
		}
		cards = append(cards, part.Card(part.CardHead(f.Template.Name, part.Tag(part.Plain, l.Of("digest.span", string(f.Template.Span)))), part.Muted(g.Text(f.Template.Source)),
			part.Details(l.T("digest.form_text"), h.Pre(g.Text(f.Text))),
			part.Actions(part.LinkButton(formsAddress(v.Unit.ID)+"&from="+f.ID+"#text", l.T("digest.form_copy")), drop)))
	}
	f := v.Form
	return part.Cols(part.Stack(cards), part.Stack(
		part.Card(h.ID("text"), part.CardHead(l.T("digest.form_add")), part.Muted(g.Text(l.T("digest.form_add_help"))),
			part.Post("/digests/forms", f.Summary(l), part.HiddenValue("unit", v.Unit.ID), f.Textarea("text", l.T("digest.field.text"), h.Rows("16")), part.Actions(part.Button(l.T("digest.form_save"), part.Primary)))),
		tokenCard(l, v.Offers)))
}

// homeCard leads to the newest reports and to a new one.
func homeCard(l locale.L, newest []Named) g.Node {
	var lines g.Group
	for _, d := range newest {
		lines = append(lines, part.LinkEntry(d.Path(), d.Name+" · "+d.Period().Text(), d.Unit, stateTag(l, d.Digest)))
	}
	return part.Card(part.CardHead(l.T("digest.title")), g.If(len(lines) > 0, part.List(lines...)), part.LinkButton("/digests", l.T("digest.open"), part.Wide, part.IconPaper))
}
