package db

import (
	"context"
	"database/sql"
	"errors"
)

// Still keeps the SQLite file at path as it lies, byte for byte, until release is called:
// what is written meanwhile goes into the log beside it. It must be called before the
// database is opened, while there is no such log: only then does the reader that is held
// here read from the file alone, and no checkpoint may write into it. The file is held until
// release, whatever becomes of ctx meanwhile.
func Still(ctx context.Context, path string) (release func() error, err error) {
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
