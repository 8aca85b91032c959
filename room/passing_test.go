package room_test

import (
	"testing"

	"chibo/matter"
	"chibo/proceedings"
)

// TestAnOpinionIsPassedUp follows an opinion that the meeting passes up: it gets a
// number once, whatever is corrected, and is taken back with its destiny.
func TestAnOpinionIsPassedUp(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		for n := range 3 {
			h.append(h.present(n))
		}
		h.do(proceedings.KindOpen, proceedings.OpenBody{Chair: h.roll[0].ID})
		opinion := h.do(proceedings.KindOpinion, proceedings.OpinionBody{Speaker: h.roll[1].ID, Stance: proceedings.Propose, Text: "Xin phường khơi cống ngõ 5"})
		passed := func() matter.Matter {
			h.Helper()
			m, _, err := matter.OfSubject(h.Context(), h.d, h.org.Root, opinion)
			if err != nil {
				h.Fatal(err)
			}
			return m
		}
		if m := passed(); m.ID != "" {
			h.Errorf("before its destiny: %+v", m)
		}
		h.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: opinion, Fate: proceedings.PassedUp})
		first := passed()
		if first.State != matter.Waiting || first.Name() != "01/2026" || first.Meeting != h.meeting.ID || first.Member != h.roll[1].ID {
			h.Errorf("%+v", first)
		}
		h.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: opinion, Fate: proceedings.Explained, Text: "Tổ dân phố tự làm"})
		if m := passed(); m.State != matter.Withdrawn || m.Reason == "" {
			h.Errorf("no longer passed up: %+v", m)
		}
		h.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: opinion, Fate: proceedings.PassedUp})
		if m := passed(); m.State != matter.Waiting || m.ID != first.ID || m.Number != first.Number {
			h.Errorf("passed up again: %+v", m)
		}
	})
}
