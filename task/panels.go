package task

import (
	g "maragu.dev/gomponents"

	"chibo/kit/web"
)

// HomePanel is the card of one's own tasks on the home page, nil for people who
// are on no roll.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if c.Who.Member == "" || !c.Who.May(MayRead) {
		return nil, nil
	}
	tasks, err := p.Mine(c.Context(), c.Who)
	if err != nil {
		return nil, err
	}
	return homeCard(c.L, tasks, p.now()), nil
}

// HelpPanel is the card, on the home page of a committee of a cell, of the tasks in
// whose way something is that nobody has answered to; nil when there are none.
func (p *Pages) HelpPanel(c *web.Ctx) (g.Node, error) {
	tasks, err := difficultInScope(c.Context(), p.DB, c.Who.Scope(MayGive), mostAtHome)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	names, err := p.names(c.Context(), tasks)
	if err != nil {
		return nil, err
	}
	return helpCard(c.L, tasks, names), nil
}

// MeetingPanel is the card of the tasks that a meeting gave, nil when it gave
// none or the person may not see them.
func (p *Pages) MeetingPanel(c *web.Ctx, meeting string) (g.Node, error) {
	tasks, err := ofMeetingInScope(c.Context(), p.DB, c.Who.Scope(MayRead), meeting)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	names, err := p.names(c.Context(), tasks)
	if err != nil {
		return nil, err
	}
	return meetingCard(c.L, tasks, names, p.now()), nil
}
