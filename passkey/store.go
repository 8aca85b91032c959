package passkey

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

const columns = `p.root_id, p.id, p.account_id, p.credential, p.public_key, p.name, p.sign_count, p.eligible, p.copied, p.made_at, p.used_at`

// ofAccount lists the keys of an account, the oldest first.
func ofAccount(ctx context.Context, q db.Q, root, account string) ([]Passkey, error) {
	return db.All[Passkey](ctx, q, `SELECT `+columns+` FROM passkey p WHERE p.root_id = $1 AND p.account_id = $2 ORDER BY p.made_at, p.id`, root, account)
}

// Has reports whether an account has a passkey.
func Has(ctx context.Context, q db.Q, root, account string) (bool, error) {
	n, err := db.One[int](ctx, q, `SELECT count(*) FROM passkey WHERE root_id = $1 AND account_id = $2`, root, account)
	return n > 0, err
}

func insert(ctx context.Context, tx *db.Tx, p Passkey) error { return db.Insert(ctx, tx, "passkey", p) }

// used notes what a device has said when it signed.
func used(ctx context.Context, tx *db.Tx, p Passkey) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE passkey SET sign_count = $3, copied = $4, used_at = $5 WHERE root_id = $1 AND id = $2`,
		p.Root, p.ID, p.SignCount, p.Copied, p.UsedAt)
}

func remove(ctx context.Context, tx *db.Tx, root, account, id string) (int64, error) {
	return db.Exec(ctx, tx, `DELETE FROM passkey WHERE root_id = $1 AND account_id = $2 AND id = $3`, root, account, id)
}

// RemoveAll removes the keys of an account, whose owner has lost them.
func RemoveAll(ctx context.Context, tx *db.Tx, root, account string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM passkey WHERE root_id = $1 AND account_id = $2`, root, account)
	return err
}

// answered is a challenge that was answered.
type answered struct {
	Root      string `db:"root_id"`
	Challenge string
	Until     when.Instant `db:"until_at"`
}

// answer takes a challenge as answered; it is refused by its key when it was before. Those
// that would be too old by now go.
func answer(ctx context.Context, tx *db.Tx, a answered, now when.Instant) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM passkey_answered WHERE root_id = $1 AND until_at < $2`, a.Root, now); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "passkey_answered", a)
}
