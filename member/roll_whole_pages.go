package member

import (
	"strings"

	"chibo/kit/fault"
	"chibo/kit/web"
)

// wholeURL is the address of the page on all sheets of an upload.
func wholeURL(id string) string { return "/members/import/all?id=" + id }

// whole shows what the sheets of an upload would do, each in its cell, or have done.
func (p *Pages) whole(c *web.Ctx) error { return p.wholePage(c, c.Query("id"), nil) }

// wholePage shows an upload; skipped are the cells of which a confirmation has just written nothing.
func (p *Pages) wholePage(c *web.Ctx, id string, skipped []string) error {
	w, err := p.Whole(c.Context(), c.Who, id)
	if err != nil {
		return err
	}
	v := wholeView{Whole: w}
	if len(skipped) > 0 {
		v.message = c.L.T("member.whole.skipped", "Cells", strings.Join(skipped, "; "))
	}
	page := web.Page{
		Title: c.L.T("member.whole.title"), Lead: c.L.T("member.whole.lead", "Name", w.Name, "Sheets", len(w.Parts)), Section: "members",
		Crumbs: []web.Crumb{{Text: c.L.T("member.list.title"), URL: "/members"}, {Text: c.L.T("member.import.title"), URL: importURL(w.ID)}}, Body: v.body(c.L),
	}
	if len(skipped) > 0 {
		return c.Again(fault.New(fault.Conflict, "member.roll.meanwhile"), page)
	}
	return c.Page(page)
}

func (p *Pages) confirmWhole(c *web.Ctx) error {
	var f struct {
		ID      string   `form:"id"`
		Cells   []string `form:"cell"`
		Digests []string `form:"digest"` // of the plans, in the order of the cells
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	digests := map[string]string{}
	for n, cell := range f.Cells {
		if n < len(f.Digests) {
			digests[cell] = f.Digests[n]
		}
	}
	skipped, err := p.ConfirmWhole(c.Context(), c.Who, f.ID, digests, c.L)
	if err != nil {
		return err
	}
	if len(skipped) > 0 {
		return p.wholePage(c, f.ID, skipped)
	}
	return c.Done(wholeURL(f.ID), "member.done.whole")
}
