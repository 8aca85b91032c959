package meeting

import (
	"fmt"

	"chibo/kit/when"
	"chibo/organization"
)

// Slot is one month of a cell's year: the day that its settings lay out, and what
// has become of it.
type Slot struct {
	Month when.Month
	// StartsAt is the moment laid out by the settings of the month.
	StartsAt when.Instant
	// Moved says that the cell's day was a day off and the rule moved it.
	Moved bool
	// Meeting is the meeting of the month; its empty ID says that there is none yet.
	Meeting Meeting
	// Others are thematic and extraordinary meetings and congresses that stand for the
	// month.
	Others []Meeting
	// ThemeDue says that the quarter ends with this month and has no thematic
	// meeting yet (50-CT/TW, 23/7/2025: at least one a quarter).
	ThemeDue bool
}

// Opened reports whether the meeting of the month is there.
func (s Slot) Opened() bool { return s.Meeting.ID != "" }

// OffDay reports whether the meeting of the month stands on another day than the
// one laid out.
func (s Slot) OffDay() bool { return s.Opened() && s.Meeting.Day() != s.StartsAt.Date() }

// Year lays out the twelve months of a year. settings gives the settings in force
// on a day; meetings are those that stand for a month of the year.
func Year(year int, settings func(when.Date) organization.Settings, meetings []Meeting) []Slot {
	slots := make([]Slot, 0, 12)
	themed := map[when.Quarter]bool{}
	for _, m := range meetings {
		if m.Kind.HasTheme() {
			themed[m.Month.Quarter()] = true
		}
	}
	first := when.Month{Year: year, Month: 1}
	for i := range 12 {
		month := first.Add(i)
		s := settings(month.First())
		slot := Slot{Month: month, StartsAt: s.StartsAt(month)}
		slot.Moved = slot.StartsAt.Date() != month.Day(s.MeetingDay)
		slot.ThemeDue = month.Quarter() != month.Next().Quarter() && !themed[month.Quarter()]
		for _, m := range meetings {
			switch {
			case m.Month != month:
			case m.Kind.Monthly():
				slot.Meeting = m
			default:
				slot.Others = append(slot.Others, m)
			}
		}
		slots = append(slots, slot)
	}
	return slots
}

// TitleOf returns what a meeting is called, as its papers call it.
func TitleOf(k Kind, m when.Month, day when.Date) string {
	switch k {
	case Thematic:
		return "Sinh hoạt chuyên đề " + m.Quarter().String()
	case Combined:
		return "Sinh hoạt thường kỳ và chuyên đề tháng " + m.Slashed()
	case Extraordinary:
		return fmt.Sprintf("Họp bất thường ngày %s", day.Slashed())
	case Congress:
		return fmt.Sprintf("Đại hội chi bộ ngày %s", day.Slashed())
	case Professional:
		return "Họp chuyên môn tháng " + m.Slashed()
	case Union:
		return "Họp công đoàn tháng " + m.Slashed()
	case Ordinary:
	}
	return "Sinh hoạt thường kỳ tháng " + m.Slashed()
}

// NoticeBefore returns the last moment at which a notice of a meeting at start
// keeps the cell's days of notice: the same hour, so many days earlier.
func NoticeBefore(start when.Instant, s organization.Settings) when.Instant {
	return daysBefore(start, s.NoticeDays)
}

// DocumentsBefore returns the last moment at which the papers of a meeting at
// start are sent in time: one day before by 42-HD/BTCTW, 28/10/2025, or the
// cell's own figure.
func DocumentsBefore(start when.Instant, s organization.Settings) when.Instant {
	return daysBefore(start, s.DocumentDays)
}

func daysBefore(start when.Instant, days int) when.Instant {
	t := start.Time()
	return start.Date().AddDays(-days).At(t.Hour(), t.Minute())
}

// Late reports whether a notice given at the moment at is late for a meeting at
// start. Late is allowed: it needs a reason and stays visible.
func Late(at, start when.Instant, s organization.Settings) bool {
	return at > NoticeBefore(start, s)
}
