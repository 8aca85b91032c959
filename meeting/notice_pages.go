package meeting

import (
	"context"

	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/member"
	"chibo/notice"
)

func (p *Pages) noticeRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /meetings/{id}/notice", Need: Prepare, Do: p.noticeForm},
		{Pattern: "POST /meetings/{id}/notice", Need: Prepare, Do: p.give},
		{Pattern: "GET /meetings/{id}/move", Need: Prepare, Do: p.moveForm},
		{Pattern: "POST /meetings/{id}/move", Need: Prepare, Do: p.move},
		{Pattern: "GET /meetings/{id}/told", Need: Prepare, Do: p.toldPage},
		{Pattern: "POST /meetings/{id}/told", Need: Prepare, Do: p.tick},
		{Pattern: "POST /meetings/{id}/told/{member}/undo", Need: Prepare, Do: p.untick},
		{Pattern: "POST /meetings/{id}/answer", Need: Read, Do: p.answer},
		{Pattern: "GET /meetings/{id}/answers/{member}", Need: Prepare, Do: p.answerFor},
		{Pattern: "POST /meetings/{id}/answers/{member}", Need: Prepare, Do: p.enterAnswer},
		{Pattern: "POST /meetings/{id}/answers/{member}/acknowledge", Need: Prepare, Do: p.acknowledge},
		{Pattern: "GET /meetings/{id}/invitation", Need: Read, Do: p.invitation},
		{Pattern: "GET /meetings/{id}/poster", Need: Read, Do: p.poster},
		{Pattern: "GET /meetings/{id}/notice.docx", Need: Read, Do: p.paper("docx", dossier.noticeDoc)},
		{Pattern: "GET /meetings/{id}/notice.pdf", Need: Read, Do: p.paper("pdf", dossier.noticeDoc)},
		{Pattern: "GET /meetings/{id}/agenda.docx", Need: Read, Do: p.paper("docx", dossier.agendaDoc)},
		{Pattern: "GET /meetings/{id}/agenda.pdf", Need: Read, Do: p.paper("pdf", dossier.agendaDoc)},
	}
}

// noticeForm shows what is about to be sent, to whom, and what is missing.
func (p *Pages) noticeForm(c *web.Ctx) error {
	page, err := p.noticePage(c, part.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) noticePage(c *web.Ctx, f part.Form) (web.Page, error) {
	m, o, err := p.prepared(c)
	if err != nil {
		return web.Page{}, err
	}
	if m.State != Draft {
		return web.Page{}, fault.New(fault.Conflict, "meeting.problem.noticed")
	}
	v, err := p.view(c, m, o)
	if err != nil {
		return web.Page{}, err
	}
	d := dossier{Preparation: v.Preparation, Cell: o, Names: v.Names, Today: p.now().Date()}
	return web.Page{Title: c.L.T("meeting.notice.title"), Crumbs: crumbs(c, m), Section: section, Body: v.noticeBody(f, d.noticeDoc().HTML())}, nil
}

func (p *Pages) give(c *web.Ctx) error {
	var f struct {
		Reason string `form:"reason"`
	}
	err := c.Decode(&f)
	if err == nil {
		if err = p.Notify(c.Context(), c.Who, c.Param("id"), f.Reason); err == nil {
			return c.Done("/meetings/"+c.Param("id")+"/told", "meeting.done.noticed")
		}
	}
	return c.Redraw(err)(p.noticePage(c, c.Refill(err)))
}

func (p *Pages) moveForm(c *web.Ctx) error {
	m, _, err := p.prepared(c)
	if err != nil {
		return err
	}
	page, err := p.movePage(c, c.Fill(Moving{StartsAt: m.StartsAt, Place: m.Place}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) movePage(c *web.Ctx, f part.Form) (web.Page, error) {
	m, _, err := p.prepared(c)
	if err != nil {
		return web.Page{}, err
	}
	if m.State != Noticed {
		return web.Page{}, fault.New(fault.Conflict, "meeting.problem.not_noticed")
	}
	return web.Page{Title: c.L.T("meeting.move.title"), Lead: c.L.T("meeting.move.lead"), Crumbs: crumbs(c, m), Section: section, Body: moveView(c.L, m, f)}, nil
}

func (p *Pages) move(c *web.Ctx) error {
	var f Moving
	err := c.Decode(&f)
	if err == nil {
		if err = p.Move(c.Context(), c.Who, c.Param("id"), f); err == nil {
			return c.Done("/meetings/"+c.Param("id")+"/told", "meeting.done.moved")
		}
	}
	return c.Redraw(err)(p.movePage(c, c.Refill(err)))
}

// toldPage shows who was told how and what each has answered.
func (p *Pages) toldPage(c *web.Ctx) error {
	page, err := p.toldPageOf(c, part.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) toldPageOf(c *web.Ctx, f part.Form) (web.Page, error) {
	m, o, err := p.prepared(c)
	if err != nil {
		return web.Page{}, err
	}
	v, err := p.view(c, m, o)
	if err != nil {
		return web.Page{}, err
	}
	if len(v.Given) == 0 {
		return web.Page{}, fault.New(fault.Conflict, "meeting.problem.not_noticed")
	}
	t := toldView{meetingView: v, Form: f}
	if t.Ticks, err = notice.Ticks(c.Context(), p.DB, m.Root, v.Given[len(v.Given)-1].ID); err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: c.L.T("meeting.told.title"), Lead: t.count(), Crumbs: crumbs(c, m), Section: section, Body: t.body()}, nil
}

func (p *Pages) tick(c *web.Ctx) error {
	var f struct {
		Way     notice.Way `form:"way"`
		Members []string   `form:"members"`
	}
	err := c.Decode(&f)
	if err == nil && len(f.Members) == 0 {
		err = &fault.Error{Kind: fault.Invalid, Key: "fault.form", Fields: map[string]string{"members": "meeting.problem.nobody"}}
	}
	if err == nil {
		err = p.Tick(c.Context(), c.Who, c.Param("id"), f.Way, f.Members...)
	}
	if err == nil {
		return c.Done("/meetings/"+c.Param("id")+"/told", "meeting.done.ticked", "Count", len(f.Members))
	}
	return c.Redraw(err)(p.toldPageOf(c, c.Refill(err)))
}

func (p *Pages) untick(c *web.Ctx) error {
	var f struct {
		Way notice.Way `form:"way"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	if err := p.Untick(c.Context(), c.Who, c.Param("id"), f.Way, c.Param("member")); err != nil {
		return err
	}
	return c.Done("/meetings/"+c.Param("id")+"/told", "meeting.done.unticked")
}

// answerForm is the answer to a notice.
type answerForm struct {
	Reply  Reply  `form:"reply"`
	Reason Reason `form:"reason"`
	Note   string `form:"note"`
}

func (p *Pages) answer(c *web.Ctx) error {
	var f answerForm
	err := c.Decode(&f)
	if err == nil {
		err = p.Answer(c.Context(), c.Who, c.Param("id"), Response{Member: c.Who.Member, Reply: f.Reply, Reason: f.Reason, Note: f.Note})
	}
	if err != nil {
		return p.again(c, "answer", err)
	}
	if f.Reply == Coming {
		return c.Done("/meetings/"+c.Param("id"), "meeting.done.coming")
	}
	return c.Done("/meetings/"+c.Param("id"), "meeting.done.away")
}

func (p *Pages) answerFor(c *web.Ctx) error {
	page, err := p.answerPage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) answerPage(c *web.Ctx, refused *part.Form) (web.Page, error) {
	m, _, err := p.prepared(c)
	if err != nil {
		return web.Page{}, err
	}
	id := c.Param("member")
	if err := invited(c.Context(), p.DB, m, id); err != nil {
		return web.Page{}, err
	}
	names, err := member.Names(c.Context(), p.DB, m.Root, id)
	if err != nil {
		return web.Page{}, err
	}
	r, _, err := AnswerOf(c.Context(), p.DB, m.Root, m.ID, id)
	if err != nil {
		return web.Page{}, err
	}
	if err := p.noteReasons(c.Context(), c.Who, m, []Response{r}); err != nil {
		return web.Page{}, err
	}
	f := c.Fill(answerForm{r.Reply, r.Reason, r.Note})
	if refused != nil {
		f = *refused
	}
	return web.Page{Title: c.L.T("meeting.answer.for", "Name", names[id]), Crumbs: crumbs(c, m), Section: section, Body: answerForView(c.L, m, id, f)}, nil
}

func (p *Pages) enterAnswer(c *web.Ctx) error {
	var f answerForm
	err := c.Decode(&f)
	if err == nil {
		err = p.Answer(c.Context(), c.Who, c.Param("id"), Response{Member: c.Param("member"), Reply: f.Reply, Reason: f.Reason, Note: f.Note})
	}
	if err == nil {
		return c.Done("/meetings/"+c.Param("id")+"/told", "meeting.done.saved")
	}
	refused := c.Refill(err)
	return c.Redraw(err)(p.answerPage(c, &refused))
}

func (p *Pages) acknowledge(c *web.Ctx) error {
	if err := p.Acknowledge(c.Context(), c.Who, c.Param("id"), c.Param("member")); err != nil {
		return err
	}
	return c.Done("/meetings/"+c.Param("id")+"#answers", "meeting.done.acknowledged")
}

// dossier gathers the papers of a meeting for a reader who may see its contents.
func (p *Pages) dossier(ctx context.Context, c *web.Ctx) (dossier, error) {
	m, o, err := Visible(ctx, p.DB, c.Who, c.Param("id"))
	if err == nil && !c.Who.MayAt(Read, o.Path) && !c.Who.MayAt(Prepare, o.Path) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	if err != nil {
		return dossier{}, err
	}
	v, err := p.view(c, m, o)
	if err != nil {
		return dossier{}, err
	}
	d := dossier{Preparation: v.Preparation, Cell: o, Names: v.Names, Today: p.now().Date()}
	if len(v.Given) > 0 {
		d.Notice = v.Given[len(v.Given)-1]
	}
	return d, nil
}

// paper answers with a paper of the meeting in one form: "docx" or "pdf".
func (p *Pages) paper(form string, paper func(dossier) document.Doc) web.Handler {
	return func(c *web.Ctx) error {
		d, err := p.dossier(c.Context(), c)
		if err != nil {
			return err
		}
		doc := paper(d)
		return document.Send(c, doc, d.fileName(doc, form), form)
	}
}

// fileName sorts by the day of the meeting: "2026-12-03 Thông báo.docx".
func (d dossier) fileName(doc document.Doc, ending string) string {
	return d.Meeting.Day().String() + " " + doc.Title + "." + ending
}

func (p *Pages) invitation(c *web.Ctx) error {
	d, err := p.dossier(c.Context(), c)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: d.noticeDoc().Name(), Bare: true, Sheet: true, Body: invitationView(c.L, d)})
}

func (p *Pages) poster(c *web.Ctx) error {
	d, err := p.dossier(c.Context(), c)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: d.Meeting.Title, Bare: true, Sheet: true, Body: posterView(c.L, d, c.Base()+d.Meeting.Path())})
}
