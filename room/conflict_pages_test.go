package room_test

import (
	"net/http"
	"net/url"
	"testing"

	"chibo/kit/id"
	"chibo/proceedings"
)

// TestConflictAtTheServer: two devices that did not know of each other are both
// taken, their writer and what they knew are kept, and a plain form chooses.
func TestConflictAtTheServer(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		t := h.T
		h.append(h.present(0), h.present(1))
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		vote := h.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua"})
		seen := int64(len(h.log()))
		from := func(device string, kind proceedings.ActKind, body any) proceedings.Act {
			a := h.act(kind, body)
			a.Device, a.Seen = device, seen
			return a
		}
		one, two := id.New(), id.New()
		all := []proceedings.Act{
			from(one, proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: vote, For: 2}),
			from(two, proceedings.KindVoteCount, proceedings.VoteCountBody{Vote: vote, For: 1}),
			from(one, proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: vote}),
			from(two, proceedings.KindVoteClose, proceedings.VoteCloseBody{Vote: vote}),
			from(one, proceedings.KindClose, proceedings.CloseBody{}),
		}
		all[4].At = all[4].At.Add(60_000_000_000) // the two disagree by a minute
		late := from(two, proceedings.KindClose, proceedings.CloseBody{})
		for n, a := range h.append(append(all, late)...) {
			if a.Err != nil {
				t.Errorf("act %d: %v", n, a.Err)
			}
		}
		log := h.log()
		if a := log[seen]; a.Device != one || a.Seen != seen || log[0].Seen != 0 || log[1].Seen != 1 {
			t.Errorf("kept: %+v", a)
		}
		h.get("").has(t, http.StatusOK, "Hai máy ghi khác nhau", "Tán thành 2 · không tán thành 0", "Tán thành 1 · không tán thành 0", "Chọn bản này")
		if r := h.post(proceedings.KindChoose, url.Values{"chosen": {all[0].ID}, "seen": {"99"}}); r.status != http.StatusSeeOther {
			t.Fatalf("chosen: %+v", r)
		}
		h.post(proceedings.KindChoose, url.Values{"chosen": {all[0].ID}, "seen": {"99"}}).has(t, http.StatusConflict, "đã được chọn rồi")
		if v := h.state().Votes[0]; v.Last().For != 2 {
			t.Errorf("holds: %+v", v.Last())
		}
		for _, c := range h.state().Conflicts {
			if c.Blocks() {
				t.Errorf("left: %+v", c)
			}
		}
	})
}

// TestFormKnowsWhatItShowed: two people fill in the page of the server, the second
// one as it was before the first had sent it.
func TestFormKnowsWhatItShowed(t *testing.T) {
	halls(t, func(h *hall) {
		t := h.T
		h.append(h.present(0), h.present(1))
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		count := func(n, seen string) {
			t.Helper()
			form := url.Values{"vote": {h.state().Votes[0].ID}, "for": {n}, "act": {id.New()}, "seen": {seen}}
			if r := h.post(proceedings.KindVoteCount, form); r.status != http.StatusSeeOther {
				t.Fatalf("count %s: %+v", n, r)
			}
		}
		h.do(proceedings.KindVoteOpen, proceedings.VoteOpenBody{Matter: proceedings.MatterResolution, Question: "Thông qua"})
		h.get("").has(t, http.StatusOK, `<input type="hidden" name="seen" value="4">`, `data-seen="4"`)
		count("2", "4")
		count("1", "5")
		if n := len(h.state().Conflicts); n != 0 {
			t.Errorf("who saw the first count replaces it: %d conflicts", n)
		}
		count("2", "5")
		if n := len(h.state().Conflicts); n != 1 {
			t.Errorf("who did not see the second: %d conflicts", n)
		}
	})
}
