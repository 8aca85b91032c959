package db

import (
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// TestStandingsAreCarriedOver opens a database of before member_standing was written anew, and finds
// every record as it was.
func TestStandingsAreCarriedOver(t *testing.T) {
	t.Parallel()
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "x.db")
	s, err := sql.Open("sqlite", file) // foreign keys are not asked for, so that no people are needed
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(database.DialectSQLite3, s, keyOrdered{sub})
	if err == nil {
		_, err = provider.UpTo(t.Context(), 431)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range 7 {
		for _, add := range []string{
			`INSERT INTO organization (root_id, id, parent_id, path, level, name) VALUES ('r', ?1, '', '/' || ?1 || '/', 'cell', 'x')`,
			`INSERT INTO member (root_id, id, organization_id, full_name, name_key, folded) VALUES ('r', ?1, ?1, 'x', 'x', 'x')`,
			`INSERT INTO member_standing VALUES ('r', ?1, ?1, '2026-01-01', 'official', 'n' || ?1, 7, 'by' || ?1)`,
		} {
			if _, err := s.ExecContext(t.Context(), add, fmt.Sprint(i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	whole, err := One[int](t.Context(), d, `SELECT count(*) FROM member_standing WHERE root_id = 'r' AND member_id = organization_id AND from_on = '2026-01-01'
		AND standing = 'official' AND note = 'n' || member_id AND recorded_at = 7 AND recorded_by = 'by' || member_id`)
	if err != nil || whole != 7 {
		t.Errorf("%d of 7 records are as they were, %v", whole, err)
	}
}
