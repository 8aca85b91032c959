package db

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
)

// ErrUnlogged says that a file is no SQLite database that keeps a log beside it: DB never leaves
// its own like that.
var ErrUnlogged = errors.New("a database without a log")

// Still keeps the SQLite file at path as it lies, byte for byte, until release is called:
// what is written meanwhile goes into the log beside it. It must be called before the
// database is opened, while there is no such log: only then does the reader that is held
// here read from the file alone, and no checkpoint may write into it. The file is held until
// release, whatever becomes of ctx meanwhile. A file that keeps no log beside it would keep
// others from writing: it is not held, ErrUnlogged.
func Still(ctx context.Context, path string) (release func() error, err error) {
	if err := logged(path); err != nil {
		return nil, err
	}
	s, err := sql.Open("sqlite", fileName(path)+"?_pragma=busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx) // with it the transaction would end
	tx, err := s.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	// From here on it reads. What stands in the head of the file is all that is asked for: to
	// read the schema takes as long as the rest of a start.
	var version int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return nil, errors.Join(err, tx.Rollback(), s.Close())
	}
	return func() error { return errors.Join(tx.Rollback(), s.Close()) }, nil
}

// logged looks into the head of a SQLite file for the mark of a log beside it (Database File
// Format, 1.3: bytes 18 and 19 are 2).
func logged(path string) error {
	f, err := os.Open(path) // #nosec G304 -- the program's own database
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // nothing was written
	var head [20]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || head[18] != 2 || head[19] != 2 {
		return errors.Join(ErrUnlogged, err)
	}
	return nil
}
