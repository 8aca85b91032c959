package room

import (
	"fmt"
	"testing"

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

func TestDoorstepsAreForgotten(t *testing.T) {
	t.Parallel()
	var m doorsteps
	used, left := place{"r", "used"}, place{"r", "left"}
	m.hear(used, 0, 1, nil, map[string]bool{})
	m.hear(left, 0, 1, nil, map[string]bool{})
	m.forget()
	m.ask(used, func(*doorstep) {})
	m.forget()
	if !m.knows(used, true) || m.knows(left, true) {
		t.Errorf("known: used %v, left %v", m.knows(used, true), m.knows(left, true))
	}
}
