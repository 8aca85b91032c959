package db_test

import (
	"fmt"
	"math/rand/v2"
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

// TestWhatHasEndedIsNeverRemembered lets readers ask, read and remember step by step while what
// they read changes: now told by its key, now with the number. What was told before somebody asks
// is the least of what is answered, in whatever order the steps come.
func TestWhatHasEndedIsNeverRemembered(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	chance := rand.New(rand.NewPCG(seed, 0))
	for range 10_000 {
		if wrong := ended(chance); wrong != "" {
			t.Fatalf("seed %d: %s", seed, wrong)
		}
	}
}

// ended takes a hundred steps by chance with a memory, and says what was wrong.
func ended(chance *rand.Rand) string {
	type reading struct {
		key            int
		number, forgot int64
		value          int // -1 until it was read
	}
	var (
		m           db.Memory[int, int]
		number      int64
		there, told [2]int // what the database holds, and held when it was last told
		readings    [4]reading
	)
	for range 100 {
		k, r := chance.IntN(len(there)), &readings[chance.IntN(len(readings))]
		switch chance.IntN(6) {
		case 0:
			*r = reading{k, number, m.Forgot(), -1}
		case 1:
			r.value = there[r.key]
		case 2:
			if r.value >= 0 {
				m.PutRead(r.key, r.number, r.forgot, r.value, 1, 100)
			}
		case 3:
			there[k]++
		case 4:
			m.Forget(k)
			told[k] = there[k]
		case 5:
			number++
			told = there
		}
		for k := range there {
			if v, found := m.Get(k, number); found && v < told[k] {
				return fmt.Sprintf("of %d, %d is remembered, and %d was told", k, v, told[k])
			}
		}
	}
	return ""
}
