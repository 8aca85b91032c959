package db

import "time"

// SetClock sets the clock by which d asks what other programs do.
func (d *DB) SetClock(clock func() time.Time) { d.watches.clock = clock }

// Waiting returns how many commands wait to be done together.
func (b *Batch[C]) Waiting() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.waiting)
}
