package live

import (
	"testing"
	"time"
)

// TestManyStreamsRestLonger: one stream rests after its own work, many that change at once
// rest after that of all, and none longer than a second.
func TestManyStreamsRestLonger(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		active     int64
		took, want time.Duration
	}{
		{1, 0, shortPause},
		{1, 4 * time.Millisecond, shortPause},
		{1, 12 * time.Millisecond, 12 * time.Millisecond},
		{1, time.Second, usualPause},
		{5, 4 * time.Millisecond, 48 * time.Millisecond},
		{101, time.Millisecond, 300 * time.Millisecond},
		{1000, time.Millisecond, longPause},
	} {
		h := &Hub{}
		h.active.Store(c.active)
		s := &stream{hub: h}
		if got := s.rest(usualPause, c.took); got != c.want {
			t.Errorf("%d streams, of which each took %v, rest %v, want %v", c.active, c.took, got, c.want)
		}
	}
}
