package proceedings

import (
	"bytes"
	"cmp"
	"slices"

	"chibo/kit/when"
)

// An act takes effect behind everything its writer knew, and beside that in the
// order of the clocks: a telephone whose clock is ten minutes slow does not lose
// against the count that it corrects.

// seen is the number up to which the writer had the log. Nobody has seen what was
// numbered after their own act.
func (a Act) seen() int64 {
	if a.Seq > 0 {
		return min(a.Seen, a.Seq-1)
	}
	return a.Seen
}

// canonical is the order in which acts take effect: their turns, the clock of the
// device, the id. The rest only tells apart different acts that claim one id.
func canonical(a, b *logged) int {
	return cmp.Or(cmp.Compare(a.turn, b.turn), literal(a.act, b.act))
}

func literal(a, b Act) int {
	return cmp.Or(
		cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Kind, b.Kind), bytes.Compare(a.Body, b.Body),
		cmp.Compare(a.By, b.By), cmp.Compare(a.Meeting, b.Meeting), cmp.Compare(a.Received, b.Received),
		cmp.Compare(a.Via, b.Via), cmp.Compare(a.Device, b.Device), cmp.Compare(a.Seen, b.Seen),
	)
}

// original reports whether a rather than b is the act of the id that both claim:
// the one the server has numbered, then the first by its clock.
func original(a, b Act) bool {
	if (a.Seq > 0) != (b.Seq > 0) {
		return a.Seq > 0
	}
	return literal(a, b) < 0
}

// knew reports whether the writer of l had the act o before them: by its number, or
// because they wrote it themselves on the same device. One who says nothing of what
// they knew is taken to have known what stands before.
func (l *logged) knew(o *logged) bool {
	switch {
	case l.act.Device == "" && l.act.Seen == 0:
		return canonical(o, l) < 0
	case o.act.Seq > 0 && o.act.Seq <= l.act.seen():
		return true
	}
	return l.act.Device != "" && l.act.Device == o.act.Device && l.act.By == o.act.By && canonical(o, l) < 0
}

// arrange gives every act its turn and sorts the log by it. What a writer knew has a
// smaller number, so that the turns can be worked out in the order of the numbers.
func arrange(log []*logged) {
	slices.SortFunc(log, func(a, b *logged) int { return cmp.Compare(a.act.Seq, b.act.Seq) })
	first := slices.IndexFunc(log, func(l *logged) bool { return l.act.Seq > 0 })
	if first < 0 {
		first = len(log)
	}
	var tops []top
	highest := when.Instant(0)
	for n := first; n < len(log); {
		seq := log[n].act.Seq
		for ; n < len(log) && log[n].act.Seq == seq; n++ {
			log[n].turn = turn(log[n].act, tops)
			highest = max(highest, log[n].turn)
		}
		tops = append(tops, top{seq, highest})
	}
	for _, l := range log[:first] {
		l.turn = turn(l.act, tops)
	}
	slices.SortFunc(log, canonical)
}

// top is the latest turn of all acts up to a number.
type top struct {
	seq int64
	at  when.Instant
}

func turn(a Act, tops []top) when.Instant {
	n, exact := slices.BinarySearchFunc(tops, a.seen(), func(t top, seq int64) int { return cmp.Compare(t.seq, seq) })
	if exact {
		n++
	}
	if n == 0 {
		return a.At
	}
	return max(a.At, tops[n-1].at+1)
}

// inTurn returns an act that is to be added with its turn among those that are here.
func (s *State) inTurn(a Act) *logged {
	l := &logged{act: a, turn: a.At}
	for _, o := range s.log {
		if o.act.Seq > 0 && o.act.Seq <= a.seen() {
			l.turn = max(l.turn, o.turn+1)
		}
	}
	return l
}

// knows reports whether the writer of an act that is to be added knew the act id.
func (s *State) knows(a Act, id string) bool {
	l, ok := s.logged(id)
	return !ok || s.inTurn(a).knew(l)
}

// Received is the clock of the server when the last act arrived there; 0 where none has.
func (s State) Received() when.Instant {
	last := when.Instant(0)
	for _, l := range s.log {
		last = max(last, l.act.Received)
	}
	return last
}

// Head returns the number up to which every act of the server is here.
func (s State) Head() int64 {
	there := make([]bool, len(s.log)+1)
	for _, l := range s.log {
		if n := l.act.Seq; n > 0 && n <= int64(len(s.log)) {
			there[n] = true
		}
	}
	n := 1
	for n < len(there) && there[n] {
		n++
	}
	return int64(n - 1)
}
