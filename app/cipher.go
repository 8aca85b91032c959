package app

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
)

// cipherStart is how a file of age begins.
const cipherStart = "age-encryption.org/"

// Refusals of a copy, in words for the person at the terminal.
var (
	errNoIdentity = errors.New("the copy is encrypted: name the file with the unit's key by --identity (it stands on the paper that keeps the key)")
	errOtherKey   = errors.New("the key does not open this copy: it belongs to another unit or to an older paper")
)

// encrypted returns a writer that encrypts to recipients what is written to it; without
// recipients nothing is encrypted. It must be closed.
func encrypted(out io.Writer, recipients []age.Recipient) (io.WriteCloser, error) {
	if len(recipients) == 0 {
		return plain{out}, nil
	}
	return age.Encrypt(out, recipients...)
}

// plain is a writer whose Close does nothing.
type plain struct{ io.Writer }

func (plain) Close() error { return nil }

// decrypted returns what stands in a copy, encrypted or not.
func decrypted(in io.Reader, identities []age.Identity) (io.Reader, error) {
	peeked := bufio.NewReader(in)
	start, _ := peeked.Peek(len(cipherStart)) // a shorter copy is found by who reads it
	if !bytes.Equal(start, []byte(cipherStart)) {
		return peeked, nil
	}
	if len(identities) == 0 {
		return nil, errNoIdentity
	}
	out, err := age.Decrypt(peeked, identities...)
	if _, other := errors.AsType[*age.NoIdentityMatchError](err); other {
		return nil, errOtherKey
	}
	return out, err
}

// recipientsFile lists in a data directory to whom copies are encrypted: public keys, one a
// line.
const recipientsFile = "copies.recipients"

// Recipients reads public keys, "age1…", as they come from a command line; none gives those
// kept in the data directory.
func Recipients(data string, keys []string) ([]age.Recipient, error) {
	if len(keys) == 0 {
		b, err := os.ReadFile(filepath.Join(data, recipientsFile)) // #nosec G304 -- in the data directory
		if errors.Is(err, os.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		keys = strings.Fields(string(b))
	}
	var all []age.Recipient
	for _, key := range keys {
		r, err := age.ParseX25519Recipient(key)
		if err != nil {
			return nil, fmt.Errorf("%q is no public key: it begins with age1 (%w)", key, err)
		}
		all = append(all, r)
	}
	return all, nil
}

// KeepRecipient lets the copies of a data directory be encrypted to a public key besides
// those that are kept there.
func KeepRecipient(data, key string) error {
	f, err := os.OpenFile(filepath.Join(data, recipientsFile), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600) // #nosec G304 -- in the data directory
	if err != nil {
		return err
	}
	_, err = f.WriteString(key + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}

// Identities reads the file with the unit's secret key. Whoever types it from paper may write
// it in small letters and with blanks.
func Identities(name string) ([]age.Identity, error) {
	b, err := os.ReadFile(name) // #nosec G304 -- the file that the operator names
	if err != nil {
		return nil, err
	}
	var all []age.Identity
	for line := range strings.Lines(string(b)) {
		line = strings.ToUpper(strings.Join(strings.Fields(line), ""))
		if line == "" || line[0] == '#' {
			continue
		}
		i, err := age.ParseX25519Identity(line)
		if err != nil {
			return nil, fmt.Errorf("%s holds no key as it stands on the paper: see whether a sign is missing or wrong", name)
		}
		all = append(all, i)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s holds no key", name)
	}
	return all, nil
}
