package db_test

import (
	"testing"
	"testing/synctest"
	"time"

	"chibo/kit/db"
)

// TestMemory remembers by numbers of a watch, and no more than a weight.
func TestMemory(t *testing.T) {
	t.Parallel()
	var m db.Memory[string, int]
	get := func(key string, number int64, want int, found bool) {
		t.Helper()
		if v, is := m.Get(key, number); v != want || is != found {
			t.Errorf("%s at %d: %d %v", key, number, v, is)
		}
	}
	m.Put("a", 1, 10, 1, 3)
	m.Put("b", 1, 20, 1, 3)
	m.Change("a", func(v *int) { *v++ })
	m.Change("nobody", func(v *int) { *v++ })
	get("a", 1, 11, true)
	get("a", 2, 0, false)
	get("nobody", 1, 0, false)

	m.Put("c", 2, 30, 2, 3) // what was read before goes
	get("b", 1, 0, false)
	get("b", 2, 0, false)
	m.Put("a", 1, 10, 1, 3) // what comes late is not kept
	get("a", 2, 0, false)
	get("c", 2, 30, true)

	m.Put("c", 2, 31, 1, 3) // in the place of the first
	m.Put("d", 2, 40, 2, 3)
	get("c", 2, 31, true)
	get("d", 2, 40, true)
	m.Put("e", 2, 50, 3, 3) // there is room for it alone
	get("c", 2, 0, false)
	get("d", 2, 0, false)
	get("e", 2, 50, true)
}

// TestMemoryForgetsWhatNobodyAsksFor goes on for hours in which ever new things are put in.
func TestMemoryForgetsWhatNobodyAsksFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var m db.Memory[int, int]
		m.Put(-1, 1, 0, 1, 1000)
		for n := range 240 { // minutes
			m.Put(n, 1, n, 1, 1000)
			if _, found := m.Get(-1, 1); !found {
				t.Fatalf("after %d minutes what is asked for all the time is forgotten", n)
			}
			if _, found := m.Get(max(0, n-19), 1); !found {
				t.Fatalf("after %d minutes what was put in 19 minutes ago is forgotten", n)
			}
			time.Sleep(time.Minute)
		}
		for n := range 180 {
			if _, found := m.Get(n, 1); found {
				t.Errorf("what was put in %d minutes ago is remembered", 240-n)
			}
		}
	})
}
