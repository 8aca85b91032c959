// Package limit slows guessing down without letting anybody lock out somebody else:
// who fails too often at something waits, whoever does it right never does.
//
// One program counts in its memory. Where several share a PostgreSQL they count in the
// database, so that whoever is sent from one to the other has no more tries.
package limit

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"sync"
	"time"

	"chibo/kit/db"
	"chibo/kit/when"
)

// Limiter counts failures, never successes, but where Take is asked. The zero value is ready to use.
type Limiter struct {
	mu    sync.Mutex
	holes map[string]when.Instant // by key: when the bucket is full again
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

// room is how far from full a bucket may be at most for one more failure.
func (b Bucket) room() time.Duration { return time.Duration(b.Burst-1) * b.Every }

// deepest is how far from full a bucket can be. One that seems to be further was charged
// by a clock that has been put back since: it must not stay shut until the clock is there
// again.
func (b Bucket) deepest() time.Duration { return time.Duration(b.Burst) * b.Every }

// open reports whether a bucket that is full again at full has room at now.
func (b Bucket) open(full, now when.Instant) bool {
	return full <= now.Add(b.room()) || full > now.Add(b.deepest())
}

// charged returns when the bucket is full again after a failure at now; one that has
// no room stays as it is, so that nobody waits longer for having tried in vain.
func (b Bucket) charged(full, now when.Instant) when.Instant {
	if !b.open(full, now) {
		return full
	}
	if full < now || full > now.Add(b.deepest()) {
		full = now
	}
	return full.Add(b.Every)
}

// name is what the database knows a bucket by: neither names nor addresses.
func (b Bucket) name() string {
	sum := sha256.Sum256([]byte(b.Key))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// mostBuckets bounds the memory that a flood of names can take.
const mostBuckets = 50_000

// Open reports whether every bucket has room for one more failure at now.
func (l *Limiter) Open(ctx context.Context, d *db.DB, at time.Time, buckets ...Bucket) (bool, error) {
	now, full := when.At(at), l.full
	if d.Postgres() {
		shared, err := fullAt(ctx, d, buckets)
		if err != nil {
			return false, err
		}
		full = func(b Bucket) when.Instant { return shared[b.name()] }
	}
	for _, b := range buckets {
		if !b.open(full(b), now) {
			return false, nil
		}
	}
	return true, nil
}

// Check returns refusal unless every bucket has room for one more failure at now.
func (l *Limiter) Check(ctx context.Context, d *db.DB, at time.Time, refusal error, buckets ...Bucket) error {
	open, err := l.Open(ctx, d, at, buckets...)
	if err == nil && !open {
		return refusal
	}
	return err
}

// Take counts something that may be done only so often, a good deed as well: it is counted
// and zero is returned, or there is no room and nothing is counted, and it returns when there
// will be. Of two at once one is first.
func (l *Limiter) Take(ctx context.Context, d *db.DB, at time.Time, b Bucket) (again when.Instant, err error) {
	now := when.At(at)
	if !d.Postgres() {
		return l.take(now, b), nil
	}
	err = d.Tx(ctx, func(tx *db.Tx) error {
		taken, err := charge(ctx, tx, b, now)
		if err != nil || taken {
			return err
		}
		full, err := fullAt(ctx, tx, []Bucket{b})
		again = full[b.name()].Add(-b.room())
		return err
	})
	return again, err
}

func (l *Limiter) take(now when.Instant, b Bucket) when.Instant {
	l.mu.Lock()
	defer l.mu.Unlock()
	if full := l.holes[b.Key]; !b.open(full, now) {
		return full.Add(-b.room())
	}
	l.chargeLocked(now, []Bucket{b})
	return 0
}

// Charge counts a failure in every bucket.
func (l *Limiter) Charge(ctx context.Context, d *db.DB, at time.Time, buckets ...Bucket) error {
	now := when.At(at)
	if !d.Postgres() {
		l.charge(now, buckets)
		return nil
	}
	// One order, so that two programs do not wait for each other.
	sorted := slices.SortedFunc(slices.Values(buckets), func(a, b Bucket) int { return strings.Compare(a.name(), b.name()) })
	return d.Tx(ctx, func(tx *db.Tx) error {
		for _, b := range sorted {
			if _, err := charge(ctx, tx, b, now); err != nil {
				return err
			}
		}
		return dropFull(ctx, tx, now)
	})
}

// Clear forgets the failures of buckets after a success.
func (l *Limiter) Clear(ctx context.Context, d *db.DB, buckets ...Bucket) error {
	if !d.Postgres() {
		l.clear(buckets)
		return nil
	}
	// Most who do it right have not failed before, and a question is cheaper than a
	// transaction.
	if all, err := fullAt(ctx, d, buckets); err != nil || len(all) == 0 {
		return err
	}
	return d.Tx(ctx, func(tx *db.Tx) error { return drop(ctx, tx, buckets) })
}

func (l *Limiter) full(b Bucket) when.Instant {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.holes[b.Key]
}

func (l *Limiter) charge(now when.Instant, buckets []Bucket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.chargeLocked(now, buckets)
}

// chargeLocked is charge for whoever holds the lock.
func (l *Limiter) chargeLocked(now when.Instant, buckets []Bucket) {
	if l.holes == nil {
		l.holes = map[string]when.Instant{}
	}
	l.prune(now)
	for _, b := range buckets {
		l.holes[b.Key] = b.charged(l.holes[b.Key], now)
	}
}

func (l *Limiter) clear(buckets []Bucket) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, b := range buckets {
		delete(l.holes, b.Key)
	}
}

// prune drops the buckets that are full again once there are too many; when a
// flood keeps them all busy, it drops any.
func (l *Limiter) prune(now when.Instant) {
	if len(l.holes) < mostBuckets {
		return
	}
	for key, full := range l.holes {
		if full <= now {
			delete(l.holes, key)
		}
	}
	for key := range l.holes {
		if len(l.holes) < mostBuckets {
			return
		}
		delete(l.holes, key)
	}
}
