package ballot

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
)

// keySize is the length of the key of a poll in bytes: AES-256.
const keySize = 32

// box seals and opens the ballots of one poll: AES-256-GCM with a random nonce
// before each ballot. Two equal ballots do not look alike; a ballot that was
// altered, or carried over from another poll, does not open.
type box struct {
	aead cipher.AEAD
	poll []byte
}

func newBox(key []byte, root, poll string) (box, error) {
	if len(key) != keySize {
		return box{}, fmt.Errorf("the key of poll %s has %d bytes", poll, len(key))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return box{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return box{aead, []byte(root + "/" + poll)}, err
}

// seal returns b as text that only the key opens. It is 80 letters long whatever b
// says, and begins with random ones.
func (x box) seal(b slip) string {
	return base64.RawURLEncoding.EncodeToString(x.aead.Seal(nil, nil, b[:], x.poll)) // #nosec G407 -- this AEAD puts a random nonce of its own before the text
}

var errForged = errors.New("a ballot was not made in this poll")

func (x box) open(sealed string) (b slip, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return b, errForged
	}
	plain, err := x.aead.Open(nil, nil, raw, x.poll)
	if err != nil || len(plain) != len(b) {
		return b, errForged
	}
	return slip(plain), nil
}
