package organization

import (
	"slices"
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// DayRule says what becomes of a meeting whose day is a day off.
type DayRule string

// The rules for days off.
const (
	Keep               DayRule = "keep"
	NextWorkingDay     DayRule = "next_working_day"
	PreviousWorkingDay DayRule = "previous_working_day"
)

// DayRules lists the rules in the order in which people choose them.
var DayRules = []DayRule{Keep, NextWorkingDay, PreviousWorkingDay}

// Settings are the habits of a cell's meetings from a day on.
type Settings struct {
	Root         string    `db:"root_id"`
	Organization string    `db:"organization_id"`
	From         when.Date `db:"from_on"`
	// MeetingDay is the day of the month, 1 to 31; in a shorter month its last day.
	MeetingDay int
	DayRule    DayRule
	// Start is the usual time of day, "19:30"; Place the usual place.
	Start, Place string
	// NoticeDays is how many days before the meeting notice is given, DocumentDays
	// how many days before it the papers are sent, FilingDays how many days after
	// it the finished papers are filed.
	NoticeDays, DocumentDays, FilingDays int
	// MinMinutes is the least length of an ordinary meeting.
	MinMinutes int
	// SpeakingMinutes is how long a speaker has; more is shown and nothing is made of
	// it. The Party's rules name no figure: 0 is none set.
	SpeakingMinutes int
	// SealedVotes: the cell's rule lets it vote in secret by phone.
	// SealedVotesSource names the decision on which that rests. No rule of the Party
	// found speaks of it, so a cell that has decided nothing votes on paper.
	SealedVotes       bool
	SealedVotesSource string
	// FewVotesShown: the totals of a secret vote by phone are given out even where
	// fewer than five have voted.
	FewVotesShown bool
	// No rule of the Party found says how a cell votes on discipline, nor how and by
	// what share on ratings: secret ballots and more than half unless the cell has
	// settled otherwise.
	DisciplineByHand, RatingByHand, RatingTwoThirds bool
}

// CombinedMinutes is the least length of an ordinary and a thematic meeting held
// in one sitting (HD 42-HD/BTCTW, 28/10/2025).
const CombinedMinutes = 120

// Defaults returns the settings of a cell that has set nothing: papers one day
// before, filing within two days, at least 90 minutes (HD 42-HD/BTCTW,
// 28/10/2025); the third of the month (HD 37-HD/BTGDVTW, 19/11/2025). National
// guidance names no days for the notice: three is the practice of the field, as
// is the evening.
func Defaults(root, organization string) Settings {
	return Settings{
		Root: root, Organization: organization,
		MeetingDay: 3, DayRule: Keep, Start: "19:30",
		NoticeDays: 3, DocumentDays: 1, FilingDays: 2, MinMinutes: 90,
	}
}

// Check returns the problems of what was typed for s.
func (s Settings) Check() error {
	var c fault.Check
	c.That(!s.From.IsZero(), "from", "organization.problem.from")
	c.That(s.MeetingDay >= 1 && s.MeetingDay <= 31, "meeting_day", "organization.problem.meeting_day")
	c.That(slices.Contains(DayRules, s.DayRule), "day_rule", "organization.problem.day_rule")
	_, err := time.Parse("15:04", s.Start)
	c.That(err == nil, "start", "organization.problem.start")
	c.AtMost(s.Place, 200, "place")
	for field, n := range map[string]int{"notice_days": s.NoticeDays, "document_days": s.DocumentDays, "filing_days": s.FilingDays} {
		c.That(n >= 0 && n <= 30, field, "organization.problem.days")
	}
	c.That(!s.SealedVotes || s.SealedVotesSource != "", "sealed_votes_source", "organization.problem.sealed_votes_source")
	c.AtMost(s.SealedVotesSource, 200, "sealed_votes_source")
	c.That(s.MinMinutes >= 15 && s.MinMinutes <= 480, "min_minutes", "organization.problem.min_minutes")
	c.That(s.SpeakingMinutes >= 0 && s.SpeakingMinutes <= 60, "speaking_minutes", "organization.problem.speaking_minutes")
	return c.Err()
}

// DayIn returns the day of the meeting in month m, moved off the days off as the
// day rule says. A moved day may fall into the neighbouring month.
func (s Settings) DayIn(m when.Month) when.Date {
	day, step := m.Day(s.MeetingDay), 0
	switch s.DayRule {
	case NextWorkingDay:
		step = 1
	case PreviousWorkingDay:
		step = -1
	case Keep:
	}
	for step != 0 && DayOff(day) {
		day = day.AddDays(step)
	}
	return day
}

// StartsAt returns the moment of the meeting in month m.
func (s Settings) StartsAt(m when.Month) when.Instant {
	t, err := time.Parse("15:04", s.Start)
	if err != nil { // a place that has set no time
		t = time.Date(0, 1, 1, 8, 0, 0, 0, time.UTC)
	}
	return s.DayIn(m).At(t.Hour(), t.Minute())
}

// DayOff reports whether day is a Saturday, a Sunday or a public holiday (Bộ luật
// Lao động 45/2019/QH14, art. 112). Where the Government lays down days off anew
// each year (the neighbour of 2 September, days worked in exchange), a person
// moves the meeting by hand.
func DayOff(day when.Date) bool {
	if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
		return true
	}
	if slices.Contains(fixedHolidays, monthDay{day.Month, day.Day}) {
		return true
	}
	lunar, ok := lunarHolidays[day.Year]
	if !ok {
		return false
	}
	afterTet := lunar.tet.on(day.Year).DaysUntil(day)
	return afterTet >= -1 && afterTet <= 3 || lunar.hung == monthDay{day.Month, day.Day}
}

// WorkingDaysAfter returns the last of n working days that begin the day after day.
func WorkingDaysAfter(day when.Date, n int) when.Date {
	for n > 0 {
		day = day.AddDays(1)
		if !DayOff(day) {
			n--
		}
	}
	return day
}

// WorkingDays returns how many working days there are after day up to last, last
// included; none where last is not after day.
func WorkingDays(day, last when.Date) int {
	n := 0
	for day.Before(last) {
		day = day.AddDays(1)
		if !DayOff(day) {
			n++
		}
	}
	return n
}

type monthDay struct {
	month time.Month
	day   int
}

func (d monthDay) on(year int) when.Date { return when.On(year, d.month, d.day) }

// fixedHolidays are New Year, Reunification, Labour and National Day.
var fixedHolidays = []monthDay{{time.January, 1}, {time.April, 30}, {time.May, 1}, {time.September, 2}}

// lunarHolidays are the days of the Vietnamese lunar calendar by year: the first
// day of Tết, of which the day before and the three after are off too, and the
// day of the Hùng Kings (the tenth of the third month). A year that is missing
// has no lunar days off.
var lunarHolidays = map[int]struct{ tet, hung monthDay }{
	2024: {monthDay{time.February, 10}, monthDay{time.April, 18}},
	2025: {monthDay{time.January, 29}, monthDay{time.April, 7}},
	2026: {monthDay{time.February, 17}, monthDay{time.April, 26}},
	2027: {monthDay{time.February, 6}, monthDay{time.April, 16}},
	2028: {monthDay{time.January, 26}, monthDay{time.April, 4}},
	2029: {monthDay{time.February, 13}, monthDay{time.April, 23}},
	2030: {monthDay{time.February, 2}, monthDay{time.April, 12}},
}
