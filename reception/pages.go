package reception

import (
	"cmp"
	"encoding/json"
	"maps"
	"mime"
	"net/url"
	"slices"

	g "maragu.dev/gomponents"

	"chibo/conference"
	"chibo/kit/fault"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/when"
)

// Pages are the desks of a conference and the board of who came.
type Pages struct {
	*Service
	// Asides are what later features have for those who come to the desk of a sitting.
	Asides []Aside
}

// Aside is a part of the page of a desk; nil where there is nothing to show.
type Aside func(c *web.Ctx, y conference.Sitting) (g.Node, error)

// section is the entry of the navigation.
const section = "conferences"

// Routes returns the routes of the feature.
func (p *Pages) Routes() []web.Route {
	routes := []web.Route{
		{Pattern: "GET /conferences/{id}/desk", Need: Serve, Do: p.choose},
		{Pattern: "GET /conferences/{id}/desk/{sitting}", Need: Serve, Do: p.desk},
		{Pattern: "GET /conferences/{id}/desk/{sitting}/list", Need: Serve, Do: p.list},
		{Pattern: "POST /conferences/{id}/desk/{sitting}/events", Need: Serve, Do: p.sync},
		{Pattern: "POST /conferences/{id}/desk/{sitting}/arrivals", Need: Serve, Do: p.arrive},
		{Pattern: "POST /conferences/{id}/desk/{sitting}/back", Need: Serve, Do: p.back},
		{Pattern: "GET /conferences/{id}/arrivals", Need: Keep, Do: p.arrivals},
		{Pattern: "GET /conferences/{id}/arrivals/{sitting}", Need: Keep, Do: p.board},
		{Pattern: "GET /conferences/{id}/arrivals/{sitting}/live", Need: Keep, Do: p.boardLive},
		{Pattern: "GET /conferences/{id}/arrivals/{sitting}/screen", Need: Keep, Do: p.wall},
		{Pattern: "POST /conferences/{id}/arrivals/{sitting}/settle", Need: Keep, Do: p.settle},
		{Pattern: "GET /conferences/{id}/helpers", Need: Keep, Do: p.helpers},
		{Pattern: "POST /conferences/{id}/helpers", Need: Keep, Do: p.invite},
		{Pattern: "POST /conferences/{id}/helpers/{helper}/remove", Need: Keep, Do: p.remove},
	}
	for _, name := range papers {
		routes = append(routes, web.Route{Pattern: "GET /conferences/{id}/arrivals/{sitting}/" + name, Need: Keep, Do: p.paper(name), Mass: true, Whose: p.whose})
	}
	return routes
}

// deskPath is the address of the desks of a sitting, boardPath of its board.
func deskPath(y conference.Sitting) string {
	return "/conferences/" + y.Conference + "/desk/" + y.ID
}

func boardPath(y conference.Sitting) string {
	return "/conferences/" + y.Conference + "/arrivals/" + y.ID
}

// choose shows the sittings, to open a desk at one.
func (p *Pages) choose(c *web.Ctx) error {
	x, err := conferenceOf(c.Context(), p.DB, c.Who, Serve, c.Param("id"))
	if err != nil {
		return err
	}
	sittings, err := conference.Sittings(c.Context(), p.DB, x)
	if err != nil {
		return err
	}
	v := chooseView{L: c.L, x: x, sittings: sittings, now: p.now(), helps: c.Who.Helps()}
	if v.helps {
		return c.Page(v.helperPage())
	}
	return c.Page(web.Page{
		Title: c.L.T("reception.desks"), Lead: x.Title, Section: section,
		Crumbs: []web.Crumb{{Text: x.Title, URL: x.Path()}}, Body: v.body(),
	})
}

// mostFound is how many people a search shows.
const mostFound = 12

// desk is one desk: with a script it goes on without a network, without one its forms are
// posted one by one.
func (p *Pages) desk(c *web.Ctx) error {
	page, err := p.deskPage(c, web.Form{})
	if err != nil {
		return err
	}
	return c.Page(page)
}

func (p *Pages) deskPage(c *web.Ctx, f web.Form) (web.Page, error) {
	b, err := p.boardFor(c.Context(), c.Who, Serve, c.Param("id"), c.Param("sitting"))
	if err != nil {
		return web.Page{}, err
	}
	name := cmp.Or(f.Value("desk"), c.Query("desk"), c.L.T("reception.desk.first"))
	v := deskView{Board: b, L: c.L, desk: name, typed: c.Query("q"), done: c.Query("done"), account: c.Who.Account, helps: c.Who.Helps(), form: f}
	if f.Value("replaces") != "" {
		v.replaced = b.byID()[f.Value("replaces")]
	} else {
		v.replaced = b.byID()[c.Query("replace")]
	}
	v.found = b.find(v.typed, mostFound)
	for _, aside := range p.Asides {
		n, err := aside(c, b.Sitting)
		if err != nil {
			return web.Page{}, err
		}
		v.asides = append(v.asides, n)
	}
	return web.Page{Title: c.L.T("reception.desk"), Section: section, Bare: true, Body: v.page()}, nil
}

// guest is a delegate as a device keeps them: no telephone, no mail, and of the code only
// its mark.
type guest struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Post   string `json:"post,omitempty"`
	Unit   string `json:"unit"`
	Line   string `json:"line"`
	Seat   string `json:"seat,omitempty"`
	Number int    `json:"number,omitempty"`
	Mark   string `json:"mark"`
	Due    bool   `json:"due,omitempty"`
}

// kept is how long a device keeps the list of a sitting.
const keptDays = 3

// list is what a device keeps to go on without a network.
func (p *Pages) list(c *web.Ctx) error {
	r, err := p.Roster(c.Context(), c.Who, c.Param("id"), c.Param("sitting"))
	if err != nil {
		return err
	}
	out := struct {
		Guests []guest      `json:"guests"`
		Until  when.Instant `json:"until"`
		At     when.Instant `json:"at"`
	}{Guests: []guest{}, Until: r.Sitting.EndsAt.Date().AddDays(keptDays + 1).Start(), At: p.now()}
	for _, x := range r.Guests {
		if x.Stands() {
			out.Guests = append(out.Guests, guest{x.ID, x.Name, x.Post, x.Unit, x.Line, x.Seat, x.Number, mark(x.Code), x.Due})
		}
	}
	return c.JSON(out)
}

// mostAtOnce bounds what a device sends in one request, in bytes.
const mostAtOnce = 1 << 20

// refusal says why an event was not taken.
type refusal struct {
	ID      string `json:"id"`
	Problem string `json:"problem"`
}

// sync takes what a device has written down and answers with what the others have. A form
// of another site cannot send this content type.
func (p *Pages) sync(c *web.Ctx) error {
	if kind, _, err := mime.ParseMediaType(c.Request.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return fault.New(fault.Invalid, "reception.problem.json")
	}
	if by := c.Request.Header.Get("Chibo-Account"); by != "" && by != c.Who.Account {
		return fault.New(fault.SignIn, "fault.sign_in") // the device has changed hands
	}
	raw, err := c.Body(mostAtOnce)
	if err != nil {
		return err
	}
	var sent Sent
	if err := json.Unmarshal(raw, &sent); err != nil {
		return fault.New(fault.Invalid, "reception.problem.json")
	}
	h, err := p.Sync(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), sent)
	if err != nil {
		return err
	}
	out := struct {
		Heard
		Refused []refusal `json:"refused"`
	}{Heard: h, Refused: []refusal{}}
	if out.Events == nil {
		out.Heard.Events = []Event{}
	}
	for _, e := range sent.Events {
		if err := h.Refused[e.ID]; err != nil {
			out.Refused = append(out.Refused, refusal{e.ID, problemOf(c.L, err)})
		}
	}
	return c.JSON(out)
}

// problemOf puts a refusal in words.
func problemOf(l locale.L, err error) string {
	f := fault.Of(err)
	for _, field := range slices.Sorted(maps.Keys(f.Fields)) {
		return l.T(f.Fields[field])
	}
	return l.T(f.Key)
}

// arrive writes somebody down from a form of the desk.
func (p *Pages) arrive(c *web.Ctx) error {
	var e struct {
		Way      Way    `form:"way"`
		Delegate string `form:"delegate"`
		Name     string `form:"name"`
		Unit     string `form:"unit"`
		Category string `form:"category"`
		Replaces string `form:"replaces"`
		Desk     string `form:"desk"`
	}
	err := c.Decode(&e)
	var written Event
	if err == nil {
		written, err = p.Write(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), Event{
			Kind: Came, Way: e.Way, Delegate: e.Delegate, Name: e.Name, Unit: e.Unit, Category: e.Category, Replaces: e.Replaces, Desk: e.Desk,
		})
	}
	if fault.Is(err, fault.Invalid) {
		return c.Redraw(err)(p.deskPage(c, c.Refill(err)))
	}
	if err != nil {
		return err
	}
	q := url.Values{"desk": {e.Desk}, "done": {written.ID}}
	return c.See("/conferences/" + c.Param("id") + "/desk/" + c.Param("sitting") + "?" + q.Encode())
}

// back takes back what was written down.
func (p *Pages) back(c *web.Ctx) error {
	values, err := c.Values()
	if err != nil {
		return err
	}
	_, err = p.Write(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), Event{Kind: Back, Of: values.Get("of"), Desk: values.Get("desk")})
	if err != nil {
		return err
	}
	q := url.Values{"desk": {values.Get("desk")}}
	return c.Done("/conferences/"+c.Param("id")+"/desk/"+c.Param("sitting")+"?"+q.Encode(), "reception.done.back")
}
