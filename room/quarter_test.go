package room_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
	"chibo/room"
)

// follows goes on to the meeting that the last one has opened.
func (h *hall) follows(start when.Instant) {
	h.Helper()
	all := must(meeting.Between(h.Context(), h.d, h.org.Root, h.org.ID, start.Date().In(), start.Date().In()))(h.T)
	if len(all) != 1 {
		h.Fatalf("%d meetings in %s", len(all), start.Date().In())
	}
	h.meeting, h.start = all[0], start
	h.clock.Store(int64(start))
	h.advance(meeting.Draft, meeting.Noticed)
}

// come marks everybody present and opens the meeting.
func (h *hall) come() {
	h.Helper()
	for n := range h.roll {
		h.append(h.present(n))
	}
	h.do(proceedings.KindOpen, proceedings.OpenBody{})
}

// TestQuietThisQuarter holds a meeting in October and one in November: the chair of
// the second is told who has spoken at neither, and nobody else is.
func TestQuietThisQuarter(t *testing.T) {
	t.Parallel()
	october, november := when.On(2026, 10, 5).At(19, 30), when.On(2026, 11, 3).At(19, 30)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d, october)
		names := func(n ...int) string {
			var list []string
			for _, one := range n {
				list = append(list, h.roll[one].FullName)
			}
			return strings.Join(list, ", ") + "."
		}
		const quiet = "chưa phát biểu lần nào trong quý (2 buổi, kể cả buổi này)"
		h.come()
		o := h.do(proceedings.KindOpinion, proceedings.OpinionBody{Speaker: h.roll[0].ID, Stance: proceedings.Agree})
		h.do(proceedings.KindSpeakStart, proceedings.SpeakStartBody{Speaker: h.roll[1].ID})
		if text := h.get("").text; strings.Contains(text, "trong quý") {
			t.Error("the first meeting of the quarter speaks of a quarter")
		}
		h.do(proceedings.KindClose, proceedings.CloseBody{})
		first := h.meeting.ID
		h.follows(november)
		h.come()
		h.get("").has(t, http.StatusOK, "2 đồng chí "+quiet, names(2, 3))
		h.get("/device").has(t, http.StatusOK, `"earlier":{"meetings":1,"spoke":[`)

		// The log of October is corrected: it was somebody else who spoke.
		fix := h.act(proceedings.KindCorrect, map[string]any{"corrects": o, "speaker": h.roll[2].ID, "stance": "agree"})
		if a := must(h.room.Append(t.Context(), operator(), first, []proceedings.Act{fix}))(t); a[0].Err != nil {
			t.Fatal(a[0].Err)
		}
		h.get("").has(t, http.StatusOK, "2 đồng chí "+quiet, names(0, 3))
		h.do(proceedings.KindOpinion, proceedings.OpinionBody{Speaker: h.roll[0].ID, Stance: proceedings.Agree})
		h.get("").has(t, http.StatusOK, "1 đồng chí "+quiet, names(3))

		// Whoever reads along is told nothing of it, in no form.
		for _, rest := range []string{"", "/device", "/acts", "/log"} {
			got := h.send(reader(), httptest.NewRequest(http.MethodGet, h.path(rest), nil))
			got.has(t, http.StatusOK)
			for _, secret := range []string{"trong quý (2 buổi", `"earlier"`, `id="room-silent"`} {
				if strings.Contains(got.text, secret) {
					t.Errorf("%q shows %q to those who read along", rest, secret)
				}
			}
		}

		h.do(proceedings.KindClose, proceedings.CloseBody{})
		h.follows(when.On(2026, 12, 3).At(19, 30))
		h.come()
		h.get("").has(t, http.StatusOK, "1 đồng chí chưa phát biểu lần nào trong quý (3 buổi, kể cả buổi này)")
		h.do(proceedings.KindClose, proceedings.CloseBody{})
		h.follows(when.On(2027, 1, 4).At(19, 30)) // a new quarter
		h.come()
		if text := h.get("").text; strings.Contains(text, "trong quý") {
			t.Error("a new quarter remembers the old one")
		}
	})
}

// follower is a member who follows the meeting and holds nothing.
func (h *hall) follower(n int) access.Person {
	needs := map[access.Need]bool{meeting.Follow: true, room.Watch: true}
	who := h.roll[n].ID
	return access.Person{Account: who, Member: who, Grants: []access.Grant{{Role: access.Member, Path: h.org.Path, Needs: needs}}}
}

func TestOwnHand(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		own := func(who access.Person, k proceedings.ActKind) error {
			h.clock.Add(int64(5 * time.Second / time.Millisecond))
			return h.room.AppendOwn(h.Context(), who, h.meeting.ID, k)
		}
		refused := func(what string, err error, key string) {
			h.Helper()
			if (err == nil) != (key == "") || err != nil && fault.Of(err).Key != key {
				h.Errorf("%s: %v, want %s", what, err, key)
			}
		}
		me := h.follower(0)
		refused("before the opening", own(me, proceedings.KindSpeakAsk), "room.problem.not_open_now")
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		for range 2 { // pressed twice
			refused("a hand", own(me, proceedings.KindSpeakAsk), "")
		}
		q := h.state().Queue()
		if len(q) != 1 || q[0].Speaker != me.Member || q[0].By != me.Account {
			h.Fatalf("waits: %+v", q)
		}
		for range 2 {
			refused("taken down", own(me, proceedings.KindSpeakWithdraw), "")
		}
		if q := h.state().Queue(); len(q) != 0 {
			h.Errorf("waits: %+v", q)
		}
		h.gapless(3)
		for range 2 {
			refused("once more", own(me, proceedings.KindSpeakAsk), "")
			refused("once more", own(me, proceedings.KindSpeakWithdraw), "")
		}
		refused("too often", own(me, proceedings.KindSpeakAsk), "room.problem.often")
		refused("somebody else", own(h.follower(1), proceedings.KindSpeakAsk), "")
		h.clock.Add(int64(time.Minute / time.Millisecond))
		refused("a minute later", own(me, proceedings.KindSpeakAsk), "")

		refused("another kind", own(me, proceedings.KindSpeakStart), "fault.not_found")
		refused("who is not on the roll", own(reader(), proceedings.KindSpeakAsk), "fault.not_found")
		stranger := h.follower(2)
		stranger.Grants[0].Path = "/elsewhere/"
		refused("another cell", own(stranger, proceedings.KindSpeakAsk), "fault.not_found")
		h.do(proceedings.KindAttendance, proceedings.AttendanceBody{Member: h.roll[2].ID, Status: proceedings.Excused})
		refused("who is absent", own(h.follower(2), proceedings.KindSpeakAsk), "room.problem.not_here")
		h.do(proceedings.KindClose, proceedings.CloseBody{})
		refused("after the closing", own(h.follower(3), proceedings.KindSpeakAsk), "room.problem.not_open_now")
	})
}

func TestSpeakingWithoutScript(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		h.do(proceedings.KindItemStart, proceedings.ItemStartBody{Item: h.state().Items[0].ID})
		h.get("").has(h.T, http.StatusOK, "Chưa có ai xin phát biểu.")
		got := h.post(proceedings.KindSpeakAsk, url.Values{"speaker": {h.roll[1].ID}})
		got.has(h.T, http.StatusSeeOther)
		if !strings.HasSuffix(got.place, "#room-speaking") {
			h.Errorf("sent to %s", got.place)
		}
		h.post(proceedings.KindSpeakAsk, url.Values{"speaker": {h.roll[1].ID}}).has(h.T, http.StatusConflict, "đã có trong danh sách chờ")
		r := h.state().Queue()[0]
		h.get("").has(h.T, http.StatusOK, "1 chờ", "Mời phát biểu: "+h.roll[1].FullName)
		h.post(proceedings.KindSpeakStart, url.Values{"speaker": {r.Speaker}, "request": {r.Act}}).has(h.T, http.StatusSeeOther)
		h.clock.Add(int64(2 * time.Minute / time.Millisecond))
		h.get("").has(h.T, http.StatusOK, "Đang phát biểu:", ">2:00<", `<option value="`+r.Speaker+`" selected>`)
		h.post(proceedings.KindSpeakEnd, url.Values{"turn": {h.state().Turns[0].ID}}).has(h.T, http.StatusSeeOther)
		h.get("").has(h.T, http.StatusOK, "1 lượt đã xong")
		if _, line, _ := strings.Cut(h.get("/log").text, "Kết thúc phát biểu"); !strings.Contains(line, h.roll[1].FullName) {
			h.Errorf("the log does not say whose turn ended:\n%.300s", line)
		}
		h.do(proceedings.KindClose, proceedings.CloseBody{})
		h.get("").has(h.T, http.StatusOK, "1 lượt đã xong")
	})
}
