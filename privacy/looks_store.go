package privacy

import (
	"context"
	"fmt"
	"slices"

	"chibo/kit/audit"
	"chibo/kit/db"
)

// standingsOf returns how somebody has stood in cells, the newest first.
func standingsOf(ctx context.Context, q db.Q, root, member string) (stood, error) {
	rows, err := db.All[standingRow](ctx, q, `
		SELECT s.root_id, s.organization_id, s.member_id, s.from_on, s.standing, s.note, s.recorded_at, s.recorded_by, o.path
		FROM member_standing s JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
		WHERE s.root_id = $1 AND s.member_id = $2 ORDER BY s.from_on DESC`, root, member)
	return rows, err
}

// looked is an entry of the log about a look; Unit says that its object is a unit.
type looked struct {
	audit.Entry
	Unit bool
}

// looksOf returns the looks of others at what is kept of somebody, the last first.
func looksOf(ctx context.Context, q db.Q, root, member string, s stood) ([]looked, error) {
	args := []any{root, member}
	units := db.In(&args, append(s.units(), "")...)
	deeds := db.In(&args, slices.Concat(lookDeeds, listDeeds)...)
	return db.All[looked](ctx, q, `
		SELECT a.root_id, a.seq, a.at, a.account_id, a.member_id, a.action, a.object_id, a.detail, a.hash, a.object_id IN `+units+` AS unit
		FROM audit a
		WHERE a.root_id = $1 AND a.member_id <> $2 AND a.action IN `+deeds+` AND a.object_id IN (
			SELECT h.id FROM care_hardship h WHERE h.root_id = $1 AND h.member_id = $2
			UNION ALL SELECT g.round_id FROM rating g WHERE g.root_id = $1 AND g.subject = $2
			UNION ALL SELECT r.meeting_id FROM meeting_response r WHERE r.root_id = $1 AND r.member_id = $2 AND r.reply = 'away'
			UNION ALL SELECT t.course_id FROM training_seat t WHERE t.root_id = $1 AND t.member_id = $2
			UNION ALL SELECT d.conference_id FROM delegate d WHERE d.root_id = $1 AND d.member_id = $2
			UNION ALL SELECT m.id FROM member m WHERE m.root_id = $1 AND m.id = $2
			UNION ALL SELECT o.id FROM organization o WHERE o.id IN `+units+`)
		ORDER BY a.seq DESC LIMIT `+fmt.Sprint(mostRead), args...)
}
