package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"chibo/app"
)

// backup is chibo backup.
type backup struct {
	store `embed:""`
	Out   string `help:"File to write; it must not exist yet." required:"" type:"path"`
}

// Run writes the copy under a name of its own first, so that a copy that was cut
// short never bears the wanted name.
func (b *backup) Run(c console) error {
	if _, err := os.Stat(b.Out); err == nil {
		return fmt.Errorf("%s exists already", b.Out)
	}
	a, err := b.open(c, false, nil)
	if err != nil {
		return err
	}
	defer func() { _ = a.Close() }()
	f, err := os.CreateTemp(filepath.Dir(b.Out), ".backup-*")
	if err != nil {
		return err
	}
	err = errors.Join(a.Backup(c.ctx, f), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), b.Out)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	_, err = fmt.Fprintf(c.out, "%s\n", b.Out)
	return err
}

// restore is chibo restore.
type restore struct {
	From string `help:"Copy made by chibo backup." required:"" type:"existingfile"`
	Data string `help:"Data directory to fill; it must be empty or not exist." default:"data" type:"path"`
}

// Run puts the copy back and verifies it.
func (r *restore) Run(c console) error {
	f, err := os.Open(r.From)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	made, err := app.Restore(f, r.Data)
	if err != nil {
		return err
	}
	if err := check(c, store{Data: r.Data}); err != nil {
		return fmt.Errorf("the copy is back in %s but does not hold: %w", r.Data, err)
	}
	_, err = fmt.Fprintf(c.out, "%s holds what was kept on %s\n", r.Data, made.Time().Format("02/01/2006 15:04:05"))
	return err
}

// verify is chibo verify.
type verify struct {
	store `embed:""`
}

// Run checks the data directory.
func (v *verify) Run(c console) error {
	if err := check(c, v.store); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.out, "everything holds")
	return err
}

func check(c console, s store) error {
	a, err := s.open(c, false, nil)
	if err != nil {
		return err
	}
	return errors.Join(a.Verify(c.ctx), a.Close())
}
