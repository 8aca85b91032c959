package meeting

import (
	"testing"

	"chibo/kit/when"
)

func TestPressing(t *testing.T) {
	t.Parallel()
	now := when.On(2026, 12, 3).At(12, 0)
	on := func(day int, s State) Meeting {
		return Meeting{ID: string(s), State: s, StartsAt: when.On(2026, 12, day).At(8, 0)}
	}
	for name, c := range map[string]struct {
		meetings []Meeting
		want     State
	}{
		"the one that is running":            {[]Meeting{on(2, Closed), on(3, Open), on(5, Draft)}, Open},
		"minutes before the next":            {[]Meeting{on(1, Draft), on(2, Closed), on(5, Noticed)}, Closed},
		"the nearest, prepared or not":       {[]Meeting{on(5, Draft), on(9, Noticed)}, Draft},
		"this morning's, not opened yet":     {[]Meeting{on(1, Draft), on(3, Noticed), on(5, Draft)}, Noticed},
		"a draft whose day is past, at last": {[]Meeting{on(1, Draft)}, Draft},
	} {
		got, ok := pressing(c.meetings, now)
		if !ok || got.State != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if _, ok := pressing(nil, now); ok {
		t.Error("something presses where nothing is")
	}
}
