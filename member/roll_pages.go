package member

import (
	"net/url"
	"slices"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/sheet"
	"chibo/kit/web"
	"chibo/organization"
)

// importURL is the address of an upload.
func importURL(id string) string { return "/members/import?id=" + id }

// sheetURL is the address of a sheet of an upload.
func sheetURL(id, tab string) string { return importURL(id) + "&sheet=" + url.QueryEscape(tab) }

// importPage asks for a file, or shows an upload: what it would do, or has done.
func (p *Pages) importPage(c *web.Ctx) error {
	if id := c.Query("id"); id != "" {
		return p.preview(c, id, c.Query("sheet"), nil)
	}
	return p.uploadPage(c, c.Query("organization"), nil)
}

func (p *Pages) uploadPage(c *web.Ctx, asked string, refused error) error {
	cells, cell, err := p.cells(c, Write, asked)
	if err != nil {
		return err
	}
	f := web.Form{Values: map[string][]string{"organization": {cell.ID}}}
	if refused != nil {
		f = c.Refill(refused)
		if f.Problems["file"] == "" { // every refusal here is about the file
			f.Problems["file"] = f.Message
		}
	}
	page := web.Page{
		Title: c.L.T("member.import.title"), Section: "members", Crumbs: listCrumbs(c, cell),
		Body: uploadBody(c.L, f, cells, cell),
	}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

func (p *Pages) upload(c *web.Ctx) error {
	file, err := c.Upload("file")
	var f struct {
		Organization string `form:"organization"`
	}
	if bad := c.Decode(&f); bad != nil {
		return bad
	}
	id := ""
	if err == nil {
		id, err = p.Upload(c.Context(), c.Who, f.Organization, file.Name, file.Data)
	}
	if err != nil {
		return p.uploadPage(c, f.Organization, err)
	}
	return c.See(importURL(id))
}

func (p *Pages) preview(c *web.Ctx, id, tab string, refused error) error {
	preview, err := p.Preview(c.Context(), c.Who, id, tab)
	if err != nil {
		return err
	}
	if preview.Report != nil && preview.Report.Whole != nil {
		return c.See(wholeURL(id))
	}
	v := previewView{Preview: preview, private: c.Who.MayAt(Private, preview.Cell.Path)}
	if refused != nil {
		v.message = c.L.Fill(fault.Of(refused).Key, nil)
	}
	page := web.Page{
		Title: c.L.T("member.import.title"), Lead: preview.Cell.Name, Section: "members", Crumbs: listCrumbs(c, preview.Cell),
		Body: v.body(c.L),
	}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

func (p *Pages) confirm(c *web.Ctx) error {
	var f struct {
		ID     string `form:"id"`
		Sheet  string `form:"sheet"`
		Digest string `form:"digest"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	report, err := p.Confirm(c.Context(), c.Who, f.ID, f.Sheet, f.Digest, c.L)
	if fault.Is(err, fault.Conflict) {
		return p.preview(c, f.ID, f.Sheet, err)
	}
	if err != nil {
		return err
	}
	return c.Done(importURL(f.ID), "member.done.imported", "Rows", report.Rows, "Stored", report.Rows-report.Refused)
}

func (p *Pages) exportXLSX(c *web.Ctx) error {
	table, cell, err := p.export(c)
	if err != nil {
		return err
	}
	return c.Sheet(p.fileName(cell)+".xlsx", table)
}

func (p *Pages) exportCSV(c *web.Ctx) error {
	table, cell, err := p.export(c)
	if err != nil {
		return err
	}
	return c.CSV(p.fileName(cell)+".csv", table)
}

func (p *Pages) export(c *web.Ctx) (sheet.Table, organization.Organization, error) {
	_, cell, err := p.cells(c, Write, c.Query("organization"))
	if err != nil {
		return sheet.Table{}, cell, err
	}
	return p.Export(c.Context(), c.Who, cell.ID)
}

// whose says of whose people a roll tells, to somebody who reaches the cell from above.
func (p *Pages) whose(c *web.Ctx) (web.List, error) {
	_, cell, err := p.cells(c, Write, c.Query("organization"))
	if err != nil || slices.ContainsFunc(c.Who.Grants, func(g access.Grant) bool { return g.Organization == cell.ID && g.Needs[Write] }) {
		return web.List{}, err
	}
	return web.List{Kind: "permit.kind.roll", Root: cell.Root, Unit: cell.ID, Subject: "roll:" + cell.ID}, nil
}

// fileName names a written roll so that files sort by day.
func (p *Pages) fileName(cell organization.Organization) string {
	return p.today().String() + " Danh sách đảng viên " + cell.Name
}

func (p *Pages) template(c *web.Ctx) error {
	_, cell, err := p.cells(c, Write, c.Query("organization"))
	if err != nil {
		return err
	}
	table, err := p.Template(c.Context(), c.Who, cell.ID)
	if err != nil {
		return err
	}
	return c.Sheet("Mẫu danh sách đảng viên.xlsx", table)
}
