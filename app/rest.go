package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"chibo/kit/head"
	"chibo/kit/when"
)

// A SQLite database that no program has open lies at rest. Whoever closes it last leaves a
// mark beside it, signed: the SHA-256 of the database, byte for byte, and of the list of the
// stored files. Whatever is changed while nothing runs, also what no chain and no seal
// covers, is found by the next who opens it.
const (
	restFile = "rest.json"
	restForm = "chibo/rest/1"
)

// restMark is what lies in restFile.
type restMark struct {
	Rest      string `json:"rest"` // a rest as JSON: these bytes are signed
	Key       string `json:"key"`
	Signature string `json:"signature"`
}

// rest describes a data directory at rest.
type rest struct {
	Form     string       `json:"form"`
	At       when.Instant `json:"at"`
	Database string       `json:"database"` // hex SHA-256
	Files    string       `json:"files"`    // hex SHA-256 of lines "name size\n" in the order of names
}

// Resting says how a data directory was found.
type Resting string

// The states in which a directory is found.
const (
	Unmarked Resting = "unmarked" // new, in use, or not closed by the program
	Held     Resting = "held"     // as it was left
	Altered  Resting = "altered"  // changed since
)

// Rested compares the data directory with the mark of who closed it last. what says what was
// altered.
func (c Config) Rested() (state Resting, what string, err error) {
	b, err := os.ReadFile(filepath.Join(c.Data, restFile))
	if errors.Is(err, fs.ErrNotExist) || err == nil && exists(c.Database+"-wal") {
		return Unmarked, "", nil
	}
	if err != nil {
		return "", "", err
	}
	var m restMark
	var left rest
	if json.Unmarshal(b, &m) != nil || json.Unmarshal([]byte(m.Rest), &left) != nil || left.Form != restForm {
		return Altered, "the mark of who closed it cannot be read", nil
	}
	if again, err := json.MarshalIndent(m, "", "\t"); err != nil || !bytes.Equal(again, b) { // a name in other letters reads the same
		return Altered, "the mark of who closed it is not as it was written", nil
	}
	if !head.TextHolds(m.Key, restForm, m.Rest, m.Signature) {
		return Altered, "the mark of who closed it bears a signature that does not hold", nil
	}
	now, err := c.describe(left.At)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Altered, "the database is gone", nil
	case err != nil:
		return "", "", err
	case now.Database != left.Database:
		return Altered, "the database was changed while the program did not run", nil
	case now.Files != left.Files:
		return Altered, "stored files came, went or changed their size while the program did not run", nil
	}
	return Held, "", nil
}

// describe describes the data directory as it lies.
func (c Config) describe(at when.Instant) (rest, error) {
	_, database, err := checksum(c.Database)
	if err != nil {
		return rest{}, err
	}
	var names strings.Builder // WalkDir goes in the order of names
	err = c.storedFiles(func(name, path string) error {
		info, err := os.Stat(path)
		if err == nil {
			fmt.Fprintf(&names, "%s %d\n", name, info.Size())
		}
		return err
	})
	sum := sha256.Sum256([]byte(names.String()))
	return rest{restForm, at, database, hex.EncodeToString(sum[:])}, err
}

// leave marks the data directory as it lies after the database was closed, unless somebody
// else has it open still.
func (a *App) leave() error {
	if a.DB.Postgres() || exists(a.Database+"-wal") || a.Reading && a.found != Held {
		return nil
	}
	now, err := a.describe(a.now())
	if errors.Is(err, fs.ErrNotExist) { // the directory is gone: a test or a demo has cleared up
		return nil
	}
	if err != nil {
		return err
	}
	text, err := json.Marshal(now)
	if err != nil {
		return err
	}
	key := a.Witnesses.Key
	b, err := json.MarshalIndent(restMark{string(text), key.Public(), key.SignText(restForm, string(text))}, "", "\t")
	if err != nil {
		return err
	}
	return replace(filepath.Join(a.Data, restFile), b)
}

// arrive looks at the mark before the database is opened, and takes it away unless the
// program only reads: from now on the directory is in use.
func (c Config) arrive() (state Resting, what string, err error) {
	if c.Database != filepath.Join(c.Data, DatabaseFile) {
		return Unmarked, "", nil
	}
	state, what, err = c.Rested()
	if err != nil || c.Reading {
		return state, what, err
	}
	if err := os.Remove(filepath.Join(c.Data, restFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return state, what, err
	}
	return state, what, nil
}

// Found says how the data directory lay when it was opened, and what was altered in it.
func (a *App) Found() (Resting, string) { return a.found, a.lack }

// Against compares the chains with heads that were kept outside, and returns the first that
// does not agree.
func (a *App) Against(ctx context.Context, kept []head.Head) error {
	found, err := a.Witnesses.Against(ctx, kept)
	if err == nil && len(found) > 0 {
		err = found[0]
	}
	return err
}

// sayAltered writes into every log that the data directory was changed while the program did
// not run.
func (a *App) sayAltered(ctx context.Context) error {
	if a.found != Altered {
		return nil
	}
	a.Log.ErrorContext(ctx, "data directory", "altered", a.lack)
	return a.Witnesses.Altered(ctx, a.lack)
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// replace writes a file whole, or not at all.
func replace(name string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), name)
}
