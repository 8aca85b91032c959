package locale

import "chibo/kit/when"

// Of returns the text of a value of an enumeration: the key prefix.value.
func (l L) Of(prefix, value string) string { return l.T(prefix + "." + value) }

// Weekday names the day of the week of d: "Thứ Năm".
func (l L) Weekday(d when.Date) string {
	return l.T("kit.weekday." + [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}[d.Weekday()])
}

// Day writes d with its day of the week: "Thứ Năm, 03/12/2026".
func (l L) Day(d when.Date) string {
	if d.IsZero() {
		return ""
	}
	return l.Weekday(d) + ", " + d.Slashed()
}

// Moment writes a time of a day: "19 giờ 30, Thứ Năm, 03/12/2026".
func (l L) Moment(i when.Instant) string {
	if i.IsZero() {
		return ""
	}
	return l.Clock(i) + ", " + l.Day(i.Date())
}

// Clock writes a time of day: "19 giờ 30" or "19:30".
func (l L) Clock(i when.Instant) string {
	if l.Tag() == "en" {
		return i.HHMM()
	}
	return i.Clock()
}

// Month writes a month: "tháng 12/2026".
func (l L) Month(m when.Month) string { return l.T("kit.month", "Month", m.Slashed()) }
