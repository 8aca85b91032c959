package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"filippo.io/age"

	"chibo/app"
)

// keys is chibo key.
type keys struct {
	New keyNew `cmd:"" help:"Make the key to which the copies of a unit are encrypted. The secret half is printed on a paper and kept nowhere else."`
}

// keyNew is chibo key new.
type keyNew struct {
	Data  string `help:"Data directory in which the public half is kept, so that copies are encrypted to it." default:"data" type:"path"`
	Unit  string `help:"Name of the unit, for the paper." required:""`
	Paper string `help:"PDF file to write: the paper that keeps the key. Without it the secret key is printed on the terminal." type:"path"`
}

// Run makes a key. The public half is kept once the secret half is written: a copy that
// nobody can open is worse than none.
func (k *keyNew) Run(c console) error {
	if _, err := os.Stat(k.Data); err != nil {
		return fmt.Errorf("no data directory %s", k.Data)
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	public := identity.Recipient().String()
	if k.Paper == "" {
		_, err = fmt.Fprintf(c.out, "# %s: secret key, write it down and keep it locked away\n%s\n", k.Unit, identity)
	} else {
		err = k.write(identity)
	}
	if err != nil {
		return err
	}
	if err := app.KeepRecipient(k.Data, public); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "public key: %s\n", public)
	return err
}

func (k *keyNew) write(identity *age.X25519Identity) error {
	pdf, err := app.KeyPaper(k.Unit, identity.String(), identity.Recipient().String(), time.Now())
	if err != nil {
		return err
	}
	f, err := os.OpenFile(k.Paper, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(pdf)
	return errors.Join(err, f.Sync(), f.Close())
}

// keys reads the secret key of a copy; no file gives none.
func (r *restore) keys() ([]age.Identity, error) {
	if r.Identity == "" {
		return nil, nil
	}
	return app.Identities(r.Identity)
}
