// Package dbtest gives tests real databases: every test runs on SQLite and on
// PostgreSQL.
package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"chibo/kit/db"
)

// Each runs f on a fresh, migrated SQLite database and on a fresh, migrated
// PostgreSQL database, as parallel subtests "sqlite" and "postgres". It fails
// where CHIBO_TEST_POSTGRES does not name a PostgreSQL server on which it may
// create databases; make test starts one.
func Each(t *testing.T, f func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		f(t, Open(t, SQLite(t)))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		f(t, Open(t, Postgres(t)))
	})
}

// Open opens where for the length of the test.
func Open(t testing.TB, where string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// Template is a database that is filled once in a process and copied for every test that
// wants one like it.
type Template struct {
	file func() ([]byte, error) // of SQLite
	name func() (string, error) // in PostgreSQL
}

// NewTemplate returns one that fill fills, the first time that it is wanted: the database,
// which is empty or has its tables and nothing in them, is at where and is closed again at
// the end.
func NewTemplate(fill func(where string) error) *Template {
	return &Template{
		file: sync.OnceValues(func() ([]byte, error) { return fillFile(fill) }),
		name: sync.OnceValues(func() (string, error) {
			base, err := migrated.name()
			if err != nil {
				return "", err
			}
			name := newName("template_")
			return name, errors.Join(run("CREATE DATABASE "+name+" TEMPLATE "+base), fill(address(name)))
		}),
	}
}

// Twin returns a template whose database on PostgreSQL has the very rows of m on SQLite.
func (m *Template) Twin() *Template {
	return &Template{file: m.file, name: sync.OnceValues(func() (string, error) {
		b, err := m.file()
		if err != nil {
			return "", err
		}
		dir, err := os.MkdirTemp("", "chibo-twin-")
		if err != nil {
			return "", err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		base, err := migrated.name()
		if err != nil {
			return "", err
		}
		name, path := newName("template_"), filepath.Join(dir, "chibo.db")
		return name, errors.Join(os.WriteFile(path, b, 0o600), run("CREATE DATABASE "+name+" TEMPLATE "+base), Carry(context.Background(), path, address(name)))
	})}
}

// Empty is a database without a table.
var Empty = &Template{
	file: func() ([]byte, error) { return nil, nil },
	name: func() (string, error) { return "template0", nil },
}

// migrated is a database that has its tables and nothing in them. On the server all
// processes of a run of tests share it: to migrate costs more than most tests.
var migrated = &Template{
	file: sync.OnceValues(func() ([]byte, error) { return fillFile(migrate) }),
	name: sync.OnceValues(migrateServer),
}

func migrate(where string) error {
	d, err := db.Open(context.Background(), where)
	if err != nil {
		return err
	}
	return d.Close()
}

// migrateServer returns the template of these migrations, and makes it where no other
// process has: under another name, so that whoever finds it finds it whole.
func migrateServer() (string, error) {
	name := "template_" + db.MigrationsSum()
	if found, err := exists(name); err != nil || found {
		return name, err
	}
	own := newName("template_")
	if err := errors.Join(run("CREATE DATABASE "+own), migrate(address(own))); err != nil {
		return "", err
	}
	renamed := run("ALTER DATABASE " + own + " RENAME TO " + name)
	if renamed == nil {
		return name, nil
	}
	if found, err := exists(name); err != nil || !found { // nobody was faster: it is an error
		return "", errors.Join(err, renamed)
	}
	return name, run("DROP DATABASE " + own)
}

// SQLite returns the path of a fresh, migrated SQLite database.
func SQLite(t testing.TB) string {
	t.Helper()
	return migrated.SQLite(t)
}

// Postgres returns the address of a fresh, migrated PostgreSQL database, which
// goes when the test ends.
func Postgres(t testing.TB) string {
	t.Helper()
	return migrated.Postgres(t)
}

// SQLite returns the path of a copy.
func (m *Template) SQLite(t testing.TB) string {
	t.Helper()
	b, err := m.file()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "chibo.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Postgres returns the address of a copy, which goes when the test ends.
func (m *Template) Postgres(t testing.TB) string {
	t.Helper()
	if server() == "" {
		t.Fatal("CHIBO_TEST_POSTGRES is not set: run the tests by `make test`, or `make postgres` and set it as that says")
	}
	template, err := m.name()
	if err != nil {
		t.Fatal(err)
	}
	name := newName("test_")
	if err := run("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return address(name)
}

func fillFile(fill func(where string) error) ([]byte, error) {
	dir, err := os.MkdirTemp("", "chibo-test-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "template.db")
	if err := fill(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path) // #nosec G304 -- a file of the tests
}

func newName(prefix string) string { return prefix + strings.ReplaceAll(uuid.NewString(), "-", "") }

// server is the address of the PostgreSQL server for tests, empty where there is none.
func server() string { return os.Getenv("CHIBO_TEST_POSTGRES") }

func exists(name string) (found bool, err error) {
	s, err := sql.Open("pgx", server())
	if err != nil {
		return false, err
	}
	defer func() { _ = s.Close() }()
	return found, s.QueryRow("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)", name).Scan(&found)
}

func run(statement string) error {
	s, err := sql.Open("pgx", server())
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	if _, err := s.Exec(statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// address is that of a database on the server.
func address(name string) string {
	u, err := url.Parse(server())
	if err != nil {
		return server()
	}
	u.Path = "/" + name
	return u.String()
}
