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
	"slices"
	"strings"

	"chibo/kit/when"
)

// Key signs heads. Its file lies outside the database and in no backup: who has a copy of
// the data cannot sign for it.
type Key struct{ private ed25519.PrivateKey }

// keyFile is the name of the key in its directory: the seed in hex, mode 0600. One that is to
// sign next lies beside it under a name of its own, so that no two are taken for each other.
const (
	keyFile  = "signing.seed"
	nextFile = "signing.next."
)

func nameOfNext(dir, public string) string {
	return filepath.Join(dir, nextFile+strings.ToLower(public[:min(20, len(public))]))
}

// OpenKey returns the key kept in dir, making one the first time. Programs that start
// together on one directory get the same key.
func OpenKey(dir string) (Key, error) {
	name := filepath.Join(dir, keyFile)
	key, err := readKey(name)
	if errors.Is(err, fs.ErrNotExist) {
		if err := keep(dir, name, newSeed()); err != nil {
			return Key{}, fmt.Errorf("signing key: %w", err)
		}
		key, err = readKey(name)
	}
	if err != nil {
		return Key{}, fmt.Errorf("signing key: %w", err)
	}
	return key, nil
}

// ReadKey returns the key that signs now, as it lies in dir: another program may have
// changed it since.
func ReadKey(dir string) (Key, error) { return readKey(filepath.Join(dir, keyFile)) }

// PrepareKey makes the key that is to sign next and leaves it beside the one that does.
func PrepareKey(dir string) (Key, error) {
	seed := newSeed()
	key := Key{ed25519.NewKeyFromSeed(seed)}
	if err := keep(dir, nameOfNext(dir, key.Public()), seed); err != nil {
		return Key{}, fmt.Errorf("signing key: %w", err)
	}
	return key, nil
}

// PreparedKey returns the prepared key whose public half is given; false where it is not there.
func PreparedKey(dir, public string) (Key, bool, error) {
	key, err := readKey(nameOfNext(dir, public))
	if errors.Is(err, fs.ErrNotExist) {
		return Key{}, false, nil
	}
	return key, err == nil && key.Public() == public, err
}

// OtherKeys returns the files of prepared keys but for the one whose public half is given:
// of renewals that were killed, or that run just now.
func OtherKeys(dir, public string) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(dir, nextFile+"*"))
	return slices.DeleteFunc(all, func(name string) bool { return name == nameOfNext(dir, public) }), err
}

// DropKey takes a prepared key away again, where it is there still.
func DropKey(dir, public string) error { return DropKeys([]string{nameOfNext(dir, public)}) }

// DropKeys takes the files of prepared keys away.
func DropKeys(names []string) error {
	var errs []error
	for _, name := range names {
		if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// AdoptKey puts a prepared key in the place of the one that signs, which is destroyed. The
// chains must tell of it already. At every moment one of the two lies there whole; where
// another program has done it meanwhile, nothing is left to do.
func AdoptKey(dir, public string) error {
	name := filepath.Join(dir, keyFile)
	old, err := os.OpenFile(name, os.O_WRONLY, 0) // #nosec G304 -- in the vault
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("signing key: %w", err)
	}
	err = os.Rename(nameOfNext(dir, public), name)
	done := err == nil
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if old == nil {
		return err
	}
	if done { // that file has no name any more; its bytes go too, as far as the disk lets them
		_, err = old.Write(make([]byte, hex.EncodedLen(ed25519.SeedSize)+1))
		err = errors.Join(err, old.Sync(), syncDir(dir))
	}
	return errors.Join(err, old.Close())
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

func newSeed() []byte {
	seed := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(seed) // it never fails
	return seed
}

// keep writes a key, durable when it returns. The name is given last and only once, so that
// whoever comes second finds the key of the first.
func keep(dir, name string, seed []byte) error {
	f, err := os.CreateTemp(dir, ".signing-*") // mode 0600
	if err != nil {
		return err
	}
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
	h.Signature = k.sign(h.signed())
	return h
}

func (k Key) sign(text string) string {
	return code.EncodeToString(ed25519.Sign(k.private, []byte(text)))
}

// SignText returns the signature of any other text in base 32; what is text for says of
// what kind it is, so that a signature of one kind is never taken for one of another.
func (k Key) SignText(what, text string) string {
	return k.sign(what + "\n" + text)
}

// TextHolds reports whether a signature of SignText is that of a public key.
func TextHolds(key, what, text, signature string) bool { return holds(key, what+"\n"+text, signature) }
