package room

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"chibo/proceedings"
)

// TestMemoryIsBounded remembers more rooms than fit; what is remembered stays within
// the bound and the newest is there.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	var m memory
	acts := make([]proceedings.Act, 500)
	for n := range acts {
		acts[n].ID = fmt.Sprint(n)
	}
	s := proceedings.Replay(proceedings.Setup{Roll: make([]proceedings.Person, 700)}, acts)
	s.Phase = proceedings.Open
	for n := range 1600 {
		r := record{Root: "r", Meeting: fmt.Sprint(n % 1500), Seq: int64(n + 1)}
		m.put(r, s)
		if _, seq, ok := m.get(r); !ok || seq != r.Seq {
			t.Fatalf("room %d is forgotten at once", n)
		}
	}
	sum := 0
	for _, k := range m.states {
		sum += weight(k.state)
	}
	if sum != m.size || sum > mostRemembered || len(m.states) < 50 {
		t.Errorf("%d rooms of %d bytes, reckoned %d", len(m.states), sum, m.size)
	}
	// An older state does not take the place of a newer one.
	last := record{Root: "r", Meeting: "99", Seq: 1600}
	m.put(record{Root: "r", Meeting: "99", Seq: 1}, proceedings.State{Phase: proceedings.Open})
	if _, seq, _ := m.get(last); seq != last.Seq {
		t.Errorf("the state went back to %d", seq)
	}
	// What is used stays, what is not goes.
	m.forget()
	m.get(last)
	m.forget()
	if _, _, ok := m.get(last); !ok || len(m.states) != 1 || m.size != weight(s) {
		t.Errorf("%d rooms of %d bytes are left", len(m.states), m.size)
	}
	m.forget()
	m.forget()
	if len(m.states) != 0 || m.size != 0 {
		t.Errorf("%d rooms of %d bytes are left of none", len(m.states), m.size)
	}
}

// TestWholeIsNeverBehind lets a log grow in a memory in any order in which writers, readers and
// forgetting can come to it: what says that it is whole has every act of this program, and of
// others all up to their last number.
func TestWholeIsNeverBehind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var m memory
		at := place{"r", "m"}
		open := proceedings.State{Phase: proceedings.Open}
		log, number := int64(1), int64(1) // acts that are durable, and what stands for others
		act := func(seq int64) proceedings.Act { return proceedings.Act{ID: fmt.Sprint(seq), Seq: seq} }
		type span struct{ after, last int64 }
		type reading struct {
			g           glimpse
			number, seq int64
		}
		var hooks []span // of what is durable and not told yet
		var readings []reading
		any := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "which") }
		t.Repeat(map[string]func(*rapid.T){
			"write": func(*rapid.T) {
				n := int64(1 + any(3))
				hooks = append(hooks, span{log, log + n})
				log += n
			},
			"told": func(*rapid.T) {
				if len(hooks) == 0 {
					return
				}
				n := any(len(hooks))
				h := hooks[n]
				hooks = append(hooks[:n:n], hooks[n+1:]...)
				if rapid.Bool().Draw(t, "folded") {
					m.put(record{"r", "m", h.last}, open)
					return
				}
				var acts []proceedings.Act
				for seq := h.after + 1; seq <= h.last; seq++ {
					acts = append(acts, act(seq))
				}
				m.hear(at, h.after, acts)
			},
			"others write": func(*rapid.T) {
				if len(hooks) == 0 { // which are told of what they had at hand
					log, number = log+1, number+1
				}
			},
			"look": func(*rapid.T) { m.put(record{"r", "m", log}, open) },
			"read": func(*rapid.T) {
				if g, ok := m.glimpse(at, number); ok && !g.whole {
					readings = append(readings, reading{g, number, log})
				}
			},
			"have read": func(*rapid.T) {
				if len(readings) == 0 {
					return
				}
				n := any(len(readings))
				r := readings[n]
				readings = append(readings[:n:n], readings[n+1:]...)
				m.put(record{"r", "m", r.seq}, open)
				m.read(at, r.g, r.number)
			},
			"forget": func(*rapid.T) { m.drop(at) },
			"": func(t *rapid.T) {
				g, ok := m.glimpse(at, number)
				if !ok || !g.whole || len(hooks) > 0 { // which are told before screens are
					return
				}
				for n, a := range g.later {
					if a.Seq != g.seq+int64(n)+1 {
						t.Fatalf("act %d stands at %d", a.Seq, g.seq+int64(n)+1)
					}
				}
				if have := g.seq + int64(len(g.later)); have != log {
					t.Fatalf("%d of %d acts count as the whole log", have, log)
				}
			},
		})
	})
}

func TestDoorstepsAreForgotten(t *testing.T) {
	t.Parallel()
	var m doorsteps
	used, left := place{"r", "used"}, place{"r", "left"}
	m.learn(used, 0, doorstep{seq: 1, roll: map[string]bool{}})
	m.learn(left, 0, doorstep{seq: 1, roll: map[string]bool{}})
	m.forget()
	m.ask(used, func(*doorstep) {})
	m.forget()
	if !m.knows(used, true) || m.knows(left, true) {
		t.Errorf("known: used %v, left %v", m.knows(used, true), m.knows(left, true))
	}
}
