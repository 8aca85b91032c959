package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/pressly/goose/v3"
)

// ErrOld says that the schema is older than this program.
var ErrOld = errors.New("the database has an older schema than this program")

// Ready reports whether the database answers and has all migrations of this program.
func (d *DB) Ready(ctx context.Context) error {
	want, err := newest()
	if err != nil {
		return err
	}
	have, err := One[int64](ctx, d, `SELECT max(version_id) FROM goose_db_version WHERE is_applied`)
	if err != nil {
		return fmt.Errorf("ready: %w", err)
	}
	if have < want {
		return ErrOld
	}
	return nil
}

// newest returns the number of the last migration of this program.
func newest() (last int64, err error) {
	err = fs.WalkDir(migrations, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		n, err := goose.NumericComponent(path.Base(p))
		last = max(last, n)
		return err
	})
	return last, err
}

// Waiting returns how many transactions have begun and not ended.
func (d *DB) Waiting() int64 { return d.waiting.Load() }

// Size returns the bytes that the database takes; of SQLite with what waits in its log.
func (d *DB) Size(ctx context.Context) (int64, error) {
	if d.postgres {
		return One[int64](ctx, d, `SELECT pg_database_size(current_database())`)
	}
	info, err := os.Stat(d.file)
	if err != nil {
		return 0, err
	}
	log, err := d.LogSize()
	return info.Size() + log, err
}

// LogSize returns the bytes of SQLite's write-ahead log, 0 on PostgreSQL. It is emptied
// when it has some thousand pages and nobody reads; one that grows on is held open by a
// reader that does not end.
func (d *DB) LogSize() (int64, error) {
	if d.postgres {
		return 0, nil
	}
	info, err := os.Stat(d.file + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Check reads the whole database and returns what SQLite finds wrong with it first. A
// PostgreSQL server looks after its own files (data_checksums, pg_amcheck).
func (d *DB) Check(ctx context.Context) error {
	if d.postgres {
		return nil
	}
	said, err := One[string](ctx, d, `PRAGMA quick_check(1)`)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if said != "ok" {
		return fmt.Errorf("check: %s", said)
	}
	return nil
}

// Clock returns the time of the database server in milliseconds, 0 where the database
// has no clock of its own.
func (d *DB) Clock(ctx context.Context) (int64, error) {
	if !d.postgres {
		return 0, nil
	}
	return One[int64](ctx, d, `SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)`)
}
