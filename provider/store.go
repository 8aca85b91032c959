package provider

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

const columns = `l.root_id, l.account_id, l.issuer, l.subject, l.name, l.linked_at, l.used_at`

// linkOf returns the link of an account; false when it has none.
func linkOf(ctx context.Context, q db.Q, root, account string) (Link, bool, error) {
	return db.Maybe[Link](ctx, q, `SELECT `+columns+` FROM provider_link l WHERE l.root_id = $1 AND l.account_id = $2`, root, account)
}

// linked lists the accounts of a person of the provider: one, but for somebody with an
// account in two base organisations.
func linked(ctx context.Context, q db.Q, issuer, subject string) ([]Link, error) {
	return db.All[Link](ctx, q, `SELECT `+columns+` FROM provider_link l
		JOIN account a ON a.root_id = l.root_id AND a.id = l.account_id AND a.disabled_at = 0
		WHERE l.subject = $1 AND l.issuer = $2 ORDER BY l.used_at DESC, l.linked_at DESC, l.account_id`, subject, issuer)
}

func insert(ctx context.Context, tx *db.Tx, l Link) error {
	return db.Insert(ctx, tx, "provider_link", l)
}

// used notes that a link has let its owner in.
func used(ctx context.Context, tx *db.Tx, l Link, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE provider_link SET used_at = $4 WHERE root_id = $1 AND account_id = $2 AND subject = $3`,
		l.Root, l.Account, l.Subject, at)
}

// Remove takes away the link of an account, and says whether there was one.
func Remove(ctx context.Context, tx *db.Tx, root, account string) (bool, error) {
	n, err := db.Exec(ctx, tx, `DELETE FROM provider_link WHERE root_id = $1 AND account_id = $2`, root, account)
	return n > 0, err
}
