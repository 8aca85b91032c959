// Package db opens the program's one database, SQLite by default and PostgreSQL
// when the address says so, and runs SQL on it.
//
// SQL text is written by hand and is the same for both: $1 placeholders, text
// keys, BIGINT milliseconds for instants. SQLite runs in WAL mode with
// synchronous=FULL, because only that survives a power cut; one writer commits
// the waiting transactions together, because a commit costs a disk flush.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"chibo/kit/fault"
)

// Q runs SQL: a DB for reading outside a transaction, a Tx inside one.
type Q interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// DB is the database. Reads go through its methods; every write goes through Tx.
type DB struct {
	read     *sql.DB
	write    *sql.DB
	reader   Q // read, with its statements kept
	postgres bool
	file     string // path of the SQLite file, empty on PostgreSQL
	writer   *writer
	watches  watches
	waiting  atomic.Int64 // transactions begun and not ended
	asked    atomic.Int64 // transactions and commands that ever came

	// Heard is told of every read outside a transaction, where it is set: tests ask how a page
	// reads. It is set before anything reads.
	Heard func(query string, args []any)
	// HeardWithin is told likewise of every statement of a transaction.
	HeardWithin func(query string, args []any)
}

// Open opens where, a "postgres://…" address or the path of a SQLite file, and
// brings its schema up to date. It fails on a database of a newer program.
func Open(ctx context.Context, where string) (*DB, error) {
	d := &DB{postgres: strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")}
	d.watches.clock = time.Now
	var err error
	if d.postgres {
		err = d.openPostgres(where)
	} else {
		d.file = where
		err = d.openSQLite(where)
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := d.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("migrate: %w", err), d.Close())
	}
	if d.postgres {
		return d, nil
	}
	if d.writer, err = startWriter(ctx, d.write, &d.watches, &d.asked); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), d.Close())
	}
	d.watches.look = func() error { return d.writer.do(context.Background(), func(*Tx) error { return nil }) }
	return d, nil
}

func (d *DB) openPostgres(address string) error {
	s, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	s.SetMaxOpenConns(16)
	s.SetMaxIdleConns(16)
	s.SetConnMaxIdleTime(5 * time.Minute)
	d.read, d.write, d.reader = s, s, s
	return nil
}

// temp_store(MEMORY) keeps the journal of savepoints off the disk: with it, a
// transaction that touches many pages takes half the time.
const pragmas = "_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)"

// readersRest is after how long without work a reading connection is closed: what eight of
// them keep of pages and statements is more than the rest of an idle program.
const readersRest = 20 * time.Second

// fileName is what the driver is told of a path: "file:" and the escapes keep a ? or % in a
// folder's name from being read as options.
func fileName(path string) string {
	return "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
}

// private makes a file that nobody but the owner of the process can read, unless it is there.
// SQLite makes its own readable by everybody on the machine, and those beside them likewise.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func (d *DB) openSQLite(path string) error {
	if err := private(path); err != nil {
		return err
	}
	name := fileName(path) + "?" + pragmas
	w, err := sql.Open("sqlite", name+"&_txlock=immediate")
	if err != nil {
		return err
	}
	w.SetMaxOpenConns(2) // the writer's, and one for Snapshot
	r, err := sql.Open("sqlite", name+"&_pragma=query_only(1)")
	if err != nil {
		return errors.Join(err, w.Close())
	}
	r.SetMaxOpenConns(8)
	r.SetMaxIdleConns(8)
	r.SetConnMaxIdleTime(readersRest)
	d.read, d.write, d.reader = r, w, &statements{on: r}
	return nil
}

// Close waits for the running transactions and closes the database.
func (d *DB) Close() error {
	if d.writer != nil {
		d.writer.stop()
	}
	if d.read == d.write {
		return d.write.Close()
	}
	return errors.Join(d.read.Close(), d.write.Close())
}

// Postgres reports whether the database is PostgreSQL.
func (d *DB) Postgres() bool { return d.postgres }

// File returns the path of the SQLite file, empty text on PostgreSQL.
func (d *DB) File() string { return d.file }

// QueryContext reads. On SQLite it reads to the end even when ctx ends: that takes
// milliseconds, and to listen for the end of ctx costs two goroutines a query.
func (d *DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if !d.postgres {
		ctx = context.WithoutCancel(ctx)
	}
	if d.Heard != nil {
		d.Heard(query, args)
	}
	return d.reader.QueryContext(ctx, query, args...)
}

// ExecContext is refused: a write belongs in Tx. It is here so that a DB is a Q.
func (d *DB) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	return nil, errors.New("db: a write outside a transaction")
}

// Snapshot writes a consistent copy of the SQLite database to a new file at
// path while the program runs.
func (d *DB) Snapshot(ctx context.Context, path string) error {
	if d.postgres {
		return errors.New("a PostgreSQL database is backed up by its own means (pg_dump)")
	}
	if err := private(path); err != nil {
		return err
	}
	_, err := d.write.ExecContext(ctx, "VACUUM INTO $1", path)
	return err
}

// mostWaiting is how many transactions and commands may wait for their turn: about a
// second's work. Whoever comes after is better off asking again than waiting in the dark.
// On a slow disk fewer are let in to begin with, see kit/web.
const mostWaiting = 8192

// Busy reports whether a transaction that began now would be refused, so that a
// request can be turned away before it costs anything.
func (d *DB) Busy() bool { return d.waiting.Load() >= mostWaiting }

// Tx is one transaction.
type Tx struct {
	q        Q
	after    []func()
	watches  *watches
	postgres bool
	heard    func(query string, args []any) // see DB.HeardWithin; nil where nobody listens
}

// QueryContext reads within the transaction. One or All should be used: on SQLite
// the rows of a query must be read to the end before the same query runs again.
func (t *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if !t.postgres {
		ctx = context.WithoutCancel(ctx) // as in DB; ctx was asked before the writer's turn
	}
	t.tell(query, args)
	return t.q.QueryContext(ctx, query, args...)
}

// ExecContext writes.
func (t *Tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if !t.postgres {
		ctx = context.WithoutCancel(ctx)
	}
	t.tell(query, args)
	return t.q.ExecContext(ctx, query, args...)
}

// tell tells those who watch what a statement writes, once it is durable.
func (t *Tx) tell(query string, args []any) {
	if t.heard != nil {
		t.heard(query, args)
	}
	for _, w := range t.watches.written(query) {
		t.AfterCommit(w.changed)
	}
}

// AfterCommit runs f once the transaction is durable. Live updates and other
// things that cannot be rolled back go here.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

// Tx runs f in a transaction: committed and durable when Tx returns nil, rolled
// back otherwise. f must read and write through tx alone, must be quick, and may
// run again when PostgreSQL asks for it (a serialization failure or a deadlock).
//
// When more wait than can be answered soon, f does not run and the fault is of kind
// fault.Busy.
func (d *DB) Tx(ctx context.Context, f func(tx *Tx) error) error {
	defer d.waiting.Add(-1)
	d.asked.Add(1)
	if d.waiting.Add(1) > mostWaiting {
		return fault.New(fault.Busy, "fault.busy")
	}
	f = pressed(ctx, f)
	if heard, run := d.HeardWithin, f; heard != nil {
		f = func(tx *Tx) error {
			tx.heard = heard
			return run(tx)
		}
	}
	if d.postgres {
		return d.txPostgres(ctx, f)
	}
	return d.writer.do(ctx, f)
}

func (d *DB) txPostgres(ctx context.Context, f func(tx *Tx) error) error {
	for try := 1; ; try++ {
		err := d.once(ctx, f)
		if pg, ok := errors.AsType[*pgconn.PgError](err); ok && (pg.Code == "40001" || pg.Code == "40P01") && try < 5 {
			slog.WarnContext(ctx, "transaction runs again", "code", pg.Code, "try", try)
			continue
		}
		return err
	}
}

func (d *DB) once(ctx context.Context, f func(tx *Tx) error) error {
	s, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = s.Rollback() }() // a no-op after Commit
	tx := &Tx{q: s, watches: &d.watches, postgres: true}
	if err := f(tx); err != nil {
		return err
	}
	if err := s.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	for _, g := range tx.after {
		g()
	}
	return nil
}

// IsUnique reports whether err says that a unique key refused a row.
func IsUnique(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "23505"
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}

// IsForeign reports whether err says that other rows rest on the row that was to be removed,
// or that a row rests on one that is not there.
func IsForeign(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "23503"
	}
	lite, ok := errors.AsType[*sqlite.Error](err)
	return ok && lite.Code() == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY
}
