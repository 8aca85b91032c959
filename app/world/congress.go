package world

import (
	"context"
	"time"

	"chibo/kit/when"
	"chibo/meeting"
)

// congressDay is the day of the month on which the first cell holds its congress, well
// after the meeting of that month.
const congressDay = 27

// congress lets the first cell prepare its congress and give notice of it.
func (b *builder) congress(c *cell, m when.Month, now when.Instant) []step {
	return []step{{now.Add(-time.Second / 2), func(ctx context.Context) error {
		x, err := b.app.Meetings.Convene(ctx, c.secretary, c.org.ID, meeting.Convening{Kind: meeting.Congress, Month: m, StartsAt: m.Day(congressDay).At(7, 30)})
		if err != nil {
			return err
		}
		return b.app.Meetings.Notify(ctx, c.secretary, x.ID, "")
	}}}
}
