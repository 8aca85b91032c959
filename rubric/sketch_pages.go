package rubric

import (
	"net/url"

	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/text"
	"chibo/kit/web"
	"chibo/organization"
)

func (p Pages) sketchRoutes() []web.Route {
	const one = "/sketches/{id}"
	return []web.Route{
		{Pattern: "GET /rubrics/new", Need: MayOwn, Do: p.newSheet},
		{Pattern: "POST /sketches", Need: MayOwn, Do: p.begin},
		{Pattern: "POST /rubrics/load", Need: MayOwn, Do: p.loadSheet, Takes: sheets},
		{Pattern: "GET " + one, Need: MayOwn, Do: p.sketch},
		{Pattern: "GET " + one + "/sheet.yaml", Need: MayOwn, Do: p.sketchText},
		{Pattern: "GET " + one + "/head", Need: MayOwn, Do: p.part(headPart)},
		{Pattern: "POST " + one + "/head", Need: MayOwn, Do: p.putPart(headPart)},
		{Pattern: "GET " + one + "/levels", Need: MayOwn, Do: p.part(levelsPart)},
		{Pattern: "POST " + one + "/levels", Need: MayOwn, Do: p.putPart(levelsPart)},
		{Pattern: "GET " + one + "/text", Need: MayOwn, Do: p.part(textPart)},
		{Pattern: "POST " + one + "/text", Need: MayOwn, Do: p.putPart(textPart)},
		{Pattern: "GET " + one + "/line", Need: MayOwn, Do: p.line},
		{Pattern: "POST " + one + "/line", Need: MayOwn, Do: p.putLine},
		{Pattern: "POST " + one + "/line/look", Need: MayOwn, Do: p.lookLine},
		{Pattern: "POST " + one + "/line/move", Need: MayOwn, Do: p.moveLine},
		{Pattern: "POST " + one + "/line/remove", Need: MayOwn, Do: p.removeLine},
		{Pattern: "POST " + one + "/adopt", Need: MayOwn, Do: p.adopt},
		{Pattern: "POST " + one + "/drop", Need: MayOwn, Do: p.dropSketch},
	}
}

// sheets are the files in which a sheet may come.
var sheets = web.Takes{Endings: []string{"yaml", "yml"}, Max: MaxSheet}

// beginning is the form that starts a sheet: whose it is, and from which.
type beginning struct {
	Organization string `form:"organization"`
	From         string `form:"from"`
}

// newSheet asks whose the new sheet is and which one it begins with.
func (p Pages) newSheet(c *web.Ctx) error {
	return p.newPage(c, c.Fill(beginning{c.Query("organization"), c.Query("from")}), nil)
}

func (p Pages) newPage(c *web.Ctx, f web.Form, refused error) error {
	owners, err := organization.Under(c.Context(), p.DB, c.Who.Scope(MayOwn))
	if err != nil {
		return err
	}
	kept, _, err := p.Sheets(c.Context(), c.Who)
	if err != nil {
		return err
	}
	v := newView{L: c.L, Owners: owners, Kept: kept, Form: f}
	page := web.Page{Title: c.L.T("rubric.sheet_new"), Lead: c.L.T("rubric.sheet_new_lead"), Crumbs: sheetCrumbs(c), Section: section, Body: v.body()}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

// begin starts a sheet as a copy of another, or blank.
func (p Pages) begin(c *web.Ctx) error {
	var f beginning
	if err := c.Decode(&f); err != nil {
		return err
	}
	r := Blank()
	if f.From != "" {
		var err error
		if r, err = p.FindSheet(c.Context(), c.Who, f.From); err != nil {
			return err
		}
	}
	k, err := p.Begin(c.Context(), c.Who, f.Organization, r)
	if err != nil {
		return err
	}
	if f.From == "" {
		return c.See(k.Path() + "/head")
	}
	return c.See(k.Path())
}

// loadSheet starts a sheet from a file.
func (p Pages) loadSheet(c *web.Ctx) error {
	file, err := c.Upload("file")
	var f beginning
	if err == nil {
		err = c.Decode(&f)
	}
	var r Rubric
	if err == nil {
		r, err = Parse([]byte(text.Clean(string(file.Data))))
	}
	if err != nil {
		return p.newPage(c, c.Refill(err), err)
	}
	k, err := p.Begin(c.Context(), c.Who, f.Organization, r)
	if err != nil {
		return err
	}
	return c.See(k.Path())
}

func (p Pages) sketch(c *web.Ctx) error {
	page, err := p.sketchPage(c)
	if err != nil {
		return err
	}
	return c.Page(page)
}

// sketchPage shows a sheet that is being written: its lines, what Check says, and what
// it would make of meetings that were held.
func (p Pages) sketchPage(c *web.Ctx) (web.Page, error) {
	k, r, err := p.FindSketch(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := sketchView{L: c.L, Sketch: k, Rubric: r, Findings: Check(r)}
	if len(Wrong(v.Findings)) == 0 {
		if v.Trials, err = p.Trials(c.Context(), c.Who, r, k.Organization); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{Title: sketchName(c, r), Lead: c.L.T("rubric.sketch_lead"), Crumbs: sheetCrumbs(c), Section: section, Body: v.body()}, nil
}

func sketchName(c *web.Ctx, r Rubric) string {
	if r.Name == "" {
		return c.L.T("rubric.sketch")
	}
	return r.Name
}

func (p Pages) sketchText(c *web.Ctx) error {
	k, _, err := p.FindSketch(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Download(k.ID+".yaml", "application/yaml", []byte(k.Sheet))
}

// sheetPart is a part of a sheet that is written on a page of its own: how its fields
// are filled, read and shown.
type sheetPart struct {
	name string // in addresses
	fill func(Rubric) (url.Values, error)
	read func(*Rubric, url.Values) error
	show func(partView) g.Node
}

var (
	headPart = sheetPart{
		"head", func(r Rubric) (url.Values, error) { return headOf(r), nil }, putHead, partView.head,
	}
	levelsPart = sheetPart{
		"levels", func(r Rubric) (url.Values, error) { return levelsOf(r), nil }, putLevels, partView.levels,
	}
	textPart = sheetPart{"text", func(r Rubric) (url.Values, error) {
		text, err := r.Text()
		return url.Values{"sheet": {string(text)}}, err
	}, putText, partView.text}
)

// putText takes a whole sheet as YAML.
func putText(r *Rubric, v url.Values) error {
	read, err := Parse([]byte(v.Get("sheet")))
	if err == nil {
		*r = read
	}
	return err
}

func (p Pages) part(s sheetPart) web.Handler {
	return func(c *web.Ctx) error {
		_, r, err := p.FindSketch(c.Context(), c.Who, c.Param("id"))
		if err != nil {
			return err
		}
		values, err := s.fill(r)
		if err != nil {
			return err
		}
		page := p.partPage(c, s, r, web.Form{Values: values})
		return c.Page(page)
	}
}

func (p Pages) partPage(c *web.Ctx, s sheetPart, r Rubric, f web.Form) web.Page {
	v := partView{L: c.L, Part: s, Path: sketchPath(c), Rubric: r, Form: f}
	return web.Page{
		Title: c.L.Of("rubric.part", s.name), Lead: sketchName(c, r), Section: section,
		Crumbs: append(sheetCrumbs(c), web.Crumb{Text: sketchName(c, r), URL: v.Path}), Body: v.body(),
	}
}

func sketchPath(c *web.Ctx) string { return Sketch{ID: c.Param("id")}.Path() }

// putPart writes a part of the sheet; whoever asks for more rows gets them and nothing
// is written.
func (p Pages) putPart(s sheetPart) web.Handler {
	return func(c *web.Ctx) error {
		values, err := c.Values()
		if err != nil {
			return err
		}
		var r Rubric
		if values.Get("more") != "" {
			if _, r, err = p.FindSketch(c.Context(), c.Who, c.Param("id")); err != nil {
				return err
			}
			return c.Page(p.partPage(c, s, r, web.Form{Values: values}))
		}
		err = p.Rewrite(c.Context(), c.Who, c.Param("id"), func(r *Rubric) error { return s.read(r, values) })
		if err == nil {
			return c.Done(sketchPath(c), "rubric.done.sketch")
		}
		if fault.Is(err, fault.NotFound) {
			return err
		}
		_, r, other := p.FindSketch(c.Context(), c.Who, c.Param("id"))
		if other != nil {
			return other
		}
		return c.Again(err, p.partPage(c, s, r, c.Refill(err)))
	}
}

// adopt puts the sheet in force.
func (p Pages) adopt(c *web.Ctx) error {
	k, err := p.Adopt(c.Context(), c.Who, c.Param("id"))
	if fault.Is(err, fault.Invalid) {
		page, other := p.sketchPage(c)
		if other != nil {
			return other
		}
		return c.Again(err, page)
	}
	if err != nil {
		return err
	}
	return c.Done("/rubrics/"+k.ID, "rubric.done.sheet")
}

func (p Pages) dropSketch(c *web.Ctx) error {
	if err := p.DropSketch(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/rubrics", "rubric.done.sketch_dropped")
}
