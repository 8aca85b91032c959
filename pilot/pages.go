package pilot

import (
	"context"
	"slices"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/meeting"
	"chibo/organization"
)

// Pages are the list of pilot meetings, the page of each and of each series.
type Pages struct{ *Service }

const section = "pilots"

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /pilots", Need: MayRead, Do: p.index},
		{Pattern: "GET /pilots/new", Need: Direct, Do: p.new},
		{Pattern: "POST /pilots", Need: Direct, Do: p.open},
		{Pattern: "GET /pilots/{id}", Need: MayRead, Do: p.show},
		{Pattern: "POST /pilots/{id}/meeting", Need: Host, Do: p.meet},
		{Pattern: "POST /pilots/{id}/submit", Need: Host, Do: p.submit},
		{Pattern: "POST /pilots/{id}/appraise", Need: MayRead, Do: p.appraise},
		{Pattern: "POST /pilots/{id}/guests", Need: Keep, Do: p.invite},
		{Pattern: "POST /pilots/{id}/came", Need: Keep, Do: p.tick},
		{Pattern: "POST /pilots/{id}/comments", Need: MayRead, Do: p.say},
		{Pattern: "POST /pilots/{id}/comments/{comment}/lesson", Need: Direct, Do: p.learn},
		{Pattern: "POST /pilots/{id}/conclude", Need: Direct, Do: p.conclude},
		{Pattern: "POST /pilots/{id}/cancel", Need: Direct, Do: p.cancel},
		{Pattern: "GET /pilots/{id}/paper/{form}", Need: MayRead, Do: p.paper},
		{Pattern: "GET /series/{id}", Need: Keep, Do: p.showSeries},
		{Pattern: "POST /series/{id}/edit", Need: Keep, Do: p.reschedule},
		{Pattern: "POST /series/{id}/hosts", Need: Direct, Do: p.choose},
		{Pattern: "POST /series/{id}/assess", Need: Direct, Do: p.assess},
		{Pattern: "GET /series/{id}/paper/{form}", Need: Direct, Do: p.seriesPaper},
	}
}

func crumbs(c *web.Ctx, more ...web.Crumb) []web.Crumb {
	return append([]web.Crumb{{Text: c.L.T("pilot.title"), URL: "/pilots"}}, more...)
}

func (p *Pages) index(c *web.Ctx) error {
	files, err := p.List(c.Context(), c.Who, false)
	if err != nil {
		return err
	}
	v := indexView{l: c.L, files: files, directs: c.Who.May(Direct)}
	return c.Page(web.Page{Title: c.L.T("pilot.title"), Section: section, Lead: c.L.T("pilot.lead"), Action: v.action(), Body: v.body()})
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.page(c, "", web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// page is the page of a pilot meeting; the form of a card comes back as it was refused.
func (p *Pages) page(c *web.Ctx, card string, refused web.Form) (web.Page, error) {
	f, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := fileView{File: f, l: c.L, reader: c.Who.Member, card: card, refused: refused}
	if f.Hosts && f.Round == 0 {
		if v.choices, err = p.fitting(c, f); err != nil {
			return web.Page{}, err
		}
	}
	if f.Keeps && f.Stage != Concluded {
		people, err := p.Invitable(c.Context(), p.DB, f)
		if err != nil {
			return web.Page{}, err
		}
		v.invitable = slices.DeleteFunc(people, func(x Person) bool {
			return slices.ContainsFunc(f.Guests, func(g Guest) bool { return g.Member == x.Member })
		})
	}
	page := web.Page{Title: v.title(), Section: section, Lead: v.lead(), Crumbs: crumbs(c), Action: v.action(), Body: v.body()}
	if f.Keeps {
		page.Crumbs = crumbs(c, web.Crumb{Text: f.Series.Title, URL: f.Series.Path()})
	}
	return page, nil
}

// fitting returns the meetings that the host may name.
func (p *Pages) fitting(c *web.Ctx, f File) ([]meeting.Meeting, error) {
	all, err := meeting.Between(c.Context(), p.DB, f.HostRoot, f.Host.ID, f.Series.From.In().Add(-1), f.Series.Until.In().Add(1))
	return slices.DeleteFunc(all, func(m meeting.Meeting) bool { return !m.Editable() || !f.fits(f.Series, m) }), err
}

// done answers a change of a pilot meeting, or shows the form of its card again.
func (p *Pages) done(c *web.Ctx, err error, card, key string) error {
	if err == nil {
		return c.Done(Pilot{ID: c.Param("id")}.Path(), key)
	}
	return c.Redraw(err)(p.page(c, card, c.Refill(err)))
}

func (p *Pages) meet(c *web.Ctx) error {
	var f struct {
		Meeting string `form:"meeting"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Meet(c.Context(), c.Who, c.Param("id"), f.Meeting)
	}
	return p.done(c, err, "meeting", "pilot.done.meeting")
}

// texts returns what was typed for items, by id.
func texts(c *web.Ctx, field string) (map[string]string, error) {
	values, err := c.Values()
	out := map[string]string{}
	for name := range values {
		if item, is := strings.CutPrefix(name, field); is {
			out[item] = values.Get(name)
		}
	}
	return out, err
}

func (p *Pages) submit(c *web.Ctx) error {
	answers, err := texts(c, textField)
	if err == nil {
		err = p.Submit(c.Context(), c.Who, c.Param("id"), answers)
	}
	return p.done(c, err, "appraisal", "pilot.done.submitted")
}

func (p *Pages) appraise(c *web.Ctx) error {
	said, err := texts(c, textField)
	if err != nil {
		return err
	}
	kinds, err := texts(c, verdictField)
	if err != nil {
		return err
	}
	verdicts := map[string]Verdict{}
	for item, text := range said {
		verdicts[item] = Verdict{WordKind(kinds[item]), text}
	}
	for item, kind := range kinds {
		verdicts[item] = Verdict{WordKind(kind), said[item]}
	}
	if values, _ := c.Values(); values.Get("rest") != "" { // read once above
		for item, v := range verdicts {
			if v.Kind == "" {
				verdicts[item] = Verdict{Kind: Agree}
			}
		}
	}
	return p.done(c, p.Appraise(c.Context(), c.Who, c.Param("id"), verdicts), "appraisal", "pilot.done.appraised")
}

// people is a form in which people are ticked.
type people struct {
	Members []string `form:"members"`
}

func (p *Pages) invite(c *web.Ctx) error {
	var f people
	err := c.Decode(&f)
	if err == nil {
		err = p.Invite(c.Context(), c.Who, c.Param("id"), f.Members)
	}
	return p.done(c, err, "guests", "pilot.done.invited")
}

func (p *Pages) tick(c *web.Ctx) error {
	var f people
	err := c.Decode(&f)
	if err == nil {
		err = p.Tick(c.Context(), c.Who, c.Param("id"), f.Members)
	}
	return p.done(c, err, "came", "pilot.done.ticked")
}

func (p *Pages) say(c *web.Ctx) error {
	var k Comment
	err := c.Decode(&k)
	if err == nil {
		err = p.Say(c.Context(), c.Who, c.Param("id"), k)
	}
	return p.done(c, err, "comment", "pilot.done.commented")
}

// learn makes a lesson card and leads to it, to be completed and sent.
func (p *Pages) learn(c *web.Ctx) error {
	k, err := p.Learn(c.Context(), c.Who, c.Param("id"), c.Param("comment"))
	if err != nil {
		return err
	}
	if k.Whole() {
		return c.See(k.Path())
	}
	return c.Done(k.Path()+"/edit", "pilot.done.learned")
}

func (p *Pages) conclude(c *web.Ctx) error {
	var f struct {
		Conclusion string `form:"conclusion"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Conclude(c.Context(), c.Who, c.Param("id"), f.Conclusion)
	}
	return p.done(c, err, "conclude", "pilot.done.concluded")
}

func (p *Pages) cancel(c *web.Ctx) error {
	if err := p.Cancel(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/pilots", "pilot.done.cancelled")
}

func (p *Pages) paper(c *web.Ctx) error {
	f, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	if !f.Listens() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	o, err := organization.Find(c.Context(), p.DB, f.Root, f.Series.Organization)
	if err != nil {
		return err
	}
	d := pilotDoc(o, f, p.now().Date())
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+c.Param("form"), c.Param("form"))
}

// HomePanel shows the pilot meetings in which the reader has something to do or is
// invited, and to those who keep them how far they are; nil where there is none.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(MayRead) {
		return nil, nil
	}
	files, err := p.List(c.Context(), c.Who, true)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	return indexView{l: c.L, files: files}.homeCard(), nil
}

// MeetingPanel says on the page of a meeting that it is a pilot, to those who find it.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || !c.Who.May(MayRead) {
		return nil, err
	}
	x, is, err := ofMeeting(ctx, p.DB, o.Root, m.ID)
	if err != nil || !is || !c.Who.MayAt(Host, o.Path) {
		return nil, err
	}
	f, err := load(ctx, p.DB, c.Who, x)
	if err != nil {
		return nil, err
	}
	return part.Card(part.Info, part.CardHead(c.L.T("pilot.panel"), StageTag(c.L, f.Stage)),
		part.LinkButton(f.Path(), c.L.T("pilot.open"), part.Wide)), nil
}
