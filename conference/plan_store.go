package conference

import (
	"context"

	"chibo/kit/db"
	"chibo/kit/when"
)

// planOf returns the versions of the plan of a conference in their order.
func planOf(ctx context.Context, q db.Q, x Conference) (Plan, error) {
	return db.All[Version](ctx, q, `SELECT root_id, conference_id, n, facts, saved_at, saved_by, sent_at, sent_by, answer, note, answered_at, answered_by,
		issued_at, issued_by, number, dated FROM conference_version WHERE root_id = $1 AND conference_id = $2 ORDER BY n`, x.Root, x.ID)
}

func updateVersion(ctx context.Context, tx *db.Tx, v Version) error {
	_, err := db.Exec(ctx, tx, `UPDATE conference_version SET sent_at = $4, sent_by = $5, answer = $6, note = $7, answered_at = $8, answered_by = $9,
		issued_at = $10, issued_by = $11, number = $12, dated = $13 WHERE root_id = $1 AND conference_id = $2 AND n = $3`,
		v.Root, v.Conference, v.N, v.SentAt, v.SentBy, v.Answer, v.Note, v.AnsweredAt, v.AnsweredBy, v.IssuedAt, v.IssuedBy, v.Number, v.Dated)
	return err
}

// concerned is somebody whom an issued plan concerns, with the unit for which it does.
type concerned struct {
	Root         string `db:"root_id"`
	Organization string `db:"organization_id"`
	Member       string `db:"member_id"`
}

// concernedBy returns who leads a cell that performs or leads or keeps a unit that is to
// name delegates, on day.
func concernedBy(ctx context.Context, q db.Q, x Conference, day when.Date) ([]concerned, error) {
	return db.All[concerned](ctx, q, `SELECT DISTINCT f.root_id, f.organization_id, f.member_id
		FROM organization o JOIN organization u ON u.path > o.path AND substr(u.path, 1, length(o.path)) = o.path AND u.closed_on = ''
		JOIN organization_office f ON f.root_id = u.root_id AND f.organization_id = u.id AND f.from_on <= $3 AND (f.until_on = '' OR f.until_on >= $3)
			AND f.post IN ('secretary', 'deputy', 'committee_member', 'party_committee', 'clerk')
		WHERE o.root_id = $1 AND o.id = (SELECT x.organization_id FROM conference x WHERE x.root_id = $1 AND x.id = $2) AND (
			EXISTS (SELECT 1 FROM conference_sitting y WHERE y.root_id = $1 AND y.conference_id = $2 AND y.host_root = u.root_id AND y.host_id = u.id)
			OR EXISTS (SELECT 1 FROM conference_category k WHERE k.root_id = $1 AND k.conference_id = $2
				AND (k.source = 'bases' AND u.parent_id = o.id OR k.source = 'cells' AND u.parent_id <> o.id AND u.level = 'cell')))
		ORDER BY f.root_id, f.organization_id, f.member_id`, x.Root, x.ID, day)
}
