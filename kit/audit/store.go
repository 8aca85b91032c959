package audit

import (
	"context"

	"chibo/kit/db"
)

// head is the end of one chain. While a transaction holds its row, Seq is the
// number of the entry to be written and Hash that of the entry before it.
type head struct {
	Root string `db:"root_id"`
	Seq  int64
	Hash string
}

// lock takes the next number of the chain; other writers of the same chain wait
// for this transaction.
func lock(ctx context.Context, tx *db.Tx, root string) (head, error) {
	return db.One[head](ctx, tx, `
		INSERT INTO audit_head (root_id, seq, hash) VALUES ($1, 1, '')
		ON CONFLICT (root_id) DO UPDATE SET seq = audit_head.seq + 1
		RETURNING root_id, seq, hash`, root)
}

func add(ctx context.Context, tx *db.Tx, e Entry) error {
	if err := db.Insert(ctx, tx, "audit", e); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `UPDATE audit_head SET hash = $2 WHERE root_id = $1`, e.Root, e.Hash)
	return err
}

func heads(ctx context.Context, q db.Q) ([]head, error) {
	return db.All[head](ctx, q, `SELECT root_id, seq, hash FROM audit_head ORDER BY root_id`)
}

const columns = `root_id, seq, at, account_id, member_id, action, object_id, detail, hash`

func from(ctx context.Context, q db.Q, root string, seq int64, most int) ([]Entry, error) {
	return db.All[Entry](ctx, q, `SELECT `+columns+` FROM audit WHERE root_id = $1 AND seq >= $2 ORDER BY seq LIMIT $3`, root, seq, most)
}

func ofObject(ctx context.Context, q db.Q, root, object string) ([]Entry, error) {
	return db.All[Entry](ctx, q, `SELECT `+columns+` FROM audit WHERE root_id = $1 AND object_id = $2 ORDER BY seq`, root, object)
}

// strays finds an entry past the end of its chain, or of a chain without a head.
func strays(ctx context.Context, q db.Q) error {
	e, found, err := db.Maybe[Entry](ctx, q, `
		SELECT a.root_id, a.seq, a.at, a.account_id, a.member_id, a.action, a.object_id, a.detail, a.hash
		FROM audit a LEFT JOIN audit_head h ON h.root_id = a.root_id
		WHERE h.root_id IS NULL OR a.seq > h.seq ORDER BY a.root_id, a.seq LIMIT 1`)
	if err != nil {
		return err
	}
	if found {
		return &Broken{e.Root, e.Seq, "the entry stands past the end of its chain"}
	}
	return nil
}
