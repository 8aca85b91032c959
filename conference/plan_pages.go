package conference

import (
	"net/url"
	"slices"
	"strconv"

	"chibo/document"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
)

// planRoutes are the routes of the plan.
func (p *Pages) planRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /conferences/{id}/plan", Need: MayRead, Do: p.plan},
		{Pattern: "GET /conferences/{id}/plan/edit", Need: Keep, Do: p.editPlan},
		{Pattern: "POST /conferences/{id}/plan/edit", Need: Keep, Do: p.write},
		{Pattern: "POST /conferences/{id}/plan/send", Need: Keep, Do: p.send},
		{Pattern: "POST /conferences/{id}/plan/answer", Need: Direct, Do: p.answer},
		{Pattern: "POST /conferences/{id}/plan/issue", Need: Direct, Do: p.issue},
		{Pattern: "GET /conferences/{id}/plan/paper/{form}", Need: MayRead, Do: p.planPaper},
	}
}

// versionAsked returns the version of the address: that on which people work for those who
// keep the conference, that in force for all others, to whom no other exists.
func versionAsked(c *web.Ctx, f File) (Version, error) {
	n, _ := strconv.Atoi(c.Query("version"))
	v, is := f.Plan.Issued()
	switch {
	case f.Keeps && n > 0:
		v, is = f.Plan.At(n)
	case f.Keeps && len(f.Plan) > 0:
		v, is = f.Plan.Latest(), true
	}
	if !is {
		return v, fault.New(fault.NotFound, "fault.not_found")
	}
	return v, nil
}

func (p *Pages) plan(c *web.Ctx) error {
	page, err := p.planPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// planPage is the page of the plan; the form of the committee comes back as it was refused.
func (p *Pages) planPage(c *web.Ctx, refused web.Form) (web.Page, error) {
	f, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	shown, err := versionAsked(c, f)
	if err != nil {
		return web.Page{}, err
	}
	v := planView{File: f, l: c.L, shown: shown, today: p.now().Date(), form: refused}
	if f.Keeps {
		known, err := library.KnownTo(c.Context(), p.DB, f.Root, f.Organization)
		if err != nil {
			return web.Page{}, err
		}
		v.doubts = library.DoubtsAmong(known, shown.Facts.texts(), v.today)
		if before, is := f.Plan.At(shown.N - 1); is {
			v.changes = meeting.Compare(f.Plan.Paper(before, v.today).Text(), f.Plan.Paper(shown, v.today).Text())
		}
		if v.names, err = member.Names(c.Context(), p.DB, f.Root, f.Plan.people()...); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{Title: c.L.T("conference.plan"), Lead: f.Title, Section: section, Crumbs: within(c, f.Conference), Action: v.action(), Body: v.body()}, nil
}

// people are the ids of those who have written, sent, answered or issued.
func (p Plan) people() []string {
	var out []string
	for _, v := range p {
		out = append(out, v.SavedBy, v.SentBy, v.AnsweredBy, v.IssuedBy)
	}
	return slices.Compact(slices.Sorted(slices.Values(out)))
}

// planForm returns the form of the words of a plan.
func planForm(v Version) web.Form {
	w := v.Facts.Words
	values := url.Values{
		"version": {strconv.Itoa(v.N)}, "issuer": {w.Issuer}, "bases": {w.Bases}, "purpose": {w.Purpose},
		"recipients": {w.Recipients}, "for": {w.For}, "as": {w.As}, "name": {w.Name},
	}
	for n, d := range w.Duties {
		values.Set(bodyField(n), d.Body)
		values.Set(linesField(n), d.Lines)
	}
	return web.Form{Values: values}
}

// wordsOf reads the posted words; a duty of which nothing is left falls away.
func wordsOf(values url.Values) Words {
	w := Words{
		Issuer: values.Get("issuer"), Bases: values.Get("bases"), Purpose: values.Get("purpose"),
		Recipients: values.Get("recipients"), For: values.Get("for"), As: values.Get("as"), Name: values.Get("name"),
	}
	for n := range mostDuties {
		if d := (Duty{values.Get(bodyField(n)), values.Get(linesField(n))}); d != (Duty{}) {
			w.Duties = append(w.Duties, d)
		}
	}
	return w
}

func (p *Pages) editPlan(c *web.Ctx) error {
	page, err := p.editPlanPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// editPlanPage is the editor of the words, with what was refused or as they stand.
func (p *Pages) editPlanPage(c *web.Ctx, refused web.Form) (web.Page, error) {
	x, err := p.kept(c)
	if err != nil {
		return web.Page{}, err
	}
	all, err := planOf(c.Context(), p.DB, x)
	if err != nil {
		return web.Page{}, err
	}
	v := editorView{l: c.L, x: x, today: p.now().Date(), form: refused}
	if v.form.Values == nil {
		v.form = planForm(all.Latest())
	}
	if v.known, err = library.KnownTo(c.Context(), p.DB, x.Root, x.Organization); err != nil {
		return web.Page{}, err
	}
	if v.committee, err = p.committee(c.Context(), p.DB, x); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Title: c.L.T("conference.plan.edit"), Section: section, Body: v.body(),
		Crumbs: append(within(c, x), web.Crumb{Text: c.L.T("conference.plan"), URL: x.PlanPath()}),
	}, nil
}

func (p *Pages) write(c *web.Ctx) error {
	values, err := c.Values()
	if err == nil {
		n, _ := strconv.Atoi(values.Get("version"))
		err = p.Write(c.Context(), c.Who, c.Param("id"), n, wordsOf(values), values["keys"])
	}
	if err != nil {
		return c.Redraw(err)(p.editPlanPage(c, c.Refill(err)))
	}
	return c.Done(Conference{ID: c.Param("id")}.PlanPath(), "conference.done.written")
}

// versionForm is the form of whatever is done with the version that was read.
type versionForm struct {
	Version int `form:"version"`
}

// doneVersion answers what was done with a version, or shows the plan again.
func (p *Pages) doneVersion(c *web.Ctx, err error, key string) error {
	if err != nil {
		return c.Redraw(err)(p.planPage(c, c.Refill(err)))
	}
	return c.Done(Conference{ID: c.Param("id")}.PlanPath(), key)
}

func (p *Pages) send(c *web.Ctx) error {
	var f versionForm
	err := c.Decode(&f)
	if err == nil {
		err = p.Send(c.Context(), c.Who, c.Param("id"), f.Version)
	}
	return p.doneVersion(c, err, "conference.done.sent")
}

func (p *Pages) answer(c *web.Ctx) error {
	var f versionForm
	var r Reply
	err := c.Decode(&f)
	if err == nil {
		err = c.Decode(&r)
	}
	if err == nil {
		err = p.Answer(c.Context(), c.Who, c.Param("id"), f.Version, r)
	}
	return p.doneVersion(c, err, "conference.done.answered")
}

func (p *Pages) issue(c *web.Ctx) error {
	var f versionForm
	err := c.Decode(&f)
	if err == nil {
		err = p.Issue(c.Context(), c.Who, c.Param("id"), f.Version)
	}
	return p.doneVersion(c, err, "conference.done.issued")
}

func (p *Pages) planPaper(c *web.Ctx) error {
	f, err := p.View(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	v, err := versionAsked(c, f)
	if err != nil {
		return err
	}
	d := f.Plan.Paper(v, p.now().Date())
	return document.Send(c, d, d.Date.String()+" "+d.Name()+"."+c.Param("form"), c.Param("form"))
}
