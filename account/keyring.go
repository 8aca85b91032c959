package account

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
)

// Keyring keeps keys that a password opens. It is told of the three moments at which
// a password passes by: nowhere else does the program know one.
type Keyring interface {
	// SignedIn is called when a session has begun: token is its secret, of which the
	// database has only the hash.
	SignedIn(ctx context.Context, who access.Person, token, password string) error
	// Changing is called before a password is replaced by its owner. What it returns
	// is done in the transaction that replaces it.
	Changing(ctx context.Context, who access.Person, old, fresh string) (func(context.Context, *db.Tx) error, error)
	// Reset is called when a printed code has replaced a password that nobody typed.
	Reset(ctx context.Context, tx *db.Tx, root, account string) error
}

// keys returns the keyring; one that keeps nothing where there is none.
func (s *Service) keys() Keyring {
	if s.Keys == nil {
		return noKeys{}
	}
	return s.Keys
}

type noKeys struct{}

func (noKeys) SignedIn(context.Context, access.Person, string, string) error { return nil }

func (noKeys) Changing(context.Context, access.Person, string, string) (func(context.Context, *db.Tx) error, error) {
	return func(context.Context, *db.Tx) error { return nil }, nil
}

func (noKeys) Reset(context.Context, *db.Tx, string, string) error { return nil }
