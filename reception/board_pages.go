package reception

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/conference"
	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/live"
	"chibo/kit/web"
	"chibo/kit/web/part"
	"chibo/kit/when"
	"chibo/organization"
)

// arrivals leads to the board of the sitting that is nearest: the first that has not
// ended, else the last.
func (p *Pages) arrivals(c *web.Ctx) error {
	x, err := conference.Get(c.Context(), p.DB, c.Who.Scope(Keep), c.Param("id"))
	if err != nil {
		return err
	}
	all, err := conference.Sittings(c.Context(), p.DB, x)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return c.See("/conferences/" + x.ID + "/desk")
	}
	return c.See(boardPath(nearest(all, p.now())))
}

// nearest is the first sitting that has not ended, else the last.
func nearest(all []conference.Sitting, now when.Instant) conference.Sitting {
	if n := slices.IndexFunc(all, func(y conference.Sitting) bool { return y.EndsAt > now }); n >= 0 {
		return all[n]
	}
	return all[len(all)-1]
}

// board shows who came and who is missing. What changes while people come in is drawn
// anew by the stream; the names are not in it.
func (p *Pages) board(c *web.Ctx) error {
	b, err := p.Board(c.Context(), c.Who, c.Param("id"), c.Param("sitting"))
	if err != nil {
		return err
	}
	sittings, err := conference.Sittings(c.Context(), p.DB, b.Conference)
	if err != nil {
		return err
	}
	v := boardView{Board: b, L: c.L, sittings: sittings}
	if c.HX() {
		return c.Fragment(v.figures())
	}
	e, err := eventOf(v.figures())
	if err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: c.L.T("reception.board"), Lead: b.Sitting.Title + " · " + c.L.Moment(b.Sitting.StartsAt), Section: section, Wide: true,
		Crumbs: []web.Crumb{{Text: b.Conference.Title, URL: b.Conference.Path()}},
		Action: part.LinkButton("/conferences/"+b.Conference.ID+"/desk", c.L.T("reception.desks"), part.Primary, part.IconPeople),
		Body:   v.body(e.ID, p.now()),
	})
}

// eventOf is a node as it is told to those who watch.
func eventOf(n g.Node) (live.Event, error) {
	var b bytes.Buffer
	if err := n.Render(&b); err != nil {
		return live.Event{}, err
	}
	return live.Event{ID: fmt.Sprintf("%08x", crc32.ChecksumIEEE(b.Bytes())), Name: "state", Data: b.Bytes()}, nil
}

// boardLive is the stream of the figures; whoever opens its address in a browser is led
// to the page.
func (p *Pages) boardLive(c *web.Ctx) error {
	x, y, err := sittingOf(c.Context(), p.DB, c.Who, Keep, c.Param("id"), c.Param("sitting"))
	if err != nil {
		return err
	}
	if !strings.Contains(c.Request.Header.Get("Accept"), "text/event-stream") {
		return c.See(boardPath(y))
	}
	l := c.L
	draw := func(v boardView) g.Node { return v.figures() }
	key := "reception/"
	if c.Query("screen") != "" {
		key, draw = "reception-wall/", func(v boardView) g.Node { return v.wall() }
	}
	return c.Live(p.Live, live.Source{
		Key: key + y.ID + " " + l.Tag(), Topic: topic(y.ID),
		Draw: func(ctx context.Context) (live.Event, error) {
			r, err := rosterOf(ctx, p.DB, x, y)
			if err != nil {
				return live.Event{}, err
			}
			b, err := p.count(ctx, r)
			if err != nil {
				return live.Event{}, err
			}
			return eventOf(draw(boardView{Board: b, L: l}))
		},
		May: func(ctx context.Context) (func(access.Person) bool, error) {
			o, err := organization.Find(ctx, p.DB, x.Root, x.Organization)
			return func(who access.Person) bool { return who.MayAt(Keep, o.Path) }, err
		},
	})
}

// settle says of two people whether they are one.
func (p *Pages) settle(c *web.Ctx) error {
	var f struct {
		Kind     Kind   `form:"kind"`
		Of       string `form:"of"`
		With     string `form:"with"`
		Delegate string `form:"delegate"`
	}
	if err := c.Decode(&f); err != nil {
		return err
	}
	if f.Kind != Same && f.Kind != Apart {
		return fault.New(fault.Invalid, "reception.problem.event")
	}
	e := Event{Kind: f.Kind, Of: f.Of, With: f.With, Delegate: f.Delegate, Desk: c.L.T("reception.board")}
	if _, err := p.Write(c.Context(), c.Who, c.Param("id"), c.Param("sitting"), e); err != nil {
		return err
	}
	return c.Done("/conferences/"+c.Param("id")+"/arrivals/"+c.Param("sitting"), "reception.done.settled")
}

// wall shows the figures to the hall, without a name.
func (p *Pages) wall(c *web.Ctx) error {
	b, err := p.Board(c.Context(), c.Who, c.Param("id"), c.Param("sitting"))
	if err != nil {
		return err
	}
	v := boardView{Board: b, L: c.L}
	if c.HX() {
		return c.Fragment(v.wall())
	}
	e, err := eventOf(v.wall())
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("reception.wall"), Section: section, Bare: true, Sheet: true, Body: v.wallPage(e.ID, p.now())})
}
