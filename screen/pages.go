package screen

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"time"

	g "maragu.dev/gomponents"

	"chibo/ballot"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/live"
	"chibo/kit/web"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
	"chibo/room"
	"chibo/task"
)

// Service reads what screens show.
type Service struct {
	DB      *db.DB
	Now     func() time.Time
	Room    *room.Service
	Ballots *ballot.Service
	Live    *live.Hub
}

// Pages are the projector and the phone.
type Pages struct {
	*Service
	// Panels are what other features show on the phone of a member.
	Panels []meeting.Panel
	// Door is what stands on the projector while people come in: the code by which
	// they check in. Nil shows nothing.
	Door meeting.Panel
	// Way leads members who are not in the room yet to its door; nil where they need none.
	Way func(c *web.Ctx, m meeting.Meeting) (g.Node, error)
}

// Routes is the screens' part of the table of contents.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /screens/{meeting}", Need: room.Watch, Do: p.projector},
		{Pattern: "GET /screens/{meeting}/live", Need: room.Watch, Do: p.projectorLive},
		{Pattern: "GET /phones/{meeting}", Need: Follow, Do: p.phone},
		{Pattern: "GET /phones/{meeting}/live", Need: Follow, Do: p.phoneLive},
		{Pattern: "POST /phones/{meeting}/ask", Need: Follow, Do: p.own(proceedings.KindSpeakAsk)},
		{Pattern: "POST /phones/{meeting}/withdraw", Need: Follow, Do: p.own(proceedings.KindSpeakWithdraw)},
	}
}

// visible returns the meeting for those who may see it and have the need there.
func (p *Pages) visible(ctx context.Context, who access.Person, need access.Need, id string) (meeting.Meeting, organization.Organization, error) {
	m, o, err := meeting.VisibleAny(ctx, p.DB, who, meeting.Follow, id)
	if err == nil && !who.MayAt(need, o.Path) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return m, o, err
}

// picture reads a meeting as the hall sees it, with the number of its last act.
func (s *Service) picture(ctx context.Context, root, meetingID string) (Picture, int64, error) {
	state, seq, err := s.Room.Glance(ctx, s.DB, root, meetingID)
	if err != nil {
		return Picture{}, 0, err
	}
	var polls []ballot.Underway
	if state.Polling() {
		if polls, err = s.Ballots.OpenIn(ctx, s.DB, root, meetingID); err != nil {
			return Picture{}, 0, err
		}
	}
	return PictureOf(state, polls, when.At(s.Now())), seq, nil
}

func (p *Pages) projector(c *web.Ctx) error {
	m, o, err := p.visible(c.Context(), c.Who, room.Watch, c.Param("meeting"))
	if err != nil {
		return err
	}
	pic, seq, err := p.picture(c.Context(), m.Root, m.ID)
	if err != nil {
		return err
	}
	v := hallView{L: room.Spoken(c.L, pic.State.Setup.Kind), p: pic, now: when.At(p.Now()), back: c.Who.MayAt(room.Hold, o.Path)}
	if c.HX() {
		return c.Fragment(v.hall())
	}
	var door g.Node
	if p.Door != nil && pic.Stage == Waiting {
		if door, err = p.Door(c.Context(), c, m.ID); err != nil {
			return err
		}
	}
	e, err := event(v.hall(), seq)
	if err != nil {
		return err
	}
	return c.Page(web.Page{Title: c.L.T("screen.projector"), Section: "meetings", Bare: true, Sheet: true, Body: v.page(e.ID, door)})
}

// event is a node as it is told to those who watch. Its ID is the number of the last
// act and the sum of what is shown: a poll changes without an act.
func event(n g.Node, seq int64) (live.Event, error) {
	var b bytes.Buffer
	if err := n.Render(&b); err != nil {
		return live.Event{}, err
	}
	return live.Event{ID: fmt.Sprintf("%d-%08x", seq, crc32.ChecksumIEEE(b.Bytes())), Name: "state", Data: b.Bytes()}, nil
}

func (p *Pages) projectorLive(c *web.Ctx) error {
	l := c.L
	return p.stream(c, room.Watch, "/screens/", func(pic Picture, seq int64) (live.Event, error) {
		return event(hallView{L: room.Spoken(l, pic.State.Setup.Kind), p: pic, now: when.At(p.Now())}.hall(), seq)
	})
}

// phoneLive tells a phone only that it should read again, for each shows something
// else.
func (p *Pages) phoneLive(c *web.Ctx) error {
	l := c.L
	return p.stream(c, Follow, "/phones/", func(pic Picture, seq int64) (live.Event, error) {
		e, err := event(phoneView{L: l, p: pic}.watched(), seq)
		e.ID, e.Data = e.ID[strings.Index(e.ID, "-")+1:], nil // what only others see is no reason to read again
		return e, err
	})
}

// stream answers with the events of a meeting; whoever opens its address in a
// browser is led to the page.
func (p *Pages) stream(c *web.Ctx, need access.Need, page string, draw func(Picture, int64) (live.Event, error)) error {
	m, _, err := p.visible(c.Context(), c.Who, need, c.Param("meeting"))
	if err != nil {
		return err
	}
	if !strings.Contains(c.Request.Header.Get("Accept"), "text/event-stream") {
		return c.See(page + m.ID)
	}
	root, id := m.Root, m.ID
	src := live.Source{
		Key: page + id + " " + c.L.Tag(), Topic: room.Topic(root, id),
		Draw: func(ctx context.Context) (live.Event, error) {
			pic, seq, err := p.picture(ctx, root, id)
			if err != nil {
				return live.Event{}, err
			}
			return draw(pic, seq)
		},
		May: func(ctx context.Context) (func(access.Person) bool, error) {
			return p.Room.Watchers(ctx, root, id, need)
		},
	}
	return c.Live(p.Live, src)
}

func (p *Pages) phone(c *web.Ctx) error {
	m, o, err := p.visible(c.Context(), c.Who, Follow, c.Param("meeting"))
	if err != nil {
		return err
	}
	pic, _, err := p.picture(c.Context(), m.Root, m.ID)
	if err != nil {
		return err
	}
	v := phoneView{L: c.L, p: pic, member: c.Who.Member, now: when.At(p.Now())}
	if c.Who.MayAt(meeting.Read, o.Path) {
		if v.papers, err = meeting.Papers(c.Context(), p.DB, m.Root, m.ID); err != nil {
			return err
		}
	}
	if v.tasks, err = p.ownTasks(c, m); err != nil {
		return err
	}
	for _, panel := range p.Panels {
		n, err := panel(c.Context(), c, m.ID)
		if err != nil {
			return err
		}
		if n != nil {
			v.panels = append(v.panels, n)
		}
	}
	if c.HX() {
		return c.Fragment(v.whole())
	}
	return c.Page(web.Page{
		Title: pic.State.Setup.Title, Section: "meetings",
		Crumbs: []web.Crumb{{Text: pic.State.Setup.Title, URL: pic.State.Setup.Page()}},
		Body:   v.page(),
	})
}

// own raises or takes down the hand of the reader.
func (p *Pages) own(k proceedings.ActKind) web.Handler {
	return func(c *web.Ctx) error {
		m, _, err := p.visible(c.Context(), c.Who, Follow, c.Param("meeting"))
		if err != nil {
			return err
		}
		if err := p.Room.AppendOwn(c.Context(), c.Who, m.ID, k); err != nil {
			return err
		}
		return c.See("/phones/" + m.ID + "#speak")
	}
}

// ownTasks are the open tasks of the reader.
func (p *Pages) ownTasks(c *web.Ctx, m meeting.Meeting) ([]task.Task, error) {
	open, err := task.Open(c.Context(), p.DB, m.Root, m.Organization)
	return slices.DeleteFunc(open, func(t task.Task) bool { return c.Who.Member == "" || !slices.Contains(t.Owners, c.Who.Member) }), err
}

// MeetingPanel leads from the page of an open meeting to the phone and the
// projector; nil for any other.
func (p *Pages) MeetingPanel(ctx context.Context, c *web.Ctx, id string) (g.Node, error) {
	m, o, err := meeting.Visible(ctx, p.DB, c.Who, id)
	if err != nil || m.State != meeting.Open {
		return nil, err
	}
	return panel(c.L, m, c.Who.MayAt(Follow, o.Path), c.Who.MayAt(room.Watch, o.Path)), nil
}

// HomePanel leads from the home page to the meeting of the reader's cell that is going on, and
// before it to the way into one whose door is open; nil where there is neither, and for those who
// hold it: their way is into the room.
func (p *Pages) HomePanel(c *web.Ctx) (g.Node, error) {
	home, ok := c.Who.Home()
	if !ok || !c.Who.MayAt(meeting.Follow, home.Path) || c.Who.MayAt(room.Hold, home.Path) {
		return nil, nil
	}
	all, err := meeting.Around(c.Context(), p.DB, home.Root, home.Organization, when.DateOf(p.Now()).In())
	if err != nil {
		return nil, err
	}
	var way, follow g.Node
	for _, m := range all {
		if way == nil && p.Way != nil {
			if way, err = p.Way(c, m); err != nil {
				return nil, err
			}
		}
		if follow == nil && m.State == meeting.Open && c.Who.MayAt(Follow, home.Path) {
			follow = panel(c.L, m, true, c.Who.MayAt(room.Watch, home.Path))
		}
	}
	if way == nil && follow == nil {
		return nil, nil
	}
	return g.Group{way, follow}, nil
}
