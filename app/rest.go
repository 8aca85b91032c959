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
	"slices"
	"strings"
	"sync"

	"chibo/kit/db"
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

	signer string // public key of who signed the mark, once it was read
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
	_, state, what, err = c.rested()
	return state, what, err
}

// rested is Rested with the mark.
func (c Config) rested() (left rest, state Resting, what string, err error) {
	left, state, what, err = c.readMark()
	if err != nil || state != Held {
		return left, state, what, err
	}
	files, err := c.describeFiles()
	if err != nil {
		return left, "", "", err
	}
	state, what, err = c.compare(left, files)
	return left, state, what, err
}

// readMark reads the mark of who closed the data directory last. It is held when there is one
// that bears a good signature, whatever it says.
func (c Config) readMark() (left rest, state Resting, what string, err error) {
	b, err := os.ReadFile(filepath.Join(c.Data, restFile))
	if errors.Is(err, fs.ErrNotExist) || err == nil && exists(c.Database+"-wal") {
		return left, Unmarked, "", nil
	}
	if err != nil {
		return left, "", "", err
	}
	var m restMark
	if json.Unmarshal(b, &m) != nil || json.Unmarshal([]byte(m.Rest), &left) != nil || left.Form != restForm {
		return left, Altered, "the mark of who closed it cannot be read", nil
	}
	if again, err := json.MarshalIndent(m, "", "\t"); err != nil || !bytes.Equal(again, b) { // a name in other letters reads the same
		return left, Altered, "the mark of who closed it is not as it was written", nil
	}
	if !head.TextHolds(m.Key, restForm, m.Rest, m.Signature) {
		return left, Altered, "the mark of who closed it bears a signature that does not hold", nil
	}
	left.signer = m.Key
	return left, Held, "", nil
}

// changed says of a database that it is not as it was left.
const changed = "the database was changed while the program did not run"

// compare compares the database and the list of the stored files with a mark.
func (c Config) compare(left rest, files string) (state Resting, what string, err error) {
	_, database, err := checksum(c.Database)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Altered, "the database is gone", nil
	case err != nil:
		return "", "", err
	case database != left.Database:
		return Altered, changed, nil
	case files != left.Files:
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
	files, err := c.describeFiles()
	return rest{Form: restForm, At: at, Database: database, Files: files}, err
}

// describeFiles is the hex SHA-256 of the names and sizes of the stored files.
func (c Config) describeFiles() (string, error) {
	var names strings.Builder // WalkDir goes in the order of names
	err := c.storedFiles(func(name, path string) error {
		info, err := os.Stat(path)
		if err == nil {
			fmt.Fprintf(&names, "%s %d\n", name, info.Size())
		}
		return err
	})
	sum := sha256.Sum256([]byte(names.String()))
	return hex.EncodeToString(sum[:]), err
}

// leave marks the data directory as it lies after the database was closed, unless somebody
// else has it open still.
func (a *App) leave() error {
	if a.DB.Postgres() || exists(a.Database+"-wal") {
		return nil
	}
	if found, _ := a.arrival.state(); a.Reading && found != Held {
		return nil
	}
	now, err := a.describe(a.now())
	if errors.Is(err, fs.ErrNotExist) || !exists(a.Data) { // a test or a demo has cleared up
		return nil
	}
	if err != nil {
		return err
	}
	text, err := json.Marshal(now)
	if err != nil {
		return err
	}
	key, err := head.ReadKey(a.Vault)
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(restMark{string(text), key.Public(), key.SignText(restForm, string(text))}, "", "\t")
	if err != nil {
		return err
	}
	return replace(filepath.Join(a.Data, restFile), b)
}

// markedBy asks whether who signed the mark may have: by the key in the vault, where it was
// there when the program came, or by one of which the database knows. A mark by any other key
// was made by somebody who could write the data and not sign for it.
func (a *App) markedBy(ctx context.Context, key head.Key, there bool) error {
	if a.arrival.signer == "" || a.arrival.signer == key.Public() {
		return nil
	}
	keys, err := a.Witnesses.Signers(ctx)
	if there {
		keys = append(keys, key.Public())
	}
	a.arrival.foreign = err == nil && len(keys) > 0 && !slices.Contains(keys, a.arrival.signer)
	return err
}

// arrival is how a data directory was found. A gigabyte takes a second to compare, and ten
// thousand stored files a tenth of one to list: both are done when somebody first wants to know, which
// is the jobs of a program that answers already, or whoever closes. Until then the database is
// held still, and the first file that comes or goes waits for the list.
type arrival struct {
	listed  func() // returns once the stored files are listed as they lay; nil where nobody compares them
	signer  string // public key by which the mark is signed; empty where there is none that holds
	foreign bool   // that is a key of which nothing here knows
	rest    func() (found Resting, what string)
}

// was is the rest of a directory of which all is known.
func was(found Resting, what string) func() (Resting, string) {
	return func() (Resting, string) { return found, what }
}

func (a *arrival) state() (found Resting, what string) {
	found, what = a.rest()
	if found == Held && a.foreign {
		return Altered, "the mark of who closed it was signed by a key of which nothing here knows, " + head.Short(a.signer)
	}
	return found, what
}

// arrive looks at the mark before the database is opened, and takes it away unless the
// program only reads: from now on the directory is in use. The database is compared while it
// is used already, its file held still until then.
func (c Config) arrive(ctx context.Context) (*arrival, error) {
	if c.Database != filepath.Join(c.Data, DatabaseFile) {
		return &arrival{rest: was(Unmarked, "")}, nil
	}
	if c.Reading {
		left, found, what, err := c.rested()
		return &arrival{signer: left.signer, rest: was(found, what)}, err
	}
	left, state, what, err := c.readMark()
	if err != nil {
		return nil, err
	}
	if err := os.Remove(filepath.Join(c.Data, restFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if state != Held {
		return &arrival{rest: was(state, what)}, nil
	}
	files := sync.OnceValues(c.describeFiles)
	release := func() error { return nil }
	if exists(c.Database) { // else there is nothing to be held, and none must be made
		release, err = db.Still(ctx, c.Database)
	}
	if errors.Is(err, db.ErrUnlogged) { // whatever else is in it
		return &arrival{signer: left.signer, rest: was(Altered, changed)}, nil
	}
	if err != nil { // one that cannot be opened: the program will say so itself
		return &arrival{signer: left.signer, rest: was(Altered, err.Error())}, nil
	}
	listed := func() { _, _ = files() } // what went wrong is said by whoever compares
	return &arrival{signer: left.signer, listed: listed, rest: sync.OnceValues(func() (Resting, string) {
		list, err := files()
		if err != nil {
			return Altered, errors.Join(err, release()).Error()
		}
		found, what, err := c.compare(left, list)
		if err := errors.Join(err, release()); err != nil {
			return Altered, err.Error()
		}
		return found, what
	})}, nil
}

// Found says how the data directory lay when it was opened, and what was altered in it. Who
// asks first compares it, and the others wait.
func (a *App) Found() (Resting, string) { return a.arrival.state() }

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
	state, what := a.Found()
	if state != Altered {
		return nil
	}
	a.Log.ErrorContext(ctx, "data directory", "altered", what)
	return a.Witnesses.Altered(ctx, what)
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
