package report

import (
	"slices"
	"strconv"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/member"
	"chibo/organization"
)

// Pages serves the years.
type Pages struct{ *Service }

// section is the entry of the navigation.
const section = "years"

// Routes lists the pages of years.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /years", Need: MayRead, Do: p.home},
		{Pattern: "GET /years/{organization}/{year}", Need: MayRead, Do: p.year},
		{Pattern: "GET /years/{organization}/{year}/table.xlsx", Need: MayRead, Do: p.workbook},
		{Pattern: "POST /years/{organization}/{year}/books/{version}", Need: MayBind, Do: p.ask},
		{Pattern: "GET /years/{organization}/{year}/books/{version}", Need: MayOpen, Do: p.waiting},
		{Pattern: "GET /years/{organization}/{year}/books/{version}/{form}", Need: MayOpen, Do: p.open, Mass: true},
	}
}

func yearURL(organization string, year int) string {
	return "/years/" + organization + "/" + strconv.Itoa(year)
}

func bookURL(b Book) string {
	return yearURL(b.Organization, b.Year) + "/books/" + string(b.Version)
}

// home leads to the year of the reader's cell, and shows a superior all cells.
func (p *Pages) home(c *web.Ctx) error {
	today := p.now().Date()
	cells, err := p.cells(c)
	if err != nil {
		return err
	}
	if len(cells) == 1 {
		return c.See(yearURL(cells[0].ID, today.Year))
	}
	v := boardView{L: c.L, Year: c.QueryInt("year", today.Year), Today: today}
	if !possible(v.Year) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	for _, o := range cells {
		y, err := p.Read(c.Context(), p.DB, o, v.Year)
		if err != nil {
			return err
		}
		v.Cells = append(v.Cells, y)
	}
	return c.Page(web.Page{Title: c.L.T("report.board", "Year", v.Year), Lead: c.L.T("report.board_lead"), Section: section, Wide: true, Body: v.body()})
}

// cells are the cells whose figures the reader may see, in the order of the tree.
func (p *Pages) cells(c *web.Ctx) ([]organization.Organization, error) {
	return organization.CellsUnder(c.Context(), p.DB, c.Who.Scope(MayRead).Near())
}

// find returns the cell and the year of the address.
func (p *Pages) find(c *web.Ctx, need access.Need) (organization.Organization, int, error) {
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(need), c.Param("organization"))
	if err != nil {
		return o, 0, err
	}
	year, err := strconv.Atoi(c.Param("year"))
	if err != nil || !possible(year) || o.Level != organization.Cell {
		return o, 0, fault.New(fault.NotFound, "fault.not_found")
	}
	return o, year, nil
}

func (p *Pages) year(c *web.Ctx) error {
	o, year, err := p.find(c, MayRead)
	if err != nil {
		return err
	}
	v := yearView{L: c.L, Today: p.now().Date(), Now: p.now(), Binds: c.Who.MayAt(MayBind, o.Path), Opens: c.Who.MayAt(MayOpen, o.Path)}
	if v.Year, err = p.Read(c.Context(), p.DB, o, year); err != nil {
		return err
	}
	for _, version := range Versions {
		if !c.Who.MayAt(version.need(), o.Path) {
			continue
		}
		b, err := p.bookView(c, o, year, version)
		if err != nil {
			return err
		}
		v.Books = append(v.Books, b)
	}
	return c.Page(web.Page{Title: c.L.T("report.title", "Year", year), Lead: o.Name, Section: section, Wide: true, Body: v.body()})
}

// bookView reads what the card of a year book shows.
func (p *Pages) bookView(c *web.Ctx, o organization.Organization, year int, version Version) (bookView, error) {
	b, _, err := book(c.Context(), p.DB, o.Root, o.ID, year, version)
	if err != nil {
		return bookView{}, err
	}
	b.Organization, b.Year, b.Version = o.ID, year, version
	names, err := member.Names(c.Context(), p.DB, o.Root, b.AskedBy, b.MadeBy)
	return bookView{Book: b, L: c.L, Now: p.now(), Names: names, Binds: c.Who.MayAt(MayBind, o.Path)}, err
}

// waiting is the card of one book, which asks for itself again while it is being made;
// without scripts it is the page.
func (p *Pages) waiting(c *web.Ctx) error {
	version := Version(c.Param("version"))
	o, year, err := p.find(c, version.need())
	if err != nil {
		return err
	}
	if !slices.Contains(Versions, version) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if !c.HX() {
		return c.See(yearURL(o.ID, year))
	}
	v, err := p.bookView(c, o, year, version)
	if err != nil {
		return err
	}
	return c.Fragment(v.card())
}

func (p *Pages) ask(c *web.Ctx) error {
	o, year, err := p.find(c, MayBind)
	if err != nil {
		return err
	}
	if err := p.Ask(c.Context(), c.Who, o.ID, year, Version(c.Param("version"))); err != nil {
		return err
	}
	return c.See(yearURL(o.ID, year) + "#books")
}

func (p *Pages) open(c *web.Ctx) error {
	o, year, err := p.find(c, MayOpen)
	if err != nil {
		return err
	}
	form := c.Param("form")
	name, data, err := p.Open(c.Context(), c.Who, o.ID, year, Version(c.Param("version")), form)
	if err != nil {
		return err
	}
	if form == "pdf" {
		return c.Inline(name, "application/pdf", data)
	}
	return c.Download(name, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", data)
}

func (p *Pages) workbook(c *web.Ctx) error {
	o, year, err := p.find(c, MayRead)
	if err != nil {
		return err
	}
	y, err := p.Read(c.Context(), p.DB, o, year)
	if err != nil {
		return err
	}
	return c.Sheet("nam-"+strconv.Itoa(year)+".xlsx", y.workbook(c.L))
}

// HomePanel calls the committee of a cell to bind the year when it ends, from the middle of
// December to the end of January; nil at other times and once the book is made.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	home, there := c.Who.Home()
	year, calls := ending(p.now().Date())
	if !there || !calls || !c.Who.MayAt(MayBind, home.Path) {
		return nil, nil
	}
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(MayBind), home.Organization)
	if err != nil || o.Level != organization.Cell {
		return nil, err
	}
	b, _, err := book(c.Context(), p.DB, o.Root, o.ID, year, Open)
	if err != nil || b.Exists() {
		return nil, err
	}
	y, err := p.Read(c.Context(), p.DB, o, year)
	return homeCard(c.L, y, len(y.Gaps(p.now().Date()))), err
}

// UnitPanel leads from the page of a cell to its year; nil for whoever may not see it.
func (p *Pages) UnitPanel(c *web.Ctx, o organization.Organization) g.Node {
	if o.Level != organization.Cell || !c.Who.MayAt(MayRead, o.Path) {
		return nil
	}
	return unitCard(c.L, o, p.now().Date().Year)
}
