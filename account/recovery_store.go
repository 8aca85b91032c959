package account

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

const recoveryColumns = `r.root_id, r.id, r.account_id, r.drops, r.asked_by, r.asked_name, r.asked_at, r.confirmed_by, r.ended_at`

// askedSince lists the recoveries that wait and were asked for since an instant. They are
// few: see recoveryLife.
func askedSince(ctx context.Context, q db.Q, since when.Instant) ([]Recovery, error) {
	return db.All[Recovery](ctx, q, `SELECT `+recoveryColumns+` FROM account_recovery r
		WHERE r.ended_at = 0 AND r.asked_at > $1 ORDER BY r.asked_at, r.id`, since)
}

// recoveriesOf lists what was asked for an account since an instant, the latest first.
func recoveriesOf(ctx context.Context, q db.Q, root, account string, since when.Instant) ([]Recovery, error) {
	return db.All[Recovery](ctx, q, `SELECT `+recoveryColumns+` FROM account_recovery r
		WHERE r.root_id = $1 AND r.account_id = $2 AND r.asked_at > $3 ORDER BY r.asked_at DESC`, root, account, since)
}

func insertRecovery(ctx context.Context, tx *db.Tx, r Recovery) error {
	return db.Insert(ctx, tx, "account_recovery", r)
}

// endRecoveries takes back what waits for an account.
func endRecoveries(ctx context.Context, tx *db.Tx, root, account string, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE account_recovery SET ended_at = $3 WHERE root_id = $1 AND account_id = $2 AND ended_at = 0`, root, account, at)
	return err
}

// confirmRecovery ends a recovery by its second person; 0 rows say that it has ended.
func confirmRecovery(ctx context.Context, tx *db.Tx, r Recovery, by string, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE account_recovery SET confirmed_by = $3, ended_at = $4
		WHERE root_id = $1 AND id = $2 AND ended_at = 0`, r.Root, r.ID, by, at)
}

// handed counts the deeds since an instant by which the person of one of two accounts has let the other
// in, or given the other something to do.
func handed(ctx context.Context, q db.Q, a, b Account, since when.Instant) (int, error) {
	return db.One[int](ctx, q, `SELECT count(*) FROM audit u WHERE u.root_id IN ($1, $2) AND u.at > $7
			AND (u.account_id = $3 AND u.object_id IN ($4, $6) OR u.account_id = $4 AND u.object_id IN ($3, $5)) AND u.object_id <> ''
			AND u.action IN ('account.created', 'account.code_issued', 'account.granted', 'account.recovery_confirmed', 'account.opened',
				'organization.appointed', 'organization.placed')`,
		a.Root, b.Root, a.ID, b.ID, a.Member, b.Member, since)
}
