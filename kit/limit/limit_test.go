package limit

import (
	"testing"
	"time"
)

var start = time.Date(2026, 12, 3, 0, 0, 0, 0, time.UTC)

func TestFailuresRunOutAndComeBack(t *testing.T) {
	t.Parallel()
	var l Limiter
	guess := Bucket{"a", Allowance{3, time.Minute}}
	for n := range 3 {
		if !l.Open(start, guess) {
			t.Fatalf("no room for failure %d", n+1)
		}
		l.Charge(start, guess)
	}
	if l.Open(start.Add(59*time.Second), guess) {
		t.Error("a fourth failure within the minute")
	}
	if !l.Open(start.Add(time.Minute), guess) {
		t.Error("no room after a minute")
	}
	l.Clear(guess)
	if !l.Open(start, guess) {
		t.Error("a success does not forget the failures")
	}
}

func TestAFullBucketClosesAll(t *testing.T) {
	t.Parallel()
	var l Limiter
	narrow, wide := Bucket{"a", Allowance{1, time.Minute}}, Bucket{"b", Allowance{9, time.Minute}}
	l.Charge(start, narrow)
	if l.Open(start, wide, narrow) {
		t.Error("one of the buckets has no room")
	}
	if !l.Open(start, wide) {
		t.Error("another was charged")
	}
}

func TestAFloodOfKeysIsForgotten(t *testing.T) {
	t.Parallel()
	var l Limiter
	for i := range mostBuckets + 10 {
		l.Charge(start.Add(time.Duration(i)*time.Minute), Bucket{string(rune(i)), Allowance{10, time.Minute}})
	}
	if n := len(l.buckets); n > mostBuckets {
		t.Errorf("%d buckets", n)
	}
}
