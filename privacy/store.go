package privacy

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

func acknowledged(ctx context.Context, q db.Q, root, account string, version int) (when.Instant, bool, error) {
	return db.Maybe[when.Instant](ctx, q, `SELECT read_at FROM privacy_acknowledgement
		WHERE root_id = $1 AND account_id = $2 AND version = $3`, root, account, version)
}

func putAcknowledged(ctx context.Context, tx *db.Tx, root, account string, version int, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO privacy_acknowledgement (root_id, account_id, version, read_at) VALUES ($1, $2, $3, $4)`, root, account, version, at)
	return err
}

const requestColumns = `r.root_id, r.id, r.organization_id, r.member_id, r.claim, r.field, r.value, r.text, r.made_at, r.due_at,
	r.state, r.answer, r.answered_at, r.answered_by`

// requestsOf returns the requests of a member, the last first.
func requestsOf(ctx context.Context, q db.Q, root, member string) ([]Request, error) {
	return db.All[Request](ctx, q, `SELECT `+requestColumns+` FROM privacy_request r
		WHERE r.root_id = $1 AND r.member_id = $2 ORDER BY r.made_at DESC, r.id DESC`, root, member)
}

// InScope returns the requests of a scope: those that wait, the most pressing first, then
// those answered since.
func InScope(ctx context.Context, q db.Q, sc access.Scope, since when.Instant) ([]Request, error) {
	args := []any{since}
	return db.All[Request](ctx, q, `SELECT `+requestColumns+` FROM privacy_request r
		JOIN organization o ON o.root_id = r.root_id AND o.id = r.organization_id
		WHERE (r.state = 'waiting' OR r.answered_at >= $1) AND `+sc.Where("o", &args)+`
		ORDER BY CASE WHEN r.state = 'waiting' THEN 0 ELSE 1 END, r.due_at, r.id`, args...)
}

func requestInScope(ctx context.Context, q db.Q, sc access.Scope, id string) (Request, error) {
	args := []any{id}
	return db.One[Request](ctx, q, `SELECT `+requestColumns+` FROM privacy_request r
		JOIN organization o ON o.root_id = r.root_id AND o.id = r.organization_id
		WHERE r.id = $1 AND `+sc.Where("o", &args), args...)
}

// answer writes the answer of a request; 0 rows say that it was answered meanwhile.
func answer(ctx context.Context, tx *db.Tx, r Request, f Reply, by string, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE privacy_request SET state = $3, answer = $4, answered_at = $5, answered_by = $6
		WHERE root_id = $1 AND id = $2 AND state = 'waiting'`, r.Root, r.ID, f.State, f.Answer, at, by)
}

// ClockOf returns how long a cell takes to answer.
func ClockOf(ctx context.Context, q db.Q, root, cell string) (Clock, error) {
	type row struct{ StopHours, OtherHours int }
	k, found, err := db.Maybe[row](ctx, q, `SELECT stop_hours, other_hours FROM privacy_setting
		WHERE root_id = $1 AND organization_id = $2`, root, cell)
	if !found {
		return DefaultClock, err
	}
	return Clock{k.StopHours, k.OtherHours}, err
}

func putClock(ctx context.Context, tx *db.Tx, root, cell string, k Clock) error {
	_, err := db.Exec(ctx, tx, `INSERT INTO privacy_setting (root_id, organization_id, stop_hours, other_hours) VALUES ($1, $2, $3, $4)
		ON CONFLICT (root_id, organization_id) DO UPDATE SET stop_hours = excluded.stop_hours, other_hours = excluded.other_hours`,
		root, cell, k.Stop, k.Other)
	return err
}
