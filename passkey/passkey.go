// Package passkey lets people in by a key that their telephone or computer keeps.
//
// Its story: somebody who is signed in presses "add a key", types the password once and
// touches the fingerprint reader. From then on a press and the finger are enough: no name
// to type, nothing to remember, nothing that could be told to a stranger on the telephone,
// for the key answers this one address only. The device proves itself and its owner in
// one, so that a passkey stands for both factors.
//
// What the program keeps is the public half, which opens nothing. The relying party is
// the configured address of the program, never what a request calls itself; a program
// that has not been told its address offers no passkeys.
package passkey

import (
	"net"
	"net/url"
	"strings"
	"time"

	"chibo/kit/when"
)

// Passkey is the public half of a key that a device of its owner keeps.
type Passkey struct {
	Root    string `db:"root_id"`
	ID      string
	Account string `db:"account_id"`
	// Credential and PublicKey are base64url: how the device calls the key, and its
	// public half in COSE form.
	Credential, PublicKey string
	Name                  string // the owner's word for the device
	SignCount             int64  // how often the device says that it has signed; many always say 0
	Eligible              bool   // the device may copy it to others of its owner
	Copied                bool   // and has done so
	MadeAt                when.Instant
	UsedAt                when.Instant // zero: never
}

const (
	longestName = 60 // letters
	mostKeys    = 10 // of one account
)

// How long the question to a device may be answered. That of the sign-in page waits
// there until somebody presses the button.
const (
	askedToAdd    = 5 * time.Minute
	askedToSignIn = time.Hour
)

// siteOf returns the relying party of a program that people reach at base: its host, and
// the origin that browsers name. It is false where browsers know no passkeys: without an
// address, at a bare number, and without https but on one's own machine.
func siteOf(base string) (host, origin string, ok bool) {
	u, err := url.Parse(base)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil {
		return "", "", false
	}
	own := u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost")
	if u.Scheme != "https" && (u.Scheme != "http" || !own) {
		return "", "", false
	}
	return u.Hostname(), u.Scheme + "://" + u.Host, true
}
