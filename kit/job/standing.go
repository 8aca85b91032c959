package job

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/id"
	"chibo/kit/when"
)

// Standing is how the queue stands.
type Standing struct {
	Waiting int64        // due and not done, those at work included
	Failed  int64        // given up
	Oldest  when.Instant // since when the oldest that waits has been due; zero when none waits
}

// StandingAt returns how the queue stands at now.
func StandingAt(ctx context.Context, q db.Q, now when.Instant) (Standing, error) {
	c, err := count(ctx, q, now)
	if err != nil {
		return Standing{}, err
	}
	s := Standing{Waiting: c.Waiting, Failed: c.Failed, Oldest: c.RunAt}
	if at := id.MadeAt(c.FirstID); !at.IsZero() && (s.Oldest == 0 || when.At(at) < s.Oldest) {
		s.Oldest = when.At(at)
	}
	return s, nil
}
