package library

import (
	"context"

	"chibo/kit/db"
)

const fileColumns = `f.root_id, f.id, f.organization_id, f.use_kind, f.use_subject, f.name, f.type, f.hash, f.size, f.kept_at, f.kept_by`

func insertFile(ctx context.Context, tx *db.Tx, f File) error {
	return db.Insert(ctx, tx, "library_file", f)
}

func findFile(ctx context.Context, q db.Q, root, id string) (File, error) {
	return db.One[File](ctx, q, `SELECT `+fileColumns+` FROM library_file f WHERE f.root_id = $1 AND f.id = $2`, root, id)
}

// placedFile is a file with the path of the organisation it belongs to.
type placedFile struct {
	File
	Path string
}

func findPlaced(ctx context.Context, q db.Q, id string) (placedFile, error) {
	return db.One[placedFile](ctx, q, `SELECT `+fileColumns+`, o.path FROM library_file f
		JOIN organization o ON o.root_id = f.root_id AND o.id = f.organization_id WHERE f.id = $1`, id)
}

func filesOf(ctx context.Context, q db.Q, root, kind, subject string) ([]File, error) {
	return db.All[File](ctx, q, `SELECT `+fileColumns+` FROM library_file f
		WHERE f.root_id = $1 AND f.use_kind = $2 AND f.use_subject = $3 ORDER BY f.kept_at, f.id`, root, kind, subject)
}

func deleteFile(ctx context.Context, tx *db.Tx, root, id string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM library_file WHERE root_id = $1 AND id = $2`, root, id)
	return err
}

// named returns how many files, of whatever organisation, have these bytes.
func named(ctx context.Context, q db.Q, hash string) (int, error) {
	return db.One[int](ctx, q, `SELECT count(*) FROM library_file WHERE hash = $1`, hash)
}

func insertStub(ctx context.Context, tx *db.Tx, s Stub) error {
	return db.Insert(ctx, tx, "library_stub", s)
}

func stubsOf(ctx context.Context, q db.Q, root, kind, subject string) ([]Stub, error) {
	return db.All[Stub](ctx, q, `SELECT root_id, id, organization_id, use_kind, use_subject, number, dated_on, where_kept, noted_at, noted_by
		FROM library_stub WHERE root_id = $1 AND use_kind = $2 AND use_subject = $3 ORDER BY noted_at, id`, root, kind, subject)
}

// fileKey is the key of a file, for reading all of them page by page.
type fileKey struct{ root, id string }

func filesAfter(ctx context.Context, q db.Q, k fileKey, most int) ([]File, error) {
	return db.All[File](ctx, q, `SELECT `+fileColumns+` FROM library_file f
		WHERE f.root_id > $1 OR f.root_id = $1 AND f.id > $2 ORDER BY f.root_id, f.id LIMIT $3`, k.root, k.id, most)
}
