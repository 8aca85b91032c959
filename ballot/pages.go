package ballot

import (
	"context"
	"net/url"

	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/web"
)

// Pages are the ballot on a voter's phone, and the panels that lead there.
type Pages struct{ *Service }

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /ballots/{id}", Need: Vote, Do: p.show},
		{Pattern: "POST /ballots/{id}", Need: Vote, Do: p.answer, Repeats: true},
	}
}

// Steps of answering. Nothing is kept before the last.
const (
	stepLook = "look" // shows what was chosen, to be confirmed
	stepEdit = "edit" // goes back from there
	stepCast = "cast" // hands it in
)

// find returns the poll as its voter sees it; a poll in which the person has no
// ballot is not there.
func (p *Pages) find(c *web.Ctx) (Poll, error) {
	if c.Who.Member == "" {
		return Poll{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return pollOf(c.Context(), p.DB, c.Who.Root, c.Param("id"), c.Who.Member)
}

func (p *Pages) view(c *web.Ctx, poll Poll) (v pollView, err error) {
	v = pollView{L: c.L, Poll: poll, form: web.Form{Values: poll.empty()}}
	if v.voted, v.entitled, err = p.Service.Voted(c.Context(), p.DB, poll.Root, poll.ID); err != nil {
		return v, err
	}
	if poll.Voted && !poll.Secret {
		named, _, err := choiceOf(c.Context(), p.DB, poll.Root, poll.ID, c.Who.Member)
		v.own = choices(named)
		return v, err
	}
	return v, nil
}

func (p *Pages) show(c *web.Ctx) error {
	poll, err := p.find(c)
	if err != nil {
		return err
	}
	v, err := p.view(c, poll)
	if err != nil {
		return err
	}
	return c.Page(v.page())
}

func (p *Pages) answer(c *web.Ctx) error {
	c.Unzipped() // the length of an answer must not tell what was chosen
	values, err := c.Values()
	if err != nil {
		return err
	}
	if step := values.Get(stepField); step == stepLook || step == stepEdit {
		return p.look(c, values, step == stepLook)
	}
	// A whole hall hands in at once: nothing is read here that Cast does not need.
	poll, err := p.poll(c.Context(), c.Who.Root, c.Param("id"))
	if err != nil {
		return err
	}
	chosen, err := poll.read(values)
	if err == nil {
		err = p.Cast(c.Context(), c.Who, poll.ID, chosen)
	}
	if err != nil {
		return p.refused(c, err)
	}
	return c.Done(poll.Path(), "ballot.done")
}

// look shows the ballot as it was filled in, to be confirmed or to be changed.
func (p *Pages) look(c *web.Ctx, values url.Values, confirms bool) error {
	poll, err := p.find(c)
	if err != nil {
		return err
	}
	chosen, err := poll.read(values)
	if err != nil {
		return p.refused(c, err)
	}
	v, err := p.view(c, poll)
	if err != nil {
		return err
	}
	v.form, v.confirms = web.Form{Values: poll.posted(chosen)}, confirms
	return c.Page(v.page())
}

// refused shows the ballot once more with what is wrong with it; where there is
// nothing left to fill in, the page of the poll says how it stands.
func (p *Pages) refused(c *web.Ctx, because error) error {
	poll, err := p.find(c)
	if err != nil {
		return err
	}
	if poll.Voted || poll.State != Running {
		return c.See(poll.Path())
	}
	v, err := p.view(c, poll)
	if err != nil {
		return err
	}
	v.form = c.Refill(because)
	return c.Again(because, v.page())
}

// MeetingPanel is the piece of another page that leads to the polls of a meeting in
// which the reader has a ballot; nil when none runs.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, meeting string) (g.Node, error) {
	polls, err := p.OpenFor(ctx, p.DB, c.Who.Root, meeting, c.Who.Member)
	if err != nil || len(polls) == 0 {
		return nil, err
	}
	return panel(c.L, polls), nil
}

// HomePanel is the piece of the home page that leads to every poll in which the
// reader has a ballot; nil when none runs.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) { return p.MeetingPanel(c.Context(), c, "") }
