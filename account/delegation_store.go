package account

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
)

const delegationColumns = `d.root_id, d.id, d.organization_id, d.role, d.giver, d.receiver, d.parts, d.reason, d.from_on, d.until_on, d.given_at, d.ended_at`

// lent is what somebody does in the place of another. Seated says that they have an office in the unit
// or a seat in one of its departments.
type lent struct {
	Delegation
	Seated bool
}

// delegationsTo returns what a member does in the place of others on day.
func delegationsTo(ctx context.Context, q db.Q, root, member string, day when.Date) ([]lent, error) {
	return db.All[lent](ctx, q, `
		SELECT `+delegationColumns+`, `+seated("d.root_id", "d.organization_id", "d.receiver")+` AS seated FROM account_delegation d
		WHERE d.root_id = $1 AND d.receiver = $2 AND d.ended_at = 0 AND d.from_on <= $3 AND d.until_on >= $3 ORDER BY d.id`, root, member, day)
}

// seated is the condition that a member has an office in a unit, or a seat in one of its departments, on
// the day $3.
func seated(root, unit, member string) string {
	return `(EXISTS (SELECT 1 FROM organization_office f WHERE f.root_id = ` + root + ` AND f.organization_id = ` + unit + ` AND f.member_id = ` + member + `
				AND f.from_on <= $3 AND (f.until_on = '' OR f.until_on >= $3))
			OR EXISTS (SELECT 1 FROM organization_seat s JOIN organization_department t ON t.root_id = s.root_id AND t.id = s.department_id
				WHERE s.root_id = ` + root + ` AND t.organization_id = ` + unit + ` AND s.member_id = ` + member + `
				AND s.from_on <= $3 AND (s.until_on = '' OR s.until_on >= $3)))`
}

// toldDelegation is a delegation with the names of those it concerns.
type toldDelegation struct {
	Delegation
	GiverName, ReceiverName, Unit string
}

const told = `SELECT ` + delegationColumns + `, g.full_name AS giver_name, r.full_name AS receiver_name, o.name AS unit
	FROM account_delegation d
	JOIN member g ON g.root_id = d.root_id AND g.id = d.giver
	JOIN member r ON r.root_id = d.root_id AND r.id = d.receiver
	JOIN organization o ON o.id = d.organization_id `

// delegationsOf returns what a member has given and been given, newest first.
func delegationsOf(ctx context.Context, q db.Q, root, member string) ([]toldDelegation, error) {
	return db.All[toldDelegation](ctx, q, told+`
		WHERE d.root_id = $1 AND (d.giver = $2 OR d.receiver = $2) ORDER BY d.given_at DESC, d.id LIMIT 50`, root, member)
}

// delegationsAt returns what is handed over in a unit on day and later.
func delegationsAt(ctx context.Context, q db.Q, organization string, day when.Date) ([]toldDelegation, error) {
	return db.All[toldDelegation](ctx, q, told+`
		WHERE d.organization_id = $1 AND d.ended_at = 0 AND d.until_on >= $2 ORDER BY d.from_on, d.id`, organization, day)
}

func insertDelegation(ctx context.Context, tx *db.Tx, d Delegation) error {
	return db.Insert(ctx, tx, "account_delegation", d)
}

// endDelegation ends one that runs or is to come, for either of the two.
func endDelegation(ctx context.Context, tx *db.Tx, root, id, member string, at when.Instant) (int64, error) {
	return db.Exec(ctx, tx, `UPDATE account_delegation SET ended_at = $4
		WHERE root_id = $1 AND id = $2 AND (giver = $3 OR receiver = $3) AND ended_at = 0 AND until_on >= $5`, root, id, member, at, at.Date())
}

// colleague is somebody who may stand in for another in a unit.
type colleague struct {
	Member   string `db:"member_id"`
	FullName string
}

// colleagues returns who can sign in and has something of their own in a unit on day: an
// office there, a seat in one of its departments, or a place on its roll.
func colleagues(ctx context.Context, q db.Q, g access.Grant, root string, day when.Date) ([]colleague, error) {
	return db.All[colleague](ctx, q, `
		SELECT a.member_id, a.full_name FROM account a
		JOIN member m ON m.root_id = a.root_id AND m.id = a.member_id
		WHERE a.root_id = $1 AND a.member_id <> '' AND a.disabled_at = 0
			AND (m.organization_id = $2 OR `+seated("a.root_id", "$2", "a.member_id")+`)
		ORDER BY m.name_key, a.full_name, a.member_id`, root, g.Organization, day)
}
