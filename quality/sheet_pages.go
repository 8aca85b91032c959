package quality

import (
	"cmp"

	"chibo/kit/fault"
	"chibo/kit/text"
	"chibo/kit/web"
	"chibo/organization"
)

func (p Pages) sheetRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /rubrics", Need: SeeSheets, Do: p.sheets},
		{Pattern: "GET /rubrics/new", Need: MayOwn, Do: p.newSheet},
		{Pattern: "POST /rubrics/new", Need: MayOwn, Do: p.tryOrAdd},
		{Pattern: "POST /rubrics/load", Need: MayOwn, Do: p.loadSheet},
		{Pattern: "GET /rubrics/{id}", Need: SeeSheets, Do: p.showSheet},
		{Pattern: "GET /rubrics/{id}/sheet.yaml", Need: SeeSheets, Do: p.sheetText},
	}
}

func sheetCrumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("quality.sheets"), URL: "/rubrics"}}
}

func (p Pages) sheets(c *web.Ctx) error {
	kept, names, err := p.Sheets(c.Context(), c.Who)
	if err != nil {
		return err
	}
	v := sheetsView{L: c.L, Kept: kept, Names: names, Today: p.now().Date(), Owns: c.Who.May(MayOwn)}
	return c.Page(web.Page{Title: c.L.T("quality.sheets"), Lead: c.L.T("quality.sheets_lead"), Section: section, Body: v.body()})
}

func (p Pages) showSheet(c *web.Ctx) error {
	r, err := p.FindSheet(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: r.Name, Lead: sourceText(c.L, r), Crumbs: sheetCrumbs(c), Section: section,
		Body: sheetView(c.L, r, c.Param("id"), c.Who.May(MayOwn)),
	})
}

func (p Pages) sheetText(c *web.Ctx) error {
	r, err := p.FindSheet(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	data, err := r.Text()
	if err != nil {
		return err
	}
	return c.Download(r.ID+".yaml", "application/yaml", data)
}

// sheetForm is the form of a new sheet: whose it is and its text.
type sheetForm struct {
	Organization string `form:"organization"`
	Sheet        string `form:"sheet"`
	Add          string `form:"add"`
}

// newSheet begins with the text of a sheet that is there.
func (p Pages) newSheet(c *web.Ctx) error {
	r, err := p.FindSheet(c.Context(), c.Who, cmp.Or(c.Query("from"), National(p.now().Date()).ID))
	if err != nil {
		return err
	}
	data, err := r.Text()
	if err != nil {
		return err
	}
	return p.editor(c, sheetForm{Organization: c.Query("organization"), Sheet: string(data)}, nil)
}

// editor shows a sheet to be written, with what Check says of it and what it would make
// of meetings that were held.
func (p Pages) editor(c *web.Ctx, f sheetForm, refused error) error {
	owners, err := organization.Under(c.Context(), p.DB, c.Who.Scope(MayOwn))
	if err != nil {
		return err
	}
	v := editorView{L: c.L, Owners: owners, Form: c.Fill(f)}
	if len(owners) > 0 && f.Organization == "" {
		f.Organization = owners[0].ID
		v.Form = c.Fill(f)
	}
	r, err := Parse([]byte(f.Sheet))
	if err != nil {
		v.Unread = fault.Of(err)
	} else {
		v.Read, v.Rubric, v.Findings = true, r, Check(r)
		if len(Wrong(v.Findings)) == 0 {
			if v.Trials, err = p.Try(c.Context(), c.Who, r, f.Organization); err != nil {
				return err
			}
		}
	}
	page := web.Page{Title: c.L.T("quality.sheet_new"), Lead: c.L.T("quality.sheet_new_lead"), Crumbs: sheetCrumbs(c), Section: section, Body: v.body()}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

// tryOrAdd shows what a sheet says and would do; with the button "add" it is put in
// force.
func (p Pages) tryOrAdd(c *web.Ctx) error {
	var f sheetForm
	if err := c.Decode(&f); err != nil {
		return err
	}
	if f.Add == "" {
		return p.editor(c, f, nil)
	}
	k, err := p.AddSheet(c.Context(), c.Who, f.Organization, f.Sheet)
	if err != nil {
		return p.editor(c, f, err)
	}
	return c.Done("/rubrics/"+k.ID, "quality.done.sheet")
}

// loadSheet reads a file into the editor.
func (p Pages) loadSheet(c *web.Ctx) error {
	file, err := c.Upload("file", MaxSheet)
	if err != nil {
		return p.editor(c, sheetForm{}, err)
	}
	return p.editor(c, sheetForm{Sheet: text.Clean(string(file.Data))}, nil)
}
