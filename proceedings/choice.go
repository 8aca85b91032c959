package proceedings

import (
	"slices"

	"chibo/kit/fault"
)

// ChooseBody settles a conflict: of the acts in one place the one that is named
// holds. It is itself an act in that place, which says again what the chosen one
// says: choosing differently on two devices is a conflict like any other.
type ChooseBody struct {
	Chosen string `json:"chosen" form:"chosen"` // act
}

func (b *ChooseBody) shape(c *fault.Check) { c.That(b.Chosen != "", "chosen", "room.problem.choice") }

func (b *ChooseBody) fits(s *State) error {
	for _, c := range s.Conflicts {
		if slices.ContainsFunc(c.Sides, func(side Side) bool { return side.Act == b.Chosen }) {
			return nil
		}
	}
	return fault.New(fault.Conflict, "room.problem.no_conflict")
}

// A choice takes effect through the acts that it was made between.
func (b *ChooseBody) apply(*State, Entry) bool { return true }

// choose puts the acts into their places and lets those that were not chosen go.
// Corrections come first: what the others say follows from them.
func choose(log []*logged, found map[string]*logged, corrections bool) {
	for _, l := range log {
		if b, ok := l.body.(placed); ok && l.act.Kind == KindCorrect && corrections {
			l.place, l.told = b.place(), l.body
		} else if b, ok := l.told.(placed); ok && l.act.Kind != KindCorrect && !corrections {
			l.place = b.place()
		}
	}
	some := false
	for _, l := range log {
		b, ok := l.body.(*ChooseBody)
		if !ok {
			continue
		}
		target := found[b.Chosen]
		if target == nil || target.act.Kind == KindChoose || target.place.Kind == "" || (target.act.Kind == KindCorrect) != corrections {
			continue
		}
		l.place, l.chosen, some = target.place, target, true
	}
	if !some {
		return
	}
	for _, list := range places(log) {
		lose(list)
	}
}

// lose marks the acts in one place that were not chosen: those before a choice that
// say something else than the chosen one and that its writer did not know. The last
// choice decides, also of the choices before it.
func lose(list []*logged) {
	for n, c := range slices.Backward(list) {
		if c.chosen == nil || c.lost {
			continue
		}
		for _, l := range list[:n] {
			if !c.chosen.replaces(l) && contradict(l.said(), c.chosen) {
				l.lost = true
			}
		}
	}
}
