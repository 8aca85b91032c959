//go:build !js

package room

import (
	"chibo/organization"
	"chibo/proceedings"
)

// settled puts into the rules of a day what the cell has settled where the Party's
// rules, as far as they were found, leave it open: how it votes on discipline (the
// Charter of 19/01/2011, Article 39, names no way of voting), and how and by what
// share on ratings. A vote may still be taken another way when it is opened.
func settled(rules []proceedings.Rule, set organization.Settings) []proceedings.Rule {
	const source = "; cách biểu quyết theo nền nếp của chi bộ"
	for n := range rules {
		r := &rules[n]
		switch r.Matter {
		case proceedings.MatterDiscipline, proceedings.MatterExpulsion:
			r.Source += source
			if set.DisciplineByHand {
				r.Method = proceedings.Hand
			}
		case proceedings.MatterRating:
			r.Source += source
			if set.RatingByHand {
				r.Method = proceedings.Hand
			}
			if set.RatingTwoThirds {
				r.Num, r.Den, r.Strict = 2, 3, false
			}
		}
	}
	return rules
}
