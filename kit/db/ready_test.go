package db_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"chibo/kit/db"
	"chibo/kit/db/dbtest"
)

// TestReady: a database that was opened is ready, takes room and holds; one that lacks a
// migration is not ready.
func TestReady(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		if err := errors.Join(d.Ready(ctx), d.Check(ctx)); err != nil {
			t.Fatal(err)
		}
		if size, err := d.Size(ctx); err != nil || size < 1<<16 {
			t.Errorf("%d bytes, %v", size, err)
		}
		if at, err := d.Clock(ctx); err != nil || (at > 0) != d.Postgres() {
			t.Errorf("clock %d, %v", at, err)
		}
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Exec(ctx, tx, `DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := d.Ready(ctx); !errors.Is(err, db.ErrOld) {
			t.Errorf("without the last migration: %v", err)
		}
	})
}

// TestCheckFindsDamage writes over pages of a file.
func TestCheckFindsDamage(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	copied := t.TempDir() + "/copy.db"
	if err := d.Snapshot(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	for at := len(b) / 2; at < len(b)/2+40*4096 && at < len(b); at++ {
		b[at] = 0xA5
	}
	if err := os.WriteFile(copied, b, 0o600); err != nil {
		t.Fatal(err)
	}
	damaged, err := db.Open(t.Context(), copied)
	if err != nil {
		return // so damaged that it is not even opened
	}
	defer func() { _ = damaged.Close() }()
	if damaged.Check(t.Context()) == nil {
		t.Error("forty pages are written over and nothing is found")
	}
}

// TestNobodyElseReadsTheFiles looks at a database, what lies beside it, and its copy.
func TestNobodyElseReadsTheFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := db.Open(t.Context(), filepath.Join(dir, "chibo.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if err := d.Snapshot(t.Context(), filepath.Join(dir, "copy.db")); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		i, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if i.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", f.Name(), i.Mode())
		}
	}
	if len(files) != 4 {
		t.Errorf("%d files, not the database, its log, its index and its copy", len(files))
	}
}
