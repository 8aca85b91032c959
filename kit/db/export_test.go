package db

import (
	"context"
	"time"
)

// SetClock sets the clock by which d asks what other programs do.
func (d *DB) SetClock(clock func() time.Time) { d.watches.clock = clock }

// Waiting returns how many commands wait to be done together.
func (b *Batch[C]) Waiting() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.waiting)
}

// Guarded reports whether d has all its guards.
func (d *DB) Guarded(ctx context.Context) (bool, error) { return d.guarded(ctx) }
