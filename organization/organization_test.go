package organization_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"chibo/kit/fault"
	"chibo/kit/when"
	"chibo/organization"
)

// place builds a branch of the tree from levels, top first.
func place(levels ...organization.Level) []organization.Organization {
	var branch []organization.Organization
	var parent organization.Organization
	for i, l := range levels {
		parent = organization.Place(organization.Organization{ID: string(rune('a' + i)), Level: l}, parent)
		branch = append(branch, parent)
	}
	return branch
}

func TestPlace(t *testing.T) {
	t.Parallel()
	const (
		province, ward, base = organization.Province, organization.Ward, organization.BaseCommittee
		cell, group          = organization.Cell, organization.PartyGroup
	)
	for name, tt := range map[string]struct {
		levels     []organization.Level
		path, root string
	}{
		"a ward that is the base":            {[]organization.Level{province, ward, cell}, "/a/b/c/", "b"},
		"a ward above base organisations":    {[]organization.Level{province, ward, base, cell}, "/a/b/c/d/", "c"},
		"a group belongs to its cell's root": {[]organization.Level{province, ward, cell, group}, "/a/b/c/d/", "b"},
		"a cell alone under the province":    {[]organization.Level{province, cell, group}, "/a/b/c/", "b"},
		"a ward alone":                       {[]organization.Level{ward}, "/a/", "a"},
		"a base committee within another":    {[]organization.Level{base, base, cell}, "/a/b/c/", "b"},
	} {
		branch := place(tt.levels...)
		got := branch[len(branch)-1]
		if got.Path != tt.path || got.Root != tt.root {
			t.Errorf("%s: path %s, root %s, want %s, %s", name, got.Path, got.Root, tt.path, tt.root)
		}
		if len(got.Above()) != len(tt.levels)-1 {
			t.Errorf("%s: above it stand %v", name, got.Above())
		}
	}
}

func TestLevelsStandWhereTheyMay(t *testing.T) {
	t.Parallel()
	allowed := map[[2]organization.Level]bool{}
	for _, pair := range [][2]organization.Level{
		{organization.Province, organization.Central},
		{organization.Ward, organization.Central},
		{organization.BaseCommittee, organization.Central},
		{organization.Cell, organization.Central},
		{organization.Ward, organization.Province},
		{organization.BaseCommittee, organization.Province},
		{organization.Cell, organization.Province},
		{organization.BaseCommittee, organization.Ward},
		{organization.Cell, organization.Ward},
		{organization.BaseCommittee, organization.BaseCommittee},
		{organization.Cell, organization.BaseCommittee},
		{organization.PartyGroup, organization.Cell},
	} {
		allowed[pair] = true
	}
	for _, l := range organization.Levels {
		for _, parent := range organization.Levels {
			if got := l.MayStandUnder(parent); got != allowed[[2]organization.Level{l, parent}] {
				t.Errorf("%s under %s: %v", l, parent, got)
			}
		}
		if l.MayStandUnder("hamlet") || organization.Level("hamlet").MayStandUnder(l) {
			t.Errorf("a level that is none stands under or above %s", l)
		}
	}
}

func TestCheckOrganization(t *testing.T) {
	t.Parallel()
	ward := place(organization.Province, organization.Ward)[1]
	for name, tt := range map[string]struct {
		o     organization.Organization
		field string
	}{
		"a cell":                   {organization.Organization{Name: "Chi bộ 1", Level: organization.Cell, Kind: organization.School}, ""},
		"a cell without a kind":    {organization.Organization{Name: "Chi bộ 1", Level: organization.Cell}, "kind"},
		"a committee with a kind":  {organization.Organization{Name: "Đảng ủy", Level: organization.BaseCommittee, Kind: organization.School}, "kind"},
		"a group under a ward":     {organization.Organization{Name: "Tổ 1", Level: organization.PartyGroup}, "level"},
		"without a name":           {organization.Organization{Level: organization.BaseCommittee}, "name"},
		"a level nobody has heard": {organization.Organization{Name: "x", Level: "hamlet"}, "level"},
	} {
		err := tt.o.Check(ward)
		if (err == nil) != (tt.field == "") || err != nil && fault.Of(err).Fields[tt.field] == "" {
			t.Errorf("%s: %v, want a problem of %q", name, err, tt.field)
		}
	}
}

func TestOfficesAndTermsHoldByDate(t *testing.T) {
	t.Parallel()
	from, until := when.On(2025, time.May, 10), when.On(2027, time.May, 9)
	for day, want := range map[when.Date]bool{
		from.AddDays(-1): false, from: true, until: true, until.AddDays(1): false,
	} {
		if got := (organization.Term{From: from, Until: until}).Holds(day); got != want {
			t.Errorf("the term on %v: %v", day, got)
		}
		if got := (organization.Office{From: from, Until: until}).Holds(day); got != want {
			t.Errorf("the office on %v: %v", day, got)
		}
	}
	if !(organization.Office{From: from}).Holds(until.AddDays(9999)) {
		t.Error("an office without an end has ended")
	}
	for post, want := range map[organization.Post]bool{organization.Secretary: true, organization.Clerk: false, organization.Supervisor: true, "king": false} {
		err := organization.Office{Member: "m", Post: post, From: from}.Check(organization.Cell)
		if (err == nil) != want {
			t.Errorf("%s of a cell: %v", post, err)
		}
	}
}

func TestSettingsDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		day   int
		rule  organization.DayRule
		month when.Month
		want  string
	}{
		{3, organization.Keep, when.Month{Year: 2026, Month: 10}, "2026-10-03"},               // Saturday, kept
		{3, organization.NextWorkingDay, when.Month{Year: 2026, Month: 10}, "2026-10-05"},     // Monday
		{3, organization.PreviousWorkingDay, when.Month{Year: 2026, Month: 10}, "2026-10-02"}, // Friday
		{3, organization.NextWorkingDay, when.Month{Year: 2026, Month: 12}, "2026-12-03"},     // Thursday
		{31, organization.Keep, when.Month{Year: 2027, Month: 2}, "2027-02-28"},
		{30, organization.Keep, when.Month{Year: 2028, Month: 2}, "2028-02-29"},
		{30, organization.NextWorkingDay, when.Month{Year: 2026, Month: 4}, "2026-05-04"},     // 30/4, 1/5, weekend
		{1, organization.PreviousWorkingDay, when.Month{Year: 2027, Month: 1}, "2026-12-31"},  // New Year
		{17, organization.NextWorkingDay, when.Month{Year: 2026, Month: 2}, "2026-02-23"},     // Tết and a weekend
		{17, organization.PreviousWorkingDay, when.Month{Year: 2026, Month: 2}, "2026-02-13"}, // before Tết and a weekend
	} {
		s := organization.Defaults("r", "o")
		s.MeetingDay, s.DayRule = tt.day, tt.rule
		if got := s.DayIn(tt.month).String(); got != tt.want {
			t.Errorf("day %d, %s, %v: %s, want %s", tt.day, tt.rule, tt.month, got, tt.want)
		}
	}
}

func TestMovedDaysAreWorkingDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := organization.Defaults("r", "o")
		s.MeetingDay = rapid.IntRange(1, 31).Draw(t, "day")
		s.DayRule = rapid.SampledFrom(organization.DayRules[1:]).Draw(t, "rule")
		m := when.Month{Year: rapid.IntRange(2024, 2035).Draw(t, "year"), Month: time.Month(rapid.IntRange(1, 12).Draw(t, "month"))}
		day, wish := s.DayIn(m), m.Day(s.MeetingDay)
		if organization.DayOff(day) {
			t.Fatalf("%v is a day off", day)
		}
		if distance := wish.DaysUntil(day); distance > 12 || distance < -12 || (distance < 0) && s.DayRule == organization.NextWorkingDay {
			t.Fatalf("%v is moved to %v", wish, day)
		}
	})
}

func TestDefaultsAreSound(t *testing.T) {
	t.Parallel()
	s := organization.Defaults("r", "o")
	s.From = when.On(2026, time.January, 1)
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	if s.NoticeDays != 3 || s.DocumentDays != 1 || s.FilingDays != 2 || s.MinMinutes != 90 {
		t.Errorf("defaults %+v", s)
	}
	if got := s.StartsAt(when.Month{Year: 2026, Month: 12}).String(); got != "2026-12-03T19:30" {
		t.Errorf("starts at %s", got)
	}
	for field, spoil := range map[string]func(*organization.Settings){
		"from":                func(s *organization.Settings) { s.From = when.Date{} },
		"meeting_day":         func(s *organization.Settings) { s.MeetingDay = 32 },
		"day_rule":            func(s *organization.Settings) { s.DayRule = "never" },
		"start":               func(s *organization.Settings) { s.Start = "7 giờ" },
		"notice_days":         func(s *organization.Settings) { s.NoticeDays = -1 },
		"min_minutes":         func(s *organization.Settings) { s.MinMinutes = 0 },
		"sealed_votes_source": func(s *organization.Settings) { s.SealedVotes = true },
	} {
		bad := s
		spoil(&bad)
		if err := bad.Check(); fault.Of(err).Fields[field] == "" {
			t.Errorf("%s passes: %v", field, err)
		}
	}
}
