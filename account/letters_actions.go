package account

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
)

// setLetters remembers the size of letters that somebody who is signed in wants; of
// others only the device remembers it.
func (s *Service) setLetters(ctx context.Context, who access.Person, large bool) error {
	if !who.SignedIn() {
		return nil
	}
	size := UsualLetters
	if large {
		size = LargeLetters
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error { return setLetters(ctx, tx, who.Root, who.Account, size) })
}
