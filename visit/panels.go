package visit

import (
	"context"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// answerDays is how long the home page of a cell shows a sheet that was not answered.
const answerDays = 60

// HomePanel is the card of the home page: for a visitor the next visits and sheets to be
// finished, for a committee load and gaps of the month, for a cell the sheet that it has
// not answered. Nil where there is nothing.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	var out g.Group
	for _, card := range []func(*web.Ctx) (g.Node, error){p.ownCard, p.monthCard, p.answerCard} {
		n, err := card(c)
		if err != nil {
			return nil, err
		}
		if n != nil {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

// nearest is how many visits the home page names.
const nearest = 3

func (p *Pages) ownCard(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(Write) || c.Who.Member == "" {
		return nil, nil
	}
	all, err := ofMember(c.Context(), p.DB, c.Who.Member, p.today().AddDays(-mineSince).Start())
	if err != nil {
		return nil, err
	}
	var lines g.Group
	for _, e := range all {
		if e.State != Assigned || len(lines) == nearest || !c.Who.MayAt(Write, e.CellPath) {
			continue
		}
		tag := stateTag(c.L, e.State)
		if e.StartsAt <= p.now() {
			tag = part.Tag(part.Warn, c.L.T("visit.home.write"))
		}
		lines = append(lines, part.LinkEntry(e.Path(), e.Cell, c.L.Moment(e.StartsAt)+" · "+e.Place, tag))
	}
	if len(all) == 0 {
		return nil, nil
	}
	return part.Card(part.CardHead(c.L.T("visit.mine")), g.If(len(lines) > 0, part.List(lines...)),
		part.LinkButton("/visits/mine", c.L.T("visit.mine.open"), part.Wide, part.IconCalendar)), nil
}

// monthCard is for who sends visitors.
func (p *Pages) monthCard(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(Arrange) {
		return nil, nil
	}
	month := p.today().In()
	f, err := figures(c.Context(), p.DB, c.Who.Scope(Arrange).Near(), month.First().Start(), month.Next().First().Start(), p.today())
	if err != nil || f.Committees == 0 || f.Meetings+f.Gaps == 0 {
		return nil, err
	}
	return part.Card(part.CardHead(c.L.T("visit.title")),
		h.P(part.Big(strconv.Itoa(f.Attended)+"/"+strconv.Itoa(f.Meetings)), g.Text(" "+c.L.T("visit.home.attended", "Month", month.Slashed()))),
		part.Muted(g.Text(c.L.T("visit.home.gaps", "Count", f.Gaps))),
		part.LinkButton("/visits", c.L.T("visit.home.open"), part.Wide, part.IconPeople)), nil
}

func (p *Pages) answerCard(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(Answer) {
		return nil, nil
	}
	all, err := unanswered(c.Context(), p.DB, c.Who.Scope(Answer), p.today().AddDays(-answerDays).Start())
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return part.Card(part.CardHead(c.L.T("visit.home.sheets")), part.List(g.Map(all, func(e Entry) g.Node {
		return part.LinkEntry(e.Path(), e.Title, c.L.T("visit.home.sheet"), stateTag(c.L, e.State))
	}))), nil
}

// MeetingPanel says on the page of a meeting who comes from the committee above, for
// whoever may know; nil where nobody does.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || !c.Who.MayAt(Follow, o.Path) {
		return nil, err
	}
	all, err := ofMeeting(ctx, p.DB, m.Root, m.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	names, err := p.namesOf(c, all)
	return part.Card(part.CardHead(c.L.T("visit.meeting")), part.List(g.Map(all, func(e Entry) g.Node {
		return part.LinkEntry(e.Path(), names[e.Member], "", stateTag(c.L, e.State))
	}))), err
}

// UnitPanel leads from the page of a unit to its visits; nil for whoever may not see them.
func (p *Pages) UnitPanel(c *web.Ctx, o organization.Organization) g.Node {
	if o.Level == organization.PartyGroup || !c.Who.MayAt(Follow, o.Path) || o.Level == organization.Cell && c.Who.May(Arrange) {
		return nil
	}
	return part.Card(part.CardHead(c.L.T("visit.title")),
		part.LinkButton(address("/visits", o.ID, when.Month{}), c.L.T("visit.open"), part.Wide, part.IconPeople))
}
