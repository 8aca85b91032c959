package db

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

var kills = flag.Int("kills", 4, "at how many statements of the migrations the program is killed; 0 is every one")

// place is a statement of a migration: the k-th of the file.
type place struct {
	name   string
	before int64 // version before the migration
	done   []string
}

// places lists every statement of every migration, in their order.
func places(t *testing.T, dir fs.FS) (all []place) {
	t.Helper()
	names, err := fs.Glob(dir, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var before int64
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := fs.ReadFile(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		_, up, _ := strings.Cut(string(text), "-- +goose Up")
		up, _, _ = strings.Cut(up, "-- +goose Down")
		statements := strings.SplitAfter(up, ";\n")
		for k := range statements {
			all = append(all, place{name, before, statements[:k+1]})
		}
		before = version
	}
	return all
}

// TestUpgradeIsKilled stops in the middle of a migration, takes the files as a killed program
// leaves them, and opens them: the schema was the old one, and becomes the new one with all
// its guards.
func TestUpgradeIsKilled(t *testing.T) {
	t.Parallel()
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	dir := keyOrdered{sub}
	all := places(t, sub)
	if *kills > 0 {
		r := rand.New(rand.NewPCG(3, 1))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		all = all[:*kills]
	}
	want := schemaOf(t, fresh(t))
	for _, p := range all {
		left := killedAt(t, dir, p)
		if got := versionOf(t, left); got != p.before {
			t.Errorf("%s, statement %d: version %d, want the old one, %d", p.name, len(p.done), got, p.before)
		}
		d, err := Open(t.Context(), left)
		if err != nil {
			t.Errorf("%s, statement %d: %v", p.name, len(p.done), err)
			continue
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if got := schemaOf(t, left); !slices.Equal(got, want) {
			t.Errorf("%s, statement %d: the schema is neither old nor new", p.name, len(p.done))
		}
	}
}

// TestUpgradeIsKilledOnPostgres ends the connection in the middle of migrations, as the death of
// the program does: each time the schema is the old one to the last index, and in the end the
// program makes the new one of it.
func TestUpgradeIsKilledOnPostgres(t *testing.T) {
	t.Parallel()
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	where, admin := emptyPostgres(t)
	s, err := sql.Open("pgx", where)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	provider, err := goose.NewProvider(database.DialectPostgres, s, sub)
	if err != nil {
		t.Fatal(err)
	}
	chosen := chosenPlaces(t, sub)
	for at, p := range chosen {
		if p.before > 0 && (at == 0 || chosen[at-1].before != p.before) {
			if _, err := provider.UpTo(t.Context(), p.before); err != nil {
				t.Fatal(err)
			}
		}
		before := postgresSchema(t, s)
		killPostgresAt(t, s, admin, p)
		if after := postgresSchema(t, s); !slices.Equal(before, after) {
			t.Errorf("%s, statement %d: the schema is not the old one", p.name, len(p.done))
		}
	}
	d, err := Open(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	fresh, _ := emptyPostgres(t)
	if d, err = Open(t.Context(), fresh); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if got, want := postgresSchema(t, s), postgresSchema(t, d.write); !slices.Equal(got, want) {
		t.Error("the schema is neither old nor new")
	}
	t.Logf("killed at %d statements", len(chosen))
}

// chosenPlaces returns the statements at which a run kills, in their order.
func chosenPlaces(t *testing.T, dir fs.FS) []place {
	t.Helper()
	all := places(t, dir)
	if *kills == 0 {
		return all
	}
	r := rand.New(rand.NewPCG(5, 1))
	var chosen []place
	for n, p := range all {
		if r.IntN(len(all)) < 4**kills || n == len(all)-1 {
			chosen = append(chosen, p)
		}
	}
	return chosen
}

// emptyPostgres returns the address of a database without a table, which goes at the end of the
// test, and a connection to its server.
func emptyPostgres(t *testing.T) (string, *sql.DB) {
	t.Helper()
	server := os.Getenv("CHIBO_TEST_POSTGRES")
	u, err := url.Parse(server)
	if err != nil || server == "" {
		t.Fatalf("CHIBO_TEST_POSTGRES is not an address: %q, %v", server, err)
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := admin.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)")
		if err := errors.Join(err, admin.Close()); err != nil {
			t.Error(err)
		}
	})
	u.Path = "/" + name
	return u.String(), admin
}

// killPostgresAt does the statements of a place and ends the connection before they are
// committed.
func killPostgresAt(t *testing.T, s, admin *sql.DB, p place) {
	t.Helper()
	c, err := s.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	var pid int
	if err := c.QueryRowContext(t.Context(), `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
		t.Fatal(err)
	}
	for _, statement := range append([]string{"BEGIN;"}, p.done...) {
		if _, err := c.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", p.name, err)
		}
	}
	if _, err := admin.ExecContext(t.Context(), `SELECT pg_terminate_backend($1)`, pid); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ExecContext(t.Context(), `COMMIT`); err == nil {
		t.Fatalf("%s: the connection lives", p.name)
	}
}

// postgresSchema describes the tables, keys, indexes and triggers of a database.
func postgresSchema(t *testing.T, s *sql.DB) []string {
	t.Helper()
	all, err := All[string](t.Context(), s, `
		SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || COALESCE(column_default, '') || ' ' || COALESCE(collation_name, '') AS what
			FROM information_schema.columns WHERE table_schema = 'public'
		UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
		UNION ALL SELECT 'key ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
		UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace
		ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestAnUpgradeInPiecesIsFound migrates as a careless program would, each statement for itself:
// the same death must leave a schema that is neither old nor new.
func TestAnUpgradeInPiecesIsFound(t *testing.T) {
	t.Parallel()
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	where, admin := emptyPostgres(t)
	s, err := sql.Open("pgx", where)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	p := places(t, sub)[0]
	before := postgresSchema(t, s)
	p.done = append([]string{"COMMIT;"}, p.done...)
	killPostgresAt(t, s, admin, p)
	if slices.Equal(before, postgresSchema(t, s)) {
		t.Error("statements that were done for themselves are not seen")
	}
}

// killedAt migrates a new database up to a place and returns the path of its files as they
// lie while the statements of the place are done and not committed.
func killedAt(t *testing.T, dir fs.FS, p place) string {
	t.Helper()
	from, to := t.TempDir(), t.TempDir()
	s, err := sql.Open("sqlite", filepath.Join(from, "x.db")+"?_pragma=journal_mode(WAL)&_pragma=cache_size(4)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	s.SetMaxOpenConns(1)
	if p.before > 0 {
		provider, err := goose.NewProvider(database.DialectSQLite3, s, dir)
		if err == nil {
			_, err = provider.UpTo(t.Context(), p.before)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	tx, err := s.BeginTx(context.WithoutCancel(t.Context()), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range p.done {
		if _, err := tx.ExecContext(t.Context(), strings.ReplaceAll(statement, "/* WITHOUT ROWID */", "WITHOUT ROWID")); err != nil {
			t.Fatalf("%s: %v", p.name, err)
		}
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(to, "x.db")
}

// TestGuardsComeBack kills the program between the last migration and its guards.
func TestGuardsComeBack(t *testing.T) {
	t.Parallel()
	path := fresh(t)
	want := schemaOf(t, path)
	s, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ExecContext(t.Context(), `DROP TRIGGER seal_no_DELETE; DROP TRIGGER meeting_marks_INSERT`); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if got := schemaOf(t, path); !slices.Equal(got, want) {
		t.Error("the guards stay away")
	}
}

// TestDowngradeIsRefused opens a database of a newer program.
func TestDowngradeIsRefused(t *testing.T) {
	t.Parallel()
	path := fresh(t)
	s, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), "use the newer program") {
		t.Errorf("opened: %v", err)
	}
}

// fresh returns the path of a new database that nobody has open.
func fresh(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	d, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func schemaOf(t *testing.T, path string) []string {
	t.Helper()
	return ask(t, path, `SELECT name || ' ' || sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name`)
}

func versionOf(t *testing.T, path string) int64 {
	t.Helper()
	var version int64
	for range ask(t, path, `SELECT name FROM sqlite_schema WHERE name = 'goose_db_version'`) {
		s, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.QueryRowContext(t.Context(), `SELECT max(version_id) FROM goose_db_version`).Scan(&version); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return version
}

func ask(t *testing.T, path, query string) []string {
	t.Helper()
	s, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	all, err := All[string](t.Context(), s, query)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
