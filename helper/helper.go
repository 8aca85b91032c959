// Package helper lets somebody without an account into one meeting, on a second device:
// máy thứ hai.
//
// Its story: forty people come in, and the secretary writes. A younger member takes the
// roll at the door on a phone, or the secretary's niece, who is on no roll, holds it.
// Whoever holds the meeting says who it is and what they do, and gets a code of eight
// digits, good for ten minutes and for one device. The code is scanned or typed once, and
// that device is in the room of this meeting with exactly that duty: see proceedings.Duty.
//
// A seat is no session. It opens this room and no other page, votes never, and is told
// neither telephone numbers nor why somebody is absent; at the roll it is told nothing of what is said.
// It ends when the meeting closes, twelve hours after it was taken, or as soon as those
// who hold the meeting take it back. After the closing it can only hand in what was
// written down before it without a network.
//
// The desks of a conference let helpers in by the same codes: see Door.
package helper

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"chibo/kit/access"
	"chibo/kit/when"
	"chibo/meeting"
	"chibo/proceedings"
)

// How long a code is good, and a seat.
const (
	codeLife = 10 * time.Minute
	seatLife = 12 * time.Hour
)

// codeDigits is how long a code is.
const codeDigits = 8

// Helper is somebody who was invited to one meeting.
type Helper struct {
	Root    string `db:"root_id"`
	ID      string
	Meeting string `db:"meeting_id"`
	Duty    proceedings.Duty
	Member  string `db:"member_id"` // empty for somebody who is not on the roll
	Name    string // as the roll had it, or as it was typed
	Pass
}

// StateAt returns the state at now, in a meeting that stands at m.
func (h Helper) StateAt(now when.Instant, m meeting.State) State {
	return h.Pass.StateAt(now, m.Reached(meeting.Closed))
}

// Pass is what lets one device in.
type Pass struct {
	// Code is what lets one device in until UntilAt; empty once it did, or was taken back.
	Code      string
	InvitedBy string // account
	InvitedAt when.Instant
	UntilAt   when.Instant
	TokenHash string // SHA-256 in hex of what the cookie of the device holds
	JoinedAt  when.Instant
	EndedAt   when.Instant // taken back by those who gave it
}

// NewPass returns a pass that who gives now with a free code: see Service.FreeCode.
func NewPass(who access.Person, code string, now when.Instant) Pass {
	return Pass{Code: code, InvitedBy: who.Account, InvitedAt: now, UntilAt: now.Add(codeLife)}
}

// State is how far a helper has come.
type State string

// The states of a helper.
const (
	Invited State = "invited" // the code is good
	Lapsed  State = "lapsed"  // nobody has used the code
	Helping State = "helping"
	Over    State = "over"
)

// StateAt returns the state at now; over says that what it is a pass to has ended.
func (p Pass) StateAt(now when.Instant, over bool) State {
	switch {
	case !p.EndedAt.IsZero() || over:
		return Over
	case p.JoinedAt.IsZero() && now < p.UntilAt:
		return Invited
	case p.JoinedAt.IsZero():
		return Lapsed
	case now < p.SeatUntil():
		return Helping
	}
	return Over
}

// SeatUntil is when the seat ends at the latest.
func (p Pass) SeatUntil() when.Instant { return p.JoinedAt.Add(seatLife) }

// Grouped is how people read eight digits: "4829 1337".
func (p Pass) Grouped() string {
	if len(p.Code) != codeDigits {
		return ""
	}
	return p.Code[:codeDigits/2] + " " + p.Code[codeDigits/2:]
}

// newCode returns eight digits. Of the 2^64 numbers drawn the last few would favour the
// low codes by less than one in 10^11.
func newCode() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails: see crypto/rand
	return fmt.Sprintf("%0*d", codeDigits, binary.BigEndian.Uint64(b)%100_000_000)
}

// newToken returns 256 random bits.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// onlyDigits is what was typed without spaces and dots.
func onlyDigits(typed string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, typed)
}
