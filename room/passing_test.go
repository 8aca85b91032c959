package room_test

import (
	"testing"

	"chibo/kit/when"
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

// TestAnAnswerStaysUntilItIsSaid answers a matter between two meetings: the answer is on
// the agenda of the next and stays there, with the same words, until a meeting has said
// what it is.
func TestAnAnswerStaysUntilItIsSaid(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		who := operator()
		who.Grants[0].Needs[matter.MayRead], who.Grants[0].Needs[matter.MayPass], who.Grants[0].Needs[matter.MayAnswer] = true, true, true
		matters := &matter.Service{DB: h.d, Now: h.now, Audit: h.room.Audit, Carry: h.room.Meetings.CarryAnswers}
		m := must(matters.Pass(h.Context(), who, matter.Draft{Organization: h.org.ID, Text: "Cống ngõ 5 tắc", Raiser: matter.ByResidents}))(h.T)
		if err := matters.Answer(h.Context(), who, m.ID, matter.Reply{Text: "Đã giao khơi cống", On: h.start.Date()}); err != nil {
			h.Fatal(err)
		}
		const text = "Cống ngõ 5 tắc (Cấp trên trả lời ngày 03/12/2026: Đã giao khơi cống)"
		for _, month := range []when.Instant{start, when.On(2027, 1, 5).At(19, 30), when.On(2027, 2, 3).At(19, 30)} {
			if month != start {
				h.follows(month)
			}
			h.come()
			if c := h.state().Carried; len(c) != 1 || c[0].Subject != m.ID || c[0].Text != text {
				h.Fatalf("on %s: %+v", month.Date(), c)
			}
			if month == when.On(2027, 2, 3).At(19, 30) {
				h.do(proceedings.KindDestiny, proceedings.DestinyBody{Opinion: m.ID, Fate: proceedings.Explained, Text: "Đã thông báo"})
			}
			h.do(proceedings.KindClose, proceedings.CloseBody{})
		}
		h.follows(when.On(2027, 3, 3).At(19, 30))
		h.come()
		if c := h.state().Carried; len(c) != 0 {
			h.Errorf("after it was said: %+v", c)
		}
	})
}
