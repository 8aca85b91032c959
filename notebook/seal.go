package notebook

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
)

// keySize is the length of every key in bytes: AES-256.
const keySize = 32

// key opens what was sealed with it.
type key []byte

// newKey returns a random key.
func newKey() key {
	k := make(key, keySize)
	_, _ = rand.Read(k) // never fails: see crypto/rand
	return k
}

// derive returns the key that belongs to a secret that cannot be guessed: the token of
// a session, recovery words. purpose keeps keys of different uses apart.
func derive(secret, purpose string) (key, error) {
	k, err := hkdf.Key(sha256.New, []byte(secret), nil, "chibo notebook "+purpose, keySize)
	if err != nil {
		return nil, fmt.Errorf("key of %s: %w", purpose, err)
	}
	return k, nil
}

// seal returns plain as text that only the key opens, AES-256-GCM with a random nonce
// before it. about says what it is and whose: it opens nowhere else.
func (k key) seal(plain []byte, about ...string) (string, error) {
	aead, err := k.aead()
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nil, nil, plain, joined(about))), nil
}

// open returns what was sealed, and false for what another key or another place has
// sealed, or somebody has altered.
func (k key) open(sealed string, about ...string) ([]byte, bool) {
	aead, err := k.aead()
	if err != nil {
		return nil, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return nil, false
	}
	plain, err := aead.Open(nil, nil, raw, joined(about))
	return plain, err == nil
}

func (k key) aead() (cipher.AEAD, error) {
	block, err := aes.NewCipher(k)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// joined writes parts with their lengths, so that no two lists read alike.
func joined(parts []string) []byte {
	var b []byte
	for _, p := range parts {
		b = strconv.AppendInt(b, int64(len(p)), 10)
		b = append(append(b, ':'), p...)
	}
	return b
}
