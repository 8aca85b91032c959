package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"chibo/app"
	"chibo/kit/head"
)

// backup is chibo backup.
type backup struct {
	store `embed:""`
	Out   string   `help:"File to write; it must not exist yet." required:"" type:"path"`
	To    []string `help:"Public key of the unit, age1…, to which the copy is encrypted; several may be named. Without it those that chibo key new has kept in the data directory." placeholder:"KEY"`
	Plain bool     `help:"Do not encrypt: whoever has the file reads everything in it."`
}

// Run writes the copy.
func (b *backup) Run(c console) error {
	recipients, err := app.Recipients(b.Data, b.To)
	if err != nil {
		return err
	}
	if len(recipients) == 0 && !b.Plain {
		return errors.New("nobody's key is known to whom the copy could be encrypted: make one by chibo key new, name it by --to, or say --plain")
	}
	if b.Plain {
		recipients = nil
	}
	a, err := b.open(c, false, reading)
	if err != nil {
		return err
	}
	if err := errors.Join(a.BackupTo(c.ctx, b.Out, recipients), a.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s\n", b.Out)
	return err
}

// reading lets a program that only reads leave the data directory as it lies.
func reading(cfg *app.Config) { cfg.Reading = true }

// restore is chibo restore.
type restore struct {
	From     string `help:"Copy made by chibo backup." env:"-" required:"" type:"existingfile"` // CHIBO_FROM is who sends mails
	Data     string `help:"Data directory to fill; it must be empty or not exist." default:"data" type:"path"`
	Identity string `help:"File with the unit's secret key, as it stands on the paper that keeps it." type:"existingfile"`
	Witness  string `help:"File of heads that was kept outside: tells whether the copy is older than what it knows." type:"existingfile"`
}

// Run puts the copy back, verifies it, and writes into its logs from which heads it goes on.
func (r *restore) Run(c console) error {
	origin, err := r.unpack()
	if err != nil {
		return err
	}
	s := store{Data: r.Data}
	if err := check(c, s, nil); err != nil {
		return fmt.Errorf("the copy is back in %s but does not hold: %w", r.Data, err)
	}
	witnesses, err := readHeads(r.Witness)
	if err != nil {
		return err
	}
	a, err := s.open(c, false, nil)
	if err != nil {
		return err
	}
	found, err := a.Restored(c.ctx, origin, witnesses)
	if err := errors.Join(err, a.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s holds what was kept on %s\n", r.Data, origin.MadeAt.Time().Format("02/01/2006 15:04:05"))
	for _, h := range origin.Heads {
		_, failed := fmt.Fprintf(c.out, "restored from head: %s, entry %d, %.16s…\n", h.Root, h.Seq, h.Hash)
		err = errors.Join(err, failed)
	}
	for _, f := range found {
		_, failed := fmt.Fprintf(c.out, "attention: %s; the committee above sees a red note until it has written down why\n", f)
		err = errors.Join(err, failed)
	}
	return err
}

func (r *restore) unpack() (app.Origin, error) {
	keys, err := r.keys()
	if err != nil {
		return app.Origin{}, err
	}
	f, err := os.Open(r.From)
	if err != nil {
		return app.Origin{}, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return app.Restore(f, r.Data, keys...)
}

// readHeads reads a file of heads; no name gives none.
func readHeads(name string) ([]head.Head, error) {
	if name == "" {
		return nil, nil
	}
	b, err := os.ReadFile(name) // #nosec G304 -- the file that the operator names
	if err != nil {
		return nil, err
	}
	heads, err := head.ParseAll(string(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return heads, nil
}

// verify is chibo verify.
type verify struct {
	store    `embed:""`
	From     string `help:"Verify a copy made by chibo backup in place of a data directory; it is unpacked beside it and cleared away." env:"-" type:"existingfile"`
	Identity string `help:"File with the unit's secret key, for an encrypted copy." type:"existingfile"`
	Witness  string `help:"File of heads that was kept outside the house, to be compared." type:"existingfile"`
}

// Run checks the data directory, or the copy.
func (v *verify) Run(c console) error {
	witnesses, err := readHeads(v.Witness)
	if err != nil {
		return err
	}
	s := v.store
	if v.From != "" {
		work, err := os.MkdirTemp(filepath.Dir(v.From), ".verify-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(work) }()
		s = store{Data: work}
		if _, err := (&restore{From: v.From, Data: work, Identity: v.Identity}).unpack(); err != nil {
			return altering{err}
		}
	}
	if err := check(c, s, witnesses); err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.out, "everything holds")
	return err
}

// altering is a finding: data that does not hold, in difference to a command that could not
// do its work.
type altering struct{ error }

func (a altering) Unwrap() error { return a.error }

// check verifies a data directory. A finding is altering.
func check(c console, s store, witnesses []head.Head) error {
	a, err := s.open(c, false, reading)
	if err != nil {
		return err
	}
	state, what := a.Found()
	if state == app.Unmarked {
		_, err = fmt.Fprintln(c.errors, "note: the data is in use or was not closed by the program; what is neither logged nor sealed cannot be compared")
	}
	var found []error
	if state == app.Altered {
		found = append(found, errors.New(what))
	}
	found = append(found, a.Verify(c.ctx), a.Against(c.ctx, witnesses))
	notes, failed := a.Witnesses.Unintroduced(c.ctx)
	for _, note := range notes {
		_, noted := fmt.Fprintln(c.errors, "note:", note)
		err = errors.Join(err, noted)
	}
	err = errors.Join(err, failed)
	if broken := errors.Join(found...); broken != nil {
		err = errors.Join(err, altering{broken})
	}
	return errors.Join(err, a.Close())
}
