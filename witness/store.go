package witness

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/head"
)

// unit is a unit with a chain of its own, and the committee above that keeps its heads:
// itself where none stands above it in this program.
type unit struct {
	ID         string
	Name       string
	Keeper     string
	KeeperName string
	KeeperRoot string
	KeeperPath string
	Seq        int64 // of the last entry, 0 before the first
	Hash       string
}

const unitQuery = `
	SELECT o.id, o.name, COALESCE(k.id, o.id) AS keeper, COALESCE(k.name, o.name) AS keeper_name,
		COALESCE(k.root_id, o.root_id) AS keeper_root, COALESCE(k.path, o.path) AS keeper_path,
		COALESCE(h.seq, 0) AS seq, COALESCE(h.hash, '') AS hash
	FROM organization o
	LEFT JOIN organization k ON k.id = o.parent_id
	LEFT JOIN audit_head h ON h.root_id = o.root_id
	WHERE o.id = o.root_id AND `

// unitsIn returns the units of a scope that have chains of their own, in the order of the
// tree.
func unitsIn(ctx context.Context, q db.Q, scope access.Scope) ([]unit, error) {
	var args []any
	return db.All[unit](ctx, q, unitQuery+scope.Where("o", &args)+` ORDER BY o.path`, args...)
}

// unitOf returns the unit whose chain is that of root.
func unitOf(ctx context.Context, q db.Q, root string) (unit, bool, error) {
	return db.Maybe[unit](ctx, q, unitQuery+`o.root_id = $1`, root)
}

// kept is what is kept of a chain, with the hash of its entry of that number: empty where
// there is none.
type kept struct {
	Kept
	Found string
}

const keptQuery = `
	SELECT w.root_id, w.subject_id, w.keeper_id, w.seq, w.hash, w.signed_at, w.key, w.signature, w.told_at, COALESCE(a.hash, '') AS found
	FROM witness w LEFT JOIN audit a ON a.root_id = w.subject_id AND a.seq = w.seq`

// keptIn returns what is kept of the chains of a scope.
func keptIn(ctx context.Context, q db.Q, scope access.Scope) ([]kept, error) {
	var args []any
	return db.All[kept](ctx, q, keptQuery+` JOIN organization o ON o.id = w.subject_id AND o.root_id = w.subject_id WHERE `+scope.Where("o", &args), args...)
}

// keptOfUnit returns what is kept of the chain of one unit by the committee above it.
func keptOfUnit(ctx context.Context, q db.Q, u unit) (kept, bool, error) {
	return db.Maybe[kept](ctx, q, keptQuery+` WHERE w.root_id = $1 AND w.subject_id = $2`, u.KeeperRoot, u.ID)
}

func put(ctx context.Context, tx *db.Tx, k Kept) error {
	_, err := db.Exec(ctx, tx, `
		INSERT INTO witness (root_id, subject_id, keeper_id, seq, hash, signed_at, key, signature, told_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (root_id, subject_id) DO UPDATE SET keeper_id = $3, seq = $4, hash = $5, signed_at = $6, key = $7, signature = $8, told_at = $9`,
		k.Root, k.Subject, k.Keeper, k.Seq, k.Hash, k.SignedAt, k.Key, k.Signature, k.ToldAt)
	return err
}

// turnsIn returns the turns of the signing key in the chains of a scope.
func turnsIn(ctx context.Context, q db.Q, scope access.Scope) (map[string]head.Turns, error) {
	args := []any{signingKey}
	entries, err := db.All[audit.Entry](ctx, q, `
		SELECT a.root_id, a.seq, a.at, a.account_id, a.member_id, a.action, a.object_id, a.detail, a.hash
		FROM organization o JOIN audit a ON a.root_id = o.root_id AND a.object_id = $1
		WHERE o.id = o.root_id AND `+scope.Where("o", &args)+` ORDER BY a.root_id, a.seq`, args...)
	if err != nil {
		return nil, err
	}
	return turns(entries)
}

// oldest returns the chain that began first: ids grow with time.
func oldest(ctx context.Context, q db.Q) (string, bool, error) {
	return db.Maybe[string](ctx, q, `SELECT root_id FROM audit_head ORDER BY root_id LIMIT 1`)
}
