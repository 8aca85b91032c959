package directive

import (
	"context"
	"slices"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/library"
	"chibo/meeting"
	"chibo/member"
	"chibo/organization"
)

// Pages are the lists of what was sent and received, and the page of a directive.
type Pages struct{ *Service }

// Routes returns the routes of directives.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /directives", Need: See, Do: p.index},
		{Pattern: "GET /directives/new", Need: Send, Do: p.compose},
		{Pattern: "POST /directives", Need: Send, Do: p.send},
		{Pattern: "GET /directives/{id}", Need: See, Do: p.show},
		{Pattern: "POST /directives/{id}/take", Need: Take, Do: p.take},
		{Pattern: "POST /directives/{id}/remind", Need: Send, Do: p.remind},
		{Pattern: "POST /directives/{id}/withdraw", Need: Send, Do: p.withdraw},
	}
}

const section = "directives"

// longest is how many directives a list shows at most.
const longest = 200

func crumbs(c *web.Ctx) []web.Crumb {
	return []web.Crumb{{Text: c.L.T("directive.title"), URL: "/directives"}}
}

// ownCell returns the cell whose directives the reader reads first: the one asked for,
// else their own.
func (p *Pages) ownCell(c *web.Ctx) (organization.Organization, bool, error) {
	id := c.Query("cell")
	if home, ok := c.Who.Home(); id == "" && ok {
		id = home.Organization
	}
	o, err := organization.Get(c.Context(), p.DB, c.Who.Scope(See), id)
	if fault.Is(err, fault.NotFound) && c.Query("cell") == "" {
		return o, false, nil
	}
	return o, err == nil && o.Level == organization.Cell, err
}

func (p *Pages) index(c *web.Ctx) error {
	v := listView{today: p.today(), sends: c.Who.May(Send)}
	var err error
	if v.cell, v.receives, err = p.ownCell(c); err != nil {
		return err
	}
	if v.receives {
		if v.received, err = p.Received(c.Context(), v.cell.Root, v.cell.ID); err != nil {
			return err
		}
	}
	if v.sends {
		if v.sent, v.progress, err = p.sentWithProgress(c, c.Who.Scope(Send)); err != nil {
			return err
		}
	}
	return c.Page(web.Page{Title: c.L.T("directive.title"), Section: section, Lead: c.L.T("directive.lead"), Action: v.action(c.L), Body: v.body(c.L)})
}

// Received returns the directives of a cell with what became of each there, those that
// wait first.
func (s *Service) Received(ctx context.Context, root, cell string) ([]Received, error) {
	all, err := directivesIn(ctx, s.DB, root, cell)
	if err != nil {
		return nil, err
	}
	placed, err := deliveriesIn(ctx, s.DB, root, cell)
	if err != nil {
		return nil, err
	}
	of := map[string]Placed{}
	for _, p := range placed {
		of[p.Directive] = p
	}
	for i := range all {
		all[i].Placed = of[all[i].ID]
	}
	slices.SortStableFunc(all, func(a, b Received) int { return a.rank() - b.rank() })
	return all, nil
}

// rank sorts what is still to be done before what is over.
func (r Received) rank() int {
	switch {
	case r.Withdrawn():
		return 2
	case r.Placed.Stage() == Handled:
		return 1
	}
	return 0
}

func (p *Pages) sentWithProgress(c *web.Ctx, sc access.Scope) ([]sent, map[string]Progress, error) {
	all, err := sentIn(c.Context(), p.DB, sc, longest)
	if err != nil || len(all) == 0 {
		return nil, nil, err
	}
	placed, err := deliveriesFrom(c.Context(), p.DB, sc, all[len(all)-1].SentAt)
	by := map[string][]Placed{}
	for _, d := range placed {
		by[d.Directive] = append(by[d.Directive], d)
	}
	progress := map[string]Progress{}
	for id, some := range by {
		progress[id] = ProgressOf(some)
	}
	return all, progress, err
}

func (p *Pages) compose(c *web.Ctx) error {
	o := Order{Document: c.Query("document"), Number: c.Query("number"), Origin: Committee, Form: ForAgenda}
	if err := o.Date.UnmarshalText([]byte(c.Query("date"))); err != nil {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	_, paragraphs, err := p.marked(c, o)
	if err != nil {
		return err
	}
	mark := c.QueryInt("mark", -1)
	if mark >= 0 && mark < len(paragraphs) {
		o.Text, o.Title = paragraphs[mark], heading(paragraphs[mark])
	}
	page, err := p.composePage(c, o, c.Fill(o))
	if err != nil {
		return err
	}
	return c.Page(page)
}

// heading proposes the line of an agenda for a paragraph: its first sentence.
func heading(paragraph string) string {
	first, _, _ := strings.Cut(paragraph, "\n")
	if sentence, _, cut := strings.Cut(first, ". "); cut && len(sentence) > shortest {
		first = sentence
	}
	return clipped(strings.TrimSuffix(strings.TrimSpace(first), "."), maxTitle)
}

// shortest is the length, in bytes, under which "1. " is a number and no sentence.
const shortest = 20

// composePage is the form of a directive that rests on the document of o.
func (p *Pages) composePage(c *web.Ctx, o Order, f web.Form) (web.Page, error) {
	v := composeView{order: o, form: f, typed: c.Query("mark") != ""}
	below, err := organization.Under(c.Context(), p.DB, c.Who.Scope(Send))
	if err != nil {
		return web.Page{}, err
	}
	for _, u := range below {
		if u.Level.Committee() {
			v.senders = append(v.senders, u)
		}
		if u.Level == organization.Cell {
			v.cells = append(v.cells, u)
		}
	}
	if len(v.senders) == 0 {
		return web.Page{}, fault.New(fault.NotFound, "fault.not_found")
	}
	if v.documents, err = library.Entered(c.Context(), p.DB, c.Who); err != nil {
		return web.Page{}, err
	}
	if v.source, v.paragraphs, err = p.marked(c, o); err != nil {
		return web.Page{}, err
	}
	v.today = p.today()
	return web.Page{Title: c.L.T("directive.new.title"), Section: section, Crumbs: crumbs(c), Body: v.body(c.L)}, nil
}

// marked returns the document of an order and its paragraphs; the zero Source where none
// is chosen yet.
func (p *Pages) marked(c *web.Ctx, o Order) (library.Source, []string, error) {
	if o.Document != "" {
		d, err := library.GetDocument(c.Context(), p.DB, c.Who, o.Document)
		return d.Source, d.Paragraphs(), err
	}
	found, _ := library.Find(o.Number, o.Date)
	return found, nil, nil
}

func (p *Pages) send(c *web.Ctx) error {
	var o Order
	err := c.Decode(&o)
	var d Directive
	if err == nil {
		d, err = p.Send(c.Context(), c.Who, o)
	}
	if err == nil {
		return c.Done(d.Path(), "directive.done.sent")
	}
	if fault.Is(err, fault.NotFound) {
		return err
	}
	return c.Redraw(err)(p.composePage(c, o, c.Refill(err)))
}

func (p *Pages) show(c *web.Ctx) error {
	page, err := p.showPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

// find returns a directive that the reader has sent or that a cell of theirs has received.
func (p *Pages) find(c *web.Ctx) (d sent, sends bool, err error) {
	d, sends, err = sentBy(c.Context(), p.DB, c.Who.Scope(Send), c.Param("id"))
	if err != nil || sends {
		return d, sends, err
	}
	d, found, err := received(c.Context(), p.DB, c.Who.Scope(See), c.Param("id"))
	if err == nil && !found {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return d, false, err
}

func (p *Pages) showPage(c *web.Ctx, f web.Form) (web.Page, error) {
	d, sends, err := p.find(c)
	if err != nil {
		return web.Page{}, err
	}
	v := directiveView{sent: d, sends: sends, form: f, today: p.today()}
	scope := c.Who.Scope(See)
	if sends {
		scope = access.Whole("", d.Path)
	}
	all, err := deliveriesOf(c.Context(), p.DB, scope, d.ID)
	if err != nil {
		return web.Page{}, err
	}
	if !sends { // who has sent it has not thereby acknowledged it
		if err := p.acknowledge(c.Context(), c.Who, all); err != nil {
			return web.Page{}, err
		}
	}
	v.all = all
	if home, ok := c.Who.Home(); ok {
		if at := slices.IndexFunc(all, func(x Placed) bool { return x.Organization == home.Organization }); at >= 0 {
			v.own, v.isOwn, v.takes = all[at], true, c.Who.MayAt(Take, all[at].Path)
		}
	}
	if v.takes {
		if v.readers, err = readers(c.Context(), p.DB, v.own.Delivery); err != nil {
			return web.Page{}, err
		}
		ids := make([]string, len(v.readers))
		for i, r := range v.readers {
			ids[i] = r.Member
		}
		if v.names, err = member.Names(c.Context(), p.DB, v.own.Root, ids...); err != nil {
			return web.Page{}, err
		}
	}
	return web.Page{Title: d.Title, Section: section, Lead: d.Sender, Crumbs: crumbs(c), Action: v.action(c.L), Body: v.body(c.L)}, nil
}

func (p *Pages) take(c *web.Ctx) error {
	if err := p.Accept(c.Context(), c.Who, c.Param("id")); err != nil {
		return err
	}
	return c.Done("/directives/"+c.Param("id"), "directive.done.taken")
}

func (p *Pages) remind(c *web.Ctx) error {
	n, err := p.Remind(c.Context(), c.Who, c.Param("id"))
	if err != nil {
		return err
	}
	return c.Done("/directives/"+c.Param("id"), "directive.done.reminded", "Count", n)
}

func (p *Pages) withdraw(c *web.Ctx) error {
	var f struct {
		Reason string `form:"reason"`
	}
	err := c.Decode(&f)
	if err == nil {
		err = p.Withdraw(c.Context(), c.Who, c.Param("id"), f.Reason)
	}
	return c.Reply(err, "/directives/"+c.Param("id"), "directive.done.withdrawn", func(f web.Form) (web.Page, error) { return p.showPage(c, f) })
}

// HomePanel is the card of the home page: for a cell what waits for it, for a committee
// what its cells have not handled; nil where there is nothing.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	if !c.Who.May(See) {
		return nil, nil
	}
	v := homeView{today: p.today()}
	if o, receives, err := p.ownCell(c); err != nil {
		return nil, err
	} else if receives {
		all, err := p.Received(c.Context(), o.Root, o.ID)
		if err != nil {
			return nil, err
		}
		v.received = slices.DeleteFunc(all, func(r Received) bool { return r.rank() > 0 || r.Placed.Stage() == Met })
	}
	if c.Who.May(Send) {
		all, progress, err := p.sentWithProgress(c, c.Who.Scope(Send).Near())
		if err != nil {
			return nil, err
		}
		v.progress = progress
		v.sent = slices.DeleteFunc(all, func(d sent) bool { return d.Withdrawn() || progress[d.ID].Handled == progress[d.ID].Sent })
	}
	return v.card(c.L), nil
}

// MeetingPanel is the card, on the page of a meeting, of what the committee above wants to
// see on its agenda.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || !c.Who.MayAt(See, o.Path) {
		return nil, err
	}
	all, err := p.Received(ctx, o.Root, o.ID)
	if err != nil {
		return nil, err
	}
	v := meetingView{takes: m.Editable() && c.Who.MayAt(Take, o.Path)}
	for _, r := range all {
		waits := m.Editable() && m.Kind.Monthly() && r.rank() == 0 && r.Form == ForAgenda && r.Placed.Stage() == Waiting && r.Month.Compare(m.Month) <= 0
		switch {
		case r.Placed.OnAgenda && r.Placed.Meeting == m.ID:
			v.here = append(v.here, r)
		case waits:
			v.waiting = append(v.waiting, r)
		}
	}
	return v.card(c.L), nil
}

// DocumentPanel is the card, beside a governing document, of what was sent down from it.
func (p *Pages) DocumentPanel(c *web.Ctx, d library.Document) (g.Node, error) {
	if !c.Who.May(See) {
		return nil, nil
	}
	all, err := ofDocument(c.Context(), p.DB, c.Who.Scope(See), d.ID)
	if err != nil {
		return nil, err
	}
	return part.Stack(documentCard(c.L, d, all, c.Who.May(Send))), nil
}
