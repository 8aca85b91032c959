package limit

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
	"chibo/kit/when"
)

var start = time.Date(2026, 12, 3, 0, 0, 0, 0, time.UTC)

// counter is a Limiter as a program has it.
type counter struct {
	Limiter
	t interface {
		Helper()
		Fatal(args ...any)
	}
	d *db.DB
}

func (c *counter) open(at time.Time, buckets ...Bucket) bool {
	c.t.Helper()
	open, err := c.Open(context.Background(), c.d, at, buckets...)
	if err != nil {
		c.t.Fatal(err)
	}
	return open
}

func (c *counter) charge(at time.Time, buckets ...Bucket) {
	c.t.Helper()
	if err := c.Charge(context.Background(), c.d, at, buckets...); err != nil {
		c.t.Fatal(err)
	}
}

func (c *counter) clear(buckets ...Bucket) {
	c.t.Helper()
	if err := c.Clear(context.Background(), c.d, buckets...); err != nil {
		c.t.Fatal(err)
	}
}

func TestFailuresRunOutAndComeBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := &counter{t: t, d: d}
		guess := Bucket{"a", Allowance{3, time.Minute}}
		for n := range 3 {
			if !l.open(start, guess) {
				t.Fatalf("no room for failure %d", n+1)
			}
			l.charge(start, guess)
		}
		l.charge(start, guess) // in vain: nobody waits longer for it
		if l.open(start.Add(59*time.Second), guess) {
			t.Error("a fourth failure within the minute")
		}
		if !l.open(start.Add(time.Minute), guess) {
			t.Error("no room after a minute")
		}
		l.clear(guess)
		if !l.open(start, guess) {
			t.Error("a success does not forget the failures")
		}
	})
}

// TestOnlySoManyAreTaken: of many at once so many come through as there is room for, the
// others are told when, and then there is room.
func TestOnlySoManyAreTaken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l, list := &Limiter{}, Bucket{"list:a", Allowance{5, 12 * time.Minute}}
		var taken, told atomic.Int64
		var work sync.WaitGroup
		for range 20 {
			work.Go(func() {
				again, err := l.Take(context.Background(), d, start, list)
				if err != nil {
					t.Error(err)
				}
				if again.IsZero() {
					taken.Add(1)
				} else if again == when.At(start.Add(12*time.Minute)) {
					told.Add(1)
				}
			})
		}
		work.Wait()
		if taken.Load() != 5 || told.Load() != 15 {
			t.Errorf("%d were taken, %d told when", taken.Load(), told.Load())
		}
		if again, err := l.Take(t.Context(), d, start.Add(12*time.Minute), list); err != nil || !again.IsZero() {
			t.Errorf("when there should be room: %v, %v", again, err)
		}
	})
}

// TestAClockPutBackShutsNobodyOut: failures of a time that has not come yet do not count.
func TestAClockPutBackShutsNobodyOut(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := &counter{t: t, d: d}
		guess := Bucket{"a", Allowance{2, time.Minute}}
		l.charge(start.Add(time.Hour), guess)
		l.charge(start.Add(time.Hour), guess)
		if !l.open(start, guess) {
			t.Error("closed for an hour")
		}
		l.charge(start, guess)
		l.charge(start, guess)
		if l.open(start, guess) || !l.open(start.Add(time.Minute), guess) {
			t.Error("failures are no longer counted")
		}
	})
}

func TestAFullBucketClosesAll(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l := &counter{t: t, d: d}
		narrow, wide := Bucket{"a", Allowance{1, time.Minute}}, Bucket{"b", Allowance{9, time.Minute}}
		l.charge(start, narrow)
		if l.open(start, wide, narrow) {
			t.Error("one of the buckets has no room")
		}
		if !l.open(start, wide) {
			t.Error("another was charged")
		}
	})
}

// TestProgramsCountTogether: whoever is sent from one program to another has no more
// tries, and what has run out leaves no row.
func TestProgramsCountTogether(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.Postgres(t))
	here, there := &counter{t: t, d: d}, &counter{t: t, d: d}
	guess := Bucket{"in:kim.hoa@203.0.113.9", Allowance{2, time.Minute}}
	here.charge(start, guess)
	there.charge(start, guess)
	if here.open(start, guess) || there.open(start, guess) {
		t.Error("each program counts for itself")
	}
	there.charge(start.Add(time.Hour), Bucket{"other", Allowance{2, time.Minute}})
	left, err := db.All[string](t.Context(), d, `SELECT name FROM limit_bucket`)
	if err != nil || len(left) != 1 {
		t.Errorf("rows left: %q, %v", left, err)
	}
}

// TestTheDatabaseCountsAsTheMemoryDoes does the same on both.
func TestTheDatabaseCountsAsTheMemoryDoes(t *testing.T) {
	t.Parallel()
	lite, pg := dbtest.Open(t, dbtest.SQLite(t)), dbtest.Open(t, dbtest.Postgres(t))
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		memory, shared := &counter{t: t, d: lite}, &counter{t: t, d: pg}
		now := start
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "seconds")) * time.Second)
			key := strconv.Itoa(run) + rapid.SampledFrom([]string{"a", "b"}).Draw(t, "key")
			b := Bucket{key, Allowance{rapid.IntRange(1, 3).Draw(t, "burst"), 30 * time.Second}}
			switch rapid.IntRange(0, 5).Draw(t, "deed") {
			case 0:
				memory.clear(b)
				shared.clear(b)
			case 1, 2, 3:
				memory.charge(now, b)
				shared.charge(now, b)
			}
			if m, s := memory.open(now, b), shared.open(now, b); m != s {
				t.Fatalf("at %v the memory says %v and the database %v", now, m, s)
			}
		}
	})
}

func TestAFloodOfKeysIsForgotten(t *testing.T) {
	t.Parallel()
	l := &counter{t: t, d: dbtest.Open(t, dbtest.SQLite(t))}
	for i := range mostBuckets + 10 {
		l.charge(start.Add(time.Duration(i)*time.Minute), Bucket{strconv.Itoa(i), Allowance{10, time.Hour}})
	}
	if n := len(l.holes); n > mostBuckets {
		t.Errorf("%d buckets", n)
	}
}
