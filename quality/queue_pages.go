package quality

import (
	"slices"
	"strconv"

	"chibo/document"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/organization"
	"chibo/rubric"
)

func (p Pages) queueRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /scores", Need: MayConfirm, Do: p.queue},
		{Pattern: "POST /scores/confirm", Need: MayConfirm, Do: p.confirmAll},
		{Pattern: "GET /scores/list", Need: MayRead, Do: p.scored},
		{Pattern: "GET /scores/month", Need: MayRead, Do: p.rolled},
		{Pattern: "GET /scores/month.xlsx", Need: MayRead, Do: p.rolledSheet},
		{Pattern: "GET /scores/month.docx", Need: MayRead, Do: p.rolledPaper("docx")},
		{Pattern: "GET /scores/month.pdf", Need: MayRead, Do: p.rolledPaper("pdf")},
	}
}

// queueSection is the place of the navigation of those who confirm.
const queueSection = "scores"

func (p Pages) queue(c *web.Ctx) error {
	all, err := p.Queue(c.Context(), c.Who)
	if err != nil {
		return err
	}
	v := queueView{L: c.L}
	if v.Count, err = countWaiting(c.Context(), p.DB, c.Who.Scope(MayConfirm)); err != nil {
		return err
	}
	for _, w := range all {
		if len(w.Doubts) > 0 || !w.Mine || w.Rubric.Unpointed {
			v.Doubtful = append(v.Doubtful, w)
		} else {
			v.Clear = append(v.Clear, w)
		}
	}
	return c.Page(web.Page{Title: c.L.T("quality.queue"), Lead: c.L.T("quality.queue.lead", "Count", v.Count), Section: queueSection, Wide: true, Body: v.body()})
}

func (p Pages) confirmAll(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	if len(values["meeting"]) == 0 {
		return c.Done("/scores", "quality.done.none_chosen")
	}
	confirmed, left, err := p.ConfirmAll(c.Context(), c.Who, values["meeting"])
	switch {
	case err != nil:
		return err
	case left > 0:
		return c.Done("/scores", "quality.done.confirmed_left", "Count", confirmed, "Left", left)
	}
	return c.Done("/scores", "quality.done.confirmed", "Count", confirmed)
}

// scored lists what a number of the board counts: the meetings of a year with a level.
func (p Pages) scored(c *web.Ctx) error {
	level, year := rubric.Level(c.Query("level")), c.QueryInt("year", p.now().Date().Year)
	if !slices.Contains(rubric.Levels, level) || year < 1930 || year > 2200 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	o, all, err := p.Scored(c.Context(), p.DB, c.Who, c.Query("unit"), year, level)
	if err != nil {
		return err
	}
	cells, err := organization.CellsUnder(c.Context(), p.DB, access.Whole("", o.Path))
	if err != nil {
		return err
	}
	v := scoredView{L: c.L, Cells: map[string]organization.Organization{}, Scores: all}
	for _, cell := range cells {
		v.Cells[cell.ID] = cell
	}
	return c.Page(web.Page{
		Title: c.L.T("quality.scored", "Level", c.L.Of("rubric.level", string(level)), "Year", year), Lead: o.Name, Section: section,
		Crumbs: []web.Crumb{{Text: c.L.T("quality.board"), URL: "/quality?year=" + strconv.Itoa(year)}}, Body: v.body(),
	})
}

// asked reads the table of which committee and month is asked for.
func (p Pages) asked(c *web.Ctx) (rolledView, error) {
	v := rolledView{L: c.L, Ask: c.Query("unit")}
	month := p.now().Date().AddDays(-15).In() // in the first half of a month the last one is drawn up
	if text := c.Query("month"); text != "" {
		var err error
		if month, err = when.ParseMonth(text); err != nil {
			return v, fault.New(fault.NotFound, "fault.not_found")
		}
	}
	var err error
	v.Rolled, err = p.Roll(c.Context(), p.DB, c.Who, v.Ask, month)
	return v, err
}

func (p Pages) rolled(c *web.Ctx) error {
	v, err := p.asked(c)
	if err != nil {
		return err
	}
	crumbs := []web.Crumb{{Text: c.L.T("quality.board"), URL: "/quality"}}
	return c.Page(web.Page{Title: c.L.T("quality.rolled.month", "Month", v.Month.Slashed()), Lead: v.Unit.Name, Section: section, Wide: true, Crumbs: crumbs, Action: v.action(), Body: v.body()})
}

func (p Pages) rolledSheet(c *web.Ctx) error {
	v, err := p.asked(c)
	if err != nil {
		return err
	}
	return c.Sheet("bang-diem-"+v.Month.String()+".xlsx", v.table())
}

func (p Pages) rolledPaper(form string) web.Handler {
	return func(c *web.Ctx) error {
		v, err := p.asked(c)
		if err != nil {
			return err
		}
		return document.Send(c, v.paper(p.now().Date()), v.Month.String()+" Bảng điểm chất lượng sinh hoạt."+form, form)
	}
}
