package notice

import (
	"time"

	"chibo/kit/fault"
	"chibo/kit/when"
)

// Manner is how a person wants to be reminded and when to be left in peace.
type Manner struct {
	Root   string `db:"root_id"`
	Member string `db:"member_id"`
	// Reminders says that the person wants to be reminded of what is due.
	Reminders bool `form:"reminders"`
	// No mail is sent and no device called between QuietFrom and QuietUntil, clock times such as "21:00";
	// both are the same where every hour will do. The inbox makes no sound and knows
	// no hours.
	QuietFrom  string `form:"quiet_from"`
	QuietUntil string `form:"quiet_until"`
}

// mannerByDefault is the manner of those who have said nothing.
func mannerByDefault(root, member string) Manner {
	return Manner{Root: root, Member: member, Reminders: true, QuietFrom: "21:00", QuietUntil: "07:00"}
}

func (m Manner) check() error {
	var c fault.Check
	for field, clock := range map[string]string{"quiet_from": m.QuietFrom, "quiet_until": m.QuietUntil} {
		_, err := time.Parse("15:04", clock)
		c.That(err == nil, field, "notice.problem.clock")
	}
	return c.Err()
}

// Peace returns the moment at which the quiet hours end that run at the moment now,
// and whether any do.
func (m Manner) Peace(now when.Instant) (until when.Instant, quiet bool) {
	clock, day := now.HHMM(), now.Date()
	night := m.QuietFrom > m.QuietUntil // they run over midnight
	switch {
	case !night && (clock < m.QuietFrom || clock >= m.QuietUntil):
		return 0, false
	case night && clock >= m.QuietFrom:
		day = day.AddDays(1)
	case night && clock >= m.QuietUntil:
		return 0, false
	}
	end, err := when.ParseInstant(day.String() + "T" + m.QuietUntil)
	return end, err == nil
}
