package room

import (
	"bytes"
	"cmp"
	"slices"

	"chibo/kit/when"
)

// logged is an act with its body read once; the body is nil where the act cannot
// be read, and then it has no effect but stays in the log.
type logged struct {
	act  Act
	body Body
}

// effect is what an act says now, after corrections.
type effect struct {
	body  Body
	entry Entry
}

// Begin returns the meeting before anything has happened.
func Begin(setup Setup) State { return rebuild(setup, nil) }

// Fold returns the meeting with one more act. It takes every act, also one that
// Accept would refuse: what does not fit has no effect. Folding the same acts in
// any order, or twice, gives the same State.
func Fold(s State, a Act) State { return fold(s, a) }

// fold is Fold for any number of acts, derived once.
func fold(s State, acts ...Act) State {
	log, changed := s.log, false
	for _, a := range acts {
		more, fresh := added(log, a)
		log, changed = more, changed || fresh
	}
	if !changed {
		return s
	}
	return rebuild(s.Setup, log)
}

// added returns the log with one more act in its place, leaving the log itself as
// it is, and whether the act says anything new.
func added(log []logged, a Act) ([]logged, bool) {
	at, seen := slices.BinarySearchFunc(log, a, func(l logged, a Act) int { return canonical(l.act, a) })
	if seen {
		return log, false
	}
	n := slices.IndexFunc(log, func(l logged) bool { return l.act.ID == a.ID })
	if n >= 0 && !original(a, log[n].act) {
		return log, false
	}
	log = slices.Insert(slices.Clip(log), at, read(a))
	if n < 0 {
		return log, true
	}
	if n >= at {
		n++
	}
	return slices.Delete(log, n, n+1), true
}

// Replay folds many acts at once.
func Replay(setup Setup, acts []Act) State {
	first := make(map[string]Act, len(acts))
	for _, a := range acts {
		if b, seen := first[a.ID]; !seen || original(a, b) {
			first[a.ID] = a
		}
	}
	log := make([]logged, 0, len(first))
	for _, a := range first {
		log = append(log, read(a))
	}
	slices.SortFunc(log, func(a, b logged) int { return canonical(a.act, b.act) })
	return rebuild(setup, log)
}

// canonical is the order in which acts take effect: the clock of the device, then
// the id. The rest only tells apart different acts that claim one id.
func canonical(a, b Act) int {
	return cmp.Or(
		cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Kind, b.Kind), bytes.Compare(a.Body, b.Body),
		cmp.Compare(a.By, b.By), cmp.Compare(a.Meeting, b.Meeting), cmp.Compare(a.Received, b.Received), cmp.Compare(a.Via, b.Via),
	)
}

// original reports whether a rather than b is the act of the id that both claim:
// the one the server has numbered, then the first in canonical order.
func original(a, b Act) bool {
	if (a.Seq > 0) != (b.Seq > 0) {
		return a.Seq > 0
	}
	return canonical(a, b) < 0
}

func read(a Act) logged {
	b, err := decode(a.Kind, a.Body, false)
	if err != nil {
		return logged{act: a}
	}
	return logged{a, b}
}

// rebuild derives the state from its acts in canonical order. Clocks of devices
// differ, so an act may stand before the one it speaks of: it waits until all
// others have taken effect.
func rebuild(setup Setup, log []logged) State {
	s := State{Setup: setup, Phase: Waiting, Wordings: map[string]Wording{}, log: log}
	s.prepare()
	var waiting []effect
	for _, e := range effects(log) {
		if !e.body.apply(&s, e.entry) {
			waiting = append(waiting, e)
		}
	}
	for before := len(waiting) + 1; len(waiting) < before; {
		before = len(waiting)
		waiting = slices.DeleteFunc(waiting, func(e effect) bool { return e.body.apply(&s, e.entry) })
	}
	s.settle()
	return s
}

func (s *State) prepare() {
	for _, p := range s.Setup.Agenda {
		s.Items = append(s.Items, Item{Planned: p, Progress: Ahead})
	}
	for _, p := range s.Setup.Roll {
		s.Roll = append(s.Roll, Attendee{Person: p, Status: Unmarked})
	}
	for _, v := range s.Setup.Guests {
		s.Guests = append(s.Guests, Guest{Visitor: v})
	}
	for _, t := range s.Setup.Tasks {
		s.Judged = append(s.Judged, Judged{DueTask: t})
	}
	for _, m := range s.Setup.Carried {
		s.Carried = append(s.Carried, CarriedMatter{Pending: m})
	}
	s.Resolution.Text = s.Setup.Draft
}

// settle fills what follows from the whole: who spoke, that guests who spoke were
// there, and which round of an election a vote is.
func (s *State) settle() {
	s.rounds()
	for speaker, n := range s.times() {
		if a := s.attendee(speaker); a != nil {
			a.Spoke = n
		}
		s.heard(speaker)
	}
	for _, w := range s.Guidance {
		s.heard(w.Speaker)
	}
}

func (s *State) heard(speaker string) {
	if v := s.guest(speaker); v != nil {
		v.Here = true
	}
}

// effects returns what the acts say after corrections, in canonical order. The
// last correction of an act holds.
func effects(log []logged) []effect {
	last := map[string]logged{}
	for _, l := range log {
		if c, ok := l.body.(*CorrectBody); ok {
			last[c.Corrects] = l
		}
	}
	var out []effect
	for _, l := range log {
		if e, ok := effectOf(l, last); ok {
			out = append(out, e)
		}
	}
	return out
}

func effectOf(l logged, last map[string]logged) (effect, bool) {
	e := effect{l.body, Entry{Act: l.act.ID, At: l.act.At, By: l.act.By, Via: l.act.Via, Seq: l.act.Seq, Received: l.act.Received}}
	fix, ok := last[l.act.ID]
	if !ok || l.act.Kind == KindCorrect {
		return e, e.body != nil
	}
	if fix.body.(*CorrectBody).Void {
		return effect{}, false
	}
	if b, err := corrected(l.act.Kind, fix.act.Body, false); err == nil {
		e.body, e.entry.Corrected = b, fix.act.At
	}
	return e, e.body != nil
}

func (s *State) attendee(member string) *Attendee {
	return ref(s.Roll, func(a Attendee) bool { return a.ID == member })
}

func (s *State) item(id string) *Item { return ref(s.Items, func(i Item) bool { return i.ID == id }) }

func (s *State) vote(id string) *Vote { return ref(s.Votes, func(v Vote) bool { return v.ID == id }) }

func (s *State) task(id string) *Judged {
	return ref(s.Judged, func(j Judged) bool { return j.ID == id })
}

func (s *State) guest(id string) *Guest {
	return ref(s.Guests, func(v Guest) bool { return v.ID == id })
}

// destiny is the place for what became of an opinion, or of a carried matter by
// the act it comes from; nil when there is neither.
func (s *State) destiny(act string) *Destiny {
	if o := ref(s.Opinions, func(o Opinion) bool { return o.Act == act }); o != nil {
		return &o.Destiny
	}
	if m := ref(s.Carried, func(m CarriedMatter) bool { return m.Subject == act }); m != nil {
		return &m.Destiny
	}
	return nil
}

// ref returns the place in list of the first element that is wanted, nil when
// there is none.
func ref[T any](list []T, is func(T) bool) *T {
	if n := slices.IndexFunc(list, is); n >= 0 {
		return &list[n]
	}
	return nil
}

func (s *State) rule(m Matter) (Rule, bool) {
	return find(s.Setup.Rules, func(r Rule) bool { return r.Matter == m })
}

// day is the day on which the meeting is held.
func (s *State) day() when.Date {
	if s.Phase != Waiting {
		return s.Opening.Began.Date()
	}
	return s.Setup.StartsAt.Date()
}
