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
	for n := range 200 {
		r := record{Root: "r", Meeting: fmt.Sprint(n % 150), Seq: int64(n + 1)}
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
	m.put(record{Root: "r", Meeting: "49", Seq: 1}, proceedings.State{Phase: proceedings.Open})
	if _, seq, _ := m.get(record{Root: "r", Meeting: "49", Seq: 200}); seq != 200 {
		t.Errorf("the state went back to %d", seq)
	}
}
