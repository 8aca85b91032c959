package ballot

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"chibo/kit/id"
)

// Vault keeps the keys of the secret polls that run: a file for each in a directory
// of its own, which belongs into no backup. Where several programs serve one
// database, they share the directory.
//
// A key is durable before its poll takes a ballot, so that a crash loses none. It
// goes for ever when its poll is closed: the file is written over, removed, and the
// removal made durable. On flash memory and on file systems that never write in
// place, writing over may leave the old bytes for a while; keep the vault on an
// encrypted disk.
//
// Sealing a ballot needs the key; reading the file for each would be a sixth of the
// work of casting. So a key that was read is kept in memory for as long as its file
// is there, which is asked for each ballot: wherever a poll is closed, the key is
// gone for all.
type Vault struct {
	dir   string
	mu    sync.Mutex
	boxes map[string]box // by file
	full  int            // number of boxes at which those of lost keys are looked for
}

// errNoKey says that a key is not there, or not whole.
var errNoKey = errors.New("the key of the poll is lost")

// tag is what backup programs look for in directories that they shall leave out
// (bford.info/cachedir).
const tag = "Signature: 8a477f597d28d172789f06886806bc55\n# Keys of ballots. They must be in no backup: see doc/adr/0015-secret-ballots.md.\n"

// OpenVault returns the vault in dir, which is made where there is none.
func OpenVault(dir string) (*Vault, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("vault: %w", err)
	}
	v := &Vault{dir: dir, boxes: map[string]box{}}
	name := filepath.Join(dir, "CACHEDIR.TAG")
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		if err := v.write(name, []byte(tag), os.O_CREATE|os.O_TRUNC); err != nil {
			return nil, fmt.Errorf("vault: %w", err)
		}
	}
	return v, nil
}

const keySuffix = ".key"

// path returns the file of a poll's key. Both ids are checked, because they become
// a file's name.
func (v *Vault) path(root, poll string) (string, error) {
	if !id.Valid(root) || !id.Valid(poll) {
		return "", fmt.Errorf("%q of %q cannot name a key", poll, root)
	}
	return filepath.Join(v.dir, root+"."+poll+keySuffix), nil
}

// add makes the key of a poll, durable when it returns. A key that is there
// already stays: its transaction has run once before.
func (v *Vault) add(root, poll string) error {
	name, err := v.path(root, poll)
	if err != nil {
		return err
	}
	if _, err := v.key(root, poll); err == nil {
		return nil
	}
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // it never fails
	return v.write(name, key, os.O_CREATE|os.O_TRUNC)
}

// key returns the key of a poll, errNoKey where it is not there or not whole.
func (v *Vault) key(root, poll string) ([]byte, error) {
	name, err := v.path(root, poll)
	if err != nil {
		return nil, err
	}
	key, err := os.ReadFile(name) // #nosec G304 -- in the vault
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(key) != keySize {
		return nil, errNoKey
	}
	return key, err
}

// box returns what seals ballots of a poll, errNoKey where the key is not there or
// not whole.
func (v *Vault) box(root, poll string) (box, error) {
	name, err := v.path(root, poll)
	if err != nil {
		return box{}, err
	}
	v.mu.Lock()
	x, known := v.boxes[name]
	v.mu.Unlock()
	if known && whole(name) {
		return x, nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.tidy()
	key, err := v.key(root, poll)
	if err != nil {
		return box{}, err
	}
	if x, err = newBox(key, root, poll); err == nil {
		v.boxes[name] = x
	}
	return x, err
}

// tidy drops the keys that other programs have destroyed, whenever twice as many are
// held as were left the last time.
func (v *Vault) tidy() {
	if len(v.boxes) < v.full {
		return
	}
	maps.DeleteFunc(v.boxes, func(name string, _ box) bool { return !whole(name) })
	v.full = max(8, 2*len(v.boxes))
}

// whole reports whether the file of a key is there with all its bytes.
func whole(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Size() == keySize
}

// forget drops a key from memory.
func (v *Vault) forget(name string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.boxes, name)
}

// destroy makes a key unreadable for ever. Destroying it again is no error.
func (v *Vault) destroy(root, poll string) error {
	name, err := v.path(root, poll)
	if err != nil {
		return err
	}
	v.forget(name)
	err = v.write(name, make([]byte, keySize), 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errors.Join(err, os.Remove(name), v.sync())
}

// write puts b at the start of a file, durable when it returns.
func (v *Vault) write(name string, b []byte, flag int) error {
	f, err := os.OpenFile(name, os.O_WRONLY|flag, 0o600) // #nosec G304 -- in the vault
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close(), v.sync())
}

// sync makes names that came and went durable.
func (v *Vault) sync() error {
	d, err := os.Open(v.dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// kept is a key that lies in the vault.
type kept struct {
	root, poll string
	made       time.Time // by the clock of the machine
}

func (v *Vault) list() ([]kept, error) {
	entries, err := os.ReadDir(v.dir)
	if err != nil {
		return nil, err
	}
	var all []kept
	for _, e := range entries {
		name, isKey := strings.CutSuffix(e.Name(), keySuffix)
		root, poll, _ := strings.Cut(name, ".")
		if !isKey || !id.Valid(root) || !id.Valid(poll) {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // another program has destroyed it meanwhile
		}
		if err != nil {
			return nil, err
		}
		all = append(all, kept{root, poll, info.ModTime()})
	}
	return all, nil
}
