// Package witness hands the signed ends of the chains upwards, so that nobody who holds a
// database can rewrite it unseen (mốc niêm phong).
//
// Its story: every night the end of each chain is signed (kit/head) and handed to the
// committee above, whose own chain keeps it; the newest lie besides in a file beside the
// signing key, outside the database. Sealed papers carry the head of their day as a QR code,
// and a clerk can take a file of heads out of the house. Wherever a head comes back, it is
// compared: the chain still has its entry, or it is older than the head, or it is another.
// Then a red note stands on the home page of those who answer for it, until the committee
// above has written down why.
package witness

import (
	"time"

	"chibo/kit/access"
	"chibo/kit/fault"
	"chibo/kit/head"
	"chibo/kit/when"
)

// What one must be allowed to do.
const (
	See    access.Need = "witness.see"    // see the heads of units below and compare
	Settle access.Need = "witness.settle" // write down why a chain no longer agrees
	Run    access.Need = "witness.run"    // answers for the machine and its copies
)

// State says how a chain compares with a head of it that was kept elsewhere.
type State string

// The outcomes of a comparison, from good to bad.
const (
	Agrees State = "agrees" // the chain has the entry
	Behind State = "behind" // the chain ends before it: an older copy was put back, or its end was cut off
	Other  State = "other"  // the entry is another: the chain was written anew
	Forged State = "forged" // the signature does not hold
	Alien  State = "alien"  // the key that it bears is not the one that signed then
)

// Compare says how a chain whose last entry has the number last, and that has the hash found
// at the number of the kept head, compares with it; found is empty where it has no such entry.
// turns are those of the key that signs the chain.
func Compare(kept head.Head, last int64, found string, turns head.Turns) State {
	switch {
	case !kept.Holds():
		return Forged
	case kept.Seq > last:
		return Behind
	case kept.Hash != found:
		return Other
	case !turns.Signs(kept.Key, kept.Seq):
		return Alien
	}
	return Agrees
}

// Kept is a head as the committee above keeps it.
type Kept struct {
	Root      string `db:"root_id"`    // of the keeper
	Subject   string `db:"subject_id"` // whose chain it is
	Keeper    string `db:"keeper_id"`
	Seq       int64
	Hash      string
	SignedAt  when.Instant
	Key       string
	Signature string
	ToldAt    when.Instant
}

// Head returns the head that is kept.
func (k Kept) Head() head.Head {
	return head.Head{Root: k.Subject, Seq: k.Seq, Hash: k.Hash, At: k.SignedAt, Key: k.Key, Signature: k.Signature}
}

func keptOf(u unit, h head.Head, at when.Instant) Kept {
	return Kept{
		Root: u.KeeperRoot, Subject: u.ID, Keeper: u.Keeper,
		Seq: h.Seq, Hash: h.Hash, SignedAt: h.At, Key: h.Key, Signature: h.Signature, ToldAt: at,
	}
}

// Line is a chain beside the head that is kept of it.
type Line struct {
	ID, Name  string
	Keeper    string // name of the committee above; its own where there is none in this program
	Last      int64  // number of the last entry
	Kept      Kept   // the zero Kept before the first night
	State     State
	MaySettle bool
}

// Wrong reports whether something must be done.
func (l Line) Wrong() bool { return l.State != Agrees }

// Settling is what the form of a settlement brings.
type Settling struct {
	Reason string `form:"reason"`
}

// maxReason bounds a reason, in signs.
const maxReason = 1000

// Validate checks s.
func (s Settling) Validate() error {
	var c fault.Check
	c.That(s.Reason != "", "reason", "witness.problem.reason")
	c.That(len([]rune(s.Reason)) <= maxReason, "reason", "witness.problem.long")
	return c.Err()
}

// Copy is the last copy of the data that was made: At is zero before the first.
type Copy struct{ At when.Instant }

// maxCopyAge is how old the last copy may be before the home page of those who run the
// machine says so.
const maxCopyAge = 3 * 24 * time.Hour

// Late reports whether a new copy is overdue at now.
func (c Copy) Late(now when.Instant) bool { return c.At.IsZero() || now.Sub(c.At) > maxCopyAge }
