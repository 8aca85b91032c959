package plan

import (
	"testing"

	"pgregory.net/rapid"

	"chibo/kit/when"
)

var june = when.On(2026, 6, 1)

func step(target int) Step {
	return Step{ID: "s", From: june, Until: june.AddDays(29), Target: target, AddedOn: june.AddDays(-10)}
}

// TestHowAStepStandsOnADay goes through what was written down of one step.
func TestHowAStepStandsOnADay(t *testing.T) {
	t.Parallel()
	at := func(day, reached int, done bool) Progress {
		return Progress{ID: "g", Step: "s", On: june.AddDays(day), Reached: reached, Done: done, EnteredAt: when.Instant(day)}
	}
	for name, x := range map[string]struct {
		target int
		said   []Progress
		day    int // after the first of June
		want   Standing
		reach  int
	}{
		"before its days":              {0, nil, -1, Ahead, 0},
		"between its days":             {0, nil, 29, Running, 0},
		"after them":                   {0, nil, 30, Late, 0},
		"done":                         {0, []Progress{at(5, 0, true)}, 40, Done, 0},
		"done later than the day":      {0, []Progress{at(5, 0, true)}, 4, Running, 0},
		"the target is reached":        {4, []Progress{at(2, 2, false), at(9, 4, false)}, 9, Done, 4},
		"the day before":               {4, []Progress{at(2, 2, false), at(9, 4, false)}, 8, Running, 2},
		"half of it, too late":         {4, []Progress{at(2, 2, false)}, 31, Late, 2},
		"the last word of a day holds": {4, []Progress{at(2, 4, false), {ID: "h", Step: "s", On: june.AddDays(2), Reached: 3, EnteredAt: 99}}, 3, Running, 3},
		"of another step":              {0, []Progress{{ID: "g", Step: "t", On: june, Done: true}}, 3, Running, 0},
	} {
		got := StateOn([]Step{step(x.target)}, x.said, june.AddDays(x.day))
		if len(got) != 1 || got[0].Standing != x.want || got[0].Reached != x.reach {
			t.Errorf("%s: %+v, want %s with %d", name, got, x.want, x.reach)
		}
	}
	if got := StateOn([]Step{step(0)}, nil, june.AddDays(-11)); len(got) != 0 {
		t.Errorf("a step before it was added: %+v", got)
	}
}

// TestThePastStays: whatever is written down of later days, a day that has passed is read
// as before; and the order in which lines come makes no difference.
func TestThePastStays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(0, 40).Draw(t, "day")
		line := rapid.Custom(func(t *rapid.T) Progress {
			return Progress{ID: "g", Step: "s", On: june.AddDays(rapid.IntRange(0, 60).Draw(t, "on")), Reached: rapid.IntRange(0, 9).Draw(t, "reached"), EnteredAt: when.Instant(rapid.Int64().Draw(t, "at"))}
		})
		all := rapid.SliceOfNDistinct(line, 0, 8, func(g Progress) when.Instant { return g.EnteredAt }).Draw(t, "lines")
		var past []Progress
		for _, g := range all {
			if !june.AddDays(day).Before(g.On) {
				past = append([]Progress{g}, past...)
			}
		}
		with, without := StateOn([]Step{step(5)}, all, june.AddDays(day)), StateOn([]Step{step(5)}, past, june.AddDays(day))
		if with[0] != without[0] {
			t.Fatalf("%+v with later days, %+v without", with[0], without[0])
		}
	})
}
