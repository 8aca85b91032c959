package hall

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"chibo/kit/when"
	"chibo/proceedings"
)

// The code on the projector changes with the window; it is good in its own and in the
// one before and after, for clocks differ and people are slow.
const (
	window  = 30 * time.Second
	lenient = 1
)

// codeDigits is how long a code is that is typed.
const codeDigits = 6

// newKey returns the 256 random bits of a door.
func newKey() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails: see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

// purpose keeps apart what is made of one key, so that none says anything of another.
type purpose string

const (
	changingLink   purpose = "link"
	changingDigits purpose = "digits"
	posterLink     purpose = "poster link"
	posterDigits   purpose = "poster digits"
	ticketSeal     purpose = "ticket"
	deviceSeal     purpose = "device"
)

// sum is the HMAC-SHA256 of all that is said, each with its length, under the key of
// the door.
func (d Door) sum(p purpose, said ...string) []byte {
	all := make([]byte, 0, 256)
	for _, s := range append([]string{string(p), d.Meeting}, said...) {
		all = append(binary.BigEndian.AppendUint32(all, uint32(len(s))), s...) // #nosec G115 -- codes and names are short
	}
	h := hmac.New(sha256.New, []byte(d.Key))
	_, _ = h.Write(all) // a hash never fails to write
	return h.Sum(nil)
}

// turn is the number of the window that now falls into.
func turn(now when.Instant) int64 { return int64(now) / window.Milliseconds() }

// until is when the code that is shown at now is no longer good.
func until(now when.Instant) when.Instant {
	return when.Instant((turn(now) + 1 + lenient) * window.Milliseconds())
}

// codes returns the part of a token, 128 bits, and the six digits of a way; n is the
// window of a code that changes, 0 for the poster.
func (d Door) codes(via proceedings.Via, n int64) (link []byte, digits string) {
	l, s := changingLink, changingDigits
	if via == proceedings.Poster {
		l, s = posterLink, posterDigits
	}
	at := fmt.Sprint(n)
	number := binary.BigEndian.Uint64(d.sum(s, at)) % 1_000_000
	return d.sum(l, at)[:16], fmt.Sprintf("%0*d", codeDigits, number)
}

// Code is what is shown to be scanned or typed.
type Code struct {
	Token  string // goes behind /vao/
	Digits string
	Until  when.Instant // when it is no longer good; zero for a poster
}

// CodeAt returns the code of a way that is shown at now.
func (d Door) CodeAt(via proceedings.Via, now when.Instant) Code {
	n, end := turn(now), until(now)
	if via == proceedings.Poster {
		n, end = 0, 0
	}
	link, digits := d.codes(via, n)
	return Code{Token: token(d.Meeting, link), Digits: digits, Until: end}
}

// Grouped is how people read six digits: "482 913".
func (c Code) Grouped() string { return c.Digits[:codeDigits/2] + " " + c.Digits[codeDigits/2:] }

// token is what a QR code holds: the meeting, so that a door can be found, and the
// proof.
func token(meeting string, link []byte) string {
	id := uuid.MustParse(meeting) // every id is one: see kit/id
	return base64.RawURLEncoding.EncodeToString(append(id[:], link...))
}

// readToken takes a token apart; false for what is none.
func readToken(s string) (meeting string, link []byte, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) != 32 {
		return "", nil, false
	}
	return uuid.UUID(b[:16]).String(), b[16:], true
}

// each calls f with every code that is good at now, until f returns true, and returns
// the way of that code. Codes of ways that are not allowed are not good.
func (d Door) each(now when.Instant, f func(link []byte, digits string) bool) (proceedings.Via, bool) {
	if d.Projector {
		for n := turn(now) - lenient; n <= turn(now)+lenient; n++ {
			if f(d.codes(proceedings.Self, n)) {
				return proceedings.Self, true
			}
		}
	}
	if d.Poster && f(d.codes(proceedings.Poster, 0)) {
		return proceedings.Poster, true
	}
	return "", false
}

// knowsLink returns the way of a scanned code.
func (d Door) knowsLink(link []byte, now when.Instant) (proceedings.Via, bool) {
	return d.each(now, func(good []byte, _ string) bool { return hmac.Equal(good, link) })
}

// knowsDigits returns the way of a typed code.
func (d Door) knowsDigits(digits string, now when.Instant) (proceedings.Via, bool) {
	return d.each(now, func(_ []byte, good string) bool { return same(good, digits) })
}

// same compares in a time that tells nothing.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// onlyDigits is what was typed without spaces and dots.
func onlyDigits(typed string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, typed)
}
