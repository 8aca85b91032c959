package account

import (
	"context"
	"sync"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/text"
	"chibo/kit/when"
)

// memory keeps who stands behind the sessions in use, so that a request need not read
// it. It is trusted for as long as the database says that nothing of what it rests on
// has changed: a released office or an ended session counts at once in this program,
// and within two seconds where another one wrote it.
type memory struct {
	once    sync.Once
	watch   *db.Watch
	callers db.Memory[string, caller] // by hash of the token
}

// caller is the bearer of a session with what they may do on a day; nobody when zero.
type caller struct {
	bearer
	grants []access.Grant
	day    when.Date
}

// restsOn is all that decides who a caller is and what they may do. That a session was
// used decides nothing; that one was ended by itself is no news to the others (endSession).
var restsOn = []string{
	"account", "account_grant", "account_session SET ended_at", "member_standing", "organization", "organization_office",
	"organization_department", "organization_seat", "account_delegation", "factor_rule",
}

// mostKnown bounds what is remembered, at about a kilobyte each: the phones of four thousand
// halls.
const mostKnown = 100_000

// number returns the number with which is remembered what is read from now on.
func (m *memory) number(d *db.DB) int64 {
	m.once.Do(func() { m.watch = d.Watch(restsOn...) })
	return m.watch.Number()
}

// ended forgets a session that was ended by itself, and nobody else: thousands sign out when an
// evening is over.
func (m *memory) ended(tokenHash string) { m.callers.Forget(tokenHash) }

// seen notes that a session was used, which changes nothing else of it.
func (m *memory) seen(tokenHash string, at when.Instant) {
	m.callers.Change(tokenHash, func(k *caller) { k.SeenAt = at })
}

// behind returns who stands behind a token: nobody without a session, when the
// account is closed, when the person has no role left today, or has not shown what they
// must.
func (s *Service) behind(ctx context.Context, tokenHash string) (caller, error) {
	number, forgot, day := s.memory.number(s.DB), s.memory.callers.Forgot(), s.now().Date()
	if k, known := s.memory.callers.Get(tokenHash, number); known && k.day == day {
		return k, nil
	}
	b, found, err := bearerOf(ctx, s.DB, tokenHash)
	if err != nil || !found || !b.DisabledAt.IsZero() || b.Proof == Waiting {
		return caller{}, err
	}
	b.SeenAt = s.uses.last(b.Session)
	gs, err := s.grantsOf(ctx, Account{Root: b.Root, ID: b.Account, Member: b.Member})
	if err != nil || len(gs) == 0 {
		return caller{}, err
	}
	if !b.Proof.Strong() { // from before more was asked for
		required, err := s.second().Required(ctx, s.DB, b.Root, gs)
		if err != nil || required {
			return caller{}, err
		}
	}
	text.Pack(&b, &gs, &tokenHash)
	k := caller{b, gs, day}
	s.memory.callers.PutRead(tokenHash, number, forgot, k, 1, mostKnown)
	return k, nil
}
