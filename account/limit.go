package account

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiter slows guessing down without letting anybody lock out somebody else.
//
// Failures are counted, never successes. Guesses at one name from one address
// stop after ten and go on at one a minute; so do guesses from one address at any
// names, more generously, for a whole hall may sit behind one address. Guesses at
// one name from all addresses together stop after a hundred and go on at a
// hundred a day, and from those a device is exempt on which the person has signed
// in before: the rightful owner stays in while strangers guess.
//
// It lives in the memory of one process: several processes allow several times as
// much, which is still little.
type limiter struct {
	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

// kinds of buckets.
var (
	pairRate    = allowance{10, time.Minute}
	addressRate = allowance{100, time.Second}
	nameRate    = allowance{100, 24 * time.Hour / 100}
	// A PIN has a million values: five tries, then one in three minutes.
	pinRate = allowance{5, 3 * time.Minute}
)

// allowance is how many failures at once, and how long until one more.
type allowance struct {
	burst int
	every time.Duration
}

// bucket is the count of failures under one key.
type bucket struct {
	key string
	allowance
}

// mostBuckets bounds the memory that a flood of names can take.
const mostBuckets = 50_000

// open reports whether every bucket has room for one more failure at now.
func (l *limiter) open(now time.Time, buckets ...bucket) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, b := range buckets {
		if got, ok := l.buckets[b.key]; ok && got.TokensAt(now) < 1 {
			return false
		}
	}
	return true
}

// charge counts a failure in every bucket.
func (l *limiter) charge(now time.Time, buckets ...bucket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.buckets == nil {
		l.buckets = map[string]*rate.Limiter{}
	}
	l.prune(now)
	for _, b := range buckets {
		got, ok := l.buckets[b.key]
		if !ok {
			got = rate.NewLimiter(rate.Every(b.every), b.burst)
			l.buckets[b.key] = got
		}
		got.AllowN(now, 1)
	}
}

// clear forgets the failures of buckets after a success.
func (l *limiter) clear(buckets ...bucket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, b := range buckets {
		delete(l.buckets, b.key)
	}
}

// prune drops the buckets that are full again once there are too many; when a
// flood keeps them all busy, it drops any.
func (l *limiter) prune(now time.Time) {
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
