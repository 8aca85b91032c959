//go:build !js

package room

import "chibo/organization"

// settled puts into the rules of a day what the cell has settled where the Party's
// rules, as far as they were found, leave it open: how it votes on discipline (the
// Charter of 19/01/2011, Article 39, names no way of voting), and how and by what
// share on ratings. A vote may still be taken another way when it is opened.
func settled(rules []Rule, set organization.Settings) []Rule {
	const source = "; cách biểu quyết theo nền nếp của chi bộ"
	for n := range rules {
		r := &rules[n]
		switch r.Matter {
		case MatterDiscipline, MatterExpulsion:
			r.Source += source
			if set.DisciplineByHand {
				r.Method = Hand
			}
		case MatterRating:
			r.Source += source
			if set.RatingByHand {
				r.Method = Hand
			}
			if set.RatingTwoThirds {
				r.Num, r.Den, r.Strict = 2, 3, false
			}
		}
	}
	return rules
}
