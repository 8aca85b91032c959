package world

import (
	"sync"
	"time"

	"chibo/kit/when"
)

// Clock is a clock that stands still until it is moved, or runs with the real one.
type Clock struct {
	mu sync.Mutex
	at time.Time // zero: runs
}

// Now returns the time of the clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return time.Now()
	}
	return c.at
}

// Set lets the clock stand at t.
func (c *Clock) Set(t when.Instant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = t.Time()
}

// Run lets the clock run with the real one.
func (c *Clock) Run() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Time{}
}
