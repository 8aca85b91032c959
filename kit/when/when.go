// Package when holds the program's times: an Instant of the clock, a civil Date
// of Viet Nam, a Month, a Quarter.
//
// Instants are kept in UTC and shown in Viet Nam's time; a date has no clock. No
// package does arithmetic on text.
package when

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Instant is a moment in milliseconds since 1970 in UTC; the zero Instant says
// "not yet". It is stored as BIGINT.
type Instant int64

// At returns the Instant of t; the zero time gives the zero Instant.
func At(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMilli())
}

// Time returns i as a time in Viet Nam's zone; the zero Instant gives the zero
// time.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(i)).In(VietNam)
}

// IsZero reports whether i says "not yet".
func (i Instant) IsZero() bool { return i == 0 }

// Date returns the day of i in Viet Nam.
func (i Instant) Date() Date { return DateOf(i.Time()) }

// Add returns i moved by d.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// Sub returns the time from j to i.
func (i Instant) Sub(j Instant) time.Duration { return time.Duration(i-j) * time.Millisecond }

// putBack is by how much the clock of a machine is set back while it runs, or one machine is
// behind another. One that goes back further was wrong before and is right now.
const putBack = time.Hour

// Behind returns the hour of what comes behind something of the hour last: i, or last while
// a clock that was put back has not come there again.
func (i Instant) Behind(last Instant) Instant {
	if i < last && last.Sub(i) <= putBack {
		return last
	}
	return i
}

// Clock returns the time of day as people write it: "19 giờ 30".
func (i Instant) Clock() string { return i.Time().Format("15 giờ 04") }

// HHMM returns the time of day for tables and fields: "19:30".
func (i Instant) HHMM() string {
	if i == 0 {
		return ""
	}
	return i.Time().Format("15:04")
}

// String returns i for logs and for fields of kind datetime-local: "2026-12-03T19:30".
func (i Instant) String() string {
	if i == 0 {
		return ""
	}
	return i.Time().Format("2006-01-02T15:04")
}

// MarshalJSON writes i as RFC 3339 in UTC with milliseconds, zero as null.
func (i Instant) MarshalJSON() ([]byte, error) {
	if i == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(time.UnixMilli(int64(i)).UTC().Format("2006-01-02T15:04:05.000Z07:00"))
}

// UnmarshalJSON reads RFC 3339 text or a number of milliseconds.
func (i *Instant) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*i = 0
		return nil
	}
	if len(b) > 0 && b[0] != '"' {
		n, err := strconv.ParseInt(string(b), 10, 64)
		if err != nil {
			return fmt.Errorf("instant %s: want RFC 3339 text or milliseconds", b)
		}
		*i = Instant(n)
		return nil
	}
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return fmt.Errorf("instant %q: want RFC 3339 text or milliseconds", s)
	}
	*i = At(t)
	return nil
}

// ParseInstant reads a field of kind datetime-local, "2026-12-03T19:30", as Viet
// Nam's time.
func ParseInstant(s string) (Instant, error) {
	t, err := time.ParseInLocation("2006-01-02T15:04", s, VietNam)
	if err != nil {
		return 0, fmt.Errorf("time %q: want 2006-01-02T15:04", s)
	}
	return At(t), nil
}
