package hall

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"chibo/kit/when"
	"chibo/proceedings"
)

// ticketLife is how long a ticket is good: long enough to find one's glasses.
const ticketLife = 10 * time.Minute

// Ticket is the right of one device to check in one person at one meeting.
type Ticket struct {
	Meeting string
	Via     proceedings.Via
	Until   when.Instant
}

// ticketSize is the length of a ticket before its seal: meeting, end, way.
const ticketSize = 16 + 8 + 1

// Seal returns the ticket as a cookie keeps it, sealed for one device under the key of
// the door.
func (t Ticket) Seal(d Door, device string) string {
	b := make([]byte, 0, ticketSize+32)
	id := uuid.MustParse(t.Meeting)
	b = append(b, id[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(t.Until)) // #nosec G115 -- the bits are kept and come back
	way := byte(0)
	if t.Via == proceedings.Poster {
		way = 1
	}
	b = append(b, way)
	return base64.RawURLEncoding.EncodeToString(append(b, d.sum(ticketSeal, string(b), device)...))
}

// ticketOf reads the meeting of a ticket, so that its door can be found; nothing in it
// may be believed before Door.admits.
func ticketOf(cookie string) (meeting string, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil || len(b) != ticketSize+32 {
		return "", false
	}
	return uuid.UUID(b[:16]).String(), true
}

// admits returns the ticket that the device has for this door; false when it was made
// for another meeting, another device, or has run out.
func (d Door) admits(cookie, device string, now when.Instant) (Ticket, bool) {
	b, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil || len(b) != ticketSize+32 || device == "" {
		return Ticket{}, false
	}
	said, seal := b[:ticketSize], b[ticketSize:]
	t := Ticket{Meeting: uuid.UUID(said[:16]).String(), Via: proceedings.Self, Until: when.Instant(binary.BigEndian.Uint64(said[16:24]))} // #nosec G115 -- the bits are kept and come back
	if said[24] == 1 {
		t.Via = proceedings.Poster
	}
	if !hmac.Equal(seal, d.sum(ticketSeal, string(said), device)) || t.Meeting != d.Meeting || now >= t.Until {
		return Ticket{}, false
	}
	return t, true
}

// deviceMark is how a device is known at this meeting, and at no other.
func (d Door) deviceMark(device string) string { return hex.EncodeToString(d.sum(deviceSeal, device)) }
