package db

import "time"

// SetClock sets the clock by which d asks what other programs do.
func (d *DB) SetClock(clock func() time.Time) { d.watches.clock = clock }
