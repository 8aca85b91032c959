// Package dbtest gives tests real databases: every test runs on SQLite and on
// PostgreSQL.
package dbtest

import (
	"context"
	"database/sql"
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

var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "chibo-test-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "template.db")
	d, err := db.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// SQLite returns the path of a fresh, migrated SQLite database.
func SQLite(t testing.TB) string {
	t.Helper()
	b, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "chibo.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var (
	postgresTemplate string
	postgresOnce     sync.Once
	errPostgres      error
)

// Postgres returns the address of a fresh, migrated PostgreSQL database, which
// goes when the test ends.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("CHIBO_TEST_POSTGRES")
	if server == "" {
		t.Fatal("CHIBO_TEST_POSTGRES is not set: run the tests by `make test`, or `make postgres` and set it as that says")
	}
	postgresOnce.Do(func() { postgresTemplate, errPostgres = migrateTemplate(server) })
	if errPostgres != nil {
		t.Fatal(errPostgres)
	}
	name := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := run(server, "CREATE DATABASE "+name+" TEMPLATE "+postgresTemplate); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return inDatabase(server, name)
}

func migrateTemplate(server string) (string, error) {
	name := "template_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if err := run(server, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	d, err := db.Open(context.Background(), inDatabase(server, name))
	if err != nil {
		return "", err
	}
	return name, d.Close()
}

func run(server, statement string) error {
	s, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	if _, err := s.Exec(statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

func inDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}
