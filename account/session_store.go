package account

import (
	"context"
	"fmt"

	"chibo/kit/db"
	"chibo/kit/when"
)

const sessionColumns = `s.root_id, s.id, s.account_id, s.token_hash, s.device_hash, s.device, s.shared, s.proof, s.created_at, s.seen_at, s.ended_at`

func sessionByToken(ctx context.Context, q db.Q, tokenHash string) (Session, bool, error) {
	return db.Maybe[Session](ctx, q, `SELECT `+sessionColumns+` FROM account_session s WHERE s.token_hash = $1`, tokenHash)
}

// bearer is a session with whose it is; what is asked at every request is read of it
// and no more.
type bearer struct {
	Session
	Member     string `db:"member_id"`
	FullName   string
	DisabledAt when.Instant
}

// #nosec G101 -- a query with the word token in it
const bearerQuery = `SELECT s.root_id, s.id, s.account_id, s.shared, s.proof, s.created_at, s.seen_at, s.ended_at,
		a.member_id, a.full_name, a.disabled_at
	FROM account_session s JOIN account a ON a.root_id = s.root_id AND a.id = s.account_id
	WHERE s.token_hash = $1`

func bearerOf(ctx context.Context, q db.Q, tokenHash string) (bearer, bool, error) {
	return db.Maybe[bearer](ctx, q, bearerQuery, tokenHash)
}

func insertSession(ctx context.Context, tx *db.Tx, s Session) error {
	return db.Insert(ctx, tx, "account_session", s)
}

// touch notes that sessions were used, unless they have ended meanwhile: those that go into one
// statement as the earliest of them, so that none lives longer than it may.
func touch(ctx context.Context, tx *db.Tx, all []used) error {
	for some := range db.Pieces(all) {
		args, at := make([]any, 0, 2*len(some)+1), some[0].at
		for _, u := range some {
			args, at = append(args, u.root, u.id), min(at, u.at)
		}
		args = append(args, at)
		_, err := db.Exec(ctx, tx, fmt.Sprintf(`UPDATE account_session SET seen_at = $%d
			WHERE (root_id, id) IN (VALUES %s) AND ended_at = 0 AND seen_at < $%[1]d`, len(args), db.Tuples(len(some), 2)), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// endSessions ends the open sessions of an account but for the one with the id
// except, and returns how many.
func endSessions(ctx context.Context, tx *db.Tx, root, account, except string, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE account_session SET ended_at = $4
		WHERE root_id = $1 AND account_id = $2 AND id <> $3 AND ended_at = 0`, root, account, except, at)
}

// endOne ends an open session of an account and returns the hash of its token; it says so by
// another name of the table, so that those who watch what ends sessions are not told: whoever
// calls it forgets the session.
func endOne(ctx context.Context, tx *db.Tx, root, account, id string, at when.Instant) (tokenHash string, found bool, err error) {
	return db.Maybe[string](ctx, tx, `UPDATE account_session AS one SET ended_at = $4
		WHERE root_id = $1 AND account_id = $2 AND id = $3 AND ended_at = 0 RETURNING token_hash`, root, account, id, at)
}

// openSessions lists the sessions of an account that have not been ended, the
// latest first.
func openSessions(ctx context.Context, q db.Q, root, account string) ([]Session, error) {
	return db.All[Session](ctx, q, `SELECT `+sessionColumns+` FROM account_session s
		WHERE s.root_id = $1 AND s.account_id = $2 AND s.ended_at = 0 AND s.proof <> 'waiting' ORDER BY s.seen_at DESC, s.id DESC`, root, account)
}

// knownDevice reports whether the account has been signed in on the device before.
func knownDevice(ctx context.Context, q db.Q, a Account, deviceHash string) (bool, error) {
	n, err := db.One[int](ctx, q, `SELECT count(*) FROM account_session
		WHERE root_id = $1 AND account_id = $2 AND device_hash = $3 AND proof <> 'waiting'`, a.Root, a.ID, deviceHash)
	return n > 0, err
}

// trustedDevice reports whether the account has shown a second factor on the device
// since an instant, and not as one of several people who use it.
func trustedDevice(ctx context.Context, q db.Q, a Account, deviceHash string, since when.Instant) (bool, error) {
	n, err := db.One[int](ctx, q, `SELECT count(*) FROM account_session
		WHERE root_id = $1 AND account_id = $2 AND device_hash = $3 AND shared = FALSE AND created_at >= $4
			AND proof IN ('code', 'passkey')`, a.Root, a.ID, deviceHash, since)
	return n > 0, err
}

// setProof notes by what an open session is proven; 0 rows say that it has ended, or was
// not proven by what it was.
func setProof(ctx context.Context, tx *db.Tx, root, id string, from, to Proof, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE account_session SET proof = $4, seen_at = $5
		WHERE root_id = $1 AND id = $2 AND proof = $3 AND ended_at = 0`, root, id, from, to, at)
}

// distrust makes the devices of an account ones that have shown no second factor. A session that is
// open goes on, since ByDevice is as Strong: what is remembered of it (memory.go) stays true, and the
// watch need not hear of it.
func distrust(ctx context.Context, tx *db.Tx, root, account string) error {
	_, err := db.Exec(ctx, tx, `UPDATE account_session SET proof = 'device'
		WHERE root_id = $1 AND account_id = $2 AND proof IN ('code', 'passkey')`, root, account)
	return err
}

const codeColumns = `c.root_id, c.id, c.account_id, c.link_hash, c.code, c.issued_by, c.issued_at, c.until_at, c.used_at`

func codeByLink(ctx context.Context, q db.Q, linkHash string) (Code, bool, error) {
	return db.Maybe[Code](ctx, q, `SELECT `+codeColumns+` FROM account_code c WHERE c.link_hash = $1`, linkHash)
}

// unusedCode returns the code of an account that has not been used; there is one at
// most.
func unusedCode(ctx context.Context, q db.Q, root, account string) (Code, bool, error) {
	return db.Maybe[Code](ctx, q, `SELECT `+codeColumns+` FROM account_code c
		WHERE c.root_id = $1 AND c.account_id = $2 AND c.used_at = 0`, root, account)
}

// retireCodes makes the account's codes useless and returns how many were not used.
func retireCodes(ctx context.Context, tx *db.Tx, root, account string, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE account_code SET used_at = $3
		WHERE root_id = $1 AND account_id = $2 AND used_at = 0`, root, account, at)
}

func insertCode(ctx context.Context, tx *db.Tx, c Code) error {
	return db.Insert(ctx, tx, "account_code", c)
}

// useCode marks a code used; 0 rows say that it was used meanwhile.
func useCode(ctx context.Context, tx *db.Tx, c Code, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE account_code SET used_at = $3
		WHERE root_id = $1 AND id = $2 AND used_at = 0`, c.Root, c.ID, at)
}
