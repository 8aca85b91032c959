package room_test

import (
	"testing"

	"chibo/kit/when"
	"chibo/organization"
	"chibo/proceedings"
)

// TestCellSettlesWhatNoRuleSays: on discipline and on ratings a cell votes as it has
// settled; nothing else follows its settings.
func TestCellSettlesWhatNoRuleSays(t *testing.T) {
	t.Parallel()
	halls(t, func(h *hall) {
		ruled := func(m proceedings.Matter) proceedings.Rule {
			h.Helper()
			for _, r := range h.state().Setup.Rules {
				if r.Matter == m {
					return r
				}
			}
			h.Fatalf("no rule for %s", m)
			return proceedings.Rule{}
		}
		for _, m := range []proceedings.Matter{proceedings.MatterDiscipline, proceedings.MatterExpulsion, proceedings.MatterRating} {
			if r := ruled(m); r.Method != proceedings.Ballot {
				h.Errorf("%s by %s where nothing is settled", m, r.Method)
			}
		}
		before := ruled(proceedings.MatterAdmission)
		set := organization.Defaults(h.org.Root, h.org.ID)
		set.From, set.DisciplineByHand, set.RatingByHand, set.RatingTwoThirds = when.On(2026, 12, 1), true, true, true
		organizations := &organization.Service{DB: h.d, Now: h.now, Audit: h.room.Audit}
		if err := organizations.Settle(h.Context(), operator(), set); err != nil {
			h.Fatal(err)
		}
		for _, c := range []struct {
			matter proceedings.Matter
			words  string
		}{{proceedings.MatterDiscipline, "quá 1/2"}, {proceedings.MatterExpulsion, "ít nhất 2/3"}, {proceedings.MatterRating, "ít nhất 2/3"}} {
			if r := ruled(c.matter); r.Method != proceedings.Hand || r.Words() != c.words {
				h.Errorf("%s: %s by %s", c.matter, r.Words(), r.Method)
			}
		}
		if after := ruled(proceedings.MatterAdmission); after != before {
			h.Errorf("admission: %+v, was %+v", after, before)
		}
		h.do(proceedings.KindOpen, proceedings.OpenBody{})
		set.DisciplineByHand = false
		if err := organizations.Settle(h.Context(), operator(), set); err != nil {
			h.Fatal(err)
		}
		if r := ruled(proceedings.MatterDiscipline); r.Method != proceedings.Hand {
			h.Errorf("what was settled at the opening holds: %s", r.Method)
		}
	})
}
