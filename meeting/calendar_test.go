package meeting

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"chibo/kit/when"
	"chibo/organization"
)

func settings(day int, rule organization.DayRule, start string) organization.Settings {
	s := organization.Defaults("r", "c")
	s.MeetingDay, s.DayRule, s.Start = day, rule, start
	return s
}

func always(s organization.Settings) func(when.Date) organization.Settings {
	return func(when.Date) organization.Settings { return s }
}

func TestYear(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		year int
		s    organization.Settings
		want [12]string
	}{
		"the third, kept": {2026, settings(3, organization.Keep, "19:30"), [12]string{
			"2026-01-03", "2026-02-03", "2026-03-03", "2026-04-03", "2026-05-03", "2026-06-03",
			"2026-07-03", "2026-08-03", "2026-09-03", "2026-10-03", "2026-11-03", "2026-12-03",
		}},
		"the last day of a leap year": {2028, settings(31, organization.Keep, "19:30"), [12]string{
			"2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31", "2028-06-30",
			"2028-07-31", "2028-08-31", "2028-09-30", "2028-10-31", "2028-11-30", "2028-12-31",
		}},
		"the thirtieth in February of a common year": {2027, settings(30, organization.Keep, "07:00"), [12]string{
			"2027-01-30", "2027-02-28", "2027-03-30", "2027-04-30", "2027-05-30", "2027-06-30",
			"2027-07-30", "2027-08-30", "2027-09-30", "2027-10-30", "2027-11-30", "2027-12-30",
		}},
		"the third, moved on": {2026, settings(3, organization.NextWorkingDay, "08:00"), [12]string{
			"2026-01-05", "2026-02-03", "2026-03-03", "2026-04-03", "2026-05-04", "2026-06-03",
			"2026-07-03", "2026-08-03", "2026-09-03", "2026-10-05", "2026-11-03", "2026-12-03",
		}},
	} {
		for i, slot := range Year(c.year, always(c.s), nil) {
			if got := slot.StartsAt.Date().String(); got != c.want[i] {
				t.Errorf("%s, %s: %s, want %s", name, slot.Month, got, c.want[i])
			}
			if slot.Moved != (slot.StartsAt.Date() != slot.Month.Day(c.s.MeetingDay)) {
				t.Errorf("%s, %s: moved %v", name, slot.Month, slot.Moved)
			}
		}
	}
}

func TestYearPlacesMeetings(t *testing.T) {
	t.Parallel()
	month := func(n time.Month) when.Month { return when.Month{Year: 2026, Month: n} }
	meetings := []Meeting{
		{ID: "jan", Kind: Ordinary, Month: month(1), StartsAt: when.On(2026, 1, 3).At(19, 30)},
		{ID: "feb", Kind: Combined, Month: month(2), StartsAt: when.On(2026, 2, 10).At(19, 30)},
		{ID: "theme", Kind: Thematic, Month: month(4), StartsAt: when.On(2026, 4, 20).At(19, 30)},
		{ID: "extra", Kind: Extraordinary, Month: month(4), StartsAt: when.On(2026, 4, 21).At(19, 30)},
	}
	year := Year(2026, always(settings(3, organization.Keep, "19:30")), meetings)
	if year[0].Meeting.ID != "jan" || year[0].OffDay() || !year[0].Opened() {
		t.Errorf("January: %+v", year[0])
	}
	if year[1].Meeting.ID != "feb" || !year[1].OffDay() {
		t.Errorf("February was moved to another day: %+v", year[1])
	}
	if len(year[3].Others) != 2 || year[3].Opened() {
		t.Errorf("April: %+v", year[3])
	}
	for i, want := range []bool{false, false, false, false, false, false, false, false, true, false, false, true} {
		if year[i].ThemeDue != want {
			t.Errorf("%s: theme due %v", year[i].Month, year[i].ThemeDue)
		}
	}
}

// A notice of three days is in time until the same hour three days before; what
// counts is the clock of Viet Nam, not that of the machine.
func TestLate(t *testing.T) {
	t.Parallel()
	at := func(day when.Date, h, m int) when.Instant { return day.At(h, m) }
	for name, c := range map[string]struct {
		start when.Instant
		days  int
		last  when.Instant
	}{
		"three days":           {at(when.On(2026, 12, 3), 19, 30), 3, at(when.On(2026, 11, 30), 19, 30)},
		"over a leap day":      {at(when.On(2028, 3, 2), 8, 0), 3, at(when.On(2028, 2, 28), 8, 0)},
		"over a common year":   {at(when.On(2027, 3, 2), 8, 0), 3, at(when.On(2027, 2, 27), 8, 0)},
		"over New Year":        {at(when.On(2027, 1, 1), 7, 0), 3, at(when.On(2026, 12, 29), 7, 0)},
		"at midnight":          {at(when.On(2026, 12, 3), 0, 0), 3, at(when.On(2026, 11, 30), 0, 0)},
		"a minute to midnight": {at(when.On(2026, 12, 3), 23, 59), 1, at(when.On(2026, 12, 2), 23, 59)},
		"no days asked":        {at(when.On(2026, 12, 3), 19, 30), 0, at(when.On(2026, 12, 3), 19, 30)},
	} {
		s := organization.Settings{NoticeDays: c.days, DocumentDays: c.days}
		if got := NoticeBefore(c.start, s); got != c.last {
			t.Errorf("%s: until %s, want %s", name, got, c.last)
		}
		if Late(c.last, c.start, s) || !Late(c.last.Add(time.Millisecond), c.start, s) {
			t.Errorf("%s: the limit itself is in time, a moment later is late", name)
		}
		if DocumentsBefore(c.start, s) != c.last {
			t.Errorf("%s: the papers have another limit", name)
		}
	}
}

// 17:00 in London is midnight in Viet Nam: the meeting is of the day that people
// there live in.
func TestDayIsThatOfVietNam(t *testing.T) {
	t.Parallel()
	m := Meeting{StartsAt: when.At(time.Date(2026, 12, 2, 17, 0, 0, 0, time.UTC))}
	if m.Day() != when.On(2026, 12, 3) {
		t.Errorf("got %s", m.Day())
	}
	m.StartsAt = m.StartsAt.Add(-time.Millisecond)
	if m.Day() != when.On(2026, 12, 2) {
		t.Errorf("got %s", m.Day())
	}
}

func TestYearHasTwelveMonthsInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := settings(rapid.IntRange(1, 31).Draw(r, "day"), rapid.SampledFrom(organization.DayRules).Draw(r, "rule"), "19:30")
		year := Year(rapid.IntRange(2020, 2040).Draw(r, "year"), always(s), nil)
		if len(year) != 12 {
			r.Fatalf("%d months", len(year))
		}
		for i, slot := range year {
			if slot.StartsAt.HHMM() != "19:30" {
				r.Fatalf("%s begins at %s", slot.Month, slot.StartsAt.HHMM())
			}
			if i > 0 && slot.StartsAt <= year[i-1].StartsAt {
				r.Fatalf("%s comes before %s", slot.Month, year[i-1].Month)
			}
		}
	})
}
