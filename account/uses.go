package account

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"chibo/kit/db"
	"chibo/kit/when"
)

// noteEvery is how often the uses of sessions are written. When a hall comes in, hundreds of
// sessions are used in such a time, many of them side by side in the database: one by one each
// press would wait for a page to be written before its own.
const noteEvery = 5 * time.Second

// mostNoted is how many uses one transaction writes, so that whoever presses meanwhile hardly
// waits for them.
const mostNoted = 128

// uses are the sessions whose last use is not written yet. What a program that is killed
// has not written makes a session end some seconds too early.
type uses struct {
	mu      sync.Mutex
	waiting map[sessionKey]when.Instant
}

type sessionKey struct{ root, id string }

func (s Session) key() sessionKey { return sessionKey{s.Root, s.ID} }

// used is a session that was used.
type used struct {
	sessionKey
	at when.Instant
}

func (u *uses) add(some ...used) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.waiting == nil {
		u.waiting = map[sessionKey]when.Instant{}
	}
	for _, one := range some {
		u.waiting[one.sessionKey] = max(u.waiting[one.sessionKey], one.at)
	}
}

// last returns when a session was last used, written or not.
func (u *uses) last(s Session) when.Instant {
	u.mu.Lock()
	defer u.mu.Unlock()
	return max(s.SeenAt, u.waiting[s.key()])
}

// take returns what waits, in the order of its keys: neighbours share a page, and two
// programs on one database do not wait for each other.
func (u *uses) take() []used {
	u.mu.Lock()
	defer u.mu.Unlock()
	all := make([]used, 0, len(u.waiting))
	for key, at := range u.waiting {
		all = append(all, used{key, at})
	}
	u.waiting = nil
	slices.SortFunc(all, func(a, b used) int { return cmp.Or(cmp.Compare(a.root, b.root), cmp.Compare(a.id, b.id)) })
	return all
}

// NoteUses writes which sessions were used, those of some seconds together, until ctx ends;
// what waits then is written last.
func (s *Service) NoteUses(ctx context.Context) {
	tick := time.NewTicker(noteEvery)
	defer tick.Stop()
	for over := false; !over; {
		select {
		case <-ctx.Done():
			over = true
		case <-tick.C:
		}
		if err := s.writeUses(context.WithoutCancel(ctx)); err != nil {
			s.Log.ErrorContext(ctx, "uses of sessions", "error", err)
		}
	}
}

// writeUses writes which sessions were used since it was last called. What it cannot write
// waits for the next time.
func (s *Service) writeUses(ctx context.Context) error {
	all := s.uses.take()
	for some := range slices.Chunk(all, mostNoted) {
		if err := s.DB.Tx(ctx, func(tx *db.Tx) error { return touch(ctx, tx, some) }); err != nil {
			s.uses.add(all...) // what is written already is written once more
			return err
		}
	}
	return nil
}
