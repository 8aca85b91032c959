package visit

import (
	"net/url"
	"slices"

	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// Pages are the lists of visits, who is in charge of which cell, and the sheet of a visit.
type Pages struct{ *Service }

// section is the entry of the navigation.
const section = "visits"

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /visits", Need: Follow, Do: p.index},
		{Pattern: "GET /visits/mine", Need: Write, Do: p.mine},
		{Pattern: "GET /visits/new", Need: Arrange, Do: p.new},
		{Pattern: "POST /visits", Need: Arrange, Do: p.assign},
		{Pattern: "GET /visits/charge", Need: Follow, Do: p.charge},
		{Pattern: "POST /visits/charge", Need: organization.Supervise, Do: p.putInCharge},
		{Pattern: "POST /visits/charge/{office}/release", Need: organization.Supervise, Do: p.release},
		{Pattern: "POST /visits/life", Need: member.Write, Do: p.moveLife},
		{Pattern: "GET /visits/{id}", Need: Follow, Do: p.show},
		{Pattern: "POST /visits/{id}/refuse", Need: Write, Do: p.refuse},
		{Pattern: "POST /visits/{id}/recall", Need: Arrange, Do: p.recall},
		{Pattern: "GET /visits/{id}/before", Need: Write, Do: p.before},
		{Pattern: "GET /visits/{id}/sheet", Need: Write, Do: p.sheet},
		{Pattern: "POST /visits/{id}/remarks", Need: Write, Do: p.note},
		{Pattern: "POST /visits/{id}/remarks/{remark}/strike", Need: Write, Do: p.strike},
		{Pattern: "GET /visits/{id}/finish", Need: Write, Do: p.finishing},
		{Pattern: "POST /visits/{id}/finish", Need: Write, Do: p.finish},
		{Pattern: "POST /visits/{id}/answer", Need: Answer, Do: p.answer},
		{Pattern: "GET /visits/{id}/sheet.docx", Need: Read, Do: p.paper("docx")},
		{Pattern: "GET /visits/{id}/sheet.pdf", Need: Read, Do: p.paper("pdf")},
	}
}

func crumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("visit.title"), URL: "/visits"}}
}

// address is a page of one committee in one month.
func address(path, unit string, month when.Month) string {
	q := url.Values{}
	if unit != "" {
		q.Set("unit", unit)
	}
	if !month.IsZero() {
		q.Set("month", month.String())
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// askedMonth returns the month that is asked for, this one by default; one that cannot
// be is not found.
func (p *Pages) askedMonth(c *web.Ctx) (when.Month, error) {
	text := c.Query("month")
	if text == "" {
		return p.today().In(), nil
	}
	m, err := when.ParseMonth(text)
	if err != nil || m.Year < 1930 || m.Year > 2200 {
		return m, fault.New(fault.NotFound, "fault.not_found")
	}
	return m, nil
}

// index shows a committee its month; the committee of a cell who comes to it.
func (p *Pages) index(c *web.Ctx) error {
	month, err := p.askedMonth(c)
	if err != nil {
		return err
	}
	charge, err := p.Charge(c.Context(), c.Who, c.Query("unit"), month)
	if fault.Is(err, fault.NotFound) {
		return p.ofCell(c)
	}
	if err != nil {
		return err
	}
	v := monthView{Charge: charge, L: c.L, Month: month, Today: p.today(), Visits: map[string][]Entry{}, Arranges: c.Who.MayAt(Arrange, charge.Unit.Path), Writes: c.Who.May(Write)}
	first, last := month.First().Start(), month.Next().First().Start()
	sc := organization.Near(c.Who.Scope(Follow), charge.Unit)
	all, err := meeting.Starting(c.Context(), p.DB, sc, first, last)
	if err != nil {
		return err
	}
	for _, m := range all {
		if i := slices.IndexFunc(charge.Cells, func(o organization.Organization) bool { return o.ID == m.Organization }); i >= 0 {
			v.Meetings, v.CellNames = append(v.Meetings, m), append(v.CellNames, charge.Cells[i].Name)
		}
	}
	visits, err := between(c.Context(), p.DB, sc, first, last)
	if err != nil {
		return err
	}
	for _, e := range visits {
		v.Visits[e.Meeting] = append(v.Visits[e.Meeting], e)
	}
	return c.Page(web.Page{Title: c.L.T("visit.title"), Lead: charge.Unit.Name, Section: section, Wide: true, Action: v.action(), Body: v.body()})
}

// mostOfCell is how many visits the list of a cell shows.
const mostOfCell = 60

func (p *Pages) ofCell(c *web.Ctx) error {
	cells, o, err := organization.Cells(c.Context(), p.DB, c.Who.Scope(Follow), c.Query("unit"))
	if err != nil {
		return err
	}
	all, err := ofCell(c.Context(), p.DB, o.Root, o.ID, mostOfCell)
	if err != nil {
		return err
	}
	names, err := p.namesOf(c, all)
	if err != nil {
		return err
	}
	v := cellView{L: c.L, Cell: o, Cells: cells, Visits: all, Names: names}
	return c.Page(web.Page{Title: c.L.T("visit.cell.title"), Lead: o.Name, Section: section, Body: v.body()})
}

// namesOf returns the names of the visitors.
func (p *Pages) namesOf(c *web.Ctx, all []Entry) (map[string]string, error) {
	out := map[string]string{}
	people := map[string][]string{}
	for _, e := range all {
		people[e.Root] = append(people[e.Root], e.Member, e.EndedBy, e.AnsweredBy)
	}
	for root, ids := range people {
		names, err := member.Names(c.Context(), p.DB, root, ids...)
		if err != nil {
			return nil, err
		}
		for id, name := range names {
			out[id] = name
		}
	}
	return out, nil
}

// mineSince is how many days back one's own schedule begins.
const mineSince = 180

func (p *Pages) mine(c *web.Ctx) error {
	all, err := ofMember(c.Context(), p.DB, c.Who.Member, p.today().AddDays(-mineSince).Start())
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(e Entry) bool { return !c.Who.MayAt(Write, e.CellPath) })
	v := mineView{L: c.L, Visits: all, Now: p.now()}
	return c.Page(web.Page{Title: c.L.T("visit.mine"), Section: section, Crumbs: crumbs(c), Body: v.body()})
}

func (p *Pages) new(c *web.Ctx) error {
	page, err := p.newPage(c, c.Query("meeting"), web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) newPage(c *web.Ctx, meetingID string, f web.Form) (web.Page, error) {
	m, o, err := meeting.Get(c.Context(), p.DB, c.Who.Scope(Arrange), meetingID)
	if err != nil {
		return web.Page{}, err
	}
	charge, err := p.Charge(c.Context(), c.Who, p.nearest(c, o), m.Day().In())
	if err != nil {
		return web.Page{}, err
	}
	v := assignView{L: c.L, Charge: charge, Meeting: m, Cell: o, form: f}
	if v.There, err = ofMeeting(c.Context(), p.DB, m.Root, m.ID); err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: c.L.T("visit.assign.title"), Lead: o.Name + " · " + c.L.Moment(m.StartsAt), Section: section, Crumbs: crumbs(c), Body: v.body()}, nil
}

// nearest returns the id of the nearest committee above a cell that the reader arranges
// for.
func (p *Pages) nearest(c *web.Ctx, cell organization.Organization) string {
	for _, id := range slices.Backward(cell.Above()) {
		if o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(Arrange), id); err == nil {
			return o.ID
		}
	}
	return ""
}

func (p *Pages) assign(c *web.Ctx) error {
	var f struct {
		Meeting string `form:"meeting"`
		Member  string `form:"member"`
		Note    string `form:"note"`
	}
	err := c.Decode(&f)
	var v Visit
	if err == nil {
		v, err = p.Assign(c.Context(), c.Who, f.Meeting, f.Member, f.Note)
	}
	if err != nil {
		return c.Redraw(err)(p.newPage(c, f.Meeting, c.Refill(err)))
	}
	m, err := meeting.Find(c.Context(), p.DB, v.Root, v.Meeting)
	if err != nil {
		return err
	}
	return c.Done(address("/visits", "", m.Day().In()), "visit.done.assigned")
}

// sent are the forms of the page of a visit, as they came back.
type sent struct{ refuse, recall, answer web.Form }

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.page(c, sent{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) page(c *web.Ctx, f sent) (web.Page, error) {
	sheet, err := p.Load(c.Context(), p.DB, c.Who, c.Param("id"))
	if err != nil {
		return web.Page{}, err
	}
	v := visitView{
		Sheet: sheet, L: c.L, sent: f, Today: p.today(),
		Arranges: c.Who.MayAt(Arrange, sheet.CellPath), Answers: c.Who.MayAt(Answer, sheet.CellPath),
	}
	if v.Names, err = p.namesOf(c, []Entry{sheet.Entry}); err != nil {
		return web.Page{}, err
	}
	return web.Page{Title: c.L.T("visit.of", "Cell", sheet.Cell), Lead: c.L.Moment(sheet.StartsAt) + " · " + sheet.Place, Section: section, Crumbs: crumbs(c), Body: v.body()}, nil
}

// act does one thing of the page of a visit that asks for a text.
func (p *Pages) act(c *web.Ctx, field, done string, do func(text string) error, refill func(web.Form) sent) error {
	values, err := c.Values()
	if err == nil {
		err = do(values.Get(field))
	}
	if err != nil {
		return c.Redraw(err)(p.page(c, refill(c.Refill(err))))
	}
	return c.Done("/visits/"+c.Param("id"), done)
}

func (p *Pages) refuse(c *web.Ctx) error {
	return p.act(c, "reason", "visit.done.refused", func(reason string) error {
		return p.Refuse(c.Context(), c.Who, c.Param("id"), reason)
	}, func(f web.Form) sent { return sent{refuse: f} })
}

func (p *Pages) recall(c *web.Ctx) error {
	return p.act(c, "reason", "visit.done.recalled", func(reason string) error {
		return p.Recall(c.Context(), c.Who, c.Param("id"), reason)
	}, func(f web.Form) sent { return sent{recall: f} })
}

func (p *Pages) answer(c *web.Ctx) error {
	return p.act(c, "answer", "visit.done.answered", func(answer string) error {
		return p.Reply(c.Context(), c.Who, c.Param("id"), answer)
	}, func(f web.Form) sent { return sent{answer: f} })
}

// charge forms, as they came back.
type chargeSent struct{ put, life web.Form }

func (p *Pages) charge(c *web.Ctx) error {
	page, err := p.chargePage(c, chargeSent{put: c.Fill(Putting{From: p.today()}), life: c.Fill(Life{From: p.today()})})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) chargePage(c *web.Ctx, f chargeSent) (web.Page, error) {
	charge, err := p.Charge(c.Context(), c.Who, c.Query("unit"), p.today().In())
	if err != nil {
		return web.Page{}, err
	}
	v := chargeView{
		Charge: charge, L: c.L, chargeSent: f,
		Puts: c.Who.MayAt(organization.Supervise, charge.Unit.Path), Moves: c.Who.MayAt(member.Write, charge.Unit.Path),
	}
	return web.Page{Title: c.L.T("visit.charge"), Lead: charge.Unit.Name, Section: section, Crumbs: crumbs(c), Wide: true, Body: v.body()}, nil
}

func (p *Pages) putInCharge(c *web.Ctx) error {
	var f Putting
	err := c.Decode(&f)
	if err == nil {
		err = p.PutInCharge(c.Context(), c.Who, f)
	}
	if err != nil {
		return c.Redraw(err)(p.chargePage(c, chargeSent{put: c.Refill(err), life: c.Fill(Life{From: p.today()})}))
	}
	return c.Done("/visits/charge", "visit.done.put")
}

// release ends an office of following a cell with today.
func (p *Pages) release(c *web.Ctx) error {
	if err := p.Organizations.Release(c.Context(), c.Who, c.Param("office"), p.today()); err != nil {
		return err
	}
	return c.Done("/visits/charge", "visit.done.released")
}

func (p *Pages) moveLife(c *web.Ctx) error {
	var f Life
	err := c.Decode(&f)
	if err == nil {
		err = p.MoveLife(c.Context(), c.Who, f)
	}
	if err != nil {
		return c.Redraw(err)(p.chargePage(c, chargeSent{life: c.Refill(err), put: c.Fill(Putting{From: p.today()})}))
	}
	return c.Done("/visits/charge", "visit.done.life")
}
