package privacy

import (
	g "maragu.dev/gomponents"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/member"
)

// Pages are one's own data, and the requests of others for those who answer them.
type Pages struct{ *Service }

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /me/data", Need: access.SignedIn, Do: p.own},
		{Pattern: "GET " + looksPath, Need: access.SignedIn, Do: p.looks},
		{Pattern: "POST /me/data/read", Need: access.SignedIn, Do: p.acknowledge},
		{Pattern: "POST /me/data/requests", Need: access.SignedIn, Do: p.ask},
		{Pattern: "GET /me/data/copy.json", Need: access.SignedIn, Do: p.copyJSON},
		{Pattern: "GET /me/data/copy.pdf", Need: access.SignedIn, Do: p.paper("pdf")},
		{Pattern: "GET /me/data/copy.docx", Need: access.SignedIn, Do: p.paper("docx")},
		{Pattern: "GET /privacy", Need: Handle, Do: p.requests},
		{Pattern: "POST /privacy/{id}/answer", Need: Handle, Do: p.answer},
		{Pattern: "POST /privacy/{id}/take", Need: Handle, Do: p.take},
		{Pattern: "POST /privacy/{id}/accept", Need: Handle, Do: p.accept},
		{Pattern: "POST /privacy/{id}/extend", Need: Handle, Do: p.extend},
		{Pattern: "POST /privacy/{id}/erase", Need: Handle, Do: p.erase},
		{Pattern: "GET /privacy/retention", Need: Keep, Do: p.retention},
		{Pattern: "POST /privacy/retention", Need: Keep, Do: p.setPeriod},
		{Pattern: "POST /privacy/retention/discard", Need: Keep, Do: p.discard},
		{Pattern: "GET /privacy/inventory", Need: Handle, Do: p.inventory},
	}
}

const (
	section   = "data"
	looksPath = "/me/data/looks"
)

func (p *Pages) own(c *web.Ctx) error { return p.ownAgain(c, nil, web.Form{}) }

// ownAgain draws the page of one's own data, with a request as it was refused.
func (p *Pages) ownAgain(c *web.Ctx, refused error, f web.Form) error {
	v := ownView{L: c.L, Now: p.now(), Form: f, Member: c.Who.Member != ""}
	var err error
	if v.Copy, err = p.kept(c.Context(), c.Who); err != nil {
		return err
	}
	for which, to := range map[Which]*[]Look{OwnLooks: &v.Own, ListLooks: &v.Lists} {
		if *to, _, err = looksAfter(c.Context(), p.DB, c.Who, which, last, mostLooks); err != nil {
			return err
		}
	}
	if v.ReadAt, v.Read, err = acknowledged(c.Context(), p.DB, c.Who.Root, c.Who.Account, noticeVersion); err != nil {
		return err
	}
	if v.Member {
		if v.Requests, err = requestsOf(c.Context(), p.DB, c.Who.Root, c.Who.Member); err != nil {
			return err
		}
	}
	page := web.Page{Title: c.L.T("privacy.title"), Lead: c.Who.Name, Section: section, Body: v.body()}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

// looks shows all looks at what is kept of the reader, a hundred a page.
func (p *Pages) looks(c *web.Ctx) error {
	looks, older, err := looksAfter(c.Context(), p.DB, c.Who, AllLooks, markOf(c.Query("before")), longestPage)
	if err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: c.L.T("privacy.looks"), Lead: c.L.T("privacy.looks_lists_help"), Section: section,
		Crumbs: []web.Crumb{{Text: c.L.T("privacy.title"), URL: "/me/data"}}, Body: looksBody(c.L, looks, older),
	})
}

func (p *Pages) acknowledge(c *web.Ctx) error {
	if err := p.Acknowledge(c.Context(), c.Who); err != nil {
		return err
	}
	return c.Done("/", "privacy.done.read")
}

func (p *Pages) ask(c *web.Ctx) error {
	var form Asking
	err := c.Decode(&form)
	if err == nil {
		err = p.Ask(c.Context(), c.Who, form)
	}
	if err != nil {
		return p.ownAgain(c, err, c.Refill(err))
	}
	return c.Done("/me/data", "privacy.done.asked")
}

func (p *Pages) copyJSON(c *web.Ctx) error {
	all, err := p.Copy(c.Context(), c.Who)
	if err != nil {
		return err
	}
	data, err := all.JSON()
	if err != nil {
		return err
	}
	return c.Download("Du lieu cua toi.json", "application/json", data)
}

func (p *Pages) paper(form string) web.Handler {
	return func(c *web.Ctx) error {
		all, err := p.Copy(c.Context(), c.Who)
		if err != nil {
			return err
		}
		return document.Send(c, all.Doc(), "Du lieu cua toi."+form, form)
	}
}

// shownDays is how long answered requests stay on the list of those who answer them.
const shownDays = 90

func (p *Pages) requests(c *web.Ctx) error { return p.requestsAgain(c, nil, web.Form{}) }

// requestsAgain draws the list of those who answer, with a form as it was refused.
func (p *Pages) requestsAgain(c *web.Ctx, refused error, f web.Form) error {
	v := requestsView{L: c.L, Now: p.now(), Form: f, Reader: c.Who.Member, Profiles: map[string]member.Member{}, Left: map[string][]Counted{}, Keeps: c.Who.May(Keep)}
	all, err := InScope(c.Context(), p.DB, c.Who.Scope(Handle), p.now().Date().AddDays(-shownDays).Start())
	if err != nil {
		return err
	}
	v.Requests = all
	for _, r := range all {
		if v.Profiles[r.Member], err = member.Find(c.Context(), p.DB, r.Root, r.Member); err != nil {
			return err
		}
		if r.Claim != Delete || !r.Open() {
			continue
		}
		if v.Left[r.ID], err = LeftOf(c.Context(), p.DB, r.Root, r.Member); err != nil {
			return err
		}
	}
	page := web.Page{Title: c.L.T("privacy.requests.title"), Lead: c.L.T("privacy.requests.lead"), Section: "privacy", Body: v.body()}
	if refused != nil {
		return c.Again(refused, page)
	}
	return c.Page(page)
}

func (p *Pages) answer(c *web.Ctx) error {
	var form Reply
	err := c.Decode(&form)
	if err == nil {
		err = p.Answer(c.Context(), c.Who, c.Param("id"), form)
	}
	return p.changed(c, err, "privacy.done.answered")
}

func (p *Pages) take(c *web.Ctx) error {
	return p.changed(c, p.TakeOver(c.Context(), c.Who, c.Param("id"), c.L.T("privacy.taken_over")), "privacy.done.answered")
}

// changed says what became of a request: done, or the list again with the form as it was
// refused.
func (p *Pages) changed(c *web.Ctx, err error, done string) error {
	if err == nil {
		return c.Done("/privacy", done)
	}
	if fault.Is(err, fault.NotFound) {
		return err
	}
	f := c.Refill(err)
	if !fault.Is(err, fault.Conflict) { // else the form may be gone: what to do stands above the list
		f.ID = c.Param("id")
	}
	return p.requestsAgain(c, err, f)
}

func (p *Pages) accept(c *web.Ctx) error {
	var form struct {
		Others bool `form:"others"`
	}
	err := c.Decode(&form)
	if err == nil {
		err = p.Accept(c.Context(), c.Who, c.Param("id"), form.Others)
	}
	return p.changed(c, err, "privacy.done.accepted")
}

func (p *Pages) extend(c *web.Ctx) error {
	var form Extending
	err := c.Decode(&form)
	if err == nil {
		err = p.Extend(c.Context(), c.Who, c.Param("id"), form)
	}
	return p.changed(c, err, "privacy.done.extended")
}

func (p *Pages) erase(c *web.Ctx) error {
	var form Erasing
	err := c.Decode(&form)
	if err == nil {
		err = p.Erase(c.Context(), c.Who, c.Param("id"), form)
	}
	return p.changed(c, err, "privacy.done.erased")
}

// inventory shows what kinds of data the program keeps, column by column.
func (p *Pages) inventory(c *web.Ctx) error {
	return c.Page(web.Page{
		Title: c.L.T("privacy.inventory.title"), Lead: c.L.T("privacy.inventory.lead"), Section: "privacy",
		Crumbs: []web.Crumb{{Text: c.L.T("privacy.requests.title"), URL: "/privacy"}}, Body: inventoryBody(c.L),
	})
}

// NoticePanel asks on the home page to read for what one's data are kept, until it has
// been read.
func (p *Pages) NoticePanel(c *web.Ctx) (g.Node, error) {
	_, read, err := acknowledged(c.Context(), p.DB, c.Who.Root, c.Who.Account, noticeVersion)
	if err != nil || read {
		return nil, err
	}
	return noticeCard(c.L), nil
}

// HomePanel says on the home page of those who answer which requests wait.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(Handle) {
		return nil, nil
	}
	all, err := InScope(c.Context(), p.DB, c.Who.Scope(Handle).Near(), when.Instant(1<<62))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	late := 0
	for _, r := range all {
		if r.Late(p.now()) {
			late++
		}
	}
	return waitingCard(c.L, len(all), late), nil
}

// MePanel leads from the page "Tôi" to one's own data.
func (p *Pages) MePanel(c *web.Ctx) (g.Node, error) { return meCard(c.L), nil }
