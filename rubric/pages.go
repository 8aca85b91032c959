package rubric

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/web"
)

// Pages are the pages of sheets and sketches. Trials says what a sheet would make of
// meetings that an organisation has held; the reader must own its sheets.
type Pages struct {
	*Service
	Trials func(ctx context.Context, who access.Person, r Rubric, organization string) ([]Trial, error)
}

// section is the place of the navigation under which the pages stand.
const section = "quality"

// Routes lists the pages of the feature.
func (p Pages) Routes() []web.Route {
	return append([]web.Route{
		{Pattern: "GET /rubrics", Need: MayRead, Do: p.sheets},
		{Pattern: "GET /rubrics/{id}", Need: MayRead, Do: p.showSheet},
		{Pattern: "GET /rubrics/{id}/sheet.yaml", Need: MayRead, Do: p.sheetText},
	}, p.sketchRoutes()...)
}

func sheetCrumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("rubric.sheets"), URL: "/rubrics"}}
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
	return c.Page(web.Page{Title: c.L.T("rubric.sheets"), Lead: c.L.T("rubric.sheets_lead"), Section: section, Body: v.body()})
}

func (p Pages) showSheet(c *web.Ctx) error {
	r, err := p.FindSheet(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: r.Name, Lead: SourceText(c.L, r), Crumbs: sheetCrumbs(c), Section: section,
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
