package feedback

import (
	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/locale"
	"chibo/kit/text"
	"chibo/kit/web"
	"chibo/kit/web/part"
)

// setAside is the other button of the form in which remarks are ticked.
func (p *Pages) setAside(c *web.Ctx) error {
	x, err := cellOf(c)
	if err != nil {
		return err
	}
	var f struct {
		Remarks []string `form:"remarks"`
		Reason  string   `form:"reason"`
	}
	if err = c.Decode(&f); err == nil {
		err = p.SetAside(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), x, f.Remarks, f.Reason)
	}
	return p.answered(c, err, gatherForm, "feedback.done.set_aside")
}

func (p *Pages) takeIn(c *web.Ctx) error {
	if err := p.TakeIn(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), c.Param("sheet")); err != nil {
		return err
	}
	return c.Done(filePath(c)+"/aside", "feedback.done.taken_in")
}

// asides lists what was set aside.
func (p *Pages) asides(c *web.Ctx) error {
	at, all, err := p.Asides(c.Context(), c.Who, c.Param("id"), c.Param("sitting"))
	if err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: c.L.T("feedback.aside"), Lead: c.L.T("feedback.aside.lead"), Section: section,
		Crumbs: at.within(c), Body: asideView{c.L, at, all}.body(),
	})
}

// asideView lists the sheets that do not count.
type asideView struct {
	locale.L
	Place
	all []PutAside
}

func (v asideView) body() g.Node {
	if len(v.all) == 0 {
		return part.Card(part.Empty(v.T("feedback.aside.none"), v.T("feedback.aside.none_text")))
	}
	return part.Card(part.List(g.Map(v.all, func(a PutAside) g.Node {
		small := text.Joined(v.T("feedback.opinions", "Count", v.Number(a.Remarks)), v.T("feedback.aside.by", "Name", a.By, "Time", v.Moment(a.SetAt)), a.Reason)
		return part.Item(part.Grow(h.B(g.Text(v.title(a))), h.Small(g.Text(small)),
			part.PostButton(v.Path()+"/aside/"+a.Sheet+"/take-in", v.T("feedback.aside.take_in"), part.Small, part.IconUndo)))
	})...))
}

// title is whose sheet it is, as far as that is known.
func (v asideView) title(a PutAside) string {
	if a.Name != "" {
		return text.Joined(a.Name, a.Unit)
	}
	if a.Number > 0 {
		return v.T("feedback.aside.paper", "Number", a.Number)
	}
	return v.T("feedback.aside.nameless")
}
