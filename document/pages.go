package document

import (
	"net/url"

	"chibo/kit/fault"
	"chibo/kit/web"
)

// Pages serves the number registers.
type Pages struct{ *Service }

// Routes lists the pages of the registers.
func (p Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /numbers", Need: MayRead, Do: p.home},
		{Pattern: "GET /numbers/{organization}", Need: MayRead, Do: p.show},
		{Pattern: "POST /numbers/{organization}/start", Need: MayNumber, Do: p.start},
		{Pattern: "POST /numbers/{organization}/blank", Need: MayNumber, Do: p.blank},
	}
}

// home leads to the registers of the cell in which the person works first.
func (p Pages) home(c *web.Ctx) error {
	home, ok := c.Who.Home()
	if !ok {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return c.See(address(home.Organization))
}

func address(organization string) string { return "/numbers/" + url.PathEscape(organization) }

func (p Pages) show(c *web.Ctx) error {
	page, err := p.page(c, web.Form{}, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p Pages) page(c *web.Ctx, start, blank web.Form) (web.Page, error) {
	b, err := p.Book(c.Context(), p.DB, c.Who.Scope(MayRead), c.Param("organization"))
	if err != nil {
		return web.Page{}, err
	}
	start.ID, blank.ID = "start", "blank"
	return web.Page{
		Title: c.L.T("document.numbers.title"), Lead: b.Organization.Name, Section: "numbers", Body: bookView(c.L, b, start, blank, c.Who.MayAt(MayNumber, b.Organization.Path)),
	}, nil
}

func (p Pages) start(c *web.Ctx) error {
	var f Start
	err := c.Decode(&f)
	if err == nil {
		err = p.SetStart(c.Context(), c.Who, c.Param("organization"), f)
	}
	if err == nil {
		return c.Done(address(c.Param("organization")), "document.numbers.start_set")
	}
	return c.Redraw(err)(p.page(c, c.Refill(err), web.Form{}))
}

func (p Pages) blank(c *web.Ctx) error {
	var f Gap
	err := c.Decode(&f)
	if err == nil {
		err = p.LeaveBlank(c.Context(), c.Who, c.Param("organization"), f)
	}
	if err == nil {
		return c.Done(address(c.Param("organization")), "document.numbers.left_blank")
	}
	return c.Redraw(err)(p.page(c, web.Form{}, c.Refill(err)))
}
