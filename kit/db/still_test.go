package db_test

import (
	"context"
	"crypto/sha256"
	"os"
	"strings"
	"testing"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
)

// TestStill writes more than a checkpoint waits for, with the file held still and without.
func TestStill(t *testing.T) {
	t.Parallel()
	path := dbtest.SQLite(t)
	write := func(text string) {
		t.Helper()
		d, err := db.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		err = d.Tx(t.Context(), func(tx *db.Tx) error {
			if _, err := db.Exec(t.Context(), tx, `CREATE TABLE IF NOT EXISTS note (text TEXT NOT NULL)`); err != nil {
				return err
			}
			for range 2000 {
				if _, err := db.Exec(t.Context(), tx, `INSERT INTO note VALUES ($1)`, strings.Repeat(text, 4000)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	sum := func() [32]byte {
		t.Helper()
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return sha256.Sum256(b)
	}

	write("a")
	before := sum()
	stopping, stop := context.WithCancel(t.Context())
	release, err := db.Still(stopping, path)
	stop() // a program that is told to stop at once holds it all the same
	if err != nil {
		t.Fatal(err)
	}
	write("b")
	if sum() != before {
		t.Error("the file changed while it was held still")
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	write("c")
	if sum() == before {
		t.Error("the file is held still by nobody and does not change")
	}
	d, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := db.One[int](t.Context(), d, `SELECT COUNT(*) FROM note`); n != 6000 || err != nil {
		t.Errorf("%d notes, %v", n, err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}
