package study

import (
	"testing"

	"chibo/kit/fault"
	"chibo/kit/when"
)

var today = when.On(2026, 12, 1)

// fields returns the names of the fields against which an error stands.
func fields(err error) map[string]bool {
	out := map[string]bool{}
	if err != nil {
		for f := range fault.Of(err).Fields {
			out[f] = true
		}
	}
	return out
}

func TestASession(t *testing.T) {
	t.Parallel()
	good := Session{On: today, Kind: Resolution, Subject: "Nghị quyết 21-NQ/TW"}
	if err := good.check(today); err != nil {
		t.Errorf("a session of this day: %v", err)
	}
	for field, s := range map[string]Session{
		"on":      {On: today.AddDays(1), Kind: Theory, Subject: "x"},
		"kind":    {On: today, Kind: "lunch", Subject: "x"},
		"subject": {On: today, Kind: Theory, Subject: "  "},
		"place":   {On: today, Kind: Theory, Subject: "x", Place: string(make([]rune, longest+1))},
	} {
		if got := fields(s.check(today)); !got[field] || len(got) != 1 {
			t.Errorf("%+v: %v", s, got)
		}
	}
}

func TestShareCountsWhoWasExpected(t *testing.T) {
	t.Parallel()
	came, excused, absent := Attendance{State: Came}, Attendance{State: Excused}, Attendance{State: Absent}
	made, exempt := Attendance{State: Absent, MadeUpOn: today}, Attendance{State: NotExpected}
	for name, c := range map[string]struct {
		all  []Attendance
		want Share
		full bool
	}{
		"nothing was held":            {nil, Share{}, false},
		"nobody expected them":        {[]Attendance{exempt, exempt}, Share{}, false},
		"always there":                {[]Attendance{came, came, exempt}, Share{2, 2, 0}, true},
		"an excuse is no study":       {[]Attendance{came, excused, absent}, Share{1, 3, 0}, false},
		"made up is as good as there": {[]Attendance{came, made}, Share{2, 2, 1}, true},
	} {
		if got := ShareOf(c.all); got != c.want || got.Full() != c.full {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestOnlyWhatWasMissedIsMadeUp(t *testing.T) {
	t.Parallel()
	held := when.On(2026, 11, 20)
	for name, c := range map[string]struct {
		state Presence
		on    when.Date
		want  string
	}{
		"the week after":     {Excused, when.On(2026, 11, 27), ""},
		"was there":          {Came, when.On(2026, 11, 27), "member"},
		"need not come":      {NotExpected, when.On(2026, 11, 27), "member"},
		"before it was held": {Absent, when.On(2026, 11, 19), "on"},
		"tomorrow":           {Absent, today.AddDays(1), "on"},
		"no day":             {Absent, when.Date{}, "on"},
	} {
		a, err := Attendance{State: c.state}.madeUp(c.on, held, today)
		got := fields(err)
		if c.want == "" && (err != nil || !a.MadeUp()) || c.want != "" && !got[c.want] {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhoIsDueForACourse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		last  when.Date
		years int
		want  bool
	}{
		"never":                  {when.Date{}, 5, true},
		"five years to the day":  {when.On(2021, 12, 1), 5, false},
		"five years and a day":   {when.On(2021, 11, 30), 5, true},
		"a year, where two last": {when.On(2025, 12, 1), 2, false},
	} {
		if got := (Due{Last: c.last}).Is(today, c.years); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	set := []setting{{"w", 3}, {"c", 2}, {"elsewhere", 1}}
	for path, want := range map[string]int{"/p/w/c/": 2, "/p/w/d/": 3, "/p/w/": 3, "/p/": DefaultYears} {
		if got := yearsAt(set, path); got != want {
			t.Errorf("%s: %d years, want %d", path, got, want)
		}
	}
}
