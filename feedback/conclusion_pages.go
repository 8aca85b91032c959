package feedback

import (
	"net/url"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/lesson"
)

func (p *Pages) conclusions(c *web.Ctx) error {
	page, err := p.conclusionPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// conclusionPage is where the committee concludes; the form that was refused stands at the
// conclusion that the address names.
func (p *Pages) conclusionPage(c *web.Ctx, refused web.Form) (web.Page, error) {
	f, err := p.openedFile(c)
	if err != nil {
		return web.Page{}, err
	}
	v := conclusionView{File: f, L: c.L, at: c.Param("conclusion"), refused: refused}
	if v.refused.Values == nil {
		v.refused.Values = v.begun(c.Query("group"))
	}
	return web.Page{Title: c.L.T("feedback.conclusions"), Lead: c.L.T("feedback.conclusions.lead"), Section: section, Crumbs: f.within(c), Body: v.body()}, nil
}

func (p *Pages) conclude(c *web.Ctx) error {
	var k Conclusion
	err := c.Decode(&k)
	if err == nil {
		k.ID = c.Param("conclusion")
		_, err = p.Conclude(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), k)
	}
	if err == nil {
		return c.Done(filePath(c)+"/conclusions", "feedback.done.concluded")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	return c.Redraw(err)(p.conclusionPage(c, c.Refill(err)))
}

func (p *Pages) drop(c *web.Ctx) error {
	if err := p.Drop(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), c.Param("conclusion")); err != nil {
		return err
	}
	return c.Done(filePath(c)+"/conclusions", "feedback.done.dropped")
}

// teach makes a card and leads to it, where the cells are chosen.
func (p *Pages) teach(c *web.Ctx) error {
	k, err := p.Teach(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), c.Param("conclusion"))
	if err != nil {
		return err
	}
	return c.See(k.Path())
}

func (p *Pages) teachAll(c *web.Ctx) error {
	n, err := p.TeachAll(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), c.Param("conclusion"))
	if err != nil {
		return err
	}
	return c.Done(filePath(c)+"/conclusions", "feedback.done.taught", "Count", n)
}

// conclusionView is what the committee concludes, beside what was said.
type conclusionView struct {
	File
	locale.L
	at      string // id of the conclusion whose form was refused; empty: of the new one
	refused web.Form
}

// begun is the form of a new conclusion of a group: its wording is what was seen.
func (v conclusionView) begun(group string) url.Values {
	for _, b := range v.Blocks {
		for _, x := range b.Groups {
			if x.ID == group {
				return url.Values{"seen": {x.Words}}
			}
		}
	}
	return nil
}

func (v conclusionView) body() g.Node {
	return part.Cols(part.Stack(g.Map(v.Conclusions, v.conclusion), v.writing()), v.groups())
}

// conclusion is one with how far its card has come.
func (v conclusionView) conclusion(k Conclusion) g.Node {
	card, is := v.Cards[k.ID]
	if !is {
		return part.Card(part.CardHead(k.Seen, part.Tag(part.Plain, v.T("feedback.conclusion.unsent"))), v.words(k.Seen, k.Why, k.Act), v.doing(k))
	}
	tag := part.Tag(part.Plain, v.T("feedback.conclusion.drafted"))
	if card.Sent > 0 {
		tag = part.Tag(progress(card), v.T("feedback.conclusion.learned", "Learned", v.Number(card.Learned), "Of", v.Number(card.Sent)))
	}
	return part.Card(part.CardHead(card.Seen, tag), v.words(card.Seen, card.Why, card.Act),
		part.LinkButton(card.Path(), v.T("feedback.conclusion.card"), part.Wide, part.IconRight))
}

func progress(k lesson.Counted) part.Kind {
	if k.Count().Full() {
		return part.OK
	}
	return part.Warn
}

func (v conclusionView) words(seen, why, act string) g.Node {
	return part.DescriptionList(part.Is(v.T("feedback.conclusion.seen"), g.Text(seen)), part.Is(v.T("feedback.conclusion.why"), g.Text(why)), part.Is(v.T("feedback.conclusion.act"), g.Text(act)))
}

// doing is what may be done with a conclusion that is no card yet.
func (v conclusionView) doing(k Conclusion) g.Node {
	if !v.Directs {
		return nil
	}
	url0 := v.Path() + "/conclusions/" + k.ID
	f, open := web.Form{ID: k.ID, Values: url.Values{"seen": {k.Seen}, "why": {k.Why}, "act": {k.Act}}}, g.Node(nil)
	if v.at == k.ID {
		f, open = v.refused, g.Attr("open")
	}
	return g.Group{
		part.Beside(
			part.PostButton(url0+"/teach-all", v.T("feedback.conclusion.teach_all"), part.Primary, part.Confirm(v.L, v.T("feedback.conclusion.teach_ask"), v.T("feedback.conclusion.teach_all"))),
			part.PostButton(url0+"/teach", v.T("feedback.conclusion.teach"))),
		part.Details(v.T("feedback.conclusion.edit"), open, v.form(url0, f),
			part.PostButton(url0+"/drop", v.T("feedback.conclusion.drop"), part.Small, part.Confirm(v.L, v.T("feedback.conclusion.drop_ask"), v.T("feedback.conclusion.drop")))),
	}
}

func (v conclusionView) form(action string, f web.Form) g.Node {
	return part.Post(action, part.Guard(), f.Summary(v.L),
		f.Textarea("seen", v.T("feedback.conclusion.seen"), part.Required, h.Rows("2")),
		f.Textarea("why", v.T("feedback.conclusion.why"), part.Required, h.Rows("2")),
		f.Textarea("act", v.T("feedback.conclusion.act"), part.Required, part.Help(v.T("feedback.conclusion.act_help")), h.Rows("3")),
		part.Actions(part.Button(v.T("feedback.conclusion.save"), part.Primary)))
}

// writing is the form of a new conclusion.
func (v conclusionView) writing() g.Node {
	if !v.Directs {
		if len(v.Conclusions) == 0 {
			return part.Card(part.Empty(v.T("feedback.conclusions.none"), v.T("feedback.conclusions.none_text")))
		}
		return nil
	}
	f := v.refused
	if v.at != "" {
		f = web.Form{ID: "new"}
	}
	return part.Card(h.ID("new"), part.CardHead(v.T("feedback.conclusion.new")), v.form(v.Path()+"/conclusions", f))
}

// groups are what was said most often of what is to be mended, each the beginning of a
// conclusion.
func (v conclusionView) groups() g.Node {
	var lines []g.Node
	for _, b := range v.Blocks {
		for _, x := range b.Groups {
			if b.Head == Done {
				continue
			}
			small := v.Of("feedback.phase", string(b.Phase)) + " · " + v.Of("feedback.head", string(b.Head))
			tag := part.Tag(part.Plain, v.T("feedback.opinions", "Count", v.Number(len(x.Remarks))))
			if v.Directs {
				lines = append(lines, part.LinkEntry(v.Path()+"/conclusions?group="+x.ID+"#new", x.Words, small, tag))
			} else {
				lines = append(lines, part.Entry(x.Words, small, tag))
			}
		}
	}
	if len(lines) == 0 {
		return part.Card(part.Empty(v.T("feedback.conclusions.no_groups"), v.T("feedback.conclusions.no_groups_text")))
	}
	return part.Card(part.CardHead(v.T("feedback.conclusions.groups")), part.List(lines...))
}
