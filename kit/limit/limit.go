// Package limit slows guessing down without letting anybody lock out somebody else:
// who fails too often at something waits, whoever does it right never does.
//
// It lives in the memory of one process: several processes allow several times as
// much, which is still little.
package limit

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limiter counts failures, never successes. The zero value is ready to use.
type Limiter struct {
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

// Allowance is how many failures at once, and how long until one more.
type Allowance struct {
	Burst int
	Every time.Duration
}

// Bucket is the count of failures under one key.
type Bucket struct {
	Key string
	Allowance
}

// mostBuckets bounds the memory that a flood of names can take.
const mostBuckets = 50_000

// Open reports whether every bucket has room for one more failure at now.
func (l *Limiter) Open(now time.Time, buckets ...Bucket) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, b := range buckets {
		if got, ok := l.buckets[b.Key]; ok && got.TokensAt(now) < 1 {
			return false
		}
	}
	return true
}

// Charge counts a failure in every bucket.
func (l *Limiter) Charge(now time.Time, buckets ...Bucket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.buckets == nil {
		l.buckets = map[string]*rate.Limiter{}
	}
	l.prune(now)
	for _, b := range buckets {
		got, ok := l.buckets[b.Key]
		if !ok {
			got = rate.NewLimiter(rate.Every(b.Every), b.Burst)
			l.buckets[b.Key] = got
		}
		got.AllowN(now, 1)
	}
}

// Clear forgets the failures of buckets after a success.
func (l *Limiter) Clear(buckets ...Bucket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, b := range buckets {
		delete(l.buckets, b.Key)
	}
}

// prune drops the buckets that are full again once there are too many; when a
// flood keeps them all busy, it drops any.
func (l *Limiter) prune(now time.Time) {
	if len(l.buckets) < mostBuckets {
		return
	}
	for key, b := range l.buckets {
		if b.TokensAt(now) >= float64(b.Burst()) {
			delete(l.buckets, key)
		}
	}
	for key := range l.buckets {
		if len(l.buckets) < mostBuckets {
			return
		}
		delete(l.buckets, key)
	}
}
