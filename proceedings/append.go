package proceedings

import (
	"maps"
	"slices"
)

// An evening is written at its end: nearly every act comes after all others, and only
// what it speaks of changes. Then the state is not derived anew from all acts. Whether
// it was or not makes no difference to anybody; a test holds both ways to each other.

// appended returns the meeting with an act that takes its turn after all others. False:
// the state must be derived anew, because the act stands before others, or changes
// what they say, or some act had to wait for another.
func (s State) appended(a Act) (State, bool) {
	l := read(a)
	l.turn = a.At
	for _, o := range s.log {
		switch {
		case o.act.ID == a.ID:
			return s, !original(a, o.act)
		case o.speaksOf(a.ID), a.Seq > 0 && (o.act.Seq >= a.Seq || o.act.Seq == 0 && o.act.Seen >= a.Seq):
			return s, false
		case o.act.Seq > 0 && o.act.Seq <= a.seen():
			l.turn = max(l.turn, o.turn+1)
		}
	}
	if s.late || a.Kind == KindCorrect || a.Kind == KindChoose || len(s.log) > 0 && canonical(s.log[len(s.log)-1], l) >= 0 {
		return s, false
	}
	s.log = append(slices.Clip(s.log), l)
	l.told = l.body
	if l.told == nil {
		return s, true
	}
	s.loosen(l.told)
	if l.told.apply(&s, l.entry()) {
		s.follow(l.told)
	} else {
		s.late = true
	}
	s.dispute(l)
	return s, true
}

// speaksOf reports whether the act corrects or chooses the act id.
func (l *logged) speaksOf(id string) bool {
	switch b := l.body.(type) {
	case *CorrectBody:
		return b.Corrects == id
	case *ChooseBody:
		return b.Chosen == id
	}
	return false
}

// loosen copies the lists in which an act may change something, so that the state
// before it stays as it was. Marks and opinions, of which there are many, change few.
func (s *State) loosen(b Body) {
	switch b.(type) {
	case *AttendanceBody:
		s.Roll = slices.Clone(s.Roll)
	case *OpinionBody:
		s.Opinions = slices.Clip(s.Opinions)
		s.Roll, s.Guests = slices.Clone(s.Roll), slices.Clone(s.Guests)
	default:
		s.copy()
	}
}

// copy copies every list of the state.
func (s *State) copy() {
	s.Items = slices.Clone(s.Items)
	s.Roll = slices.Clone(s.Roll)
	s.Guests = slices.Clone(s.Guests)
	s.Dues = slices.Clone(s.Dues)
	s.Notes = slices.Clone(s.Notes)
	s.Requests = slices.Clone(s.Requests)
	s.Turns = slices.Clone(s.Turns)
	s.Opinions = slices.Clone(s.Opinions)
	s.Carried = slices.Clone(s.Carried)
	s.Guidance = slices.Clone(s.Guidance)
	s.Commended = slices.Clone(s.Commended)
	s.Judged = slices.Clone(s.Judged)
	s.Tasks = slices.Clone(s.Tasks)
	s.Votes = slices.Clone(s.Votes)
	for n := range s.Votes {
		s.Votes[n].Counts = slices.Clone(s.Votes[n].Counts)
	}
	s.Nominations = slices.Clone(s.Nominations)
	s.Conclusions = slices.Clone(s.Conclusions)
	s.Photos = slices.Clone(s.Photos)
	s.Wordings = maps.Clone(s.Wordings)
	s.Readbacks = slices.Clone(s.Readbacks)
	s.Objections = slices.Clone(s.Objections)
}

// follow is settle after one act.
func (s *State) follow(b Body) {
	switch b := b.(type) {
	case *AttendanceBody:
	case *OpinionBody:
		s.spoke(b.Speaker)
	default:
		s.settle()
	}
}

// dispute puts an act into its place, and brings the conflict there, if there is one,
// up to it.
func (s *State) dispute(l *logged) {
	b, ok := l.told.(placed)
	if !ok {
		return
	}
	l.place = b.place()
	var there []*logged
	for _, o := range s.log {
		if o.place == l.place {
			there = append(there, o)
		}
	}
	if len(there) < 2 {
		return
	}
	before, was := s.Conflict(l.place)
	now, is := conflict(there)
	if !was && !is {
		return
	}
	s.Conflicts = slices.DeleteFunc(slices.Clone(s.Conflicts), func(c Conflict) bool { return was && c.Place == before.Place })
	if is {
		s.Conflicts = append(s.Conflicts, now)
		slices.SortFunc(s.Conflicts, byPlace)
	}
	if len(s.Conflicts) == 0 {
		s.Conflicts = nil
	}
}
