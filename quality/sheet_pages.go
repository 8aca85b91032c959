package quality

import "chibo/kit/web"

func (p Pages) sheetRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /rubrics", Need: SeeSheets, Do: p.sheets},
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
	if v.Sketches, err = sketches(c.Context(), p.DB, c.Who.Scope(MayOwn)); err != nil {
		return err
	}
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
