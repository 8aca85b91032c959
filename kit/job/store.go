package job

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

// row is a job that waits.
type row struct {
	ID, Kind, Args, UniqueKey string
	RunAt                     when.Instant
}

func insert(ctx context.Context, tx *db.Tx, r row) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO job (id, kind, args, unique_key, run_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (unique_key) WHERE unique_key <> '' DO NOTHING`,
		r.ID, r.Kind, r.Args, r.UniqueKey, r.RunAt)
	return err
}

// taken is a job under lease.
type taken struct {
	ID, Kind, Args string
	Attempt        int
}

const isDue = `failed = '' AND run_at <= $1 AND lease < $1`

// take puts the job that has been due longest at now under a lease until the
// given instant. Each taking is a new attempt: what an earlier holder still
// writes about the job no longer matches.
func take(ctx context.Context, d *db.DB, now, until when.Instant) (j Job, found bool, err error) {
	// Looking first keeps an idle queue from writing.
	if _, found, err = db.Maybe[int](ctx, d, `SELECT 1 FROM job WHERE `+isDue+` LIMIT 1`, now); err != nil || !found {
		return Job{}, false, err
	}
	skip := ""
	if d.Postgres() {
		skip = " FOR UPDATE SKIP LOCKED"
	}
	err = d.Tx(ctx, func(tx *db.Tx) error {
		var r taken
		r, found, err = db.Maybe[taken](ctx, tx, `
			UPDATE job SET lease = $2, attempt = attempt + 1, unique_key = ''
			WHERE id = (SELECT id FROM job WHERE `+isDue+` ORDER BY run_at, id LIMIT 1`+skip+`)
			RETURNING id, kind, args, attempt`, now, until)
		j = Job{ID: r.ID, Kind: r.Kind, Attempt: r.Attempt, args: r.Args}
		return err
	})
	return j, found, err
}

// prolong moves the end of the lease of j and reports whether j is still held.
func prolong(ctx context.Context, d *db.DB, j Job, until when.Instant) (held bool, err error) {
	err = d.Tx(ctx, func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `UPDATE job SET lease = $1 WHERE id = $2 AND attempt = $3 AND lease > 0`, until, j.ID, j.Attempt)
		held = n == 1
		return err
	})
	return held, err
}

func remove(ctx context.Context, d *db.DB, j Job) error {
	return end(ctx, d, `DELETE FROM job WHERE id = $1 AND attempt = $2`, j.ID, j.Attempt)
}

func giveUp(ctx context.Context, d *db.DB, j Job, failure string) error {
	return end(ctx, d, `UPDATE job SET lease = 0, failed = $3 WHERE id = $1 AND attempt = $2`, j.ID, j.Attempt, failure)
}

func putBack(ctx context.Context, d *db.DB, j Job, at when.Instant) error {
	return end(ctx, d, `UPDATE job SET lease = 0, run_at = $3 WHERE id = $1 AND attempt = $2`, j.ID, j.Attempt, at)
}

func end(ctx context.Context, d *db.DB, statement string, args ...any) error {
	return d.Tx(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, statement, args...)
		return err
	})
}

// counted is the queue as the database counts it. A job without an hour of its own is due
// from when it was made, which its id tells.
type counted struct {
	Waiting, Failed int64
	RunAt           when.Instant // of the first job with an hour
	FirstID         string       // of those without one
}

func count(ctx context.Context, q db.Q, now when.Instant) (counted, error) {
	return db.One[counted](ctx, q, `
		SELECT count(CASE WHEN failed = '' THEN 1 END) AS waiting, count(CASE WHEN failed <> '' THEN 1 END) AS failed,
		       COALESCE(min(CASE WHEN failed = '' AND run_at > 0 THEN run_at END), 0) AS run_at,
		       COALESCE(min(CASE WHEN failed = '' AND run_at = 0 THEN id END), '') AS first_id
		FROM job WHERE failed <> '' OR run_at <= $1`, now)
}
