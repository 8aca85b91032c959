package factor

import (
	"context"
	"fmt"
	"strings"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

// of returns the authenticator of an account, also one that is not confirmed yet.
func of(ctx context.Context, q db.Q, root, account string) (Factor, bool, error) {
	return db.Maybe[Factor](ctx, q, `SELECT f.root_id, f.account_id, f.secret, f.made_at, f.confirmed_at, f.step
		FROM factor f WHERE f.root_id = $1 AND f.account_id = $2`, root, account)
}

// put puts an authenticator in the place of one that was not confirmed.
func put(ctx context.Context, tx *db.Tx, f Factor) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM factor WHERE root_id = $1 AND account_id = $2 AND confirmed_at = 0`, f.Root, f.Account); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "factor", f)
}

// taken notes that the code of a step was taken; 0 rows say that it was before, by a
// request that came at the same time.
func taken(ctx context.Context, tx *db.Tx, f Factor, step int64) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE factor SET step = $3 WHERE root_id = $1 AND account_id = $2 AND step < $3`, f.Root, f.Account, step)
}

func confirm(ctx context.Context, tx *db.Tx, f Factor, at when.Instant) error {
	_, err := db.Exec(ctx, tx, `UPDATE factor SET confirmed_at = $3 WHERE root_id = $1 AND account_id = $2`, f.Root, f.Account, at)
	return err
}

// drop removes authenticator and recovery codes.
func drop(ctx context.Context, tx *db.Tx, root, account string) error {
	if err := dropPapers(ctx, tx, root, account); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `DELETE FROM factor WHERE root_id = $1 AND account_id = $2`, root, account)
	return err
}

func dropPapers(ctx context.Context, tx *db.Tx, root, account string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM factor_paper WHERE root_id = $1 AND account_id = $2`, root, account)
	return err
}

// paper is a recovery code as it is kept.
type paper struct {
	Root    string `db:"root_id"`
	Account string `db:"account_id"`
	Hash    string
	MadeAt  when.Instant
	UsedAt  when.Instant
}

func insertPapers(ctx context.Context, tx *db.Tx, all []paper) error {
	return db.InsertAll(ctx, tx, "factor_paper", all)
}

// usePaper marks a recovery code used; 0 rows say that it was, or is none.
func usePaper(ctx context.Context, tx *db.Tx, root, account, hash string, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE factor_paper SET used_at = $4
		WHERE root_id = $1 AND account_id = $2 AND hash = $3 AND used_at = 0`, root, account, hash, at)
}

// papersLeft returns how many recovery codes of an account have not been used.
func papersLeft(ctx context.Context, q db.Q, root, account string) (int, error) {
	return db.One[int](ctx, q, `SELECT count(*) FROM factor_paper WHERE root_id = $1 AND account_id = $2 AND used_at = 0`, root, account)
}

// DueFrom returns the first day on which a rule of one of some units asks for the second
// factor; zero where none does.
func DueFrom(ctx context.Context, q db.Q, units []string) (when.Date, error) {
	return earliest(ctx, q, units)
}

// earliest returns the first day on which a rule of one of the units holds; zero where
// none has one.
func earliest(ctx context.Context, q db.Q, units []string) (when.Date, error) {
	if len(units) == 0 {
		return when.Date{}, nil
	}
	args := make([]any, len(units))
	places := make([]string, len(units))
	for i, id := range units {
		args[i], places[i] = id, fmt.Sprintf("$%d", i+1)
	}
	return db.One[when.Date](ctx, q, `SELECT COALESCE(min(r.from_on), '') FROM factor_rule r
		WHERE r.organization_id IN (`+strings.Join(places, ", ")+`)`, args...)
}

func setRule(ctx context.Context, tx *db.Tx, r Rule) error {
	if err := liftRule(ctx, tx, r.Root, r.Organization); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "factor_rule", r)
}

func liftRule(ctx context.Context, tx *db.Tx, root, organization string) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM factor_rule WHERE root_id = $1 AND organization_id = $2`, root, organization)
	return err
}

// ruled is a unit with its rule; From is zero where it has none.
type ruled struct {
	Root string `db:"root_id"`
	ID   string
	Name string
	Path string
	From when.Date `db:"from_on"`
}

// ruledInScope lists the committees of a scope.
func ruledInScope(ctx context.Context, q db.Q, sc access.Scope) ([]ruled, error) {
	var args []any
	return db.All[ruled](ctx, q, `SELECT o.root_id, o.id, o.name, o.path, COALESCE(r.from_on, '') AS from_on
		FROM organization o LEFT JOIN factor_rule r ON r.root_id = o.root_id AND r.organization_id = o.id
		WHERE o.level IN ('province', 'ward', 'base_committee') AND o.closed_on = '' AND `+sc.Where("o", &args)+` ORDER BY o.path`, args...)
}
