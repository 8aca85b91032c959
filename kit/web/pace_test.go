package web

import (
	"testing"
	"time"
)

// TestWhatWouldWaitTooLongIsTurnedAway answers so many requests a second, always with
// more asking, and counts how many are let in.
func TestWhatWouldWaitTooLongIsTurnedAway(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name            string
		perSecond, want int
	}{
		{"a quick machine", 8000, 8000},
		{"a slow one", 600, 600},
		{"one that hardly moves", 10, fewInside},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var p pace
			now := time.UnixMilli(1_700_000_000_000)
			inside := 0
			for range 4*tt.perSecond + 4000 {
				for inside < 20_000 && p.enter() {
					inside++
				}
				now = now.Add(time.Second / time.Duration(tt.perSecond))
				p.leave(now)
				inside--
			}
			if inside < tt.want*9/10 || inside > tt.want*11/10 {
				t.Errorf("%d inside, want %d", inside, tt.want)
			}
		})
	}
}

// TestAFewAreAlwaysLetIn asks one by one, slowly, for a long time, and then many at once.
func TestAFewAreAlwaysLetIn(t *testing.T) {
	t.Parallel()
	var p pace
	now := time.UnixMilli(1_700_000_000_000)
	for range 100 {
		if !p.enter() {
			t.Fatal("turned away alone")
		}
		now = now.Add(time.Second)
		p.leave(now)
	}
	for n := range firstMost {
		if !p.enter() {
			t.Fatalf("turned away after %d", n)
		}
	}
}
