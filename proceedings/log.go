package proceedings

import "iter"

// Size is how many acts the log has.
func (s State) Size() int { return len(s.log) }

// Log yields every act in canonical order: each behind what its writer knew, then by the
// clock of the device, then by id.
func (s State) Log() iter.Seq[Act] {
	return func(yield func(Act) bool) {
		for _, l := range s.log {
			if !yield(l.act) {
				return
			}
		}
	}
}

// Acts returns the whole log, as Log yields it.
func (s State) Acts() []Act {
	acts := make([]Act, len(s.log))
	for n, l := range s.log {
		acts[n] = l.act
	}
	return acts
}

// Act returns the act with this id.
func (s State) Act(id string) (Act, bool) {
	l, ok := s.logged(id)
	if !ok {
		return Act{}, false
	}
	return l.act, true
}

// Correction returns what a says where it is a correction that can be read.
func (a Act) Correction() (*CorrectBody, bool) {
	fix, ok := read(a).body.(*CorrectBody)
	return fix, ok
}

// Says returns what the act with this id says now, after corrections; false where it
// says nothing any more.
func (s State) Says(act string) (Body, bool) {
	l, ok := s.logged(act)
	if !ok || l.told == nil {
		return nil, false
	}
	return l.told, true
}

func (s *State) logged(id string) (*logged, bool) {
	return find(s.log, func(l *logged) bool { return l.act.ID == id })
}
