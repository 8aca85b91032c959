package id

import (
	"encoding/hex"
	"syscall/js"
	"time"
)

// New returns a new identifier: a UUID of version 7, which sorts by the time it
// was made, in its 36-letter lower-case form. The browser gives the chance in it;
// Go's own would bring all of its cryptography along.
func New() string {
	var b [16]byte
	random := js.Global().Get("Uint8Array").New(len(b))
	js.Global().Get("crypto").Call("getRandomValues", random)
	js.CopyBytesToGo(b[:], random)
	ms := time.Now().UnixMilli()
	for i := range 6 {
		b[i] = byte(ms >> (8 * (5 - i)))
	}
	b[6], b[8] = b[6]&0x0f|0x70, b[8]&0x3f|0x80
	s := hex.EncodeToString(b[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}
