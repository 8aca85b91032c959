package app_test

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"chibo/app"
	"chibo/app/world/worldtest"
	"chibo/kit/db"
	"chibo/kit/db/dbtest"
)

// release writes down what a release leaves in the hands of those who run it: once, when it is
// made, and never again.
var release = flag.String("release", "", "number of the release to be written down, such as 0.1")

// released holds a directory for each release: migrations.txt says what its migrations were,
// data.tar.gz is a data directory as it wrote them.
const (
	released       = "testdata/releases"
	migrationFiles = "../kit/db/migrations"
)

// migrationSums returns a line for each migration of today: its name and its SHA-256.
func migrationSums(t *testing.T) (all []string) {
	t.Helper()
	names, err := filepath.Glob(migrationFiles + "/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatalf("%d migrations, %v", len(names), err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s %x", filepath.Base(name), sha256.Sum256(b)))
	}
	return all
}

// frozen says what must not have been done to migrations since a release: one that it had
// was changed or is gone, one that it had not comes before its last.
func frozen(then, now []string) (wrong []string) {
	last, _, _ := strings.Cut(then[len(then)-1], " ")
	for _, line := range then {
		if !slices.Contains(now, line) {
			wrong = append(wrong, "changed: "+line)
		}
	}
	for _, line := range now {
		name, _, _ := strings.Cut(line, " ")
		if name < last && !slices.ContainsFunc(then, func(old string) bool { return strings.HasPrefix(old, name+" ") }) {
			wrong = append(wrong, "comes too late: "+line)
		}
	}
	return wrong
}

// TestWriteRelease writes a release down where it is asked to.
func TestWriteRelease(t *testing.T) {
	if *release == "" {
		return
	}
	dir := filepath.Join(released, *release)
	if _, err := os.Stat(dir); err == nil {
		t.Fatalf("%s is written down", *release)
	}
	w := worldtest.OnSQLite(t)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	if err := errors.Join(os.CopyFS(data, os.DirFS(w.App.Data)), os.MkdirAll(dir, 0o755)); err != nil {
		t.Fatal(err)
	}
	s, err := sql.Open("sqlite", w.App.Database)
	if err == nil {
		_, err = s.ExecContext(t.Context(), `VACUUM INTO $1`, filepath.Join(data, "chibo.db"))
		err = errors.Join(err, s.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "migrations.txt"), []byte(strings.Join(migrationSums(t), "\n")+"\n"), 0o644), pack(data, filepath.Join(dir, "data.tar.gz"))); err != nil {
		t.Fatal(err)
	}
}

func pack(dir, to string) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	z, _ := gzip.NewWriterLevel(f, gzip.BestCompression) // a level that there is
	w := tar.NewWriter(z)
	return errors.Join(w.AddFS(os.DirFS(dir)), w.Close(), z.Close(), f.Close())
}

func unpack(t *testing.T, from string) string {
	t.Helper()
	f, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return dir
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(h.Name))
		b, err := io.ReadAll(r)
		if err := errors.Join(err, os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, b, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReleasesAreUpgraded opens what each release has left behind, on both databases, and
// verifies it: no row is lost, every seal, file and chain holds.
func TestReleasesAreUpgraded(t *testing.T) {
	t.Parallel()
	dirs, err := filepath.Glob(released + "/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("%d releases, %v", len(dirs), err)
	}
	now := migrationSums(t)
	for _, dir := range dirs {
		text, err := os.ReadFile(filepath.Join(dir, "migrations.txt"))
		if err != nil {
			t.Fatal(err)
		}
		then := strings.Split(strings.TrimSpace(string(text)), "\n")
		for _, wrong := range frozen(then, now) {
			t.Errorf("%s has databases of its own: migration %s", filepath.Base(dir), wrong)
		}
		version, err := goose.NumericComponent(strings.Fields(then[len(then)-1])[0])
		if err != nil {
			t.Fatal(err)
		}
		for name, where := range map[string]func(*testing.T, string) string{
			"sqlite":   func(_ *testing.T, file string) string { return file },
			"postgres": func(t *testing.T, file string) string { return onPostgres(t, file, version) },
		} {
			t.Run(filepath.Base(dir)+"/"+name, func(t *testing.T) {
				t.Parallel()
				data := unpack(t, filepath.Join(dir, "data.tar.gz"))
				before := rowsIn(t, filepath.Join(data, "chibo.db"))
				a, err := app.Open(t.Context(), app.Config{Database: where(t, filepath.Join(data, "chibo.db")), Data: data})
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = a.Close() }()
				if err := a.Verify(t.Context()); err != nil {
					t.Error(err)
				}
				for table, n := range before {
					if got, err := db.One[int](t.Context(), a.DB, `SELECT count(*) FROM `+table); err != nil || got < n {
						t.Errorf("%s has %d rows, had %d, %v", table, got, n, err)
					}
				}
			})
		}
	}
}

// rowsIn returns how many rows each table of a SQLite file has, but for what is only waiting and
// may be done.
func rowsIn(t *testing.T, file string) map[string]int {
	t.Helper()
	s, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	tables, err := db.All[string](t.Context(), s, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%'
		AND name NOT IN ('job')`)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]int{}
	for _, table := range tables {
		n, err := db.One[int](t.Context(), s, `SELECT count(*) FROM `+table)
		if err != nil {
			t.Fatal(err)
		}
		all[table] = n
	}
	return all
}

// onPostgres puts the rows of a SQLite file into a PostgreSQL database of the same version.
func onPostgres(t *testing.T, file string, version int64) string {
	t.Helper()
	where := dbtest.Empty.Postgres(t)
	s, err := sql.Open("pgx", where)
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(database.DialectPostgres, s, os.DirFS(migrationFiles))
	if err == nil {
		_, err = p.UpTo(t.Context(), version)
	}
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := dbtest.Carry(context.WithoutCancel(t.Context()), file, where); err != nil {
		t.Fatal(err)
	}
	return where
}

// TestAChangedMigrationIsFound shows migrations of which databases of a release know nothing.
func TestAChangedMigrationIsFound(t *testing.T) {
	t.Parallel()
	then := []string{"00001_a.sql aa", "00005_b.sql bb"}
	for name, now := range map[string][]string{
		"changed": {"00001_a.sql ff", "00005_b.sql bb"},
		"dropped": {"00005_b.sql bb"},
		"between": {"00001_a.sql aa", "00003_c.sql cc", "00005_b.sql bb"},
	} {
		if len(frozen(then, now)) == 0 {
			t.Errorf("%s: nothing is found", name)
		}
	}
	if wrong := frozen(then, append(then, "00006_c.sql cc")); len(wrong) > 0 {
		t.Errorf("a new one is refused: %q", wrong)
	}
}
