package notice

import (
	"crypto/rand"
	"strings"

	ics "github.com/arran4/golang-ical"

	"chibo/kit/when"
)

// Feed is the address under which a phone fetches the sittings of a member. Its
// token is kept as it is and not as a hash, so that the person can read the
// address again for a second phone: it opens nothing but times and places, and
// the person can revoke it.
type Feed struct {
	Token  string
	Root   string `db:"root_id"`
	Member string `db:"member_id"`
	MadeAt when.Instant
}

// Path returns the path of the feed within the program.
func (f Feed) Path() string { return "/calendar/" + f.Token + ".ics" }

// newToken returns a token that cannot be guessed: 26 letters and figures.
func newToken() string { return strings.ToLower(rand.Text()) }

// Calendar writes events in the iCalendar form that phones subscribe to (RFC
// 5545): lines end in CRLF and are folded, times are in UTC, an event keeps its
// UID when it moves. base is the address of the program, "https://chibo.example",
// without which the links are left out.
func Calendar(events []Event, base string, now when.Instant) []byte {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Chibo//VI")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName("Sinh hoạt chi bộ")
	cal.SetXWRTimezone(when.VietNam.String())
	cal.SetRefreshInterval("PT6H")
	cal.SetXPublishedTTL("PT6H")
	for _, e := range events {
		addEvent(cal, e, base, now)
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows))
}

func addEvent(cal *ics.Calendar, e Event, base string, now when.Instant) {
	changed := e.Changed
	if changed.IsZero() {
		changed = now
	}
	v := cal.AddEvent(e.UID)
	v.SetDtStampTime(changed.Time().UTC())
	v.SetModifiedAt(changed.Time().UTC())
	// A phone takes a change for newer when the sequence is higher; seconds since
	// 2020 stay below its limit of 31 bits for this century's half.
	v.SetSequence(int(int64(changed)/1000 - 1_577_836_800))
	v.SetStartAt(e.Start.Time().UTC())
	v.SetEndAt(e.End.Time().UTC())
	v.SetSummary(oneLine(e.Title))
	if e.Place != "" {
		v.SetLocation(oneLine(e.Place))
	}
	if base != "" && e.URL != "" {
		v.SetURL(base + e.URL)
	}
	v.SetStatus(ics.ObjectStatusConfirmed)
	if e.Cancelled {
		v.SetStatus(ics.ObjectStatusCancelled)
	}
}

// oneLine drops control characters, which the form forbids, and makes line breaks
// spaces.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}
