package quality

import (
	"slices"
	"strings"

	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/member"
	"chibo/rubric"
)

// Pages are the pages of scores.
type Pages struct{ *Service }

// section is the place of the navigation under which the pages stand.
const section = "quality"

// Routes lists the pages of the feature.
func (p Pages) Routes() []web.Route {
	return slices.Concat([]web.Route{
		{Pattern: "GET /meetings/{id}/quality", Need: MayRead, Do: p.show},
		{Pattern: "POST /meetings/{id}/quality", Need: MayRead, Do: p.save},
		{Pattern: "POST /meetings/{id}/quality/scorer", Need: MayScore, Do: p.assign},
		{Pattern: "POST /meetings/{id}/quality/vote", Need: MayScore, Do: p.vote},
		{Pattern: "POST /meetings/{id}/quality/reopen", Need: MayScore, Do: p.reopen},
		{Pattern: "POST /meetings/{id}/quality/submit", Need: MayScore, Do: p.submit},
		{Pattern: "POST /meetings/{id}/quality/decide", Need: MayConfirm, Do: p.decide},
		{Pattern: "POST /meetings/{id}/remedies", Need: MayScore, Do: p.addRemedy},
		{Pattern: "POST /remedies/{id}/done", Need: MayScore, Do: p.tickRemedy},
		{Pattern: "GET /meetings/{id}/quality.docx", Need: MayRead, Do: p.paper("docx")},
		{Pattern: "GET /meetings/{id}/quality.pdf", Need: MayRead, Do: p.paper("pdf")},
	}, p.queueRoutes(), p.yearRoutes())
}

// forms of the page of one score, as they came back.
type sent struct{ lines, scorer, vote, decide, remedy web.Form }

func (p Pages) show(c *web.Ctx) error {
	page, err := p.page(c, sent{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p Pages) page(c *web.Ctx, f sent) (web.Page, error) {
	file, err := p.Load(c.Context(), p.DB, c.Who.Scope(MayRead), c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	s := file.Score
	people := []string{s.Scorer, s.Own.By, s.SubmittedBy, s.Decision.By, s.Ballot.By}
	for _, m := range file.Marks {
		people = append(people, m.By)
	}
	for _, r := range file.Remedies {
		people = append(people, r.Member, r.DoneBy)
	}
	names, err := member.Names(c.Context(), p.DB, file.Meeting.Root, people...)
	if err != nil {
		return web.Page{}, err
	}
	path := file.Organization.Path
	v := scoreView{
		File: file, L: c.L, Names: names, sent: f, Today: p.now().Date(),
		Scores: c.Who.MayAt(MayScore, path), Fills: file.MayFill(c.Who), Confirms: file.MayDecide(c.Who), Shown: file.MaySee(c.Who),
	}
	return web.Page{
		Title: c.L.T("quality.title"), Lead: file.Meeting.Title, Section: section,
		Crumbs: []web.Crumb{{Text: file.Meeting.Title, URL: file.Meeting.Path()}}, Body: v.body(),
	}, nil
}

// again answers a form of the page that was refused.
func (p Pages) again(c *web.Ctx, err error, f sent) error {
	return c.Redraw(err)(p.page(c, f))
}

func (p Pages) done(c *web.Ctx, key string) error {
	return c.Done("/meetings/"+c.Param("id")+"/quality", key)
}

// entry reads the fields of the lines, which are named after the lines of the sheet.
func entry(c *web.Ctx) (Entry, error) {
	values, err := c.Values()
	e := Entry{Points: map[string]string{}, Reasons: map[string]string{}, Level: rubric.Level(values.Get("level"))}
	for name, v := range values {
		for prefix, into := range map[string]map[string]string{"points[": e.Points, "reasons[": e.Reasons} {
			if line, ok := strings.CutPrefix(name, prefix); ok && len(v) > 0 {
				into[strings.TrimSuffix(line, "]")] = v[0]
			}
		}
	}
	return e, err
}

// save keeps the lines; with the button "agree" the committee agrees on them.
func (p Pages) save(c *web.Ctx) error {
	e, err := entry(c)
	if err != nil {
		return err
	}
	values, _ := c.Values() // read just now
	key := "quality.done.saved"
	if values.Get("agree") == "" {
		err = p.Save(c.Context(), c.Who, c.Param("id"), e)
	} else {
		key = "quality.done.self_scored"
		err = p.SelfScore(c.Context(), c.Who, c.Param("id"), e)
	}
	if err != nil {
		return p.again(c, err, sent{lines: c.Refill(err)})
	}
	return p.done(c, key)
}

func (p Pages) assign(c *web.Ctx) error {
	var f struct {
		Scorer string `form:"scorer"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Assign(c.Context(), c.Who, c.Param("id"), f.Scorer)
	}
	if err != nil {
		return p.again(c, err, sent{scorer: c.Refill(err)})
	}
	return p.done(c, "quality.done.assigned")
}

func (p Pages) vote(c *web.Ctx) error {
	var f struct {
		For     int    `form:"for"`
		Against int    `form:"against"`
		Room    string `form:"room"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Vote(c.Context(), c.Who, c.Param("id"), f.For, f.Against, f.Room != "")
	}
	if err != nil {
		return p.again(c, err, sent{vote: c.Refill(err)})
	}
	return p.done(c, "quality.done.voted")
}

func (p Pages) reopen(c *web.Ctx) error {
	if err := p.Reopen(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return p.done(c, "quality.done.reopened")
}

func (p Pages) submit(c *web.Ctx) error {
	if err := p.Submit(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return p.done(c, "quality.done.submitted")
}

func (p Pages) decide(c *web.Ctx) error {
	e, err := entry(c)
	if err == nil {
		values, _ := c.Values() // read just now
		err = p.Decide(c.Context(), c.Who, c.Param("id"), e, values.Get("reason"))
	}
	if err != nil {
		return p.again(c, err, sent{decide: c.Refill(err)})
	}
	if values, _ := c.Values(); values.Get("queue") != "" { // read just now
		return c.Done("/scores", "quality.done.decided")
	}
	return p.done(c, "quality.done.decided")
}

// remedyForm is the form of a weak point.
type remedyForm struct {
	Line     string    `form:"line"`
	Weakness string    `form:"weakness"`
	Remedy   string    `form:"remedy"`
	Due      when.Date `form:"due"`
	Member   string    `form:"member"`
}

func (p Pages) addRemedy(c *web.Ctx) error {
	var f remedyForm
	err := c.Decode(&f)
	if err == nil {
		err = p.AddRemedy(c.Context(), c.Who, c.Param("id"), Remedy{Line: f.Line, Weakness: f.Weakness, Remedy: f.Remedy, Due: f.Due, Member: f.Member})
	}
	if err != nil {
		return p.again(c, err, sent{remedy: c.Refill(err)})
	}
	return p.done(c, "quality.done.remedy")
}

// tickRemedy ticks a remedy and goes back to the meeting whose page it stood on.
func (p Pages) tickRemedy(c *web.Ctx) error {
	var f struct {
		Outcome string `form:"outcome"`
		Meeting string `form:"meeting"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	r, err := remedyInScope(c.Context(), p.DB, c.Who.Scope(MayScore), c.Param("id"))
	if err != nil {
		return err
	}
	if err := p.TickRemedy(c.Context(), c.Who, r.ID, f.Outcome); err != nil {
		return err
	}
	back := "/meetings/" + r.Meeting + "/quality"
	if f.Meeting != "" {
		back = "/meetings/" + f.Meeting
	}
	return c.Done(back, "quality.done.ticked")
}
