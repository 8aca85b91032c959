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
