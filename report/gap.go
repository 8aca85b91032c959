package report

import (
	"chibo/kit/when"
	"chibo/meeting"
)

// GapKind says what is missing.
type GapKind string

// The kinds of gaps. A cell meets at least once a month (Điều lệ Đảng, 19/01/2011,
// điều 24).
const (
	NoMeeting GapKind = "no_meeting" // a month without a monthly meeting
	NotHeld   GapKind = "not_held"   // called, its day is over, never closed
	Unsealed  GapKind = "unsealed"   // held, the minutes are not sealed
	Unscored  GapKind = "unscored"   // held, the cell has not scored it
)

// Gap is something that a year still lacks. Meeting is its id, empty where there is none.
type Gap struct {
	Kind    GapKind
	Month   when.Month
	Meeting string
	Title   string
}

// Gaps lists what the year lacks on a day, month by month. Months that are not over, those
// before the first meeting that is kept here and those after the cell was closed lack no
// meeting.
func (y Year) Gaps(today when.Date) []Gap {
	var out []Gap
	for _, m := range y.Months {
		met := false
		for _, e := range m.Evenings {
			gap := Gap{Month: m.Month, Meeting: e.ID, Title: e.Title}
			met = met || e.Kind.Monthly()
			switch {
			case !e.Held() && e.Day().Before(today):
				gap.Kind = NotHeld
			case e.State == meeting.Closed:
				gap.Kind = Unsealed
			}
			if gap.Kind != "" {
				out = append(out, gap)
			}
			if e.Held() && e.Kind.Monthly() && e.Score.Own.At.IsZero() {
				gap.Kind = Unscored
				out = append(out, gap)
			}
		}
		if !met && m.Month.Last().Before(today) && !y.Since.IsZero() && m.Month.Compare(y.Since) >= 0 && y.Cell.OpenOn(m.Month.Last()) {
			out = append(out, Gap{Kind: NoMeeting, Month: m.Month})
		}
	}
	return out
}
