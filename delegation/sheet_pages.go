package delegation

import (
	"strings"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/sheet"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// tables are the files in which a list may come.
var tables = web.Takes{Endings: sheet.Endings, Max: sheet.MaxBytes}

// export is the list of all who stand as a workbook.
func (p *Pages) export(c *web.Ctx) error {
	x, err := p.kept(c)
	if err != nil {
		return err
	}
	lines, err := conference.Categories(c.Context(), p.DB, x)
	if err != nil {
		return err
	}
	var all []Delegate
	if c.Query("empty") == "" {
		if all, err = Standing(c.Context(), p.DB, x); err != nil {
			return err
		}
		if err := p.Audit.Took(c.Context(), p.DB, c.Who, x.Root, "delegation.list_taken", x.ID); err != nil {
			return err
		}
	}
	return c.Sheet(p.now().Date().String()+" Danh sách đại biểu.xlsx", listSheet(c.L, x, lines, all))
}

// whose says of whose delegates a list or a paper of a conference tells: of nobody's where the
// query of that name has a value, for a sheet without names, or the papers of one.
func (p *Pages) whose(but string) func(*web.Ctx) (web.List, error) {
	return func(c *web.Ctx) (web.List, error) {
		x, err := p.kept(c)
		if err != nil || c.Query(but) != "" {
			return web.List{}, err
		}
		return conference.Whose(c.Context(), p.DB, x)
	}
}

func (p *Pages) importPage(c *web.Ctx) error {
	page, err := p.sheetPage(c, sheetView{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// sheetPage asks for a file, or shows what is in one.
func (p *Pages) sheetPage(c *web.Ctx, v sheetView) (web.Page, error) {
	x, err := p.kept(c)
	if err != nil {
		return web.Page{}, err
	}
	v.l, v.Conference = c.L, x
	if v.categories, err = conference.Categories(c.Context(), p.DB, x); err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: c.L.T("delegation.import"), Lead: x.Title, Section: section, Crumbs: crumbs(c, x, true), Body: v.body()}, nil
}

func (p *Pages) upload(c *web.Ctx) error {
	var list Looked
	file, err := c.Upload("file")
	if err == nil {
		err = sheet.Fits(file.Name, file.Data)
	}
	if err == nil {
		list, err = p.Bring(c.Context(), c.Who, c.Param("id"), file.Data)
	}
	if err == nil {
		page, err := p.sheetPage(c, sheetView{list: list, read: true})
		if err != nil {
			return err
		}
		return c.Page(page)
	}
	f := c.Refill(err)
	if f.Problems["file"] == "" { // every refusal here is about the file
		f.Problems["file"] = f.Message
	}
	return c.Redraw(err)(p.sheetPage(c, sheetView{form: f}))
}

func (p *Pages) take(c *web.Ctx) error {
	var f struct {
		List   string `form:"list"`
		Digest string `form:"digest"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	n, err := p.Take(c.Context(), c.Who, c.Param("id"), f.List, f.Digest)
	if fault.Is(err, fault.Conflict) { // shown anew, as it looks now
		list, failed := p.Look(c.Context(), c.Who, c.Param("id"), f.List)
		if failed != nil {
			return failed
		}
		return c.Redraw(err)(p.sheetPage(c, sheetView{form: c.Refill(err), list: list, read: true}))
	}
	return p.done(c, err, "", "delegation.done.imported", "Count", n)
}

// sheetView asks for a file, and shows its rows before they are taken.
type sheetView struct {
	conference.Conference

	l          locale.L
	form       web.Form
	categories []conference.Category
	list       Looked
	read       bool
}

func (v sheetView) body() g.Node {
	l := v.l
	ask := part.Card(part.Upload(delegatesPath(v.ID)+"/import", v.form.Summary(l), h.P(g.Text(l.T("delegation.import.lead"))), v.lines(),
		v.form.File("file", l.T("delegation.import.file"), tables.Accept(), part.Required),
		part.Actions(part.Button(l.T("delegation.import.look"), part.IconUpload),
			part.LinkButton(delegatesPath(v.ID)+"/list.xlsx?empty=true", l.T("delegation.import.template"), part.IconDownload))))
	if !v.read {
		return ask
	}
	return part.Stack(v.preview(), ask)
}

// lines names the lines of the conference as a file has to write them.
func (v sheetView) lines() g.Node {
	if len(v.categories) == 0 {
		return nil
	}
	return g.Group{part.Muted(g.Text(v.l.T("delegation.import.lines"))), h.Ul(g.Map(v.categories, func(y conference.Category) g.Node { return h.Li(g.Text(y.Title)) }))}
}

func (v sheetView) preview() g.Node {
	l, good := v.l, 0
	rows := make([]part.Row, len(v.list.Rows))
	for i, e := range v.list.Rows {
		state := part.Tag(part.OK, l.T("delegation.import.good"))
		if e.Problem == "" {
			good++
		} else {
			state = g.Group{part.Tag(part.Bad, l.T("delegation.import.bad")), h.Br(), h.Small(g.Text(l.T(e.Problem)))}
		}
		where := l.T("delegation.import.row", "Row", e.Row)
		if e.Sheet != "" {
			where = e.Sheet + ", " + where
		}
		rows[i] = part.Row{g.Text(where), g.Group{g.Text(e.Name), said(e.Post, e.Phone, e.Email)}, g.Text(e.Unit), g.Text(e.Line), state}
	}
	take := part.Note(part.Warn, g.Text(l.T("delegation.import.none")))
	if good > 0 {
		take = part.Post(delegatesPath(v.ID)+"/import/take", part.HiddenValue("list", v.list.ID), part.HiddenValue("digest", v.list.Digest),
			part.Actions(part.Button(l.T("delegation.import.take", "Count", good), part.Primary)))
	}
	var left g.Node
	if headers := v.list.Left(); len(headers) > 0 {
		left = part.Note(part.Warn, g.Text(l.T("delegation.import.left", "Headers", strings.Join(headers, "; "))))
	}
	return part.Card(part.Long, part.CardHead(l.T("delegation.import.count", "Good", good, "All", len(v.list.Rows))), left, take,
		part.Table(l.T("delegation.import"), part.Heads("", l.T("delegation.field.name"), l.T("delegation.field.unit"), l.T("delegation.field.line"), ""), rows...))
}

// said is what else a row says of somebody, under the name; nothing where it says nothing.
func said(texts ...string) g.Node {
	line := ""
	for _, s := range texts {
		line += joined(" · ", s)
	}
	if line == "" {
		return nil
	}
	return g.Group{h.Br(), h.Small(g.Text(strings.TrimPrefix(line, " · ")))}
}
