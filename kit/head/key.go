package head

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"chibo/kit/when"
)

// Key signs heads. Its file lies outside the database and in no backup: who has a copy of
// the data cannot sign for it.
type Key struct{ private ed25519.PrivateKey }

// keyFile is the name of the key in its directory: the seed in hex, mode 0600.
const keyFile = "signing.seed"

// OpenKey returns the key kept in dir, making one the first time. Programs that start
// together on one directory get the same key.
func OpenKey(dir string) (Key, error) {
	name := filepath.Join(dir, keyFile)
	key, err := readKey(name)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(dir, name); err != nil {
			return Key{}, fmt.Errorf("signing key: %w", err)
		}
		key, err = readKey(name)
	}
	if err != nil {
		return Key{}, fmt.Errorf("signing key: %w", err)
	}
	return key, nil
}

func readKey(name string) (Key, error) {
	b, err := os.ReadFile(name) // #nosec G304 -- in the vault
	if err != nil {
		return Key{}, err
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return Key{}, fmt.Errorf("%s is not a key", name)
	}
	return Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// makeKey writes a new key, durable when it returns. The name is given last and only once,
// so that whoever comes second finds the key of the first.
func makeKey(dir, name string) error {
	f, err := os.CreateTemp(dir, ".signing-*") // mode 0600
	if err != nil {
		return err
	}
	seed := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(seed) // it never fails
	_, err = f.WriteString(hex.EncodeToString(seed) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	err = os.Link(f.Name(), name)
	if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	return errors.Join(err, os.Remove(f.Name()), syncDir(dir))
}

func syncDir(dir string) error {
	d, err := os.Open(dir) // #nosec G304 -- in the vault
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Public returns the public key in base 32.
func (k Key) Public() string { return code.EncodeToString(k.private.Public().(ed25519.PublicKey)) }

// Sign returns the signed head of a chain that ends with entry seq, whose hash is given in
// hex.
func (k Key) Sign(root string, seq int64, hash string, at when.Instant) Head {
	h := Head{Root: root, Seq: seq, Hash: hash, At: at, Key: k.Public()}
	h.Signature = code.EncodeToString(ed25519.Sign(k.private, []byte(h.signed())))
	return h
}

// SignText returns the signature of any other text in base 32; what is text for says of
// what kind it is, so that a signature of one kind is never taken for one of another.
func (k Key) SignText(what, text string) string {
	return code.EncodeToString(ed25519.Sign(k.private, []byte(what+"\n"+text)))
}

// TextHolds reports whether a signature of SignText is that of a public key.
func TextHolds(key, what, text, signature string) bool { return holds(key, what+"\n"+text, signature) }
