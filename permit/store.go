package permit

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const columns = `p.root_id, p.id, p.account_id, p.member_id, p.full_name, p.organization_id, p.kind, p.need, p.address, p.asked_on, p.state, p.reason, p.asked_at, p.answered_by, p.answered_name, p.answered_at, p.answer`

// first is the first list of an account on a day.
type first struct {
	Root    string    `db:"root_id"`
	Account string    `db:"account_id"`
	On      when.Date `db:"taken_on"`
	Subject string
}

func firstOf(ctx context.Context, q db.Q, who access.Person, day when.Date) (subject string, found bool, err error) {
	return db.Maybe[string](ctx, q, `SELECT f.subject FROM permit_first f WHERE f.root_id = $1 AND f.account_id = $2 AND f.taken_on = $3`, who.Root, who.Account, day)
}

// putFirst notes the first list of a day; n is 0 where there was one. What earlier days have left
// behind is forgotten: the log of deeds keeps it.
func putFirst(ctx context.Context, tx *db.Tx, f first) (n int64, err error) {
	if _, err := db.Exec(ctx, tx, `DELETE FROM permit_first WHERE root_id = $1 AND account_id = $2 AND taken_on < $3`, f.Root, f.Account, f.On); err != nil {
		return 0, err
	}
	return db.Exec(ctx, tx, `INSERT INTO permit_first (root_id, account_id, taken_on, subject) VALUES ($1, $2, $3, $4)
		ON CONFLICT (root_id, account_id, taken_on) DO NOTHING`, f.Root, f.Account, f.On, f.Subject)
}

// latest returns the last permit of an account for an address on a day.
func latest(ctx context.Context, q db.Q, account, address string, day when.Date) (Permit, bool, error) {
	return db.Maybe[Permit](ctx, q, `SELECT `+columns+` FROM permit p
		WHERE p.asked_on = $1 AND p.account_id = $2 AND p.address = $3 ORDER BY p.id DESC LIMIT 1`, day, account, address)
}

// forgetBegun drops what somebody has wanted on earlier days and never asked for.
func forgetBegun(ctx context.Context, tx *db.Tx, p Permit) error {
	_, err := db.Exec(ctx, tx, `DELETE FROM permit WHERE root_id = $1 AND account_id = $2 AND state = 'begun' AND asked_on < $3`, p.Root, p.Account, p.AskedOn)
	return err
}

// take uses a permit up; n is 0 where somebody has been quicker.
func take(ctx context.Context, tx *db.Tx, p Permit) (n int64, err error) {
	return db.Exec(ctx, tx, `UPDATE permit SET state = 'taken' WHERE root_id = $1 AND id = $2 AND state = $3`, p.Root, p.ID, p.State)
}

// ask gives the reason of a permit; n is 0 where it was given before.
func ask(ctx context.Context, tx *db.Tx, p Permit) (n int64, err error) {
	return db.Exec(ctx, tx, `UPDATE permit SET state = $3, reason = $4, asked_at = $5 WHERE root_id = $1 AND id = $2 AND state = 'begun'`,
		p.Root, p.ID, p.State, p.Reason, p.AskedAt)
}

// answer writes an answer down; n is 0 where there is one.
func answer(ctx context.Context, tx *db.Tx, p Permit) (n int64, err error) {
	return db.Exec(ctx, tx, `UPDATE permit SET state = $3, answered_by = $4, answered_name = $5, answered_at = $6, answer = $7
		WHERE root_id = $1 AND id = $2 AND state = 'asked'`, p.Root, p.ID, p.State, p.AnsweredBy, p.AnsweredName, p.AnsweredAt, p.Answer)
}

// askedRow is an account that may answer a permit.
type askedRow struct {
	Root    string `db:"root_id"`
	Permit  string `db:"permit_id"`
	Account string `db:"account_id"`
}

// shown is a permit with the unit whose people stand in the list.
type shown struct {
	Permit
	UnitRoot string
	Unit     string
	UnitPath string
	Own      bool // it is the reader's
}

// shownQuery asks by account alone: who may answer sits in another base organisation than who asks,
// and no two accounts have one id.
const shownQuery = `SELECT ` + columns + `, o.root_id AS unit_root, o.name AS unit, o.path AS unit_path, p.account_id = $1 AS own
	FROM permit p JOIN organization o ON o.id = p.organization_id
	WHERE (p.account_id = $1 OR p.state <> 'begun' AND EXISTS (SELECT 1 FROM permit_asked a WHERE a.root_id = p.root_id AND a.permit_id = p.id AND a.account_id = $1))`

// forAccount returns a permit that an account has asked for, or may answer.
func forAccount(ctx context.Context, q db.Q, account, id string) (shown, error) {
	return db.One[shown](ctx, q, shownQuery+` AND p.id = $2`, account, id)
}

// ofDay returns what an account has asked for or may answer on a day, in the order of asking.
func ofDay(ctx context.Context, q db.Q, account string, day when.Date) ([]shown, error) {
	return db.All[shown](ctx, q, shownQuery+` AND p.asked_on = $2 AND p.state NOT IN ('begun', 'taken') ORDER BY p.id`, account, day)
}

// candidate is an account that is tied to a unit.
type candidate struct {
	Root    string `db:"root_id"`
	Account string `db:"account_id"`
	Member  string `db:"member_id"`
}

// candidates returns the open accounts of those who hold an office, a role given by hand or a seat
// in a department of a unit on day, and who can be a second person: they have come in before and
// are as old as since.
func candidates(ctx context.Context, q db.Q, asks Permit, root, unit string, day when.Date, since when.Instant) ([]candidate, error) {
	return db.All[candidate](ctx, q, `
		SELECT a.root_id, a.id AS account_id, a.member_id FROM account a
		WHERE a.id IN (
			SELECT m.id FROM organization_office f JOIN account m ON m.member_id = f.member_id AND m.member_id <> ''
				WHERE f.root_id = $1 AND f.organization_id = $2 AND f.from_on <= $3 AND (f.until_on = '' OR f.until_on >= $3)
			UNION SELECT g.account_id FROM account_grant g WHERE g.organization_id = $2 AND g.revoked_at = 0
			UNION SELECT m.id FROM organization_seat t JOIN organization_department d ON d.root_id = t.root_id AND d.id = t.department_id
				JOIN account m ON m.member_id = t.member_id AND m.member_id <> ''
				WHERE d.root_id = $1 AND d.organization_id = $2 AND t.from_on <= $3 AND (t.until_on = '' OR t.until_on >= $3))
			AND a.disabled_at = 0 AND a.created_at <= $4 AND a.id <> $5 AND (a.member_id = '' OR a.member_id <> $6)
			AND EXISTS (SELECT 1 FROM account_session s WHERE s.root_id = a.root_id AND s.account_id = a.id)
		ORDER BY a.id`, root, unit, day, since, asks.Account, asks.Member)
}

// handed counts the deeds since an instant by which who asks has let an account in, or given its
// person something to do.
func handed(ctx context.Context, q db.Q, asks Permit, c candidate, since when.Instant) (int, error) {
	return db.One[int](ctx, q, `SELECT count(*) FROM audit u
		WHERE u.root_id IN ($1, $2) AND (u.object_id = $3 OR u.object_id = $4 AND u.object_id <> '') AND u.account_id = $5 AND u.at > $6
			AND u.action IN ('account.created', 'account.code_issued', 'account.granted', 'account.recovery_asked', 'account.recovery_confirmed',
				'account.opened', 'organization.appointed', 'organization.placed')`,
		c.Root, asks.Root, c.Account, c.Member, asks.Account, since)
}

// namesOf returns the names of those who may answer a permit.
func namesOf(ctx context.Context, q db.Q, p Permit) ([]string, error) {
	return db.All[string](ctx, q, `SELECT a.full_name FROM permit_asked k JOIN account a ON a.id = k.account_id
		WHERE k.root_id = $1 AND k.permit_id = $2 ORDER BY a.full_name, a.id`, p.Root, p.ID)
}
