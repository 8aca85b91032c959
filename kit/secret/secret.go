// Package secret keeps what is stored from being read by whoever has a copy of the
// database only: AES-256-GCM under a key that is not in it.
package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// Size is the length of every key in bytes: AES-256.
const Size = 32

// Key opens what was sealed with it.
type Key []byte

// New returns a random key.
func New() Key {
	k := make(Key, Size)
	_, _ = rand.Read(k) // never fails: see crypto/rand
	return k
}

// Derive returns the key that belongs to a secret that cannot be guessed: the token of
// a session, recovery words, another key. purpose keeps keys of different uses apart.
func Derive(from []byte, purpose string) (Key, error) {
	k, err := hkdf.Key(sha256.New, from, nil, "chibo "+purpose, Size)
	if err != nil {
		return nil, fmt.Errorf("key of %s: %w", purpose, err)
	}
	return k, nil
}

// Seal returns plain as text that only the key opens, with a random nonce before it.
// about says what it is and whose: it opens nowhere else.
func (k Key) Seal(plain []byte, about ...string) (string, error) {
	aead, err := k.aead()
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nil, nil, plain, joined(about))), nil // #nosec G407 -- this AEAD puts a random nonce of its own before the text
}

// Open returns what was sealed, and false for what another key or another place has
// sealed, or somebody has altered.
func (k Key) Open(sealed string, about ...string) ([]byte, bool) {
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

func (k Key) aead() (cipher.AEAD, error) {
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

// File returns the key in a file, which is made, readable for its owner alone, where
// there is none. Several programs that start at once agree on one key.
func File(name string) (Key, error) {
	k, err := os.ReadFile(name) // #nosec G304 -- in the vault
	if errors.Is(err, fs.ErrNotExist) {
		if err := create(name); err != nil {
			return nil, fmt.Errorf("make a key: %w", err)
		}
		k, err = os.ReadFile(name) // #nosec G304 -- in the vault
	}
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	if len(k) != Size {
		return nil, fmt.Errorf("key: %s holds %d bytes, want %d", name, len(k), Size)
	}
	return k, nil
}

// create puts a whole key under name, unless another program was first.
func create(name string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".key-*") // 0600
	if err != nil {
		return err
	}
	_, err = f.Write(New())
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		if err = os.Link(f.Name(), name); errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	return errors.Join(err, os.Remove(f.Name()))
}
