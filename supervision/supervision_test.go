package supervision

import (
	"testing"
	"time"

	"chibo/kit/when"
	"chibo/meeting"
	"chibo/organization"
)

// TestStanding judges one month, May 2026, of meetings that came differently, on several
// days.
func TestStanding(t *testing.T) {
	t.Parallel()
	may := when.Month{Year: 2026, Month: time.May}
	on := func(day int) when.Instant { return when.On(2026, time.May, day).At(19, 30) }
	held := func(day, sealed int) meeting.Meeting {
		m := meeting.Meeting{State: meeting.Closed, StartsAt: on(day), OpenedAt: on(day), ClosedAt: on(day)}
		if sealed > 0 {
			m.State, m.SealedAt = meeting.Sealed, on(sealed)
		}
		return m
	}
	for _, c := range []struct {
		name string
		m    meeting.Meeting
		late bool // notice
		day  when.Date
		want Standing
		open bool // minutes are overdue
	}{
		{"draft", meeting.Meeting{State: meeting.Draft, StartsAt: on(3)}, false, when.On(2026, 5, 2), Nothing, false},
		{"draft, month over", meeting.Meeting{State: meeting.Draft, StartsAt: on(3)}, false, when.On(2026, 6, 1), Missed, false},
		{"noticed", meeting.Meeting{State: meeting.Noticed, StartsAt: on(3)}, false, when.On(2026, 5, 31), Planned, false},
		{"noticed, month over", meeting.Meeting{State: meeting.Noticed, StartsAt: on(3)}, false, when.On(2026, 6, 1), Missed, false},
		{"sealed in time", held(3, 5), false, when.On(2026, 6, 1), Met, false},
		{"sealed late", held(3, 6), false, when.On(2026, 6, 1), Late, false},
		{"minutes awaited", held(3, 0), false, when.On(2026, 5, 5), Met, false},
		{"minutes missing", held(3, 0), false, when.On(2026, 5, 6), Late, true},
		{"noticed late", held(3, 4), true, when.On(2026, 5, 4), Late, false},
		{"held in June", held(34, 35), false, when.On(2026, 6, 5), Late, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.m.ID, c.m.Kind, c.m.Month = "m", meeting.Ordinary, may
			f := facts{meetings: []meeting.Meeting{c.m}, late: map[string]bool{"m": c.late}}
			_, months := f.count()
			r := Row{Unit: organization.Organization{Level: organization.Cell}}
			r.begin(when.Month{Year: 2026, Month: 1}, 1, 2026)
			for _, m := range months {
				r.add(m.sum(c.day))
			}
			r.close(2026, c.day)
			if got := r.Months[4]; got.Standing() != c.want || got.Unfiled != map[bool]int{true: 1}[c.open] {
				t.Errorf("%s with %d minutes missing, want %s, %v", got.Standing(), got.Unfiled, c.want, c.open)
			}
		})
	}
}
