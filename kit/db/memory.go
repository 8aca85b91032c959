package db

import (
	"sync"
	"time"
)

// Memory remembers what was read of watched tables, by key, for as long as the number of
// their Watch stays the same. What was read before the last change is trusted by nobody and
// goes with the first that is read after it; so does, after a while, what nobody asks for any
// more. The zero Memory remembers nothing yet.
type Memory[K comparable, V any] struct {
	mu     sync.Mutex
	number int64 // of the watch with which all of it was read
	known  map[K]remembered[V]
	weight int // of all together
	turn   int // goes up when what was not asked for in the last one is forgotten
	turned time.Time
	forgot int64 // how often something was forgotten by its key
}

type remembered[V any] struct {
	value  V
	weight int
	turn   int // in which it was last asked for
}

// unasked is how long something is remembered that nobody asks for: so long at least, twice as
// long at most while others are put in.
const unasked = 20 * time.Minute

// Get returns what was remembered of key with the number of the watch that holds now.
func (m *Memory[K, V]) Get(key K, number int64) (value V, found bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.number != number {
		return value, false
	}
	k, found := m.known[key]
	if found && k.turn != m.turn {
		k.turn = m.turn
		m.known[key] = k
	}
	return k.value, found
}

// Put remembers value, which was read after number was asked for. Where all together would
// weigh more than most, others go, whichever.
func (m *Memory[K, V]) Put(key K, number int64, value V, weight, most int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(key, number, value, weight, most)
}

// Forgot returns how often something was forgotten by its key.
func (m *Memory[K, V]) Forgot() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.forgot
}

// PutRead is Put of a value that was read after Forgot was asked for, where what has changed is
// forgotten by its key and the number stays: it does nothing when something was forgotten since,
// for the value may be from before.
func (m *Memory[K, V]) PutRead(key K, number, forgot int64, value V, weight, most int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if forgot == m.forgot {
		m.put(key, number, value, weight, most)
	}
}

func (m *Memory[K, V]) put(key K, number int64, value V, weight, most int) {
	if number < m.number {
		return
	}
	if m.known == nil || number > m.number {
		m.known, m.weight, m.number = map[K]remembered[V]{}, 0, number
	}
	m.age()
	m.forget(key)
	for other := range m.known {
		if m.weight+weight <= most {
			break
		}
		m.forget(other)
	}
	m.known[key] = remembered[V]{value, weight, m.turn}
	m.weight += weight
}

// age forgets what nobody has asked for in the last turn.
func (m *Memory[K, V]) age() {
	now := time.Now()
	if now.Sub(m.turned) < unasked {
		return
	}
	for key, k := range m.known {
		if k.turn != m.turn {
			m.forget(key)
		}
	}
	m.turned, m.turn = now, m.turn+1
}

// Change changes what is remembered of key, where anything is.
func (m *Memory[K, V]) Change(key K, change func(*V)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if k, found := m.known[key]; found {
		change(&k.value)
		m.known[key] = k
	}
}

// Forget forgets what was remembered of key.
func (m *Memory[K, V]) Forget(key K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forgot++
	m.forget(key)
}

func (m *Memory[K, V]) forget(key K) {
	m.weight -= m.known[key].weight
	delete(m.known, key)
}
