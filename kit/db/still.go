package db

import (
	"context"
	"database/sql"
	"errors"
)

// Still keeps the SQLite file at path as it lies, byte for byte, until release is called:
// what is written meanwhile goes into the log beside it. It must be called before the
// database is opened, while there is no such log: only then does the reader that is held
// here read from the file alone, and no checkpoint may write into it.
func Still(ctx context.Context, path string) (release func() error, err error) {
	s, err := sql.Open("sqlite", fileName(path)+"?"+pragmas+"&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	tx, err := s.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	var tables int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_schema`).Scan(&tables); err != nil { // from here on it reads
		return nil, errors.Join(err, tx.Rollback(), s.Close())
	}
	return func() error { return errors.Join(tx.Rollback(), s.Close()) }, nil
}
