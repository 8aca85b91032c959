package scenario_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"chibo/app/world/worldtest"
	"chibo/helper"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// helperEvening is the open meeting of the world's first cell, with a clock that moves.
type helperEvening struct {
	*worldtest.World
	t       *testing.T
	meeting string
	state   proceedings.State
	begin   when.Instant
}

// evenings runs a test on both databases.
func evenings(t *testing.T, f func(e *helperEvening)) {
	t.Helper()
	worldtest.Each(t, func(t *testing.T, w *worldtest.World) {
		e := &helperEvening{World: w, t: t, meeting: w.Meeting(meeting.Open)}
		e.begin = when.At(w.Clock.Now())
		e.state = e.now()
		f(e)
	})
}

// after sets the clock, measured from the beginning of the test.
func (e *helperEvening) after(d time.Duration) { e.Clock.Set(e.begin.Add(d)) }

func (e *helperEvening) now() proceedings.State {
	e.t.Helper()
	s, err := e.App.Rooms.StateOf(e.t.Context(), e.App.DB, e.Person("secretary").Root, e.meeting)
	if err != nil {
		e.t.Fatal(err)
	}
	return s
}

// invite makes the secretary invite somebody.
func (e *helperEvening) invite(duty proceedings.Duty, name string) helper.Helper {
	e.t.Helper()
	if a := e.As("secretary").Post(e.path("/helpers"), "duty", string(duty), "name", name); a.Status != http.StatusSeeOther {
		e.t.Fatalf("the invitation: %d %s", a.Status, a.Body)
	}
	h, err := db.One[helper.Helper](e.t.Context(), e.App.DB, `SELECT * FROM helper WHERE meeting_id = $1 ORDER BY invited_at DESC, id DESC LIMIT 1`, e.meeting)
	if err != nil {
		e.t.Fatal(err)
	}
	return h
}

// remove makes the secretary take a helper out.
func (e *helperEvening) remove(h helper.Helper) {
	e.t.Helper()
	if a := e.As("secretary").Post(e.path("/helpers/" + h.ID + "/remove")); a.Status != http.StatusSeeOther {
		e.t.Fatalf("taken out: %d %s", a.Status, a.Body)
	}
}

func (e *helperEvening) path(rest string) string { return "/rooms/" + e.meeting + rest }

// helperDevice is the browser of somebody who helps.
type helperDevice struct {
	*worldtest.Browser
	e *helperEvening
}

func (e *helperEvening) device() *helperDevice { return &helperDevice{e.Browser(), e} }

// send appends one act as the program on the device does.
func (d *helperDevice) send(kind proceedings.ActKind, at when.Instant, body string) worldtest.Page {
	d.e.t.Helper()
	act := fmt.Sprintf(`[{"id":%q,"kind":%q,"at":%d,"device":%q,"seen":1,"body":%s}]`, id.New(), kind, at, id.New(), body)
	return d.PostJSON(d.e.path("/acts"), act)
}

// joined is a device that has entered the code of an invitation.
func (e *helperEvening) joined(duty proceedings.Duty, name string) (*helperDevice, helper.Helper) {
	e.t.Helper()
	h, d := e.invite(duty, name), e.device()
	d.Post("/may-2", "code", h.Grouped()).Is(http.StatusOK, e.path(""))
	return d, h
}

// TestAHelperTakesTheRoll: code, room, marks with their way and writer; the secretary
// sees who it was.
func TestAHelperTakesTheRoll(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *helperEvening) {
		d, h := e.joined(proceedings.Roll, "Nguyễn Thị Cháu")
		who := e.state.Roll[len(e.state.Roll)-1]
		d.Get(e.path("")).Is(http.StatusOK, e.path("")).Says("Nguyễn Thị Cháu (điểm danh), do đồng chí", who.Name, "Chỉ điểm danh").
			Hides(`id="room-work"`, `id="room-agenda"`, "/minutes", "/log", "/helpers", "/door", "<nav")
		for _, status := range []proceedings.Status{proceedings.Unmarked, proceedings.Late} {
			d.Post(e.path("/form/attendance"), "member", who.ID, "status", string(status)).Is(http.StatusOK, e.path(""))
		}
		marked := e.now()
		got := marked.Roll[len(marked.Roll)-1]
		if got.Status != proceedings.Late || got.CameBy != proceedings.Helped || got.By != h.ID {
			e.t.Errorf("the room has %+v", got)
		}
		d.Get(e.path("")).Says("người giúp điểm danh")
		secretary := e.As("secretary")
		if log := secretary.Get(e.path("/log")).Body; !strings.Contains(log, "Máy thứ hai: Nguyễn Thị Cháu (điểm danh), do đồng chí "+e.Account("secretary").FullName+" mời") {
			e.t.Errorf("the log does not name the helper: %s", log)
		}
		if list := secretary.Get(e.path("/helpers")).Body; !strings.Contains(list, "đang giúp") || !strings.Contains(list, "ngoài danh sách chi bộ") {
			e.t.Errorf("the list: %s", list)
		}
	})
}

// TestWhatADutyIsFor: the server takes what the duty is for and nothing else, by form and
// by program; a slip of one's own is corrected, nobody else's.
func TestWhatADutyIsFor(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *helperEvening) {
		item, member := e.state.Items[0].ID, e.state.Roll[0].ID
		mark := fmt.Sprintf(`{"member":%q,"status":"present"}`, member)
		note := fmt.Sprintf(`{"item":%q,"text":"Ghi trên máy thứ hai"}`, item)
		d, _ := e.joined(proceedings.Roll, "Người ở cửa")
		d.send(proceedings.KindAttendance, e.begin, mark).Says(`"seq"`)
		for kind, body := range map[proceedings.ActKind]string{proceedings.KindNote: note, proceedings.KindClose: "{}", proceedings.KindChoose: "{}", proceedings.KindVoteTally: "{}"} {
			d.send(kind, e.begin, body).Says(`"forbidden"`)
		}
		d.Post(e.path("/form/note"), "item", item, "text", "x").Is(http.StatusForbidden, e.path("/form/note"))

		w, _ := e.joined(proceedings.Writing, "Người ghi")
		w.send(proceedings.KindNote, e.begin, note).Says(`"seq"`)
		w.send(proceedings.KindAttendance, e.begin, mark).Says(`"seq"`)
		w.send(proceedings.KindTask, e.begin, fmt.Sprintf(`{"title":"Treo cờ","owners":[%q],"due":"2027-01-20"}`, member)).Says(`"seq"`)
		for _, kind := range []proceedings.ActKind{proceedings.KindClose, proceedings.KindVoteOpen, proceedings.KindVoteClose, proceedings.KindAdopt, proceedings.KindWording} {
			w.send(kind, e.begin, "{}").Says(`"forbidden"`)
		}
		opening := e.state.Opening.Act
		w.send(proceedings.KindCorrect, e.begin, fmt.Sprintf(`{"corrects":%q,"void":true}`, opening)).Says(`"forbidden"`)
		own := e.now().Notes[len(e.now().Notes)-1].Act
		w.Get(e.path("/acts/"+own)).Is(http.StatusOK, e.path("/acts/"+own))
		w.Get(e.path("/acts/"+opening)).Is(http.StatusNotFound, e.path("/acts/"+opening))
		w.send(proceedings.KindCorrect, e.begin, fmt.Sprintf(`{"corrects":%q,"item":%q,"text":"Ghi lại"}`, own, item)).Says(`"seq"`)
	})
}

// TestWhatStaysHidden: to a helper no reason of an absence, no telephone; at the roll
// nothing of what is said.
func TestWhatStaysHidden(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *helperEvening) {
		item, ill := e.state.Items[0].ID, e.state.Roll[1]
		secretary := e.As("secretary")
		secretary.Post(e.path("/form/attendance"), "member", ill.ID, "status", "excused", "reason", "sick")
		secretary.Post(e.path("/form/note"), "item", item, "text", "Điều chỉ nói trong phòng")
		phones, err := db.All[string](e.t.Context(), e.App.DB, `SELECT phone FROM member WHERE phone <> ''`)
		if err != nil || len(phones) == 0 {
			e.t.Fatal(len(phones), err)
		}
		for _, duty := range proceedings.Duties {
			d, _ := e.joined(duty, "Người giúp")
			for _, path := range []string{"?item=" + item, "/device", "/acts?after=0"} {
				a := d.Get(e.path(path)).Hides(`"sick"}`, `"sick",`, `value="sick" selected`).Hides(phones...)
				if duty == proceedings.Roll {
					a.Hides("Điều chỉ nói trong phòng", e.state.Items[0].Title)
				} else {
					a.Says("Điều chỉ nói trong phòng")
				}
			}
			d.Get(e.path("")).Says("Vắng có lý do")
		}
	})
}

// TestWhichCodesAreGood, and for how long a seat.
func TestWhichCodesAreGood(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *helperEvening) {
		refused := func(code string) {
			e.t.Helper()
			e.device().Post("/may-2", "code", code).Is(http.StatusUnprocessableEntity, "/may-2").Says("Mã chưa đúng, đã có máy dùng, hoặc đã quá 10 phút")
		}
		h := e.invite(proceedings.Roll, "Một người")
		refused("")
		refused("123")
		wrong := "00000000"
		if h.Code == wrong {
			wrong = "00000001"
		}
		refused(wrong)
		e.device().Get("/may-2/" + h.Code).Says(`value="` + h.Code + `"`)
		e.device().Post("/may-2", "code", h.Code).Is(http.StatusOK, e.path(""))
		refused(h.Code) // used

		late := e.invite(proceedings.Roll, "Đến muộn")
		e.after(10 * time.Minute)
		refused(late.Code)
		e.after(0)
		e.remove(late)
		refused(late.Code) // taken back

		if a := e.As("member").Post("/may-2", "code", e.invite(proceedings.Roll, "Ai đó").Code); a.Location() != "/may-2" {
			e.t.Errorf("who has signed in: %d to %s", a.Status, a.Location())
		}
	})
}

// TestASeatEnds: at the next request when it is taken back, after twelve hours, at the
// closing; then only what was written before is still handed in.
func TestASeatEnds(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *helperEvening) {
		mark := fmt.Sprintf(`{"member":%q,"status":"present"}`, e.state.Roll[2].ID)
		out, h := e.joined(proceedings.Roll, "Người ra")
		e.remove(h)
		out.Get(e.path("")).Is(http.StatusOK, "/sign-in").Says("Tôi được mời giúp một buổi họp")
		out.send(proceedings.KindAttendance, e.begin, mark).Is(http.StatusUnauthorized, e.path("/acts"))

		long, _ := e.joined(proceedings.Roll, "Người ở lâu")
		e.after(12*time.Hour - time.Minute)
		long.Get(e.path("")).Is(http.StatusOK, e.path(""))
		e.after(12 * time.Hour)
		long.Get(e.path("")).Is(http.StatusOK, "/sign-in")
		e.after(0)

		last, _ := e.joined(proceedings.Roll, "Người cuối")
		e.after(time.Minute)
		e.close()
		e.after(2 * time.Minute)
		last.Get(e.path("")).Is(http.StatusNotFound, e.path(""))
		last.Get(e.path("/acts")).Is(http.StatusNotFound, e.path("/acts"))
		last.send(proceedings.KindAttendance, e.begin, mark).Says(`"seq"`)
		last.send(proceedings.KindAttendance, e.begin.Add(2*time.Minute), mark).Says(`"conflict"`)
		if a := e.As("secretary").Post(e.path("/helpers"), "duty", "roll", "name", "Sau bế mạc"); a.Status != http.StatusConflict {
			e.t.Errorf("an invitation after the closing: %d", a.Status)
		}
	})
}

// close closes the meeting with all that hinders it settled.
func (e *helperEvening) close() {
	e.t.Helper()
	secretary := e.As("secretary")
	for _, o := range e.now().Opinions {
		if o.Orphan() {
			secretary.Post(e.path("/form/destiny"), "opinion", o.Act, "fate", "conclusion")
		}
	}
	for _, v := range e.now().Votes {
		if !v.IsClosed() {
			secretary.Post(e.path("/form/vote.count"), "vote", v.ID, "for", "1")
			secretary.Post(e.path("/form/vote.close"), "vote", v.ID)
		}
	}
	if a := secretary.Post(e.path("/form/close")); a.Status != http.StatusSeeOther {
		e.t.Fatalf("the closing: %d %s", a.Status, a.Body)
	}
}

// TestGuessing: after twenty wrong codes from one address a good one waits too.
func TestGuessing(t *testing.T) {
	t.Parallel()
	w := worldtest.OnSQLite(t)
	ctx, s := t.Context(), w.App.Helpers
	for range 20 {
		if _, _, err := s.Join(ctx, "here", "0"); !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
	}
	h, err := s.Invite(ctx, w.Person("secretary"), w.Meeting(meeting.Open), helper.Invitation{Duty: proceedings.Roll, Name: "Ai"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Join(ctx, "here", h.Code); !fault.Is(err, fault.TooMany) {
		t.Errorf("the twenty-first from one address: %v", err)
	}
	if _, _, err := s.Join(ctx, "elsewhere", h.Code); err != nil {
		t.Errorf("from another address: %v", err)
	}
}

// TestWhoInvites: those who hold the meeting, and nobody else. The name of a member
// means the member.
func TestWhoInvites(t *testing.T) {
	t.Parallel()
	evenings(t, func(e *helperEvening) {
		i := helper.Invitation{Duty: proceedings.Roll, Name: e.state.Roll[3].Name}
		for _, name := range []string{"member", "probationary", "committee", "clerk", "administrator", "other secretary", "helper writing"} {
			if _, err := e.App.Helpers.Invite(e.t.Context(), e.Person(name), e.meeting, i); !fault.Is(err, fault.NotFound) {
				e.t.Errorf("%s: %v", name, err)
			}
		}
		for _, name := range []string{"secretary", "deputy", "minute-taker"} {
			h, err := e.App.Helpers.Invite(e.t.Context(), e.Person(name), e.meeting, i)
			if err != nil || h.Member != e.state.Roll[3].ID {
				e.t.Errorf("%s: member %q, %v", name, h.Member, err)
			}
		}
		_, err := e.App.Helpers.Invite(e.t.Context(), e.Person("secretary"), e.Meeting(meeting.Draft), i)
		if !fault.Is(err, fault.Conflict) {
			e.t.Errorf("a draft: %v", err)
		}
		if p := e.Person("helper roll"); p.SignedIn() || p.May(access.SignedIn) || p.Check(access.SignedIn) == nil {
			e.t.Errorf("a helper counts as signed in: %+v", p)
		}
	})
}
