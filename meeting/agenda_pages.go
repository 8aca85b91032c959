package meeting

import (
	"slices"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

func (p *Pages) agendaRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /meetings/{id}/items/new", Need: Prepare, Do: p.newItem},
		{Pattern: "POST /meetings/{id}/items", Need: Prepare, Do: p.addItem},
		{Pattern: "GET /meetings/{id}/items/{item}", Need: Prepare, Do: p.item},
		{Pattern: "POST /meetings/{id}/items/{item}", Need: Prepare, Do: p.changeItem},
		{Pattern: "POST /meetings/{id}/items/{item}/up", Need: Prepare, Do: p.moveItem(-1)},
		{Pattern: "POST /meetings/{id}/items/{item}/down", Need: Prepare, Do: p.moveItem(+1)},
		{Pattern: "POST /meetings/{id}/items/{item}/remove", Need: Prepare, Do: p.removeItem},
	}
}

// itemForm is the form of an item.
type itemForm struct {
	Kind      ItemKind `form:"kind"`
	Title     string   `form:"title"`
	Minutes   int      `form:"minutes"`
	Presenter string   `form:"presenter"`
	Note      string   `form:"note"`
}

func (f itemForm) item(id string) Item {
	return Item{ID: id, Kind: f.Kind, Title: f.Title, Minutes: f.Minutes, Presenter: f.Presenter, Note: f.Note}
}

func (p *Pages) newItem(c *web.Ctx) error {
	page, err := p.itemPage(c, "", c.Fill(itemForm{Kind: Discussion, Minutes: 10}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) item(c *web.Ctx) error {
	m, _, err := p.prepared(c)
	if err != nil {
		return err
	}
	agenda, err := Items(c.Context(), p.DB, m.Root, m.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(agenda, func(i Item) bool { return i.ID == c.Param("item") })
	if at < 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	i := agenda[at]
	page, err := p.itemPage(c, i.ID, c.Fill(itemForm{i.Kind, i.Title, i.Minutes, i.Presenter, i.Note}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) itemPage(c *web.Ctx, itemID string, f part.Form) (web.Page, error) {
	m, _, err := p.prepared(c)
	if err != nil {
		return web.Page{}, err
	}
	people, err := Audience(c.Context(), p.DB, m)
	if err != nil {
		return web.Page{}, err
	}
	title := c.L.T("meeting.item.new")
	if itemID != "" {
		title = c.L.T("meeting.item.change")
	}
	return web.Page{Title: title, Crumbs: crumbs(c, m), Section: section, Body: itemView(c.L, m, itemID, f, people)}, nil
}

func (p *Pages) addItem(c *web.Ctx) error    { return p.saveItem(c, "") }
func (p *Pages) changeItem(c *web.Ctx) error { return p.saveItem(c, c.Param("item")) }

func (p *Pages) saveItem(c *web.Ctx, itemID string) error {
	var f itemForm
	err := c.Decode(&f)
	if err == nil {
		if itemID == "" {
			err = p.AddItem(c.Context(), c.Who, c.Param("id"), f.item(""))
		} else {
			err = p.ChangeItem(c.Context(), c.Who, c.Param("id"), f.item(itemID))
		}
	}
	if err == nil {
		return c.Done("/meetings/"+c.Param("id")+"#agenda", "meeting.done.agenda")
	}
	return c.Redraw(err)(p.itemPage(c, itemID, c.Refill(err)))
}

func (p *Pages) moveItem(by int) web.Handler {
	return func(c *web.Ctx) error {
		if err := p.MoveItem(c.Context(), c.Who, c.Param("id"), c.Param("item"), by); err != nil {
			return err
		}
		return c.See("/meetings/" + c.Param("id") + "?arrange=1#agenda")
	}
}

func (p *Pages) removeItem(c *web.Ctx) error {
	if err := p.RemoveItem(c.Context(), c.Who, c.Param("id"), c.Param("item")); err != nil {
		return err
	}
	return c.Done("/meetings/"+c.Param("id")+"?arrange=1#agenda", "meeting.done.item_removed")
}
