package privacy

import (
	"testing"

	"chibo/kit/when"
	"chibo/member"
)

// TestStoodOn says in whose lists somebody stands on a day: that of their cell and of what
// is above it, not before they came nor after they left.
func TestStoodOn(t *testing.T) {
	t.Parallel()
	row := func(cell, path string, from when.Date, s member.Standing) standingRow {
		return standingRow{member.Record{Organization: cell, From: from, Standing: s}, path}
	}
	s := stood{ // the newest first
		row("b", "/w/b/", when.On(2026, 6, 1), member.Official),
		row("a", "/w/a/", when.On(2026, 5, 1), member.Moved),
		row("a", "/w/a/", when.On(2026, 1, 1), member.Official),
	}
	for _, tt := range []struct {
		unit string
		day  when.Date
		want bool
	}{
		{"a", when.On(2025, 12, 31), false},
		{"a", when.On(2026, 1, 1), true},
		{"w", when.On(2026, 1, 1), true},
		{"a", when.On(2026, 5, 1), false},
		{"w", when.On(2026, 5, 15), false},
		{"b", when.On(2026, 5, 31), false},
		{"b", when.On(2026, 6, 1), true},
		{"w", when.On(2027, 1, 1), true},
		{"c", when.On(2027, 1, 1), false},
	} {
		if got := s.on(tt.unit, tt.day); got != tt.want {
			t.Errorf("%s on %s: %v", tt.unit, tt.day, got)
		}
	}
}
