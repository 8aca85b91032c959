package account

import (
	"context"
	"time"

	"chibo/kit/access"
	"chibo/kit/db"
)

// Proof is by what somebody has shown who they are when a session began.
type Proof string

// The proofs.
const (
	ByPassword Proof = "password"
	ByDevice   Proof = "device"   // the password, on a device on which a second factor was shown before
	Waiting    Proof = "waiting"  // the password; the second factor is still to be shown, and the session is nobody's
	ByCode     Proof = "code"     // the password and a code of the authenticator
	ByPaper    Proof = "paper"    // the password and a recovery code from paper
	ByPasskey  Proof = "passkey"  // a device with a key, opened by finger, face or PIN: two factors in one
	ByProvider Proof = "provider" // another house has let them in, by its own rules
)

// Strong reports whether p is more than a password alone.
func (p Proof) Strong() bool { return p != ByPassword && p != Waiting }

// Second is the second factor: what a password alone does not open.
type Second interface {
	// Required reports whether people with the grants must show one today, by the rule
	// of their đảng bộ.
	Required(ctx context.Context, q db.Q, root string, gs []access.Grant) (bool, error)
	// Codes reports whether the account has an authenticator whose codes it asks for.
	Codes(ctx context.Context, q db.Q, a Account) (bool, error)
}

// noSecond asks for nothing besides the password.
type noSecond struct{}

func (noSecond) Required(context.Context, db.Q, string, []access.Grant) (bool, error) {
	return false, nil
}

func (noSecond) Codes(context.Context, db.Q, Account) (bool, error) { return false, nil }

func (s *Service) second() Second {
	if s.Second == nil {
		return noSecond{}
	}
	return s.Second
}

// trusted is how long a device spares its owner the second factor after it was shown
// there.
const trusted = 90 * 24 * time.Hour

// patience is how long a session waits for its second factor.
const patience = 10 * time.Minute

// proofOf returns what the right password of an account proves on the device of v.
func (s *Service) proofOf(ctx context.Context, a Account, v visit, gs []access.Grant) (Proof, error) {
	required, err := s.second().Required(ctx, s.DB, a.Root, gs)
	if err != nil {
		return Waiting, err
	}
	codes, err := s.second().Codes(ctx, s.DB, a)
	if err != nil {
		return Waiting, err
	}
	if !required && !codes {
		return ByPassword, nil
	}
	if v.shared || v.device == "" {
		return Waiting, nil
	}
	spared, err := trustedDevice(ctx, s.DB, a, hashToken(v.device), s.now().Add(-trusted))
	if err != nil || !spared {
		return Waiting, err
	}
	return ByDevice, nil
}
