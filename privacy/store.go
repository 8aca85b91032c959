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

const requestColumns = `r.root_id, r.id, r.organization_id, r.member_id, r.claim, r.field, r.value, r.text, r.made_at, r.accept_by,
	r.accepted_at, r.accepted_by, r.others, r.due_at, r.extended_at, r.extended_why, r.state, r.answer, r.answered_at, r.answered_by`

// requestsOf returns the requests of a member, the last first.
func requestsOf(ctx context.Context, q db.Q, root, member string) ([]Request, error) {
	return db.All[Request](ctx, q, `SELECT `+requestColumns+` FROM privacy_request r
		WHERE r.root_id = $1 AND r.member_id = $2 ORDER BY r.made_at DESC, r.id DESC`, root, member)
}

// InScope returns the requests of a scope: those that are open, the most pressing first, then
// those answered since.
func InScope(ctx context.Context, q db.Q, sc access.Scope, since when.Instant) ([]Request, error) {
	args := []any{since}
	return db.All[Request](ctx, q, `SELECT `+requestColumns+` FROM privacy_request r
		JOIN organization o ON o.root_id = r.root_id AND o.id = r.organization_id
		WHERE (r.answered_at = 0 OR r.answered_at >= $1) AND `+sc.Where("o", &args)+`
		ORDER BY CASE WHEN r.answered_at = 0 THEN 0 ELSE 1 END, r.due_at, r.id`, args...)
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
		WHERE root_id = $1 AND id = $2 AND answered_at = 0`, r.Root, r.ID, f.State, f.Answer, at, by)
}

// keep writes down that a request was accepted or extended, where it has not changed since
// it was read as was; 0 rows say that it has.
func keep(ctx context.Context, tx *db.Tx, was, r Request) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE privacy_request SET state = $3, accepted_at = $4, accepted_by = $5, others = $6, due_at = $7,
		extended_at = $8, extended_why = $9 WHERE root_id = $1 AND id = $2 AND state = $10 AND extended_at = $11`,
		r.Root, r.ID, r.State, r.AcceptedAt, r.AcceptedBy, r.Others, r.DueAt, r.ExtendedAt, r.ExtendedWhy, was.State, was.ExtendedAt)
}
