//go:build !js

package room

import (
	"context"
	"sync"
	"time"

	"chibo/kit/db"
	"chibo/meeting"
	"chibo/organization"
	"chibo/proceedings"
)

// memory keeps the states of rooms in use, so that an act costs its own folding
// and not that of the whole evening. A state at a number never becomes wrong, for
// acts are never changed and the setup of an opened room is frozen; a state that is
// behind is brought up with the acts that came since. Nothing rests on it: another
// node, or this one after a start, folds the log anew.
type memory struct {
	once   sync.Once
	watch  *db.Watch
	others *db.Watch // says when another program has written
	mu     sync.Mutex
	states map[place]remembered
	size   int   // sum of the weights
	made   int64 // how many rooms have been remembered
}

type place struct{ root, meeting string }

type remembered struct {
	seq   int64
	state proceedings.State
	later []proceedings.Act // that came next, in turn; whoever looks folds them
	told  int64             // number of the newest act that this process has written
	whole int64             // number of others with which the log was read to its end
	birth int64             // no other room has the same
	used  bool              // since Forget was last called
	held
}

// last returns the number of the last act that is known.
func (k *remembered) last() int64 { return k.seq + int64(len(k.later)) }

// glimpse is a room as it is remembered at a moment.
type glimpse struct {
	seq   int64
	state proceedings.State
	later []proceedings.Act
	whole bool // nothing has come beside it
	birth int64
}

// held is an opened meeting with its organisation, by which it is told who may hold
// it. Of the meeting only the state may still change.
type held struct {
	meeting      meeting.Meeting
	organization organization.Organization
	number       int64 // of the watch before they were read
}

// mostRemembered bounds what the states remembered take, in bytes as weight reckons
// them: some thousands of evenings under way. Rooms beyond it are folded anew when
// they are next needed, so that a meeting that is merely open costs nothing. With less,
// two thousand evenings of two hundred acts did not fit, and half of all acts waited for
// theirs to be folded anew.
const mostRemembered = 512 << 20

// weight reckons how many bytes a state takes: agenda and texts, people, acts with
// what they left. Measured for a cell of 24: 24 KB at the opening, 0.6 KB more an act.
func weight(s proceedings.State) int { return 8<<10 + 650*len(s.Roll) + 650*s.Size() }

// get returns the newest state known of an opened room, and its number.
func (m *memory) get(r record) (proceedings.State, int64, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := place{r.Root, r.Meeting}
	k, found := m.states[p]
	if !found || k.seq > r.Seq {
		return proceedings.State{}, 0, false
	}
	if !k.used {
		k.used = true
		m.states[p] = k
	}
	return k.state, k.seq, true
}

// forgetEvery is how often what nobody has used is forgotten.
const forgetEvery = 20 * time.Minute

// Forget lets go of what is remembered of rooms that nobody looks at any more, until ctx
// ends.
func (s *Service) Forget(ctx context.Context) {
	tick := time.NewTicker(forgetEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s.memory.forget()
			s.doorsteps.forget()
		}
	}
}

// forget lets go of the states that nobody has used since it was last called.
func (m *memory) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for p, k := range m.states {
		if !k.used {
			m.drop(p)
			continue
		}
		k.used = false
		m.states[p] = k
	}
}

// InUse returns how many rooms this process has at hand: those that somebody has looked at
// in the last minutes.
func (s *Service) InUse() int {
	s.memory.mu.Lock()
	defer s.memory.mu.Unlock()
	return len(s.memory.states)
}

// drop lets go of one state; it comes with the lock held.
func (m *memory) drop(p place) {
	m.size -= weight(m.states[p].state)
	delete(m.states, p)
}

// mostLater is how many acts wait to be folded; where nobody has looked meanwhile, they are read.
const mostLater = 32

// hear remembers acts that this process has written, all that came after number after, once
// they are durable.
func (m *memory) hear(p place, after int64, acts []proceedings.Act) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, found := m.states[p]
	if !found || len(acts) == 0 {
		return
	}
	k.told = max(k.told, acts[len(acts)-1].Seq)
	if known := k.last() - after; 0 <= known && known < int64(len(acts)) {
		k.later = append(k.later, acts[known:]...) // behind what a glimpse sees of it
	}
	if k.whole == 0 || len(k.later) > mostLater { // nobody looks
		k.later = nil
	}
	m.states[p] = k
}

// glimpse returns what is remembered of a room while number holds of others.
func (m *memory) glimpse(p place, number int64) (glimpse, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, found := m.states[p]
	if !found {
		return glimpse{}, false
	}
	k.used = true
	m.states[p] = k
	return glimpse{k.seq, k.state, k.later, number > 0 && k.whole == number && k.told <= k.last(), k.birth}, true
}

// read says that a glimpse was brought to the end of its log after number was asked for.
func (m *memory) read(p place, g glimpse, number int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if k := m.states[p]; k.birth == g.birth {
		k.whole = number
		m.states[p] = k
	}
}

// alone returns the number of others, which is another once another program has written; 0
// where that cannot be known soon enough.
func (m *memory) alone(d *db.DB) int64 {
	if d.Postgres() {
		return 0
	}
	m.number(d)
	return m.others.Number() + 1
}

// number returns the number with which what is held is remembered.
func (m *memory) number(d *db.DB) int64 {
	m.once.Do(func() { m.watch, m.others = d.Watch("organization"), d.Watch() })
	return m.watch.Number()
}

// holds returns what is remembered of a meeting since number.
func (m *memory) holds(root, meetingID string, number int64) (held, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := m.states[place{root, meetingID}]
	return k.held, k.meeting.ID != "" && k.held.number == number
}

// hold remembers a meeting together with the state of its room, where there is one.
func (m *memory) hold(h held) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := place{h.meeting.Root, h.meeting.ID}
	if k, found := m.states[p]; found {
		k.held = h
		m.states[p] = k
	}
}

// knows reports whether some state of a room is remembered.
func (m *memory) knows(root, meeting string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, found := m.states[place{root, meeting}]
	return found
}

// put remembers the state of an opened room at the number of r, which must be
// durable.
func (m *memory) put(r record, s proceedings.State) {
	if s.Phase == proceedings.Waiting {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.states == nil {
		m.states = map[place]remembered{}
	}
	p := place{r.Root, r.Meeting}
	before, found := m.states[p]
	if found && before.seq >= r.Seq {
		return
	}
	if found {
		m.size -= weight(before.state)
	}
	if !found {
		m.made++
		before.birth = m.made
	}
	later := before.later[min(int64(len(before.later)), r.Seq-before.seq):]
	m.states[p] = remembered{
		seq: r.Seq, state: s, later: later, told: before.told, whole: before.whole, birth: before.birth, used: true, held: before.held,
	}
	m.size += weight(s)
	// Any other will do: which goes is left to the order of the map, which is none.
	for other := range m.states {
		if m.size <= mostRemembered {
			return
		}
		if other != p {
			m.drop(other)
		}
	}
}
