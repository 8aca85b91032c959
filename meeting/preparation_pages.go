package meeting

import (
	"strconv"

	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/library"
	"chibo/member"
)

func (p *Pages) preparationRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /meetings/{id}/premeeting", Need: Prepare, Do: p.premeeting},
		{Pattern: "POST /meetings/{id}/premeeting", Need: Prepare, Do: p.recordPremeeting},
		{Pattern: "POST /meetings/{id}/questions", Need: Prepare, Do: p.addQuestion},
		{Pattern: "POST /meetings/{id}/questions/{row}/remove", Need: Prepare, Do: p.removeQuestion},
		{Pattern: "POST /meetings/{id}/agreements", Need: Prepare, Do: p.addAgreement},
		{Pattern: "POST /meetings/{id}/agreements/{row}/remove", Need: Prepare, Do: p.removeAgreement},
		{Pattern: "POST /meetings/{id}/guests", Need: Prepare, Do: p.addGuest},
		{Pattern: "POST /meetings/{id}/guests/{row}/remove", Need: Prepare, Do: p.removeGuest},
		{Pattern: "POST /meetings/{id}/guests/{row}/reply", Need: Prepare, Do: p.replyOfGuest},
		{Pattern: "GET /meetings/{id}/draft", Need: Prepare, Do: p.draft},
		{Pattern: "POST /meetings/{id}/draft", Need: Prepare, Do: p.saveDraft},
	}
}

// premeetingForm is the form of the committee's record.
type premeetingForm struct {
	HeldAt  when.Instant `form:"held_at"`
	Place   string       `form:"place"`
	Present []string     `form:"present"`
	Agreed  string       `form:"agreed"`
}

func (p *Pages) premeeting(c *web.Ctx) error {
	m, _, err := p.prepared(c)
	if err != nil {
		return err
	}
	record, err := PremeetingOf(c.Context(), p.DB, m.Root, m.ID)
	if err != nil {
		return err
	}
	page, err := p.premeetingPage(c, m, c.Fill(premeetingForm{record.HeldAt, record.Place, record.Present, record.Agreed}))
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) premeetingPage(c *web.Ctx, m Meeting, f part.Form) (web.Page, error) {
	committee, err := CommitteeOf(c.Context(), p.DB, m)
	if err != nil {
		return web.Page{}, err
	}
	names, err := member.Names(c.Context(), p.DB, m.Root, committee...)
	if err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Title: c.L.T("meeting.premeeting.title"), Lead: c.L.T("meeting.premeeting.lead"), Crumbs: crumbs(c, m), Section: section,
		Body: premeetingView(c.L, m, f, committee, names),
	}, nil
}

func (p *Pages) recordPremeeting(c *web.Ctx) error {
	m, _, err := p.prepared(c)
	if err != nil {
		return err
	}
	var f premeetingForm
	if err = c.Decode(&f); err == nil {
		err = p.RecordPremeeting(c.Context(), c.Who, m.ID, Premeeting{HeldAt: f.HeldAt, Place: f.Place, Present: f.Present, Agreed: f.Agreed})
		if err == nil {
			return c.Done(m.Path(), "meeting.done.premeeting")
		}
	}
	return c.Redraw(err)(p.premeetingPage(c, m, c.Refill(err)))
}

// row adds one row to the meeting from a small form on its page and comes back to
// the card of that form.
func (p *Pages) row(c *web.Ctx, card string, form any, add func() error) error {
	err := c.Decode(form)
	if err == nil {
		err = add()
	}
	if err != nil {
		return p.again(c, card, err)
	}
	return c.Done("/meetings/"+c.Param("id")+"#"+card, "meeting.done.added")
}

// gone comes back to a card after a row was removed.
func (p *Pages) gone(c *web.Ctx, card string, err error) error {
	if err != nil {
		return err
	}
	return c.Done("/meetings/"+c.Param("id")+"#"+card, "meeting.done.removed")
}

func (p *Pages) addQuestion(c *web.Ctx) error {
	var f struct {
		Text string `form:"text"`
	}
	return p.row(c, "questions", &f, func() error {
		return p.AddQuestion(c.Context(), c.Who, c.Param("id"), Focus{Text: f.Text})
	})
}

func (p *Pages) removeQuestion(c *web.Ctx) error {
	return p.gone(c, "questions", p.RemoveQuestion(c.Context(), c.Who, c.Param("id"), c.Param("row")))
}

func (p *Pages) addAgreement(c *web.Ctx) error {
	var f struct {
		Name     string    `form:"name"`
		Office   string    `form:"office"`
		AgreedOn when.Date `form:"agreed_on"`
		Text     string    `form:"text"`
	}
	return p.row(c, "agreements", &f, func() error {
		return p.AddAgreement(c.Context(), c.Who, c.Param("id"), Agreement{Name: f.Name, Office: f.Office, AgreedOn: f.AgreedOn, Text: f.Text})
	})
}

func (p *Pages) removeAgreement(c *web.Ctx) error {
	return p.gone(c, "agreements", p.RemoveAgreement(c.Context(), c.Who, c.Param("id"), c.Param("row")))
}

func (p *Pages) addGuest(c *web.Ctx) error {
	var f struct {
		Name     string `form:"name"`
		Office   string `form:"office"`
		Body     string `form:"body"`
		Superior bool   `form:"superior"`
	}
	return p.row(c, "guests", &f, func() error {
		return p.AddGuest(c.Context(), c.Who, c.Param("id"), Guest{Name: f.Name, Office: f.Office, Body: f.Body, Superior: f.Superior})
	})
}

func (p *Pages) removeGuest(c *web.Ctx) error {
	return p.gone(c, "guests", p.RemoveGuest(c.Context(), c.Who, c.Param("id"), c.Param("row")))
}

func (p *Pages) replyOfGuest(c *web.Ctx) error {
	var f struct {
		Reply Reply `form:"reply"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	if err := p.ReplyOfGuest(c.Context(), c.Who, c.Param("id"), c.Param("row"), f.Reply); err != nil {
		return err
	}
	return c.Done("/meetings/"+c.Param("id")+"#guests", "meeting.done.saved")
}

// draft shows the editor of the draft resolution and its versions; ?version= lays
// that version beside the one before it.
func (p *Pages) draft(c *web.Ctx) error {
	page, err := p.draftPage(c, nil)
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) draftPage(c *web.Ctx, refused *part.Form) (web.Page, error) {
	m, _, err := p.prepared(c)
	if err != nil {
		return web.Page{}, err
	}
	v := draftView{Meeting: m}
	if v.Known, err = library.KnownTo(c.Context(), p.DB, m.Root, m.Organization); err != nil {
		return web.Page{}, err
	}
	if v.Versions, err = Versions(c.Context(), p.DB, m.Root, m.ID); err != nil {
		return web.Page{}, err
	}
	var writers []string
	for _, version := range v.Versions {
		writers = append(writers, version.SavedBy)
	}
	if v.Names, err = member.Names(c.Context(), p.DB, m.Root, writers...); err != nil {
		return web.Page{}, err
	}
	v.Shown, _ = strconv.Atoi(c.Query("version")) // anything else shows none
	v.Form = c.Fill(draftForm{Text: v.newest().Text})
	if refused != nil {
		v.Form = *refused
	}
	return web.Page{Title: c.L.T("meeting.draft.title"), Crumbs: crumbs(c, m), Section: section, Body: v.body(c.L)}, nil
}

// draftForm is the draft resolution; Bases are keys of the documents on which it rests.
type draftForm struct {
	Text  string   `form:"text"`
	Bases []string `form:"bases"`
}

func (p *Pages) saveDraft(c *web.Ctx) error {
	var f draftForm
	err := c.Decode(&f)
	if err == nil {
		err = p.SaveDraftOn(c.Context(), c.Who, c.Param("id"), f.Text, f.Bases)
	}
	if err == nil {
		return c.Done("/meetings/"+c.Param("id")+"/draft", "meeting.done.draft")
	}
	refused := c.Refill(err)
	return c.Redraw(err)(p.draftPage(c, &refused))
}
