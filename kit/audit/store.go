package audit

import (
	"context"
	"maps"
	"slices"

	"chibo/kit/db"
	"chibo/kit/when"
)

// End is the end of one chain: the last entry's number and hash, 0 and empty before
// the first.
type End struct {
	Root string `db:"root_id"`
	Seq  int64
	Hash string
}

// growing is the end of a chain that is written to.
type growing struct {
	End
	At when.Instant // of the last entry
}

// lock returns the ends of the chains that the deeds go into; other writers of the same
// chains wait for this transaction.
func lock(ctx context.Context, tx *db.Tx, deeds []Deed) (map[string]*growing, error) {
	ends := map[string]*growing{}
	for _, d := range deeds {
		ends[d.Root] = &growing{}
	}
	// In order, so that no two transactions wait for each other.
	roots := slices.Sorted(maps.Keys(ends))
	for some := range db.Pieces(roots) {
		args := make([]any, len(some))
		for n, root := range some {
			args[n] = root
		}
		locked, err := db.All[growing](ctx, tx, `
			INSERT INTO audit_head (root_id, seq, hash) SELECT column1, 0, '' FROM (VALUES `+db.Tuples(len(some), 1)+`) AS roots WHERE TRUE
			ON CONFLICT (root_id) DO UPDATE SET seq = audit_head.seq
			RETURNING root_id, seq, hash, COALESCE((SELECT a.at FROM audit a WHERE a.root_id = audit_head.root_id AND a.seq = audit_head.seq), 0) AS at`, args...)
		if err != nil {
			return nil, err
		}
		for _, h := range locked {
			*ends[h.Root] = h
		}
	}
	return ends, nil
}

// add writes entries and the ends to which they bring their chains.
func add(ctx context.Context, tx *db.Tx, entries []Entry, ends map[string]*growing) error {
	if err := db.InsertAll(ctx, tx, "audit", entries); err != nil {
		return err
	}
	for root, end := range ends {
		if _, err := db.Exec(ctx, tx, `UPDATE audit_head SET seq = $2, hash = $3 WHERE root_id = $1`, root, end.Seq, end.Hash); err != nil {
			return err
		}
	}
	return nil
}

// Ends returns the ends of all chains.
func Ends(ctx context.Context, q db.Q) ([]End, error) {
	return db.All[End](ctx, q, `SELECT root_id, seq, hash FROM audit_head ORDER BY root_id`)
}

// EndOf returns the end of the chain of root; one that has not begun has number 0.
func EndOf(ctx context.Context, q db.Q, root string) (End, error) {
	end, _, err := db.Maybe[End](ctx, q, `SELECT root_id, seq, hash FROM audit_head WHERE root_id = $1`, root)
	end.Root = root
	return end, err
}

// HashAt returns the hash of an entry, empty where the chain has none of that number.
func HashAt(ctx context.Context, q db.Q, root string, seq int64) (string, error) {
	hash, _, err := db.Maybe[string](ctx, q, `SELECT hash FROM audit WHERE root_id = $1 AND seq = $2`, root, seq)
	return hash, err
}

const columns = `root_id, seq, at, account_id, member_id, action, object_id, detail, hash`

func from(ctx context.Context, q db.Q, root string, seq int64, most int) ([]Entry, error) {
	return db.All[Entry](ctx, q, `SELECT `+columns+` FROM audit WHERE root_id = $1 AND seq >= $2 ORDER BY seq LIMIT $3`, root, seq, most)
}

func ofObject(ctx context.Context, q db.Q, root, object string) ([]Entry, error) {
	return db.All[Entry](ctx, q, `SELECT `+columns+` FROM audit WHERE root_id = $1 AND object_id = $2 ORDER BY seq`, root, object)
}

// ofAction returns entries of an action that come after one, in the order of the chains.
func ofAction(ctx context.Context, q db.Q, action string, last Entry, most int) ([]Entry, error) {
	return db.All[Entry](ctx, q, `SELECT `+columns+` FROM audit WHERE action = $1 AND (root_id, seq) > ($2, $3) ORDER BY root_id, seq LIMIT $4`,
		action, last.Root, last.Seq, most)
}

// lookedSince reports whether an account has left the same entry about the same object
// since e.At.
func lookedSince(ctx context.Context, q db.Q, e Entry) (bool, error) {
	n, err := db.One[int](ctx, q, `SELECT count(*) FROM audit WHERE root_id = $1 AND object_id = $2 AND account_id = $3 AND action = $4 AND at >= $5`,
		e.Root, e.Object, e.Account, e.Action, e.At)
	return n > 0, err
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
