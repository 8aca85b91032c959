//go:build !js

package room

import (
	"bytes"
	"context"
	"encoding/json"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/account"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/live"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/kit/web/assets"
	"chibo/kit/when"
	"chibo/library"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
)

const maxBody = 2 << 20 // bytes of one request of acts

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

// append takes a JSON array of acts. A form of another site cannot send this
// content type.
func (p Pages) append(c *web.Ctx) error {
	if kind, _, err := mime.ParseMediaType(c.Request.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return fault.New(fault.Invalid, "room.problem.json")
	}
	if err := author(c); err != nil {
		return err
	}
	raw, err := c.Body(maxBody)
	if err != nil {
		return err
	}
	acts, broken, err := parse(raw)
	if err != nil {
		return err
	}
	answers, err := p.Append(c.Context(), c.Who, c.Param("meeting"), acts)
	if err != nil {
		return err
	}
	out := make([]reply, len(answers))
	for n, a := range answers {
		if broken[n] != nil {
			a.Err = broken[n]
		}
		out[n] = replyTo(c.L, a)
	}
	return c.JSON(out)
}

// author refuses what was written by somebody else than is signed in: the session of
// a device may have changed hands while it was out of reach. A program that does
// not say who wrote is taken at its session.
func author(c *web.Ctx) error {
	if by := c.Request.Header.Get("Chibo-Account"); by != "" && by != c.Who.Account {
		return fault.New(fault.SignIn, "fault.sign_in")
	}
	return nil
}

// parse reads the array act by act: one that cannot be read does not keep the
// others out. broken has an error in its place.
func parse(raw []byte) (acts []proceedings.Act, broken []error, err error) {
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return nil, nil, fault.New(fault.Invalid, "room.problem.json")
	}
	acts, broken = make([]proceedings.Act, len(parts)), make([]error, len(parts))
	for n, part := range parts {
		if err := json.Unmarshal(part, &acts[n]); err != nil {
			// Without a kind it is refused; its id, if it can be read, goes back.
			acts[n] = proceedings.Act{ID: acts[n].ID}
			broken[n] = fault.New(fault.Invalid, "room.problem.body", "Detail", err.Error())
		}
	}
	return acts, broken, nil
}

// reply is an Answer as programs read it.
type reply struct {
	ID    string   `json:"id"`
	Seq   int64    `json:"seq,omitempty"`
	Error *Problem `json:"error,omitempty"`
}

func replyTo(l locale.L, a Answer) reply {
	if a.Err == nil {
		return reply{ID: a.ID, Seq: a.Seq}
	}
	return reply{ID: a.ID, Error: ProblemOf(l, a.Err)}
}

// form is the way of every form of the room without a script: its fields become
// an act.
func (p Pages) form(c *web.Ctx) error {
	s, err := p.screen(c, Write)
	if err != nil {
		return err
	}
	k := proceedings.ActKind(c.Param("kind"))
	a, err := p.posted(c, s, k)
	if err == nil {
		err = p.one(c, a)
	}
	if err != nil {
		return c.Again(err, p.refused(c, s, k, err))
	}
	return c.See(s.path(s.roll.query() + anchor(a)))
}

// posted makes an act of the posted form. The id stands in the form, so that a
// second press is no second act; a form that was changed meanwhile is a new one.
func (p Pages) posted(c *web.Ctx, s screen, k proceedings.ActKind) (proceedings.Act, error) {
	body, err := p.bodyOf(c, s, k)
	if err != nil {
		return proceedings.Act{}, err
	}
	values, err := c.Values()
	if err != nil {
		return proceedings.Act{}, err
	}
	seen, _ := strconv.ParseInt(values.Get("seen"), 10, 64) // without a number the form was drawn by a program
	a := proceedings.Act{ID: values.Get("act"), Kind: k, At: s.now, Body: body, Seen: max(0, seen)}
	if there, ok := s.s.Act(a.ID); !proceedings.ValidID(a.ID) || ok && !bytes.Equal(there.Body, cleaned(body)) {
		a.ID = id.New()
	}
	return a, nil
}

func (p Pages) bodyOf(c *web.Ctx, s screen, k proceedings.ActKind) (json.RawMessage, error) {
	b, ok := proceedings.NewBody(k)
	if !ok {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	if err := decode(c, b); err != nil {
		return nil, err
	}
	fix, ok := b.(*proceedings.CorrectBody)
	if !ok || fix.Void {
		body, err := json.Marshal(b)
		return identified(s.s, body), err
	}
	target, ok := s.s.Act(fix.Corrects)
	if !ok {
		return nil, fault.New(fault.Conflict, "room.problem.gone")
	}
	now, _ := proceedings.NewBody(target.Kind) // the log holds known kinds only
	if err := decode(c, now); err != nil {
		return nil, err
	}
	body, err := joined(fix, now)
	return identified(s.s, body), err
}

// decode reads a form into a body. Hands that were not counted are not nobody's: a field for them
// that is left empty is refused, or a press too early would write down that nobody was for it.
func decode(c *web.Ctx, b proceedings.Body) error {
	if err := c.Decode(b); err != nil {
		return err
	}
	switch b.(type) {
	case *proceedings.VoteCountBody, *proceedings.VoteSheetBody, *proceedings.WithdrawBody:
	default:
		return nil
	}
	values, err := c.Values()
	if err != nil {
		return err
	}
	var k fault.Check
	typed, sent := values["for"]
	k.That(!sent || strings.TrimSpace(typed[0]) != "", "for", "room.problem.blank")
	return k.Err()
}

// joined is one object with the fields of both bodies.
func joined(bodies ...proceedings.Body) (json.RawMessage, error) {
	all := map[string]json.RawMessage{}
	for _, b := range bodies {
		raw, err := json.Marshal(b)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(raw, &all); err != nil {
			return nil, err
		}
	}
	return json.Marshal(all)
}

func (p Pages) one(c *web.Ctx, a proceedings.Act) error {
	answers, err := p.Append(c.Context(), c.Who, c.Param("meeting"), []proceedings.Act{a})
	if err != nil {
		return err
	}
	return answers[0].Err
}

// refused is the page on which a form that was not taken is mended.
func (p Pages) refused(c *web.Ctx, s screen, k proceedings.ActKind, err error) web.Page {
	f := c.Refill(err)
	sh := sheet{screen: s, kind: k, f: f}
	if k == proceedings.KindCorrect {
		sh.corrects = f.Value("corrects")
		if a, ok := s.s.Act(sh.corrects); ok {
			sh.kind = a.Kind
		}
	}
	return s.sheetPage(sh)
}

func (p screen) sheetPage(sh sheet) web.Page {
	return web.Page{
		Title: kindText(p.l, sh.kind), Section: "meetings",
		Crumbs: []web.Crumb{{Text: p.s.Setup.Title, URL: p.path("")}},
		Body:   g.Group{sh.body(), p.nameList()},
	}
}

// anchor leads back to what was just entered.
func anchor(a proceedings.Act) string {
	var b struct{ Item, Task, Opinion, Vote, Member string }
	if json.Unmarshal(a.Body, &b) != nil {
		return ""
	}
	query := ""
	if b.Item != "" && a.Kind != proceedings.KindItemStart {
		query = "?item=" + url.QueryEscape(b.Item)
	}
	switch {
	case a.Kind == proceedings.KindAttendance:
		return "#member-" + b.Member
	case slices.Contains([]proceedings.ActKind{proceedings.KindSpeakAsk, proceedings.KindSpeakWithdraw, proceedings.KindSpeakStart, proceedings.KindSpeakEnd}, a.Kind):
		return "#room-speaking"
	case a.Kind == proceedings.KindVerdict:
		return "#task-" + b.Task
	case b.Vote != "":
		return "#act-" + b.Vote
	case a.Kind == proceedings.KindItemStart:
		return "#room-work"
	}
	return query + "#act-" + a.ID
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
