package ballot

import (
	"context"
	"sync"

	"chibo/kit/fault"
)

// memory keeps what never changes of polls, their questions and options, so that a
// ballot costs no reading. It holds neither names nor keys, and whether a poll still
// runs is asked of the database.
type memory struct {
	mu    sync.Mutex
	polls map[place]Poll
}

type place struct{ root, id string }

// most is the number of polls that are remembered, at about half a kilobyte each: as many as the
// doors that package hall remembers, for on the evening of a country each cell may vote.
const most = 10_000

// poll returns a poll by its id, whoever asks.
func (s *Service) poll(ctx context.Context, root, id string) (Poll, error) {
	at := place{root, id}
	s.memory.mu.Lock()
	p, known := s.memory.polls[at]
	s.memory.mu.Unlock()
	if known {
		return p, nil
	}
	row, found, err := findPoll(ctx, s.DB, root, id)
	if err != nil {
		return Poll{}, err
	}
	if !found {
		return Poll{}, fault.New(fault.NotFound, "fault.not_found")
	}
	s.memory.mu.Lock()
	defer s.memory.mu.Unlock()
	if s.memory.polls == nil || len(s.memory.polls) >= most {
		s.memory.polls = map[place]Poll{}
	}
	s.memory.polls[at] = row.Poll
	return row.Poll, nil
}
