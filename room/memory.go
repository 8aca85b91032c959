//go:build !js

package room

import "sync"

// memory keeps the states of rooms in use, so that an act costs its own folding
// and not that of the whole evening. A state at a number never becomes wrong, for
// acts are never changed and the setup of an opened room is frozen; a state that is
// behind is brought up with the acts that came since. Nothing rests on it: another
// node, or this one after a start, folds the log anew.
type memory struct {
	mu     sync.Mutex
	states map[place]remembered
}

type place struct{ root, meeting string }

type remembered struct {
	seq   int64
	state State
}

// rooms is how many rooms are remembered before all are forgotten.
const rooms = 512

// get returns the newest state known of an opened room, and its number.
func (m *memory) get(r record) (State, int64, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	k, found := m.states[place{r.Root, r.Meeting}]
	if !found || r.Setup == "" || k.seq > r.Seq {
		return State{}, 0, false
	}
	return k.state, k.seq, true
}

// put remembers the state of an opened room at the number of r, which must be
// durable.
func (m *memory) put(r record, s State) {
	if r.Setup == "" {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.states == nil || len(m.states) >= rooms {
		m.states = map[place]remembered{}
	}
	p := place{r.Root, r.Meeting}
	if m.states[p].seq < r.Seq {
		m.states[p] = remembered{r.Seq, s}
	}
}
