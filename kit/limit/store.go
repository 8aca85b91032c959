package limit

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

// fullAt returns when buckets are full again, by name, of those that are not full.
func fullAt(ctx context.Context, q db.Q, buckets []Bucket) (map[string]when.Instant, error) {
	type row struct {
		Name   string
		FullAt when.Instant
	}
	rows, err := db.All[row](ctx, q, `SELECT name, full_at FROM limit_bucket WHERE name IN (VALUES `+db.Tuples(len(buckets), 1)+`)`, names(buckets)...)
	all := make(map[string]when.Instant, len(rows))
	for _, r := range rows {
		all[r.Name] = r.FullAt
	}
	return all, err
}

func names(buckets []Bucket) []any {
	all := make([]any, len(buckets))
	for n, b := range buckets {
		all[n] = b.name()
	}
	return all
}

// charge is Bucket.charged, done by the database, and whether there was room.
func charge(ctx context.Context, tx *db.Tx, b Bucket, now when.Instant) (bool, error) {
	n, err := db.Exec(ctx, tx, `
		INSERT INTO limit_bucket (name, full_at) VALUES ($1, $3)
		ON CONFLICT (name) DO UPDATE SET full_at = CASE
			WHEN limit_bucket.full_at > $5 THEN $3
			WHEN limit_bucket.full_at > $2 THEN limit_bucket.full_at + $3 - $2
			ELSE $3 END
		WHERE limit_bucket.full_at <= $4 OR limit_bucket.full_at > $5`,
		b.name(), now, now.Add(b.Every), now.Add(b.room()), now.Add(b.deepest()))
	return n > 0, err
}

// dropFull forgets the buckets that are full again.
func dropFull(ctx context.Context, tx *db.Tx, now when.Instant) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM limit_bucket WHERE full_at <= $1`, now)
	return err
}

func drop(ctx context.Context, tx *db.Tx, buckets []Bucket) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM limit_bucket WHERE name IN (VALUES `+db.Tuples(len(buckets), 1)+`)`, names(buckets)...)
	return err
}
