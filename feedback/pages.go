package feedback

import (
	"context"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/conference"
	"chibo/delegation"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// Pages are the form that everybody comes to by a code, and the pages of those who open,
// read and conclude.
type Pages struct{ *Service }

const section = "conferences"

// Routes returns the routes of the feature. Nobody is asked who they are at the form but
// where they come with their account, which a round must ask for.
func (p *Pages) Routes() []web.Route {
	const keep, direct, sitting = conference.Keep, conference.Direct, "/conferences/{id}/feedback/{sitting}"
	nameless := func(pattern string, do web.Handler) web.Route {
		return web.Route{Pattern: pattern, Need: access.Public, Do: do, Nameless: true}
	}
	return []web.Route{
		nameless("GET /y", p.ask),
		nameless("POST /y", p.asked),
		nameless("GET /y/{code}", p.stand(byCodeAlone)),
		nameless("POST /y/{code}", p.send(byCodeAlone)),
		nameless("POST /y/{code}/take-back", p.takeBack(byCodeAlone)),
		nameless("POST /y/{code}/leave", p.leave),
		nameless("GET /y/{code}/i/{invitation}", p.stand(byInvitation)),
		nameless("POST /y/{code}/i/{invitation}", p.send(byInvitation)),
		nameless("POST /y/{code}/i/{invitation}/take-back", p.takeBack(byInvitation)),
		{Pattern: "GET /y/{code}/me", Need: access.SignedIn, Do: p.stand(byAccount)},
		{Pattern: "POST /y/{code}/me", Need: access.SignedIn, Do: p.send(byAccount)},
		{Pattern: "POST /y/{code}/me/take-back", Need: access.SignedIn, Do: p.takeBack(byAccount)},

		{Pattern: "GET /conferences/{id}/feedback", Need: keep, Do: p.index},
		{Pattern: "GET " + sitting, Need: keep, Do: p.show},
		{Pattern: "POST " + sitting + "/open", Need: keep, Do: p.open},
		{Pattern: "POST " + sitting + "/rotate", Need: keep, Do: p.rotate},
		{Pattern: "GET " + sitting + "/wall", Need: keep, Do: p.wall},
		{Pattern: "GET " + sitting + "/form", Need: keep, Do: p.blank},
		{Pattern: "GET " + sitting + "/slips", Need: keep, Do: p.slips},
		{Pattern: "GET " + sitting + "/paper", Need: keep, Do: p.paper},
		{Pattern: "POST " + sitting + "/paper", Need: keep, Do: p.typeIn},
		{Pattern: "GET " + sitting + "/cells/{phase}/{head}", Need: keep, Do: p.cell},
		{Pattern: "POST " + sitting + "/cells/{phase}/{head}/gather", Need: keep, Do: p.gather},
		{Pattern: "POST " + sitting + "/cells/{phase}/{head}/set-aside", Need: keep, Do: p.setAside},
		{Pattern: "GET " + sitting + "/aside", Need: keep, Do: p.asides},
		{Pattern: "POST " + sitting + "/aside/{sheet}/take-in", Need: keep, Do: p.takeIn},
		{Pattern: "POST " + sitting + "/cells/{phase}/{head}/turn-down", Need: keep, Do: p.turnDown},
		{Pattern: "POST " + sitting + "/cells/{phase}/{head}/text", Need: keep, Do: p.write},
		{Pattern: "POST " + sitting + "/cells/{phase}/{head}/groups/{group}", Need: keep, Do: p.reword},
		{Pattern: "POST " + sitting + "/cells/{phase}/{head}/groups/{group}/dissolve", Need: keep, Do: p.dissolve},
		{Pattern: "GET " + sitting + "/document/{form}", Need: keep, Do: p.document},
		{Pattern: "GET " + sitting + "/conclusions", Need: keep, Do: p.conclusions},
		{Pattern: "POST " + sitting + "/conclusions", Need: direct, Do: p.conclude},
		{Pattern: "POST " + sitting + "/conclusions/{conclusion}", Need: direct, Do: p.conclude},
		{Pattern: "POST " + sitting + "/conclusions/{conclusion}/drop", Need: direct, Do: p.drop},
		{Pattern: "POST " + sitting + "/conclusions/{conclusion}/teach", Need: direct, Do: p.teach},
		{Pattern: "POST " + sitting + "/conclusions/{conclusion}/teach-all", Need: direct, Do: p.teachAll},
	}
}

// stand is how the feedback of one sitting stands.
type standing struct {
	Place
	Counted Counted
}

// standings returns how the sittings of a conference stand.
func (s *Service) standings(ctx context.Context, x conference.Conference) ([]standing, error) {
	all, err := conference.Sittings(ctx, s.DB, x)
	if err != nil {
		return nil, err
	}
	out := make([]standing, len(all))
	for i, y := range all {
		out[i].Conference, out[i].Sitting = x, y
		if out[i].Round, out[i].Opened, err = roundOf(ctx, s.DB, x.Root, y.ID); err != nil {
			return nil, err
		}
		if !out[i].Opened {
			continue
		}
		if out[i].Counted, err = count(ctx, s.DB, out[i].Round); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (p *Pages) index(c *web.Ctx) error {
	x, err := conference.Get(c.Context(), p.DB, c.Who.Scope(conference.Keep), c.Param("id"))
	if err != nil {
		return err
	}
	all, err := p.standings(c.Context(), x)
	if err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: c.L.T("feedback.title"), Lead: x.Title, Section: section, Crumbs: []web.Crumb{{Text: x.Title, URL: x.Path()}},
		Body: indexView{c.L, all, p.now()}.body(),
	})
}

// ConferencePanel shows on the page of a conference how the feedback of its sittings
// stands, to those who keep it.
func (p *Pages) ConferencePanel(c *web.Ctx, x conference.Conference) (g.Node, error) {
	o, err := organization.Find(c.Context(), p.DB, x.Root, x.Organization)
	if err != nil || !c.Who.MayAt(conference.Keep, o.Path) {
		return nil, err
	}
	all, err := p.standings(c.Context(), x)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return indexView{c.L, all, p.now()}.card(), nil
}

// InvitationPanel leads somebody who is invited to the feedback of the sittings they attend,
// while it is taken. Where no names are asked nothing of the invitation goes along.
func (p *Pages) InvitationPanel(c *web.Ctx, v delegation.Invitation) (g.Node, error) {
	var links []g.Node
	for _, y := range v.Attends {
		r, is, err := roundOf(c.Context(), p.DB, y.Root, y.ID)
		if err != nil {
			return nil, err
		}
		if !is || r.StateAt(p.now()) != Open {
			continue
		}
		url := r.Path()
		if r.Named {
			url += "/i/" + v.Code
		}
		links = append(links, part.LinkButton(url, c.L.T("feedback.give.sitting", "Title", y.Title), part.Wide))
	}
	if len(links) == 0 {
		return nil, nil
	}
	return part.Card(part.CardHead(c.L.T("feedback.give.title")), part.Stack(links...)), nil
}

// MeetingPanel says on the page of the meeting that is performed that feedback of it is
// taken, and how much has come; those who keep the conference come from there to it.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil {
		return nil, err
	}
	r, is, err := roundOfMeeting(ctx, p.DB, o.Root, m.ID)
	if err != nil || !is {
		return nil, err
	}
	n, err := count(ctx, p.DB, r)
	if err != nil {
		return nil, err
	}
	x, err := conference.Of(ctx, p.DB, r.Root, r.Conference)
	if err != nil {
		return nil, err
	}
	unit, err := organization.Find(ctx, p.DB, x.Root, x.Organization)
	if err != nil {
		return nil, err
	}
	url := ""
	if c.Who.MayAt(conference.Keep, unit.Path) {
		url = x.Path() + "/feedback/" + r.Sitting
	}
	return meetingCard(c.L, n, url), nil
}

// crumbs is the way to a page of a sitting.
func (f Place) crumbs(c *web.Ctx, more ...web.Crumb) []web.Crumb {
	return append([]web.Crumb{
		{Text: f.Conference.Title, URL: f.Conference.Path()}, {Text: c.L.T("feedback.title"), URL: f.Conference.Path() + "/feedback"},
	}, more...)
}

// within is the way to a page below that of a sitting.
func (f Place) within(c *web.Ctx) []web.Crumb {
	return f.crumbs(c, web.Crumb{Text: f.Sitting.Title, URL: f.Path()})
}

func (p *Pages) view(c *web.Ctx) (File, error) {
	return p.View(c.Context(), c.Who, c.Param("id"), c.Param("sitting"))
}

// openedFile is view for pages that are there once the round was opened.
func (p *Pages) openedFile(c *web.Ctx) (File, error) {
	f, err := p.view(c)
	if err == nil && !f.Opened {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return f, err
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.page(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// opening is the form of a round; named is a choice of two.
type opening struct {
	Named    string       `form:"named"`
	OpensAt  when.Instant `form:"opens_at"`
	ClosesAt when.Instant `form:"closes_at"`
}

// The choices of opening.
const (
	namedChoice    = "named"
	namelessChoice = "nameless"
)

// page is the page of a sitting; the form of the opening comes back as it was refused.
func (p *Pages) page(c *web.Ctx, refused web.Form) (web.Page, error) {
	f, err := p.view(c)
	if err != nil {
		return web.Page{}, err
	}
	v := fileView{File: f, L: c.L, now: p.now(), base: c.Base(), form: refused}
	if !refused.Wrong() {
		o := opening{namelessChoice, f.Sitting.StartsAt, f.Sitting.EndsAt.Date().AddDays(3).At(18, 0)}
		if f.Opened {
			o = opening{namelessChoice, f.Round.OpensAt, f.Round.ClosesAt}
			if f.Round.Named {
				o.Named = namedChoice
			}
		}
		v.form = c.Fill(o)
	}
	return web.Page{Title: f.Sitting.Title, Lead: c.L.T("feedback.lead"), Section: section, Crumbs: f.crumbs(c), Action: v.action(), Body: v.body()}, nil
}

// filePath is the address of the page of the sitting that is asked for.
func filePath(c *web.Ctx) string {
	return "/conferences/" + c.Param("id") + "/feedback/" + c.Param("sitting")
}

func (p *Pages) open(c *web.Ctx) error {
	var o opening
	err := c.Decode(&o)
	var k fault.Check
	k.That(slices.Contains([]string{namedChoice, namelessChoice}, o.Named), "named", "feedback.problem.named")
	if err == nil {
		err = k.Err()
	}
	if err == nil {
		_, err = p.Open(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), Opening{o.Named == namedChoice, o.OpensAt, o.ClosesAt})
	}
	if err == nil {
		return c.Done(filePath(c), "feedback.done.opened")
	}
	return c.Redraw(err)(p.page(c, c.Refill(err)))
}

func (p *Pages) rotate(c *web.Ctx) error {
	if err := p.Rotate(c.Context(), c.Who, c.Param("id"), c.Param("sitting")); err != nil {
		return err
	}
	return c.Done(filePath(c), "feedback.done.rotated")
}

// wall is the page for the projector: the code and how much has come. It asks for itself
// again.
func (p *Pages) wall(c *web.Ctx) error {
	f, err := find(c.Context(), p.DB, c.Who.Scope(conference.Keep), c.Param("id"), c.Param("sitting"))
	if err != nil {
		return err
	}
	if !f.Opened {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	n, err := count(c.Context(), p.DB, f.Round)
	if err != nil {
		return err
	}
	v := wallView{c.L, f, n, c.Base(), p.now()}
	if c.HX() {
		return c.Fragment(v.live())
	}
	return c.Page(web.Page{Title: c.L.T("feedback.give.title"), Bare: true, Sheet: true, Wide: true, Body: part.Alone(v.body())})
}
