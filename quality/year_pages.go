package quality

import (
	"cmp"
	"context"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
	"chibo/rubric"
)

func (p Pages) yearRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /quality", Need: MayRead, Do: p.home},
		{Pattern: "GET /quality/{organization}/{year}", Need: MayRead, Do: p.year},
	}
}

// home leads to the year of the reader's cell, and shows a superior what waits.
func (p Pages) home(c *web.Ctx) error {
	cells, err := p.cells(c, MayRead)
	if err != nil {
		return err
	}
	if len(cells) == 1 && !c.Who.May(MayConfirm) {
		return c.See(yearURL(cells[0].ID, p.now().Date().Year))
	}
	v := boardView{L: c.L, Cells: cells, Year: c.QueryInt("year", p.now().Date().Year), Today: p.now().Date(), Scores: map[string]map[when.Month][]Dated{}}
	if v.Year < 1930 || v.Year > 2200 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	first := when.Month{Year: v.Year, Month: 1}
	all, err := inMonths(c.Context(), p.DB, c.Who.Scope(MayRead), first, first.Add(11))
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.State == Draft {
			continue
		}
		if v.Scores[s.Organization] == nil {
			v.Scores[s.Organization] = map[when.Month][]Dated{}
		}
		v.Scores[s.Organization][s.Month] = append(v.Scores[s.Organization][s.Month], s)
	}
	if c.Who.May(MayConfirm) {
		v.Confirms = true
		if v.Waiting, err = countWaiting(c.Context(), p.DB, c.Who.Scope(MayConfirm)); err != nil {
			return err
		}
	}
	return c.Page(web.Page{Title: c.L.T("quality.board"), Lead: c.L.T("quality.board_lead"), Section: section, Wide: true, Body: v.body()})
}

func (p Pages) cells(c *web.Ctx, need access.Need) ([]organization.Organization, error) {
	return organization.CellsUnder(c.Context(), p.DB, c.Who.Scope(need).Near())
}

// year shows the meetings of a cell's year with their scores, what the rule of the year
// makes of them, and what is still to be mended.
func (p Pages) year(c *web.Ctx) error {
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(MayRead), c.Param("organization"))
	if err != nil {
		return err
	}
	v := yearView{L: c.L, Cell: o, Today: p.now().Date(), Scores: c.Who.MayAt(MayScore, o.Path)}
	if m, err := when.ParseMonth(c.Param("year") + "-01"); err == nil {
		v.Year = m.Year
	} else {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if err := p.fillYear(c, &v); err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("quality.year", "Year", v.Year), Lead: o.Name, Section: section, Body: v.body()})
}

func (p Pages) fillYear(c *web.Ctx, v *yearView) error {
	ctx, o := c.Context(), v.Cell
	first := when.Month{Year: v.Year, Month: 1}
	meetings, err := meeting.Between(ctx, p.DB, o.Root, o.ID, first, first.Add(11))
	if err != nil {
		return err
	}
	v.Meetings = slices.DeleteFunc(meetings, func(m meeting.Meeting) bool { return !m.State.Reached(meeting.Closed) })
	scores, err := Between(ctx, p.DB, o.Root, o.ID, first, first.Add(11))
	if err != nil {
		return err
	}
	v.ByMeeting = map[string]Score{}
	for _, s := range scores {
		v.ByMeeting[s.Meeting] = s
	}
	if v.Rubric, err = rubric.On(ctx, p.DB, o, string(meeting.Ordinary), lastDay(v.Year, v.Today)); err != nil {
		return err
	}
	if v.Remedies, err = OpenRemedies(ctx, p.DB, o.Root, o.ID); err != nil {
		return err
	}
	v.Names, err = p.namesOf(ctx, o.Root, v.Remedies)
	return err
}

// lastDay is the last day of a year that has come: its rule judges the year.
func lastDay(year int, today when.Date) when.Date {
	last := when.Month{Year: year, Month: 12}.Last()
	if today.Before(last) && today.Year >= year {
		return today
	}
	return last
}

func (p Pages) namesOf(ctx context.Context, root string, all []Remedy) (map[string]string, error) {
	var people []string
	for _, r := range all {
		people = append(people, r.Member)
	}
	return member.Names(ctx, p.DB, root, people...)
}

// MeetingPanel shows on the page of a meeting where its score stands, and before it is
// held what earlier meetings have left to be mended.
func (p Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || !c.Who.MayAt(MayRead, o.Path) {
		return nil, err
	}
	if m.Kind == meeting.Congress { // it is not scored, and mends nothing
		return nil, nil
	}
	if m.State.Reached(meeting.Closed) {
		s, begun, err := scoreOf(ctx, p.DB, m.Root, m.ID)
		if !begun {
			s.State = Draft
		}
		return scoreCard(c.L, m, s, c.Who.MayAt(MayScore, o.Path)), err
	}
	if !c.Who.MayAt(MayScore, o.Path) {
		return nil, nil
	}
	open, err := OpenRemedies(ctx, p.DB, m.Root, m.Organization)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	names, err := p.namesOf(ctx, m.Root, open)
	return remediesCard(c.L, open, names, p.now().Date(), m.ID), err
}

// HomePanel is what waits for the reader: for the committee above the scores to be
// decided, for the committee of a cell its newest meeting that is not scored.
func (p Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	var out g.Group
	if c.Who.May(MayConfirm) {
		n, err := countWaiting(c.Context(), p.DB, c.Who.Scope(MayConfirm).Near())
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, waitingCard(c.L, n))
		}
	}
	own, err := p.toScore(c)
	if err != nil {
		return nil, err
	}
	if own != nil {
		out = append(out, own)
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

// toScore is the card of the newest closed meeting of the reader's cell whose score
// waits for the cell itself; nil where there is none.
func (p Pages) toScore(c *web.Ctx) (g.Node, error) {
	home, ok := c.Who.Home()
	if !ok || !c.Who.MayAt(MayRead, home.Path) {
		return nil, nil
	}
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(MayRead), home.Organization)
	if err != nil || o.Level != organization.Cell {
		return nil, err
	}
	month := p.now().Date().In()
	all, err := meeting.Between(c.Context(), p.DB, o.Root, o.ID, month.Add(-2), month.Add(1))
	if err != nil {
		return nil, err
	}
	for _, m := range slices.Backward(all) {
		if !m.State.Reached(meeting.Closed) || m.Kind == meeting.Congress {
			continue
		}
		s, begun, err := scoreOf(c.Context(), p.DB, m.Root, m.ID)
		if !begun {
			s.State = Draft
		}
		mine := c.Who.MayAt(MayScore, o.Path) && !s.State.Reached(Submitted) || s.State == Draft && s.Scorer != "" && s.Scorer == c.Who.Member
		if err != nil || !mine {
			return nil, err
		}
		return scoreCard(c.L, m, s, true), nil
	}
	return nil, nil
}

// CopiedPanel tells the minute-taker, and nobody else, how much of what was written
// tonight stands in last month's record already. It lowers nothing, and goes away once
// the minutes are adopted.
func (p Pages) CopiedPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, _, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || c.Who.Member == "" || !m.State.Reached(meeting.Open) || m.State == meeting.Sealed {
		return nil, err
	}
	last, found, err := before(ctx, p.DB, m)
	if err != nil || !found {
		return nil, err
	}
	now, err := p.Room.StateOf(ctx, p.DB, m.Root, m.ID)
	if err != nil || now.Adopted() || c.Who.Member != cmp.Or(now.Opening.MinuteTaker, m.MinuteTaker) {
		return nil, err
	}
	then, err := p.Room.StateOf(ctx, p.DB, last.Root, last.ID)
	if err != nil {
		return nil, err
	}
	l := Compare(typed(now), typed(then))
	if l.Percent < worthTelling {
		return nil, nil
	}
	return copiedCard(c.L, l), nil
}
