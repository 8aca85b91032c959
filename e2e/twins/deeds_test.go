package twins

import (
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"chibo/kit/db"
	"chibo/meeting"
	"chibo/proceedings"
)

// fresh returns a new id, as a device makes one.
func (p *pair) fresh() string {
	var seed [32]byte
	seed[0], seed[1], seed[31] = byte(p.step), byte(p.step>>8), 1
	return uuid.Must(uuid.NewV7FromReader(mathrand.NewChaCha8(seed))).String()
}

// person draws who does something.
func person(r *rapid.T) string { return rapid.SampledFrom(people).Draw(r, "who") }

// starts are where people begin: the pages of each machine, with the records of SQLite.
func (p *pair) starts(r *rapid.T) []string {
	ids := func(query string) []string {
		all, err := db.All[string](r.Context(), p.lite.App.DB, query)
		if err != nil {
			r.Fatal(err)
		}
		return all
	}
	var all []string
	add := func(form string, ids []string) {
		for _, one := range ids {
			all = append(all, fmt.Sprintf(form, one))
		}
	}
	cell := p.lite.Meetings[0].Organization
	var meetings []string
	for _, s := range meeting.States {
		meetings = append(meetings, p.lite.World.Meeting(s))
	}
	for _, form := range []string{"/meetings/%s", "/rooms/%s", "/meetings/%s/minutes", "/meetings/%s/quality", "/meetings/%s/door", "/phones/%s"} {
		add(form, meetings)
	}
	add("/members/%s", ids(`SELECT id FROM member WHERE organization_id = '`+cell+`' ORDER BY id LIMIT 6`))
	add("/ratings/%s", ids(`SELECT id FROM rating_round ORDER BY id LIMIT 6`))
	add("/tasks/%s", ids(`SELECT id FROM task WHERE organization_id = '`+cell+`' ORDER BY id DESC LIMIT 4`))
	add("/ballots/%s", ids(`SELECT id FROM ballot_poll WHERE state = 'open' ORDER BY id`))
	for range 3 {
		all = append(all, "/", "/meetings", "/members", "/members/import", "/members/new", "/accounts", "/ratings", "/tasks", "/tasks/new", "/matters", "/organizations/"+cell, "/delegations", "/themes", "/study", "/care", "/lessons", "/inbox", "/me")
	}
	return all
}

// deeds are what people do.
func (p *pair) deeds() map[string]func(*rapid.T) {
	press := func(r *rapid.T) {
		who := person(r)
		forms := p.pages[who].forms
		if len(forms) == 0 {
			return
		}
		f := forms[rapid.IntRange(0, len(forms)-1).Draw(r, "form")]
		h := hand{mathrand.New(mathrand.NewPCG(rapid.Uint64().Draw(r, "hand"), 1)), p.password(who), p.now}
		kind, body := h.body(f)
		p.send(who, f.action, kind, body)
	}
	open := func(r *rapid.T) {
		p.look(person(r), rapid.SampledFrom(p.starts(r)).Draw(r, "page"))
	}
	return map[string]func(*rapid.T){
		"open": open, "press": press, "press again": press, "press once more": press,
		"follow": func(r *rapid.T) {
			who := person(r)
			links := p.pages[who].links
			if len(links) == 0 {
				return
			}
			p.look(who, rapid.SampledFrom(links).Draw(r, "link"))
		},
		"later": func(r *rapid.T) {
			p.later(rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 24 * time.Hour, 9 * 24 * time.Hour}).Draw(r, "time"))
		},
		"evening": p.evening, "evening goes on": p.evening,
		"vote": p.vote,
		"":     p.holds,
	}
}

// password returns what somebody types as their own secret.
func (p *pair) password(who string) string {
	if who == "stranger" {
		return "không biết"
	}
	return p.lite.Account(who).Password
}

// secret returns the password of a member who can sign in.
func (p *pair) secret(member string) string {
	for _, a := range p.lite.Accounts {
		if a.Member == member {
			return a.Password
		}
	}
	return "không biết"
}

// vote sends a ballot of somebody in a poll that runs.
func (p *pair) vote(r *rapid.T) {
	polls, err := db.All[string](r.Context(), p.lite.App.DB, `SELECT id FROM ballot_poll ORDER BY id`)
	if err != nil {
		r.Fatal(err)
	}
	if len(polls) == 0 {
		return
	}
	choice := rapid.SampledFrom([]string{"001", "002", "009"}).Draw(r, "choice")
	p.send(person(r), "/ballots/"+rapid.SampledFrom(polls).Draw(r, "poll"), "application/x-www-form-urlencoded", url.Values{"choice": {choice}}.Encode())
}

// evening does what comes next in a meeting, or something that does not.
func (p *pair) evening(r *rapid.T) {
	state := rapid.SampledFrom([]meeting.State{meeting.Noticed, meeting.Open, meeting.Open, meeting.Closed}).Draw(r, "meeting")
	at := p.lite.World.Meeting(state)
	m, err := meeting.Find(r.Context(), p.lite.App.DB, p.root, at)
	if err != nil {
		r.Fatal(err)
	}
	s, err := p.lite.App.Rooms.StateOf(r.Context(), p.lite.App.DB, p.root, at)
	if err != nil {
		r.Fatal(err)
	}
	all := p.program(m, &s)
	all[rapid.IntRange(0, len(all)-1).Draw(r, "next")](r, m)
}

// deed is something done in a meeting.
type deed func(r *rapid.T, m meeting.Meeting)

// act returns the deed of entering an act.
func (p *pair) act(kind proceedings.ActKind, body any) deed {
	return func(r *rapid.T, m meeting.Meeting) {
		b, err := json.Marshal([]map[string]any{{"id": p.fresh(), "kind": kind, "at": p.now, "body": body}})
		if err != nil {
			r.Fatal(err)
		}
		p.send(rapid.SampledFrom([]string{"secretary", "secretary", "secretary", "minute-taker", "member"}).Draw(r, "enters"), "/rooms/"+m.ID+"/acts", "application/json", string(b))
	}
}

// minutes returns the deed of sending a form of the minutes.
func (p *pair) minutes(path string, fields url.Values) deed {
	return func(r *rapid.T, m meeting.Meeting) {
		p.send("secretary", "/meetings/"+m.ID+"/minutes/"+path, "application/x-www-form-urlencoded", fields.Encode())
	}
}

// program lists what may come next in a meeting; what fits stands in it more often.
func (p *pair) program(m meeting.Meeting, s *proceedings.State) []deed {
	var items, members []string
	for _, i := range s.Items {
		items = append(items, i.ID)
	}
	for _, one := range s.Roll {
		members = append(members, one.ID)
	}
	at := func(all []string, n int) string {
		if len(all) == 0 {
			return ""
		}
		return all[(n+int(p.step))%len(all)]
	}
	all := []deed{
		p.act(proceedings.KindOpen, proceedings.OpenBody{Chair: m.Chair, MinuteTaker: m.MinuteTaker}),
		p.act(proceedings.KindAttendance, proceedings.AttendanceBody{Member: at(members, 0), Status: proceedings.Present}),
		p.act(proceedings.KindAttendance, proceedings.AttendanceBody{Member: at(members, 1), Status: proceedings.Excused}),
		p.act(proceedings.KindItemStart, proceedings.ItemStartBody{Item: at(items, 0)}),
		p.act(proceedings.KindOpinion, proceedings.OpinionBody{Item: at(items, 0), Speaker: at(members, 2), Stance: "agree", Text: "Nhất trí"}),
		p.act(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Item: at(items, 0), Question: "Thông qua?", Method: proceedings.Method([]string{"hand", "phone", "ballot"}[p.step%3])}),
		p.act(proceedings.KindTask, proceedings.TaskBody{Title: "Treo cờ", Owners: []string{at(members, 3)}, Due: p.now.Date().AddDays(10), DoneWhen: "Đủ ngõ"}),
		p.act(proceedings.KindResolution, proceedings.ResolutionBody{Text: "Chi bộ quyết nghị."}),
		p.act(proceedings.KindClose, proceedings.CloseBody{}),
		p.minutes("readback", nil), p.minutes("adopt", url.Values{"for": {"9"}}),
		p.minutes("sign", url.Values{"part": {"minute_taker"}, "secret": {p.secret(m.MinuteTaker)}}), p.minutes("sign", url.Values{"part": {"chair"}, "secret": {p.secret(m.Chair)}}),
		p.minutes("seal", url.Values{"sign_for": {"T/M CHI BỘ"}}),
		p.minutes("additions", url.Values{"text": {"Bổ sung một câu."}}),
	}
	for _, v := range s.Votes {
		all = append(all, p.act(proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: v.ID, For: int(p.step) % 14, Against: int(p.step) % 2}), p.act(proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: v.ID}))
	}
	if fits := p.fits(m, all); fits != nil {
		all = append(all, slices.Repeat(fits, 3)...)
	}
	return all
}

// fits returns the steps that bring minutes on their way.
func (p *pair) fits(m meeting.Meeting, all []deed) []deed {
	switch m.State {
	case meeting.Noticed:
		return all[:2]
	case meeting.Open:
		return all[1:9]
	case meeting.Closed:
		return all[9:14]
	}
	return nil
}
