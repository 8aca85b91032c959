//go:build !js

package room

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/live"
	"chibo/kit/web"
	"chibo/kit/web/assets"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
)

// Pages are the pages of the room.
type Pages struct{ *Service }

// Routes is the room's part of the table of contents.
func (p Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /rooms/{meeting}", Need: Watch, Do: p.room},
		{Pattern: "GET /rooms/{meeting}/acts", Need: Watch, Do: p.acts},
		{Pattern: "GET /rooms/{meeting}/live", Need: Watch, Do: p.live},
		{Pattern: "POST /rooms/{meeting}/acts", Need: Write, Do: p.append},
		{Pattern: "POST /rooms/{meeting}/form/{kind}", Need: Write, Do: p.form},
		{Pattern: "POST /rooms/{meeting}/photo", Need: Hold, Do: p.photo, Takes: library.Pictures},
		{Pattern: "GET /rooms/{meeting}/acts/{act}", Need: Write, Do: p.entry},
		{Pattern: "GET /rooms/{meeting}/turnout/{vote}", Need: Watch, Do: p.turnout},
		{Pattern: "GET /rooms/{meeting}/votes/{vote}/ballots", Need: Hold, Do: p.votePaper(screen.ballotsPage, "room.sheet.ballots")},
		{Pattern: "GET /rooms/{meeting}/votes/{vote}/tally", Need: Hold, Do: p.votePaper(screen.tallyPage, "room.sheet.tally")},
		{Pattern: "POST /rooms/{meeting}/votes/{vote}/confirm", Need: Hold, Do: p.confirm},
		{Pattern: "GET /rooms/{meeting}/device", Need: Watch, Do: p.device},
		{Pattern: "GET /rooms/{meeting}/log", Need: Watch, Do: p.log},
		{Pattern: "GET /rooms/{meeting}/paper", Need: Hold, Do: p.paper},
	}
}

// visible returns the meeting for those who may see it and have the need there.
func (p Pages) visible(c *web.Ctx, need access.Need) (meeting.Meeting, organization.Organization, error) {
	if c.Who.Helps() {
		return p.seated(c.Context(), c.Who, need, c.Param("meeting"))
	}
	m, o, err := meeting.VisibleAny(c.Context(), p.DB, c.Who, meeting.Follow, c.Param("meeting"))
	if err == nil && !c.Who.MayAt(need, o.Path) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	c.L = Spoken(c.L, string(m.Kind))
	return m, o, err
}

// screen reads the meeting for a page.
func (p Pages) screen(c *web.Ctx, need access.Need) (screen, error) {
	m, o, err := p.visible(c, need)
	if err != nil {
		return screen{}, err
	}
	s, _, err := p.Look(c.Context(), p.DB, m, o)
	if err != nil {
		return screen{}, err
	}
	duty := proceedings.Duty(c.Who.Seat.Duty)
	if duty != "" {
		s = proceedings.Replay(duty.Setup(s.Setup), duty.Acts(s))
	}
	v := screen{
		l: c.L, s: s, now: when.At(p.Now()), focus: focus(s, c.Query("item")), roll: rollViewOf(c.Request.URL.Query()),
		may: c.Who.MayAt(Hold, o.Path), duty: duty, sealed: m.State == meeting.Sealed, account: c.Who.Account, live: p.Live != nil,
	}
	if len(s.Conflicts) > 0 || duty != "" {
		if v.writers, err = p.writers(c, m); err != nil {
			return v, err
		}
	}
	if v.may && s.Phase != proceedings.Closed {
		v.earlier, err = p.earlier(c.Context(), m, s)
	}
	return v, err
}

// writers are the names of those who may have written in a meeting.
func (p Pages) writers(c *web.Ctx, m meeting.Meeting) (map[string]string, error) {
	names, err := account.NamesOf(c.Context(), p.DB, m.Root, m.Organization)
	if err != nil || p.Helpers == nil {
		return names, err
	}
	helpers, err := p.Helpers(c.Context(), p.DB, m.Root, m.ID)
	for _, v := range helpers {
		names[v.ID] = v.Words(c.L)
	}
	return names, err
}

func (p Pages) room(c *web.Ctx) error {
	s, err := p.screen(c, Watch)
	if err != nil {
		return err
	}
	if c.HX() {
		return c.Fragment(s.whole())
	}
	return c.Page(web.Page{Title: s.s.Setup.Title, Section: "meetings", Bare: true, Device: true, Body: s.page()})
}

// turnout says how many have voted by phone.
func (p Pages) turnout(c *web.Ctx) error {
	s, err := p.screen(c, Watch)
	if err != nil {
		return err
	}
	v, ok := s.s.Vote(c.Param("vote"))
	if !ok || !v.Method.Electronic() {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	m, _, err := p.visible(c, Watch)
	if err != nil {
		return err
	}
	n, of, err := p.Ballots.Voted(c.Context(), p.DB, m.Root, v.ID)
	if err != nil {
		return err
	}
	return c.Fragment(s.turnout(v, c.L.T("room.vote.turnout", "Voted", n, "Entitled", of)))
}

// device hands out what a device needs to hold the meeting by itself.
func (p Pages) device(c *web.Ctx) error {
	s, err := p.screen(c, Watch)
	if err != nil {
		return err
	}
	m, _, err := p.visible(c, Watch)
	if err != nil {
		return err
	}
	writers, err := p.writers(c, m)
	if err != nil {
		return err
	}
	setup := s.s.Setup
	if !s.may {
		setup = setup.Discreet()
	}
	return c.JSON(Scene{
		Setup: setup, Acts: s.s.Acts(), Account: s.account, Writers: writers, May: s.may, Duty: s.duty, Sealed: s.sealed, Earlier: s.earlier,
		Language: c.L.Tag(), Texts: c.L.Texts("room.", "minutes.", "part.", "kit.", "fault."),
		Assets: map[string]string{"device.wasm": assets.URL("device.wasm")},
	})
}

// acts hands out the log after a number.
func (p Pages) acts(c *web.Ctx) error {
	m, o, err := p.visible(c, Watch)
	if err != nil {
		return err
	}
	if c.Who.Helps() {
		s, _, err := p.Look(c.Context(), p.DB, m, o)
		if err != nil {
			return err
		}
		told := proceedings.Duty(c.Who.Seat.Duty).Acts(s)
		return c.JSON(slices.DeleteFunc(told, func(a proceedings.Act) bool { return a.Seq <= int64(c.QueryInt("after", 0)) }))
	}
	acts, err := p.Log(c.Context(), p.DB, m.Root, m.ID, int64(c.QueryInt("after", 0)))
	if err != nil {
		return err
	}
	return c.JSON(acts)
}

// live tells the pages of the room that there are new acts or ballots; they fetch what
// they show. The event has no content.
func (p Pages) live(c *web.Ctx) error {
	m, _, err := p.visible(c, Watch)
	if err != nil {
		return err
	}
	if p.Live == nil || !strings.Contains(c.Request.Header.Get("Accept"), "text/event-stream") {
		return c.See("/rooms/" + m.ID)
	}
	root, id := m.Root, m.ID
	return c.Live(p.Live, live.Source{
		Key: "room/" + id, Topic: Topic(root, id),
		Draw: func(ctx context.Context) (live.Event, error) { return p.news(ctx, root, id) },
		May:  func(ctx context.Context) (func(access.Person) bool, error) { return p.Watchers(ctx, root, id, Watch) },
	})
}

// Watchers reads who may watch a meeting that has been visible: those who see it and
// have the need there, and its helpers.
func (s *Service) Watchers(ctx context.Context, root, meetingID string, need access.Need) (func(access.Person) bool, error) {
	m, o, err := find(ctx, s.DB, root, meetingID)
	return func(who access.Person) bool {
		return who.Seated(meetingID, need) || m.SeenBy(who, o) && who.MayAt(need, o.Path)
	}, err
}

// news is the event that stands for a room as it is: the number of its last act, and
// how many have voted by phone while a vote runs.
func (p Pages) news(ctx context.Context, root, meetingID string) (live.Event, error) {
	seq, polling, err := p.stands(ctx, p.DB, root, meetingID)
	if err != nil {
		return live.Event{}, err
	}
	e := live.Event{ID: strconv.FormatInt(seq, 10), Name: "state"}
	if !polling {
		return e, nil
	}
	polls, err := p.Ballots.OpenIn(ctx, p.DB, root, meetingID)
	if err != nil {
		return e, err
	}
	for _, poll := range polls {
		e.ID += "." + strconv.Itoa(poll.Cast)
	}
	return e, nil
}

// photo keeps a picture and enters it as an act, both or neither. A device that
// was without a network sends the id and the time it has given the act.
func (p Pages) photo(c *web.Ctx) error {
	m, o, err := p.visible(c, Hold)
	if err != nil {
		return err
	}
	if err := author(c); err != nil {
		return err
	}
	picture, err := c.Upload("file")
	if err != nil {
		return err
	}
	var b struct {
		Item     string `form:"item"`
		Caption  string `form:"caption"`
		Unmarked bool   `form:"unmarked"`
		Act      string `form:"act"`
		At       int64  `form:"at"` // milliseconds since 1970
		Device   string `form:"device"`
		Seen     int64  `form:"seen"`
	}
	if err := c.Decode(&b); err != nil {
		return err
	}
	s, err := p.screen(c, Hold)
	if err != nil {
		return err
	}
	if _, there := s.s.Act(b.Act); there {
		return c.See(s.path("#room-photos")) // the answer to the first time was lost
	}
	a := proceedings.Act{ID: b.Act, Kind: proceedings.KindPhoto, At: when.Instant(b.At), Device: b.Device, Seen: b.Seen}
	if a.ID == "" || a.At == 0 {
		a.ID, a.At = id.New(), s.now
	}
	if err := library.RefuseStated(b.Unmarked); err != nil {
		return err
	}
	use := library.Use{Kind: meeting.FileUse, Subject: m.ID, Organization: o.ID}
	_, err = p.Library.Keep(c.Context(), c.Who, m.Root, picture.Name, picture.Data, use, func(tx *db.Tx, f library.File) error {
		if !f.Type.Picture() {
			return fault.New(fault.Invalid, "room.problem.picture")
		}
		var err error
		if a.Body, err = json.Marshal(proceedings.PhotoBody{File: f.ID, Caption: b.Caption, Item: b.Item}); err != nil {
			return err
		}
		w := &writing{who: c.Who, org: o, m: m, acts: []proceedings.Act{a}}
		if err := p.Service.append(c.Context(), tx, []*writing{w}); err != nil {
			return err
		}
		return w.answers[0].Err
	})
	if err != nil {
		return err
	}
	return c.See("/rooms/" + m.ID + "#room-photos")
}

// entry is the page on which an entry is corrected.
func (p Pages) entry(c *web.Ctx) error {
	s, err := p.screen(c, Write)
	if err != nil {
		return err
	}
	sh, ok := s.mending(c.Param("act"))
	if !ok {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return c.Page(s.sheetPage(sh))
}

func (p Pages) log(c *web.Ctx) error {
	s, err := p.screen(c, Watch)
	if err != nil {
		return err
	}
	if s.duty != "" {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	m, _, err := p.visible(c, Watch)
	if err != nil {
		return err
	}
	if s.writers, err = p.writers(c, m); err != nil {
		return err
	}
	return c.Page(web.Page{
		Title: c.L.T("room.log"), Lead: c.L.T("room.log.lead"), Section: "meetings", Wide: true,
		Crumbs: []web.Crumb{{Text: s.s.Setup.Title, URL: s.path("")}},
		Body:   s.logBody(),
	})
}

func (p Pages) paper(c *web.Ctx) error {
	s, err := p.screen(c, Hold)
	if err != nil {
		return err
	}
	title := strings.TrimSpace(c.L.T("room.paper.sheet") + " · " + s.s.Setup.Title)
	return c.Page(web.Page{Title: title, Bare: true, Sheet: true, Body: s.paperPage()})
}
