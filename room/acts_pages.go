//go:build !js

package room

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"

	g "maragu.dev/gomponents"

	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/locale"
	"chibo/kit/web"
	"chibo/proceedings"
)

// maxBody is the most bytes of one request of acts.
const maxBody = 2 << 20

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
