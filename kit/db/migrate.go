package db

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
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

// MigrationsSum is the SHA-256 of all migrations in hex, cut to 16 signs: databases of one
// sum have the same tables.
func MigrationsSum() string {
	sum := sha256.New()
	files, err := fs.Glob(migrations, "migrations/*.sql")
	for _, name := range files {
		text, readErr := migrations.ReadFile(name)
		err = errors.Join(err, readErr)
		_, _ = fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text) // a sum takes everything
	}
	if err != nil {
		panic(err) // they are part of the program
	}
	return hex.EncodeToString(sum.Sum(nil))[:16]
}

// appendOnly are the tables whose rows never change and never go: the database
// itself refuses it, whatever a program asks.
var appendOnly = []string{"audit", "act", "seal", "seal_file"}

// marking are the tables of which every row that comes, changes or goes counts as a
// change of its cell in board_cell: the database itself does it, so that no writer can
// forget it. Package supervision counts such a cell anew. Each names the cell by its column
// organization_id, organization itself by id.
var marking = []string{"meeting", "score", "remedy", "theme", "matter", "organization_settings", "organization"}

// bytewise are the columns that are compared as bytes whatever order of letters a
// PostgreSQL database was made with: a scope is a range of paths.
var bytewise = map[string]string{"organization": "path"}

// migrating is the lock that keeps programs which start together from changing the schema
// at the same time.
const migrating = 0x636869626f

func (d *DB) migrate(ctx context.Context) error {
	if !d.postgres {
		return d.up(ctx)
	}
	c, err := d.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close() }() // back to its pool
	if _, err := c.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, migrating); err != nil {
		return err
	}
	err = d.up(ctx)
	_, unlock := c.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, migrating)
	return errors.Join(err, unlock)
}

// up brings the schema to what this program knows.
func (d *DB) up(ctx context.Context) error {
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
		whole, err := d.guarded(ctx) // not where the program was killed between the last migration and its guards
		if err != nil || whole {
			return err
		}
	} else if _, err := p.Up(ctx); err != nil {
		return err
	}
	return d.guard(ctx)
}

// guarded reports whether every table that wants triggers has its last one: guard sets the
// order of columns before any.
func (d *DB) guarded(ctx context.Context) (bool, error) {
	query, suffixes := `SELECT name FROM sqlite_schema WHERE type = 'trigger'`, [2][]string{{"_no_UPDATE", "_no_DELETE"}, {"_marks_INSERT", "_marks_UPDATE", "_marks_DELETE"}}
	if d.postgres {
		query = `SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = current_schema()::regnamespace`
		suffixes = [2][]string{{"_stays"}, {"_marks"}}
	}
	there, err := All[string](ctx, d.write, query)
	if err != nil {
		return false, err
	}
	for n, tables := range [][]string{appendOnly, marking} {
		for _, table := range tables {
			for _, suffix := range suffixes[n] {
				if !slices.Contains(there, table+suffix) {
					return false, nil
				}
			}
		}
	}
	return true, nil
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
// columns, the triggers of the append-only tables and those that mark cells.
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
	return d.mark(ctx, tables)
}

// mark sets the triggers of the marking tables.
func (d *DB) mark(ctx context.Context, tables []string) error {
	if !slices.Contains(tables, "board_cell") {
		return nil
	}
	for _, t := range marking {
		for _, s := range d.markSQL(t) {
			if _, err := d.write.ExecContext(ctx, s); err != nil {
				return fmt.Errorf("marks of %s: %w", t, err)
			}
		}
	}
	return nil
}

// markSQL returns the triggers by which a table marks the cells of its rows. A cell that is
// no longer there, or that stands in no tree yet, is not marked.
func (d *DB) markSQL(table string) []string {
	function, column := "mark_cell", "organization_id"
	if table == "organization" {
		function, column = "mark_own_cell", "id"
	}
	upsert := `INSERT INTO board_cell (root_id, organization_id, changes)
		SELECT o.root_id, o.id, 1 FROM organization o WHERE o.root_id = ROW.root_id AND o.id = ROW.` + column + ` AND o.level = 'cell'
		ON CONFLICT (root_id, organization_id) DO UPDATE SET changes = board_cell.changes + 1;`
	if d.postgres {
		return []string{
			`CREATE OR REPLACE FUNCTION ` + function + `() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			 IF TG_OP = 'DELETE' THEN ` + strings.ReplaceAll(upsert, "ROW", "OLD") + `
			 ELSIF TG_OP = 'INSERT' OR NEW IS DISTINCT FROM OLD THEN ` + strings.ReplaceAll(upsert, "ROW", "NEW") + `
			 END IF; RETURN NULL; END $$`,
			strings.ReplaceAll(`CREATE OR REPLACE TRIGGER TABLE_marks AFTER INSERT OR UPDATE OR DELETE ON TABLE FOR EACH ROW EXECUTE FUNCTION `, "TABLE", table) + function + `()`,
		}
	}
	var all []string
	for event, row := range map[string]string{"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"} {
		one := strings.NewReplacer("TABLE", table, "EVENT", event).Replace(`CREATE TRIGGER IF NOT EXISTS TABLE_marks_EVENT AFTER EVENT ON TABLE BEGIN `)
		all = append(all, one+strings.ReplaceAll(upsert, "ROW", row)+` END`)
	}
	return all
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
