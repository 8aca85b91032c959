package db

import (
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

//go:embed migrations/*.sql
var migrations embed.FS

// appendOnly are the tables whose rows never change and never go: the database
// itself refuses it, whatever a program asks.
var appendOnly = []string{"audit", "act", "seal", "seal_file"}

// bytewise are the columns that are compared as bytes whatever order of letters a
// PostgreSQL database was made with: a scope is a range of paths.
var bytewise = map[string]string{"organization": "path"}

func (d *DB) migrate(ctx context.Context) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	dialect := database.DialectPostgres
	if !d.postgres {
		dialect, dir = database.DialectSQLite3, keyOrdered{dir}
	}
	p, err := goose.NewProvider(dialect, d.write, dir)
	if err != nil {
		return err
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if have > want {
		return fmt.Errorf("the database has schema %d, this program knows up to %d: use the newer program", have, want)
	}
	if have == want {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return err
	}
	return d.guard(ctx)
}

// keyOrdered is the migrations as SQLite reads them: a table that ends in the comment
// WITHOUT ROWID keeps its rows in the order of its key, so that nothing in the file
// numbers them in the order in which they came. PostgreSQL has no such tables and
// reads a comment.
type keyOrdered struct{ fs.FS }

// Open opens a migration.
func (k keyOrdered) Open(name string) (fs.File, error) {
	f, err := k.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	b, err := fs.ReadFile(k.FS, name)
	return migration{f, strings.NewReader(strings.ReplaceAll(string(b), "/* WITHOUT ROWID */", "WITHOUT ROWID"))}, err
}

// migration is a file with another text.
type migration struct {
	fs.File
	text io.Reader
}

// Read reads the text.
func (m migration) Read(p []byte) (int, error) { return m.text.Read(p) }

// guard sets what migrations in one SQL text cannot say: the order of bytewise
// columns and the triggers of the append-only tables.
func (d *DB) guard(ctx context.Context) error {
	tables, err := d.tables(ctx)
	if err != nil {
		return err
	}
	for table, column := range bytewise {
		if d.postgres && slices.Contains(tables, table) {
			if _, err := d.write.ExecContext(ctx, fmt.Sprintf(`ALTER TABLE %s ALTER COLUMN %s TYPE TEXT COLLATE "C"`, table, column)); err != nil {
				return fmt.Errorf("order of %s.%s: %w", table, column, err)
			}
		}
	}
	for _, t := range appendOnly {
		if !slices.Contains(tables, t) {
			continue
		}
		for _, s := range d.guardSQL(t) {
			if _, err := d.write.ExecContext(ctx, s); err != nil {
				return fmt.Errorf("guard %s: %w", t, err)
			}
		}
	}
	return nil
}

func (d *DB) guardSQL(table string) []string {
	if d.postgres {
		return []string{
			`CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
			 $$ BEGIN RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME; END $$`,
			strings.ReplaceAll(`CREATE OR REPLACE TRIGGER TABLE_stays BEFORE UPDATE OR DELETE ON TABLE FOR EACH ROW EXECUTE FUNCTION append_only()`, "TABLE", table),
		}
	}
	one := `CREATE TRIGGER IF NOT EXISTS TABLE_no_EVENT BEFORE EVENT ON TABLE BEGIN SELECT RAISE(ABORT, 'rows of TABLE never change'); END`
	one = strings.ReplaceAll(one, "TABLE", table)
	return []string{strings.ReplaceAll(one, "EVENT", "UPDATE"), strings.ReplaceAll(one, "EVENT", "DELETE")}
}

func (d *DB) tables(ctx context.Context) ([]string, error) {
	query := `SELECT name FROM sqlite_schema WHERE type = 'table'`
	if d.postgres {
		query = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`
	}
	return All[string](ctx, d.write, query)
}
