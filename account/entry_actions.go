package account

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

// Get returns an account by its id, fault.NotFound where there is none. It is for the
// other ways in, which have their own proof of who asks.
func Get(ctx context.Context, q db.Q, id string) (Account, error) { return accountByID(ctx, q, id) }

// admit opens a session for somebody who has proven by other means than a password who
// they are. do is done in the same transaction.
func (s *Service) admit(ctx context.Context, v visit, id string, proof Proof, do func(context.Context, *db.Tx) error) (opened, error) {
	a, err := accountByID(ctx, s.DB, id)
	if err != nil {
		return opened{}, err
	}
	gs, err := s.grantsOf(ctx, a)
	if err != nil {
		return opened{}, err
	}
	if !a.DisabledAt.IsZero() || len(gs) == 0 {
		return opened{}, fault.New(fault.Forbidden, "account.problem.no_role")
	}
	var o opened
	err = s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := do(ctx, tx); err != nil {
			return err
		}
		var err error
		o, err = s.begin(ctx, tx, a, v, gs, proof, "account.signed_in")
		return err
	})
	return o, err
}

// Half is somebody who has typed the right password and must show a second factor.
type Half struct {
	Account
	Grants  []access.Grant
	Shared  bool
	Since   when.Instant
	session Session
}

// half returns who waits behind a token; false when nobody does, or has done so for too
// long.
func (s *Service) half(ctx context.Context, token string) (Half, bool, error) {
	if token == "" {
		return Half{}, false, nil
	}
	session, found, err := sessionByToken(ctx, s.DB, hashToken(token))
	if err != nil || !found || session.Proof != Waiting || !session.EndedAt.IsZero() || s.now().Sub(session.CreatedAt) >= patience {
		return Half{}, false, err
	}
	a, err := accountByID(ctx, s.DB, session.Account)
	if err != nil || !a.DisabledAt.IsZero() {
		return Half{}, false, err
	}
	gs, err := s.grantsOf(ctx, a)
	return Half{Account: a, Grants: gs, Shared: session.Shared, Since: session.CreatedAt, session: session}, err == nil, err
}

// pass lets somebody in who has shown a second factor. do is done in the same
// transaction.
func (s *Service) pass(ctx context.Context, w Half, proof Proof, do func(context.Context, *db.Tx) error) error {
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := do(ctx, tx); err != nil {
			return err
		}
		n, err := setProof(ctx, tx, w.Root, w.session.ID, Waiting, proof, s.now())
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "account.problem.waited")
		}
		who := access.Person{Account: w.ID, Member: w.Member}
		return s.Audit.Write(ctx, tx, who, w.Root, "account.second_shown", w.session.ID, map[string]any{"proof": proof})
	})
}

// Proven notes within tx that who has just shown a second factor in the session that
// they have.
func (s *Service) Proven(ctx context.Context, tx *db.Tx, who access.Person, proof Proof) error {
	_, err := setProof(ctx, tx, who.Root, who.Session, ByPassword, proof, s.now())
	return err
}

// Distrust makes the devices of an account ones on which the second factor will be asked
// for again.
func Distrust(ctx context.Context, tx *db.Tx, root, account string) error {
	return distrust(ctx, tx, root, account)
}
