package report

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

const bookColumns = `root_id, organization_id, year, version, state, progress, asked_at, asked_by, made_at, made_by, pages, papers, pdf, docx`

// book returns the year book of a cell in a version, and whether one was ever asked for.
func book(ctx context.Context, q db.Q, root, organization string, year int, v Version) (Book, bool, error) {
	return db.Maybe[Book](ctx, q, `SELECT `+bookColumns+` FROM year_book
		WHERE root_id = $1 AND organization_id = $2 AND year = $3 AND version = $4`, root, organization, year, v)
}

// ask notes that a making was asked for; the files of an earlier one stay.
func ask(ctx context.Context, tx *db.Tx, b Book) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO year_book (root_id, organization_id, year, version, state, progress, asked_at, asked_by) VALUES ($1, $2, $3, $4, $5, 0, $6, $7)
		ON CONFLICT (root_id, organization_id, year, version) DO UPDATE SET state = $5, progress = 0, asked_at = $6, asked_by = $7`,
		b.Root, b.Organization, b.Year, b.Version, Asked, b.AskedAt, b.AskedBy)
	return err
}

// runningFor is how many books are being made for a member, of whatever cells of a base organisation.
func runningFor(ctx context.Context, q db.Q, root, member string, now when.Instant) (int, error) {
	return db.One[int](ctx, q, `SELECT count(*) FROM year_book WHERE root_id = $1 AND state = 'asked' AND asked_by = $2 AND asked_at > $3`, root, member, now.Add(-longest))
}

// progress notes how far a making has come and that it lives.
func progress(ctx context.Context, tx *db.Tx, b Book, done int, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE year_book SET progress = $5, asked_at = $6
		WHERE root_id = $1 AND organization_id = $2 AND year = $3 AND version = $4 AND state = 'asked'`,
		b.Root, b.Organization, b.Year, b.Version, done, at)
	return err
}

// finish writes how a making ended.
func finish(ctx context.Context, tx *db.Tx, b Book) error {
	_, err := db.Exec(ctx, tx, `UPDATE year_book SET state = $5, progress = $6, made_at = $7, made_by = $8, pages = $9, papers = $10, pdf = $11, docx = $12
		WHERE root_id = $1 AND organization_id = $2 AND year = $3 AND version = $4`,
		b.Root, b.Organization, b.Year, b.Version, b.State, b.Progress, b.MadeAt, b.MadeBy, b.Pages, b.Papers, b.PDF, b.DOCX)
	return err
}
