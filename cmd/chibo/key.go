package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"filippo.io/age"

	"chibo/app"
	"chibo/kit/access"
	"chibo/kit/head"
)

// keys is chibo key.
type keys struct {
	New   keyNew   `cmd:"" help:"Make the key to which the copies of a unit are encrypted. The secret half is printed on a paper and kept nowhere else."`
	Renew keyRenew `cmd:"" help:"Change the key that signs the heads of the logs: the old key introduces the new one in every log and is destroyed. The program may run meanwhile."`
}

// keyRenew is chibo key renew.
type keyRenew struct {
	store `embed:""`
	Lost  bool `help:"The key of which the logs tell is gone for good: say in every log that the one in the vault signs from now on, which nobody has introduced."`
}

// Run changes the signing key and says which twenty signs people compare from now on.
func (k *keyRenew) Run(c console) error {
	a, err := k.open(c, false, nil)
	if err != nil {
		return err
	}
	who := access.Person{Name: "chibo key renew"}
	if k.Lost {
		n, err := a.Witnesses.TakeOver(c.ctx, who)
		if err := errors.Join(err, a.Close()); err != nil {
			return err
		}
		_, err = fmt.Fprintf(c.out, "%d logs were told that their key was lost\n", n)
		return err
	}
	i, err := a.Witnesses.Renew(c.ctx, who)
	if err := errors.Join(err, a.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "the key %s has introduced %s and is destroyed\n%s\n", head.Short(i.Old), head.Short(i.New), i.Text())
	return err
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
