package supervision

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/organization"
)

// Pages serves the board.
type Pages struct {
	*Service

	// Panels are what other features show under the board of a unit, nil where nothing.
	Panels []func(c *web.Ctx, unit organization.Organization) (g.Node, error)
}

// section is the entry of the navigation.
const section = "board"

// Routes lists the pages of the committee above.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /board", Need: MayOversee, Do: p.board},
		{Pattern: "GET /board.xlsx", Need: MayOversee, Do: p.workbook},
	}
}

// asked reads which board is asked for; one that cannot be is not found.
func asked(c *web.Ctx) (Query, error) {
	q := Query{Unit: c.Query("unit"), Year: c.QueryInt("year", 0), Kind: organization.Kind(c.Query("kind")), Show: Show(c.Query("show"))}
	if q.Year != 0 && (q.Year < 1930 || q.Year > 2200) || q.Kind != "" && !slices.Contains(organization.Kinds, q.Kind) || !slices.Contains(Shows, q.Show) {
		return q, fault.New(fault.NotFound, "fault.not_found")
	}
	return q, nil
}

// address returns the address of a board in a form: "" for the page, ".xlsx".
func (q Query) address(form string) string {
	v := url.Values{}
	for name, value := range map[string]string{"unit": q.Unit, "kind": string(q.Kind), "show": string(q.Show)} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if q.Year != 0 {
		v.Set("year", strconv.Itoa(q.Year))
	}
	if len(v) == 0 {
		return "/board" + form
	}
	return "/board" + form + "?" + v.Encode()
}

func (p *Pages) read(c *web.Ctx) (boardView, error) {
	ask, err := asked(c)
	if err != nil {
		return boardView{}, err
	}
	b, err := p.Board(c.Context(), c.Who, ask)
	return boardView{Board: b, L: c.L, Ask: ask}, err
}

func (p *Pages) board(c *web.Ctx) error {
	ask, err := asked(c)
	if err != nil {
		return err
	}
	v := boardView{L: c.L, Ask: ask, Board: Board{Year: ask.Year}}
	if v.Year == 0 {
		v.Year = p.now().Date().Year
	}
	if id := ask.unit(c.Who); id != "" {
		if v.Unit, err = organization.Get(c.Context(), p.DB, c.Who.Scope(MayOversee), id); err != nil {
			return err
		}
	}
	known, err := p.draw(c, &v)
	if err != nil {
		return err
	}
	if v.Above, err = p.above(c, v.Unit); err != nil {
		return err
	}
	for _, panel := range p.Panels {
		n, err := panel(c, v.Unit)
		if err != nil {
			return err
		}
		if n != nil {
			v.panels = append(v.panels, n)
		}
	}
	return c.Page(web.Page{
		Title: c.L.T("supervision.board", "Year", v.Year), Lead: known.lead, Section: section, Wide: true,
		Crumbs: v.crumbs(), Action: v.action(), Body: part.Stack(g.Raw(known.body), g.If(len(v.panels) > 0, part.NoPrint(v.panels))),
	})
}

// draw draws a board, or finds it drawn; v knows its unit, and its rows where they were read.
func (p *Pages) draw(c *web.Ctx, v *boardView) (drawn, error) {
	key, same := "", false
	if v.Unit.Level.Committee() {
		key, same = p.keyOf(c, v.Ask, v.Unit)
	}
	if err := p.Recount(c.Context(), c.Who.Scope(MayOversee)); err != nil {
		return drawn{}, err
	}
	number := p.memory.now(p.DB)
	if k, found := p.memory.boards.Get(key, number); same && found {
		return k, nil
	}
	read, err := p.read(c)
	if err != nil {
		return drawn{}, err
	}
	*v = read
	var body strings.Builder
	if err := v.body().Render(&body); err != nil {
		return drawn{}, err
	}
	k := drawn{v.lead(), body.String()}
	if same {
		p.memory.boards.Put(key, number, k, 1, mostDrawn)
	}
	return k, nil
}

// above returns the committees above a unit that the reader oversees, from the top.
func (p *Pages) above(c *web.Ctx, o organization.Organization) ([]organization.Organization, error) {
	var all []organization.Organization
	if o.ID == "" {
		return nil, nil
	}
	for _, id := range o.Above() {
		up, err := organization.Get(c.Context(), p.DB, c.Who.Scope(MayOversee), id)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, up)
	}
	return all, nil
}

func (p *Pages) workbook(c *web.Ctx) error {
	v, err := p.read(c)
	if err != nil {
		return err
	}
	return c.Sheet("bang-theo-doi-"+strconv.Itoa(v.Year)+".xlsx", v.table())
}

// HomePanel says to whoever oversees cells how the month stands and opens the board; nil
// for all others.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(MayOversee) {
		return nil, nil
	}
	b, err := p.Board(c.Context(), c.Who, Query{})
	if err != nil {
		return nil, err
	}
	return boardView{Board: b, L: c.L}.homeCard(), nil
}

// UnitPanel leads from the page of a committee to its board; nil for whoever may not see it.
func (p *Pages) UnitPanel(c *web.Ctx, o organization.Organization) g.Node {
	if !o.Level.Committee() || !c.Who.MayAt(MayOversee, o.Path) {
		return nil
	}
	return part.Card(part.CardHead(c.L.T("supervision.title")),
		part.LinkButton(Query{Unit: o.ID}.address(""), c.L.T("supervision.open"), part.Wide, part.IconChart))
}
