package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"filippo.io/age"

	"chibo/kit/db"
	"chibo/kit/job"
	"chibo/kit/when"
	"chibo/witness"
)

// Copies is how copies are made by themselves.
type Copies struct {
	Dir        string // empty: none are made
	Every      time.Duration
	Keep       int // how many stay; the oldest go
	Recipients []age.Recipient
}

// copyJob is the kind of the job that makes a copy; it has no arguments.
const copyJob = "copy.make"

const copySuffix = ".chibo.age"

// ScheduleCopy asks for the next copy, once, however often it is called: at once where the
// last is older than it may be.
func (a *App) ScheduleCopy(ctx context.Context) error {
	if a.Copies.Dir == "" || a.DB.Postgres() {
		return nil
	}
	at := a.now()
	if last, found, err := a.LastCopy(); err != nil {
		return err
	} else if found {
		at = max(at, last.Add(a.Copies.Every))
	}
	return a.DB.Tx(ctx, func(tx *db.Tx) error { return job.Enqueue(ctx, tx, copyJob, nil, job.Unique(copyJob), job.At(at)) })
}

// makeCopy does a job of kind copyJob: it writes a copy, lets the oldest go, and asks for the
// next.
func (a *App) makeCopy(ctx context.Context, _ job.Job) error {
	if a.Copies.Dir == "" {
		return nil // the program was started anew without copies
	}
	name := filepath.Join(a.Copies.Dir, "chibo-"+a.now().Time().Format("20060102-150405")+copySuffix)
	if err := a.BackupTo(ctx, name, a.Copies.Recipients); err != nil {
		return err
	}
	return errors.Join(a.Copies.tidy(), a.ScheduleCopy(ctx))
}

// tidy removes all copies but the youngest.
func (c Copies) tidy() error {
	names, err := filepath.Glob(filepath.Join(c.Dir, "chibo-*"+copySuffix))
	if err != nil {
		return err
	}
	slices.Sort(names)
	for len(names) > max(c.Keep, 1) {
		if err := os.Remove(names[0]); err != nil {
			return err
		}
		names = names[1:]
	}
	return nil
}

// BackupTo writes a copy to a file, which must not exist yet; a copy that was cut short never
// bears the name. What was copied last is remembered for the page of those who run the machine.
func (a *App) BackupTo(ctx context.Context, name string, recipients []age.Recipient) error {
	if exists(name) {
		return fmt.Errorf("%s exists already", name)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".backup-*")
	if err != nil {
		return err
	}
	made := a.now()
	err = errors.Join(a.Backup(ctx, f, recipients...), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return a.copied(made)
}

// lastCopyFile holds in a data directory when the last copy was made.
const lastCopyFile = "copies.last.json"

func (a *App) copied(at when.Instant) error {
	b, err := json.Marshal(at)
	if err != nil {
		return err
	}
	return replace(filepath.Join(a.Data, lastCopyFile), b)
}

// LastCopy returns when the last copy of the data directory was made; false before the first.
func (a *App) LastCopy() (when.Instant, bool, error) {
	f, err := os.Open(filepath.Join(a.Data, lastCopyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	var at when.Instant
	b, err := io.ReadAll(io.LimitReader(f, 100))
	if err := errors.Join(err, f.Close()); err != nil {
		return 0, false, err
	}
	if err := json.Unmarshal(b, &at); err != nil {
		return 0, false, fmt.Errorf("%s: %w", lastCopyFile, err)
	}
	return at, true, nil
}

// lastCopy is what the page of the heads says of copies; nil where they are made by the means
// of PostgreSQL, of which the program knows nothing.
func (a *App) lastCopy() (*witness.Copy, error) {
	if a.DB.Postgres() {
		return nil, nil
	}
	at, _, err := a.LastCopy()
	return &witness.Copy{At: at}, err
}
