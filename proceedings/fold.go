package proceedings

import (
	"slices"

	"chibo/kit/text"
	"chibo/kit/when"
)

// logged is an act with what is worked out of it and the others around it.
type logged struct {
	act  Act
	body Body         // nil where the act cannot be read: it has no effect but stays in the log
	turn when.Instant // see arrange
	// told is what the act says after corrections, nil where it says nothing; fix is
	// the correction that holds.
	told Body
	fix  *logged
	// place is what the act fills, chosen the act that a choice has chosen for it, lost
	// that another was chosen.
	place  Place
	chosen *logged
	lost   bool
}

// holds reports whether the act has an effect.
func (l *logged) holds() bool { return l.told != nil && !l.lost }

// entry says which act something came from.
func (l *logged) entry() Entry {
	e := Entry{Act: l.act.ID, At: l.act.At, By: l.act.By, Via: l.act.Via, Seq: l.act.Seq, Received: l.act.Received}
	if l.fix != nil {
		e.Corrected = l.fix.act.At
	}
	return e
}

// Begin returns the meeting before anything has happened.
func Begin(setup Setup) State { return rebuild(setup, nil) }

// Fold returns the meeting with more acts. It takes every act, also one that Accept
// would refuse: what does not fit has no effect. Folding the same acts in any order, or
// twice, gives the same State. Acts that come at the end are added to what is known; from
// the first one on that does not, the state is derived once from all.
func Fold(s State, acts ...Act) State {
	for n, a := range acts {
		next, ok := s.appended(a)
		if !ok {
			return refold(s, acts[n:])
		}
		s = next
	}
	return s
}

func refold(s State, acts []Act) State {
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

// added returns the log with one more act, leaving the log itself as it is, and
// whether the act says anything new.
func added(log []*logged, a Act) ([]*logged, bool) {
	n := slices.IndexFunc(log, func(l *logged) bool { return l.act.ID == a.ID })
	switch {
	case n < 0:
		return append(slices.Clip(log), read(a)), true
	case !original(a, log[n].act):
		return log, false
	}
	log = slices.Clone(log)
	log[n] = read(a)
	return log, true
}

// Replay folds many acts at once.
func Replay(setup Setup, acts []Act) State {
	first := make(map[string]Act, len(acts))
	for _, a := range acts {
		if b, seen := first[a.ID]; !seen || original(a, b) {
			first[a.ID] = a
		}
	}
	log := make([]*logged, 0, len(first))
	for _, a := range first {
		log = append(log, read(a))
	}
	return rebuild(setup, log)
}

// read returns an act with its body, the texts of both in one piece of memory: a room in use keeps
// hundreds of acts, and a country hundreds of thousands.
func read(a Act) *logged {
	l := &logged{act: a}
	b, err := decode(a.Kind, a.Body, false)
	if err != nil {
		text.Pack(&l.act)
		return l
	}
	l.body = b
	text.Pack(&l.act, b)
	return l
}

// rebuild derives the state from its acts. An act may all the same stand before the
// one it speaks of, because its writer says nothing of what they knew: it waits until
// all others have taken effect.
func rebuild(setup Setup, log []*logged) State {
	log = resolved(log)
	s := State{Setup: setup, Phase: Waiting, Wordings: map[string]Wording{}, log: log}
	s.prepare()
	var waiting []*logged
	for _, l := range log {
		if l.holds() && !l.told.apply(&s, l.entry()) {
			waiting = append(waiting, l)
		}
	}
	s.late = len(waiting) > 0
	for before := len(waiting) + 1; len(waiting) < before; {
		before = len(waiting)
		waiting = slices.DeleteFunc(waiting, func(l *logged) bool { return l.told.apply(&s, l.entry()) })
	}
	s.settle()
	s.Conflicts = conflicts(log)
	return s
}

// resolved works out for copies of all acts their order, what they say after
// corrections, and which of them were not chosen.
func resolved(log []*logged) []*logged {
	block, out := make([]logged, len(log)), make([]*logged, len(log))
	for n, l := range log {
		block[n] = logged{act: l.act, body: l.body}
		out[n] = &block[n]
	}
	arrange(out)
	found := byID(out)
	choose(out, found, true)
	correct(out, found)
	choose(out, found, false)
	return out
}

func byID(log []*logged) map[string]*logged {
	found := make(map[string]*logged, len(log))
	for _, l := range log {
		found[l.act.ID] = l
	}
	return found
}

// correct fills what every act says now. The last correction of an act holds, of
// those that were chosen where there was something to choose.
func correct(log []*logged, found map[string]*logged) {
	for _, l := range log {
		c, ok := l.body.(*CorrectBody)
		if !ok {
			continue
		}
		l.told = l.body
		if target := found[c.Corrects]; target != nil && !l.lost {
			target.fix = l
		}
	}
	for _, l := range log {
		if l.act.Kind == KindCorrect {
			l.fix = nil
			continue
		}
		l.tell()
	}
}

// tell fills what an act says after the correction that holds. One that cannot be
// read corrects nothing.
func (l *logged) tell() {
	l.told = l.body
	if l.fix == nil {
		return
	}
	if l.fix.body.(*CorrectBody).Void {
		l.told, l.fix = nil, nil
		return
	}
	b, err := Corrected(l.act.Kind, l.fix.act.Body, false)
	if err != nil {
		l.fix = nil
		return
	}
	l.told = b
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

// spoke counts how often a speaker has spoken.
func (s *State) spoke(speaker string) {
	if a := s.attendee(speaker); a != nil {
		a.Spoke = s.Times(speaker)
	}
	s.heard(speaker)
}

func (s *State) heard(speaker string) {
	if v := s.guest(speaker); v != nil {
		v.Here = true
	}
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

// Rule returns the rule of voting on a matter, as it was in force on the day.
func (s State) Rule(m Matter) (Rule, bool) {
	return find(s.Setup.Rules, func(r Rule) bool { return r.Matter == m })
}

// Day is the day on which the meeting is held.
func (s State) Day() when.Date {
	if s.Phase != Waiting {
		return s.Opening.Began.Date()
	}
	return s.Setup.StartsAt.Date()
}
