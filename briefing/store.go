package briefing

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/when"
)

// sessions reads every meeting with an item of current affairs, with who is named
// there and whether that one came. Package room keeps who came once a meeting is
// closed.
const sessions = `SELECT m.root_id, m.id AS meeting_id, m.organization_id, m.title, m.month, m.kind IN ('ordinary', 'combined') AS monthly,
	m.starts_at, m.state, i.id AS item, i.presenter,
	(EXISTS (SELECT 1 FROM room_voice v WHERE v.root_id = m.root_id AND v.meeting_id = m.id AND v.member_id = i.presenter)
		OR NOT EXISTS (SELECT 1 FROM room_voice v WHERE v.root_id = m.root_id AND v.meeting_id = m.id)) AS came,
	COALESCE(b.turn_of, '') AS turn_of, COALESCE(b.teller, '') AS teller,
	COALESCE(b.national, '') AS national, COALESCE(b.international, '') AS international, COALESCE(b.local, '') AS local,
	COALESCE(b.prepared_at, 0) AS prepared_at, COALESCE(b.prepared_by, '') AS prepared_by,
	COALESCE(b.remark, '') AS remark, COALESCE(b.remark_at, 0) AS remark_at, COALESCE(b.remark_by, '') AS remark_by
	FROM meeting m
	JOIN organization o ON o.root_id = m.root_id AND o.id = m.organization_id
	JOIN meeting_item i ON i.root_id = m.root_id AND i.meeting_id = m.id AND i.position = (
		SELECT MIN(f.position) FROM meeting_item f WHERE f.root_id = m.root_id AND f.meeting_id = m.id AND f.kind = 'information')
	LEFT JOIN briefing b ON b.root_id = m.root_id AND b.meeting_id = m.id`

// History returns the briefings of an organisation that were given or are planned,
// the oldest first.
func History(ctx context.Context, q db.Q, root, organization string) ([]Session, error) {
	return db.All[Session](ctx, q, sessions+` WHERE m.root_id = $1 AND m.organization_id = $2 ORDER BY m.starts_at, m.id`, root, organization)
}

// inScope returns the briefing of a meeting within the scope.
func inScope(ctx context.Context, q db.Q, sc access.Scope, meeting string) (Session, string, error) {
	args := []any{meeting}
	s, err := db.One[Session](ctx, q, sessions+` WHERE m.root_id = (SELECT root_id FROM meeting WHERE id = $1) AND m.id = $1 AND `+sc.Where("o", &args), args...)
	if err != nil {
		return s, "", err
	}
	path, err := db.One[string](ctx, q, `SELECT path FROM organization WHERE root_id = $1 AND id = $2`, s.Root, s.Organization)
	return s, path, err
}

// came returns the ids of those who came to a closed meeting.
func came(ctx context.Context, q db.Q, root, meeting string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT member_id FROM room_voice WHERE root_id = $1 AND meeting_id = $2 ORDER BY member_id`, root, meeting)
}

// put writes a briefing in the place of the one that was there.
func put(ctx context.Context, tx *db.Tx, b Briefing) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM briefing WHERE root_id = $1 AND meeting_id = $2`, b.Root, b.Meeting); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "briefing", b)
}

const excuseColumns = `root_id, id, organization_id, member_id, until, reason, recorded_at, recorded_by`

// excuses returns who is excused on a day or later.
func excuses(ctx context.Context, q db.Q, root, organization string, day when.Date) ([]Excuse, error) {
	return db.All[Excuse](ctx, q, `SELECT `+excuseColumns+` FROM briefing_excuse
		WHERE root_id = $1 AND organization_id = $2 AND until >= $3 ORDER BY until, id`, root, organization, day)
}

// findExcuse returns an excuse that lasts on a day.
func findExcuse(ctx context.Context, q db.Q, root, organization, id string, day when.Date) (Excuse, error) {
	return db.One[Excuse](ctx, q, `SELECT `+excuseColumns+` FROM briefing_excuse
		WHERE root_id = $1 AND organization_id = $2 AND id = $3 AND until >= $4`, root, organization, id, day)
}

// putExcuse writes an excuse in the place of an earlier one of the member.
func putExcuse(ctx context.Context, tx *db.Tx, e Excuse) error {
	if _, err := db.Exec(ctx, tx, `DELETE FROM briefing_excuse WHERE root_id = $1 AND organization_id = $2 AND member_id = $3`, e.Root, e.Organization, e.Member); err != nil {
		return err
	}
	return db.Insert(ctx, tx, "briefing_excuse", e)
}

func deleteExcuse(ctx context.Context, tx *db.Tx, e Excuse) error {
	n, err := db.Exec(ctx, tx, `DELETE FROM briefing_excuse WHERE root_id = $1 AND id = $2`, e.Root, e.ID)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
