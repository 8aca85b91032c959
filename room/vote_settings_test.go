package room_test

import (
	"testing"

	"chibo/kit/when"
	"chibo/organization"
	"chibo/room"
)

// TestCellSettlesWhatNoRuleSays: on discipline and on ratings a cell votes as it has
// settled; nothing else follows its settings.
func TestCellSettlesWhatNoRuleSays(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		ruled := func(m room.Matter) room.Rule {
			h.Helper()
			for _, r := range h.state().Setup.Rules {
				if r.Matter == m {
					return r
				}
			}
			h.Fatalf("no rule for %s", m)
			return room.Rule{}
		}
		for _, m := range []room.Matter{room.MatterDiscipline, room.MatterExpulsion, room.MatterRating} {
			if r := ruled(m); r.Method != room.Ballot {
				h.Errorf("%s by %s where nothing is settled", m, r.Method)
			}
		}
		before := ruled(room.MatterAdmission)
		set := organization.Defaults(h.org.Root, h.org.ID)
		set.From, set.DisciplineByHand, set.RatingByHand, set.RatingTwoThirds = when.On(2026, 12, 1), true, true, true
		organizations := &organization.Service{DB: h.d, Now: h.now, Audit: h.room.Audit}
		if err := organizations.Settle(h.Context(), operator(), set); err != nil {
			h.Fatal(err)
		}
		for _, c := range []struct {
			matter room.Matter
			words  string
		}{{room.MatterDiscipline, "quá 1/2"}, {room.MatterExpulsion, "ít nhất 2/3"}, {room.MatterRating, "ít nhất 2/3"}} {
			if r := ruled(c.matter); r.Method != room.Hand || r.Words() != c.words {
				h.Errorf("%s: %s by %s", c.matter, r.Words(), r.Method)
			}
		}
		if after := ruled(room.MatterAdmission); after != before {
			h.Errorf("admission: %+v, was %+v", after, before)
		}
		h.do(room.KindOpen, room.OpenBody{})
		set.DisciplineByHand = false
		if err := organizations.Settle(h.Context(), operator(), set); err != nil {
			h.Fatal(err)
		}
		if r := ruled(room.MatterDiscipline); r.Method != room.Hand {
			h.Errorf("what was settled at the opening holds: %s", r.Method)
		}
	})
}
