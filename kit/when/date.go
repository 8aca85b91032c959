package when

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"chibo/kit/text"
)

// Date is a day of the calendar without a clock; the zero Date says "not known".
// It is stored as TEXT in the form 2006-01-02, so that it sorts, the zero Date
// as empty text.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// On returns the date; days out of range roll over as in time.Date.
func On(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 12, 0, 0, 0, VietNam))
}

// DateOf returns the day of t in Viet Nam; the zero time gives the zero Date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	t = t.In(VietNam)
	return Date{t.Year(), t.Month(), t.Day()}
}

// IsZero reports whether d is not known.
func (d Date) IsZero() bool { return d == Date{} }

// At returns the moment of the clock time h:m on d in Viet Nam.
func (d Date) At(h, m int) Instant {
	return At(time.Date(d.Year, d.Month, d.Day, h, m, 0, 0, VietNam))
}

// Start returns the first moment of d in Viet Nam.
func (d Date) Start() Instant { return d.At(0, 0) }

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date { return On(d.Year, d.Month, d.Day+n) }

// Before reports whether d comes before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// Within reports whether d lies between from and until, both included; a zero until has no end.
func (d Date) Within(from, until Date) bool {
	return !d.Before(from) && (until.IsZero() || !until.Before(d))
}

// Compare orders dates; the zero Date comes first.
func (d Date) Compare(e Date) int {
	switch {
	case d.Year != e.Year:
		return d.Year - e.Year
	case d.Month != e.Month:
		return int(d.Month - e.Month)
	}
	return d.Day - e.Day
}

// DaysUntil returns the number of days from d to e.
func (d Date) DaysUntil(e Date) int {
	return int(e.noonUTC().Sub(d.noonUTC()) / (24 * time.Hour))
}

func (d Date) noonUTC() time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.noonUTC().Weekday() }

// In returns the month of d.
func (d Date) In() Month { return Month{d.Year, d.Month} }

// String returns 2006-01-02, the zero Date as empty text.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	if d.Year < 0 || d.Year > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) // of no file
	}
	y, m := d.Year, int(d.Month)
	return string([]byte{figure(y / 1000), figure(y / 100), figure(y / 10), figure(y), '-', figure(m / 10), figure(m), '-', figure(d.Day / 10), figure(d.Day)})
}

// figure returns the last figure of n.
func figure(n int) byte { return '0' + byte(n%10) }

// Slashed returns the date as people write it: 03/12/2026.
func (d Date) Slashed() string {
	if d.IsZero() {
		return ""
	}
	s := d.String()
	n := len(s)
	return s[n-2:] + "/" + s[n-5:n-3] + "/" + s[:n-6]
}

// Long returns the date as documents of the Party write it, "ngày 03 tháng 12
// năm 2026": a zero stands before days under 10 and months 1 and 2
// (HD 05-HD/VPTW, 27/5/2026).
func (d Date) Long() string {
	if d.IsZero() {
		return "ngày … tháng … năm …"
	}
	month := strconv.Itoa(int(d.Month))
	if d.Month <= 2 {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d.Day, month, d.Year)
}

var dateForm = text.Pattern(`^\s*(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})\s*$`)

// ParseDate reads a date as people and fields write it: 2026-12-03, 3/12/2026,
// 03.12.2026, 3-12-26. A year of two digits up to 30 is of this century, a later
// one of the last.
func ParseDate(s string) (Date, error) {
	m := dateForm().FindStringSubmatch(s)
	if m == nil {
		return Date{}, fmt.Errorf("date %q: want day/month/year", s)
	}
	a, b, c := atoi(m[1]), atoi(m[2]), atoi(m[3])
	y, d := c, a
	switch {
	case len(m[1]) == 4 && len(m[3]) <= 2:
		y, d = a, c
	case len(m[1]) > 2 || len(m[3]) == 3 || len(m[3]) == 1:
		return Date{}, fmt.Errorf("date %q: want day/month/year", s)
	case len(m[3]) == 2 && c <= 30:
		y = 2000 + c
	case len(m[3]) == 2:
		y = 1900 + c
	}
	out := Date{y, time.Month(b), d}
	if b < 1 || b > 12 || d < 1 || On(y, time.Month(b), d) != out || y < 1 {
		return Date{}, fmt.Errorf("date %q is not in the calendar", s)
	}
	return out, nil
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n } // digits only, by dateForm

// Value stores d as text.
func (d Date) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads d from text; NULL and empty text give the zero Date.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("date from %T", src)
}

// MarshalText writes d as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what ParseDate reads; empty text gives the zero Date.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}

// UnmarshalJSON reads text or null.
func (d *Date) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s == nil {
		*d = Date{}
		return nil
	}
	return d.UnmarshalText([]byte(*s))
}

// Month is a month of a year, stored as TEXT in the form 2006-01.
type Month struct {
	Year  int
	Month time.Month
}

// First returns the first day of m.
func (m Month) First() Date { return Date{m.Year, m.Month, 1} }

// Last returns the last day of m.
func (m Month) Last() Date { return On(m.Year, m.Month+1, 0) }

// Day returns day n of m, or the last day where m is shorter.
func (m Month) Day(n int) Date {
	if last := m.Last(); n > last.Day {
		return last
	}
	return Date{m.Year, m.Month, n}
}

// Next returns the month after m.
func (m Month) Next() Month { return m.Add(1) }

// Add returns the month n months later.
func (m Month) Add(n int) Month {
	d := On(m.Year, m.Month+time.Month(n), 1)
	return Month{d.Year, d.Month}
}

// Compare orders months.
func (m Month) Compare(o Month) int { return m.First().Compare(o.First()) }

// Quarter returns the quarter of m.
func (m Month) Quarter() Quarter { return Quarter{m.Year, (int(m.Month) + 2) / 3} }

// IsZero reports whether m is not known.
func (m Month) IsZero() bool { return m == Month{} }

// String returns 2006-01.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year, m.Month)
}

// Slashed returns 12/2026.
func (m Month) Slashed() string { return fmt.Sprintf("%d/%d", m.Month, m.Year) }

// ParseMonth reads 2006-01.
func ParseMonth(s string) (Month, error) {
	d, err := ParseDate(s + "-01")
	if err != nil || len(s) != 7 {
		return Month{}, fmt.Errorf("month %q: want 2006-01", s)
	}
	return d.In(), nil
}

// Value stores m as text.
func (m Month) Value() (driver.Value, error) { return m.String(), nil }

// Scan reads m from text; NULL and empty text give the zero Month.
func (m *Month) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*m = Month{}
		return nil
	case string:
		return m.UnmarshalText([]byte(v))
	case []byte:
		return m.UnmarshalText(v)
	}
	return fmt.Errorf("month from %T", src)
}

// MarshalText writes m as String does.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads 2006-01; empty text gives the zero Month.
func (m *Month) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*m = Month{}
		return nil
	}
	*m, err = ParseMonth(string(b))
	return err
}

// Quarter is a quarter of a year, N from 1 to 4.
type Quarter struct{ Year, N int }

// First returns the first month of q.
func (q Quarter) First() Month { return Month{q.Year, time.Month(3*q.N - 2)} }

// String returns the quarter as documents write it: "quý IV/2026".
func (q Quarter) String() string {
	return fmt.Sprintf("quý %s/%d", [...]string{"I", "II", "III", "IV"}[q.N-1], q.Year)
}
