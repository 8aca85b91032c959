package privacy

import (
	"context"
	"fmt"

	"chibo/kit/access"
	"chibo/kit/audit"
	"chibo/kit/db"
	"chibo/kit/when"
)

// standingsOf returns how somebody has stood in cells, the newest first.
func standingsOf(ctx context.Context, q db.Q, root, member string) (stood, error) {
	rows, err := db.All[standingRow](ctx, q, `
		SELECT s.root_id, s.organization_id, s.member_id, s.from_on, s.standing, s.note, s.recorded_at, s.recorded_by, o.path
		FROM member_standing s JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
		WHERE s.root_id = $1 AND s.member_id = $2 ORDER BY s.from_on DESC`, root, member)
	return rows, err
}

// looked is an entry of the log about a look, with the name of who looked; Unit says that
// its object is a unit.
type looked struct {
	audit.Entry
	Name string
	Unit bool
}

// looksOf returns looks of others at what is kept of a person, the last first: at most so many of
// those after which a page begins. What is kept of somebody stands in their own base organisation;
// lists with their name also in others, whose chains tell of them: of a conference that they were sent
// to, of a course, of the units above their cell.
func looksOf(ctx context.Context, q db.Q, who access.Person, s stood, roles []roleRow, kinds []string, before Mark, most int) ([]looked, error) {
	var given []string
	first := when.Instant(0)
	for _, r := range roles {
		given, first = append(given, idsOf(r.Path)...), r.GivenAt // the earliest stands last
	}
	args := []any{who.Root, who.Member, who.Account, before.At, before.Seq, before.Root, first, rolesViewed}
	units, above := db.In(&args, append(s.units(), "")...), db.In(&args, append(given, "")...)
	deeds := db.In(&args, kinds...)
	return db.All[looked](ctx, q, `
		WITH place AS (
			SELECT h.root_id, h.id AS object_id, CAST(0 AS BIGINT) AS since, FALSE AS unit, FALSE AS roles FROM care_hardship h WHERE h.root_id = $1 AND h.member_id = $2
			UNION SELECT g.root_id, g.round_id, 0, FALSE, FALSE FROM rating g WHERE g.root_id = $1 AND g.subject = $2
			UNION SELECT r.root_id, r.meeting_id, 0, FALSE, FALSE FROM meeting_response r WHERE r.root_id = $1 AND r.member_id = $2 AND r.reply = 'away'
			UNION SELECT t.root_id, t.course_id, t.invited_at, FALSE, FALSE FROM training_seat t WHERE t.member_id = $2
			UNION SELECT d.root_id, d.conference_id, MIN(d.named_at), FALSE, FALSE FROM delegate d WHERE d.member_root = $1 AND d.member_id = $2
				GROUP BY d.root_id, d.conference_id
			UNION SELECT m.root_id, m.id, 0, FALSE, FALSE FROM member m WHERE m.root_id = $1 AND m.id = $2
			UNION SELECT o.root_id, o.id, 0, TRUE, FALSE FROM organization o WHERE o.id IN `+units+`
			UNION SELECT o.root_id, o.id, CAST($7 AS BIGINT), FALSE, TRUE FROM organization o WHERE o.id IN `+above+`
		)
		SELECT a.root_id, a.seq, a.at, a.account_id, a.member_id, a.action, a.object_id, a.detail, a.hash, p.unit,
			COALESCE((SELECT m.full_name FROM member m WHERE m.id = a.member_id), (SELECT k.full_name FROM account k WHERE k.id = a.account_id), '') AS name
		FROM place p JOIN audit a ON a.root_id = p.root_id AND a.object_id = p.object_id AND a.at >= p.since AND (a.action = $8) = p.roles
		WHERE (a.member_id = '' OR a.member_id <> $2) AND (a.account_id = '' OR a.account_id <> $3) AND a.action IN `+deeds+`
			AND (a.at, a.seq, a.root_id) < ($4, $5, $6)
		ORDER BY a.at DESC, a.seq DESC, a.root_id DESC LIMIT `+fmt.Sprint(most), args...)
}

// roleRow is a role that an account was given by hand, with the path of its unit.
type roleRow struct {
	Path    string
	GivenAt when.Instant
}

// rolesOf returns the roles that an account was given by hand, the last given first.
func rolesOf(ctx context.Context, q db.Q, root, account string) ([]roleRow, error) {
	return db.All[roleRow](ctx, q, `
		SELECT o.path, g.given_at FROM account_grant g JOIN organization o ON o.id = g.organization_id
		WHERE g.root_id = $1 AND g.account_id = $2 ORDER BY g.given_at DESC`, root, account)
}
